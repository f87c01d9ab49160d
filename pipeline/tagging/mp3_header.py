"""Floor 3, inside tagging: what an encoder says of the whole MP3 in its first frame: the header of Xing and LAME.

mutagen reads it too, and keeps to itself what gapless players need: how many samples are the encoder's own.
Source: mp3-tech.org, "Mp3 Info Tag rev 1 specifications" (LAME); Xing, "VBR Header SDK"; ISO/IEC 11172-3 and 13818-3.
"""

import re
import struct
from enum import Enum
from pathlib import Path
from typing import BinaryIO, NamedTuple

from msgspec import Struct

from pipeline.tagging.faults import told_of

_SEARCHED_BYTES = 1 << 16  # for the first frame, behind the tags
_MOST_TAGS = 16
_LAYER_III = 1

#: Version bits of a frame -> kbit/s, Hz by its indexes, and samples of a frame. 1 is reserved.
_KBPS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
    0: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_HZ = {3: (44100, 48000, 32000, 0), 2: (22050, 24000, 16000, 0), 0: (11025, 12000, 8000, 0)}
_SAMPLES = {3: 1152, 2: 576, 0: 576}

#: Who writes what LAME writes behind the name: LAME since 3.90, and FFmpeg.
_FULL_HEADER = re.compile(rb"LAME3\.9\d|LAME3\.1\d\d|LAME[4-9]|L3\.99|Lav[cf]")


class RateMode(Enum):
    """How the bit rate behaves."""

    CONSTANT = "CBR"
    AVERAGE = "ABR"
    VARIABLE = "VBR"


_MODES = {
    1: RateMode.CONSTANT,
    8: RateMode.CONSTANT,
    2: RateMode.AVERAGE,
    9: RateMode.AVERAGE,
    3: RateMode.VARIABLE,
    4: RateMode.VARIABLE,
    5: RateMode.VARIABLE,
    6: RateMode.VARIABLE,
}


class Mp3Header(Struct, frozen=True, kw_only=True):
    """What the first frame says of all that follow. What it does not say is None, or "" for the ``encoder``'s name.

    ``frames`` does not count the first frame itself, ``length_bytes`` does. ``encoder_delay`` and ``padding`` are the
    samples at the beginning and at the end that are none of the sound.
    """

    sample_rate: int
    samples_a_frame: int
    rate_mode: RateMode
    frames: int | None = None
    length_bytes: int | None = None
    encoder: str = ""
    encoder_delay: int | None = None
    padding: int | None = None

    @property
    def sample_count(self) -> int | None:
        """How many samples a player that heeds the header plays; None where it does not say enough."""
        if self.frames is None or self.encoder_delay is None or self.padding is None:
            return None
        return max(0, self.frames * self.samples_a_frame - self.encoder_delay - self.padding)


class _Frame(NamedTuple):
    """A frame of layer III, by its header. ``side_bytes`` lie between that and where Xing's would be."""

    version: int
    sample_rate: int
    length_bytes: int
    side_bytes: int


class _Lame(NamedTuple):
    """What LAME says behind Xing's header."""

    encoder: str
    rate_mode: RateMode | None = None
    delay: int | None = None
    padding: int | None = None


def read_mp3_header(path: Path) -> Mp3Header | None:
    """What the first frame of the MP3 ``path`` says of the whole; None where it says nothing, or there is no MP3.

    Raises: TagError where the file cannot be read.
    """
    with told_of(path), path.open("rb") as stream:
        return header_in(stream)


def header_in(stream: BinaryIO) -> Mp3Header | None:
    """The same from an open file, whatever its bytes are."""
    _skip_tags(stream)
    data = stream.read(_SEARCHED_BYTES)
    place = data.find(b"\xff")
    while place >= 0:
        frame = _frame_at(data, place)
        if frame is not None:
            header = _header_of(frame, data[place : place + frame.length_bytes])
            if header is not None or _is_followed(frame, data, place=place):
                return header
        place = data.find(b"\xff", place + 1)
    return None


def _skip_tags(stream: BinaryIO) -> None:
    """Go behind the ID3 tags, of which some programs write several."""
    place = 0
    for _ in range(_MOST_TAGS):
        stream.seek(place)
        head = stream.read(10)
        if len(head) < 10 or not head.startswith(b"ID3"):
            break
        footer = 10 if head[5] & 0x10 else 0
        place += 10 + footer + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
    stream.seek(place)


def _frame_at(data: bytes, place: int) -> _Frame | None:
    """The frame whose header lies at ``place``, None where none does. Free-format frames do not count."""
    head = data[place : place + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    if version not in _HZ or layer != _LAYER_III:
        return None
    kbps, sample_rate = _KBPS[version][head[2] >> 4], _HZ[version][head[2] >> 2 & 3]
    if not kbps or not sample_rate:
        return None
    length = _SAMPLES[version] * 125 * kbps // sample_rate + (head[2] >> 1 & 1)
    is_mono = head[3] >> 6 == 3
    side_bytes = (17 if is_mono else 32) if version == 3 else (9 if is_mono else 17)
    return _Frame(version=version, sample_rate=sample_rate, length_bytes=length, side_bytes=side_bytes)


def _is_followed(frame: _Frame, data: bytes, *, place: int) -> bool:
    """Whether another frame of the same kind follows, so that the first is none by chance."""
    following = _frame_at(data, place + frame.length_bytes)
    return following is not None and following[:2] == frame[:2]


def _header_of(frame: _Frame, data: bytes) -> Mp3Header | None:
    """What the frame ``data`` says of the others, None where it holds sound."""
    start = 4 + frame.side_bytes
    name = data[start : start + 4]
    if name not in (b"Xing", b"Info") or len(data) < start + 8:
        return None
    (flags,) = struct.unpack_from(">I", data, start + 4)
    rest = data[start + 8 :]
    numbers: list[int | None] = []
    for bit, size in ((1, 4), (2, 4), (4, 100), (8, 4)):
        part = rest[:size] if flags & bit else b""
        numbers.append(int.from_bytes(part, "big") if len(part) == size else None)
        rest = rest[len(part) :]
    lame = _lame(rest)
    return Mp3Header(
        sample_rate=frame.sample_rate,
        samples_a_frame=_SAMPLES[frame.version],
        rate_mode=lame.rate_mode or (RateMode.CONSTANT if name == b"Info" else RateMode.VARIABLE),
        frames=numbers[0],
        length_bytes=numbers[1],
        encoder=lame.encoder,
        encoder_delay=lame.delay,
        padding=lame.padding,
    )


def _lame(data: bytes) -> _Lame:
    """What stands behind Xing's header: nine letters of a name, and numbers if the encoder is one that writes them."""
    letters = data[:9].rstrip(b"\0 ")
    encoder = letters.decode("ascii") if letters.isascii() and letters.decode("ascii").isprintable() else ""
    if len(data) < 24 or not _FULL_HEADER.match(data):
        return _Lame(encoder=encoder)
    both = int.from_bytes(data[21:24], "big")
    return _Lame(encoder=encoder, rate_mode=_MODES.get(data[9] & 0xF), delay=both >> 12, padding=both & 0xFFF)
