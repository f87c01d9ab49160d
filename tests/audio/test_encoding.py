"""The MP3 stream as other programs see it: exact length, right level, no complaint."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.audio.encoding import BITRATES_KBPS, Mp3Stream, encoded_frames
from pipeline.errors import AudioError, ConfigError
from pipeline.units import FRAME_SAMPLES

RATE = 44100


def encoded(samples: np.ndarray, bitrate_kbps: int = 96) -> bytes:
    """The stream of one piece alone."""
    return joined(samples, bitrate_kbps=bitrate_kbps)


def joined(*pieces: np.ndarray, bitrate_kbps: int = 96) -> bytes:
    """The stream of several pieces, each from an encoder of its own."""
    stream, frames = Mp3Stream(), b""
    for number, piece in enumerate(pieces, start=1):
        made = encoded_frames(
            piece.astype(np.float32), RATE, bitrate_kbps=bitrate_kbps, are_all_kept=number == len(pieces)
        )
        stream.add(made)
        frames += made
    return stream.info_frame(sum(len(piece) for piece in pieces)) + frames


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


def burst(count: int, *, silence: int, hertz: float) -> np.ndarray:
    """A tone that swells and fades, and silence up to ``count`` samples."""
    length = count - silence
    sound = 0.4 * np.sin(np.arange(length) * 2 * np.pi * hertz / RATE) * np.hanning(length)
    return np.concatenate([sound, np.zeros(silence)])


@pytest.mark.parametrize("bitrate_kbps", [64, 96, 192])
def test_pieces_are_heard_as_one_encoding_is(bitrate_kbps: int) -> None:
    pieces = [burst(FRAME_SAMPLES * 60, silence=4410, hertz=200 + 70 * number) for number in range(12)]
    whole = np.concatenate(pieces)
    in_pieces = decoded(joined(*pieces, bitrate_kbps=bitrate_kbps))
    in_one = decoded(encoded(whole, bitrate_kbps))
    assert len(in_pieces) == len(in_one) == len(whole)
    noise = np.mean((in_one - whole) ** 2)
    assert np.mean((in_pieces - whole) ** 2) < 1.1 * noise
    # Nothing happens at a joint that does not happen elsewhere.
    for joint in np.cumsum([len(piece) for piece in pieces[:-1]]):
        around = slice(joint - 2000, joint + 1000)
        assert np.abs(in_pieces[around] - whole[around]).max() < 2 * np.abs(in_one - whole).max()


def test_a_piece_has_a_frame_for_each_1152_samples() -> None:
    samples = burst(FRAME_SAMPLES * 30, silence=4410, hertz=300).astype(np.float32)
    inner = encoded_frames(samples, RATE, bitrate_kbps=128, are_all_kept=False)
    last = encoded_frames(samples, RATE, bitrate_kbps=128, are_all_kept=True)
    assert last.startswith(inner)
    assert len(inner) == pytest.approx(30 * 1152 * 128_000 / 8 / RATE, abs=2)


def test_nothing_is_nothing_to_encode() -> None:
    with pytest.raises(AudioError, match="no sound to encode"):
        encoded(np.zeros(0))


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
        encoded(np.zeros(5000), bitrate_kbps)


def test_frames_that_cannot_be_are_refused() -> None:
    stream = Mp3Stream()
    stream.add(encoded_frames(np.zeros(5000, dtype=np.float32), RATE, bitrate_kbps=96, are_all_kept=True))
    with pytest.raises(AudioError, match="samples"):
        stream.info_frame(500_000)
    with pytest.raises(AudioError, match="no frame"):
        stream.add(b"\x00" * 400)
