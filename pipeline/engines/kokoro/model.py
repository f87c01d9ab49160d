"""Kokoro's model in memory, which speaks all of its voices."""

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.engines.kokoro.files import graph_path, unreadable, voices_path
from pipeline.engines.onnx.extras import importing, silence
from pipeline.engines.onnx.runs import Runs, load_session
from pipeline.voices import Model

#: espeak-ng keeps the path of its data in 160 bytes, and ends the whole process where it does not find them.
_LONGEST_DATA_PATH = 120


class KokoroModel(Struct, frozen=True, kw_only=True):
    """``session`` is an onnxruntime.InferenceSession, which many threads may run."""

    model: Model
    session: Any

    def speaker(self, runs: Runs) -> Any:
        """A kokoro_onnx.Kokoro that speaks by those ``runs``. Raises EngineUnavailable where it cannot be made."""
        with importing("kokoro"):
            from kokoro_onnx import Kokoro  # noqa: PLC0415 - an optional extra, and slow to load
            from kokoro_onnx.config import EspeakConfig  # noqa: PLC0415 - the same
        silence("kokoro_onnx")
        reads_by = EspeakConfig(data_path=espeak_data())
        try:
            kokoro = Kokoro.from_session(runs, str(voices_path(self.model)), espeak_config=reads_by)
        except (KeyError, OSError, RuntimeError, ValueError) as error:
            raise unreadable(self.model, str(error)) from error
        kokoro.voices.close()  # an open archive; the styles are read by `style`
        return kokoro

    def style(self, blend: Mapping[str, float]) -> NDArray[np.float32]:
        """The style of a mix of voices: how it speaks a sentence of each length. Raises EngineUnavailable."""
        try:
            with np.load(voices_path(self.model)) as archive:
                mixed = sum(share * archive[name].astype(np.float64) for name, share in blend.items())
        except (OSError, ValueError) as error:
            raise unreadable(self.model, str(error)) from error
        return np.asarray(mixed, dtype=np.float32)


def load_model(model: Model) -> KokoroModel:
    """The model, ready to speak. Raises EngineUnavailable where the extra is missing or the model is broken."""
    session = load_session(graph_path(model), extra="kokoro", name=f"kokoro:{model.name}")
    return KokoroModel(model=model, session=session)


@cache
def espeak_data() -> str:
    """Where espeak-ng finds its data."""
    import espeakng_loader  # noqa: PLC0415 - only those who speak load it

    return str(within_reach(Path(espeakng_loader.get_data_path())))


def within_reach(path: Path) -> Path:
    """``path``, or a short way to it where it lies too deep for espeak-ng; the way goes when the process ends."""
    if len(bytes(path)) <= _LONGEST_DATA_PATH:
        return path
    folder = Path(tempfile.mkdtemp(prefix="espeak-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    short = folder / path.name
    short.symlink_to(path, target_is_directory=True)
    return short
