"""Floor 3, inside audio: what the readers of sound files hand over."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.errors import AudioError
from pipeline.units import clock

#: One row an instant, one column a channel, full scale at 1.0.
Block = NDArray[np.float32]

#: How many rows a Block has at most.
BLOCK_ROWS = 65536


class SoundFile(Struct, frozen=True, kw_only=True):
    """What a sound file is. ``container`` is "MP3", "WAV", "FLAC", "OGG", "AIFF", "M4A" ..., ``codec`` what is in it.

    ``duration_s`` is exact where the file says how many samples it has. ``bitrate_kbps`` is the average, None for
    samples that are not compressed. ``has_varying_bitrate`` is known of an MP3 whose frames had to be counted, and None
    where nobody looked.
    """

    container: str
    codec: str
    sample_rate: int
    channels: int
    duration_s: float
    bitrate_kbps: int | None
    has_varying_bitrate: bool | None = None


class OpenSound(Struct, frozen=True, kw_only=True):
    """A file that is open: what it is, and its samples from the first on, as they are asked for."""

    facts: SoundFile
    blocks: Iterator[Block]


def is_cut(path: Path, *, why: str) -> AudioError:
    """The error for a file that has less sound than it says."""
    return AudioError(f"the file is cut: {why}", cure="copy or export it again", path=path)


def is_damaged(path: Path, *, at_s: float) -> AudioError:
    """The error for a file whose sound can be decoded up to ``at_s`` seconds and no further."""
    return AudioError(
        f"the sound is damaged near {clock(round(at_s * 1000))}", cure="copy or export it again", path=path
    )


def is_no_sound(path: Path) -> AudioError:
    """The error for a file in which no reader finds anything."""
    return AudioError(
        "nothing in it can be read as sound",
        cure="if it is a sound file, it is damaged or of a rare kind: export it again, as WAV, FLAC or MP3",
        path=path,
    )
