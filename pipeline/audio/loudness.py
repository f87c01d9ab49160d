"""Loudness of an arrangement as a sum over its pieces, without a second pass over the sound.

K-weighting is linear and silence is silent, so the energies of each piece, weighted alone, add up to those of the
whole exactly. They are kept in blocks of 13 ms, small enough for any meter's window and 300 bytes a second.
Source: ITU-R BS.1770-4 (integrated loudness, true peak), EBU Tech 3342 (loudness range).

Filters run as matrices over rows of samples: that is several times as fast as a Fourier transform. The matrices are
small on purpose: BLAS multiplies such in the calling thread, so that work done in threads stays apart.
"""

import math
from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from pipeline.model import Loudness

Samples = NDArray[np.float32]
Matrix = NDArray[np.float64]

#: What a meter shows for silence: BS.1770's absolute gate.
SILENCE_LUFS = -70.0

#: Energies are sums over so many samples at 44.1 kHz: half a frame of MP3.
BLOCK = 576

#: True peaks are looked for in spans of so many samples.
PEAK_SPAN = 32

_RATE = 44100  # of the blocks
_STANDARD_RATE = 48000  # of the coefficients printed in BS.1770-4
_STEP = _RATE // 10  # windows of a meter start every 100 ms
_GATING_STEPS = 4  # 400 ms
_SHORT_TERM_STEPS = 30  # 3 s
_OFFSET_LU = -0.691  # BS.1770-4, formula 2
_RING_MS = 150  # after this the high-pass has rung out to below -200 dB

_ROW = 64  # samples that one product with a matrix filters
_ROWS_AT_ONCE = 1024  # what fits in a processor's cache
_STACK = 32  # rows in one product
_SETTLED_ROWS = 128  # 8192 samples: whatever the filter remembered is gone

_OVERSAMPLING = 4
_TAPS_ASIDE = 16
_KAISER = 6.0  # exact to 0.01 dB below 0.9 of half the rate
_NEAR = 0.6  # a true peak has a sample of at least this share of it close by, in white noise too


def block_energies(samples: Samples, sample_rate: int) -> NDArray[np.float32]:
    """Sums of squares of the K-weighted ``samples`` in blocks of 576 samples at 44.1 kHz, ring-out of 150 ms included.

    At another ``sample_rate`` the blocks are as long in time, and the sums are what they would be at 44.1 kHz, so that
    a Meter takes both; at 22.05 kHz they cost half.
    """
    total = np.concatenate(([0.0], np.cumsum(_row_energies(samples, sample_rate))))
    rows_a_block = BLOCK * sample_rate / (_RATE * _ROW)
    count = math.ceil((len(total) - 1) / rows_a_block)
    sums = np.diff(np.interp(np.arange(count + 1) * rows_a_block, np.arange(len(total)), total))
    return np.asarray(sums * (_RATE / sample_rate), np.float32)


def true_peak(samples: Samples) -> float:
    """The highest level of the wave through ``samples``, as a ratio to full scale (BS.1770-4, annex 2)."""
    highest = float(max(np.max(samples), -np.min(samples))) if len(samples) else 0.0
    return float(span_peaks(samples, above=highest).max(initial=highest))


def span_peaks(samples: Samples, *, above: float) -> Samples:
    """For each 32 ``samples``, the last ones filled up, the highest level from the first to the next span's first.

    Levels of at most ``above`` may be given as those of the samples alone: between samples is looked only where
    something higher can be.
    """
    if not len(samples):
        return samples.copy()
    padded = np.pad(samples, (_TAPS_ASIDE - 1, _TAPS_ASIDE + -len(samples) % PEAK_SPAN))
    peaks, nearby = _highest_samples(padded[_TAPS_ASIDE - 1 : -_TAPS_ASIDE])
    spans = np.flatnonzero(nearby > _NEAR * above)
    windows = sliding_window_view(padded, PEAK_SPAN + 2 * _TAPS_ASIDE - 1)[::PEAK_SPAN]
    for first in range(0, len(spans), _ROWS_AT_ONCE):
        chosen = spans[first : first + _ROWS_AT_ONCE]
        between = np.abs(_filter_rows(windows[chosen], _interpolator()))
        peaks[chosen] = np.maximum(peaks[chosen], between.max(axis=1))
    return peaks


def decibels(ratio: float) -> float:
    """A ratio of amplitudes in dB; no less than -120, so that silence has a number."""
    return 20 * math.log10(max(ratio, 1e-6))


