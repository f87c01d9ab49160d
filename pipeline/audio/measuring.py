"""Floor 3, inside the sound: what a stream of samples measures, in one pass and in flat memory.

It serves `audio-edition inspect` for anybody's file, so it knows nothing of Clips: any rate, any number of channels,
any length. It keeps 500 bytes a second, so 2 MB an hour.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.audio.loudness import PEAK_SPAN, Meter, Samples, block_energies, decibels, span_peaks
from pipeline.audio.reading import Block
from pipeline.errors import AudioError
from pipeline.model import Loudness

#: The same with one row a channel, in which NumPy finds what is highest in all channels ten times as fast.
Rows = NDArray[np.float32]

#: Below this, a ratio to full scale, a sample counts as silence: -60 dBFS.
SILENCE_PEAK = 1e-3

#: A window quieter than this is digital silence and says nothing of a room: -120 dBFS, as a mean square.
_DIGITAL_SILENCE = 1e-12

#: From here on a sample stands at full scale: the highest step of 16 bits.
_FULL_SCALE = 32767 / 32768

#: Two channels whose difference has less than this share of the energy of their sum hold the same: -40 dB. A codec
#: brings it up to -50 dB, and a room to -30 dB.
_SAME_IN_BOTH = 1e-4

_MOST_COLUMNS = 2400
_NOISE_PERCENTILE = 5

#: The length of a block, in units that come out whole at every common rate: a meter's energies, 10 ms and 50 ms.
_BLOCK_S = 6.4
_ENERGIES, _FRAMES, _FRAMES_A_WINDOW = 490, 640, 5

#: So much before a block is filtered with it, until the K filter has forgotten that it began in the midst of a sound.
_RUN_UP_S, _RUN_UP_ENERGIES = 0.64, 49

#: Samples of a block that are looked at again with the next, since a true peak needs its neighbours.
_SEAM = 4 * PEAK_SPAN

#: The K filter's shelf lies at 1.7 kHz, and below twice that there is nothing to filter.
_LOWEST_RATE = 4000

#: Weights of channels by their number, in the order of WAV and FLAC: left, right, centre, low, surround. Low is not
#: heard. Source: ITU-R BS.1770-4, table 3.
_SURROUND = 1.41
_WEIGHTS: dict[int, tuple[float, ...]] = {
    4: (1, 1, _SURROUND, _SURROUND),
    5: (1, 1, 1, _SURROUND, _SURROUND),
    6: (1, 1, 1, 0, _SURROUND, _SURROUND),
    7: (1, 1, 1, 0, _SURROUND, _SURROUND, _SURROUND),
    8: (1, 1, 1, 0, _SURROUND, _SURROUND, _SURROUND, _SURROUND),
}


class Stretch(Struct, frozen=True, kw_only=True):
    """A stretch of the sound: ``start`` and ``length`` in samples."""

    start: int
    length: int


class Envelope(Struct, frozen=True, kw_only=True):
    """The outline of the sound in 1200 to 2400 columns of equal length (fewer where it has fewer samples).

    ``lowest`` and ``highest`` are over all channels, ``rms`` is their mean, all with full scale at 1.0. The last column
    may be shorter than the others.
    """

    samples_per_column: int
    lowest: tuple[float, ...]
    highest: tuple[float, ...]
    rms: tuple[float, ...]


class Measurement(Struct, frozen=True, kw_only=True):
    """What was measured of a sound.

    ``noise_floor_dbfs``: of the levels (RMS over all channels) of its 50 ms windows, from the first sound to the last,
    the one below which a twentieth of them lies; None where that is digital silence (below -120 dBFS).
    ``digital_silence`` is the share of that in the whole, 0 to 1. ``longest_silence`` is the longest stretch below
    -60 dBFS, to 10 ms; None where there is none. ``clipped_samples`` stand at full scale or above, in any channel.
    ``is_same_in_both``: two channels that hold the same sound.
    """

    sample_rate: int
    channels: int
    sample_count: int
    loudness: Loudness
    noise_floor_dbfs: float | None
    digital_silence: float
    longest_silence: Stretch | None
    clipped_samples: int
    is_same_in_both: bool
    envelope: Envelope

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.sample_count / self.sample_rate

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing but digital silence, or no sample at all."""
        return not self.sample_count or self.digital_silence == 1


