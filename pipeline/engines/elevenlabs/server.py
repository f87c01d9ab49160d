"""Floor 3, engine elevenlabs: the server with the key for it: what it is asked, and the voices it said it has.

The key is read here and held nowhere else: it comes into no message, repr or cache key.
"""

from functools import partial

from pipeline.engines.elevenlabs.answers import ListedVoice, read_voices
from pipeline.engines.elevenlabs.options import EXAMPLE, TABLE, ElevenLabsOptions
from pipeline.engines.elevenlabs.refusals import ListRefused, explain_list, explain_speech
from pipeline.engines.elevenlabs.requests import speech_request, voices_request
from pipeline.engines.elevenlabs.voices import find_voice, is_id
from pipeline.engines.network import Client, Line, Request
from pipeline.engines.network.lookup import Lookup
from pipeline.servers import read_key, require_encryption, require_server_address

#: A list of more pages than this is one that does not end.
_MOST_PAGES = 200


class Server:
    """The server. Thread-safe; nothing is asked before `voices` or a Line is."""

    def __init__(self, options: ElevenLabsOptions) -> None:
        """Raises: ConfigError for an address that is none, or to which no key may be sent, and for a missing key."""
        require_server_address(options.url, table=TABLE, example=EXAMPLE)
        if options.key_variable:
            require_encryption(options.url, table=TABLE)
        self._key = read_key(options.key_variable, table=TABLE) if options.key_variable else ""
        self._options = options
        self._client = Client(options, server=options.server, explain=partial(explain_speech, options=options))
        self._voices = Lookup(self._listed)

    def line(self) -> Line:
        """A Line for one Session."""
        return self._client.line()

    def request(self, text: str, voice_id: str, *, speed: float) -> Request:
        """What has to be asked for ``text``."""
        return speech_request(text, voice_id, speed=speed, options=self._options, key=self._key)

    def voice_id(self, name: str) -> str:
        """The id of the voice that ``name`` means. Raises VoiceNotFound, and EngineError if the list cannot be had.

        A key that may speak and not look is good enough for a voice that is named by its id.
        """
        try:
            return find_voice(name, self.voices())
        except ListRefused:
            if is_id(name):
                return name
            raise

    def voices(self) -> tuple[ListedVoice, ...]:
        """The voices of the account. The list is asked for once. Raises EngineError if that fails."""
        return self._voices.result()

    def _listed(self) -> tuple[ListedVoice, ...]:
        client = Client(
            self._options, server=self._options.server, explain=partial(explain_list, options=self._options)
        )
        line = client.line()
        voices: list[ListedVoice] = []
        token = ""
        try:
            for _ in range(_MOST_PAGES):
                page = line.ask(voices_request(token, options=self._options, key=self._key), read=read_voices)
                voices += page.voices
                token = page.next_page_token or ""
                if not page.has_more or not token:
                    break
        finally:
            line.close()
        return tuple(voices)
