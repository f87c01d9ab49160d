"""Floor 3, inside audio: an MP3 file -> its frames, without tags and what else lies about, as one stream for a decoder.

libsndfile believes the first frame where that says how many follow (Xing's header, "Info" from LAME). Without it, it
guesses from the first bit rate and stops there: of 20 s with a variable bit rate it gave 3. So the frames are counted
and such a header is put before them. Where there is one, and nothing behind what it states, no frame is walked,
however long the file. Files that were joined are read to their end as long as all are of one form.

Sources: ISO/IEC 11172-3 and 13818-3 (MPEG-1 and 2, layer III); MPEG-2.5 as Fraunhofer made it; ID3v2.4, section 3.1;
Xing's header as LAME's "mp3 Info Tag rev 1" describes it.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from pipeline.audio.reading.values import is_cut
from pipeline.errors import AudioError
from pipeline.units import clock

_MPEG_1 = 3
_RESERVED = 1
_LAYER_III = 1
_MONO = 3

#: kbit/s by the header's four bits; 0 is free format, 15 is no bit rate.
_BITRATES_MPEG_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_BITRATES_MPEG_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)

#: Hz of MPEG-1 by the header's two bits; MPEG-2 has half of it (version 2) and MPEG-2.5 a quarter (version 0).
_RATES = (44100, 48000, 32000, 0)
_RATE_DIVISORS = {_MPEG_1: 1, 2: 2, 0: 4}

_HEADER_BYTES = 4
_XING_BYTES = 16

#: How far the first or the next frame is searched for in what is none; padding of tags can be that long.
_MOST_JUNK = 262_144

#: So many frames in a row are no accident, where one of another form or behind the stated end is found in junk.
_SURE = 3

_ID3V1_BYTES = 128


class Header(Struct, frozen=True, kw_only=True):
    """The first four bytes of a frame. ``size`` is that of the whole frame in bytes."""

    start: bytes
    version: int
    sample_rate: int
    is_mono: bool
    size: int

    @property
    def samples(self) -> int:
        """How many samples a frame has."""
        return 1152 if self.version == _MPEG_1 else 576

    @property
    def xing_start(self) -> int:
        """Where Xing's header lies in a frame: behind the side information."""
        if self.version == _MPEG_1:
            return 4 + (17 if self.is_mono else 32)
        return 4 + (9 if self.is_mono else 17)

    def __str__(self) -> str:
        return f"{self.sample_rate} Hz {'mono' if self.is_mono else 'stereo'}"

    @property
    def bitrate_index(self) -> int:
        """The header's four bits for the bit rate."""
        return self.start[2] >> 4

    def is_like(self, other: "Header") -> bool:
        """Whether both can be frames of one file."""
        mine = (self.version, self.sample_rate, self.is_mono)
        return mine == (other.version, other.sample_rate, other.is_mono)


class Mp3Sound(Struct, frozen=True, kw_only=True):
    """The frames of an MP3 as a ``stream``; ``length_bytes`` and ``duration_s`` leave the header out.

    ``has_varying_bitrate`` is None where no frame was walked.
    """

    stream: io.RawIOBase
    length_bytes: int
    duration_s: float
    has_varying_bitrate: bool | None = None


class _Walked(Struct, frozen=True, kw_only=True):
    """All whole frames: how many, the stretches of the file in which they lie in a row, and their bit rates."""

    count: int
    stretches: list[tuple[int, int]]
    bitrates: frozenset[int]


class _Stated(Struct, frozen=True, kw_only=True):
    """What Xing's header says: frames and bytes; 0 where it does not."""

    frames: int
    length_bytes: int


def find_mp3(stream: BinaryIO, path: Path) -> Mp3Sound | None:
    """The frames of the MP3 in ``stream``; None, and the stream at its beginning, if it is none.

    Raises: AudioError if there are fewer frames than the first one says, or if their form changes on the way.
    """
    found = _first_frame(stream)
    if found is None:
        stream.seek(0)
        return None
    start, first = found
    frames = _Frames(stream, first, start=start)
    return frames.as_stated() or frames.as_counted(path)


