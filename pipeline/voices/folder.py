"""Floor 3, voices: the folder of installed models. One folder a model, and in it `model.json`, which says what it is.

    VOICES/piper/en_GB-alba-medium/   en_GB-alba-medium.onnx  en_GB-alba-medium.onnx.json  MODEL_CARD  model.json
    VOICES/kokoro/kokoro-v1.0/        kokoro-v1.0.onnx  voices-v1.0.bin  model.json

`model.json` is written last: a folder without one is no model.
"""

import hashlib
import os
from pathlib import Path

import msgspec
import platformdirs
from msgspec import Struct

from pipeline.errors import EngineUnavailable
from pipeline.files import write_atomically

FILE = "model.json"

#: The environment variable that names another folder for the models than the platform's.
VARIABLE = "AUDIO_EDITION_VOICES"


class ModelFile(Struct, frozen=True, kw_only=True):
    """One file of a model: its ``name`` in the folder, and what its bytes must be."""

    name: str
    length_bytes: int
    sha256: str


class Model(Struct, frozen=True, kw_only=True):
    """An installed model: ``engine`` and ``name`` are its two folders, ``language`` a BCP 47 tag, "" for several.

    ``quality`` and ``licence`` are its maker's words, ``source`` is the address it came from.
    """

    engine: str
    name: str
    language: str
    label: str
    quality: str
    licence: str
    source: str
    files: tuple[ModelFile, ...]


def voices_folder() -> Path:
    """Where models live: AUDIO_EDITION_VOICES, or else the platform's folder for the data of programs."""
    given = os.environ.get(VARIABLE, "").strip()
    return Path(given).expanduser() if given else platformdirs.user_data_path("audio-edition") / "voices"


def model_folder(engine: str, name: str) -> Path:
    """Where the model of that name lies, or would lie."""
    return voices_folder() / engine / name


def find_models(engine: str) -> tuple[Model, ...]:
    """The installed models of ``engine``, by name.

    Raises:
        EngineUnavailable: a `model.json` that cannot be read.
    """
    return tuple(_load(path) for path in sorted((voices_folder() / engine).glob(f"*/{FILE}")))


def save_model(model: Model) -> None:
    """Write `model.json`, which makes of a folder full of files a model."""
    data = msgspec.json.format(msgspec.json.encode(model), indent=2) + b"\n"
    write_atomically(model_folder(model.engine, model.name) / FILE, data)


def model_digest(model: Model) -> str:
    """The first 16 digits of a digest over all its files as they were installed: part of every cache key.

    Raises:
        EngineUnavailable: a file is not there, or not in its length.
    """
    folder = model_folder(model.engine, model.name)
    for file in model.files:
        path = folder / file.name
        if not path.is_file() or path.stat().st_size != file.length_bytes:
            raise EngineUnavailable(
                f"{path} is not there, or not the {file.length_bytes} bytes it was",
                cure=f"install it again: audio-edition voices install {model.engine}:{model.name}",
            )
    whole = "".join(f"{file.sha256} {file.name}\n" for file in sorted(model.files, key=lambda file: file.name))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _load(path: Path) -> Model:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Model)
    except (OSError, msgspec.MsgspecError) as error:
        raise EngineUnavailable(
            f"{path} cannot be read ({error})", cure="delete that folder and install the voice again"
        ) from error
