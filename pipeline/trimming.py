"""Floor 3, between the engine and the store: the silence that engines put before and after what they say is cut off.

The pauses of the show are the host's, in milliseconds, and a cue begins where its sound begins; neither would hold
with the engines' own silence in between (espeak-ng: 40 ms before a plosive, 120 ms before a quotation mark).
"""

import numpy as np
from msgspec.structs import replace

from pipeline.errors import EngineError
from pipeline.model import Clip, Mark

#: A frame counts as sound from this far below the loudest one; an "f" or an "h" begins about 40 dB below a vowel.
_RANGE_DB = 50.0
#: Nothing below this is sound, however soft the whole clip is: the noise of 11 bits.
_FLOOR_DBFS = -66.0
_FRAME_S = 0.005
#: What stays before the first and after the last frame of sound, so that no breath of it is lost.
_KEPT_BEFORE_S, _KEPT_AFTER_S = 0.005, 0.03


def trimmed(clip: Clip) -> Clip:
    """``clip`` from where its sound begins to where it ends, its marks moved along; no samples where all is silence.

    Raises: EngineError for sound that is no whole number of samples.
    """
    if len(clip.pcm) % 2:
        raise EngineError(
            f"{len(clip.pcm)} bytes came back, and a sample has two", cure="try again, or update the engine"
        )
    first, last = _sounding(clip)
    marks = tuple(_moved(mark, first=first, length=last - first) for mark in clip.marks)
    return replace(clip, pcm=clip.pcm[2 * first : 2 * last], marks=marks)


def _sounding(clip: Clip) -> tuple[int, int]:
    """The first sample to keep, and the first not to keep any more."""
    samples = np.frombuffer(clip.pcm, dtype="<i2")
    size = max(1, round(clip.sample_rate * _FRAME_S))
    starts = np.arange(0, len(samples), size)
    if not len(starts):
        return 0, 0
    # int64 first: the square of a full-scale sample does not fit into what it came in.
    powers = np.add.reduceat(samples.astype(np.int64) ** 2, starts) / size
    least = max(powers.max() * 10 ** (-_RANGE_DB / 10), (32768 * 10 ** (_FLOOR_DBFS / 20)) ** 2)
    loud = np.flatnonzero(powers >= least)
    if not len(loud):
        return 0, 0
    before, after = (round(clip.sample_rate * kept) for kept in (_KEPT_BEFORE_S, _KEPT_AFTER_S))
    return max(0, int(loud[0]) * size - before), min(len(samples), (int(loud[-1]) + 1) * size + after)


def _moved(mark: Mark, *, first: int, length: int) -> Mark:
    start, end = (min(max(sample - first, 0), length) for sample in (mark.sample_start, mark.sample_end))
    return replace(mark, sample_start=start, sample_end=end)
