"""LAME in a stream, and the Info frame that makes duration and gapless play exact.

The wheel of LAME used here writes no Info frame, so decoders would play 1105 samples of start-up and some of the
padding. We put our own in front. Sources: LAME's mp3 Info Tag rev 1 specification; ISO/IEC 11172-3.
"""

import struct
from importlib.metadata import version

import fastcrc
import lameenc
import numpy as np

from pipeline.audio.loudness import Samples
from pipeline.errors import AudioError, ConfigError

SAMPLES_A_FRAME = 1152

#: Bit rates of MPEG-1 layer III whose frames have room for the Info frame, in kbit/s.
BITRATES_KBPS = (64, 80, 96, 112, 128, 160, 192, 224, 256, 320)

_ALL_BITRATES_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_LAME_QUALITY = 3  # LAME's own default
_ENCODER_DELAY = 576
_SIDE_INFO_BYTES = 17  # of a mono frame
_CHUNK = SAMPLES_A_FRAME * 64


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


class Mp3Encoder:
    """Mono CBR MP3, written as the samples come."""

    def __init__(self, sample_rate: int, bitrate_kbps: int) -> None:
        require_bitrate(bitrate_kbps)
        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_channels(1)
        self._lame.set_in_sample_rate(sample_rate)
        self._lame.set_bit_rate(bitrate_kbps)
        self._lame.set_quality(_LAME_QUALITY)
        self._scale = 32767 / _lame_attenuation(bitrate_kbps)
        self._frames = bytearray()
        self._count = 0

    def write(self, samples: Samples) -> None:
        """Encode ``samples``, full scale at 1.0."""
        scaled = np.clip(np.rint(samples * np.float32(self._scale)), -32768, 32767).astype("<i2")
        self._frames += self._lame.encode(scaled.tobytes())
        self._count += len(samples)

    def write_silence(self, count: int) -> None:
        """Encode ``count`` samples of silence."""
        zeros = np.zeros(min(count, _CHUNK), dtype=np.float32)
        for start in range(0, count, _CHUNK):
            self.write(zeros[: min(_CHUNK, count - start)])

    def finish(self) -> bytes:
        """The whole MP3 stream. Raises AudioError if LAME gave frames that cannot be."""
        self._frames += self._lame.flush()
        return info_frame(self._frames, self._count) + bytes(self._frames)


def _lame_attenuation(bitrate_kbps: int) -> float:
    """What LAME multiplies its input by at a constant bit rate, to keep peaks from clipping; measured with tones."""
    if bitrate_kbps <= 160:
        return 0.95
    return {192: 0.97, 224: 0.98}.get(bitrate_kbps, 1.0)


def info_frame(frames: bytes | bytearray, sample_count: int) -> bytes:
    """The frame that goes before ``frames`` and says that they decode to exactly ``sample_count`` samples."""
    header = bytes((frames[0], frames[1], frames[2] & 0xFD, frames[3]))  # like the first, without its padding byte
    size = _frame_size(header)
    frame_count = _count_frames(frames)
    padding = frame_count * SAMPLES_A_FRAME - _ENCODER_DELAY - sample_count
    if not 0 <= padding < 4096:
        raise AudioError(
            f"LAME gave {frame_count} frames for {sample_count} samples",
            cure="reinstall the encoder: pip install --force-reinstall lameenc",
        )
    total = size + len(frames)
    table = bytes(step * 256 // 100 for step in range(100))  # constant bit rate: bytes are linear in time
    frame = header + bytes(_SIDE_INFO_BYTES) + b"Info"
    frame += struct.pack(">III", 0b1111, frame_count, total) + table + struct.pack(">I", 100 - 10 * _LAME_QUALITY)
    frame += b"LAME3.100" + bytes((0x01, 0)) + bytes(8)  # constant bit rate; low-pass, peak and gains not stated
    frame += bytes((0, min(255, _bitrate_kbps(header))))
    frame += ((_ENCODER_DELAY << 12) | padding).to_bytes(3, "big") + bytes(4)
    frame += struct.pack(">IH", total, fastcrc.crc16.arc(bytes(frames)))
    frame += struct.pack(">H", fastcrc.crc16.arc(frame))
    return frame.ljust(size, b"\0")


def _count_frames(frames: bytes | bytearray) -> int:
    count = position = 0
    while position + 4 <= len(frames):
        position += _frame_size(frames[position : position + 4])
        count += 1
    return count


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
