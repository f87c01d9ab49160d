"""Dates, years and decades: what the calendar writes in digits."""

import re

from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import MONTHS, Locale
from pipeline.text.english.numbers import cardinal, decade, ordinal, year, year_end
from pipeline.text.english.spoken.patterns import LEFT, NO_DESIGNATION, RIGHT, TO
from pipeline.text.needs import LINKED, YEAR, figure

_NUMBER_OF_MONTH = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![\w%])(?![.,:/][0-9])"
_YEAR = r"(?:1[0-9]|20)[0-9]{2}"
_COMMA_YEAR = rf"(?:,?\s(?P<year>{_YEAR})(?![\w%])(?![.,:/][0-9]))?"

#: After the second of two days, so that "May 3 and 17 ships" is not two days.
_AFTER_DAYS = (
    r"(?=\W*\Z|[,.;:)\]!?”\"—–]|\s(?:and|or|but|in|at|to|for|of|from|by|with|the|when|while|as|that|after|before|were|"
    r"was|had|he|she|they|it|respectively)\b|\s(?:1[0-9]|20)[0-9]{2}\b)"
)

_ISO = re.compile(rf"{LEFT}([12][0-9]{{3}})-([01][0-9])-([0-3][0-9]){RIGHT}")
_NUMERIC = re.compile(rf"{LEFT}([0-3]?[0-9])([/.])([0-3]?[0-9])\2((?:19|20)[0-9]{{2}}){RIGHT}")
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\s(?P<day>{_DAY})(?:{TO}(?:(?P<month2>{_MONTH})\s)?(?P<day2>{_DAY})|"
    rf"(?P<and>\s(?:and|or)\s)(?P<next_day>{_DAY}){_AFTER_DAYS})?{_COMMA_YEAR}"
)
_DAY_FIRST = re.compile(
    rf"{LEFT}(?P<day>{_DAY})(?:{TO}(?P<day2>{_DAY})|(?P<and>\s(?:and|or)\s)(?P<next_day>{_DAY}))?"
    rf"\s(?:of\s)?(?P<month>{_MONTH})(?!\w){_COMMA_YEAR}"
)
_DETERMINER = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Tt]h(?:is|at|ese|ose)|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur)|['’]s)\s\Z"
)
#: What a date is the name of: "the Jan. 6 committee" keeps its order in British too.
_EVENT = re.compile(
    r"\s(?:attacks?|committee|commission|riots?|insurrection|massacre|elections?|votes?|deadline|summit|referendum|"
    r"meeting|talks|call|agreement|deal|protests?|coup|uprising|revolution|parade|bombings?|speech|ruling|order)\b"
)
_THE = re.compile(r"\b[Tt]he\s\Z")
#: Nobody says "in May twelfth": what follows the month counts something.
_IN = re.compile(r"\b[Ii]n\s\Z")
_TO_NEXT_MONTH = re.compile(rf"\b{_MONTH}(?P<to>{TO})(?={_DAY}\s{_MONTH})")


def _iso_date(found: re.Match[str], locale: Locale) -> str | None:
    return _full_date(int(found[3]), int(found[2]), locale=locale, year_number=int(found[1]))


def _numeric_date(found: re.Match[str], locale: Locale) -> Said | None:
    """31/12/2025 or 12/31/2025, by the locale; where both could be meant an editor should look."""
    first, second = int(found[1]), int(found[3])
    day, month = (second, first) if locale.is_american and found[2] == "/" else (first, second)
    if month > 12:
        day, month = month, day
    said = _full_date(day, month, locale=locale, year_number=int(found[4]))
    return None if said is None else Said(said, 0.6 if max(day, month) <= 12 and day != month else 0.9)


def _full_date(day: int, month: int, *, locale: Locale, year_number: int) -> str | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{_day_and_month(day, MONTHS[month - 1], locale=locale)}{_year_tail(year_number, locale)}"


def _year_tail(number: int, locale: Locale) -> str:
    return f", {year(number, locale)}" if locale.is_american else f" {year(number, locale)}"


def _day_and_month(day: int, month: str, *, locale: Locale) -> str:
    return f"{month} {ordinal(day, locale)}" if locale.is_american else f"the {ordinal(day, locale)} of {month}"


