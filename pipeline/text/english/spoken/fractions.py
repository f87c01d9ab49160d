"""Fractions, plain and of one character, and the fixed pairs that look like them: 9/11, 24/7, 50/50."""

import re
import unicodedata

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal, ordinal, pairs
from pipeline.text.english.spoken.patterns import LEFT, RIGHT, size_word
from pipeline.text.english.spoken.units import UNIT, UNITS, spelling
from pipeline.text.needs import clue

_PAIR = regex(
    rf"{LEFT}(?P<first>24|9|7|50|20|360|26)(?P<link>[-–/:])(?P<last>7|11|50|20|360)(?P<year>/365)?{RIGHT}(?![/.,:][0-9])"
)
_PAIRS = frozenset({("24", "7"), ("9", "11"), ("7", "7"), ("50", "50"), ("20", "20"), ("26", "11")})
_ATTACK = (
    r"(?:terror\w*\s)?(?:attacks?|attackers?|bomb\w+|panel|[Cc]ommission|riots?|rioters?|massacre|anniversary|memorial|"
    r"hijack\w+|insurrection|pogrom|era|world|wars?|moment|disaster)\b"
)
_AFTER_DAY = regex(rf"\s{_ATTACK}")
_BEFORE_DAY = regex(r"(?:\b(?:[Ss]ince|[Aa]fter|[Bb]efore|[Oo]n|[Oo]f|[Tt]he)\s|\b(?:post|pre)[-–])\Z")
_DAY = regex(rf"{LEFT}(?P<first>[1-3]?[0-9])/(?P<last>[1-3]?[0-9])(?=\s{_ATTACK})")
_HUNDRED = regex(rf"{LEFT}(?P<first>[1-9][0-9]?)(?P<link>[-–/:])(?P<last>[1-9][0-9]?){RIGHT}(?![-–/.,:]?[0-9])")
_SHARED_OUT = regex(r"\s(?:splits?|rules?|divides?|shares?|partnership|ownership|deal|basis|joint|bet|chance|call)\b")

_VULGAR = r"[¼-¾⅐-⅞]"
_SIZE = r"(?P<size>\s?(?:bn|tn|mn)\b|[mk]\b|\s(?:thousand|million|billion|trillion)\b)?"
_FRACTION = regex(
    rf"{LEFT}(?:(?P<whole>[0-9]{{1,6}})[\s-])?(?P<top>[0-9]{{1,3}})[/⁄](?P<bottom>[0-9]{{1,4}})(?:rds?|ths?|nds?)?{RIGHT}"
    r"(?![/.,:][0-9])"
)
#: The abbreviations have claimed these with their stop.
_NOT_STOPPED = r"(?!(?:hrs?|mins?|secs?|yrs?)\.)"
_VULGAR_FRACTION = regex(
    rf"(?P<whole>[0-9]{{1,6}})?(?P<gap>\s?)(?P<sign>{_VULGAR})(?:(?P<tie>[\s-]?){_NOT_STOPPED}(?P<unit>{UNIT}){RIGHT}(?:\.(?=\s[a-z]))?|{_SIZE}(?!\w))?"
)
_TO_ANOTHER = regex(rf"(?<={_VULGAR})[-–](?=[0-9]{{0,3}}{_VULGAR}|[0-9])")
_BOTTOMS = frozenset({*range(2, 11), 12, 16, 20, 32, 64, 100, 1000})
_COMMON = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4)})
_ARTICLE = regex(r"(?<!\w)[Aa]n?\s\Z")
_ODDS = regex(r"[Oo]dds\s(?:of|at)\s\Z")
_ON = regex(r"\b[Oo]n\s\Z")
_RATED = regex(
    r"\b(?:[Rr]at(?:ed|es?|ing)|[Ss]cor(?:ed|es?|ing)|[Mm]ark(?:s|ed)?|[Gg]raded?|[Gg](?:ave|ives?|iven|ets?|ot)|"
    r"[Ee]arn(?:s|ed)|[Aa]warded)\s(?:(?:of|it|him|her|them|at|an?|only|just)\s){0,2}\Z"
)
_FULL_MARKS = frozenset({5, 10, 20, 100})
_PEOPLE = regex(
    r"\s(?:(?:young|older|adult|rural|urban|male|female|black|white|[A-Z][a-z]+)\s)?(?:voters|people|adults|respondents|"
    r"citizens|women|men|children|households|families|firms|companies|businesses|workers|students|soldiers|conscripts|"
    r"recruits|pupils|teachers|doctors|MPs|[A-Z][a-z]+(?:ans|ons|ians|lis|nese)|Poles|Turks|Swedes|Finns|Danes|Greeks|Czechs)\b"
)
_SHARE = regex(
    r"%|-|\s(?:of|majority|full|empty|share|stake|owned|rule|finished|complete|done|points?|miles?|inch(?:es)?|hours?|"
    r"years?|months?|days?|acres?|pounds?|vote|as|the|to|cent|centur\w+)\b"
)


