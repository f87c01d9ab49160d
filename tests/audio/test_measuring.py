"""Anybody's sound, measured in a stream: against other meters, at the joints of blocks, and at the edges."""

import re
import subprocess
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
import soundfile

from pipeline.audio.loudness import SILENCE_LUFS
from pipeline.audio.measuring import Measurement, Stretch, measure
from pipeline.errors import AudioError

LONGER_THAN_A_BLOCK_S = 17.3


def in_blocks(samples: np.ndarray, length: int = 65536) -> Iterator[np.ndarray]:
    rows = samples.reshape(len(samples), -1).astype(np.float32)
    return (rows[start : start + length] for start in range(0, len(rows), length))


def measured(samples: np.ndarray, rate: int = 44100) -> Measurement:
    return measure(in_blocks(samples), rate)


def tone(seconds: float, *, hz: float = 997.0, rate: int = 44100, phase: float = 0.0) -> np.ndarray:
    return np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate + phase)


def murmur(rate: int, channels: int) -> np.ndarray:
    """Noise that comes and goes as speech does, another in each channel, and never silent."""
    generator = np.random.default_rng(channels)
    count = round(LONGER_THAN_A_BLOCK_S * rate)
    swell = 0.02 + np.maximum(0, np.sin(np.arange(count) / rate * 2.3)) ** 2
    noise = generator.standard_normal((channels, count))
    smooth = np.array([np.convolve(row, np.ones(8) / 8, mode="same") for row in noise])
    return (0.2 * smooth * swell * np.linspace(0.4, 1, channels)[:, None]).T


