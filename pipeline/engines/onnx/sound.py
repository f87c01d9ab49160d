"""Floor 3, inside the engines: what a model gives -> the samples of a Clip."""

from typing import Any

import numpy as np

from pipeline.errors import EngineError

_LOUDEST = 32767


def pcm_of(samples: Any) -> bytes:
    """int16 little-endian samples of an array of numbers, of which 1.0 is the loudest; what is louder is clipped.

    Nothing is levelled: a sentence that a voice says softly stays soft.

    Raises: EngineError for what is no number.
    """
    wave = np.asarray(samples, dtype=np.float32).ravel()
    if not np.isfinite(wave).all():
        raise EngineError(
            "the voice's model gave what is no sound (not a number)",
            cure="install the voice again, or take another one; half-precision models can do so",
        )
    return np.rint(np.clip(wave, -1.0, 1.0) * _LOUDEST).astype("<i2").tobytes()
