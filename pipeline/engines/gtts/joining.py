"""Floor 3, inside gtts: the sounds of the parts of one utterance -> its Clip. Pure.

MP3 files put together as they are have some 56 ms of the encoder's own silence at every joint, and clicks; so they are
joined here as samples: trimmed, faded by 3 ms, with silence between them that the signs between the parts ask for.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.engines.gtts.packing import Part
from pipeline.engines.marks import word_marks
from pipeline.errors import EngineError
from pipeline.model import Clip, Timing

_Samples = npt.NDArray[np.int16]

_FADE_S = 0.003


def joined(text: str, takes: Sequence[tuple[Part, Clip]]) -> Clip:
    """One Clip of ``text`` from its parts, one at least, and their trimmed sounds, in order; with a mark a word.

    The first word of a part begins with its sound, the others lie between these by their characters. All call
    themselves interpolated: Google says no times, and no mark is to be better than the engine declares.

    Raises: EngineError where the parts have several sample rates.
    """
    clips = [clip for _, clip in takes]
    rate = _one_rate(clips)
    pieces: list[_Samples] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for (part, _), samples in zip(takes, _faded(clips, rate), strict=True):
        if part.start == 0 or text[part.start - 1].isspace():
            starts.append((part.start, length))
        pieces += [samples, np.zeros(round(rate * part.pause_s), dtype="<i2")]
        length += len(pieces[-2]) + len(pieces[-1])
    return Clip(
        pcm=np.concatenate(pieces).astype("<i2").tobytes(),
        sample_rate=rate,
        marks=word_marks(text, starts, sample_count=length, timing=Timing.INTERPOLATED),
    )


def _one_rate(clips: Sequence[Clip]) -> int:
    rates = sorted({clip.sample_rate for clip in clips})
    if len(rates) > 1:
        raise EngineError(
            f"Google Translate sent the parts of one sentence at {' and '.join(map(str, rates))} Hz",
            cure="run the same command again; what was spoken is kept",
        )
    return rates[0]


def _faded(clips: Sequence[Clip], rate: int) -> Iterator[_Samples]:
    """The samples of each, which begin and end softly where another stands beside them."""
    for number, clip in enumerate(clips):
        samples = np.frombuffer(clip.pcm, dtype="<i2").astype(np.float64)
        count = min(round(rate * _FADE_S), len(samples))
        ramp = np.arange(count) / max(1, count)
        if number > 0:
            samples[:count] *= ramp
        if number < len(clips) - 1:
            samples[len(samples) - count :] *= ramp[::-1]
        yield np.rint(samples).astype("<i2")