def _month_first(found: re.Match[str], locale: Locale) -> str | None:
    if found["year"] is None and found["day"].isdigit() and _is_after(_IN, found):
        return None
    return _written_date(found, locale, second_month=found["month2"])


def _day_first(found: re.Match[str], locale: Locale) -> str | None:
    return _written_date(found, locale, second_month=None)


def _written_date(found: re.Match[str], locale: Locale, *, second_month: str | None) -> str | None:
    written_last = found["day2"] or found["next_day"]
    day, last_day, month = _day(found["day"]), _day(written_last), _month(found["month"])
    if day is None or (written_last and last_day is None):
        return None
    link = found["and"] or " to "
    if locale.is_american or _is_name(found):
        said = f"{month} {ordinal(day, locale)}"
        if last_day:
            said += f"{link}{_month(second_month)} {ordinal(last_day, locale)}".replace("  ", " ")
    else:
        days = [ordinal(each, locale) for each in (day, last_day) if each]
        said = _british(days, link, months=(month, _month(second_month)))
        said = said.removeprefix("the ") if _is_after(_THE, found) else said
    return said + (_year_tail(int(found["year"]), locale) if found["year"] else "")


def _is_name(found: re.Match[str]) -> bool:
    """Whether the date is used like a name, "the May 19 vote", "Oct. 7 attacks": then the month is said first."""
    if found[0][0].isdigit():
        return not _is_after(_THE, found) and _is_after(_DETERMINER, found)
    return _is_after(_DETERMINER, found) or _EVENT.match(found.string, found.end()) is not None


def _british(days: list[str], link: str, *, months: tuple[str, str]) -> str:
    """The third of May, the third to the fifth of May, the third and fourth of May, the third of May to the ..."""
    month, second = months
    if second:
        return f"the {days[0]} of {month}{link}the {days[1]} of {second}"
    return f"the {(' to the ' if link == ' to ' else link).join(days)} of {month}"


def _day(written: str | None) -> int | None:
    if not written:
        return None
    number = int(written.rstrip("stndrh"))
    return number if 1 <= number <= 31 else None


def _month(written: str | None) -> str:
    return MONTHS[_NUMBER_OF_MONTH[written[:3]] - 1] if written else ""


def _is_after(pattern: re.Pattern[str], found: re.Match[str]) -> bool:
    return pattern.search(found.string[max(0, found.start() - 8) : found.start()]) is not None


_COUNTED = (
    r"troops|soldiers|people|men|women|children|civilians|refugees|migrants|prisoners|fighters|dead|deaths|casualties|"
    r"victims|tanks|missiles|drones|shells|rockets|warheads|vehicles|aircraft|ships|vessels|containers|sorties|"
    r"days|weeks|months|years|hours|minutes|miles|kilometres|kilometers|metres|meters|tonnes|tons|barrels|"
    r"dollars|euros|pounds|roubles|rubles|yuan|jobs|homes|houses|seats|votes|delegates|members|companies|firms|words|"
    r"pages|times|megawatts|degrees|per|percent|million|billion|trillion|thousand"
)
_COUNTING = re.compile(r"\b(?:than|nearly|almost|roughly|approximately|least|some|exactly|only)\s\Z")
_DATING = re.compile(
    r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Oo]f|[Yy]ear|[Bb]efore|[Aa]fter|" + _MONTH + r")\s\Z"
)

_YEARS = re.compile(rf"{LEFT}(?P<first>{_YEAR})(?P<link>{TO}|/)(?P<last>{_YEAR}|[0-9]{{1,2}}){RIGHT}(?![.,][0-9])")
_DECADE = re.compile(
    rf"{LEFT}(?:(?P<year>(?:1[1-9]|20)[0-9]0)['’]?s|['’‘]?{NO_DESIGNATION}(?P<short>[1-9]0)['’]?s){RIGHT}"
)
_SHORT_YEAR = re.compile(r"(?<!\w)['’‘](?P<year>[0-9]{2})(?![\w'’])")
_PLAIN_YEAR = re.compile(rf"{LEFT}(?P<year>[12][0-9]{{3}}){RIGHT}(?![.,][0-9])(?!%)(?!\s(?:{_COUNTED})\b)")


