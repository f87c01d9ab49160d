"""The meter against the standard's own test signals and against another implementation."""

import numpy as np
import pyloudnorm
import pytest

from pipeline.audio.loudness import SILENCE_LUFS, Meter, decibels, k_weighted, oversampled_peaks
from pipeline.model import Loudness

RATES = (22050, 24000, 44100, 48000)


def tone(seconds: float, *, sample_rate: int, level_db: float, frequency: float = 1000.0) -> np.ndarray:
    time = np.arange(round(seconds * sample_rate)) / sample_rate
    return (10 ** (level_db / 20) * np.sin(2 * np.pi * frequency * time)).astype(np.float32)


def read(samples: np.ndarray, sample_rate: int) -> Loudness:
    meter = Meter(len(samples), sample_rate)
    meter.add(k_weighted(samples, sample_rate), start=0, peak=float(oversampled_peaks(samples).max(initial=0.0)))
    return meter.read()


@pytest.mark.parametrize("sample_rate", RATES)
@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # EBU Tech 3341, cases 1 to 4; those are stereo, and one channel of the same tone reads 3.01 LU less.
        ([(20, -23)], -23.0),
        ([(20, -33)], -33.0),
        ([(10, -36), (60, -23), (10, -36)], -23.0),
        ([(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)], -23.0),
    ],
)
def test_ebu_tech_3341(parts: list[tuple[float, float]], expected: float, sample_rate: int) -> None:
    samples = np.concatenate([tone(s, sample_rate=sample_rate, level_db=level) for s, level in parts])
    assert read(samples, sample_rate).integrated_lufs == pytest.approx(expected - 3.01, abs=0.1)


@pytest.mark.parametrize("sample_rate", RATES)
def test_true_peak_between_the_samples(sample_rate: int) -> None:
    # A tone at a quarter of the rate, 45 degrees off: no sample is above -9 dB, the wave reaches -6 dB.
    phase = np.arange(sample_rate) * np.pi / 2 + np.pi / 4
    wave = (0.5 * np.sin(phase)).astype(np.float32)
    wave[:2000] *= np.linspace(0, 1, 2000, dtype=np.float32)
    wave[-2000:] *= np.linspace(1, 0, 2000, dtype=np.float32)
    assert decibels(float(np.abs(wave).max())) < -8.9
    assert read(wave, sample_rate).true_peak_dbtp == pytest.approx(-6.02, abs=0.1)


def test_clips_measured_one_by_one_add_up_to_the_whole() -> None:
    """Against pyloudnorm on the joined sound, with clips at odd places and of odd lengths."""
    rng = np.random.default_rng(7)
    rate, position = 44100, 1234
    whole = np.zeros(rate * 40, dtype=np.float32)
    meter = Meter(len(whole), rate)
    while position < rate * 34:
        length = int(rng.integers(rate // 3, rate * 4))
        shape = np.hanning(length) * rng.uniform(0.05, 0.6)
        clip = (rng.standard_normal(length).cumsum() * 0.01 * shape).astype(np.float32)
        clip = clip[: len(whole) - position]
        whole[position : position + len(clip)] += clip
        meter.add(k_weighted(clip, rate), start=position, peak=0.0)
        position += length + int(rng.integers(rate // 4, rate))
    reference = pyloudnorm.Meter(rate).integrated_loudness(whole.astype(np.float64))
    assert meter.read().integrated_lufs == pytest.approx(reference, abs=0.1)
    assert meter.read().integrated_lufs == pytest.approx(read(whole, rate).integrated_lufs, abs=1e-3)


def test_silence_has_a_number() -> None:
    assert read(np.zeros(44100, dtype=np.float32), 44100) == Loudness(
        integrated_lufs=SILENCE_LUFS, true_peak_dbtp=-120.0, range_lu=0.0
    )


def test_loudness_range_of_two_levels() -> None:
    # EBU Tech 3342, case 1: 20 s at -20, 20 s at -30 gives 10 LU.
    samples = np.concatenate([tone(20, sample_rate=48000, level_db=level) for level in (-20, -30)])
    assert read(samples, 48000).range_lu == pytest.approx(10, abs=1)
