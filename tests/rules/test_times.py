"""Dates, durations and moments as feeds write them."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules.document.times import DateFault, duration_s, play_time_s, read_date, rfc_2822

SIX = datetime(2026, 5, 4, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 04 May 2026 06:00:00 GMT",
        "Mon, 4 May 2026 06:00 +0000",
        "04 May 2026 06:00:00 UT",
        "Mon, 04 May 2026 02:00:00 EDT",
        "Mon, 04 May 2026 11:30:00 +0530 (IST)",
        "Sun, 03 May 2026 22:00:00 -0800",
    ],
)
def test_one_moment_has_many_true_forms(text: str) -> None:
    date = read_date(text)
    assert (date.moment, date.fault) == (SIX, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", DateFault.FORM),
        ("2026-05-04T06:00:00Z", DateFault.FORM),
        ("Monday, 04 May 2026 06:00:00 GMT", DateFault.FORM),
        ("Mon, 04 May 26 06:00:00 GMT", DateFault.FORM),
        ("Mon, 04 Mai 2026 06:00:00 GMT", DateFault.FORM),
        ("Mon, 04 May 2026 6:00:00 GMT", DateFault.FORM),
        ("Mon, 04 May 2026 25:00:00 GMT", DateFault.FORM),
        ("Sun, 31 Feb 2026 06:00:00 GMT", DateFault.FORM),
        ("Mon, 04 May 2026 06:00:00 +9999", DateFault.FORM),
        ("Mon, 01 Jan 0001 00:00:00 +0200", DateFault.FORM),
        ("Mon, 04 May 2026 06:00:00", DateFault.ZONE),
        ("Mon, 04 May 2026 06:00:00 CEST", DateFault.ZONE),
        ("Sun, 04 May 2026 06:00:00 GMT", DateFault.WEEKDAY),
    ],
)
def test_a_wrong_date_is_told_by_its_fault(text: str, fault: DateFault) -> None:
    assert read_date(text).fault is fault


@given(st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31)))  # hypothesis adds the zone below
def test_what_is_written_reads_back(moment: datetime) -> None:
    aware = moment.replace(microsecond=0, tzinfo=UTC)
    for text in (rfc_2822(aware), format_datetime(aware), format_datetime(aware, usegmt=True)):
        assert read_date(text).moment == aware
        assert read_date(text).fault is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1815", 1815), ("30:15", 1815), ("1:00:15", 3615), ("00:30:15.5", 1815.5), ("75:10", 4510)],
)
def test_durations_have_many_forms(text: str, seconds: float) -> None:
    assert duration_s(text) == seconds


@pytest.mark.parametrize("text", ["", "10 minutes", "PT10M", "1:2:3:4", "-5", "1,5", ":30", "٣٠", "1e3", "nan"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert duration_s(text) is None
    assert play_time_s(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"), [("0", 0), ("00:00:00.000", 0), ("00:02:30.500", 150.5), ("01:02:03", 3723), ("90.25", 90.25)]
)
def test_play_times_are_read(text: str, seconds: float) -> None:
    assert play_time_s(text) == seconds


@pytest.mark.parametrize("text", ["00:61:00", "00:00:75", "2 min 30", "00:02:30,500", "12:34:56:78"])
def test_what_is_no_play_time_is_none(text: str) -> None:
    assert play_time_s(text) is None
