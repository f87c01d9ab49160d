"""Ogg Opus as FFmpeg's program, its libraries and libsndfile hear it."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
import soundfile
import soxr

from pipeline.audio.formats import FORMATS, encode_opus
from pipeline.audio.loudness import Samples
from pipeline.errors import AudioError
from pipeline.units import rescale_samples
from tests.audio.formats.sounds import RATE, heard_by_ffmpeg, heard_by_pyav, in_blocks, level_db, spoken, tone

KBPS = FORMATS["opus"].bitrate_kbps


def encoded(samples: Samples, sample_rate: int = RATE) -> bytes:
    return encode_opus(in_blocks(samples), sample_rate=sample_rate, bitrate_kbps=KBPS)


@pytest.mark.parametrize("count", [1, 2, 881, 882, 883, 44_100, 100_003])
def test_decoders_give_back_exactly_as_many_samples_as_the_time_has(count: int, tmp_path: Path) -> None:
    path = tmp_path / "tone.opus"
    path.write_bytes(encoded(tone(count)))
    expected = rescale_samples(count, RATE, to_rate=48000)
    assert len(heard_by_ffmpeg(path)) == expected
    assert len(heard_by_pyav(path.read_bytes())) == expected
    assert soundfile.info(path).frames == expected


@pytest.mark.parametrize("count", [1, 960, 96_001])
def test_sound_at_48_khz_is_not_resampled(count: int) -> None:
    assert len(heard_by_pyav(encoded(tone(count), 48000))) == count


def test_speech_comes_back_at_its_loudness_in_a_third_of_the_mp3(tmp_path: Path) -> None:
    samples = spoken(tmp_path)
    sound = encoded(samples)
    before = pyloudnorm.Meter(RATE).integrated_loudness(samples)
    assert pyloudnorm.Meter(48000).integrated_loudness(heard_by_pyav(sound)) == pytest.approx(before, abs=0.3)
    assert len(sound) * 8 / (len(samples) / RATE) / 1000 < 40


def test_the_sound_starts_where_it_started() -> None:
    samples = np.zeros(RATE, dtype=np.float32)
    samples[20_000:22_000] = 0.5 * np.sin(np.arange(2000) * 0.1)
    expected = soxr.resample(samples, RATE, 48000)
    heard = heard_by_pyav(encode_opus([samples], sample_rate=RATE, bitrate_kbps=128))
    lag = np.correlate(heard, expected, mode="full").argmax() - (len(expected) - 1)
    assert abs(lag) <= 1


def test_the_level_is_kept() -> None:
    samples = tone(RATE * 2)
    heard = heard_by_pyav(encoded(samples))[24_000:72_000]
    assert level_db(heard) == pytest.approx(level_db(samples[RATE // 2 : RATE * 3 // 2]), abs=0.1)


def test_what_is_above_full_scale_is_clipped() -> None:
    loud = tone(RATE, peak=4.0)
    assert encoded(loud) == encoded(np.clip(loud, -1, 1))


def test_the_bytes_are_the_same_each_time_and_name_no_version() -> None:
    samples = tone(50_000)
    sound = encoded(samples)
    assert sound == encoded(samples)
    assert b"Lavf" not in sound
    assert b"Lavc" not in sound


def test_libsndfile_reads_it_too() -> None:
    with soundfile.SoundFile(BytesIO(encoded(tone(RATE)))) as sound:
        assert (sound.format, sound.subtype, sound.samplerate, sound.channels) == ("OGG", "OPUS", 48000, 1)


def test_no_sound_is_refused() -> None:
    with pytest.raises(AudioError, match="no sound to encode"):
        encode_opus([], sample_rate=RATE, bitrate_kbps=KBPS)


def test_a_bit_rate_that_opus_does_not_have_is_refused() -> None:
    with pytest.raises(AudioError, match="Opus cannot be made"):
        encode_opus([tone(4000)], sample_rate=RATE, bitrate_kbps=5000)