def _pair(found: re.Match[str], locale: Locale) -> Said | None:
    """9/11 "nine eleven", 24/7 "twenty-four seven", 50-50 "fifty-fifty"; "9-11 weeks" is another thing."""
    first, last = found["first"], found["last"]
    if (first, last) not in _PAIRS or (found["link"] == ":" and first != "50"):
        return None
    if found["link"] in "-–" and first in {"9", "26", "7"} and not _is_a_day(found):
        return None
    said = f"{cardinal(int(first), locale)}{'-' if first == last else ' '}{cardinal(int(last), locale)}"
    return Said(f"{said} three sixty-five" if found["year"] else said)


def _is_a_day(found: re.Match[str]) -> bool:
    """Whether "9-11" is the eleventh of September: "the 9-11 attacks", "since 9-11,"."""
    text, end = found.string, found.end()
    if _AFTER_DAY.match(text, end):
        return True
    before = _BEFORE_DAY.search(text[max(0, found.start() - 8) : found.start()])
    return before is not None and before[0].strip() not in {"the", "of"} and re.match(r"\s[a-z]", text[end:]) is None


def _day(found: re.Match[str], locale: Locale) -> str:
    """The 10/7 attacks."""
    return f"{cardinal(int(found['first']), locale)} {cardinal(int(found['last']), locale)}"


def _hundred(found: re.Match[str], locale: Locale) -> str | None:
    """A 60-40 split, and 60/40 of anything."""
    first, last = int(found["first"]), int(found["last"])
    if first + last != 100 or (found["link"] != "/" and not _SHARED_OUT.match(found.string, found.end())):
        return None
    said = (cardinal(first, locale), cardinal(last, locale))
    return (" " if "-" in "".join(said) else "-").join(said)


def _fraction(found: re.Match[str], locale: Locale) -> Said:
    top, bottom = int(found["top"]), int(found["bottom"])
    if out_of := _out_of(found, locale):
        return out_of
    whole = f"{cardinal(int(found['whole']), locale)} and " if found["whole"] else ""
    if 0 < top < bottom and bottom in _BOTTOMS:
        said = whole + _parts(top, bottom, found=found, locale=locale)
        return Said(said, _sureness(found, is_common=(top, bottom) in _COMMON), found.start(), found.end())
    whole = whole.removesuffix("and ")
    if _ODDS.search(found.string[max(0, found.start() - 9) : found.start()]):
        return Said(f"{cardinal(top, locale)} to {cardinal(bottom, locale)}")
    return Said(f"{whole}{cardinal(top, locale)} slash {pairs(found['bottom'])}", 0.5)


def _out_of(found: re.Match[str], locale: Locale) -> Said | None:
    """Rated 8/10 "eight out of ten"; 9/10 voters "nine in ten voters"."""
    top, bottom = int(found["top"]), int(found["bottom"])
    if found["whole"] or not 0 < top <= bottom or not found[0][-1].isdigit():
        return None
    said = (cardinal(top, locale), cardinal(bottom, locale))
    if top < bottom <= 20 and _PEOPLE.match(found.string, found.end()):
        return Said(" in ".join(said), 0.8)
    is_mark = bottom in _FULL_MARKS and not _SHARE.match(found.string, found.end())
    if is_mark and _RATED.search(found.string[max(0, found.start() - 24) : found.start()]):
        return Said(" out of ".join(said), 0.8)
    return None


