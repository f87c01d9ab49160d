"""What happens to one clip on its way into the Master: project rate, gain, limiter, and what a meter reads of it."""

import numpy as np
import soxr
from msgspec import Struct

from pipeline.audio.limiter import limit
from pipeline.audio.loudness import Samples, k_weighted, oversampled_peaks
from pipeline.model import Clip


class Mastered(Struct, frozen=True, kw_only=True):
    """A clip ready to be encoded, and its share in the Loudness before and after.

    ``samples`` are float32 with full scale at 1.0; ``weighted_*`` the K-weighted samples, ``peak_*`` true peaks.
    """

    samples: Samples
    weighted_before: Samples
    weighted_after: Samples
    peak_before: float
    peak_after: float


class Levels(Struct, frozen=True, kw_only=True):
    """What is done to every clip: ``gain`` and ``ceiling`` are ratios of amplitude."""

    sample_rate: int
    gain: float
    ceiling: float


def master_clip(clip: Clip, levels: Levels, *, length: int) -> Mastered:
    """``clip`` at the project's rate in exactly ``length`` samples, at its level, under the ceiling."""
    raw = _at_rate(clip, levels.sample_rate, length=length)
    gain = np.float32(levels.gain)
    peaks, louder = oversampled_peaks(raw), raw * gain
    samples = limit(louder, peaks * gain, ceiling=levels.ceiling, sample_rate=levels.sample_rate)
    is_untouched = samples is louder
    weighted = k_weighted(raw, levels.sample_rate)
    return Mastered(
        samples=samples,
        weighted_before=weighted,
        weighted_after=weighted * gain if is_untouched else k_weighted(samples, levels.sample_rate),
        peak_before=_highest(peaks),
        peak_after=_highest(peaks * gain if is_untouched else oversampled_peaks(samples)),
    )


def _at_rate(clip: Clip, sample_rate: int, *, length: int) -> Samples:
    """Resampled once, in one go; the resampler's length may be one off the Timeline's, and that one is silence."""
    samples = np.frombuffer(clip.pcm, dtype="<i2").astype(np.float32) / np.float32(32768)
    if clip.sample_rate != sample_rate:
        samples = soxr.resample(samples, clip.sample_rate, sample_rate)
    samples = samples[:length]
    return np.pad(samples, (0, length - len(samples)))


def _highest(peaks: Samples) -> float:
    return float(peaks.max(initial=0.0))
