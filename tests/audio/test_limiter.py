"""The limiter keeps the ceiling, leaves the rest alone, and does it smoothly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audio.limiter import limit
from pipeline.audio.loudness import oversampled_peaks

RATE = 44100
CEILING = 10 ** (-2 / 20)


def limited(samples: np.ndarray) -> np.ndarray:
    return limit(samples, oversampled_peaks(samples), ceiling=CEILING, sample_rate=RATE)


def test_sound_below_the_ceiling_is_returned_as_it_is() -> None:
    quiet = (0.5 * np.sin(np.arange(5000) / 9)).astype(np.float32)
    assert limited(quiet) is quiet


@pytest.mark.parametrize("length", [0, 1, 5, 440, 441, 883])
def test_any_length_goes_through(length: int) -> None:
    assert len(limited(np.full(length, 0.99, dtype=np.float32))) == length


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.3, 4.0))
def test_no_true_peak_stays_above_the_ceiling(seed: int, drive: float) -> None:
    rng = np.random.default_rng(seed)
    length = int(rng.integers(2000, 20000))
    samples = rng.standard_normal(length) * np.hanning(length) * rng.choice([0.1, 1.0], length, p=[0.9, 0.1]) * drive
    band = np.fft.rfft(samples)
    band[len(band) // 3 :] = 0  # speech-like: little above 7 kHz
    wave = np.fft.irfft(band, length).astype(np.float32)
    assert float(oversampled_peaks(limited(wave)).max()) <= CEILING * 10 ** (0.1 / 20)


def test_one_peak_turns_down_its_neighbourhood_and_nothing_else() -> None:
    samples = np.full(20000, 0.2, dtype=np.float32)
    samples[10000] = 1.5
    gain = limited(samples) / samples
    assert gain[10000] * 1.5 <= CEILING * 1.01
    assert np.allclose(gain[: 10000 - 900], 1, atol=1e-3)
    assert np.allclose(gain[10000 + 900 :], 1, atol=1e-3)
    assert np.abs(np.diff(gain)).max() < 0.02
