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


class Prepared(Struct, frozen=True, kw_only=True):
    """A clip at the project's rate, before its gain: ``samples``, and the true ``peaks`` around each of them."""

    samples: Samples
    peaks: Samples


class Levels(Struct, frozen=True, kw_only=True):
    """What is done to every clip: ``gain`` and ``ceiling`` are ratios of amplitude."""

    sample_rate: int
    gain: float
    ceiling: float


def prepare_clip(clip: Clip, sample_rate: int, *, length: int) -> Prepared:
    """``clip`` at ``sample_rate`` in exactly ``length`` samples."""
    samples = _at_rate(clip, sample_rate, length=length)
    return Prepared(samples=samples, peaks=oversampled_peaks(samples))


def level_clip(prepared: Prepared, levels: Levels) -> Samples:
    """The samples of ``prepared`` at their level, under the ceiling."""
    gain = np.float32(levels.gain)
    return limit(prepared.samples * gain, prepared.peaks * gain, ceiling=levels.ceiling, sample_rate=levels.sample_rate)


def master_clip(clip: Clip, levels: Levels, *, length: int) -> Mastered:
    """``clip`` at the project's rate in exactly ``length`` samples, at its level, under the ceiling."""
    prepared = prepare_clip(clip, levels.sample_rate, length=length)
    samples = level_clip(prepared, levels)
    return Mastered(
        samples=samples,
        weighted_before=k_weighted(prepared.samples, levels.sample_rate),
        weighted_after=k_weighted(samples, levels.sample_rate),
        peak_before=_highest(prepared.peaks),
        peak_after=_highest(oversampled_peaks(samples)),
    )


def _at_rate(clip: Clip, sample_rate: int, *, length: int) -> Samples:
    """Resampled once, in one go; the resampler's length may be one off the Timeline's, and that one is silence."""
    samples = np.frombuffer(clip.pcm, dtype="<i2").astype(np.float32) / np.float32(32768)
    if clip.sample_rate != sample_rate:
        samples = soxr.resample(samples, clip.sample_rate, sample_rate)
    samples = samples[:length]
    return np.pad(samples, (0, length - len(samples)))


def _highest(peaks: Samples) -> float:
    return float(np.max(peaks)) if len(peaks) else 0.0
