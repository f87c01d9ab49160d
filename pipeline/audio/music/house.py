"""Floor 3, inside audio: two short pieces of music of our own, made of sines: an opening and a close.

Bells over a low fifth on D, with the ninth for light; the opening rises, the close comes down and rests. Each tone is
a handful of partials, the upper ones fainter and sooner gone, each in two strings that are a little apart, so that it
breathes. They are in the public domain (CC0), and the same in every build.
"""

import numpy as np
from msgspec import Struct

from pipeline.audio.loudness import Samples
from pipeline.audio.music.rate import MUSIC_RATE

#: Changes with every change to what is heard.
HOUSE_VERSION = "house 1"

#: The line for the credits.
HOUSE_CREDIT = "Music: audio-edition, CC0"

_D3, _A3, _D4, _E4, _A4, _D5, _E5 = 146.83, 220.0, 293.66, 329.63, 440.0, 587.33, 659.26

_PARTIALS = 5
_STIFFNESS = 0.0004  # partials lie a little above whole multiples, as those of a struck string do
_APART = 1.0012  # the two strings of a tone: 2 cents
_DARKNESS_HZ = 1400.0  # partials above are taken down by 12 dB an octave
_ATTACK_S = 0.025
_PEAK = 0.5


class _Note(Struct, frozen=True, kw_only=True):
    """A tone: ``start_s``, pitch in Hz, strength, and after how many seconds its lowest partial is down by 8.7 dB."""

    start_s: float
    pitch_hz: float
    strength: float
    decay_s: float


def house_intro() -> Samples:
    """The opening, 4.2 s at the project's rate: a fifth, and above it three rising tones."""
    return _played(
        (
            _note(0.0, _D3, strength=0.6, decay_s=2.4),
            _note(0.0, _A3, strength=0.35, decay_s=2.1),
            _note(0.05, _D4, strength=0.35, decay_s=1.7),
            _note(0.4, _A4, strength=0.55, decay_s=1.6),
            _note(0.8, _D5, strength=0.5, decay_s=1.6),
            _note(1.2, _E5, strength=0.55, decay_s=1.7),
        ),
        length_s=4.2,
    )


def house_outro() -> Samples:
    """The close, 5.2 s at the project's rate: the same tones coming down, and the fifth to rest on."""
    return _played(
        (
            _note(0.0, _E5, strength=0.55, decay_s=1.5),
            _note(0.0, _A3, strength=0.35, decay_s=2.0),
            _note(0.4, _D5, strength=0.5, decay_s=1.5),
            _note(0.8, _A4, strength=0.5, decay_s=1.7),
            _note(1.3, _E4, strength=0.3, decay_s=1.8),
            _note(1.3, _D3, strength=0.6, decay_s=2.8),
            _note(1.35, _D4, strength=0.4, decay_s=2.2),
            _note(1.4, _A3, strength=0.35, decay_s=2.4),
        ),
        length_s=5.2,
    )


def _note(start_s: float, pitch_hz: float, *, strength: float, decay_s: float) -> _Note:
    return _Note(start_s=start_s, pitch_hz=pitch_hz, strength=strength, decay_s=decay_s)


def _played(notes: tuple[_Note, ...], *, length_s: float) -> Samples:
    time = np.arange(round(length_s * MUSIC_RATE)) / MUSIC_RATE
    sound = np.zeros(len(time))
    for note in notes:
        first = round(note.start_s * MUSIC_RATE)
        sound[first:] += _tone(note, time[: len(time) - first])
    sound *= _curtain(time, length_s)
    scaled: Samples = (sound * (_PEAK / np.abs(sound).max())).astype(np.float32)
    return scaled


def _tone(note: _Note, time: np.ndarray) -> np.ndarray:
    """A soft stroke, and each partial dying away by itself."""
    tone = np.zeros(len(time))
    for number in range(1, _PARTIALS + 1):
        frequency = note.pitch_hz * number * np.sqrt(1 + _STIFFNESS * number**2)
        strength = note.strength / number**1.5 / (1 + (frequency / _DARKNESS_HZ) ** 2)
        dying = np.exp(-time / note.decay_s * number**0.8)
        strings = np.sin(2 * np.pi * frequency * time) + 0.7 * np.sin(2 * np.pi * frequency * _APART * time)
        tone += strength * dying * strings
    stroke = np.minimum(time / _ATTACK_S, 1)
    return tone * (0.5 - 0.5 * np.cos(np.pi * stroke))


def _curtain(time: np.ndarray, length_s: float) -> np.ndarray:
    """1, and over the last second and a half down to 0."""
    left = np.clip((length_s - time) / 1.5, 0, 1)
    return 0.5 - 0.5 * np.cos(np.pi * left)
