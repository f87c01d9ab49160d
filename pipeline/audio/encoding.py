"""LAME piece by piece, and the Info frame that makes duration and gapless play exact.

The wheel of LAME used here writes no Info frame, so decoders would play 1105 samples of start-up and some of the
padding. We put our own in front. Sources: LAME's mp3 Info Tag rev 1 specification; ISO/IEC 11172-3.
"""

import struct
from collections.abc import Iterator
from importlib.metadata import version

import fastcrc
import lameenc
import numpy as np

from pipeline.audio.loudness import Samples
from pipeline.errors import AudioError, ConfigError
from pipeline.units import FRAME_SAMPLES

#: Bit rates of MPEG-1 layer III whose frames have room for the Info frame, in kbit/s.
BITRATES_KBPS = (64, 80, 96, 112, 128, 160, 192, 224, 256, 320)

_ALL_BITRATES_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)

#: LAME shapes its noise to hide it behind music (3, its default). Behind one voice at these bit rates there is nothing
#: to gain by it: without (7) the noise is less and as well hidden, in half the time. docs/design-notes.md has numbers.
MUSIC_QUALITY, VOICE_QUALITY = 3, 7

_ENCODER_DELAY = 576
_SIDE_INFO_BYTES = 17  # of a mono frame


def encoder_version() -> str:
    """Name and version of what encodes; part of the cache key of every Master."""
    return f"lameenc {version('lameenc')}"


def require_bitrate(bitrate_kbps: int) -> None:
    """Raises ConfigError for a bit rate that MP3 does not have."""
    if bitrate_kbps not in BITRATES_KBPS:
        raise ConfigError(
            f"[sound] bitrate_kbps = {bitrate_kbps} is no bit rate of MP3",
            cure=f"choose one of {', '.join(map(str, BITRATES_KBPS))}; 96 is right for one voice",
        )


def encoded_frames(
    samples: Samples, sample_rate: int, *, bitrate_kbps: int, are_all_kept: bool, has_music: bool = False
) -> bytes:
    """``samples``, full scale at 1.0, as frames of mono CBR MP3 from an encoder of their own.

    One for each 1152 samples, unless ``are_all_kept``: what LAME sends after those holds the end of the last sound and
    silence. That is for the end of a stream alone; elsewhere the samples end in silence, and the next frames follow.

    Raises: ConfigError for a bit rate that MP3 does not have; AudioError where there is nothing to encode.
    """
    require_bitrate(bitrate_kbps)
    if not len(samples):
        raise AudioError("there is no sound to encode", cure="look at what `audio-edition script` says of the article")
    lame = lameenc.Encoder()
    lame.silence()
    lame.set_channels(1)
    lame.set_in_sample_rate(sample_rate)
    lame.set_bit_rate(bitrate_kbps)
    lame.set_quality(MUSIC_QUALITY if has_music else VOICE_QUALITY)
    scale = np.float32(32767 / _lame_attenuation(bitrate_kbps))
    scaled = np.clip(np.rint(samples * scale), -32768, 32767).astype("<i2")
    frames = bytes(lame.encode(scaled.tobytes())) + bytes(lame.flush())
    return frames if are_all_kept else _first_frames(frames, len(samples) // FRAME_SAMPLES)


class Mp3Stream:
    """Counts the frames of a stream as they come, for the Info frame that goes before them."""

    def __init__(self) -> None:
        self._header = b""
        self._frames = 0
        self._bytes = 0
        self._crc = 0

    def add(self, frames: bytes) -> None:
        """Take in the next ``frames``, whole ones."""
        self._header = self._header or frames[:4]
        self._frames += sum(1 for _ in _frame_starts(frames))
        self._bytes += len(frames)
        self._crc = fastcrc.crc16.arc(frames, self._crc)

    @property
    def length_bytes(self) -> int:
        """The bytes of all frames, without the Info frame's own."""
        return self._bytes

    def info_frame(self, sample_count: int) -> bytes:
        """The frame that goes before the others and says that they decode to exactly ``sample_count`` samples.

        Raises: AudioError if LAME gave frames that cannot be.
        """
        header = self._header[:2] + bytes((self._header[2] & 0xFD, self._header[3]))  # the first's, without padding
        padding = self._frames * FRAME_SAMPLES - _ENCODER_DELAY - sample_count
        if not 0 <= padding < 4096:
            raise AudioError(
                f"LAME gave {self._frames} frames for {sample_count} samples",
                cure="reinstall the encoder: pip install --force-reinstall lameenc",
            )
        size = _frame_size(header)
        total = size + self._bytes
        table = bytes(step * 256 // 100 for step in range(100))  # constant bit rate: bytes are linear in time
        frame = header + bytes(_SIDE_INFO_BYTES) + b"Info"
        frame += struct.pack(">III", 0b1111, self._frames, total) + table + struct.pack(">I", 100 - 10 * VOICE_QUALITY)
        frame += b"LAME3.100" + bytes((0x01, 0)) + bytes(8)  # constant bit rate; low-pass, peak and gains not stated
        frame += bytes((0, min(255, _bitrate_kbps(header))))
        frame += ((_ENCODER_DELAY << 12) | padding).to_bytes(3, "big") + bytes(4)
        frame += struct.pack(">IH", total, self._crc)
        frame += struct.pack(">H", fastcrc.crc16.arc(frame))
        return frame.ljust(size, b"\0")


def _lame_attenuation(bitrate_kbps: int) -> float:
    """What LAME multiplies its input by at a constant bit rate, to keep peaks from clipping; measured with tones."""
    if bitrate_kbps <= 160:
        return 0.95
    return {192: 0.97, 224: 0.98}.get(bitrate_kbps, 1.0)


def _first_frames(frames: bytes, count: int) -> bytes:
    """The first ``count`` of ``frames``, which are more."""
    starts = [*_frame_starts(frames), len(frames)]
    if len(starts) <= count:
        raise AudioError(
            f"LAME gave {len(starts) - 1} frames where {count} were to come",
            cure="reinstall the encoder: pip install --force-reinstall lameenc",
        )
    return frames[: starts[count]]


def _frame_starts(frames: bytes) -> Iterator[int]:
    position = 0
    while position + 4 <= len(frames):
        yield position
        position += _frame_size(frames[position : position + 4])


def _frame_size(header: bytes | bytearray) -> int:
    """Bytes of the frame with this 4-byte header (MPEG-1 layer III only)."""
    sample_rate = (44100, 48000, 32000, 0)[header[2] >> 2 & 3]
    if header[0] != 0xFF or header[1] & 0xFE != 0xFA or not sample_rate or not _bitrate_kbps(header):
        raise AudioError(
            f"LAME gave bytes that are no frame: {bytes(header).hex()}",
            cure="reinstall the encoder: pip install --force-reinstall lameenc",
        )
    return 144000 * _bitrate_kbps(header) // sample_rate + (header[2] >> 1 & 1)


def _bitrate_kbps(header: bytes | bytearray) -> int:
    return (*_ALL_BITRATES_KBPS, 0)[header[2] >> 4]
