"""Floor 3, engine elevenlabs: the face of it: an Engine for one account, and its Sessions."""

from collections.abc import Sequence
from functools import partial
from threading import Lock
from urllib.parse import urlsplit

from pipeline.engines.contract import Capabilities, Concurrency, Voice
from pipeline.engines.elevenlabs.answers import read_speech
from pipeline.engines.elevenlabs.options import EXAMPLE, TABLE, ElevenLabsOptions
from pipeline.engines.elevenlabs.refusals import ListRefused
from pipeline.engines.elevenlabs.requests import require_language, speed_of
from pipeline.engines.elevenlabs.server import Server
from pipeline.engines.elevenlabs.voices import to_voices, voice_not_found
from pipeline.engines.network import Line
from pipeline.errors import EngineError, VoiceNotFound
from pipeline.model import Clip, Timing, VoiceSettings
from pipeline.servers import require_server_address

#: The rate of an empty Clip where sound would come as a file.
_FILE_RATE = 44_100


class ElevenLabsEngine:
    """The voices of an ElevenLabs account, by name or by id."""

    name = "elevenlabs"
    Options = ElevenLabsOptions

    def __init__(self, options: ElevenLabsOptions | None = None) -> None:
        """Nothing is asked, and no key is read, before a method needs it."""
        self._options = options or ElevenLabsOptions()
        self._lock = Lock()
        self._server: Server | None = None
        self.capabilities = Capabilities(
            concurrency=Concurrency.ASYNC,
            is_deterministic=False,
            is_network=True,
            max_chars=self._options.most_chars,
            timing=Timing.ALIGNED,
            at_once=self._options.at_once,
            usd_per_million_chars=self._options.usd_per_million_chars,
        )

    def version(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - the name of the voice is in every key anyway
        """Which server and model speak, through which format, told what. Neither the key nor the price.

        Raises: ConfigError for an address that is none.
        """
        options = self._options
        require_server_address(options.url, table=TABLE, example=EXAMPLE)
        told = {
            "stability": options.stability,
            "similarity_boost": options.similarity_boost,
            "style": options.style,
            "use_speaker_boost": options.use_speaker_boost,
            "seed": options.seed,
            "language_code": options.language_code or None,
            # Two accounts may call different voices by one name.
            "account": options.key_variable if options.key_variable != "ELEVENLABS_API_KEY" else None,
        }
        said = "".join(f", {name} {value}" for name, value in told.items() if value is not None)
        parts = urlsplit(options.base)
        return f"{parts.netloc}{parts.path}, {options.model}, {options.output_format}{said}"

    def licence(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - one for all voices of the account
        """What `licence` in show.toml says: it depends on the plan."""
        return self._options.licence

    def voices(self) -> tuple[Voice, ...]:
        """The voices of the account, by name.

        Raises:
            ConfigError: the address is none, or the key is missing.
            EngineError: the server does not answer, or the key may not see them.
        """
        return to_voices(self._ready().voices(), licence=self._options.licence)

    def open(self, settings: VoiceSettings) -> "ElevenLabsSession":
        """A Session of the voice ``settings.name``, which is its name or its id.

        Raises:
            ConfigError: as `voices`, and for a pace or a language that the model does not take.
            VoiceNotFound: the account has no such voice.
            EngineError: the server does not answer.
        """
        speed = speed_of(settings)
        require_language(self._options)
        server = self._ready()
        return ElevenLabsSession(
            server, settings.name, voice_id=server.voice_id(settings.name), speed=speed, options=self._options
        )

    def _ready(self) -> Server:
        with self._lock:
            if self._server is None:
                self._server = Server(self._options)
            return self._server


class ElevenLabsSession:
    """One voice of the account. ``name`` is what show.toml calls it."""

    def __init__(self, server: Server, name: str, *, voice_id: str, speed: float, options: ElevenLabsOptions) -> None:
        self._server = server
        self._name = name
        self._voice_id = voice_id
        self._speed = speed
        self._pcm_rate = options.pcm_rate
        self._line: Line | None = server.line()

    def speak(self, text: str) -> Clip:
        """The sound of ``text`` with a mark a word. Text without a letter or digit gives an empty Clip, unasked.

        Raises: EngineError and its children, as the client says; VoiceNotFound where the server refuses the voice.
        """
        line = self._open_line()
        if not any(character.isalnum() for character in text):
            return Clip(pcm=b"", sample_rate=self._pcm_rate or _FILE_RATE)
        read = partial(read_speech, text=text, pcm_rate=self._pcm_rate)
        try:
            return line.ask(self._server.request(text, self._voice_id, speed=self._speed), read=read)
        except VoiceNotFound as error:
            raise self._not_found(error) from error

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """ "" for each: the server does not tell."""
        self._open_line()
        return ("",) * len(texts)

    def close(self) -> None:
        """End what is being asked for."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _open_line(self) -> Line:
        if self._line is None:
            raise EngineError("the session is closed", cure="open another one")
        return self._line

    def _not_found(self, refused: VoiceNotFound) -> VoiceNotFound:
        """The refusal with the nearest names, where the key may see them."""
        try:
            near = voice_not_found(self._name, self._server.voices())
        except ListRefused:
            return refused
        return VoiceNotFound(refused.what, cure=near.cure)
