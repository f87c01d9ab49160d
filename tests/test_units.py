"""Samples, milliseconds and clocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.units import clock, ms_from_samples, rescale_samples, samples_from_ms, timestamp

RATES = st.sampled_from([8000, 16000, 22050, 24000, 44100, 48000])


@given(ms=st.integers(0, 10**8), rate=RATES)
def test_milliseconds_survive_the_way_through_samples(ms: int, rate: int) -> None:
    assert ms_from_samples(samples_from_ms(ms, rate), rate) == ms


@given(samples=st.integers(0, 10**9), rate=RATES, to_rate=RATES)
def test_rescaling_is_off_by_half_a_sample_at_most(samples: int, rate: int, to_rate: int) -> None:
    assert abs(rescale_samples(samples, rate, to_rate=to_rate) * rate - samples * to_rate) * 2 <= rate


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "0:00"), (999, "0:00"), (61_000, "1:01"), (3_599_999, "59:59"), (3_600_000, "1:00:00")]
)
def test_clock(ms: int, shown: str) -> None:
    assert clock(ms) == shown


def test_timestamps() -> None:
    assert timestamp(3_723_045) == "01:02:03.045"
    assert timestamp(3_723_045, separator=",") == "01:02:03,045"
    assert timestamp(360_000_000) == "100:00:00.000"
