"""Figures that stand by themselves: times, fixed pairs, fractions, ordinals, ranges, signs, plain numbers.

The last rules of this file take every digit that no other rule has taken.
"""

import re
import unicodedata

from pipeline.text.edits import Rule, Said, set_apart
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal, decimal, digits, ordinal, ordinal_of, pairs, plural_of, year_end
from pipeline.text.english.spoken.patterns import LEFT, NUMBER, RIGHT, TO
from pipeline.text.needs import FIGURE, LETTERED, LINKED, clue, figure, sign

_HALF_DAY = r"(?:\s?(?P<half>[ap])(?:\.\s?m\b\.?|m\b)|\s?(?P<HALF>[AP])(?:\.M\b\.?|M\b))"
_ZONE = r"(?=\s(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET)\b)"
_CLOCK = re.compile(
    rf"{LEFT}(?P<hour>[01]?[0-9]|2[0-4])[:.](?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?![0-9:])(?![.,][0-9])"
    rf"(?:{_HALF_DAY}|(?P<hours>\s?hrs?\b)|(?P<zone>{_ZONE}))?(?!\w)"
)
_FOUR_FIGURES = re.compile(
    rf"{LEFT}(?P<hour>[01][0-9]|2[0-4])(?P<minute>[0-5][0-9])(?=\s(?:(?P<hours>hours|hrs)|GMT|UTC|Zulu)\b)"
)
_BY_THE_CLOCK = re.compile(
    r"\b(?:(?P<at>[Aa]t)|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Bb]efore|[Aa]fter|[Ss]ince)\s"
    r"(?:(?:around|about|roughly|exactly|precisely)\s)?\Z"
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
_CODED = (
    "Resolution|Section|Directive|Regulation|Decree|Flight|Boeing|Airbus|Route|Highway|Room|Unit|Order|Law|Brigade|"
    "Bill|Form|Convoy|UNSCR|NSDD|NSC"
)
_CODE_END = rf"{RIGHT}(?![.,][0-9])"
_NUMBERED = re.compile(rf"(?:\b(?:(?:{_CODED})|Res\.)\s|§\s?)(?P<code>[0-9]{{3,5}}){_CODE_END}")
_NUMBERED_LIST = re.compile(
    rf"\b(?:{_CODED})s\s(?P<code>[0-9]{{3,5}}(?:,\s[0-9]{{3,5}})*+(?:,?\s(?:and|or|to)\s[0-9]{{3,5}})?){_CODE_END}"
)
#: Public Law 87-195, P.L. 480: not from one number to another.
_LAW = re.compile(
    r"(?<![\w.])(?P<law>Public\sLaw|Pub\.\sL\.|P\.\s?L\.|PL|S?NIE)\s(?P<number>No\.\s)?"
    rf"(?P<code>[0-9]{{2,3}}(?:[-–][0-9]{{1,4}})?){_CODE_END}"
)
#: A bill of the American Congress: H.R. 1234, S. 2155.
_BILL = re.compile(rf"(?<![\w.])(?P<house>H\.\s?R\.\s?|S\.\s(?=[0-9]{{2}}))(?P<code>[0-9]{{1,5}}){_CODE_END}")
_TIMES = re.compile(rf"{LEFT}(?P<low>{NUMBER})[xX](?!\w)")
_BY = re.compile(r"(?<=[0-9])\s?×\s?(?=[0-9])")
_SIGNED = re.compile(r"(?<![^\s(\[“‘\"'])(?P<sign>[-−–+±~≈<>])(?=[0-9])")
_POINT = re.compile(r"(?<![\w.])\.[0-9]+(?!\w)")
_PLAIN = re.compile(NUMBER)
_OTHER_DIGIT = re.compile(r"[²³¹⁰-⁹₀-₉Ⅰ-ↈ①-⓿❶-➓]|(?![0-9])\d")

_SIGNS = {"+": "plus", "±": "plus or minus", "~": "about", "≈": "about", "<": "less than", ">": "more than"}
_FOOTNOTE = re.compile(
    r"(?<=[\w.,;:!?”’\"')])(?:\[[0-9]{1,3}(?:\s?[,–-]\s?[0-9]{1,3}){0,9}\]|[¹²³⁰⁴-⁹]+(?:[,⁻–][¹²³⁰⁴-⁹]+)*)"
)

_POWER = re.compile(
    r"\b(?P<base>10(?=[⁻¹²³⁰⁴-⁹])|[A-Za-z](?=[²³])|mc(?=²))(?P<raised>⁻?[¹²³⁰⁴-⁹]{1,3})(?![\w,¹²³⁰⁴-⁹])"
)
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def _clock(found: re.Match[str], locale: Locale) -> Said | None:
    """6:30 a.m. "six thirty A-M", 14:00 "fourteen hundred", 9:05 "nine oh five"; a point needs its half of the day."""
    half = found["half"] or found["HALF"]
    has_point = found.string[found.end("hour")] == "."
    if has_point and not half and found["zone"] is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["second"]:
        said = f"{cardinal(hour, locale)} {year_end(minute)} and {cardinal(int(found['second']), locale)} seconds"
    elif minute:
        said = f"{cardinal(hour, locale)} {year_end(minute)}"
    elif half:
        said = cardinal(hour, locale)
    else:
        said = f"{cardinal(hour, locale)} hundred" if hour > 12 else f"{cardinal(hour, locale)} o'clock"
    return _with_half(found, said + (" hours" if found["hours"] else ""), half=half)


def _four_figures(found: re.Match[str], locale: Locale) -> Said | None:
    """0900 hours, at 1430 hours, 1400 UTC. Bare "1500 hours" may be many hours, which are fifteen hundred as well."""
    hour, minute = int(found["hour"]), int(found["minute"])
    clock = _BY_THE_CLOCK.search(found.string[max(0, found.start() - 20) : found.start()])
    is_time = hour < 10 or clock is not None or found["hours"] is None
    if not is_time and (minute or hour % 10 == 0):
        return None
    said = cardinal(hour, locale) if hour >= 10 else f"oh {cardinal(hour, locale)}"
    is_sure = hour < 10 or clock is None or clock["at"]
    return Said(f"{said} {year_end(minute) if minute else 'hundred'}", 1.0 if is_sure else 0.8)


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
    if top + bottom == 100 and not whole:
        return Said(f"{cardinal(top, locale)}-{cardinal(bottom, locale)}", 0.9)
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
    """Hundreds, twenties; behind an apostrophe and any other number something of its own, "NSC 68's"."""
    if found[0][-2] in "'’" and not found[1].endswith("0"):
        return f"{decimal(found[1], locale)}'s"
    return plural_of(decimal(found[1], locale).removeprefix("one ") if found[1][1:] else decimal(found[1], locale))


def _numbered(found: re.Match[str], locale: Locale) -> Said:
    """Resolution 1701 "seventeen oh one", Resolutions 242 and 338 "two forty-two and three thirty-eight"."""
    del locale
    said = re.sub("[0-9]+", lambda code: pairs(code[0]), found["code"])
    return Said(said, start=found.start("code"), end=found.end("code"))


def _law(found: re.Match[str], locale: Locale) -> str:
    del locale
    law = "Public Law" if found["law"].startswith("Pub") else " ".join(re.sub(r"\W", "", found["law"]))
    codes = [pairs(code) for code in re.findall("[0-9]+", found["code"])]
    return " ".join([law, *(["number"] if found["number"] else []), *codes])


def _bill(found: re.Match[str], locale: Locale) -> Said:
    del locale
    is_initial = found["house"].startswith("S")
    return Said(f"{'S' if is_initial else 'H R'} {pairs(found['code'])}", 0.8 if is_initial else 1.0)


def _times(found: re.Match[str], locale: Locale) -> str:
    return f"{decimal(found['low'], locale)} times"


def _by(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return " by "


def _signed(found: re.Match[str], locale: Locale) -> str:
    del locale
    return f"{_SIGNS.get(found['sign'], 'minus')} "


def _plain(found: re.Match[str], locale: Locale) -> str:
    return set_apart(decimal(found[0], locale), found)


def _other_digit(found: re.Match[str], locale: Locale) -> Said:
    """A digit of another script, a raised or circled one: by its value."""
    return Said(set_apart(cardinal(int(unicodedata.numeric(found[0], 0)), locale), found), 0.5)


def _power(found: re.Match[str], locale: Locale) -> str:
    """10⁶ "ten to the power of six", x² "x squared"; a raised figure after anything else is the mark of a footnote."""
    raised = found["raised"].translate(_LOWERED)
    if raised in {"2", "3"}:
        return f"{found['base']} {'squared' if raised == '2' else 'cubed'}"
    said = cardinal(int(raised.lstrip("-")), locale)
    return f"{found['base']} to the power of {'minus ' if raised.startswith('-') else ''}{said}"


def _footnote(found: re.Match[str], locale: Locale) -> Said:
    """Nothing: the mark of a footnote is not said."""
    del found, locale
    return Said("", 0.8)


_TIME = figure(r"[0-9][:.][0-5][0-9]")
_HALF = figure(r"[0-9]\s?[apAP]\.?\s?[mM]")
_HALF_TO = figure(r"[-–—](?<=[mM].)[0-9]")
_FOURTH_FIGURE = figure(r"[0-9]{4}\s[hGUZ]")
_MARK = clue(r"\[[0-9]|[¹²³⁰⁴-⁹]", "[¹²³⁰⁴⁵⁶⁷⁸⁹")
_RAISED = clue(r"(?:\b10|\b[A-Za-z]|\bmc)[⁻¹²³⁰⁴-⁹]", "⁻¹²³⁰⁴⁵⁶⁷⁸⁹")
_NOT_ASCII = clue(r"[^\x00-\x7f’“”—–]")
_SLASH = clue(r"[/⁄][0-9]", "/⁄")
_RANKED = figure(r"[0-9](?:[snr][tdh]|th|S|N|R|T)")
_POINTS = figure(r"\.[0-9]+\.")
_CODE_AFTER = figure(r"[0-9](?<=[A-Za-z.]\s[0-9])[0-9]{2}|§")
_COLON = figure(r":[0-9]")
_SIGN = figure(r"[-−–+±~≈<>][0-9]")
_POINT_FIRST = figure(r"\.[0-9]")
_HOUSE = figure(r"[SR]\.\s?[0-9]")
_LAW_NAME = figure(r"L\.?\s|Law|NIE")
_CROSS = sign("×")

TIME_RULES = (
    Rule("number", _LAW_NAME, _LAW, _law),
    Rule("number", _HOUSE, _BILL, _bill),
    Rule("pair", LINKED, _PAIR, _pair),
    Rule("time", _TIME, _CLOCK, _clock),
    Rule("time", _HALF, _HOUR, _hour),
    Rule("time", _FOURTH_FIGURE, _FOUR_FIGURES, _four_figures),
    Rule("range", _HALF_TO, _HOURS_TO, _to),
)

FIGURE_RULES = (
    Rule("power", _RAISED, _POWER, _power),
    Rule("footnote mark", _MARK, _FOOTNOTE, _footnote),
    Rule("fraction", _SLASH, _FRACTION, _fraction),
    Rule("fraction", _NOT_ASCII, _VULGAR_FRACTION, _vulgar_fraction),
    Rule("ordinal", _RANKED, _RANK, _rank),
    Rule("code", LINKED, _CODE, _code),
    Rule("version", _POINTS, _VERSION, _version),
    Rule("number", _CODE_AFTER, _NUMBERED, _numbered),
    Rule("number", _CODE_AFTER, _NUMBERED_LIST, _numbered),
    Rule("range", LINKED, _RANGE, _range),
    Rule("ratio", _COLON, _RATIO, _ratio),
    Rule("number", LETTERED, _TIMES, _times),
    Rule("symbol", _CROSS, _BY, _by),
)

LAST_FIGURE_RULES = (
    Rule("number", LETTERED, _MANY, _many),
    Rule("sign", _SIGN, _SIGNED, _signed),
    Rule("number", _POINT_FIRST, _POINT, _plain),
    Rule("number", FIGURE, _PLAIN, _plain),
    Rule("number", _NOT_ASCII, _OTHER_DIGIT, _other_digit),
)
