"""Times of day: by the clock, in four figures, in halves of the day, with their zones; and how long things take."""

import re
from string import ascii_uppercase

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal, year_end
from pipeline.text.english.spoken.acronyms import spelled
from pipeline.text.english.spoken.patterns import LEFT, RIGHT
from pipeline.text.needs import clue, figure

_HALF_DAY = r"(?:\s?(?P<half>[ap])(?:\.\s?m\b\.?|m\b)|\s?(?P<HALF>[AP])(?:\.M\b\.?|M\b))"
_HALF = r"\s?(?:[ap]\.?\s?m\b|[AP]\.?M\b)"
_ZONES = (
    "GMT|UTC|BST|CET|CEST|EET|EEST|WET|MSK|EST|EDT|ET|CST|CDT|CT|MST|MDT|PST|PDT|PT|IST|PKT|JST|KST|HKT|SGT|AEST|AEDT|"
    "NZST|NZDT|GST|AST|EAT|WAT|CAT|SAST"
)
_ZONE = rf"(?=\s(?:{_ZONES})\b)"
_CLOCK = regex(
    rf"{LEFT}(?P<hour>[01]?[0-9]|2[0-4])[:.](?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?![0-9:])(?![.,][0-9])"
    rf"(?:{_HALF_DAY}|(?P<hours>\s?h(?:ou)?rs?\b)|(?P<zone>{_ZONE}))?(?!\w)"
)
_FOUR_FIGURES = regex(
    rf"{LEFT}(?P<hour>[01][0-9]|2[0-4])(?P<minute>[0-5][0-9])(?=\s?(?P<hours>hours|hrs?)\b|\s(?:{_ZONES}|Zulu)\b|Z\b)"
)
#: At 0630, by 0600: of a number that begins with a nought.
_BARE_FOUR = regex(rf"(?<![\w.,])(?P<hour>0[0-9])(?P<minute>[0-5][0-9]){RIGHT}(?![.,:/-]?[0-9])")
_BY_THE_CLOCK = regex(
    r"\b(?:(?P<at>[Aa]t)|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Bb]efore|[Aa]fter|[Ss]ince)\s"
    r"(?:(?:around|about|roughly|exactly|precisely)\s)?\Z"
)
_POINT_CLOCK = regex(
    rf"(?<=\b[Aa]t\s)(?P<hour>1[0-2]|[1-9])\.(?P<minute>[0-5]0|[0-5]5)(?=\s(?:on|in\sthe|this|that|yesterday|today|"
    rf"tomorrow|tonight|sharp|local)\b){RIGHT}"
)
_HOUR = regex(rf"{LEFT}(?P<hour>1[0-2]|0?[1-9]){_HALF_DAY}(?!\w)")
_TO_A_HALF = regex(
    rf"(?:(?<=[0-9mM.])|(?<=noon)|(?<=midnight))[-–—](?=(?:1[0-2]|[1-9])(?:[:.][0-5][0-9])?{_HALF})|"
    r"(?:(?<=[0-9][ap]m)|(?<=[0-9]\s[ap]m)|(?<=[0-9]\s[ap]\.m\.))[-–—](?=(?:noon|midnight)\b)"
)
#: "8 p.m. ET/5 p.m. PT": the same time by another clock.
_OTHER_CLOCK = regex(
    rf"[0-9mM.]\s(?:{_ZONES})(?P<stroke>\s?/\s?)(?=(?:[01]?[0-9]|2[0-4])(?:[:.]?[0-5][0-9])?(?:{_HALF}|\s(?:{_ZONES})\b))"
)
_TO_A_CLOCK = regex(r"(?<=:[0-5][0-9])(?:[-–—]|\s[-–—]\s)(?=[0-2]?[0-9]:[0-5][0-9](?![0-9:]))")
_BEFORE_A_HALF = regex(rf"[-–—](?:1[0-2]|[1-9])(?:[:.][0-5][0-9])?{_HALF}")
_ZONE_NAME = regex(rf"(?:[0-9]|[ap]\.?\s?m\b\.?|[AP]\.?M\b\.?)\s(?P<zone>{_ZONES})(?![\w+−-])")
_ZONE_SHIFT = regex(r"(?<=\b(?:UTC|GMT))\s?(?P<sign>[+−–-])\s?(?=[0-9])")
_WORD_NEXT = regex(r"\s[\"'“‘(\[]*\w")
_DURATION = regex(rf"{LEFT}(?P<hours>[0-9]{{1,3}})\s?h\s?(?P<minutes>[0-5]?[0-9])\s?m(?:ins?)?{RIGHT}")
_FRENCH_CLOCK = regex(rf"{LEFT}(?P<hour>[01]?[0-9]|2[0-3])h(?P<minute>[0-5][0-9]){RIGHT}")

