"""Floor 3, voices: the folder of installed models. One folder a model, and in it `model.json`, which says what it is.

    VOICES/piper/en_GB-alba-medium/   en_GB-alba-medium.onnx  en_GB-alba-medium.onnx.json  MODEL_CARD  model.json
    VOICES/kokoro/kokoro-v1.0/        kokoro-v1.0.onnx  voices-v1.0.bin  model.json

`model.json` is written last: a folder without one is no model.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from functools import cache
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
    """The installed models of ``engine`` whose `model.json` can be read, by name: one that is broken hides no other."""
    return tuple(found for found in _found(engine) if isinstance(found, Model))


def broken_models(engine: str) -> tuple[EngineUnavailable, ...]:
    """What is wrong with each of those that cannot be read, with the cure."""
    return tuple(found for found in _found(engine) if not isinstance(found, Model))


def find_model(engine: str, name: str) -> Model | None:
    """The installed model of that name, None if there is none. Raises EngineUnavailable as `find_models`."""
    path = model_folder(engine, name) / FILE
    return _load(path) if path.is_file() else None


def is_whole(model: Model) -> bool:
    """Whether every file is there with the bytes that were installed."""
    folder = model_folder(model.engine, model.name)
    return all(_sha256_at(folder / file.name) == file.sha256 for file in model.files)


def delete_model(engine: str, name: str) -> None:
    """Take it off the disk with all that lies in its folder; first `model.json`, so that none is ever half of one."""
    folder = model_folder(engine, name)
    (folder / FILE).unlink(missing_ok=True)
    shutil.rmtree(folder)


def save_model(model: Model) -> None:
    """Write `model.json`, which makes of a folder full of files a model."""
    data = msgspec.json.format(msgspec.json.encode(model), indent=2) + b"\n"
    write_atomically(model_folder(model.engine, model.name) / FILE, data)


def model_digest(model: Model) -> str:
    """The first 16 digits of a digest over all its files as they are now: part of every cache key.

    Only those that changed after the model was installed are read: people tune the configuration of a voice.

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
    installed_at = (folder / FILE).stat().st_mtime_ns
    digests = {file.name: _sha256_now(folder / file.name, file, installed_at=installed_at) for file in model.files}
    whole = "".join(f"{digest} {name}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _sha256_now(path: Path, file: ModelFile, *, installed_at: int) -> str:
    found = path.stat()
    # The time of change of the inode: copies and renames keep that of the content. model.json is written last.
    if found.st_ctime_ns <= installed_at:
        return file.sha256
    return _sha256_of_state(path, found.st_size, found.st_mtime_ns, found.st_ino)


@cache
def _sha256_of_state(path: Path, *_: int) -> str:
    """The digest of a file in the state that its size, time and inode stand for: read once in a process."""
    return _sha256_at(path)


def _sha256_at(path: Path) -> str:
    """The digest of the file, "" if it is not there."""
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _found(engine: str) -> Iterator[Model | EngineUnavailable]:
    for path in sorted((voices_folder() / engine).glob(f"*/{FILE}")):
        try:
            yield _load(path)
        except EngineUnavailable as error:
            yield error


def _load(path: Path) -> Model:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Model)
    except (OSError, msgspec.MsgspecError) as error:
        engine, name = path.parts[-3:-1]
        raise EngineUnavailable(
            f"{path} cannot be read ({error})",
            cure=f"install that voice again: audio-edition voices install {engine}:{name}",
        ) from error
