"""Floor 3, sources: dates as exports and feeds write them -> ISO 8601. Pure. Nothing is made of what is no date."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from pipeline.patterns import regex

#: What begins like ISO 8601; `fromisoformat` decides about the rest.
ISO = regex(r"\d{4}-?\d{2}-?\d{2}(?:[Tt ]\d{2}.*)?")
DAY = regex(r"\d{4}-\d{2}-\d{2}")
#: Day, month, year, and mostly a time and a zone. Sources: RFC 822 section 5, RFC 5322 section 3.3. `email.utils` reads
#: more than this, and reads it wrongly: 6:00 PM as six in the morning, WordPress's year -0001 as 2000.
MAIL = regex(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?\d{1,2}(?:\s+|-)[A-Za-z]{3,9}\.?(?:\s+|-)(?:\d{4}|\d{2})"
    r"(?P<time>\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?P<zone>[A-Za-z]{1,5}|[+-]\d{4}))?)?"
)
#: Names of zones that RFC 822 does not have and feeds do. Others are read as UTC, as a time without a zone is.
ZONES = {
    "WET": "+0000",
    "BST": "+0100",
    "WEST": "+0100",
    "CET": "+0100",
    "CEST": "+0200",
    "EET": "+0200",
    "EEST": "+0300",
    "MSK": "+0300",
    "JST": "+0900",
    "AEST": "+1000",
    "AEDT": "+1100",
    "NZST": "+1200",
    "NZDT": "+1300",
}
FIRST_YEAR, LAST_YEAR = 1970, 2099


def iso_date(written: str) -> str:
    """``written`` in ISO 8601, with seconds and zone if it has a time, the day alone if not; "" if it is no date.

    A time without a zone is UTC. Years before 1970 and after 2099 are slips.
    """
    text = " ".join(written.split())
    try:
        if DAY.fullmatch(text):
            return _day(date.fromisoformat(text))
        if ISO.fullmatch(text):
            return _moment(datetime.fromisoformat(_joined_zone(text)))
        return _from_mail(text)
    except (ValueError, OverflowError):
        return ""


def iso_date_of_milliseconds(count: float) -> str:
    """The moment ``count`` milliseconds after the start of 1970 in ISO 8601; "" if that is no year of ours."""
    try:
        return _moment(datetime.fromtimestamp(count / 1000, UTC))
    except (ValueError, OverflowError, OSError):
        return ""


def _from_mail(text: str) -> str:
    found = MAIL.fullmatch(text)
    if found is None:
        return ""
    if found["time"] is None:
        return _day(parsedate_to_datetime(f"{text} 00:00:00").date())
    zone = ZONES.get((found["zone"] or "").upper())
    return _moment(parsedate_to_datetime(text if zone is None else f"{text[: found.start('zone')]}{zone}"))


def _joined_zone(text: str) -> str:
    return re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", re.sub(r" (?=[+-]\d{2}:?\d{2}$)", "", text), flags=re.IGNORECASE)


def _moment(moment: datetime) -> str:
    whole = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return whole.isoformat(timespec="seconds") if _is_of_ours(whole) else ""


def _day(day: date) -> str:
    return day.isoformat() if _is_of_ours(day) else ""


def _is_of_ours(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR
