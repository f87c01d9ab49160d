"""The engine as the host sees it: which piper voices are installed here, and a Session of one of them."""

from difflib import get_close_matches
from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from pipeline.engines.contract import Capabilities, Concurrency, Session, Voice
from pipeline.engines.notation import Notation
from pipeline.engines.onnx.extras import library_versions, require_extra
from pipeline.engines.piper.files import read_speakers
from pipeline.engines.piper.options import PiperOptions
from pipeline.errors import VoiceNotFound
from pipeline.model import Timing, VoiceSettings
from pipeline.voices import Model, find_model, find_models, model_digest

if TYPE_CHECKING:
    from pipeline.engines.piper.model import PiperModel

#: Of a voice of many speakers the list shows this many; each of them can be asked for.
_SPEAKERS_LISTED = 50


class PiperEngine:
    """Piper's voices by the names of their models, "en_GB-alba-medium"; of several speakers "NAME#SPEAKER"."""

    name = "piper"
    capabilities = Capabilities(
        concurrency=Concurrency.FREE,
        is_deterministic=False,
        is_network=False,
        max_chars=5000,
        timing=Timing.ALIGNED,
        notation=Notation.IPA,
    )
    Options: ClassVar[type[Struct]] = PiperOptions

    def __init__(self, options: PiperOptions | None = None) -> None:
        """Nothing is looked for yet."""
        self._options = options or PiperOptions()
        self._loaded: dict[str, PiperModel] = {}
        self._loading = Lock()

    def version(self, settings: VoiceSettings) -> str:
        """Piper's and the runtime's, a digest of the model, and how lively it is told to be."""
        self._require()
        model, _ = _find(settings.name)
        asked = [
            f"{option} {value:g}"
            for option in ("noise_scale", "noise_w_scale")
            if (value := getattr(self._options, option)) is not None
        ]
        return ", ".join([library_versions("piper", "piper-tts"), f"model {model_digest(model)}", *asked])

    def licence(self, settings: VoiceSettings) -> str:
        """That of the voice's model."""
        self._require()
        return _find(settings.name)[0].licence

    def voices(self) -> tuple[Voice, ...]:
        """The installed models, and after each of several speakers its speakers."""
        self._require()
        found = [voice for model in find_models("piper") for voice in _voices_of(model)]
        return tuple(sorted(found, key=lambda voice: voice.name))

    def open(self, settings: VoiceSettings) -> Session:
        """A Session of the voice ``settings.name``; its model is loaded once and shared.

        Raises:
            EngineUnavailable: the extra is not installed, or the model cannot be read.
            VoiceNotFound: no such voice is installed, or it has no such speaker.
        """
        self._require()
        model, speaker = _find(settings.name)
        from pipeline.engines.piper.session import PiperSession  # noqa: PLC0415 - loads numpy and piper

        return PiperSession(self._load(model), settings=settings, speaker=speaker, options=self._options)

    def _load(self, model: Model) -> "PiperModel":
        from pipeline.engines.piper.model import load_model  # noqa: PLC0415 - loads piper

        digest = model_digest(model)
        with self._loading:
            if digest not in self._loaded:
                self._loaded[digest] = load_model(model)
            return self._loaded[digest]

    @staticmethod
    def _require() -> None:
        require_extra("piper", "piper", "onnxruntime", "onnx")


def _find(name: str) -> tuple[Model, int | None]:
    """The installed model, and the number of the speaker that is asked for."""
    model_name, _, speaker = name.partition("#")
    model = find_model("piper", model_name)  # only this one is read: another that is broken is no fault of it
    if model is None:
        near = get_close_matches(model_name, [model.name for model in find_models("piper")], n=3, cutoff=0.0)
        others = f", or set [voice] name in show.toml to one of: {', '.join(near)}" if near else ""
        raise VoiceNotFound(
            f'piper has no voice "{model_name}" here',
            cure=f"install it: audio-edition voices install piper:{model_name}{others}",
        )
    return model, _find_speaker(model, speaker) if "#" in name else None


def _find_speaker(model: Model, speaker: str) -> int:
    speakers = read_speakers(model)
    numbers = {str(number): number for number in speakers.values()}
    found = speakers.get(speaker, numbers.get(speaker))
    if found is not None:
        return found
    near = get_close_matches(speaker, speakers, n=4, cutoff=0.3) or list(speakers)[:4]
    names = ", ".join(f"{model.name}#{name}" for name in near) or model.name
    raise VoiceNotFound(
        f'the piper voice {model.name} has no speaker "{speaker}"',
        cure=f"set [voice] name in show.toml to one of: {names}",
    )


def _voices_of(model: Model) -> list[Voice]:
    listed = [("", ""), *((f"#{name}", f", speaker {name}") for name in list(read_speakers(model))[:_SPEAKERS_LISTED])]
    return [
        Voice(
            name=model.name + name,
            language=model.language,
            label=model.label + label,
            quality=model.quality,
            licence=model.licence,
        )
        for name, label in listed
    ]
