"""Floor 3, engines: when a request may go at the earliest, and how long one waits before it tries again. Pure.

Time is seconds of any clock that does not go back, but for the dates that servers write.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import Struct
from msgspec.structs import replace

#: The longest wait of our own, and the longest that a server is granted (5 minutes if the first wait is a second).
_LONGEST_WAIT = 60
_LONGEST_GRANTED = 300


class Pace(Struct, frozen=True, kw_only=True):
    """How fast requests may follow on each other: every ``interval_s``, and none before ``held_until``."""

    interval_s: float = 0.0
    next_at: float = float("-inf")
    held_until: float = float("-inf")

    def wait_s(self, *, now: float) -> float:
        """How long the next request has to wait."""
        return max(0.0, self.next_at - now, self.held_until - now)

    def held_s(self, *, now: float) -> float:
        """How much of that the server asked for."""
        return max(0.0, self.held_until - now)

    def taken(self, *, now: float) -> "Pace":
        """A request goes."""
        return replace(self, next_at=now + self.interval_s)

    def held(self, *, until: float) -> "Pace":
        """A server wants none before that."""
        return replace(self, held_until=max(self.held_until, until))


def interval_s(requests_a_minute: float) -> float:
    """What lies between two requests; nothing at 0, which is no limit."""
    return 60 / requests_a_minute if requests_a_minute else 0.0


def back_off_s(failures: int, *, first_wait_s: float, share: float) -> float:
    """How long to wait after so many failures of one request: exponential, with "full jitter".

    ``share`` is drawn from [0, 1]: requests that failed together must not come back together.
    Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
    """
    return share * first_wait_s * min(2.0 ** min(failures - 1, 10), _LONGEST_WAIT)


def longest_wait_s(first_wait_s: float) -> float:
    """The longest that one waits of one's own accord."""
    return first_wait_s * _LONGEST_WAIT


def longest_granted_s(first_wait_s: float) -> float:
    """The longest that a server is waited for that says how long it wants to be left alone."""
    return first_wait_s * _LONGEST_GRANTED


def retry_after_s(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """How long the server wants to be left alone, None if it does not say, or not so that it can be understood.

    Seconds, or a date in GMT. The date is held against the server's own, where it names it: clocks differ.
    Source: RFC 9110, sections 10.2.3 and 5.6.7; some servers write parts of a second.
    """
    said = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", said, re.ASCII):
        return float(said)
    then = _date(said)
    if then is None:
        return None
    return max(0.0, (then - (_date(headers.get("date", "")) or now)).total_seconds())


def _date(said: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(said)
    except ValueError:
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date
