"""A look-ahead true-peak limiter for a whole piece: turns down smoothly around each peak, and nowhere else.

The gain is worked out for one place in 32 samples and drawn in straight lines between them. It has been smoothed over
some twenty of those before, so the corners are far below what can be heard, and a thirtieth of the work remains.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.audio.loudness import PEAK_SPAN, Samples, span_peaks
from pipeline.errors import AudioError

Curve = NDArray[np.floating]

#: The gain moves within this time on either side of a peak. Longer than the period of a low voice, so that it follows
#: the loudness of a syllable and not the single pulses of the vocal folds, which would sound rough.
_REACH_MS = 10


def limit(samples: Samples, *, ceiling: float, sample_rate: int) -> Samples:
    """``samples`` with no true peak above ``ceiling`` (a ratio to full scale); the same array if none was.

    Raises:
        AudioError: a sample is not a number, or infinite.
    """
    _require_numbers(samples)
    peaks = span_peaks(samples, above=ceiling)
    if peaks.max(initial=0.0) <= ceiling:
        return samples
    return _turned_down(samples, _gain(ceiling / np.maximum(peaks, ceiling), sample_rate * _REACH_MS // 1000))


def _require_numbers(samples: Samples) -> None:
    # The extremes of an array show whether all of it is finite, and are found in no time.
    if not np.isfinite((samples.max(initial=0.0), samples.min(initial=0.0))).all():
        broken = np.flatnonzero(~np.isfinite(samples))
        raise AudioError(
            f"{len(broken)} of {len(samples)} samples are not a number or infinite, the first is number {broken[0]}",
            cure="the engine or the music file gives broken sound: choose another voice or file, or report it",
        )


def _gain(needed: Curve, reach: int) -> Samples:
    """The gain at the start of each span and behind the last: nowhere more than a span needs that begins or ends there.

    A need holds for ``reach`` samples around it, and means are taken over no more than that: none rises above it.
    """
    width = max(reach // PEAK_SPAN - 1, 1) // 2 * 2 + 1
    around = np.pad(needed, 2 * width - 1, constant_values=1.0)
    return _mean(_mean(_lowest(around, 2 * width), width), width).astype(np.float32)


def _lowest(values: Curve, width: int) -> Curve:
    """The lowest of each ``width`` neighbours, from those of half as many."""
    reach = 1
    while 2 * reach <= width:
        values = np.minimum(values[:-reach], values[reach:])
        reach *= 2
    return np.minimum(values[: len(values) + reach - width], values[width - reach :])


def _mean(values: Curve, width: int) -> Curve:
    """The mean of each ``width`` neighbours."""
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return (total[width:] - total[:-width]) / width


def _turned_down(samples: Samples, gain: Samples) -> Samples:
    turned = np.pad(samples, (0, -len(samples) % PEAK_SPAN))
    spans = turned.reshape(-1, PEAK_SPAN)
    active = np.flatnonzero(np.minimum(gain[:-1], gain[1:]) < 1)
    begin, end = gain[active, None], gain[active + 1, None]
    spans[active] *= begin + (end - begin) * (np.arange(PEAK_SPAN, dtype=np.float32) / PEAK_SPAN)
    return turned[: len(samples)]
