"""Figures that stand by themselves: times, fixed pairs, fractions, ordinals, ranges, signs, plain numbers.

The last rules of this file take every digit that no other rule has taken.
"""

import re
import unicodedata

from pipeline.text.locale import Locale
from pipeline.text.numbers import cardinal, decimal, digits, ordinal, ordinal_of, pairs, plural_of, year_end
from pipeline.text.spoken.edits import Need, Rule, Said, set_apart
from pipeline.text.spoken.patterns import LEFT, NUMBER, RIGHT, TO

_HALF_DAY = r"(?:\s?(?P<half>[ap])(?:\.\s?m\b\.?|m\b)|\s?(?P<HALF>[AP])(?:\.M\b\.?|M\b))"
_ZONE = r"(?=\s(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET)\b)"
_CLOCK = re.compile(
    rf"{LEFT}(?P<hour>[01]?[0-9]|2[0-4])[:.](?P<minute>[0-5][0-9])(?![0-9:])(?![.,][0-9])"
    rf"(?:{_HALF_DAY}|(?P<hours>\s?hrs?\b)|(?P<zone>{_ZONE}))?(?!\w)"
)
_HOURS_TO = re.compile(r"(?<=[apAP][mM])[-–—](?=[0-9])")
_HOUR = re.compile(rf"{LEFT}(?P<hour>1[0-2]|0?[1-9]){_HALF_DAY}(?!\w)")
_PAIR = re.compile(rf"{LEFT}(?P<first>24|9|7|50|20|360)[-/](?P<last>7|11|50|20|360){RIGHT}(?![/.,:][0-9])")
_PAIRS = frozenset({("24", "7"), ("9", "11"), ("7", "7"), ("50", "50"), ("20", "20")})

_VULGAR = r"[¼-¾⅐-⅞]"
_FRACTION = re.compile(
    rf"{LEFT}(?:(?P<whole>[0-9]{{1,6}})\s)?(?P<top>[0-9]{{1,3}})[/⁄](?P<bottom>[0-9]{{1,3}}){RIGHT}(?![/.,:][0-9])"
)
_VULGAR_FRACTION = re.compile(rf"(?P<whole>[0-9]{{1,6}})?\s?(?P<sign>{_VULGAR})")

_RANK = re.compile(rf"{LEFT}([0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,15}})(?:st|nd|rd|th|ST|ND|RD|TH){RIGHT}")
_RANGE = re.compile(rf"{LEFT}(?P<low>{NUMBER})(?P<to>{TO})(?P<high>{NUMBER})(?![\w])(?!{TO}[0-9])")
_RATIO = re.compile(rf"{LEFT}{NUMBER}(?::{NUMBER}){{1,5}}{RIGHT}")
_CODE = re.compile(rf"{LEFT}[0-9]{{2,5}}(?:[-‐‑–][0-9]{{2,5}}){{2,6}}{RIGHT}")
_VERSION = re.compile(rf"{LEFT}[0-9]{{1,6}}(?:\.[0-9]{{1,6}}){{2,}}{RIGHT}")
_MANY = re.compile(rf"{LEFT}({NUMBER})['’]?s{RIGHT}")
_NUMBERED = re.compile(
    r"\b(?:Resolutions?|Section|Directive|Regulation|Decree|Flight|Boeing|Airbus|Route|Highway|Room|Unit|Order|Law)\s"
    rf"(?P<code>[0-9]{{3,4}}){RIGHT}(?![.,][0-9])"
)
_SIGNED = re.compile(r"(?<![^\s(\[“‘\"'])(?P<sign>[-−–+±~≈<>])(?=[0-9])")
_POINT = re.compile(r"(?<![\w.])\.[0-9]+(?!\w)")
_PLAIN = re.compile(NUMBER)
_OTHER_DIGIT = re.compile(r"[²³¹⁰-⁹₀-₉Ⅰ-ↈ①-⓿❶-➓]|(?![0-9])\d")

_SIGNS = {"+": "plus", "±": "plus or minus", "~": "about", "≈": "about", "<": "less than", ">": "more than"}
_FOOTNOTE = re.compile(r"(?<=[\w.,;:!?”’\"')])(?:\[[0-9]{1,3}\]|[¹²³⁰⁴-⁹]+)")


def _clock(found: re.Match[str], locale: Locale) -> Said | None:
    """6:30 a.m. "six thirty A-M", 14:00 "fourteen hundred", 9:05 "nine oh five"; a point needs its half of the day."""
    half = found["half"] or found["HALF"]
    has_point = found.string[found.end("hour")] == "."
    if has_point and not half and found["zone"] is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"])
    if minute:
        said = f"{cardinal(hour, locale)} {year_end(minute)}"
    elif half:
        said = cardinal(hour, locale)
    else:
        said = f"{cardinal(hour, locale)} hundred" if hour > 12 else f"{cardinal(hour, locale)} o'clock"
    return _with_half(found, said + (" hours" if found["hours"] else ""), half=half)


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


