"""Floor 3, inside audio: what FFmpeg says of a file, be it as a library or a program -> what is true of it.

Its names become words that people know. In the family of MP4 the stated duration is that of the sound, to the sample:
the encoder fills up its last packet, and that much is cut off here.
"""

from collections.abc import Iterator
from pathlib import Path

from pipeline.audio.reading.values import Block, SoundFile, is_cut

#: The family of MP4: sound alone, or with pictures that move.
_MP4, _FILM = "M4A", "MP4"
_TOLERANCE_S = 0.1

#: Who states how many samples there are; a damaged FLAC comes here where libsndfile does not take it.
_EXACT = {_MP4, _FILM, "FLAC"}

_CONTAINERS = {"mov": _MP4, "asf": "WMA", "matroska": "MKA"}

_CODECS = {
    "mp3float": "MP3",
    "wmav2": "WMA",
    "wmav1": "WMA",
    "vorbis": "Vorbis",
    "opus": "Opus",
    "libopus": "Opus",
}


def container_word(name: str, *, is_video: bool = False) -> str:
    """The word for FFmpeg's ``name``, of which the first counts ("mov,mp4,m4a,3gp,3g2,mj2")."""
    first = name.split(",", maxsplit=1)[0]
    word = _CONTAINERS.get(first, first.upper())
    return _FILM if is_video and word == _MP4 else word


def codec_word(name: str) -> str:
    """The word for the codec that FFmpeg calls ``name``."""
    if name.startswith("pcm_"):
        return f"{name[4:].upper()} PCM"
    return _CODECS.get(name, name.upper())


def as_long_as_stated(blocks: Iterator[Block], facts: SoundFile, *, path: Path) -> Iterator[Block]:
    """The samples that are sound. Raises AudioError where a file that knows its length is cut."""
    if facts.container not in _EXACT:
        yield from blocks
        return
    left = round(facts.duration_s * facts.sample_rate)
    for block in blocks:
        yield block[:left]
        left = max(0, left - len(block))
    if left > _TOLERANCE_S * facts.sample_rate:
        found_s = facts.duration_s - left / facts.sample_rate
        raise is_cut(path, why=f"it has {found_s:.1f} of {facts.duration_s:.1f} s of sound")
