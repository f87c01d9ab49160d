"""Inside queries: weekdays that a date does not have, and days that a month does not have. Calendar arithmetic only."""

import re
from calendar import day_name, month_name, monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.patterns import regex
from pipeline.text.english.locale import MONTHS
from pipeline.text.english.queries.passages import Flag, Passage

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[789][0-9]{2}|20[0-9]{2})"
_BRITISH = rf"(?:the )?{_DAY}(?: of)? {_MONTH}\b(?:,? {_YEAR}\b)?"
_AMERICAN = rf"{_MONTH} {_DAY}\b(?:,? {_YEAR}\b)?"
_PATTERNS = tuple(
    regex(pattern)
    for pattern in (
        rf"\b(?:{_WEEKDAY},? (?:the )?)?(?<![\w–-]){_BRITISH}",
        rf"\b(?:{_WEEKDAY},? )?{_AMERICAN}",
    )
)
_YEARS = regex(r"\b(?:1[0-9]|20)[0-9]{2}\b")
#: The calendar that weekdays are reckoned by came to Britain and its colonies in 1752.
_FIRST_YEAR = 1753
#: A weekday without a year is about the days around the publication.
_MOST_DAYS_AWAY = 60


def wrong_dates(passages: Sequence[Passage], published: date) -> Iterator[Flag]:
    """Each date whose weekday is another, and each that there is not; ``published`` tells a year that is not said."""
    for passage in passages:
        near = None if _speaks_of_another_year(passage.text, published) else published
        for pattern in _PATTERNS:
            for found in pattern.finditer(passage.text):
                what = _question(found, near)
                if what:
                    yield Flag(rule="date", what=what, block=passage.block, start=found.start(), end=found.end())


def _question(found: re.Match[str], published: date | None) -> str:
    """What to ask about a date, "" where it is right; without ``published`` a date without a year may be any."""
    month, number = MONTHS.index(found["month"]) + 1, int(found["day"])
    year = int(found["year"]) if found["year"] else None
    longest = monthrange(year or 2024, month)[1]
    if not 1 <= number <= longest:
        return f"Which day is meant? {month_name[month]}{f' {year}' if year else ''} has {longest} days."
    day = _near(month, number, published=published) if year is None else date(year, month, number)
    if day is None or not found["weekday"] or day.year < _FIRST_YEAR or day_name[day.weekday()] == found["weekday"]:
        return ""
    return f"Is it the day or the date? {day.day} {month_name[month]} {day.year} was a {day_name[day.weekday()]}."


def _speaks_of_another_year(text: str, published: date) -> bool:
    return any(int(year) != published.year for year in _YEARS.findall(text))


def _near(month: int, number: int, *, published: date | None) -> date | None:
    """The day of that month nearest to the publication, if it is near enough to be the one that is meant."""
    for year in range(published.year - 1, published.year + 2) if published else ():
        if number <= monthrange(year, month)[1]:
            day = date(year, month, number)
            if published and abs((day - published).days) <= _MOST_DAYS_AWAY:
                return day
    return None