def measure(blocks: Iterable[Block], sample_rate: int) -> Measurement:
    """What ``blocks``, of any lengths, measure; they are taken one after another and not kept.

    Raises: AudioError for a sample rate too low for a meter.
    Source: ITU-R BS.1770-4 (loudness, true peak), EBU Tech 3342 (range).
    """
    if sample_rate < _LOWEST_RATE:
        raise AudioError(f"{sample_rate} Hz are too few to be measured", cure="export it again at 44100 Hz")
    stream = _even(blocks, round(_BLOCK_S * sample_rate))
    first = next(stream, np.zeros((0, 1), dtype=np.float32))
    gauges = _Gauges(sample_rate, first.shape[1])
    for block in chain((first,), stream):
        gauges.add(block)
    return gauges.read()


def _even(blocks: Iterable[Block], length: int) -> Iterator[Block]:
    """The same samples in blocks of ``length``, but for the last."""
    held: list[Block] = []
    count = 0
    for block in blocks:
        held.append(block)
        count += len(block)
        while count >= length:
            whole = np.concatenate(held)
            yield whole[:length]
            held, count = [whole[length:]], count - length
    if count:
        yield np.concatenate(held)


class _Gauges:
    """All that is measured, each by a gauge of its own."""

    def __init__(self, sample_rate: int, channels: int) -> None:
        self._sample_rate, self._channels = sample_rate, channels
        self._count = self._clipped = 0
        self._together = self._apart = 0.0
        self._loudness = _LoudnessGauge(sample_rate, channels)
        self._peak = _PeakGauge(channels)
        self._levels = _LevelGauge(sample_rate)
        self._outline = _OutlineGauge()

    def add(self, block: Block) -> None:
        """Take in a block; all but the last are whole windows."""
        if not len(block):
            return
        rows = np.ascontiguousarray(block.T)
        self._clipped += int(np.count_nonzero(np.abs(rows) >= _FULL_SCALE))
        if self._channels == 2:
            self._together += float(np.sum((rows[0] + rows[1]) ** 2))
            self._apart += float(np.sum((rows[0] - rows[1]) ** 2))
        instants = _Instants(
            lowest=rows.min(axis=0),
            highest=rows.max(axis=0),
            squares=np.einsum("cn,cn->n", rows, rows) / np.float32(self._channels),
        )
        self._loudness.add(rows)
        self._peak.add(rows)
        self._levels.add(instants)
        self._outline.add(instants)
        self._count += len(block)

    def read(self) -> Measurement:
        noise_floor, digital_silence = self._levels.noise()
        return Measurement(
            sample_rate=self._sample_rate,
            channels=self._channels,
            sample_count=self._count,
            loudness=self._loudness.read(self._count, peak=self._peak.read()),
            noise_floor_dbfs=noise_floor,
            digital_silence=digital_silence,
            longest_silence=self._levels.longest_silence(self._count),
            clipped_samples=self._clipped,
            is_same_in_both=self._channels == 2
            and self._together > 0
            and self._apart <= _SAME_IN_BOTH * self._together,
            envelope=self._outline.read(self._count),
        )


class _Instants(NamedTuple):
    """Of each instant the lowest and the highest sample and the mean square, over all channels."""

    lowest: Samples
    highest: Samples
    squares: Samples


class _LoudnessGauge:
    """The energies of all channels, by their weights, for a Meter to read."""

    def __init__(self, sample_rate: int, channels: int) -> None:
        self._sample_rate = sample_rate
        self._weights = _WEIGHTS.get(channels, (1.0,) * channels)
        self._before = np.zeros((channels, round(_RUN_UP_S * sample_rate)), dtype=np.float32)
        self._energies: list[NDArray[np.float32]] = []

    def add(self, rows: Rows) -> None:
        whole = np.concatenate((self._before, rows), axis=1)
        weighted = (
            weight * block_energies(channel, self._sample_rate)
            for weight, channel in zip(self._weights, whole, strict=True)
            if weight
        )
        # A last block may be shorter; what rings out behind it is no part of the sound.
        self._energies.append(sum(weighted, np.zeros(1, np.float32))[_RUN_UP_ENERGIES:][:_ENERGIES])
        self._before = whole[:, -self._before.shape[1] :]

    def read(self, sample_count: int, *, peak: float) -> Loudness:
        meter = Meter(sample_count, self._sample_rate)
        for number, energies in enumerate(self._energies):
            meter.add(energies, start=number * round(_BLOCK_S * self._sample_rate), peak=peak)
        return meter.read()


