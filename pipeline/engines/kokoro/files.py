"""The installed kokoro model: its files, and the voices in them by name. Read without kokoro-onnx, for lists."""

import zipfile
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from pipeline.errors import ConfigError, EngineUnavailable, VoiceNotFound
from pipeline.patterns import regex
from pipeline.voices import Model, find_models, model_folder
from pipeline.voices import find_model as installed_model


class Tongue(Struct, frozen=True):
    """A language of kokoro's voices: its BCP 47 tag, espeak-ng's name of it ("" where it cannot read it), and ours."""

    tag: str
    espeak: str
    label: str


#: By the first letter of a voice's name. Source: the model card of Kokoro-82M, VOICES.md.
TONGUES = {
    "a": Tongue("en-US", "en-us", "American English"),
    "b": Tongue("en-GB", "en-gb", "British English"),
    "e": Tongue("es", "es", "Spanish"),
    "f": Tongue("fr", "fr-fr", "French"),
    "h": Tongue("hi", "hi", "Hindi"),
    "i": Tongue("it", "it", "Italian"),
    "j": Tongue("ja", "", "Japanese"),
    "p": Tongue("pt-BR", "pt-br", "Brazilian Portuguese"),
    "z": Tongue("zh", "", "Mandarin Chinese"),
}

_SHARE = regex(r"(?P<name>[^*]+?)(?:\*(?P<weight>\d+(?:\.\d+)?|\.\d+))?")


def find_model(name: str) -> Model:
    """The installed model of that name. Raises EngineUnavailable where it is not installed."""
    found = installed_model("kokoro", name)
    if found is None:
        models = [model.name for model in find_models("kokoro")]
        others = f", or set [engines.kokoro] model to one of: {', '.join(models)}" if models else ""
        raise EngineUnavailable(
            f'kokoro\'s model "{name}" is not installed here',
            cure=f"install it: audio-edition voices install kokoro:{name}{others}",
        )
    return found


def graph_path(model: Model) -> Path:
    """Where the model's graph lies."""
    return _path(model, ".onnx")


def voices_path(model: Model) -> Path:
    """Where the styles of its voices lie: an archive of numpy arrays, one a voice."""
    return _path(model, ".bin", ".npz")


def voice_names(model: Model) -> list[str]:
    """The names of its voices, those included that cannot be used here. Raises EngineUnavailable for a broken file."""
    try:
        with zipfile.ZipFile(voices_path(model)) as archive:
            return sorted(name.removesuffix(".npy") for name in archive.namelist())
    except (OSError, zipfile.BadZipFile) as error:
        raise unreadable(model, str(error)) from error


def tongue_of(voice: str) -> Tongue | None:
    """The language of a voice that can be used here, None for any other."""
    tongue = TONGUES.get(voice[:1])
    return tongue if tongue is not None and tongue.espeak else None


def read_blend(asked: str, *, model: Model) -> dict[str, float]:
    """Voice -> its share in what is asked for, "af_heart" or "af_bella*2+af_sky"; together they make 1.

    Raises:
        VoiceNotFound: the model has no voice of that name.
        ConfigError: shares that are no numbers above 0, or a voice whose language cannot be read here.
    """
    names = voice_names(model)
    shares: dict[str, float] = {}
    for part in asked.split("+"):
        found = _SHARE.fullmatch(part.strip())
        name = found["name"].strip() if found else part.strip()
        if name not in names:
            raise _not_found(name, names, model=model)
        shares[name] = shares.get(name, 0.0) + float(found["weight"] or 1 if found else 1)
    total = sum(shares.values())
    if not total:
        raise ConfigError(f'the voices of "{asked}" have no weight', cure='write it like "af_bella*2+af_sky"')
    _require_readable(next(iter(shares)))
    return {name: share / total for name, share in shares.items()}


def unreadable(model: Model, what: str) -> EngineUnavailable:
    """The error of an installed model that is of no use."""
    return EngineUnavailable(
        f"kokoro's model {model.name} cannot be read ({what})",
        cure=f"install it again: audio-edition voices install kokoro:{model.name}",
    )


def _path(model: Model, *endings: str) -> Path:
    name = next((file.name for file in model.files if file.name.endswith(endings)), None)
    if name is None:
        raise unreadable(model, f"it has no file *{endings[0]}")
    return model_folder(model.engine, model.name) / name


def _not_found(name: str, names: list[str], *, model: Model) -> VoiceNotFound:
    usable = [known for known in names if tongue_of(known)]
    near = get_close_matches(name, usable, n=4, cutoff=0.4) or usable[:4]
    return VoiceNotFound(
        f'kokoro\'s model {model.name} has no voice "{name}"',
        cure=f"set [voice] name in show.toml to one of: {', '.join(near)}",
    )


def _require_readable(voice: str) -> None:
    if tongue_of(voice) is None:
        tongue = TONGUES.get(voice[:1])
        language = tongue.label if tongue else f'languages that begin with "{voice[:1]}"'
        raise ConfigError(
            f'the kokoro voice "{voice}" cannot be used: what reads {language} aloud is not offered here',
            cure="choose a voice whose name begins with one of: "
            + ", ".join(f"{letter} ({tongue.label})" for letter, tongue in TONGUES.items() if tongue.espeak),
        )
