"""Floor 3, gtts: the voice of Google Translate as an Engine. Text -> parts -> requests -> sounds -> one Clip."""

from collections.abc import Sequence
from unicodedata import category

from pipeline.engines.contract import NATURAL_WPM, Capabilities, Concurrency, Voice
from pipeline.engines.gtts.answers import sound_of
from pipeline.engines.gtts.joining import joined
from pipeline.engines.gtts.library import gtts_version, languages, request_of
from pipeline.engines.gtts.options import TLD, GttsOptions
from pipeline.engines.gtts.packing import PACKING_VERSION, Part, packed
from pipeline.engines.gtts.plausibility import require_plausible
from pipeline.engines.gtts.voices import LICENCE, GoogleVoice, find_voice, google_voices, listed
from pipeline.engines.network import Answer, BadAnswer, Client, Line, decode
from pipeline.errors import ConfigError, EngineError
from pipeline.model import Clip, Timing, VoiceSettings
from pipeline.servers import is_this_computer
from pipeline.trimming import trimmed

SERVER = "Google Translate"

#: Of what Google sends; of empty clips too.
_SAMPLE_RATE = 24_000

#: Raise it whenever the same answers are made into other sound: trimming, pauses, fades.
_JOINING_VERSION = 1

#: Of one utterance. It could be any number; packing this many takes a quarter of a second, and close() has one.
_MAX_CHARS = 10_000

_SLOW_WPM = 100


class GttsEngine:
    """Google Translate, free and without a key, and without a promise: the service is not offered for this.

    Voices are language tags, "en-GB" or "de". It may speak otherwise tomorrow than it does today.
    """

    name = "gtts"
    Options = GttsOptions

    def __init__(self, options: GttsOptions | None = None) -> None:
        """Nothing is asked before a Session speaks."""
        self._options = options or GttsOptions()
        self.capabilities = Capabilities(
            concurrency=Concurrency.ASYNC,
            is_deterministic=False,
            is_network=True,
            max_chars=_MAX_CHARS,
            timing=Timing.INTERPOLATED,
            at_once=self._options.at_once,
        )
        self._client = Client(self._options, server=SERVER, explain=_explain)

    def version(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - the same for all of them
        """The library's version, and that of what we make of its answers; which mirror was asked is no part of it.

        One server for all accents is: it speaks with its own. One of this computer hands on what it is asked.
        """
        address = self._options.address
        only = "" if TLD in address or is_this_computer(address) else f", by {address}"
        return f"gTTS {gtts_version()}, packing {PACKING_VERSION}, joining {_JOINING_VERSION}{only}"

    def licence(self, settings: VoiceSettings) -> str:  # noqa: ARG002 - the same for all of them
        """In words: nobody gives one."""
        return LICENCE

    def voices(self) -> tuple[Voice, ...]:
        """What Google Translate speaks, by name."""
        return tuple(listed(voice) for voice in google_voices(languages()))

    def open(self, settings: VoiceSettings) -> "GttsSession":
        """A Session of the voice ``settings.name``.

        Raises:
            EngineUnavailable: the gTTS library is not installed.
            VoiceNotFound: Google Translate speaks no such language or accent.
            ConfigError: a pace that it does not have.
        """
        voice = find_voice(settings.name, google_voices(languages()))
        return GttsSession(
            self._client.line(),
            voice,
            is_slow=_is_slow(settings.pace_wpm),
            server=self._options.address.replace(TLD, voice.tld),
        )


class GttsSession:
    """One voice and its way to Google. The parts of an utterance are asked for one after another."""

    def __init__(self, line: Line, voice: GoogleVoice, *, is_slow: bool, server: str) -> None:
        self._line = line
        self._voice = voice
        self._is_slow = is_slow
        self._server = server
        self._is_closed = False

    def speak(self, text: str) -> Clip:
        """The sound of ``text`` with a mark a word. Text without a letter or digit gives an empty Clip.

        Raises:
            Throttled: Google wants to be left alone for longer than makes sense to wait.
            EngineError: it gave no sound after all tries, or the Session is closed.
        """
        _require_room(text)
        sendable = _sendable(text)
        parts = packed(sendable, language=self._voice.language)
        if not parts:
            return Clip(pcm=b"", sample_rate=_SAMPLE_RATE)
        return joined(text, [(part, self._sound_of(part)) for part in parts])

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Google does not tell: "" for each of ``texts``. Raises EngineError once the Session is closed."""
        if self._is_closed:
            raise EngineError("the session with Google Translate is closed", cure="open another one")
        return ("",) * len(texts)

    def close(self) -> None:
        """End what is being asked."""
        self._is_closed = True
        self._line.close()

    def _sound_of(self, part: Part) -> Clip:
        """The trimmed sound of one part, long enough to be all of it."""

        def read(answer: Answer) -> Clip:
            pcm, rate = decode(sound_of(answer.body))
            clip = trimmed(Clip(pcm=pcm, sample_rate=rate))
            require_plausible(clip, part.text, is_slow=self._is_slow)
            return clip

        request = request_of(part.text, language=self._voice.language, is_slow=self._is_slow, server=self._server)
        return self._line.ask(request, read=read)


def _sendable(text: str) -> str:
    """``text``, as long as before, without control characters and what is no character (half of a surrogate pair)."""
    return "".join(" " if category(character) in {"Cc", "Cs"} else character for character in text)


def _require_room(text: str) -> None:
    if len(text) > _MAX_CHARS:
        raise EngineError(
            f"gtts takes {_MAX_CHARS} characters at a time, and this has {len(text)}",
            cure="part the sentence in the article, or choose another engine",
            utterance=text,
        )


def _is_slow(pace_wpm: int) -> bool:
    """Whether the slow one of Google's two paces is meant."""
    if pace_wpm not in {NATURAL_WPM, _SLOW_WPM}:
        raise ConfigError(
            f"[voice] pace_wpm = {pace_wpm} in show.toml, and gtts has two paces only",
            cure=f"set pace_wpm = {NATURAL_WPM}, or {_SLOW_WPM} for slow",
        )
    return pace_wpm == _SLOW_WPM


def _explain(answer: Answer) -> EngineError | None:
    """Google's refusals in words of what to do; None where the client's own will do.

    Raises: BadAnswer for a redirection. It leads to a page for people (consent, "unusual traffic"), and ends by itself.
    """
    if 300 <= answer.status < 400:
        raise BadAnswer("sent us on to a page for people instead of sound")
    if answer.status == 403:
        return EngineError(
            "Google Translate refuses to speak for this computer (403)",
            cure="wait a day, update gTTS (pip install --upgrade gtts), or choose another engine",
        )
    if answer.status == 404:
        return EngineError(
            "there is no Google Translate at that address (404)",
            cure="set address under [engines.gtts] in show.toml, or take it out",
        )
    return None