class _PeakGauge:
    """The true peak of all channels."""

    def __init__(self, channels: int) -> None:
        self._before = np.zeros((channels, _SEAM), dtype=np.float32)
        self._peak = 0.0

    def add(self, rows: Rows) -> None:
        """Take in a block. The first span and the last two lack neighbours here, and have them in the next turn."""
        whole = np.concatenate((self._before, rows), axis=1)
        for channel in whole:
            peaks = span_peaks(channel, above=self._peak)[1:-2]
            self._peak = max(self._peak, float(peaks.max(initial=0.0)))
        self._before = whole[:, -_SEAM:]

    def read(self) -> float:
        """As a ratio to full scale."""
        self.add(np.zeros((len(self._before), _SEAM), dtype=np.float32))
        return self._peak


class _LevelGauge:
    """Peaks of 10 ms and levels of 50 ms: where it is silent, and how quiet it gets."""

    def __init__(self, sample_rate: int) -> None:
        self._borders = np.arange(_FRAMES) * round(_BLOCK_S * sample_rate) // _FRAMES
        self._length = round(_BLOCK_S * sample_rate)
        self._silent: list[NDArray[np.bool_]] = []
        self._levels: list[Samples] = []

    def add(self, instants: _Instants) -> None:
        count = len(instants.squares)
        borders = self._borders[self._borders < count]
        loudest = np.maximum(instants.highest, -instants.lowest)
        self._silent.append(np.maximum.reduceat(loudest, borders) < SILENCE_PEAK)
        windows = borders[::_FRAMES_A_WINDOW]
        sums = np.add.reduceat(instants.squares, windows)
        self._levels.append((sums / np.diff(np.append(windows, count))).astype(np.float32))

    def noise(self) -> tuple[float | None, float]:
        """The noise floor in dBFS, and the share of digital silence."""
        levels = np.concatenate([*self._levels, np.zeros(0, dtype=np.float32)])
        heard = np.flatnonzero(levels > _DIGITAL_SILENCE)
        if not len(heard):
            return None, float(len(levels) > 0)
        floor = float(np.percentile(levels[heard[0] : heard[-1] + 1], _NOISE_PERCENTILE))
        return decibels(math.sqrt(floor)) if floor > _DIGITAL_SILENCE else None, 1 - len(heard) / len(levels)

    def longest_silence(self, sample_count: int) -> Stretch | None:
        silent = np.concatenate([[False], *self._silent, [False]]).astype(np.int8)
        changes = np.flatnonzero(np.diff(silent))
        starts, ends = (np.minimum(of * self._length // _FRAMES, sample_count) for of in (changes[::2], changes[1::2]))
        if not len(starts):
            return None
        longest = int(np.argmax(ends - starts))
        return Stretch(start=int(starts[longest]), length=int(ends[longest] - starts[longest]))


class _OutlineGauge:
    """Lowest, highest and mean square in columns, which become twice as long whenever they have become too many."""

    def __init__(self) -> None:
        self._column = 1
        self._start = 0
        self._lowest = np.full(_MOST_COLUMNS, np.inf)
        self._highest = np.full(_MOST_COLUMNS, -np.inf)
        self._squares = np.zeros(_MOST_COLUMNS)

    def add(self, instants: _Instants) -> None:
        count = len(instants.squares)
        end = self._start + count
        while end > _MOST_COLUMNS * self._column:
            self._fold()
        first = self._start // self._column
        borders = np.append(0, np.arange((first + 1) * self._column - self._start, count, self._column))
        into = slice(first, first + len(borders))
        self._lowest[into] = np.minimum(self._lowest[into], np.minimum.reduceat(instants.lowest, borders))
        self._highest[into] = np.maximum(self._highest[into], np.maximum.reduceat(instants.highest, borders))
        self._squares[into] += np.add.reduceat(instants.squares, borders)
        self._start = end

    def _fold(self) -> None:
        half = _MOST_COLUMNS // 2
        rest = np.full(half, np.inf)
        self._lowest = np.append(np.minimum(self._lowest[::2], self._lowest[1::2]), rest)
        self._highest = np.append(np.maximum(self._highest[::2], self._highest[1::2]), -rest)
        self._squares = np.append(self._squares[::2] + self._squares[1::2], np.zeros(half))
        self._column *= 2

    def read(self, sample_count: int) -> Envelope:
        count = -(-sample_count // self._column)
        lengths = np.minimum(self._column, sample_count - self._column * np.arange(count))
        rms = np.sqrt(self._squares[:count] / lengths)
        return Envelope(
            samples_per_column=self._column,
            lowest=tuple(np.round(self._lowest[:count], 4).tolist()),
            highest=tuple(np.round(self._highest[:count], 4).tolist()),
            rms=tuple(np.round(rms, 4).tolist()),
        )
