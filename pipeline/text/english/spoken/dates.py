"""Dates: days with their months, in all the ways people write them. Years by themselves come later, see years."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import MONTHS, Locale
from pipeline.text.english.numbers import ordinal, year
from pipeline.text.english.spoken.patterns import LEFT, RIGHT, TO
from pipeline.text.needs import clue, figure, words

_NUMBER_OF_MONTH = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
#: A month in full or shortened.
MONTH = (
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

#: This one is written the American way by the British too.
_ELEVENTH_OF_SEPTEMBER = frozenset({"9/11/2001", "9/11/01"})
_ISO = regex(rf"{LEFT}([12][0-9]{{3}})([-/])([01][0-9])\2([0-3][0-9]){RIGHT}")
_NUMERIC = regex(
    rf"{LEFT}([0-3]?[0-9])(?:([/.-])([0-3]?[0-9])\2((?:19|20)[0-9]{{2}})|(/)([0-3]?[0-9])/([0-9]{{2}})){RIGHT}(?![/.][0-9])"
)
_DASHED = regex(
    rf"{LEFT}(?P<day>[0-3]?[0-9])-(?P<month>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)-(?P<year>(?:19|20)[0-9]{{2}})"
    rf"{RIGHT}"
)
_ISO_MONTH = regex(rf"{LEFT}(?P<year>(?:19|20)[0-9]{{2}})-(?P<month>0[1-9]|1[0-2]){RIGHT}(?!-)")
_MONTH_FIRST = regex(
    rf"(?<![0-9]\s)(?<![0-9](?:st|nd|rd|th)\s)\b(?P<month>{MONTH})\s(?P<day>{_DAY})(?:{TO}(?:(?P<month2>{MONTH})\s)?"
    rf"(?P<day2>{_DAY})|(?P<and>\s(?:and|or|to)\s)(?P<next_day>{_DAY}){_AFTER_DAYS})?{_COMMA_YEAR}"
)
_DAY_FIRST = regex(
    rf"{LEFT}(?P<day>{_DAY}|[0-3]?[0-9](?=/[0-3]?[0-9]\s[A-Z]))(?:(?:{TO}|/)(?P<day2>{_DAY})|(?P<and>\s(?:and|or|to)\s)(?P<next_day>{_DAY}))?"
    rf"\s(?P<of>of\s)?(?P<month>{MONTH})(?!\w){_COMMA_YEAR}"
)
_SEVERAL = rf"(?P<days>{_DAY}(?:,\s{_DAY}){{1,6}},?\s(?:and|or)\s{_DAY})"
_MONTH_AND_SEVERAL = regex(rf"\b(?P<month>{MONTH})\s{_SEVERAL}{_AFTER_DAYS}")
_SEVERAL_AND_MONTH = regex(rf"{LEFT}{_SEVERAL}\s(?P<of>of\s)?(?P<month>{MONTH})(?!\w)")
_DETERMINER = regex(r"(?:\b(?:[Tt]he|[Aa]n?|[Tt]h(?:is|at|ese|ose)|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur)|['’]s)\s\Z")
#: What a date is the name of: "the Jan. 6 committee" keeps its order in British too.
_EVENT = regex(
    r"\s(?:attacks?|committee|commission|riots?|insurrection|massacre|elections?|votes?|deadline|summit|referendum|"
    r"meeting|talks|call|agreement|deal|protests?|coup|uprising|revolution|parade|bombings?|speech|ruling|order)\b"
)
_THE = regex(r"\b[Tt]he\s\Z")
#: Nobody says "in May twelfth": what follows the month counts something.
_IN = regex(r"\b[Ii]n\s\Z")
_TO_NEXT_MONTH = regex(rf"\b{MONTH}(?:\s{_YEAR})?(?P<to>{TO})(?={_DAY}\s{MONTH})")
_TO_NEXT_DATE = regex(rf"\b{MONTH}\s[0-3]?[0-9](?:st|nd|rd|th)?,?\s{_YEAR}(?P<to>{TO})(?=(?:{_DAY}\s)?{MONTH}(?!\w))")
_TO_MONTH = regex(
    rf"\b(?P<first>{MONTH})(?P<year>\s{_YEAR})?{TO}(?P<last>{MONTH})(?!\w)(?!\s[0-3]?[0-9](?:st|nd|rd|th)?(?!\w))"
)
_SHORT_MONTH = regex(
    rf"\b(?P<month>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?(?=\s(?:{_YEAR}|['’][0-9]{{2}})(?!\w))"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?"
_SHORT_WEEKDAY = regex(
    rf"\b(?P<short>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|rs?)?\b\.?(?=,?\s(?:{_DAY}\s|[0-3]?[0-9]/[0-3]?[0-9](?!\w)|{MONTH}\s[0-9])|{TO}(?:{_WEEKDAY})(?!\w))"
)
_WEEKDAY_AND_NUMBERS = regex(
    rf"\b(?:{_WEEKDAY}),?\s(?P<date>(?P<first>[0-3]?[0-9])/(?P<second>[0-3]?[0-9])){RIGHT}(?![/.][0-9])(?!\sof\b)"
)
_WEEKDAY_AND_DAY = regex(
    rf"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)(?!\w)(?!\s(?:of\s)?{MONTH})"
)
_LAST_WEEKDAY = regex(rf"(?P<to>(?<=[a-z.]){TO})(?P<short>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|rs?)?\b(?:\.(?=\s))?")
_TO_A_WEEKDAY = regex(rf"\b(?:{_WEEKDAY})(?P<to>{TO})(?=(?:{_WEEKDAY})(?!\w))")
_WEEKDAYS = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Wed": "Wednesday",
    "Thu": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}


def _iso_date(found: re.Match[str], locale: Locale) -> str | None:
    return _full_date(int(found[4]), int(found[3]), locale=locale, year_number=int(found[1]))


def _numeric_date(found: re.Match[str], locale: Locale) -> Said | None:
    """31/12/2025 or 12/31/2025, by the locale; where both could be meant an editor should look."""
    first, second = int(found[1]), int(found[3] or found[6])
    day, month = (second, first) if locale.is_american and found[2] != "." else (first, second)
    if month > 12 or (month == 11 and found[0] in _ELEVENTH_OF_SEPTEMBER):
        day, month = month, day
    said = _full_date(day, month, locale=locale, year_number=int(found[4] or _century(found[7]) + found[7]))
    return None if said is None else Said(said, 0.6 if max(day, month) <= 12 and day != month else 1.0)


def _weekday_and_numbers(found: re.Match[str], locale: Locale) -> Said | None:
    """Tuesday 3/4."""
    first, second = int(found["first"]), int(found["second"])
    day, month = (second, first) if (locale.is_american or second > 12) and first <= 12 else (first, second)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    said = _day_and_month(day, MONTHS[month - 1], locale=locale)
    return Said(said, 0.6, found.start("date"), found.end("date"))


def _weekday_and_day(found: re.Match[str], locale: Locale) -> Said | None:
    """Monday 3rd "Monday the third"."""
    day = int(found["day"])
    return Said(f"the {ordinal(day, locale)}", start=found.start("day"), end=found.end()) if 1 <= day <= 31 else None


def _dashed(found: re.Match[str], locale: Locale) -> str | None:
    """24-Feb-2022, as tables have it."""
    month = _NUMBER_OF_MONTH[found["month"][:3]]
    return _full_date(int(found["day"]), month, locale=locale, year_number=int(found["year"]))


def _century(end: str) -> str:
    """What a writer of our time leaves out before the last two figures of a year."""
    return "20" if int(end) < 50 else "19"


def _iso_month(found: re.Match[str], locale: Locale) -> Said | None:
    """2025-06, unless it may be two years, 2008-09."""
    if int(found["month"]) > int(found["year"][2:]):
        return None
    return Said(f"{MONTHS[int(found['month']) - 1]} {year(int(found['year']), locale)}", 0.8)


def _full_date(day: int, month: int, *, locale: Locale, year_number: int) -> str | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{_day_and_month(day, MONTHS[month - 1], locale=locale)}{_year_tail(year_number, locale)}"


def _year_tail(number: int, locale: Locale) -> str:
    return f", {year(number, locale)}" if locale.is_american else f" {year(number, locale)}"


def _day_and_month(day: int, month: str, *, locale: Locale) -> str:
    return f"{month} {ordinal(day, locale)}" if locale.is_american else f"the {ordinal(day, locale)} of {month}"


def _month_first(found: re.Match[str], locale: Locale) -> Said | None:
    if found["year"] is None and found["day"].isdigit() and _is_after(_IN, found):
        return None
    return _written_date(found, locale, second_month=found["month2"])


def _day_first(found: re.Match[str], locale: Locale) -> Said | None:
    return _written_date(found, locale, second_month=None)


def _written_date(found: re.Match[str], locale: Locale, *, second_month: str | None) -> Said | None:
    written_last = found["day2"] or found["next_day"]
    day, last_day, month = _day(found["day"]), _day(written_last), _month(found["month"])
    if day is None or (written_last and last_day is None):
        return None
    link = found["and"] or " to "
    has_of = found.groupdict().get("of") is not None
    if not has_of and (locale.is_american or _is_name(found)):
        said = f"{month} {ordinal(day, locale)}"
        if last_day:
            said += f"{link}{_month(second_month)} {ordinal(last_day, locale)}".replace("  ", " ")
    else:
        days = [ordinal(each, locale) for each in (day, last_day) if each]
        said = _british(days, link, months=(month, _month(second_month)))
        if _is_after(_THE, found):
            said = said.removeprefix("the ").replace(" to the ", " to ")
    said += _year_tail(int(found["year"]), locale) if found["year"] else ""
    return Said(said, start=found.start(), end=found.end() - _keeps_stop(found))


def _keeps_stop(found: re.Match[str]) -> bool:
    """Whether the stop of "on 3 Oct." ends the sentence as well."""
    return found[0].endswith(".") and not found.string[found.end() : found.end() + 8].strip("\"'”’)] ")


def _several_days(found: re.Match[str], locale: Locale) -> str | None:
    """June 1, 2 and 3; 1, 2 and 3 June."""
    days = re.findall("[0-9]+", found["days"])
    if not all(1 <= int(day) <= 31 for day in days):
        return None
    said = re.sub("[0-9]+(?:st|nd|rd|th)?", lambda day: ordinal(int(day[0].rstrip("stndrh")), locale), found["days"])
    month = _month(found["month"])
    if locale.is_american and not found.groupdict().get("of"):
        return f"{month} {said}"
    return f"{'' if _is_after(_THE, found) else 'the '}{said} of {month}"


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


def _to_next(found: re.Match[str], locale: Locale) -> Said:
    """The hyphen of "28 April–2 May", "March–May", "Monday-Friday"."""
    del locale
    return Said(" to ", start=found.start("to"), end=found.end("to"))


def _to_month(found: re.Match[str], locale: Locale) -> str:
    """Jan–Mar, May 2024–June 2025: the years are for a later pass."""
    del locale
    last = _month(found["last"])
    return f"{_month(found['first'])}{found['year'] or ''} to {last}"


def _short_month(found: re.Match[str], locale: Locale) -> str:
    del locale
    return _month(found["month"])


def _weekday(found: re.Match[str], locale: Locale) -> str:
    del locale
    return _WEEKDAYS[found["short"]]


def _last_weekday(found: re.Match[str], locale: Locale) -> Said | None:
    """The Fri of "Mon–Fri"."""
    del locale
    first = found.string[max(0, found.start() - 10) : found.start()]
    if not re.search(rf"\b(?:{_WEEKDAY})\Z", first):
        return None
    return Said(f" to {_WEEKDAYS[found['short']]}")


_NUMBER_AND_MONTH = figure(r"[0-9](?:st|nd|rd|th)?\s(?:of\s)?[JFMASOND]", after="JFMASONDsnrto")
_MONTH_AND_NUMBER = figure(r"[0-9](?<=[a-z.]\s[0-9])[0-9]?(?![0-9])")
_MONTH_AND_YEAR = figure(
    r"[12][0-9]{3}(?<=(?:an|eb|ar|pr|un|ul|ug|ep|pt|ct|ov|ec|[a-z]\.)\s[0-9]{4})|[a-z.]\s['’][0-9]{2}(?!\w)",
    before="nbrlgptvc.'’",
)
_DAY_AND_DASH = figure(r"[0-9]-[JFMASOND][a-z]{2,3}-")
_WEEKDAY_AND_STROKE = clue(r"[a-z.],?\s[0-3]?[0-9]/[0-3]?[0-9]", "/")
_WEEKDAY_AND_RANK = figure(r"day\s[0-3]?[0-9](?:st|nd|rd|th)")
_FULL_NUMERIC = figure(r"[0-9][/.-][0-9]{1,2}[/.-]", before="/.-", after="/.-")
_YEAR_AND_MONTH = clue(r"-[01][0-9](?<=[0-9]{4}...)", "-")
_TO_A_MONTH = clue(r"[a-z.0-9]\s?[-‐‑–—−]\s?(?:[JFMASONDTW]|[0-3]?[0-9](?:st|nd|rd|th)?\s[JFMASOND])", "-‐‑–—−")
_WEEKDAY_SHORT = words("Mon Mons Tue Tues Wed Weds Thu Thur Thurs Fri Fris Sat Sats Sun Suns", signs="0123456789-‐‑–—−")
_LISTED = figure(r"[0-9](?:st|nd|rd|th)?,\s[0-9]", before=",", after=",snrt")

DATE_RULES = (
    Rule("date", _FULL_NUMERIC, _ISO, _iso_date),
    Rule("date", _FULL_NUMERIC, _NUMERIC, _numeric_date),
    Rule("date", _DAY_AND_DASH, _DASHED, _dashed),
    Rule("date", _YEAR_AND_MONTH, _ISO_MONTH, _iso_month),
    Rule("date", _WEEKDAY_AND_STROKE, _WEEKDAY_AND_NUMBERS, _weekday_and_numbers),
    Rule("date", _WEEKDAY_AND_RANK, _WEEKDAY_AND_DAY, _weekday_and_day),
    Rule("date", _WEEKDAY_SHORT, _SHORT_WEEKDAY, _weekday),
    Rule("range", _TO_A_MONTH, _LAST_WEEKDAY, _last_weekday),
    Rule("range", _TO_A_MONTH, _TO_A_WEEKDAY, _to_next),
    Rule("range", _TO_A_MONTH, _TO_NEXT_MONTH, _to_next),
    Rule("range", _TO_A_MONTH, _TO_NEXT_DATE, _to_next),
    Rule("range", _TO_A_MONTH, _TO_MONTH, _to_month),
    Rule("date", _LISTED, _SEVERAL_AND_MONTH, _several_days),
    Rule("date", _LISTED, _MONTH_AND_SEVERAL, _several_days),
    Rule("date", _MONTH_AND_NUMBER, _MONTH_FIRST, _month_first),
    Rule("date", _NUMBER_AND_MONTH, _DAY_FIRST, _day_first),
    Rule("date", _MONTH_AND_YEAR, _SHORT_MONTH, _short_month),
)
