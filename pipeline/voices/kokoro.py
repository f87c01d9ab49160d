"""Floor 3, voices: the models of Kokoro that can be installed: those of its release, or what a mirror's index says.

The release has no index, so that its files are known here. A mirror may hold the same files under the same names and
nothing else, or say in an `index.json` beside them what it has:

    {"models": {"kokoro-v1.0": {
        "label": "Kokoro 82M", "language": "", "quality": "32 bits", "licence": "Apache-2.0",
        "files": {"kokoro-v1.0.onnx": {"length_bytes": 325505369, "sha256": "beb0..."},
                  "voices-v1.0.bin": {"length_bytes": 28214398, "sha256": "bca6..."}}}}}

"" as language stands for several.
"""

from msgspec import Struct

from pipeline.voices.depot import Depot
from pipeline.voices.offers import Length, Offer, OfferedFile, Sha256, printable, require_harmless

#: The release whose models tell how long each sound is, which the times of words need.
RELEASE = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.1/"

#: What is meant by "kokoro" alone.
DEFAULT_MODEL = "kokoro-v1.0"

INDEX = "index.json"

#: Source: the model card of hexgrad/Kokoro-82M, v1.0, and its file VOICES.md.
_LICENCE = "Apache-2.0"
LANGUAGES = ("en-US", "en-GB", "es", "fr", "hi", "it", "ja", "pt-BR", "zh")

_VOICES = OfferedFile(
    name="voices-v1.0.bin",
    path="voices-v1.0.bin",
    length_bytes=28_214_398,
    algorithm="sha256",
    digest="bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d",
)

#: Name of the model -> quality, bytes and SHA-256 of its .onnx.
_MODELS = {
    "kokoro-v1.0": ("32 bits", 325_505_369, "beb0d1848dee9a49da392cc3df26958d46cfa35d321edf434f52949153f0df3a"),
    "kokoro-v1.0.fp16": ("16 bits", 163_527_961, "f3a290d384fbb27966d462905c71a46cef9e5fd00516b40df32a0b4afe77ac96"),
    "kokoro-v1.0.int8": ("8 bits", 114_119_327, "ae315a79b623f244700e4afb9246c46a26066782e049ba174bf3ba433970ee9c"),
}


class _IndexedFile(Struct, frozen=True, kw_only=True):
    length_bytes: Length
    sha256: Sha256


class _IndexedModel(Struct, frozen=True, kw_only=True):
    files: dict[str, _IndexedFile]
    label: str = ""
    language: str = ""
    quality: str = ""
    licence: str = ""


class _Index(Struct, frozen=True, kw_only=True):
    models: dict[str, _IndexedModel]


def kokoro_offers(depot: Depot) -> tuple[Offer, ...]:
    """The models below the base of ``depot``, by name; nothing is asked of the release itself.

    Raises:
        EngineUnavailable: an index that is none.
    """
    data = None if depot.base == RELEASE else depot.read(INDEX)
    if data is None:
        return tuple(_known(name) for name in _MODELS)
    index = depot.decoded(data, INDEX, kind=_Index)
    offers = tuple(_indexed(name, model) for name, model in sorted(index.models.items()))
    for offer in offers:
        require_harmless(offer, index=depot.url(INDEX))
    return offers


def _known(name: str) -> Offer:
    quality, length_bytes, sha256 = _MODELS[name]
    weights = f"{name}.onnx"
    model = OfferedFile(name=weights, path=weights, length_bytes=length_bytes, algorithm="sha256", digest=sha256)
    return Offer(
        engine="kokoro",
        name=name,
        languages=LANGUAGES,
        label=_label("Kokoro 82M", LANGUAGES),
        quality=quality,
        licence=_LICENCE,
        files=(model, _VOICES),
    )


def _indexed(name: str, model: _IndexedModel) -> Offer:
    languages = (printable(model.language),) if model.language else LANGUAGES
    return Offer(
        engine="kokoro",
        name=name,
        languages=languages,
        label=printable(model.label) or _label("Kokoro", languages),
        quality=printable(model.quality),
        licence=printable(model.licence),
        files=tuple(
            OfferedFile(
                name=path, path=path, length_bytes=file.length_bytes, algorithm="sha256", digest=file.sha256.lower()
            )
            for path, file in model.files.items()
        ),
    )


def _label(title: str, languages: tuple[str, ...]) -> str:
    return f"{title}, voices for {', '.join(languages)}"