def read_by_ffmpeg(path: Path) -> dict[str, float]:
    done = subprocess.run(
        ["ffmpeg", "-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    summary = done.stderr.rpartition("Summary:")[2]
    return {name: float(re.search(rf"{name}:\s+(-?[\d.]+)", summary)[1]) for name in ("I", "LRA", "Peak")}


@pytest.mark.parametrize("rate", [22050, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_other_meters_agree(rate: int, channels: int, tmp_path: Path) -> None:
    samples = murmur(rate, channels)
    soundfile.write(tmp_path / "murmur.wav", samples, rate, subtype="FLOAT")
    theirs = read_by_ffmpeg(tmp_path / "murmur.wav")
    ours = measured(samples, rate).loudness
    # FFmpeg works at a higher rate than the file's where that is low; near half the rate the filter then differs.
    assert ours.integrated_lufs == pytest.approx(theirs["I"], abs=0.1 if rate >= 44100 else 0.25)
    if channels <= 2:
        assert ours.true_peak_dbtp == pytest.approx(theirs["Peak"], abs=0.2)
        second = pyloudnorm.Meter(rate).integrated_loudness(samples)
        assert ours.integrated_lufs == pytest.approx(second, abs=0.1)


def test_where_the_stream_is_cut_makes_no_difference() -> None:
    samples = murmur(44100, 2)
    whole = measure(iter([samples.astype(np.float32)]), 44100)
    assert measure(in_blocks(samples, 1009), 44100) == whole
    assert measure(in_blocks(samples, 300_000), 44100) == whole


def test_a_steady_tone_measures_the_same_across_the_joints() -> None:
    """EBU Tech 3341, case 1, and no false peak where a block ends in the midst of it."""
    loudness = measured(np.tile((10 ** (-23 / 20) * tone(20, hz=1000))[:, None], 2)).loudness
    assert loudness.integrated_lufs == pytest.approx(-23, abs=0.02)
    assert loudness.range_lu == pytest.approx(0, abs=0.01)
    assert loudness.true_peak_dbtp == pytest.approx(-23, abs=0.02)


def test_the_filter_remembers_what_was_before_a_joint() -> None:
    """An offset that has come slowly is nothing to hear; a filter that began anew in its midst would hear a bang."""
    quiet = 0.01 * tone(20)
    offset = 0.5 * np.minimum(1, np.arange(len(quiet)) / (3 * 44100))
    assert measured(quiet + offset).loudness.integrated_lufs == pytest.approx(
        measured(quiet).loudness.integrated_lufs, abs=0.1
    )


def test_a_peak_between_samples_is_found_at_a_joint_and_at_the_end() -> None:
    rate = 44100
    click = tone(0.01, hz=rate / 4, phase=np.pi / 4) * np.hanning(441)
    for start in (round(6.4 * rate) - 220, round(10 * rate) - 441):
        samples = np.zeros(10 * rate)
        samples[start : start + 441] = click
        assert np.abs(samples).max() < 0.72
        assert measured(samples).loudness.true_peak_dbtp == pytest.approx(0, abs=0.1)


def test_the_loudest_channel_has_the_peak() -> None:
    quiet, loud = 0.1 * tone(1), 0.5 * tone(1)
    assert measured(np.stack((quiet, loud), axis=1)).loudness.true_peak_dbtp == pytest.approx(-6.02, abs=0.02)


def test_the_noise_floor_is_that_of_the_pauses() -> None:
    generator = np.random.default_rng(3)
    noise = 1e-3 * generator.standard_normal(44100 * 20)
    speech = 0.2 * tone(20) * (np.arange(44100 * 20) % 44100 < 30000)
    assert measured(speech + noise).noise_floor_dbfs == pytest.approx(-60, abs=0.5)
    gated = measured(speech)
    assert gated.noise_floor_dbfs is None
    assert gated.digital_silence == pytest.approx(14100 / 44100, abs=0.02)


def test_silence_before_and_after_the_sound_is_no_noise_floor() -> None:
    generator = np.random.default_rng(3)
    sound = 1e-2 * generator.standard_normal(44100 * 5)
    padded = np.concatenate((np.zeros(44100 * 5), sound, np.zeros(44100 * 5)))
    assert measured(padded).noise_floor_dbfs == pytest.approx(-40, abs=0.5)


@pytest.mark.parametrize("rate", [11025, 22050, 44100, 48000])
def test_the_longest_silence_is_found_across_a_joint(rate: int) -> None:
    samples = tone(16, rate=rate) * 0.5
    samples[2 * rate : 3 * rate] = 0
    samples[5 * rate : round(7.25 * rate)] *= 1e-3  # -66 dBFS
    silence = measured(samples, rate).longest_silence
    assert silence is not None
    assert silence.start / rate == pytest.approx(5, abs=0.02)
    assert silence.length / rate == pytest.approx(2.25, abs=0.02)
    assert measured(tone(3, rate=rate), rate).longest_silence is None


def test_samples_at_full_scale_are_counted() -> None:
    samples = 0.5 * tone(1)
    samples[[10, 500, 600]] = 1.0, -1.0, 1.7
    assert measured(samples).clipped_samples == 3
    assert measured(0.99 * tone(1)).clipped_samples == 0


def test_two_equal_channels_are_seen() -> None:
    voice = 0.3 * tone(2)
    other = voice + 1e-3 * np.random.default_rng(1).standard_normal(len(voice))
    assert measured(np.stack((voice, other), axis=1)).is_same_in_both
    assert not measured(np.stack((voice, 0.7 * voice), axis=1)).is_same_in_both
    assert not measured(voice).is_same_in_both
    assert not measured(np.zeros((2, 88_200))).is_same_in_both  # silence is not held against anybody


def test_what_is_silent() -> None:
    assert measured(np.zeros(44_100)).is_silent
    assert measure([], 44_100).is_silent
    assert not measured(tone(1)).is_silent


@pytest.mark.parametrize("count", [1, 7, 2399, 2400, 2401, 100_003, 44100 * 17])
def test_the_envelope_is_the_sound_in_columns(count: int) -> None:
    samples = np.random.default_rng(count).uniform(-1, 1, (count, 2)).astype(np.float32)
    envelope = measured(samples).envelope
    length = envelope.samples_per_column
    columns = [samples[start : start + length] for start in range(0, count, length)]
    assert len(columns) == count if count <= 2400 else 1200 <= len(columns) <= 2400
    assert envelope.lowest == pytest.approx([column.min() for column in columns], abs=1e-4)
    assert envelope.highest == pytest.approx([column.max() for column in columns], abs=1e-4)
    rms = [np.sqrt(np.mean(column.astype(float) ** 2)) for column in columns]
    assert envelope.rms == pytest.approx(rms, abs=2e-4)


def test_silence_alone_is_measured() -> None:
    silent = measured(np.zeros((44100 * 9, 2)))
    assert silent.loudness.integrated_lufs == SILENCE_LUFS
    assert silent.loudness.true_peak_dbtp == -120
    assert silent.noise_floor_dbfs is None
    assert silent.digital_silence == 1
    assert silent.longest_silence == Stretch(start=0, length=44100 * 9)


def test_one_sample_and_none_are_measured() -> None:
    one = measured(np.array([0.5]))
    assert (one.sample_count, one.envelope.highest) == (1, (0.5,))
    assert one.loudness.integrated_lufs == SILENCE_LUFS
    assert one.loudness.true_peak_dbtp == pytest.approx(-6.02, abs=0.1)
    none = measure(iter(()), 44100)
    assert (none.sample_count, none.longest_silence, none.envelope.rms) == (0, None, ())


def test_a_rate_that_no_meter_takes_is_an_error() -> None:
    with pytest.raises(AudioError, match="2000 Hz"):
        measured(tone(1, rate=2000), 2000)


@pytest.mark.long
def test_an_hour_is_measured_in_flat_memory() -> None:
    block = murmur(44100, 2)[: 44100 * 10].astype(np.float32)
    tracemalloc.start()
    try:
        hour = measure((block for _ in range(360)), 44100)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert hour.duration_s == 3600
    assert hour.loudness.integrated_lufs == pytest.approx(measured(block).loudness.integrated_lufs, abs=0.2)
    assert peak < 60_000_000
