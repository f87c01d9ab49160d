"""The engine as the host sees it: the voices of the installed model, and a Session of one of them."""

from threading import Lock
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from pipeline.engines.contract import NATURAL_WPM, Capabilities, Concurrency, Session, Voice
from pipeline.engines.kokoro.files import find_model, read_blend, tongue_of, voice_names
from pipeline.engines.notation import Notation
from pipeline.engines.onnx.extras import library_versions, require_extra
from pipeline.errors import ConfigError
from pipeline.model import Timing, VoiceSettings
from pipeline.voices import Model, find_models, model_digest

if TYPE_CHECKING:
    from pipeline.engines.kokoro.model import KokoroModel

#: What the library takes, as a share of the voice's own speed.
_SLOWEST, _FASTEST = 0.5, 2.0

_SEXES = {"f": "female", "m": "male"}


class KokoroOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which of the installed models speaks: "kokoro-v1.0", or a smaller one such as "kokoro-v1.0.int8"."""

    model: str = "kokoro-v1.0"


class KokoroEngine:
    """Kokoro's voices by their names, "bf_emma"; two and more mixed as "af_bella*2+af_sky"."""

    name = "kokoro"
    capabilities = Capabilities(
        concurrency=Concurrency.FREE,
        is_deterministic=False,
        is_network=False,
        max_chars=5000,
        timing=Timing.ALIGNED,
        notation=Notation.IPA,
    )
    Options: ClassVar[type[Struct]] = KokoroOptions

    def __init__(self, options: KokoroOptions | None = None) -> None:
        """Nothing is looked for yet."""
        self._options = options or KokoroOptions()
        self._loaded: dict[str, KokoroModel] = {}
        self._loading = Lock()

    def version(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - one model speaks all voices
        """Those of kokoro-onnx, of the runtime and of what reads the text, and a digest of model and voices."""
        self._require()
        reading = library_versions("kokoro", "espeakng-loader").partition(",")[0]
        return ", ".join([library_versions("kokoro", "kokoro-onnx"), reading, f"model {model_digest(self._model())}"])

    def licence(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - the same for all of them
        """That of the model."""
        self._require()
        return self._model().licence

    def voices(self) -> tuple[Voice, ...]:
        """The voices of the model whose language can be read here; none where the model is not installed."""
        self._require()
        models = [model for model in find_models("kokoro") if model.name == self._options.model]
        found = [
            (model, name, tongue) for model in models for name in voice_names(model) if (tongue := tongue_of(name))
        ]
        return tuple(
            Voice(
                name=name,
                language=tongue.tag,
                label=_label(name, tongue.label),
                quality=model.quality,
                licence=model.licence,
            )
            for model, name, tongue in found
        )

    def open(self, settings: VoiceSettings) -> Session:
        """A Session of the voice ``settings.name``; the model is loaded once and shared.

        Raises:
            EngineUnavailable: the extra or the model is not installed, or cannot be read.
            VoiceNotFound: the model has no voice of that name.
            ConfigError: a pace that it cannot keep, or a language that cannot be read here.
        """
        self._require()
        speed = _speed(settings.pace_wpm)
        model = self._model()
        blend = read_blend(settings.name, model=model)
        from pipeline.engines.kokoro.session import KokoroSession  # noqa: PLC0415 - loads numpy and kokoro-onnx

        return KokoroSession(self._load(model), blend=blend, speed=speed)

    def _model(self) -> Model:
        return find_model(self._options.model)

    def _load(self, model: Model) -> "KokoroModel":
        from pipeline.engines.kokoro.model import load_model  # noqa: PLC0415 - loads kokoro-onnx

        digest = model_digest(model)
        with self._loading:
            if digest not in self._loaded:
                self._loaded[digest] = load_model(model)
            return self._loaded[digest]

    @staticmethod
    def _require() -> None:
        require_extra("kokoro", "kokoro_onnx", "onnxruntime", "phonemizer")


def _speed(pace_wpm: int) -> float:
    speed = pace_wpm / NATURAL_WPM
    if not _SLOWEST <= speed <= _FASTEST:
        least, most = round(_SLOWEST * NATURAL_WPM + 0.5), int(_FASTEST * NATURAL_WPM)
        raise ConfigError(
            f"kokoro cannot speak {pace_wpm} words a minute",
            cure=f"set [voice] pace_wpm in show.toml to a number from {least} to {most}",
        )
    return speed


def _label(name: str, language: str) -> str:
    """ "Emma (female, British English)" of "bf_emma"."""
    kind, _, given = name.partition("_")
    sex = _SEXES.get(kind[1:2])
    return f"{(given or name).capitalize()} ({', '.join(filter(None, [sex, language]))})"