def _sureness(found: re.Match[str], *, is_common: bool) -> float:
    """3/4 may be a day of the year behind "on"; 3/7 may be anything but before "of" or a majority."""
    if found["whole"] or found[0][-1].isalpha() or _SHARE.match(found.string, found.end()):
        return 1.0
    if _ON.search(found.string[max(0, found.start() - 3) : found.start()]):
        return 0.6
    return 1.0 if is_common else 0.8


def _parts(top: int, bottom: int, *, found: re.Match[str], locale: Locale) -> str:
    """Two thirds, three quarters; one half is "half" before "of" and behind an article."""
    name = {2: "half", 4: "quarter"}.get(bottom) or ordinal(bottom, locale).removeprefix("one ")
    if top > 1:
        return f"{cardinal(top, locale)} {'halves' if name == 'half' else name + 's'}"
    if found["whole"]:
        return f"{'an' if name == 'eighth' else 'a'} {name}"
    text, start = found.string, found.start("top" if "top" in found.groupdict() else "sign")
    has_article = _ARTICLE.search(text[max(0, start - 4) : start]) is not None
    is_bare = (bottom in {2, 4} and has_article) or (
        bottom == 2 and text.startswith((" of ", " a ", " an ", " the "), found.end())
    )
    return name if is_bare else f"one {name}"


def _vulgar_fraction(found: re.Match[str], locale: Locale) -> Said:
    """2½ "two and a half", ½m "half a million", ¾ km "three quarters of a kilometre"."""
    top, bottom = unicodedata.normalize("NFKC", found["sign"]).split("⁄")
    said = _parts(int(top), int(bottom), found=found, locale=locale)
    if found["whole"]:
        said = f"{cardinal(int(found['whole']), locale)} and {said}{_size_or_unit(found, locale)}"
    elif one := _one_of(found, locale):
        said = f"half a {one}" if said.endswith("half") else f"{said} of a {one}"
    start, end, text = found.start("whole" if found["whole"] else "sign"), found.end(), found.string
    before = " " if text[start - 1 : start].isalnum() else ""
    after = " " if text[end : end + 1].isalnum() else ""
    return Said(f"{before}{said}{after}", start=start, end=end)


def _one_of(found: re.Match[str], locale: Locale) -> str | None:
    """What a fraction alone is a part of: a million, a kilometre."""
    if found["size"]:
        return size_word(found["size"])
    return spelling(UNITS[found["unit"]][0], locale) if found["unit"] in UNITS and found["tie"] != "-" else None


def _size_or_unit(found: re.Match[str], locale: Locale) -> str:
    """What stands behind 2½: million, kilometres."""
    if found["size"]:
        return f" {size_word(found['size'])}"
    if found["unit"] not in UNITS:
        return f"{found['tie']}{found['unit']}" if found["unit"] else ""
    one, many = UNITS[found["unit"]]
    return f" {spelling(one if found['tie'] == '-' else many, locale)}"


def _to(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return " to "


_STROKE = clue(r"[/⁄][0-9]", "/⁄")
_FRACTION_SIGN = clue(_VULGAR, "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_EITHER = clue(r"[0-9][-–/:][0-9]", "-–/:")

PAIR_RULES = (
    Rule("pair", _EITHER, _PAIR, _pair),
    Rule("pair", _STROKE, _DAY, _day),
    Rule("pair", _EITHER, _HUNDRED, _hundred),
)

FRACTION_RULES = (
    Rule("range", _FRACTION_SIGN, _TO_ANOTHER, _to),
    Rule("fraction", _STROKE, _FRACTION, _fraction),
    Rule("fraction", _FRACTION_SIGN, _VULGAR_FRACTION, _vulgar_fraction),
)
