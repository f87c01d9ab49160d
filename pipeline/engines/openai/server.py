"""Floor 3, engine openai: one server with the key for it: what it is asked, and the voices it said it has.

The key is read here and held nowhere else: it comes into no message, repr or cache key.
"""

from functools import partial

from pipeline.engines.contract import Voice
from pipeline.engines.network import Client, Line, Request
from pipeline.engines.network.lookup import Lookup
from pipeline.engines.openai.answers import read_voices
from pipeline.engines.openai.options import EXAMPLE, TABLE, OpenAIOptions
from pipeline.engines.openai.refusals import NoVoiceList, explain_list, explain_speech
from pipeline.engines.openai.requests import speech_request, voices_request
from pipeline.engines.openai.voices import listed_voices, openai_voices
from pipeline.model import VoiceSettings
from pipeline.servers import read_key, require_encryption, require_server_address


class Server:
    """One server. Thread-safe; nothing is asked before `voices` or a Line is."""

    def __init__(self, options: OpenAIOptions) -> None:
        """Raises: ConfigError for an address that is none, or to which no key may be sent, and for a missing key."""
        require_server_address(options.url, table=TABLE, example=EXAMPLE)
        if options.variable:
            require_encryption(options.url, table=TABLE)
        self._key = read_key(options.variable, table=TABLE) if options.variable else ""
        self._options = options
        self._client = Client(options, server=options.server, explain=partial(explain_speech, options=options))
        self._voices = Lookup(self._listed)

    def line(self) -> Line:
        """A Line for one Session."""
        return self._client.line()

    def request(self, text: str, settings: VoiceSettings) -> Request:
        """What has to be asked for ``text``. Raises ConfigError for a pace that it cannot do."""
        return speech_request(text, settings, options=self._options, key=self._key)

    def voices(self) -> tuple[Voice, ...]:
        """Its voices, by name; none where it does not say. It is asked once. Raises EngineError if that fails."""
        return openai_voices(self._options.model) if self._options.is_openai else self._voices.result()

    def _listed(self) -> tuple[Voice, ...]:
        client = Client(
            self._options, server=self._options.server, explain=partial(explain_list, options=self._options)
        )
        line = client.line()
        try:
            listed = line.ask(voices_request(self._options, key=self._key), read=read_voices)
        except NoVoiceList:
            return ()
        finally:
            line.close()
        return listed_voices(listed or (), licence=self._options.licence)