_RATIO_AFTER = regex(r"\s(?:ratios?|odds|margins?|advantage|edge|split|map|scale|superiority|majority|score)\b")
_RATIO_BEFORE = regex(r"\b(?:ratios?\sof|odds\sof|scale\sof|margin\sof|outnumber(?:ed|s|ing)?(?:\sby)?|split)\s\Z")
_TIMELY = regex(
    r"(?:\b(?:at|by|from|until|till|before|after|since|around|about|to|and|between|past|the|began|begins|opens?|starts?)|"
    r"[-–—,(])\s?\Z",
    re.IGNORECASE,
)
_TIMELY_AFTER = regex(
    r"\s(?:on|in\sthe|local|this|today|tomorrow|yesterday|tonight|sharp|start|train|flight|deadline|when|the\s(?:next|same))\b"
)


def _clock(found: re.Match[str], locale: Locale) -> Said | None:
    """6:30 a.m. "six thirty A-M", 14:00 "fourteen hundred", 9:05 "nine oh five"; a point needs its half of the day."""
    half = found["half"] or found["HALF"]
    is_settled = bool(half or found["hours"] or found["zone"] is not None)
    if (
        found.string[found.end("hour")] == "."
        and not is_settled
        and not _BEFORE_A_HALF.match(found.string, found.end())
    ):
        return None
    if not is_settled and _is_ratio(found):
        return None
    said = _with_half(found, _by_the_clock(found, locale), half=half)
    return said if is_settled or _is_timely(found) else Said(said.text, 0.8, said.start, said.end)


def _by_the_clock(found: re.Match[str], locale: Locale) -> str:
    hour, minute, second = int(found["hour"]), int(found["minute"]), found["second"]
    is_military = found["hours"] is not None
    said = f"oh {cardinal(hour, locale)}" if is_military and found["hour"][0] == "0" else cardinal(hour, locale)
    if second:
        said = f"{said} {year_end(minute)} and {cardinal(int(second), locale)} seconds"
    elif minute:
        said = f"{'zero zero' if found['hour'] == '00' else said} {year_end(minute)}"
    elif is_military:
        said = f"{said} hundred"
    elif hour in {0, 24}:
        said = "midnight"
    elif not (found["half"] or found["HALF"]):
        said = f"{said} hundred" if hour > 12 else f"{said} o'clock"
    return f"{said} hours" if is_military else said


def _is_ratio(found: re.Match[str]) -> bool:
    """Whether it reads "a 10:15 ratio", "outnumbered by 3:10"."""
    if _RATIO_AFTER.match(found.string, found.end()):
        return True
    return _RATIO_BEFORE.search(found.string[max(0, found.start() - 20) : found.start()]) is not None


def _is_timely(found: re.Match[str]) -> bool:
    """Whether the words beside a bare 10:15 speak of the time of day."""
    if len(found["hour"]) == 2 and found["hour"][0] in "02":
        return True
    text, start = found.string, found.start()
    return start == 0 or bool(_TIMELY.search(text[max(0, start - 9) : start]) or _TIMELY_AFTER.match(text, found.end()))


def _four_figures(found: re.Match[str], locale: Locale) -> Said | None:
    """0900 hours, at 1430 hours, 1400 UTC. Bare "1500 hours" may be many hours, which are fifteen hundred as well."""
    hour, minute = int(found["hour"]), int(found["minute"])
    clock = _BY_THE_CLOCK.search(found.string[max(0, found.start() - 20) : found.start()])
    is_time = hour < 10 or clock is not None or found["hours"] is None
    if not is_time and (minute or hour % 10 == 0):
        return None
    is_sure = hour < 10 or clock is None or clock["at"] or found["hours"] is None
    said = _military(hour, minute, locale=locale)
    if found["hours"]:
        return Said(f"{said} hours", 1.0 if is_sure else 0.8, found.start(), found.end("hours"))
    return Said(said if found.string[found.end()].isspace() else f"{said} ", 1.0 if is_sure else 0.8)


def _bare_four(found: re.Match[str], locale: Locale) -> Said | None:
    if not _BY_THE_CLOCK.search(found.string[max(0, found.start() - 20) : found.start()]):
        return None
    return Said(_military(int(found["hour"]), int(found["minute"]), locale=locale), 0.9)


