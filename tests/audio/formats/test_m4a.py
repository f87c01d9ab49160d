"""M4A as FFmpeg's program, its libraries and a meter hear it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest

from pipeline.audio.formats import FORMATS, encode_m4a
from pipeline.audio.loudness import Samples
from pipeline.errors import AudioError
from tests.audio.formats.sounds import (
    RATE,
    heard_by_ffmpeg,
    heard_by_pyav,
    in_blocks,
    level_db,
    signal_to_noise_db,
    spoken,
    tone,
)

KBPS = FORMATS["m4a"].bitrate_kbps


def encoded(samples: Samples, *, is_announced: bool = True) -> bytes:
    count = len(samples) if is_announced else None
    return encode_m4a(in_blocks(samples), sample_rate=RATE, bitrate_kbps=KBPS, sample_count=count)


def stated_samples(path: Path) -> int:
    command = ["ffprobe", "-v", "error", "-show_entries", "stream=duration_ts,time_base", "-of", "json", path]
    (stream,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["streams"]
    assert stream["time_base"] == f"1/{RATE}"
    return stream["duration_ts"]


def test_speech_comes_back_at_its_loudness_and_in_its_place(tmp_path: Path) -> None:
    samples = spoken(tmp_path)
    sound = encoded(samples)
    heard = heard_by_pyav(sound)
    meter = pyloudnorm.Meter(RATE)
    assert meter.integrated_loudness(heard) == pytest.approx(meter.integrated_loudness(samples), abs=0.2)
    assert signal_to_noise_db(samples, heard) > 25
    assert len(sound) * 8 / (len(samples) / RATE) / 1000 < 96  # smaller than the MP3


@pytest.mark.parametrize("count", [1024, 1025, 1536, 1537, 2047, 2048, 44_100, 100_003])
def test_decoders_give_back_exactly_the_samples_that_were_announced(count: int, tmp_path: Path) -> None:
    path = tmp_path / "tone.m4a"
    path.write_bytes(encoded(tone(count)))
    assert len(heard_by_pyav(path.read_bytes())) == count
    assert len(heard_by_ffmpeg(path)) == count
    assert stated_samples(path) == count


@pytest.mark.parametrize("count", [1, 513, 1023])
def test_less_than_a_frame_is_heard_and_stated_exactly(count: int, tmp_path: Path) -> None:
    path = tmp_path / "tone.m4a"
    path.write_bytes(encoded(tone(count)))
    assert stated_samples(path) == count
    assert len(heard_by_ffmpeg(path)) == 1024


@pytest.mark.parametrize("count", [1, 1024, 1025, 100_003])
def test_an_unannounced_length_is_stated_exactly_all_the_same(count: int, tmp_path: Path) -> None:
    path = tmp_path / "tone.m4a"
    path.write_bytes(encoded(tone(count), is_announced=False))
    assert stated_samples(path) == count
    heard = heard_by_ffmpeg(path)
    assert count <= len(heard) < count + 1024  # the rest of the last frame, which FFmpeg does not cut off
    assert np.abs(heard[count + 512 :]).max(initial=0) < 0.01


@pytest.mark.parametrize("is_announced", [True, False])
def test_the_sound_starts_where_it_started(is_announced: bool) -> None:
    samples = np.zeros(RATE, dtype=np.float32)
    samples[20_000:20_400] = 0.5 * np.sin(np.arange(400) * 0.3)
    heard = heard_by_pyav(encoded(samples, is_announced=is_announced))
    assert np.correlate(heard, samples, mode="full").argmax() == len(samples) - 1


def test_the_level_is_kept() -> None:
    samples, middle = tone(RATE * 2), slice(RATE // 2, RATE * 3 // 2)
    assert level_db(heard_by_pyav(encoded(samples))[middle]) == pytest.approx(level_db(samples[middle]), abs=0.1)


def test_what_is_above_full_scale_is_clipped_and_does_not_turn_over() -> None:
    loud = tone(RATE, peak=4.0)
    heard = heard_by_pyav(encoded(loud))
    clipped = np.clip(loud, -1, 1)
    assert signal_to_noise_db(clipped, heard) > 15
    assert encoded(loud) == encoded(clipped)


def test_the_bytes_are_the_same_each_time_and_name_no_version() -> None:
    samples = tone(50_000)
    sound = encoded(samples)
    assert sound == encoded(samples)
    assert sound == encode_m4a([samples], sample_rate=RATE, bitrate_kbps=KBPS, sample_count=50_000)
    assert b"Lavf" not in sound
    assert b"Lavc" not in sound


def test_the_index_lies_before_the_sound() -> None:
    sound = encoded(tone(RATE))
    assert 0 < sound.index(b"moov") < sound.index(b"mdat")


@pytest.mark.parametrize("blocks", [[], [np.zeros(0, dtype=np.float32)]])
def test_no_sound_is_refused(blocks: list[Samples]) -> None:
    with pytest.raises(AudioError, match="no sound to encode"):
        encode_m4a(blocks, sample_rate=RATE, bitrate_kbps=KBPS)


@pytest.mark.parametrize("odd", [np.nan, np.inf])
def test_what_is_no_number_is_refused(odd: float) -> None:
    samples = tone(RATE)
    samples[30_000] = odd
    with pytest.raises(AudioError, match="sample 30000 of the sound is no number"):
        encoded(samples)


def test_another_length_than_announced_is_refused() -> None:
    with pytest.raises(AudioError, match="5000 samples were announced and 4000 came"):
        encode_m4a([tone(4000)], sample_rate=RATE, bitrate_kbps=KBPS, sample_count=5000)


def test_a_rate_that_aac_does_not_have_is_refused_with_a_command() -> None:
    with pytest.raises(AudioError, match=r"M4A cannot be made: .*pip install"):
        encode_m4a([tone(4000)], sample_rate=12_345, bitrate_kbps=KBPS)


def test_what_goes_wrong_in_the_samples_goes_on_as_it_is() -> None:
    def broken() -> Iterator[Samples]:
        yield tone(100_000)
        raise RuntimeError("the cache is gone")

    with pytest.raises(RuntimeError, match="the cache is gone"):
        encode_m4a(broken(), sample_rate=RATE, bitrate_kbps=KBPS)


def test_without_the_extra_the_error_is_the_command_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)  # so Python itself says that a module is not there
    with pytest.raises(AudioError, match=r"-m pip install 'audio-edition\[formats\]'"):
        encode_m4a([tone(4000)], sample_rate=RATE, bitrate_kbps=KBPS)
