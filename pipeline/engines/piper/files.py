"""The configuration of a piper voice beside its model: NAME.onnx.json. Read without piper, for lists."""

from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.errors import EngineUnavailable
from pipeline.voices import Model, model_folder

T = TypeVar("T")


class _Speakers(msgspec.Struct, frozen=True, kw_only=True):
    """What of the configuration says who speaks."""

    num_speakers: int = 1
    speaker_id_map: dict[str, int] = {}


def read_speakers(model: Model) -> dict[str, int]:
    """Name -> number of each speaker, by number; none where the voice has one speaker only.

    Raises: EngineUnavailable where the configuration cannot be read.
    """
    speakers = _read(config_path(model), _Speakers, model=model)
    if speakers.num_speakers <= 1:
        return {}
    named = dict(sorted(speakers.speaker_id_map.items(), key=lambda item: item[1]))
    return named or {str(number): number for number in range(speakers.num_speakers)}


def read_config(model: Model) -> dict[str, object]:
    """All of the configuration. Raises EngineUnavailable where it cannot be read."""
    return _read(config_path(model), dict[str, object], model=model)


def model_path(model: Model) -> Path:
    """Where the model's graph lies. Raises EngineUnavailable for a model without one."""
    return _path(model, ".onnx")


def config_path(model: Model) -> Path:
    """Where its configuration lies. Raises EngineUnavailable for a model without one."""
    return _path(model, ".onnx.json")


def unreadable(model: Model, what: str) -> EngineUnavailable:
    """The error of an installed voice that is of no use."""
    return EngineUnavailable(
        f"the piper voice {model.name} cannot be read ({what})",
        cure=f"install it again: audio-edition voices install piper:{model.name}",
    )


def _path(model: Model, ending: str) -> Path:
    name = next((file.name for file in model.files if file.name.endswith(ending)), None)
    if name is None:
        raise unreadable(model, f"it has no file *{ending}")
    return model_folder(model.engine, model.name) / name


def _read(path: Path, kind: type[T], *, model: Model) -> T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        raise unreadable(model, str(error)) from error
