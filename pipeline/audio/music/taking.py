"""Floor 3, inside audio: a sound file -> what is heard of it, in one channel, at the project's rate.

Silence before the music is skipped, and nothing is decoded behind what is heard: an hour costs no more than a minute.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soxr
from msgspec import Struct

from pipeline.audio.loudness import Samples
from pipeline.audio.music.rate import MUSIC_RATE
from pipeline.audio.reading import Block, look_at, sound_blocks
from pipeline.errors import AudioError

#: Below this, a ratio to full scale, is silence: -60 dBFS.
_SILENCE = 1e-3

_MOST_LEAD_S = 60.0
_SHORTEST_S = 0.2

#: Where it is silent for so long before it would be cut, it has ended by itself.
_REST_S = 0.1

_HALF = 0.5
_ROOT = float(np.sqrt(0.5))

#: What each channel counts for in one, in the order of WAV: left, right, centre, low, those behind and at the sides.
#: The low one is left out. Source: ITU-R BS.775-3, table 2 (downmix to 1/0).
_WEIGHTS: dict[int, tuple[float, ...]] = {
    1: (1.0,),
    2: (_ROOT, _ROOT),
    3: (_ROOT, _ROOT, 1.0),
    4: (_ROOT, _ROOT, _HALF, _HALF),
    5: (_ROOT, _ROOT, 1.0, _HALF, _HALF),
    6: (_ROOT, _ROOT, 1.0, 0.0, _HALF, _HALF),
    7: (_ROOT, _ROOT, 1.0, 0.0, _HALF, _HALF, _HALF),
    8: (_ROOT, _ROOT, 1.0, 0.0, _HALF, _HALF, _HALF, _HALF),
}


class Taken(Struct, frozen=True, kw_only=True):
    """What is heard of a piece; ``is_cut`` where it sounds up to what is allowed, and would have gone on."""

    samples: Samples
    is_cut: bool


def take(path: Path, *, most_s: float) -> Taken:
    """The first ``most_s`` seconds of the music in ``path``, without silence before and after it.

    Raises: AudioError for a file that cannot be read, is silent, or has less than 0.2 s of sound.
    """
    rate = look_at(path).sample_rate
    # One sample more than is wanted shows whether the file would have gone on.
    mono = _from_first_sound(sound_blocks(path, most_s=_MOST_LEAD_S + most_s + 1), count=round(most_s * rate) + 1)
    if not len(mono):
        raise AudioError(
            f"nothing is heard in the first {_MOST_LEAD_S + most_s:.0f} s of it",
            cure="name another file; if this one sounds, its channels cancel each other out in mono: mix it anew",
            path=path,
        )
    resampled = mono if rate == MUSIC_RATE else soxr.resample(mono, rate, MUSIC_RATE)
    taken = taken_of(resampled, most_s=most_s)
    if len(taken.samples) < _SHORTEST_S * MUSIC_RATE:
        raise AudioError(
            f"it has {len(taken.samples) / MUSIC_RATE:.2f} s of sound, and {_SHORTEST_S} s is the least",
            cure="name a longer file",
            path=path,
        )
    return taken


def taken_of(samples: Samples, *, most_s: float) -> Taken:
    """The first ``most_s`` seconds of ``samples`` at the project's rate, without the silence at their end."""
    most = round(most_s * MUSIC_RATE)
    heard = samples[:most]
    sounding = np.flatnonzero(np.abs(heard) >= _SILENCE)
    end = int(sounding[-1]) + 1 if len(sounding) else 0
    is_cut = len(samples) > most and end > most - round(_REST_S * MUSIC_RATE)
    return Taken(samples=heard[:end].astype(np.float32), is_cut=is_cut)


def _from_first_sound(blocks: Iterator[Block], *, count: int) -> Samples:
    """``count`` samples in one channel from the first that is heard, or as many as there are."""
    kept: list[Samples] = []
    missing = count
    for block in blocks:
        mono = _mono(block)
        if not kept:
            sounding = np.flatnonzero(np.abs(mono) >= _SILENCE)
            mono = mono[sounding[0] :] if len(sounding) else mono[:0]
        if len(mono):
            kept.append(mono[:missing])
            missing -= len(kept[-1])
        if not missing:
            break
    return np.concatenate(kept) if kept else np.zeros(0, dtype=np.float32)


def _mono(block: Block) -> Samples:
    channels = block.shape[1]
    weights = _WEIGHTS.get(channels, (1 / channels,) * channels)
    mono = np.zeros(len(block), dtype=np.float32)
    for channel, weight in enumerate(weights):
        mono += block[:, channel] * np.float32(weight)
    return mono
