"""The limiter keeps the ceiling, leaves the rest alone, and does it smoothly."""

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audio.limiter import limit
from pipeline.audio.loudness import true_peak
from pipeline.engines.espeak import EspeakEngine
from pipeline.errors import AudioError
from pipeline.model import VoiceSettings

RATE = 44100
CEILING = 10 ** (-2 / 20)
REACH = RATE * 20 // 1000  # the gain is held for 10 ms around a peak, and moves for another 10


def limited(samples: np.ndarray) -> np.ndarray:
    return limit(samples, ceiling=CEILING, sample_rate=RATE)


def dense_peak(samples: np.ndarray) -> float:
    """The true peak by another oversampling."""
    return float(np.abs(soxr.resample(samples, 1, 4, quality="VHQ")).max(initial=0.0))


@pytest.fixture(scope="module")
def driven() -> np.ndarray:
    """A sentence of the draft voice, 5.6 dB above its own level and far above the ceiling."""
    session = EspeakEngine().open(VoiceSettings())
    try:
        pcm = session.speak("Tomas Reyl bought back both boats, but paid a dear price at Ostrava's market.").pcm
    finally:
        session.close()
    own = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768
    return soxr.resample(own, 22050, RATE) * np.float32(10 ** (5.6 / 20))


def test_sound_below_the_ceiling_is_returned_as_it_is() -> None:
    quiet = (0.5 * np.sin(np.arange(5000) / 9)).astype(np.float32)
    assert limited(quiet) is quiet


@pytest.mark.parametrize("length", [0, 1, 5, 31, 32, 33, 440, 441, 883])
def test_any_length_goes_through(length: int) -> None:
    loud = limited(np.full(length, 0.99, dtype=np.float32))
    assert len(loud) == length
    assert loud.dtype == np.float32
    assert np.abs(loud).max(initial=0.0) <= CEILING


def test_speech_keeps_the_ceiling_and_no_more_than_that(driven: np.ndarray) -> None:
    assert dense_peak(driven) > 1.3
    result = limited(driven)
    assert dense_peak(result) == pytest.approx(CEILING, rel=0.003)
    assert true_peak(result) <= CEILING * 1.002


def test_what_is_given_stays_as_it_was(driven: np.ndarray) -> None:
    before = driven.copy()
    limited(driven)
    assert np.array_equal(driven, before)


def test_the_gain_moves_only_near_peaks_and_never_fast(driven: np.ndarray) -> None:
    result = limited(driven)
    high = np.convolve(np.abs(driven) > 0.6 * CEILING, np.ones(2 * REACH + 1), "same") > 0.5
    assert np.array_equal(result[~high], driven[~high])
    heard = np.abs(driven) > 1e-3
    gain = result[heard] / driven[heard]
    assert gain.max() <= 1 + 1e-6
    # From nothing to the deepest dip takes some 9 ms of 400 samples; the steepest step is a little above the mean.
    assert np.abs(np.diff(gain) / np.diff(np.flatnonzero(heard))).max() < 3 * (1 - gain.min()) / 400


def test_a_tone_between_its_samples_is_heard_by_the_limiter() -> None:
    # A quarter of the rate, 45 degrees off: no sample is above the ceiling, the wave is.
    wave = (np.sin(np.arange(20000) * np.pi / 2 + np.pi / 4) * np.hanning(20000)).astype(np.float32)
    assert np.abs(wave).max() < CEILING
    assert dense_peak(limited(wave)) == pytest.approx(CEILING, rel=0.003)


@pytest.mark.parametrize("place", [0, 1, 31, 32, 4999, 9998, 9999])
@pytest.mark.parametrize("peak", [-1.5, 0.9, 40.0])
def test_a_peak_is_caught_wherever_it_lies(place: int, peak: float) -> None:
    samples = np.zeros(10000, dtype=np.float32)
    samples[place] = peak
    assert np.abs(limited(samples)).max() == pytest.approx(CEILING, rel=1e-3)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.3, 4.0))
def test_no_true_peak_stays_above_the_ceiling(seed: int, drive: float) -> None:
    rng = np.random.default_rng(seed)
    length = int(rng.integers(2000, 20000))
    samples = rng.standard_normal(length) * np.hanning(length) * rng.choice([0.1, 1.0], length, p=[0.9, 0.1]) * drive
    band = np.fft.rfft(samples)
    band[len(band) // 3 :] = 0  # speech-like: little above 7 kHz
    wave = np.fft.irfft(band, length).astype(np.float32)
    assert dense_peak(limited(wave)) <= CEILING * 10 ** (0.1 / 20)


def test_one_peak_turns_down_its_neighbourhood_and_nothing_else() -> None:
    samples = np.full(20000, 0.2, dtype=np.float32)
    samples[10000] = 1.5
    gain = limited(samples) / samples
    assert gain[10000] * 1.5 <= CEILING * 1.01
    assert np.array_equal(gain[: 10000 - REACH], np.ones(10000 - REACH))
    assert np.array_equal(gain[10000 + REACH :], np.ones(10000 - REACH))
    assert np.abs(np.diff(gain)).max() < 0.003


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused_with_a_cure(broken: float) -> None:
    samples = np.zeros(1000, dtype=np.float32)
    samples[[70, 600]] = broken
    with pytest.raises(AudioError, match=r"2 of 1000 samples .* the first is number 70; .*choose another voice"):
        limited(samples)
