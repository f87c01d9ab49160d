"""Floor 3, engine openai: the face of it: an Engine for one server, and its Sessions."""

from collections.abc import Sequence
from functools import partial
from threading import Lock
from urllib.parse import urlsplit

from pipeline.engines.contract import Capabilities, Concurrency, Voice
from pipeline.engines.network import Line
from pipeline.engines.openai.answers import PCM_RATE, read_speech
from pipeline.engines.openai.options import EXAMPLE, TABLE, OpenAIOptions
from pipeline.engines.openai.requests import require_possible
from pipeline.engines.openai.server import Server
from pipeline.engines.openai.voices import require_voice, voice_not_found
from pipeline.errors import EngineError, VoiceNotFound
from pipeline.model import Clip, VoiceSettings
from pipeline.servers import require_server_address

#: What OpenAI takes in one request; the others take as much. Source: OpenAI API reference, "Create speech", input.
_MOST_CHARS = 4096


class OpenAIEngine:
    """Any server with OpenAI's `POST /audio/speech`. Voices are named as the server names them.

    It counts as one of the network even on this computer: it is asked in the same way, and costs nothing there.
    """

    name = "openai"
    Options = OpenAIOptions

    def __init__(self, options: OpenAIOptions | None = None) -> None:
        """Nothing is asked, and no key is read, before a method needs it."""
        self._options = options or OpenAIOptions()
        self._lock = Lock()
        self._server: Server | None = None
        self.capabilities = Capabilities(
            concurrency=Concurrency.ASYNC,
            is_deterministic=False,
            is_network=True,
            max_chars=_MOST_CHARS,
            timing=None,
            at_once=self._options.at_once,
            usd_per_million_chars=self._options.price,
        )

    def version(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - the name of the voice is in every key anyway
        """Which server speaks, by which model, told what, through which format. Neither the key nor the price.

        Raises: ConfigError for an address that is none.
        """
        require_server_address(self._options.url, table=TABLE, example=EXAMPLE)
        parts = urlsplit(self._options.url)
        said = f", instructions {self._options.instructions!r}" if self._options.instructions else ""
        where = f"{parts.netloc}{parts.path.rstrip('/')}"
        return f"{where}, {self._options.model}, {self._options.response_format}{said}"

    def licence(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - one for all voices of a server
        """What `licence` in show.toml says: no server does."""
        return self._options.licence

    def voices(self) -> tuple[Voice, ...]:
        """The voices of the server, by name; none where it does not list them.

        Raises:
            ConfigError: the address is none, or the key is missing.
            EngineError: the server does not answer.
        """
        return self._ready().voices()

    def open(self, settings: VoiceSettings) -> "OpenAISession":
        """A Session of the voice ``settings.name``; any name is taken where the server does not list its voices.

        Raises:
            ConfigError: as `voices`, and for a pace or instructions that the model does not take.
            VoiceNotFound: the server lists its voices, and this is none of them.
            EngineError: the server does not answer.
        """
        require_possible(settings, self._options)
        server = self._ready()
        voices = server.voices()
        if voices:
            require_voice(settings.name, voices, server=self._options.server)
        return OpenAISession(server, settings, options=self._options)

    def _ready(self) -> Server:
        with self._lock:
            if self._server is None:
                self._server = Server(self._options)
            return self._server


class OpenAISession:
    """One voice of one server."""

    def __init__(self, server: Server, settings: VoiceSettings, *, options: OpenAIOptions) -> None:
        self._server = server
        self._settings = settings
        self._options = options
        self._line: Line | None = server.line()

    def speak(self, text: str) -> Clip:
        """The sound of ``text``. Text without a letter or digit gives an empty Clip, and nobody is asked.

        Raises: EngineError and its children, as the client says; VoiceNotFound where the server refuses the voice.
        """
        line = self._open_line()
        if not any(character.isalnum() for character in text):
            return Clip(pcm=b"", sample_rate=PCM_RATE)
        read = partial(read_speech, response_format=self._options.response_format)
        try:
            pcm, rate = line.ask(self._server.request(text, self._settings), read=read)
        except VoiceNotFound as error:
            raise self._not_found(error) from error
        return Clip(pcm=pcm, sample_rate=rate)

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """ "" for each: no such server tells."""
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
        """The refusal with the nearest names, where the server lists its voices."""
        voices = self._server.voices()
        if not voices:
            return refused
        near = voice_not_found(self._settings.name, voices, server=self._options.server)
        return VoiceNotFound(refused.what, cure=near.cure)