class Meter:
    """Adds up pieces that lie on one timeline, in any order, and reads their Loudness. Keeps 80 bytes a second."""

    def __init__(self, length: int, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self._energy = np.zeros(length * 10 // sample_rate)
        self._peak = 0.0

    def add(self, energies: NDArray[np.float32], *, start: int, peak: float) -> None:
        """Take in one piece: its block energies, where the first block starts, and its true peak as a ratio.

        ``start`` is a sample of the timeline. Between the borders of blocks energy is taken to be even.
        """
        self._peak = max(self._peak, peak)
        total = np.concatenate(([0.0], np.cumsum(energies, dtype=np.float64)))
        begin = start * _RATE / self._sample_rate
        first = int(begin // _STEP)
        last = min(math.ceil((begin + len(energies) * BLOCK) / _STEP), len(self._energy))
        if last > first:
            marks = (np.arange(first, last + 1) * _STEP - begin) / BLOCK
            self._energy[first:last] += np.diff(np.interp(marks, np.arange(len(total)), total))

    def read(self) -> Loudness:
        """The Loudness of all that was added; SILENCE_LUFS where nothing is above the gate."""
        return Loudness(
            integrated_lufs=self._integrated(),
            true_peak_dbtp=decibels(self._peak),
            range_lu=self._range(),
        )

    def _integrated(self) -> float:
        loud = _above(self._means(_GATING_STEPS), SILENCE_LUFS)
        if not len(loud):
            return SILENCE_LUFS
        return _lufs(float(_above(loud, _lufs(float(loud.mean())) - 10).mean()))

    def _range(self) -> float:
        loud = _above(self._means(_SHORT_TERM_STEPS), SILENCE_LUFS)
        if not len(loud):
            return 0.0
        low, high = np.percentile(_above(loud, _lufs(float(loud.mean())) - 20), (10, 95))
        return _lufs(float(high)) - _lufs(float(low))

    def _means(self, steps: int) -> Matrix:
        """Mean square of every window of ``steps`` steps that is complete."""
        total = np.concatenate(([0.0], np.cumsum(self._energy)))
        return (total[steps:] - total[:-steps]) / (steps * _STEP)


def _above(mean_squares: Matrix, gate_lufs: float) -> Matrix:
    return mean_squares[mean_squares > 10 ** ((gate_lufs - _OFFSET_LU) / 10)]


def _lufs(mean_square: float) -> float:
    return _OFFSET_LU + 10 * math.log10(mean_square)


class _KFilter(Struct, frozen=True, kw_only=True):
    """The K filter over rows of 64 samples.

    ``within`` gives what a row's own samples do to it (64 columns) and to the filter's state (4 more); ``onward`` what
    a state does to the row after it, and ``fading`` what becomes of it by the next row.
    """

    within: Samples
    onward: Samples
    fading: Matrix


def _row_energies(samples: Samples, sample_rate: int) -> Matrix:
    """Sums of squares of K-weighted rows, in flat memory."""
    count = -(-(len(samples) + sample_rate * _RING_MS // 1000) // _ROW)
    k_filter = _k_filter(sample_rate)
    energies = np.empty(count)
    state = np.zeros(len(k_filter.fading))
    for first in range(0, count, _ROWS_AT_ONCE):
        size = min(_ROWS_AT_ONCE, count - first)
        chunk = samples[first * _ROW : (first + size) * _ROW]
        rows = np.pad(chunk, (0, size * _ROW - len(chunk))).reshape(size, _ROW)
        filtered = _filter_rows(rows, k_filter.within)
        states = _states(state, filtered[:, _ROW:], fading=k_filter.fading)
        weighted = filtered[:, :_ROW]
        weighted += _filter_rows(states[:-1].astype(np.float32), k_filter.onward)
        energies[first : first + size] = np.vecdot(weighted, weighted)
        state = states[-1]
    return energies


def _states(before: Matrix, given: Samples, *, fading: Matrix) -> Matrix:
    """The filter's state before each row and after the last, where each row adds ``given`` to what was ``before``.

    Each turn adds what came from twice as far back, until the filter has forgotten it.
    """
    states: Matrix = np.concatenate((before[None], given), dtype=np.float64)
    distance = 1
    while distance < min(len(states), _SETTLED_ROWS):
        states[distance:] += states[:-distance] @ fading
        fading = fading @ fading
        distance *= 2
    return states


def _filter_rows(rows: Samples, matrix: Samples) -> Samples:
    """``rows @ matrix``, in stacks so small that BLAS starts no threads of its own for them."""
    filling = -len(rows) % _STACK
    stacks = np.pad(rows, ((0, filling), (0, 0))) if filling else rows
    product: Samples = stacks.reshape(-1, _STACK, rows.shape[1]) @ matrix
    return product.reshape(-1, matrix.shape[1])[: len(rows)]


@lru_cache(maxsize=16)
def _k_filter(sample_rate: int) -> _KFilter:
    """Both stages as one filter of order four, in coordinates in which float32 is precise.

    A state is measured by the sound it would still make: with a pole so near to 1 plain delays are a hundred times
    as large as what becomes of them.
    """
    (b1, a1), (b2, a2) = _shelf(sample_rate), _high_pass(sample_rate)
    b, a = np.convolve(b1, b2), np.convolve(a1, a2)
    step, taken = np.eye(4, k=1), b[1:] - a[1:] * b[0]
    step[:, 0] -= a[1:]
    heard, leap = np.eye(1, 4), step
    while len(heard) < _SETTLED_ROWS * _ROW:
        heard, leap = np.concatenate((heard, heard @ leap)), leap @ leap
    _, sizes, axes = np.linalg.svd(heard, full_matrices=False)
    into, back = sizes[:, None] * axes, axes.T / sizes
    onward = heard[:_ROW] @ back
    given = _given(into @ step @ back, into @ taken)
    answer = np.concatenate(([b[0]], onward[:-1] @ into @ taken))
    return _KFilter(
        within=np.hstack((_shifted(answer), given)).astype(np.float32),
        onward=onward.T.astype(np.float32),
        fading=np.linalg.matrix_power(into @ step @ back, _ROW).T,
    )


def _given(step: Matrix, taken: Matrix) -> Matrix:
    """For each sample of a row what it adds to the state behind the row."""
    given = [taken]
    while len(given) < _ROW:
        given.append(step @ given[-1])
    return np.array(given[::-1])


def _shifted(answer: Matrix) -> Matrix:
    """A matrix whose row n is ``answer`` from place n on: what each sample of a row does to it."""
    lag = np.arange(_ROW)[None] - np.arange(_ROW)[:, None]
    return np.where(lag >= 0, answer[lag], 0.0)


def _highest_samples(samples: Samples) -> tuple[Samples, Samples]:
    """For each span of ``samples`` its highest level, and that of the span and two samples on either side of it."""
    levels = np.abs(samples)
    highest = np.maximum.reduceat(levels, np.arange(0, len(levels), PEAK_SPAN))
    spans = levels.reshape(-1, PEAK_SPAN)
    nearby = highest.copy()
    np.maximum(nearby[:-1], np.maximum(spans[1:, 0], spans[1:, 1]), out=nearby[:-1])
    np.maximum(nearby[1:], np.maximum(spans[:-1, -1], spans[:-1, -2]), out=nearby[1:])
    return highest, nearby


@lru_cache(maxsize=1)
def _interpolator() -> Samples:
    """The matrix from a span and the samples around it to the wave at three places behind each of its samples."""
    places = np.arange(1, _OVERSAMPLING) / _OVERSAMPLING
    away = np.arange(1 - _TAPS_ASIDE, _TAPS_ASIDE + 1)[:, None] - places
    taps = np.sinc(away) * np.i0(_KAISER * np.sqrt(1 - (away / _TAPS_ASIDE) ** 2))
    taps /= taps.sum(axis=0)
    matrix = np.zeros((PEAK_SPAN + 2 * _TAPS_ASIDE - 1, PEAK_SPAN, len(places)))
    for place in range(PEAK_SPAN):
        matrix[place : place + len(taps), place] = taps
    return matrix.reshape(len(matrix), -1).astype(np.float32)


Coefficients = tuple[NDArray[np.float64], NDArray[np.float64]]


def _shelf(sample_rate: int) -> Coefficients:
    """The first stage: a high shelf of about +4 dB, from its analogue prototype, so that every rate is right."""
    frequency, gain_db, quality = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k = math.tan(math.pi * frequency / sample_rate)
    high = 10 ** (gain_db / 20)
    band = high**0.4996667741545416
    numerator = np.array([high + band * k / quality + k * k, 2 * (k * k - high), high - band * k / quality + k * k])
    denominator = np.array([1 + k / quality + k * k, 2 * (k * k - 1), 1 - k / quality + k * k])
    return numerator / denominator[0], denominator / denominator[0]


def _high_pass(sample_rate: int) -> Coefficients:
    """The second stage: a high-pass at 38 Hz. What it leaves of high tones is at every rate what it is at 48 kHz."""
    quality = 0.5003270373238773

    def warped(rate: int) -> float:
        return math.tan(math.pi * 38.13547087602444 / rate)

    k = warped(sample_rate)
    whole = 1 + k / quality + k * k
    # The standard's table for 48 kHz leaves the numerator at 1, -2, 1 and is 0.04 dB too loud: so are we.
    level = (1 + warped(_STANDARD_RATE) / quality + warped(_STANDARD_RATE) ** 2) / whole
    denominator = np.array([1.0, 2 * (k * k - 1) / whole, (1 - k / quality + k * k) / whole])
    return level * np.array([1.0, -2.0, 1.0]), denominator
