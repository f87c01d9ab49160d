"""A look-ahead true-peak limiter for one clip: turns down smoothly around each peak, and nowhere else."""

import numpy as np

from pipeline.audio.loudness import Samples

#: The gain moves within this time on either side of a peak. Longer than the period of a low voice, so that it follows
#: the loudness of a syllable and not the single pulses of the vocal folds, which would sound rough.
_REACH_MS = 10


def limit(samples: Samples, peaks: Samples, *, ceiling: float, sample_rate: int) -> Samples:
    """``samples`` with no true peak above ``ceiling`` (a ratio to full scale); the same array if none was.

    ``peaks`` are the true peaks around each sample, as loudness.oversampled_peaks gives them.
    """
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    if needed.size == 0 or needed.min() >= 1.0:
        return samples
    reach = sample_rate * _REACH_MS // 1000
    gain = _smooth(_smooth(_lowest_around(needed, reach), reach), reach)
    return (samples * gain).astype(np.float32)


def _lowest_around(values: Samples, reach: int) -> Samples:
    """For each place the lowest value within ``reach`` of it (van Herk's method: three steps a value)."""
    width = 2 * reach + 1
    count = len(values)
    filling = -(count + 2 * reach) % width
    blocks = np.pad(values, (reach, reach + filling), constant_values=1.0).reshape(-1, width)
    forward = np.minimum.accumulate(blocks, axis=1).ravel()
    backward = np.minimum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.minimum(backward[:count], forward[width - 1 : width - 1 + count])


def _smooth(values: Samples, reach: int) -> Samples:
    """The mean within half of ``reach``. Two of these stay within ``reach``, so no mean rises above its peak's need."""
    half = reach // 2
    padded = np.pad(values.astype(np.float64), (half + 1, half), mode="edge")
    total = np.cumsum(padded)
    means: Samples = ((total[2 * half + 1 :] - total[: -2 * half - 1]) / (2 * half + 1)).astype(np.float32)
    return means
