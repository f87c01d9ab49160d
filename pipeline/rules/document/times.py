"""Floor 2: how a feed writes moments and stretches of time: RFC 2822, durations, Normal Play Time. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum

from msgspec import Struct

from pipeline.patterns import regex

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: The zones that have names, in hours from GMT; all other names mean nothing. Source: RFC 2822, 4.3; UTC is tolerated.
_ZONES = {"GMT": 0, "UT": 0, "UTC": 0, "Z": 0}
_ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}

_DATE = regex(
    rf"(?:({'|'.join(_DAYS)}), ?)?\s*(\d{{1,2}}) +({'|'.join(_MONTHS)}) +(\d{{4}}) +(\d\d):(\d\d)(?::(\d\d))?"
    r"(?: +([+-]\d{4}|[A-Z]{1,4}))?(?: +\([^()]*\))?",
    re.ASCII,
)
_DURATION = regex(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,9}(?:\.\d{1,9})?)", re.ASCII)
_PLAY_TIME = regex(r"(?:(?:(\d{1,4}):)?([0-5]?\d):)?(\d{1,9}(?:\.\d{1,9})?)", re.ASCII)


class DateFault(Enum):
    """What is wrong with a date."""

    FORM = "form"
    ZONE = "zone"
    WEEKDAY = "weekday"


class FeedDate(Struct, frozen=True):
    """A date as it was read: ``moment`` is aware, None where it cannot be known; ``fault`` None where it is right."""

    moment: datetime | None
    fault: DateFault | None = None


def read_date(text: str) -> FeedDate:
    """The moment that ``text`` names, in the form of RFC 2822 with a year of four digits. Source: feeds.md X9."""
    found = _DATE.fullmatch(text)
    if found is None:
        return FeedDate(None, DateFault.FORM)
    weekday, day, month, year, hour, minute, second, zone = found.groups()
    try:
        local = datetime(  # noqa: DTZ001  # its zone follows
            *(int(year), _MONTHS.index(month) + 1, int(day)),
            *(int(hour), int(minute), min(int(second or 0), 59)),  # a leap second is one
        )
    except ValueError:  # 31 February, 25 o'clock
        return FeedDate(None, DateFault.FORM)
    offset = _offset(zone)
    if offset is None:
        return FeedDate(None, DateFault.ZONE)
    try:
        moment = local.replace(tzinfo=timezone(offset)).astimezone(UTC)
    except (OverflowError, ValueError):  # the year 1 in New York, an offset of a day and more
        return FeedDate(None, DateFault.FORM)
    is_other_day = weekday is not None and _DAYS.index(weekday) != local.weekday()
    return FeedDate(moment, DateFault.WEEKDAY if is_other_day else None)


def rfc_2822(moment: datetime) -> str:
    """``moment``, which is aware UTC, as a feed writes it."""
    return f"{_DAYS[moment.weekday()]}, {moment:%d} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M:%S} GMT"


def duration_s(text: str) -> float | None:
    """The seconds of "1815", "30:15" or "1:00:15", with a fraction or not; None for what is no duration."""
    return _seconds(_DURATION.fullmatch(text), text=text)


def play_time_s(text: str) -> float | None:
    """The seconds of a moment in Normal Play Time, "01:02:03.500" or shorter; None for what is none.

    Source: RFC 2326, 3.6; Podlove Simple Chapters 1.2.
    """
    found = _PLAY_TIME.fullmatch(text)
    return None if found and found[2] and float(found[3]) >= 60 else _seconds(found, text=text)


def _seconds(found: re.Match[str] | None, *, text: str) -> float | None:
    if found is None or not text.isascii():
        return None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds)


def _offset(zone: str | None) -> timedelta | None:
    """How far ahead of GMT a zone is, None where none is named or nobody knows it."""
    if zone is None or zone in _ZONES:
        return None if zone is None else timedelta(hours=_ZONES[zone])
    if not zone.startswith(("+", "-")):
        return None
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    return -offset if zone[0] == "-" else offset
