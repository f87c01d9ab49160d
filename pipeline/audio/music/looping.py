"""Floor 3, inside audio: music for a bed -> one turn of a loop, and that laid end to end as long as it is wanted.

The turn begins and ends where the wave rises through zero, at two places that are as like each other as can be found,
and its last moment melts into what stood before its first: what follows the last sample is what followed there.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pipeline.audio.loudness import Samples
from pipeline.audio.music.levelling import with_fades
from pipeline.audio.music.rate import MUSIC_RATE

_FADE_IN_S = 0.5
_FADE_OUT_S = 1.5

#: How long the joint is, how far from the end it is searched, and how much of the sound is compared around it.
_JOINT_S = 0.06
_SEARCHED_S = 2.0
_COMPARED_S = 0.05

#: Music that is faded at its ends would dip once a turn: what is this far below its usual level is left out there.
_WINDOW_S = 0.4
_DIP_DB = -6.0


def looped(samples: Samples, length: int) -> Samples:
    """``length`` samples of a bed whose turn is ``samples``, faded in over 0.5 s and out over 1.5 s.

    Where it is shorter than both, they share what there is.
    """
    scale = min(1.0, length / MUSIC_RATE / (_FADE_IN_S + _FADE_OUT_S))
    bed: Samples = np.resize(samples, length)
    return with_fades(bed, in_s=_FADE_IN_S * scale, out_s=_FADE_OUT_S * scale)


def loop_body(samples: Samples) -> Samples:
    """One turn of a loop, from most of ``samples``: its end leads into its beginning."""
    steady = _steady(samples)
    joint = min(round(_JOINT_S * MUSIC_RATE), len(steady) // 8)
    start = _first_rise(steady, joint)
    end, likeness = _likest_rise(steady, start, joint=joint)
    body = steady[start:end].copy()
    body[-joint:] = _melted(body[-joint:], steady[start - joint : start], likeness=likeness)
    return body


def _steady(samples: Samples) -> Samples:
    """Without the rise and the fall at its ends, if it has such; never less than half of it."""
    window = round(_WINDOW_S * MUSIC_RATE)
    count = len(samples) // window
    if count < 4:
        return samples
    power = np.square(samples[: count * window], dtype=np.float64).reshape(count, window).mean(axis=1)
    usual = np.flatnonzero(power >= np.median(power) * 10 ** (_DIP_DB / 10))
    first, last = min(usual[0], count // 4), max(usual[-1], count - 1 - count // 4)
    return samples[first * window : len(samples) if last == count - 1 else (last + 1) * window]


def _rises(samples: Samples) -> np.ndarray:
    """Where the wave has just risen through zero."""
    return np.flatnonzero((samples[:-1] < 0) & (samples[1:] >= 0)) + 1


def _first_rise(samples: Samples, joint: int) -> int:
    """The first one behind the joint; right behind it, if there is none near."""
    rises = _rises(samples[joint : 2 * joint])
    return joint + (int(rises[0]) if len(rises) else 0)


def _likest_rise(samples: Samples, start: int, *, joint: int) -> tuple[int, float]:
    """Where near the end the wave rises as it does at ``start``, and how alike the two are (-1 to 1)."""
    half = min(round(_COMPARED_S * MUSIC_RATE) // 2, joint)
    searched = min(round(_SEARCHED_S * MUSIC_RATE), len(samples) // 4)
    begin = len(samples) - searched
    rises = begin + _rises(samples[begin : len(samples) - half])
    if not len(rises):
        return len(samples), 0.0
    there = sliding_window_view(samples, 2 * half)[rises - half].astype(np.float64)
    here = samples[start - half : start + half].astype(np.float64)
    likeness = there @ here / np.maximum(np.linalg.norm(there, axis=1) * np.linalg.norm(here), 1e-12)
    best = int(np.argmax(likeness))
    return int(rises[best]), float(likeness[best])


def _melted(end: Samples, before: Samples, *, likeness: float) -> Samples:
    """From ``end`` to ``before`` at even power, whether the two are alike (1) or strangers (0)."""
    rise = 0.5 - 0.5 * np.cos(np.pi * (np.arange(len(end)) + 1) / (len(end) + 1))
    fall = 1 - rise
    power = rise**2 + fall**2 + 2 * max(likeness, 0.0) * rise * fall
    return ((end * fall + before * rise) / np.sqrt(power)).astype(np.float32)
