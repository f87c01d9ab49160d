"""Dates as exports and feeds write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.exports.dates import iso_date, iso_date_of_milliseconds


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T06:00:00.000Z", "2026-03-02T06:00:00+00:00"),
        ("2026-03-02 06:00:00", "2026-03-02T06:00:00+00:00"),
        ("2026-03-02 06:00:00 +0100", "2026-03-02T06:00:00+01:00"),
        ("2026-03-02 06:00:00 UTC", "2026-03-02T06:00:00+00:00"),
        ("2026-03-02T06:00-05:00", "2026-03-02T06:00:00-05:00"),
        ("Mon, 02 Mar 2026 06:00:00 GMT", "2026-03-02T06:00:00+00:00"),
        ("Mon, 2 March 2026 06:00:00 +0530", "2026-03-02T06:00:00+05:30"),
        ("02 Mar 26 06:00 EST", "2026-03-02T06:00:00-05:00"),
        ("Mon, 02 Mar 2026 06:00:00 CEST", "2026-03-02T06:00:00+02:00"),
        ("Mon, 02 Mar 2026 06:00:00 -0000", "2026-03-02T06:00:00+00:00"),
        ("Mon, 02 Mar 2026 06:00:00", "2026-03-02T06:00:00+00:00"),
        ("Mon, 2 Mar 2026", "2026-03-02"),
        ("\n  Mon, 02 Mar 2026\n 06:00:00 GMT ", "2026-03-02T06:00:00+00:00"),
    ],
)
def test_dates(written: str, expected: str) -> None:
    assert iso_date(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2026-02-31",
        "0000-00-00 00:00:00",
        "Tue, 31 Feb 2026 06:00:00 GMT",
        # Each of these is read by the standard library, as another moment than was meant.
        "Mon, 30 Nov -0001 00:00:00 +0000",
        "Monday, March 2, 2026 6:00 PM",
        # A slip of the pen, and what a spreadsheet makes of a date.
        "2206-03-02T06:00:00Z",
        "0026-03-02",
        "3/2/2026 6:00",
    ],
)
def test_what_is_no_date_becomes_none(written: str) -> None:
    assert iso_date(written) == ""


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d:\d\d [A-Z]{1,4}"))
def test_any_text_is_a_date_or_none(written: str) -> None:
    found = iso_date(written)
    assert found == "" or iso_date(found) == found


def test_milliseconds() -> None:
    assert iso_date_of_milliseconds(1_772_431_200_000) == "2026-03-02T06:00:00+00:00"
    assert iso_date_of_milliseconds(10**18) == ""
