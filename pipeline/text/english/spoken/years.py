"""Years, decades and quarters: what the calendar writes in digits without a day. Dates have been read before."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal, decade, year, year_end
from pipeline.text.english.spoken.dates import MONTH
from pipeline.text.english.spoken.patterns import LEFT, NO_DESIGNATION, RIGHT, TO
from pipeline.text.needs import LINKED, YEAR, clue, figure
from pipeline.text.tables import word_set

_YEAR = r"(?:1[0-9]|20)[0-9]{2}"
_ERA = r"\s(?:BCE?|B\.C\.|CE|AD|A\.D\.)(?!\w)"

_COUNTED = regex(
    r"(?:\s(?:more|new|other|armed|wounded|local|foreign|young|[A-Z][a-z]+(?:ian|ish|an|ese|i|n|ch)|metric|nautical|"
    r"square|cubic|extra|additional|civilian|political|elite)){0,2}+[\s-](?:strong|people|men|women|children|families|"
    r"villagers?|dead|wounded|staff|personnel|aircraft|artillery|feet|foot|companies|calories|casualties|lorries|per|"
    r"km|mm|m|kg|MW|ft|(?:troop|soldier|person|man|child|civilian|refugee|migrant|prisoner|detainee|hostage|fighter|"
    r"rebel|militant|death|victim|tank|missile|drone|shell|rocket|warhead|vehicle|ship|vessel|container|sortie|strike|"
    r"attack|arrest|day|week|month|year|hour|minute|mile|kilomet(?:re|er)|met(?:re|er)|acre|hectare|tonne|ton|barrel|"
    r"dollar|euro|pound|rouble|ruble|job|home|house|household|seat|vote|voter|delegate|member|firm|word|page|time|"
    r"megawatt|degree|percent|worker|docker|farmer|student|resident|volunteer|conscript|recruit|officer|sailor|marine|"
    r"guest|inspector|observer|employee|follower|supporter|protester|protestor|demonstrator|survivor|village|building|"
    r"school|case|incident|kilogram|kilo|gun|bomb|plane|jet|helicopter|truck|share|unit|point|yuan|million|billion|"
    r"trillion|thousand)s?)(?!\w)"
)
#: A number after these is how many there are; after the others it may still be a year.
_COUNTING = regex(
    r"\b(?:than|[Aa]t\s(?:least|most)|[Aa]s\smany\sas|[Uu]p\sto|total\sof|estimated|"
    r"(?P<open>[Nn]early|[Aa]lmost|[Rr]oughly|[Aa]pproximately|[Ss]ome|[Ee]xactly|[Oo]nly|[Aa]nother|[Oo]ver|[Aa]bout|"
    r"[Aa]round))\s\Z"
)
#: Their last words, to spare most years the search.
_COUNTING_WORDS = word_set(
    "than least most as to of estimated nearly almost roughly approximately some exactly only another over about around"
)
_ABOUT = frozenset({"about", "around", "roughly", "approximately"})
_DATED = regex(
    r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Oo]f|[Yy]ears?|[Bb]efore|[Aa]fter|[Dd]uring|" + MONTH + r")\s"
    r"(?:about\s|around\s|roughly\s|approximately\s)?\Z|\b(?:ca?\.\s?|[Cc]irca\s)\Z"
)
_SURELY_DATED = regex(r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Dd]uring|[Yy]ear|" + MONTH + r")\s\Z")
_DETERMINER = regex(r"(?:\b(?:[Tt]h(?:e|is|at)|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Aa]n?)|['’]s)\s\Z")
_OF_THEM = regex(r"\sof\s(?:them|these|those|the|us|its|his|her|their|whom|which)\b")
_NAMED_AFTER = regex(r"[-)]|\s[A-Z]|['’]s\b")
_FIRST_OF_OUR_TIME, _LAST_OF_OUR_TIME = 1900, 2050

_YEARS = regex(
    rf"{LEFT}(?P<first>{_YEAR})(?P<link>{TO}|/)(?P<last>{_YEAR}|21[0-9]{{2}}|[0-9]{{1,2}}){RIGHT}(?![.,][0-9])"
)
_TO_NOW = regex(rf"(?<=\b[12][0-9]{{3}}){TO}(?=(?:present|today|now|date)\b)")
_TO_AN_ERA = regex(rf"(?<=BC|CE|\.C)\.?(?P<to>{TO})(?=(?:AD|A\.D\.)?\s?[0-9])")
_OF_ERAS = regex(rf"{LEFT}(?P<first>[0-9]{{1,4}}){TO}(?P<last>[0-9]{{1,4}})(?={_ERA})")
_ERA_YEAR = regex(rf"{LEFT}([0-9]{{1,4}})(?={_ERA})")
_DECADE = regex(rf"{LEFT}(?:(?P<year>(?:1[1-9]|20)[0-9]0)['’]?s|['’‘]?{NO_DESIGNATION}(?P<short>[1-9]0)['’]?s){RIGHT}")
_CENTURY = regex(r"(?<=[0-9](?:st|nd|rd|th)[\s-])c\.(?!\w)")
_DECADES_TO = regex(r"(?<=0s)[-–](?=['’]?[0-9]+0s)")
_SHORT_YEAR = regex(r"(?<!\w)['’‘](?P<year>[0-9]{2})(?![\w'’])")
_YEAR_OF_A_PART = regex(r"(?<=\b[QH][1-4])['’](?P<year>[0-9]{2})(?![\w'’])")
_QUARTER = regex(r"(?<![\w.,-])(?P<part>[1-4]Q)(?![\w-])")
_YEAR_OF = regex(
    r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Oo]f|[Tt]he|[Ll]ate|[Ee]arly|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|"
    r"[Ww]inter|Q[1-4]|H[12]|[0-9]|" + MONTH + r")\s\Z"
)
#: What a hyphen ties to another four figures and is no range of years is from one number to another, "2000-2500".
_PLAIN_YEAR = regex(
    rf"{LEFT}(?<![0-9]{{4}}[-–])(?P<year>[12][0-9]{{3}}){RIGHT}(?![.,][0-9])(?!%)(?![-–][0-9]{{4}}(?![0-9-]))"
)
_FISCAL_YEAR = regex(
    rf"(?<!\w)FY\s?['’]?(?P<year>{_YEAR}|[0-9]{{2}})(?:[-–/](?:FY)?(?P<last>{_YEAR}|[0-9]{{2}}))?{RIGHT}"
)
_PART_OF_A_YEAR = regex(rf"{LEFT}(?P<part>[1-4]Q|[12]H)[\s-]?['’]?(?P<year>{_YEAR}|[0-9]{{2}}){RIGHT}")
_PARTS_TO = regex(r"(?<=\b[QH][1-4])[-–](?=[QH][1-4]\b)")
_RANKS = ("", "first", "second", "third", "fourth")


def _year_range(found: re.Match[str], locale: Locale) -> str | None:
    """2014–2022, 2014–22, 2014/15; the end is said as it is written, unless that would be "oh five"."""
    first, last = int(found["first"]), int(found["last"])
    if len(found["last"]) == 4:
        return f"{year(first, locale)} to {year(last, locale)}" if last >= first or found["link"] != "/" else None
    size = 10 ** len(found["last"])
    if last <= first % size:
        return None
    full = first - first % size + last
    said = year_end(last) if last >= 10 else year(full, locale)
    return f"{year(first, locale)} to {said}"


def _decade(found: re.Match[str], locale: Locale) -> str:
    if found["year"]:
        return decade(int(found["year"]), locale)
    return decade(1900 + int(found["short"]), locale).removeprefix("nineteen ")


def _century(found: re.Match[str], locale: Locale) -> Said:
    """20th c.: a stop that is also the sentence's stays."""
    del locale
    keeps_stop = not found.string[found.end() : found.end() + 8].strip("\"'”’)] ")
    return Said("century", start=found.start(), end=found.end() - keeps_stop)


