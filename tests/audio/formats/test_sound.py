"""The samples on their way into an encoder."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audio.formats.sound import resampled, within_full_scale
from pipeline.errors import AudioError
from pipeline.units import rescale_samples
from tests.audio.formats.sounds import in_blocks, tone


@given(
    count=st.integers(1, 60_000), size=st.integers(7, 30_000), rate=st.sampled_from([22_050, 24_000, 44_100, 96_000])
)
def test_another_rate_has_exactly_as_many_samples_as_the_time_has(count: int, size: int, rate: int) -> None:
    samples = tone(count)
    in_parts = np.concatenate(list(resampled(in_blocks(samples, size), rate, to_rate=48_000)))
    at_once = np.concatenate(list(resampled([samples], rate, to_rate=48_000)))
    assert len(in_parts) == rescale_samples(count, rate, to_rate=48_000)
    assert np.abs(in_parts - at_once).max() < 1e-6


@given(blocks=st.lists(st.lists(st.floats(-4, 4, width=32), max_size=9), min_size=1, max_size=5))
def test_nothing_is_lost_and_nothing_is_above_full_scale(blocks: list[list[float]]) -> None:
    samples = [np.array(block, dtype=np.float32) for block in blocks]
    if whole := [value for block in blocks for value in block]:
        parts = list(within_full_scale(samples))
        assert np.concatenate(parts).tolist() == [min(1, max(-1, value)) for value in whole]
        assert all(len(part) and part.dtype == np.float32 for part in parts)


def test_a_long_block_goes_on_in_parts() -> None:
    parts = list(within_full_scale([tone(200_000)]))
    assert max(map(len, parts)) <= 65_536
    assert (np.concatenate(parts) == tone(200_000)).all()


def test_the_sample_that_is_no_number_is_counted_over_all_blocks() -> None:
    odd = tone(100)
    odd[41] = np.nan
    with pytest.raises(AudioError, match="sample 141 of the sound is no number"):
        list(within_full_scale([tone(100), odd]))
