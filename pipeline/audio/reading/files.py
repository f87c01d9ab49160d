"""Floor 3, inside audio: a path -> what the file is, and its samples, by the first reader that takes it."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from pipeline.audio.reading.libsndfile import open_with_libsndfile
from pipeline.audio.reading.pyav import open_with_pyav
from pipeline.audio.reading.slices import open_with_pydub
from pipeline.audio.reading.values import Block, OpenSound, SoundFile
from pipeline.errors import AudioError


def look_at(path: Path) -> SoundFile:
    """What the sound file at ``path`` is, from its headers; of an MP3 without a header all frames are counted.

    Raises: AudioError if it is not there, is empty or cut, is no sound, or needs a library that is not installed.
    """
    with _opened(path) as sound:
        return sound.facts


def sound_blocks(path: Path, *, most_s: float | None = None) -> Iterator[Block]:
    """The samples of ``path`` in order, at its own rate: float32, shape (rows, channels), full scale at 1.0.

    Blocks have up to 65536 rows. No more than the first ``most_s`` seconds are decoded, whatever the file holds.

    Raises: AudioError as look_at() does, and where the sound turns out to be damaged, or to hold NaN or infinity.
    """
    with _opened(path) as sound:
        left = sys.maxsize if most_s is None else round(most_s * sound.facts.sample_rate)
        for block in sound.blocks:
            _require_numbers(block, path)
            yield block[:left]
            left -= len(block)
            if left <= 0:
                return


@contextmanager
def _opened(path: Path) -> Iterator[OpenSound]:
    _require_content(path)
    with open_with_libsndfile(path) as sound:
        if sound is not None:
            yield sound
            return
    reader = open_with_pyav if find_spec("av") is not None else open_with_pydub
    if reader is open_with_pydub:
        _require_programs(path)
    with reader(path) as sound:
        yield sound


def _require_content(path: Path) -> None:
    if not path.exists():
        raise AudioError("the sound file is not there", cure="check the name, or put the file there", path=path)
    if not path.is_file():
        raise AudioError("is no file", cure="name a sound file", path=path)
    try:
        with path.open("rb") as stream:
            is_empty = not stream.read(1)
    except OSError as error:
        raise AudioError(
            f"cannot be read: {error.strerror or error}", cure="make the file readable", path=path
        ) from error
    if is_empty:
        raise AudioError("the file is empty", cure="copy or export it again", path=path)


def _require_programs(path: Path) -> None:
    """Nothing, if pydub has the programs that it starts."""
    if shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None:
        raise AudioError(
            "cannot be read as WAV, FLAC, OGG, MP3 or AIFF",
            cure=f"for M4A and most other forms: {sys.executable} -m pip install 'audio-edition[formats]', "
            "or install ffmpeg; or export it as one of those",
            path=path,
        )


def _require_numbers(block: Block, path: Path) -> None:
    if not np.isfinite(block).all():
        raise AudioError("holds samples that are no numbers", cure="export it again as 24-bit WAV", path=path)
