"""Loudness of an arrangement as a sum over its clips, without a second pass over the sound.

K-weighting is linear and silence is silent, so the energy of each clip, weighted alone, adds up to the energy of the
whole exactly. Source: ITU-R BS.1770-4 (integrated loudness, true peak), EBU Tech 3342 (loudness range).
"""

import math
from functools import lru_cache

import numpy as np
import soxr
from numpy.typing import NDArray

from pipeline.model import Loudness

Samples = NDArray[np.float32]

#: What a meter shows for silence: BS.1770's absolute gate.
SILENCE_LUFS = -70.0

_BLOCK_STEPS = 4  # 400 ms gating blocks every 100 ms
_SHORT_TERM_STEPS = 30  # 3 s windows every 100 ms
_OVERSAMPLING = 4
_OFFSET_LU = -0.691  # BS.1770-4, formula 2
_RING_MS = 150  # after this the high-pass has rung out to below -200 dB
_FFT_STEP = 65536  # transforms are a multiple of this long: fast sizes, and few responses to keep


def k_weighted(samples: Samples, sample_rate: int) -> Samples:
    """``samples`` through the K filter, with 150 ms more at the end in which it rings out."""
    length = len(samples) + sample_rate * _RING_MS // 1000
    size = -(-length // _FFT_STEP) * _FFT_STEP
    spectrum = np.fft.rfft(samples, size) * _k_response(size, sample_rate)
    return np.fft.irfft(spectrum, size)[:length].astype(np.float32)


def oversampled_peaks(samples: Samples) -> Samples:
    """For each sample the highest level between it and the next, at four times the rate (BS.1770-4, annex 2)."""
    dense = np.abs(soxr.resample(samples, 1, _OVERSAMPLING)[: len(samples) * _OVERSAMPLING])
    dense = np.pad(dense, (0, len(samples) * _OVERSAMPLING - len(dense)))
    # The resampler rounds off what lies near half the rate; the sample itself is heard all the same. Phase by phase
    # is ten times as fast as a maximum over rows of four.
    peaks = np.abs(samples)
    for phase in range(_OVERSAMPLING):
        np.maximum(peaks, dense[phase::_OVERSAMPLING], out=peaks)
    return peaks


def decibels(ratio: float) -> float:
    """A ratio of amplitudes in dB; no less than -120, so that silence has a number."""
    return 20 * math.log10(max(ratio, 1e-6))


class Meter:
    """Adds up clips that lie on one timeline, in any order, and reads their Loudness."""

    def __init__(self, length: int, sample_rate: int) -> None:
        self._step = sample_rate // 10
        self._whole_steps = length // self._step
        self._energy = np.zeros(self._whole_steps + sample_rate // self._step)
        self._peak = 0.0

    def add(self, weighted: Samples, *, start: int, peak: float) -> None:
        """Take in one clip: its K-weighted samples, where it starts, and its true peak as a ratio to full scale."""
        squares = weighted.astype(np.float64) ** 2
        first = start // self._step
        borders = np.arange((first + 1) * self._step - start, len(squares), self._step)
        sums = np.add.reduceat(squares, np.concatenate(([0], borders))) if len(squares) else np.zeros(0)
        room = len(self._energy) - first
        self._energy[first : first + len(sums)] += sums[:room]
        self._peak = max(self._peak, peak)

    def read(self) -> Loudness:
        """The Loudness of all that was added; SILENCE_LUFS where nothing is above the gate."""
        return Loudness(
            integrated_lufs=self._integrated(),
            true_peak_dbtp=decibels(self._peak),
            range_lu=self._range(),
        )

    def _integrated(self) -> float:
        blocks = self._means(_BLOCK_STEPS)
        loud = _above(blocks, SILENCE_LUFS)
        if not len(loud):
            return SILENCE_LUFS
        return _lufs(float(_above(loud, _lufs(float(loud.mean())) - 10).mean()))

    def _range(self) -> float:
        loud = _above(self._means(_SHORT_TERM_STEPS), SILENCE_LUFS)
        if not len(loud):
            return 0.0
        low, high = np.percentile(_above(loud, _lufs(float(loud.mean())) - 20), (10, 95))
        return _lufs(float(high)) - _lufs(float(low))

    def _means(self, steps: int) -> NDArray[np.float64]:
        """Mean square of every window of ``steps`` steps that is complete."""
        total = np.concatenate(([0.0], np.cumsum(self._energy[: self._whole_steps])))
        sums: NDArray[np.float64] = total[steps:] - total[:-steps]
        return sums / (steps * self._step)


def _above(mean_squares: NDArray[np.float64], gate_lufs: float) -> NDArray[np.float64]:
    return mean_squares[mean_squares > 10 ** ((gate_lufs - _OFFSET_LU) / 10)]


def _lufs(mean_square: float) -> float:
    return _OFFSET_LU + 10 * math.log10(mean_square)


@lru_cache(maxsize=16)
def _k_response(size: int, sample_rate: int) -> NDArray[np.complex64]:
    """The K filter's frequency response on the grid of a real transform of ``size``."""
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    response = np.ones(len(delay), dtype=np.complex128)
    for numerator, denominator in (_shelf(sample_rate), _high_pass(sample_rate)):
        response *= np.polyval(numerator[::-1], delay) / np.polyval(denominator[::-1], delay)
    return response.astype(np.complex64)


Coefficients = tuple[NDArray[np.float64], NDArray[np.float64]]


def _shelf(sample_rate: int) -> Coefficients:
    """The first stage: a high shelf of about +4 dB, from its analogue prototype, so that every rate is right."""
    frequency, gain_db, quality = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k = math.tan(math.pi * frequency / sample_rate)
    high = 10 ** (gain_db / 20)
    band = high**0.4996667741545416
    numerator = np.array([high + band * k / quality + k * k, 2 * (k * k - high), high - band * k / quality + k * k])
    denominator = np.array([1 + k / quality + k * k, 2 * (k * k - 1), 1 - k / quality + k * k])
    return numerator, denominator


def _high_pass(sample_rate: int) -> Coefficients:
    """The second stage: a high-pass at 38 Hz. The standard leaves its numerator at 1, -2, 1."""
    frequency, quality = 38.13547087602444, 0.5003270373238773
    k = math.tan(math.pi * frequency / sample_rate)
    whole = 1 + k / quality + k * k
    denominator = np.array([1.0, 2 * (k * k - 1) / whole, (1 - k / quality + k * k) / whole])
    return np.array([1.0, -2.0, 1.0]), denominator
