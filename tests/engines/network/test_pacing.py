"""How fast requests follow on each other, how long one waits, and what servers say of it."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.network.pacing import Pace, back_off_s, interval_s, retry_after_s

NOW = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)


@given(st.floats(1, 6000), st.lists(st.floats(0, 3), min_size=2, max_size=30))
def test_requests_are_evenly_spaced(a_minute: float, pauses: list[float]) -> None:
    pace, now, went = Pace(interval_s=interval_s(a_minute)), 100.0, []
    for pause in pauses:
        now += pause
        now += pace.wait_s(now=now)
        went.append(now)
        pace = pace.taken(now=now)
    assert min(later - sooner for sooner, later in pairwise(went)) >= 60 / a_minute - 1e-9


def test_without_a_limit_nobody_waits() -> None:
    pace = Pace(interval_s=interval_s(0))
    assert pace.wait_s(now=0.0) == pace.taken(now=0.0).wait_s(now=0.0) == 0


def test_a_server_that_asks_for_rest_holds_everything_and_the_longest_counts() -> None:
    pace = Pace().held(until=20.0).held(until=10.0)
    assert (pace.wait_s(now=5.0), pace.held_s(now=5.0), pace.wait_s(now=20.0)) == (15.0, 15.0, 0.0)


def test_back_off_doubles_up_to_sixty_first_waits() -> None:
    waits = [back_off_s(failures, first_wait_s=0.5, share=1.0) for failures in (1, 2, 3, 6, 7, 8, 90)]
    assert waits == [0.5, 1.0, 2.0, 16.0, 30.0, 30.0, 30.0]


@given(st.integers(1, 2000), st.floats(0, 1))
def test_jitter_is_full(failures: int, share: float) -> None:
    whole = back_off_s(failures, first_wait_s=1.0, share=1.0)
    assert back_off_s(failures, first_wait_s=1.0, share=share) == pytest.approx(whole * share)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 0 "}, 0.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "Wed, 04 Mar 2026 12:02:00 GMT"}, 120.0),
        ({"retry-after": "Wednesday, 04-Mar-26 12:02:00 GMT"}, 120.0),
        ({"retry-after": "Wed Mar  4 12:02:00 2026"}, 120.0),
        ({"retry-after": "Wed, 04 Mar 2026 11:00:00 GMT"}, 0.0),
        # the server's clock is an hour ahead, and so is the date it names
        ({"retry-after": "Wed, 04 Mar 2026 13:00:30 GMT", "date": "Wed, 04 Mar 2026 13:00:00 GMT"}, 30.0),
        ({"retry-after": "Wed, 04 Mar 2026 12:02:00 GMT", "date": "soon"}, 120.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_s(headers, now=NOW) == seconds


@given(st.text())
def test_whatever_a_server_writes_is_read(said: str) -> None:
    seconds = retry_after_s({"retry-after": said, "date": said}, now=NOW)
    assert seconds is None or seconds >= 0