def _military(hour: int, minute: int, *, locale: Locale) -> str:
    said = cardinal(hour, locale) if hour >= 10 else f"oh {cardinal(hour, locale)}"
    return f"{said} {year_end(minute) if minute else 'hundred'}"


def _point_clock(found: re.Match[str], locale: Locale) -> str | None:
    """At 5.30 on Monday, as the British write it."""
    if locale.is_american:
        return None
    hour, minute = cardinal(int(found["hour"]), locale), int(found["minute"])
    return f"{hour} {year_end(minute)}" if minute else f"{hour} o'clock"


def _hour(found: re.Match[str], locale: Locale) -> Said:
    return _with_half(found, cardinal(int(found["hour"]), locale), half=found["half"] or found["HALF"])


def _with_half(found: re.Match[str], said: str, *, half: str | None) -> Said:
    """The time with "A-M" or "P M"; a stop that is also the sentence's stays."""
    if half:
        said += " A-M" if half in "aA" else " P M"
    keeps_stop = found[0].endswith(".") and not found.string[found.end() :].strip("\"'”’)] ")
    return Said(said, start=found.start(), end=found.end() - keeps_stop)


def _to(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return " to "


def _other_clock(found: re.Match[str], locale: Locale) -> Said:
    del locale
    return Said(", ", start=found.start("stroke"), end=found.end("stroke"))


def _zone_name(found: re.Match[str], locale: Locale) -> Said:
    del locale
    has_word_after = _WORD_NEXT.match(found.string, found.end()) is not None
    said = spelled(found["zone"], has_word_after=has_word_after)
    return Said(said, start=found.start("zone"), end=found.end())


def _zone_shift(found: re.Match[str], locale: Locale) -> str:
    """UTC+2, GMT−5."""
    del locale
    return " plus " if found["sign"] == "+" else " minus "


def _duration(found: re.Match[str], locale: Locale) -> str:
    hours, minutes = int(found["hours"]), int(found["minutes"])
    return (
        f"{cardinal(hours, locale)} hour{'' if hours == 1 else 's'} "
        f"{cardinal(minutes, locale)} minute{'' if minutes == 1 else 's'}"
    )


def _french_clock(found: re.Match[str], locale: Locale) -> Said:
    return Said(f"{cardinal(int(found['hour']), locale)} {year_end(int(found['minute']))}", 0.8)


_TIME = figure(r"[:.][0-5][0-9](?<=[0-9]...)", before=":.", after=":.")
_OF_THE_HALF = figure(r"[0-9]\s?[apAP]\.?\s?[mM]", after="apAP")
_FOURTH_FIGURE = figure(r"[0-9]{4}(?:\s[A-Z]|\s?h|Z)", after=f"{ascii_uppercase}h")
_NOUGHT_FIRST = clue(r"0[0-9]{3}(?<![0-9.,][0-9]{4})", "0")
_ZONED = figure(r"[0-9mM.]\s(?:[A-Z]{1,3}T|UTC|MSK)(?![A-Za-z])")
_ZONE_AND_STROKE = figure(r"[TC]\s?/\s?[0-9]")
_SHIFTED = clue(r"[+−–-](?:(?<=(?:UTC|GMT).)|(?<=(?:UTC|GMT)\s.))", "+−–-")
_HOURS = figure(r"[0-9]\s?h\s?[0-9]", before="h", after="h")

CLOCK_RULES = (
    Rule("range", _OF_THE_HALF, _TO_A_HALF, _to),
    Rule("range", _TIME, _TO_A_CLOCK, _to),
    Rule("time", _ZONE_AND_STROKE, _OTHER_CLOCK, _other_clock),
    Rule("time", _HOURS, _DURATION, _duration),
    Rule("time", _HOURS, _FRENCH_CLOCK, _french_clock),
    Rule("time", _TIME, _CLOCK, _clock),
    Rule("time", _TIME, _POINT_CLOCK, _point_clock),
    Rule("time", _OF_THE_HALF, _HOUR, _hour),
    Rule("time", _FOURTH_FIGURE, _FOUR_FIGURES, _four_figures),
    Rule("time", _NOUGHT_FIRST, _BARE_FOUR, _bare_four),
    Rule("time zone", _ZONED, _ZONE_NAME, _zone_name),
    Rule("sign", _SHIFTED, _ZONE_SHIFT, _zone_shift),
)