def _year_range(found: re.Match[str], locale: Locale) -> str | None:
    """2014–2022, 2014–22, 2014/15; the end is said as it is written, unless that would be "oh five"."""
    first, last = int(found["first"]), int(found["last"])
    if len(found["last"]) == 4:
        return f"{year(first, locale)} to {year(last, locale)}" if last >= first or found["link"] != "/" else None
    size = 10 ** len(found["last"])
    if last <= first % size:
        return None
    full = first - first % size + last
    said = year(full, locale) if full % 100 < 10 or size == 10 else year_end(full % 100)
    return f"{year(first, locale)} to {said}"


def _decade(found: re.Match[str], locale: Locale) -> str:
    if found["year"]:
        return decade(int(found["year"]), locale)
    return decade(1900 + int(found["short"]), locale).removeprefix("nineteen ")


def _to(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return " to "


def _to_next_month(found: re.Match[str], locale: Locale) -> Said:
    del locale
    return Said(" to ", start=found.start("to"), end=found.end("to"))


def _fiscal_year(found: re.Match[str], locale: Locale) -> str:
    """FY2024, FY24, FY 2024–25."""
    said = year(int(found["year"]), locale) if len(found["year"]) == 4 else year_end(int(found["year"]))
    return f"fiscal year {said}" + (f" to {year_end(int(found['last']))}" if found["last"] else "")


def _short_year(found: re.Match[str], locale: Locale) -> Said:
    del locale
    return Said(year_end(int(found["year"])) if found["year"] != "00" else "two thousand", 0.8)


def _plain_year(found: re.Match[str], locale: Locale) -> str | None:
    """Four digits without a comma are a year from 1100 to 2099, and beyond that after a word such as "in"."""
    number = int(found["year"])
    before = found.string[max(0, found.start() - 16) : found.start()]
    is_dated = _DATING.search(before) is not None
    if _COUNTING.search(before) or not (1100 <= number < 2100 or is_dated):
        return None
    return year(number, locale)


def _era_year(found: re.Match[str], locale: Locale) -> str:
    number = int(found[1])
    return year(number, locale) if number >= 1010 else cardinal(number, locale)


_ERA_YEAR = re.compile(rf"{LEFT}([0-9]{{1,4}})(?=\s(?:BCE?|B\.C\.|CE|AD|A\.D\.)(?!\w))")

_FISCAL_YEAR = re.compile(rf"(?<!\w)FY\s?['’]?(?P<year>{_YEAR}|[0-9]{{2}})(?:[-–/](?P<last>[0-9]{{2}}))?{RIGHT}")
_DECADES_TO = re.compile(r"(?<=0s)[-–](?=['’]?[0-9]+0s)")

_NUMBER_AND_MONTH = figure(r"[0-9](?:st|nd|rd|th)?\s(?:of\s)?[JFMASOND]")
_MONTH_AND_NUMBER = figure(r"[0-9](?<=[a-z.]\s[0-9])[0-9]?(?![0-9])")
_LETTER_TO_NUMBER = figure(r"[-‐‑–—−]\s?[0-9]")
_FULL_NUMERIC = figure(r"[0-9][/.-][0-9]{1,2}[/.-]")
_APOSTROPHE = figure(r"['’‘][0-9]")
_OF_AN_ERA = figure(r"[0-9]\s[BCA][.CDE]")
_FY = figure("FY")
_TENS = figure(r"0['’]?s")

DATE_RULES = (
    Rule("date", _FULL_NUMERIC, _ISO, _iso_date),
    Rule("date", _FULL_NUMERIC, _NUMERIC, _numeric_date),
    Rule("range", _LETTER_TO_NUMBER, _TO_NEXT_MONTH, _to_next_month),
    Rule("date", _MONTH_AND_NUMBER, _MONTH_FIRST, _month_first),
    Rule("date", _NUMBER_AND_MONTH, _DAY_FIRST, _day_first),
)

YEAR_RULES = (
    Rule("year", _FY, _FISCAL_YEAR, _fiscal_year),
    Rule("range", _TENS, _DECADES_TO, _to),
    Rule("year", _OF_AN_ERA, _ERA_YEAR, _era_year),
    Rule("year range", LINKED, _YEARS, _year_range),
    Rule("decade", _TENS, _DECADE, _decade),
    Rule("year", _APOSTROPHE, _SHORT_YEAR, _short_year),
    Rule("year", YEAR, _PLAIN_YEAR, _plain_year),
)
