"""A piper voice in memory, with the lengths of its phonemes as its second output where its graph knows them."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.engines.onnx.extras import importing, silence
from pipeline.engines.onnx.runs import load_session
from pipeline.engines.piper.files import model_path, read_config, unreadable
from pipeline.errors import EngineUnavailable
from pipeline.voices import Model

#: Phonemes of these kinds the piper package makes without further packages and models.
_READ_HERE = ("espeak", "text")


class PiperModel(Struct, frozen=True, kw_only=True):
    """``config`` is a piper.PiperConfig, ``session`` an onnxruntime.InferenceSession; many threads may run it."""

    name: str
    config: Any
    session: Any


def load_model(model: Model) -> PiperModel:
    """The voice, ready to speak.

    Raises: EngineUnavailable where the extra is missing, the model is broken, or needs packages that we do not offer.
    """
    with importing("piper"):
        from piper import PiperConfig  # noqa: PLC0415 - an optional extra, and slow to load
    silence("piper")
    settings = read_config(model)
    kind = settings.get("phoneme_type", "espeak")
    if kind not in _READ_HERE:
        raise EngineUnavailable(
            f"the piper voice {model.name} reads its text by {kind}, which is not offered here",
            cure="choose a voice that reads by espeak, as those of most languages do: audio-edition voices list",
        )
    try:
        config = PiperConfig.from_dict(settings)
    except (KeyError, TypeError, ValueError) as error:
        raise unreadable(model, f"its configuration lacks {error}") from error
    session = load_session(_with_lengths(model_path(model)), extra="piper", name=f"piper:{model.name}")
    return PiperModel(name=model.name, config=config, session=session)


def _with_lengths(path: Path) -> Path | bytes:
    """The model with the length of each phoneme as second output; as it lies there where it has no such tensor."""
    with importing("piper"):
        import onnx  # noqa: PLC0415 - an optional extra, and slow to load
        from google.protobuf.message import (  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; onnx's own
            DecodeError,
        )
        from piper.patch_voice_with_alignment import add_alignment_output  # noqa: PLC0415 - imports onnx
    try:
        model = onnx.load(str(path))
        add_alignment_output(model)
    except (ValueError, DecodeError, OSError):  # none or several; it has the output already; or it is no model at all
        return path
    return bytes(model.SerializeToString())
