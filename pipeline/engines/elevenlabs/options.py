"""Floor 3, engine elevenlabs: what the table [engines.elevenlabs] in show.toml may say, and what follows. Pure."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Meta

from pipeline.engines.network import NetworkOptions

#: How messages name the table.
TABLE = "[engines.elevenlabs]"

#: An address as it should be.
EXAMPLE = "https://api.elevenlabs.io"

#: Characters of one request by model, and for those that are not in it. Source: ElevenLabs, "Models", character limits.
_MOST_CHARS = {
    "eleven_multilingual_v2": 10_000,
    "eleven_flash_v2_5": 40_000,
    "eleven_turbo_v2_5": 40_000,
    "eleven_flash_v2": 30_000,
    "eleven_turbo_v2": 30_000,
}
_MOST_CHARS_ELSE = 5_000

#: Models that hear the language from the text, and refuse to be told.
#: Source: ElevenLabs API reference, "Create speech with timing", language_code.
_WITHOUT_LANGUAGE = {
    "eleven_multilingual_v2",
    "eleven_multilingual_v1",
    "eleven_monolingual_v1",
    "eleven_flash_v2",
    "eleven_turbo_v2",
}

Share = Annotated[float, Meta(ge=0, le=1)]


class ElevenLabsOptions(NetworkOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which model speaks, how, and in which format its sound is sent.

    ``url`` is the host of the API (those of its regions too). ``output_format``: the larger ones, and raw sound, belong
    to larger plans. ``stability``, ``similarity_boost``, ``style`` and ``use_speaker_boost`` are those of the voice
    where they are not given. ``seed`` makes it likelier that the same text sounds the same, and no more than that: it
    is left out by default, so that a clip that went wrong is another one at the next try. ``at_once`` is 2, which every
    plan allows. ``licence`` is what the credits say of the voice.
    """

    at_once: Annotated[int, Meta(ge=1, le=64)] = 2
    url: str = EXAMPLE
    model: str = "eleven_multilingual_v2"
    key_variable: str = "ELEVENLABS_API_KEY"
    output_format: Literal["pcm_16000", "pcm_22050", "pcm_24000", "pcm_44100", "mp3_44100_128"] = "pcm_24000"
    stability: Share | None = None
    similarity_boost: Share | None = None
    style: Share | None = None
    use_speaker_boost: bool | None = None
    seed: Annotated[int, Meta(ge=0, le=4294967295)] | None = None
    language_code: str = ""
    usd_per_million_chars: Annotated[float, Meta(ge=0)] | None = None
    licence: str = ""

    @property
    def base(self) -> str:
        """``url`` without the /v1 that some write behind it: the list of voices is at another one."""
        return self.url.rstrip("/").removesuffix("/v1")

    @property
    def server(self) -> str:
        """How messages name the server."""
        return urlsplit(self.url).netloc

    @property
    def most_chars(self) -> int:
        """The longest text of one request."""
        return _MOST_CHARS.get(self.model, _MOST_CHARS_ELSE)

    @property
    def takes_language(self) -> bool:
        """Whether the model can be told the language; true of those that are newer than this list."""
        return self.model not in _WITHOUT_LANGUAGE

    @property
    def pcm_rate(self) -> int | None:
        """The rate of its raw sound in Hz, None where a file is sent."""
        kind, _, rest = self.output_format.partition("_")
        return int(rest) if kind == "pcm" else None