def _to(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return " to "


def _to_an_era(found: re.Match[str], locale: Locale) -> Said:
    del locale
    return Said(" to ", start=found.start("to"), end=found.end("to"))


def _fiscal_year(found: re.Match[str], locale: Locale) -> str:
    """FY2024, FY24, FY 2024–25, FY24/25."""
    said = " to ".join(_long_or_short(figures, locale) for figures in (found["year"], found["last"]) if figures)
    return f"fiscal year {said}"


def _long_or_short(figures: str, locale: Locale) -> str:
    """2024, 24, and 00 that nobody calls "oh zero"."""
    number = int(figures)
    return year_end(number) if 0 < number < 100 else year(number or 2000, locale)


def _part_of_a_year(found: re.Match[str], locale: Locale) -> str:
    """4Q24 "the fourth quarter of twenty twenty-four"."""
    rank, kind = _RANKS[int(found["part"][0])], "quarter" if found["part"][1] == "Q" else "half"
    said = year(int(found["year"][-2:]) + 2000, locale)
    has_determiner = _DETERMINER.search(found.string[max(0, found.start() - 8) : found.start()]) is not None
    return f"{rank}-{kind} {said}" if has_determiner else f"the {rank} {kind} of {said}"


def _year_of_a_part(found: re.Match[str], locale: Locale) -> str:
    """Q1'25."""
    return f" {_long_or_short(found['year'], locale)}"


def _quarter(found: re.Match[str], locale: Locale) -> Said:
    """4Q "the fourth quarter"."""
    del locale
    said = f"{_RANKS[int(found['part'][0])]} quarter"
    has_determiner = _DETERMINER.search(found.string[max(0, found.start() - 8) : found.start()]) is not None
    return Said(said if has_determiner else f"the {said}", 0.8)


def _short_year(found: re.Match[str], locale: Locale) -> Said:
    del locale
    is_sure = _YEAR_OF.search(found.string[max(0, found.start() - 12) : found.start()]) is not None
    said = year_end(int(found["year"])) if found["year"] != "00" else "two thousand"
    return Said(said, 1.0 if is_sure else 0.8)


def _era_year(found: re.Match[str], locale: Locale) -> str:
    return _of_an_era(found[1], locale)


def _of_eras(found: re.Match[str], locale: Locale) -> str:
    """2500–2000 BC, 146–44 BC."""
    return f"{_of_an_era(found['first'], locale)} to {_of_an_era(found['last'], locale)}"


def _of_an_era(figures: str, locale: Locale) -> str:
    number = int(figures)
    return year(number, locale) if number >= 1010 else cardinal(number, locale)


def _plain_year(found: re.Match[str], locale: Locale) -> Said | None:
    """Four digits without a comma are a year from 1100 to 2099, and beyond that after a word such as "in".

    Where they may as well be how many there are, an editor should look; None is for the rule of plain numbers.
    """
    number = int(found["year"])
    before = found.string[max(0, found.start() - 24) : found.start()]
    is_counted = _COUNTED.match(found.string, found.end()) is not None
    last_word = before.split()[-1:]
    if last_word and last_word[0].lower() in _COUNTING_WORDS and (counting := _COUNTING.search(before)):
        return _beside_counting(found, locale, word=counting["open"], is_counted=is_counted)
    if is_counted:
        return _before_counted(found, locale, before=before)
    if not 1100 <= number < 2100 and not _DATED.search(before):
        return None
    if number % 100 or _DATED.search(before) or not 1100 <= number < 2100:
        return Said(year(number, locale))
    if _OF_THEM.match(found.string, found.end()):
        return Said(cardinal(number, locale), 0.8)
    # "Fifteen hundred" is right for both, and still one of them.
    is_sure = _DETERMINER.search(before) or _NAMED_AFTER.match(found.string, found.end())
    return Said(year(number, locale), 1.0 if is_sure else 0.8)


def _beside_counting(found: re.Match[str], locale: Locale, *, word: str | None, is_counted: bool) -> Said | None:
    """At least 1300, nearly 2000 people: a count; "some 1500" most likely; "about 1350" and "in about 1350" a year."""
    number = int(found["year"])
    if is_counted or word is None or not 1100 <= number < 2100:
        return None
    is_year = word.lower() in _ABOUT and number % 1000
    if is_year and _DATED.search(found.string[max(0, found.start() - 30) : found.start()]):
        return Said(year(number, locale))
    return Said(year(number, locale) if is_year else cardinal(number, locale), 0.8)


def _before_counted(found: re.Match[str], locale: Locale, *, before: str) -> Said | None:
    """1500 troops, 1700 tonnes: a count, unless it is dated, "in 1943 people starved", "the 2024 delegates"."""
    number = int(found["year"])
    is_round = number % 100 == 0
    if _SURELY_DATED.search(before) and 1100 <= number < 2100:
        return None if is_round and "In" not in before else Said(year(number, locale), 0.7 if is_round else 1.0)
    if is_round or not _FIRST_OF_OUR_TIME <= number < _LAST_OF_OUR_TIME:
        return None
    return Said(year(number, locale), 0.7) if _DETERMINER.search(before) else None


_APOSTROPHE = clue(r"['’‘][0-9]", "'’‘")
_OF_AN_ERA = figure(r"[0-9]\s[BCA][.CDE]", after="BCA")
_FY = clue("FY", "Y")
_PART = clue(r"[QH](?:(?<=[1-4].)|[1-4][-–])", "QH")
_RANK_AND_C = figure(r"[0-9][snrt][tdh][\s-]c\.")
_TENS = figure(r"0['’]?s", after="s'’")
_NOW = clue(r"[0-9]\s?[-‐‑–—−]\s?[ptnd]", "-‐‑–—−")
_ERA_TO = clue(rf"[CE]\.?{TO}(?:A\.?D\.?\s?)?[0-9]", "-‐‑–—−")

YEAR_RULES = (
    Rule("year", _FY, _FISCAL_YEAR, _fiscal_year),
    Rule("year", _PART, _PART_OF_A_YEAR, _part_of_a_year),
    Rule("year", _PART, _QUARTER, _quarter),
    Rule("year", _APOSTROPHE, _YEAR_OF_A_PART, _year_of_a_part),
    Rule("range", _PART, _PARTS_TO, _to),
    Rule("year", _RANK_AND_C, _CENTURY, _century),
    Rule("range", _TENS, _DECADES_TO, _to),
    Rule("range", _NOW, _TO_NOW, _to),
    Rule("range", _ERA_TO, _TO_AN_ERA, _to_an_era),
    Rule("year range", _OF_AN_ERA, _OF_ERAS, _of_eras),
    Rule("year", _OF_AN_ERA, _ERA_YEAR, _era_year),
    Rule("year range", LINKED, _YEARS, _year_range),
    Rule("decade", _TENS, _DECADE, _decade),
    Rule("year", _APOSTROPHE, _SHORT_YEAR, _short_year),
    Rule("year", YEAR, _PLAIN_YEAR, _plain_year),
)
