"""Floor 3, inside audio: music that gives way to the voice.

The voice is known in advance, so nothing has to react: where it sounds is found first, and the gain is drawn around
that as one smooth line, down before the first word and up after the last.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.audio.loudness import Samples

#: A voice sounds where it is above this share of its own peak, which is some 25 dB below its speech however loud that
#: is wanted; and never below -60 dBFS, where silence begins.
_SOUNDING, _SILENCE = 10 ** (-40 / 20), 10 ** (-60 / 20)
_STEP_S = 0.005

_ATTACK_S = 0.15
_HOLD_S = 0.2
_RELEASE_S = 0.6

#: The music stays down in pauses up to this. In a longer one it is up again before it has to go down.
_LEAST_GAP_S = _HOLD_S + _RELEASE_S + _ATTACK_S

Spans = NDArray[np.int64]


def ducked(music: Samples, speech: Samples, *, sample_rate: int, duck_db: float) -> Samples:
    """``music`` lower by ``duck_db`` wherever ``speech``, which is as long, sounds.

    It is down when a word begins, stays down in pauses of less than 0.95 s, and comes back within 0.8 s.
    """
    spans = _spans(speech, sample_rate)
    if not len(spans) or not duck_db:
        return music
    lowered_db = duck_db * _depth(spans, len(music), sample_rate=sample_rate)
    lowered: Samples = (music * 10 ** (-lowered_db / 20)).astype(np.float32)
    return lowered


def _spans(speech: Samples, sample_rate: int) -> Spans:
    """Where the voice sounds, short pauses included: rows of first sample and first one after."""
    step = round(_STEP_S * sample_rate)
    padded = np.pad(np.abs(speech), (0, -len(speech) % step))
    peaks = padded.reshape(-1, step).max(axis=1)
    sounding = np.flatnonzero(peaks >= max(_SILENCE, _SOUNDING * peaks.max(initial=0)))
    if not len(sounding):
        return np.zeros((0, 2), dtype=np.int64)
    breaks = np.flatnonzero(np.diff(sounding) > _LEAST_GAP_S / _STEP_S + 1)
    first = sounding[np.concatenate(([0], breaks + 1))]
    last = sounding[np.concatenate((breaks, [len(sounding) - 1]))]
    return np.column_stack((first, last + 1)) * step


def _depth(spans: Spans, length: int, *, sample_rate: int) -> NDArray[np.float32]:
    """For each sample how far the music is down: 0 at its own level, 1 under the voice; without corners."""
    attack, hold, release = (round(seconds * sample_rate) for seconds in (_ATTACK_S, _HOLD_S, _RELEASE_S))
    first, end = spans.T
    corners = np.column_stack((first - attack, first, end + hold, end + hold + release)).ravel()
    line = np.interp(np.arange(length), corners, np.tile((0.0, 1.0, 1.0, 0.0), len(spans)))
    smooth: NDArray[np.float32] = (line * line * (3 - 2 * line)).astype(np.float32)
    return smooth
