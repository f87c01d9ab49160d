"""Floor 3, inside audio: what is heard of a piece of music -> the same, faded, and as loud as it is wanted."""

import math

import numpy as np

from pipeline.audio.limiter import limit
from pipeline.audio.loudness import SILENCE_LUFS, Meter, Samples, block_energies, true_peak
from pipeline.audio.music.rate import MUSIC_RATE
from pipeline.audio.music.taking import Taken

_FADE_IN_S = 0.005  # no click, and a drum is still one

#: Where music goes on, or breaks off, it is faded over a quarter of what is heard; where it ends by itself, that is
#: its own fade, and a little more takes care of the last sample.
_FADE_OUT_SHARE = 0.25
_MOST_FADE_OUT_S = 2.0
_OWN_END_S = 0.1
_OWN_END_DB = -20.0

#: Music keeps so far below full scale, as it may be heard beside the voice. Of a loud moment this much is taken off by
#: the limiter; more would be heard, so that the whole is left softer.
_CEILING = 10 ** (-3 / 20)
_MOST_LIMITED = 10 ** (6 / 20)

_BLOCK_S = 0.4


def faded(taken: Taken) -> Samples:
    """Its samples from silence to silence: a short rise, and a longer fall where they do not end by themselves."""
    samples = taken.samples
    share_s = len(samples) * _FADE_OUT_SHARE / MUSIC_RATE
    is_ended = not taken.is_cut and _ends_by_itself(samples)
    out_s = min(share_s, _OWN_END_S if is_ended else _MOST_FADE_OUT_S)
    return with_fades(samples, in_s=min(share_s, _FADE_IN_S), out_s=out_s)


def with_fades(samples: Samples, *, in_s: float, out_s: float) -> Samples:
    """``samples`` with a rise and a fall, each half a cosine; the first sample and the last are 0."""
    shaped = samples.copy()
    rise, fall = _rise(round(in_s * MUSIC_RATE)), _rise(round(out_s * MUSIC_RATE))
    shaped[: len(rise)] *= rise
    shaped[len(shaped) - len(fall) :] *= fall[::-1]
    return shaped


def at_level(samples: Samples, *, loudness_lufs: float) -> Samples:
    """``samples`` with that integrated loudness, and no true peak above -3 dBTP.

    What is too short for a meter (400 ms), or below its gate, is levelled by the mean of all of it.
    """
    gain = 10 ** ((loudness_lufs - _lufs(samples)) / 20)
    gain = min(gain, _MOST_LIMITED * _CEILING / true_peak(samples))
    return limit(samples * np.float32(gain), ceiling=_CEILING, sample_rate=MUSIC_RATE)


def _lufs(samples: Samples) -> float:
    energies = block_energies(samples, MUSIC_RATE)
    meter = Meter(len(samples), MUSIC_RATE)
    meter.add(energies, start=0, peak=0.0)
    integrated = meter.read().integrated_lufs
    if integrated > SILENCE_LUFS:
        return integrated
    # Without gate; what is shorter than a meter's block is taken as if it were repeated.
    return -0.691 + 10 * math.log10(float(energies.sum(dtype=np.float64)) / len(samples))


def _ends_by_itself(samples: Samples) -> bool:
    """Whether its last tenth of a second is far below the whole."""
    end = samples[-round(_OWN_END_S * MUSIC_RATE) :]
    return _power(end) <= _power(samples) * 10 ** (_OWN_END_DB / 10)


def _power(samples: Samples) -> float:
    return float(np.mean(np.square(samples, dtype=np.float64)))


def _rise(count: int) -> Samples:
    """From 0 towards 1."""
    return (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(count, 1))).astype(np.float32)