def _pair(found: re.Match[str], locale: Locale) -> str | None:
    first, last = found["first"], found["last"]
    is_range = "-" in found[0] and first != last
    if (first, last) not in _PAIRS or is_range:
        return None
    joint = "-" if first == last else " "
    return f"{cardinal(int(first), locale)}{joint}{cardinal(int(last), locale)}"


def _fraction(found: re.Match[str], locale: Locale) -> Said:
    top, bottom = int(found["top"]), int(found["bottom"])
    whole = f"{cardinal(int(found['whole']), locale)} and " if found["whole"] else ""
    if 0 < top < bottom and (bottom <= 10 or bottom in {12, 16, 20, 32, 64, 100}):
        return Said(whole + _parts(top, bottom, locale=locale, has_whole=bool(whole)), 0.9)
    whole = whole.removesuffix("and ")
    return Said(f"{whole}{cardinal(top, locale)} slash {cardinal(bottom, locale)}", 0.5)


def _parts(top: int, bottom: int, *, locale: Locale, has_whole: bool) -> str:
    name = {2: "half", 4: "quarter"}.get(bottom) or ordinal(bottom, locale)
    if top == 1:
        return f"a {name}" if has_whole else f"one {name}"
    return f"{cardinal(top, locale)} {'halves' if name == 'half' else name + 's'}"


def _vulgar_fraction(found: re.Match[str], locale: Locale) -> str:
    figures = unicodedata.normalize("NFKC", found["sign"]).split("⁄")
    if len(figures) != 2 or not figures[1]:
        return set_apart("one over", found)
    said = _parts(int(figures[0]), int(figures[1]), locale=locale, has_whole=bool(found["whole"]))
    return set_apart(f"{cardinal(int(found['whole']), locale)} and {said}" if found["whole"] else said, found)


def _rank(found: re.Match[str], locale: Locale) -> str:
    return ordinal_of(decimal(found[1], locale))


def _range(found: re.Match[str], locale: Locale) -> str:
    return f"{decimal(found['low'], locale)} to {decimal(found['high'], locale)}"


def _ratio(found: re.Match[str], locale: Locale) -> Said:
    return Said(" to ".join(decimal(part, locale) for part in found[0].split(":")), 0.8)


def _code(found: re.Match[str], locale: Locale) -> Said:
    """Three groups and more are a telephone number or the like: digit by digit, a breath between the groups."""
    del locale
    return Said(", ".join(digits(group) for group in re.findall("[0-9]+", found[0])), 0.7)


def _version(found: re.Match[str], locale: Locale) -> str:
    return " point ".join(decimal(part, locale) for part in found[0].split("."))


def _many(found: re.Match[str], locale: Locale) -> str:
    return plural_of(decimal(found[1], locale).removeprefix("one ") if found[1][1:] else decimal(found[1], locale))


def _numbered(found: re.Match[str], locale: Locale) -> Said:
    del locale
    return Said(pairs(found["code"]), start=found.start("code"), end=found.end("code"))


def _signed(found: re.Match[str], locale: Locale) -> str:
    del locale
    return f"{_SIGNS.get(found['sign'], 'minus')} "


def _plain(found: re.Match[str], locale: Locale) -> str:
    return set_apart(decimal(found[0], locale), found)


def _other_digit(found: re.Match[str], locale: Locale) -> Said:
    """A digit of another script, a raised or circled one: by its value."""
    return Said(set_apart(cardinal(int(unicodedata.numeric(found[0], 0)), locale), found), 0.5)


def _footnote(found: re.Match[str], locale: Locale) -> Said:
    """Nothing: the mark of a footnote is not said."""
    del found, locale
    return Said("", 0.8)


TIME_RULES = (
    Rule("pair", Need.DIGIT, _PAIR, _pair),
    Rule("time", Need.DIGIT, _CLOCK, _clock),
    Rule("time", Need.DIGIT, _HOUR, _hour),
    Rule("range", Need.DIGIT, _HOURS_TO, _to),
)

FIGURE_RULES = (
    Rule("footnote mark", Need.DIGIT, _FOOTNOTE, _footnote),
    Rule("fraction", Need.DIGIT, _FRACTION, _fraction),
    Rule("fraction", Need.DIGIT, _VULGAR_FRACTION, _vulgar_fraction),
    Rule("ordinal", Need.DIGIT, _RANK, _rank),
    Rule("code", Need.DIGIT, _CODE, _code),
    Rule("version", Need.DIGIT, _VERSION, _version),
    Rule("number", Need.DIGIT, _NUMBERED, _numbered),
    Rule("range", Need.DIGIT, _RANGE, _range),
    Rule("ratio", Need.DIGIT, _RATIO, _ratio),
)

LAST_FIGURE_RULES = (
    Rule("number", Need.DIGIT, _MANY, _many),
    Rule("sign", Need.DIGIT, _SIGNED, _signed),
    Rule("number", Need.DIGIT, _POINT, _plain),
    Rule("number", Need.DIGIT, _PLAIN, _plain),
    Rule("number", Need.DIGIT, _OTHER_DIGIT, _other_digit),
)
