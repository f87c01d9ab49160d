"""Floor 3, engines: an MP3 file -> its frames, each of them whole and all in a row. Pure.

Sources: ISO/IEC 11172-3 and 13818-3 (MPEG-1 and 2, layer III); MPEG-2.5 as Fraunhofer made it; ID3v2.4, section 3.1;
ID3v1; Xing's header as LAME's "mp3 Info Tag rev 1" describes it.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.engines.network.exchange import BadAnswer

_MPEG_1 = 3
_RESERVED = 1
_LAYER_III = 1
_MONO = 3

#: kbit/s by the header's four bits; 0 is free format, which no server sends, 15 is no bit rate.
_BITRATES_MPEG_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_BITRATES_MPEG_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)

#: Hz of MPEG-1 by the header's two bits; MPEG-2 has half of it (version 2) and MPEG-2.5 a quarter (version 0).
_RATES = (44100, 48000, 32000, 0)
_RATE_DIVISORS = {_MPEG_1: 1, 2: 2, 0: 4}

_HEADER_BYTES = 4
_ID3V1_BYTES = 128
_ID3V2 = re.compile(rb"ID3[^\xff]{2}(?P<flags>[\0-\xff])(?P<size>[\0-\x7f]{4})", re.DOTALL)


class Header(Struct, frozen=True, kw_only=True):
    """The first four bytes of a frame. ``size`` is that of the whole frame in bytes."""

    version: int
    sample_rate: int
    is_mono: bool
    size: int


def is_mp3(body: bytes) -> bool:
    """Whether ``body`` begins as an MP3 file does."""
    return body.startswith(b"ID3") or _header(body) is not None


def mp3_with_length(body: bytes) -> bytes:
    """The frames of ``body``, without tags, behind one that says how many they are.

    libsndfile believes that frame. Without one it guesses from the first bit rate and stops there: of a stream with a
    variable one it gave 3,672 samples of 25,344. Where the number is right, LAME's delay and padding stand beside it.

    Raises: BadAnswer if a frame is cut or missing, or if anything else lies between them.
    """
    frames = tuple(_frames(body))
    if not frames:
        raise BadAnswer("sent an MP3 without a frame in it")
    following = len(frames) - 1
    stated = _stated_count(frames[0])
    if stated is not None and stated > following:
        raise BadAnswer(f"sent an MP3 that is cut ({following} of {stated} frames)")
    if stated == following:
        return b"".join(frames)
    sounding = frames if stated is None else frames[1:]  # more than it says: files were joined
    return b"".join((_count_frame(sounding), *sounding))


def _frames(body: bytes) -> Iterator[bytes]:
    """All of them in order."""
    first: Header | None = None
    position = 0
    while (position := _behind_tag(body, position)) < len(body):
        header = _header(body[position : position + _HEADER_BYTES])
        if len(body) - position < _HEADER_BYTES:
            raise BadAnswer(f"sent an MP3 that is cut (after {len(body)} bytes)")
        if header is None or (first is not None and not _is_alike(header, first)):
            raise BadAnswer(f"sent an MP3 with bytes in it that belong to no frame (at {position} of {len(body)})")
        first = header
        frame = body[position : position + header.size]
        if len(frame) < header.size:
            raise BadAnswer(f"sent an MP3 that is cut (after {len(body)} bytes)")
        yield frame
        position += header.size


def _header(start: bytes) -> Header | None:
    """None if ``start`` is not that of a frame of layer III."""
    if len(start) < _HEADER_BYTES or start[0] != 0xFF or start[1] & 0xE0 != 0xE0:
        return None
    version, layer = start[1] >> 3 & 3, start[1] >> 1 & 3
    if version == _RESERVED or layer != _LAYER_III:
        return None
    bitrate = (_BITRATES_MPEG_1 if version == _MPEG_1 else _BITRATES_MPEG_2)[start[2] >> 4]
    sample_rate = _RATES[start[2] >> 2 & 3] // _RATE_DIVISORS[version]
    if not bitrate or not sample_rate:
        return None
    size = (144_000 if version == _MPEG_1 else 72_000) * bitrate // sample_rate + (start[2] >> 1 & 1)
    return Header(version=version, sample_rate=sample_rate, is_mono=start[3] >> 6 == _MONO, size=size)


def _is_alike(header: Header, first: Header) -> bool:
    """Whether both can be frames of one file."""
    return (header.version, header.sample_rate, header.is_mono) == (first.version, first.sample_rate, first.is_mono)


def _behind_tag(body: bytes, position: int) -> int:
    """``position``, or where the tags end that begin there."""
    while tag := _ID3V2.match(body, position):
        size = sum(byte << shift for byte, shift in zip(tag["size"], (21, 14, 7, 0), strict=True))
        position = tag.end() + size + (10 if tag["flags"][0] & 0x10 else 0)
    is_id3v1 = body.startswith(b"TAG", position) and len(body) - position == _ID3V1_BYTES
    return len(body) if is_id3v1 else position


def _stated_count(frame: bytes) -> int | None:
    """How many frames follow, if Xing's header is in this one instead of sound; 0 if it does not say."""
    start = _xing_start(frame)
    if frame[start : start + 4] not in {b"Xing", b"Info"}:
        return None
    says_so = frame[start + 7 : start + 8] and frame[start + 7] & 1
    return int.from_bytes(frame[start + 8 : start + 12], "big") if says_so else 0


def _xing_start(frame: bytes) -> int:
    """Where Xing's header lies: behind the side information, which is the longer the newer, and for two channels."""
    is_mono = frame[3] >> 6 == _MONO
    if frame[1] >> 3 & 3 == _MPEG_1:
        return 4 + (17 if is_mono else 32)
    return 4 + (9 if is_mono else 17)


def _count_frame(frames: tuple[bytes, ...]) -> bytes:
    """A frame with Xing's header that says how many ``frames`` are. Its bit rate is the highest: they can be short."""
    first = frames[0]
    start = bytes((0xFF, first[1] | 1, 0xE0 | first[2] & 0x0C, first[3]))  # no check sum, bit rate 14, no padding
    header = _header(start)
    assert header is not None  # noqa: S101 - made of one that is
    count = len(frames).to_bytes(4, "big") + (header.size + sum(map(len, frames))).to_bytes(4, "big")
    return (start + bytes(_xing_start(start) - 4) + b"Xing" + bytes((0, 0, 0, 3)) + count).ljust(header.size, b"\0")
