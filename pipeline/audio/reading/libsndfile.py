"""Floor 3, inside audio: WAV, FLAC, OGG (Vorbis, Opus), MP3, AIFF and what else libsndfile takes -> OpenSound.

libsndfile says nothing of what is missing from a WAV, AIFF, OGG or MP3 that was cut: of such a file it gives what there
is. So the headers are looked at first. It is given the open file instead of its name, since it believes a name that
ends in .mp3 and then searches 64 KB of anything for a frame. Of an MP3 that is damaged its decoder, libmpg123, writes
notes to the terminal: it gets only what begins as one, and is silenced while it reads.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from pipeline.audio.reading.mp3 import Mp3Sound, behind_id3, find_mp3
from pipeline.audio.reading.values import BLOCK_ROWS, Block, OpenSound, SoundFile, is_cut, is_damaged

_CONTAINERS = {"WAVEX": "WAV", "RF64": "WAV"}

_MP3_SUBTYPE = "MPEG_LAYER_III"

#: Codecs by libsndfile's names; of everything else the name is shown as it is.
_CODECS = {
    _MP3_SUBTYPE: "MP3",
    "VORBIS": "Vorbis",
    "OPUS": "Opus",
    "PCM_S8": "8-bit PCM",
    "PCM_U8": "8-bit PCM",
    "PCM_16": "16-bit PCM",
    "PCM_24": "24-bit PCM",
    "PCM_32": "32-bit PCM",
    "FLOAT": "32-bit float PCM",
    "DOUBLE": "64-bit float PCM",
}

#: A chunk's length from here on is a way of saying that whoever streamed it did not know.
_UNKNOWN_LENGTH = 0x7FFF_0000

#: Vorbis has its channels in an order of its own (L, C, R ...); here they are put as in WAV: L, R, C, low, then those
#: behind and at the sides. Source: Vorbis I, section 4.3.9.
_VORBIS_AS_WAV = {
    3: (0, 2, 1),
    5: (0, 2, 1, 3, 4),
    6: (0, 2, 1, 5, 3, 4),
    7: (0, 2, 1, 6, 5, 3, 4),
    8: (0, 2, 1, 7, 5, 6, 3, 4),
}

#: How a file begins that libsndfile takes for an MP3: with a tag, or the first bits of a frame.
_TAG, _SYNC = b"ID3", 0xFFE0

_STDERR = 2
_SILENCE = threading.Lock()

_OGG_PAGE = b"OggS"
_OGG_PAGE_MOST_BYTES = 65307
_OGG_END_OF_STREAM = 4


@contextmanager
def open_with_libsndfile(path: Path) -> Iterator[OpenSound | None]:
    """``path`` open for reading; None if it is nothing that libsndfile takes. Raises AudioError if it is cut."""
    with path.open("rb") as stream:
        mp3 = find_mp3(stream, path)
        if mp3 is None:
            _require_whole(stream, path)
        sound = None if mp3 is None and _would_be_mp3(stream) else _sound(stream, mp3)
        if sound is None:
            yield None
            return
        with sound:
            if sound.subtype == "OPUS" and sound.channels > 2:
                # libsndfile 1.2.2 loses itself in such a file and calls it malformed.
                yield None
                return
            yield OpenSound(facts=_facts(sound, path, mp3=mp3), blocks=_blocks(sound, path))


def _would_be_mp3(stream: BinaryIO) -> bool:
    """Whether libsndfile would search it for frames; ``stream`` is at its beginning again."""
    stream.seek(behind_id3(stream))
    start = stream.read(len(_TAG))
    stream.seek(0)
    return start == _TAG or int.from_bytes(start[:2], "big") & _SYNC == _SYNC


def _sound(stream: BinaryIO, mp3: Mp3Sound | None) -> Any:
    """It as soundfile opens it, None if it does not."""
    soundfile = _soundfile()
    try:
        if mp3 is None:
            return soundfile.SoundFile(stream)
        with _silenced():
            return soundfile.SoundFile(mp3.stream)
    except soundfile.LibsndfileError:
        return None


@contextmanager
def _silenced() -> Iterator[None]:
    """While it is entered, nothing reaches the terminal by way of stderr, be it from a library in C.

    That is one for the whole process, so one thread at a time has it.
    """
    with _SILENCE:
        try:
            kept = os.dup(_STDERR)
        except OSError:
            kept = None  # it is closed, as in a service: nobody would see a note
        if kept is None:
            yield
            return
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)


def _soundfile() -> ModuleType:
    # Slow to load, and a build in which nothing changed reads no file.
    import soundfile  # noqa: PLC0415

    module: ModuleType = soundfile
    return module


def _facts(sound: Any, path: Path, *, mp3: Mp3Sound | None) -> SoundFile:
    duration_s = sound.frames / sound.samplerate
    container = _CONTAINERS.get(sound.format, sound.format)
    codec = "FLAC" if container == "FLAC" else _CODECS.get(sound.subtype, sound.subtype)
    length_bytes = path.stat().st_size if mp3 is None else mp3.length_bytes
    sounding_s = duration_s if mp3 is None else mp3.duration_s
    return SoundFile(
        container=container,
        codec=codec,
        sample_rate=sound.samplerate,
        channels=sound.channels,
        duration_s=duration_s,
        bitrate_kbps=None if codec.endswith("PCM") or not sounding_s else round(length_bytes / sounding_s / 125),
        has_varying_bitrate=None if mp3 is None else mp3.has_varying_bitrate,
    )


def _blocks(sound: Any, path: Path) -> Iterator[Block]:
    soundfile = _soundfile()
    order = _VORBIS_AS_WAV.get(sound.channels) if sound.subtype == "VORBIS" else None
    is_noisy = sound.subtype == _MP3_SUBTYPE
    count = 0
    try:
        while True:
            with _silenced() if is_noisy else nullcontext():
                block = sound.read(BLOCK_ROWS, dtype="float32", always_2d=True)
            if not len(block):
                break
            count += len(block)
            yield block if order is None else block[:, order]
    except soundfile.LibsndfileError as error:
        # Somewhere in the block that was not to be had.
        raise is_damaged(path, at_s=min(count + BLOCK_ROWS // 2, sound.frames) / sound.samplerate) from error
    if count < sound.frames:
        raise is_cut(path, why=f"it has {count} of {sound.frames} samples")


def _require_whole(stream: BinaryIO, path: Path) -> None:
    """Nothing, unless a WAV, AIFF or OGG ends before it says so; ``stream`` is at its beginning again."""
    length = path.stat().st_size
    head = stream.read(12)
    if head[:4] == b"RIFF" or head[:4] == b"FORM":
        stated = 8 + int.from_bytes(head[4:8], "little" if head[:4] == b"RIFF" else "big")
        # One byte less is the one that fills up an odd chunk, which some programs forget.
        if length + 1 < stated < _UNKNOWN_LENGTH:
            raise is_cut(path, why=f"it has {length} of {stated} bytes")
    if head[:4] == _OGG_PAGE and not _has_last_page(stream, length):
        raise is_cut(path, why="its last page is missing")
    stream.seek(0)


def _has_last_page(stream: BinaryIO, length: int) -> bool:
    """Whether the last page of an OGG says that it is the last. Source: RFC 3533, section 6."""
    stream.seek(max(0, length - _OGG_PAGE_MOST_BYTES))
    tail = stream.read()
    start = tail.rfind(_OGG_PAGE)
    return start >= 0 and len(tail) > start + 5 and bool(tail[start + 5] & _OGG_END_OF_STREAM)
