"""The MP3 stream as other programs see it: exact length, right level, no complaint."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.audio.encoding import BITRATES_KBPS, Mp3Encoder, info_frame
from pipeline.errors import AudioError, ConfigError

RATE = 44100


def encoded(samples: np.ndarray, bitrate_kbps: int = 96) -> bytes:
    encoder = Mp3Encoder(RATE, bitrate_kbps)
    encoder.write(samples.astype(np.float32))
    return encoder.finish()


def decoded(stream: bytes) -> np.ndarray:
    """By FFmpeg's own decoder, as a player hears it."""
    with av.open(BytesIO(stream)) as container:
        frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    return np.concatenate(frames)


@pytest.mark.parametrize("count", [1, 1151, 1152, 1153, 44100, 100_003, 441_000])
def test_a_decoder_gives_back_exactly_the_samples_that_went_in(count: int) -> None:
    tone = 0.3 * np.sin(np.arange(count) * 2 * np.pi * 440 / RATE)
    assert len(decoded(encoded(tone))) == count


def test_the_sound_starts_where_it_started() -> None:
    samples = np.zeros(RATE)
    samples[20_000:20_400] = 0.5 * np.sin(np.arange(400) * 0.3)
    heard = decoded(encoded(samples, 320))
    lag = np.correlate(heard, samples, mode="full").argmax() - (len(samples) - 1)
    assert lag == 0


@pytest.mark.parametrize("bitrate_kbps", BITRATES_KBPS)
def test_the_level_is_kept_at_every_bit_rate(bitrate_kbps: int) -> None:
    tone = 0.25 * np.sin(np.arange(RATE * 2) * 2 * np.pi * 440 / RATE)
    middle = slice(RATE // 2, RATE * 3 // 2)
    ratio = np.sqrt(np.mean(decoded(encoded(tone, bitrate_kbps))[middle] ** 2) / np.mean(tone[middle] ** 2))
    assert 20 * np.log10(ratio) == pytest.approx(0, abs=0.05)


def test_the_same_samples_give_the_same_bytes_however_they_arrive() -> None:
    tone = (0.3 * np.sin(np.arange(50_000) / 7)).astype(np.float32)
    in_pieces = Mp3Encoder(RATE, 96)
    for start in range(0, 50_000, 1_237):
        in_pieces.write(tone[start : start + 1_237])
    assert in_pieces.finish() == encoded(tone)


def test_silence_is_as_long_as_asked() -> None:
    encoder = Mp3Encoder(RATE, 96)
    encoder.write_silence(200_000)
    heard = decoded(encoder.finish())
    assert len(heard) == 200_000
    assert np.abs(heard).max() < 1e-4


def test_mp3val_finds_nothing(tmp_path: Path) -> None:
    if shutil.which("mp3val") is None:
        pytest.skip("mp3val is not on this machine")
    path = tmp_path / "tone.mp3"
    path.write_bytes(encoded(0.3 * np.sin(np.arange(300_000) / 7)))
    said = subprocess.run(["mp3val", path], capture_output=True, text=True, check=True).stdout
    assert "PROBLEM" not in said
    assert [line for line in said.splitlines() if "WARNING" in line and "No supported tags" not in line] == []


@pytest.mark.parametrize("bitrate_kbps", [0, 8, 48, 95, 1000])
def test_a_bit_rate_that_mp3_does_not_have_is_refused(bitrate_kbps: int) -> None:
    with pytest.raises(ConfigError, match="bitrate_kbps"):
        Mp3Encoder(RATE, bitrate_kbps)


def test_frames_that_cannot_be_are_refused() -> None:
    frames = encoded(np.zeros(5000))[313:]
    with pytest.raises(AudioError, match="samples"):
        info_frame(frames, 500_000)
    with pytest.raises(AudioError, match="no frame"):
        info_frame(b"\x00" * 400, 100)
