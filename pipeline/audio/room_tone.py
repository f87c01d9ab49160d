"""Room tone: a very soft noise in place of digital silence, which on headphones sounds as if the line went dead."""

from functools import cache

import numpy as np

from pipeline.audio.loudness import Samples

#: Below what anybody hears beside a voice, above what a decoder takes for silence.
_LEVEL_DBFS = -68.0
_LENGTH_S = 8
#: A piece ends in silence, so that it can be encoded by itself.
_FADE_S = 0.03
#: Noise that falls by 3 dB an octave, as that of rooms does; and a seed, so that it is the same every time.
_SLOPE, _SEED = -0.5, 1152


def room_tone(length: int, sample_rate: int) -> Samples:
    """``length`` samples of it, faded in and out."""
    turn = _turn(sample_rate)
    tone = np.resize(turn, length)
    fade = min(length // 2, round(sample_rate * _FADE_S))
    if fade:
        ramp = np.linspace(0, 1, fade, endpoint=False, dtype=np.float32)
        tone[:fade] *= ramp
        tone[length - fade :] *= ramp[::-1]
    return tone


@cache
def _turn(sample_rate: int) -> Samples:
    """One turn of a loop without a joint: a spectrum with random phases repeats by itself."""
    count = sample_rate * _LENGTH_S
    phases = np.random.default_rng(_SEED).uniform(0, 2 * np.pi, count // 2 + 1)
    frequencies = np.fft.rfftfreq(count, 1 / sample_rate)
    strength = np.where((frequencies > 40) & (frequencies < 12000), np.maximum(frequencies, 40) ** _SLOPE, 0)
    noise = np.fft.irfft(strength * np.exp(1j * phases), count)
    scaled: Samples = (noise / np.sqrt(np.mean(noise**2)) * 10 ** (_LEVEL_DBFS / 20)).astype(np.float32)
    return scaled
