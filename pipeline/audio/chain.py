"""The gentle voice chain, for voices that need it: high-pass, de-esser, compressor, before the voice's level is set.

Every filter is its own mirror image in time, so that nothing is shifted, and every gain is worked out for one hop of
5 ms and drawn in straight lines between them, so that nothing clicks. The result depends on nothing but the clip.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.audio.loudness import Samples

Curve = NDArray[np.float64]

_HOPS_A_SECOND = 200
_HOP_MS = 1000 // _HOPS_A_SECOND
_FLOOR = 1e-12  # -120 dB, so that silence has a level
_NO_VOICE = 1e-6  # what is softer than -60 dB need not be compared with anything

_RUMBLE_HZ = 70  # 6 dB less there, 59 dB at 30 Hz, half a dB at 100 Hz
_MARGIN_S = 0.1  # in which the high-pass rings out
_FFT_STEP = 16384  # transforms are a multiple of this long: fast sizes

_SHARP_HZ = (4500, 5500, 8500, 10000)  # begins, whole, whole, ends
_SHARP_MS = 15
_VOICE_MS = 400
_SHARP_ABOVE_DB = -12.0  # of the band against what the voice was around it
_MOST_SHARP_DB = 8.0

_SLOW_MS = 300
_KNEE_DB = -27.0  # the level of an average voice while it speaks lies some dB above
_KNEE_WIDTH_DB = 12.0


def gentle(samples: Samples, sample_rate: int) -> Samples:
    """One clip without rumble, with softer "s" and smaller swings: as long as before, with nothing made up for.

    What lies below 70 Hz goes. The band from 5 to 9 kHz is turned down, by 8 dB at most, where it stands out against
    the voice around it. What is louder than about -27 dB over a third of a second comes closer to that, 2:1.
    """
    if not len(samples):
        return samples
    voice, sharp = _bands(samples, sample_rate)
    hop = max(sample_rate // _HOPS_A_SECOND, 1)
    softer = _drawn(_sharp_gain(_powers(voice - sharp, hop), _powers(sharp, hop)), hop, length=len(voice))
    voice += sharp * (softer - 1)
    return voice * _drawn(_swing_gain(_powers(voice, hop)), hop, length=len(voice))


def _bands(samples: Samples, sample_rate: int) -> tuple[Samples, Samples]:
    """The samples without rumble, and of those the band of sharp sounds."""
    margin = round(sample_rate * _MARGIN_S)
    # Turned about its end, the sound goes on without a step, and the filter has nothing to ring of.
    wide = np.pad(samples, margin, mode="reflect", reflect_type="odd")
    size = -(-len(wide) // _FFT_STEP) * _FFT_STEP
    above_rumble, sharpness = _responses(size, sample_rate)
    spectrum = np.fft.rfft(wide, size) * above_rumble
    voice, sharp = np.fft.irfft(spectrum, size), np.fft.irfft(spectrum * sharpness, size)
    inside = slice(margin, margin + len(samples))
    return np.asarray(voice[inside], np.float32), np.asarray(sharp[inside], np.float32)


@lru_cache(maxsize=16)
def _responses(size: int, sample_rate: int) -> tuple[Samples, Samples]:
    """How much the high-pass and the band of sharp sounds let through, on the grid of a real transform."""
    frequency = np.fft.rfftfreq(size, 1 / sample_rate)
    eighth = (frequency / _RUMBLE_HZ) ** 8
    share = np.interp(frequency, _SHARP_HZ, (0, 1, 1, 0))
    sharpness = share * share * (3 - 2 * share)  # round corners ring less
    return (eighth / (1 + eighth)).astype(np.float32), sharpness.astype(np.float32)


def _powers(samples: Samples, hop: int) -> Curve:
    """The mean square of each hop; what is missing of the last one is silence."""
    return np.add.reduceat(samples * samples, np.arange(0, len(samples), hop), dtype=np.float64) / hop


def _sharp_gain(voice: Curve, sharp: Curve) -> Curve:
    excess_db = _decibels(_mean(sharp, _SHARP_MS)) - _decibels(_mean(voice, _VOICE_MS) + _NO_VOICE) - _SHARP_ABOVE_DB
    return _mean(_ratio(-np.clip(excess_db / 2, 0, _MOST_SHARP_DB)), _SHARP_MS)


def _swing_gain(voice: Curve) -> Curve:
    over_db = _decibels(_mean(_mean(voice, _SLOW_MS), _SLOW_MS)) - _KNEE_DB
    bent = np.clip(over_db + _KNEE_WIDTH_DB / 2, 0, _KNEE_WIDTH_DB)
    straight = np.maximum(over_db - _KNEE_WIDTH_DB / 2, 0)
    return _ratio(-(bent**2 / (2 * _KNEE_WIDTH_DB) + straight) / 2)


def _mean(values: Curve, around_ms: int) -> Curve:
    """The mean of the hops around each one; the first and last go on beyond the ends."""
    half = around_ms // _HOP_MS // 2
    total = np.cumsum(np.pad(values, (half + 1, half), mode="edge"))
    return (total[2 * half + 1 :] - total[: -2 * half - 1]) / (2 * half + 1)


def _drawn(gain: Curve, hop: int, *, length: int) -> Samples:
    """A gain for each sample, in straight lines between the middles of the hops."""
    middles = np.arange(len(gain)) * hop + (hop - 1) / 2
    return np.interp(np.arange(length), middles, gain).astype(np.float32)


def _decibels(power: Curve) -> Curve:
    return 10 * np.log10(np.maximum(power, _FLOOR))


def _ratio(decibels: Curve) -> Curve:
    return 10 ** (decibels / 20)