class _Frames:
    """The frames of an MP3, of which the ``first`` begins at ``start``."""

    def __init__(self, stream: BinaryIO, first: Header, *, start: int) -> None:
        self._stream = stream
        self._first = first
        self._start = start
        self._end = stream.seek(0, io.SEEK_END)
        self._stated = self._read_stated()

    def as_stated(self) -> Mp3Sound | None:
        """No frame is walked; None if the header says too little, or more or less than there is."""
        stated = self._stated
        if stated is None or not stated.frames or not 0 < stated.length_bytes <= self._end - self._start:
            return None
        end = self._start + stated.length_bytes
        self._stream.seek(end)
        following = _header(self._stream.read(_HEADER_BYTES))
        if following is not None and following.is_like(self._first):
            end = min(end + following.size, self._end)  # some programs do not count the header's own frame
        if self._next_frame(end, least=_SURE)[1] is not None:
            return None
        return self._sound(_Stretches(self._stream, [(self._start, end)]), stated.frames)

    def as_counted(self, path: Path) -> Mp3Sound:
        """Every frame is walked. Raises AudioError if more of them are stated than there are, or the form changes."""
        walked = self._walk(path)
        count, stretches = walked.count, walked.stretches
        if self._stated is not None:
            # The header's own frame has no sound. Some programs count it, and some streams are cut in their last frame.
            count -= 1
            if count + 1 < self._stated.frames:
                raise is_cut(path, why=f"it has {count} of {self._stated.frames} frames")
            if self._stated.frames == count:
                return self._sound(_Stretches(self._stream, stretches), count)
            stretches[0] = (stretches[0][0] + self._first.size, stretches[0][1])
        head = _count_frame(self._first, count, length_bytes=sum(end - begin for begin, end in stretches))
        sound = self._sound(_Stretches(self._stream, stretches, head=head), count, header_bytes=len(head))
        return replace(sound, has_varying_bitrate=len(walked.bitrates) > 1)

    def _sound(self, stream: "_Stretches", count: int, *, header_bytes: int | None = None) -> Mp3Sound:
        return Mp3Sound(
            stream=stream,
            length_bytes=stream.length_bytes - (header_bytes or self._first.size),
            duration_s=count * self._first.samples / self._first.sample_rate,
        )

    def _read_stated(self) -> _Stated | None:
        """What Xing's header says, if it stands in the first frame in place of sound."""
        self._stream.seek(self._start + self._first.xing_start)
        xing = self._stream.read(_XING_BYTES)
        if xing[:4] not in {b"Xing", b"Info"} or len(xing) < _XING_BYTES:
            return None
        if not xing[7] & 1:
            return _Stated(frames=0, length_bytes=0)
        length_bytes = int.from_bytes(xing[12:16], "big") if xing[7] & 2 else 0
        return _Stated(frames=int.from_bytes(xing[8:12], "big"), length_bytes=length_bytes)

    def _walk(self, path: Path) -> _Walked:
        """From frame to frame, over what lies between them. Raises AudioError where they become others."""
        count, position, stretches = 0, self._start, [(self._start, self._start)]
        bitrates: set[int] = set()
        while position + _HEADER_BYTES <= self._end:
            self._stream.seek(position)
            header = _header(self._stream.read(_HEADER_BYTES))
            if header is None or not header.is_like(self._first):
                position, following = self._next_frame(position)
                if following is not None and not following.is_like(self._first):
                    raise self._has_changed(following, count, path=path)
                stretches.append((position, position))
                continue
            position += header.size
            if position > self._end:
                break
            count += 1
            if count > 1 or self._stated is None:
                bitrates.add(header.bitrate_index)
            stretches[-1] = (stretches[-1][0], position)
        whole = [(begin, end) for begin, end in stretches if end > begin]
        return _Walked(count=count, stretches=whole, bitrates=frozenset(bitrates))

    def _has_changed(self, header: Header, count: int, *, path: Path) -> AudioError:
        """The error for a file that goes on as ``header`` says behind ``count`` frames: no decoder follows it there."""
        sounding = count if self._stated is None else count - 1
        at = clock(sounding * self._first.samples * 1000 // self._first.sample_rate)
        return AudioError(
            f"at {at} it changes from {self._first} to {header}, as MP3 files do that were joined end to end",
            cure="join the sounds in a sound editor and export them as one file",
            path=path,
        )

    def _next_frame(self, position: int, *, least: int = 1) -> tuple[int, Header | None]:
        """Where the next frame begins that is followed by ``least`` others; the end of the file if none is near."""
        position = self._behind_tags(position)
        self._stream.seek(position)
        window = self._stream.read(_MOST_JUNK)
        for at in _sync_words(window):
            header = _header_in(window, at)
            if header is not None:
                count = least if header.is_like(self._first) else _SURE
                if _is_followed(window, at, header=header, count=count):
                    return position + at, header
        return self._end, None

    def _behind_tags(self, position: int) -> int:
        """Where the tags end, however large, that lie between two files that were joined."""
        self._stream.seek(position)
        if self._stream.read(3) == b"TAG":
            position += _ID3V1_BYTES
        return behind_id3(self._stream, position)


def _first_frame(stream: BinaryIO) -> tuple[int, Header] | None:
    """Where the first frame begins that is followed by another, or that is the whole file."""
    start = behind_id3(stream)
    stream.seek(start)
    window = stream.read(_MOST_JUNK)
    # Anything but a frame right at the start is searched only behind a tag, or behind padding.
    is_padded = bool(start) or not any(window[:_HEADER_BYTES])
    for at in _sync_words(window) if is_padded else (0,):
        header = _header_in(window, at)
        if header is not None and (_is_followed(window, at, header=header) or len(window) == at + header.size):
            return start + at, header
    return None


def _is_followed(window: bytes, at: int, *, header: Header, count: int = 1) -> bool:
    """Whether behind the frame at ``at`` there are ``count`` others of the same file."""
    for _ in range(count):
        at += header.size
        following = _header_in(window, at)
        if following is None or not following.is_like(header):
            return False
        header = following
    return True


def _header_in(window: bytes, at: int) -> Header | None:
    return _header(window[at : at + _HEADER_BYTES])


def behind_id3(stream: BinaryIO, position: int = 0) -> int:
    """Where the ID3v2 tags end that begin at ``position``; that itself without one."""
    while True:
        stream.seek(position)
        tag = stream.read(10)
        if len(tag) < 10 or tag[:3] != b"ID3" or max(tag[6:]) > 0x7F:
            return position
        size = sum(byte << shift for byte, shift in zip(tag[6:], (21, 14, 7, 0), strict=True))
        position += 10 + size + (10 if tag[5] & 0x10 else 0)


def _sync_words(window: bytes) -> Iterator[int]:
    at = window.find(b"\xff")
    while at >= 0:
        yield at
        at = window.find(b"\xff", at + 1)


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
    return Header(start=start, version=version, sample_rate=sample_rate, is_mono=start[3] >> 6 == _MONO, size=size)


def _count_frame(first: Header, count: int, *, length_bytes: int) -> bytes:
    """A frame like ``first`` with Xing's header that says how many follow. Its bit rate is 14: they can be short."""
    start = bytes((0xFF, first.start[1] | 1, 0xE0 | first.start[2] & 0x0C, first.start[3]))
    header = _header(start)
    assert header is not None  # noqa: S101 - made of one that is
    numbers = count.to_bytes(4, "big") + (header.size + length_bytes).to_bytes(4, "big")
    return (start + bytes(header.xing_start - 4) + b"Xing" + bytes((0, 0, 0, 3)) + numbers).ljust(header.size, b"\0")


class _Stretches(io.RawIOBase):
    """Stretches of a file behind each other, with a ``head`` of our own before them, to be read as one file."""

    def __init__(self, stream: BinaryIO, stretches: list[tuple[int, int]], *, head: bytes = b"") -> None:
        super().__init__()
        self._stream = stream
        self._head = head
        self._stretches = stretches
        self.length_bytes = len(head) + sum(end - begin for begin, end in stretches)
        self._position = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """One may move about in it."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to ``offset`` from the beginning, from here, or from the end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.length_bytes}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as it goes; the number of bytes."""
        taken = b"".join(self._pieces(len(buffer)))
        buffer[: len(taken)] = taken
        self._position += len(taken)
        return len(taken)

    def _pieces(self, count: int) -> Iterator[bytes]:
        """The next ``count`` bytes."""
        at = self._position
        if at < len(self._head):
            piece = self._head[at : at + count]
            yield piece
            at, count = at + len(piece), count - len(piece)
        at -= len(self._head)
        for begin, end in self._stretches:
            if 0 <= at < end - begin and count:
                self._stream.seek(begin + at)
                piece = self._stream.read(min(count, end - begin - at))
                yield piece
                at, count = at + len(piece), count - len(piece)
            at -= end - begin
