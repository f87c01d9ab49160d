"""Floor 3, inside audio: the samples on their way into an encoder, in parts that stay small."""

from collections.abc import Iterable, Iterator

import numpy as np
import soxr

from pipeline.audio.loudness import Samples
from pipeline.errors import AudioError
from pipeline.units import rescale_samples

_PART = 1 << 16


def within_full_scale(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """The samples of ``blocks`` in parts that hold some, none of them above full scale.

    Raises: AudioError for a sample that is no number, and where there is none at all.
    """
    count = 0
    for block in blocks:
        for start in range(0, len(block), _PART):
            part = block[start : start + _PART]
            if not (are_numbers := np.isfinite(part)).all():
                raise AudioError(
                    f"sample {count + int(are_numbers.argmin())} of the sound is no number",
                    cure="look at the pieces of music and the voice: `audio-edition inspect FILE`",
                )
            count += len(part)
            yield np.clip(part, np.float32(-1), np.float32(1))
    if not count:
        raise AudioError("there is no sound to encode", cure="look at what `audio-edition script` says of the article")


def resampled(parts: Iterable[Samples], sample_rate: int, *, to_rate: int) -> Iterator[Samples]:
    """``parts`` at another rate, in exactly as many samples as the same time has there, to the nearest."""
    if sample_rate == to_rate:
        yield from parts
        return
    stream = soxr.ResampleStream(sample_rate, to_rate, 1, dtype="float32")
    taken = given = 0
    for part in parts:
        taken += len(part)
        at_rate = stream.resample_chunk(part)
        given += len(at_rate)
        yield at_rate
    # The resampler counts in doubles and may be one off; that one is silence.
    rest = rescale_samples(taken, sample_rate, to_rate=to_rate) - given
    last = stream.resample_chunk(np.zeros(0, dtype=np.float32), last=True)[:rest]
    yield np.pad(last, (0, rest - len(last)))
