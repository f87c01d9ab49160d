"""Floor 3, engine openai: what the table [engines.openai] in show.toml may say, and what follows from it. Pure."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Meta

from pipeline.engines.network import NetworkOptions
from pipeline.servers import is_this_computer

#: How messages name the table.
TABLE = "[engines.openai]"

#: An address as it should be: that of Kokoro-FastAPI on this computer.
EXAMPLE = "http://127.0.0.1:8880/v1"

#: US dollars a million characters, for those of OpenAI's models that are paid by the character.
#: Source: OpenAI, "Pricing", Transcription and speech generation.
_PRICES = {"tts-1": 15.0, "tts-1-hd": 30.0}


class OpenAIOptions(NetworkOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which server, which model of it, and how it is asked.

    ``url`` is the base of the API, which mostly ends with /v1. ``key_variable`` is the environment variable with the
    key: OPENAI_API_KEY at OpenAI where it is not said, and none at any other server; "" is none too. ``instructions``
    say how to speak, to models that take them. ``usd_per_million_chars`` is what it costs, where that is not known
    here. ``licence`` is what the credits say of the voice.
    """

    url: str = "https://api.openai.com/v1"
    model: str = "tts-1-hd"
    key_variable: str | None = None
    instructions: str = ""
    response_format: Literal["wav", "flac", "mp3", "opus", "pcm"] = "wav"
    usd_per_million_chars: Annotated[float, Meta(ge=0)] | None = None
    licence: str = ""

    @property
    def is_openai(self) -> bool:
        """Whether it is OpenAI's own server, or one of its regions (eu.api.openai.com)."""
        host = _host(self.url)
        return host == "api.openai.com" or host.endswith(".api.openai.com")

    @property
    def server(self) -> str:
        """How messages name the server: its host, and its port if it is no usual one."""
        return urlsplit(self.url).netloc

    @property
    def variable(self) -> str:
        """The environment variable that holds the key, "" for a server without one."""
        if self.key_variable is not None:
            return self.key_variable
        return "OPENAI_API_KEY" if self.is_openai else ""

    @property
    def price(self) -> float | None:
        """US dollars a million characters; None where only the server knows."""
        if self.usd_per_million_chars is not None:
            return self.usd_per_million_chars
        if self.is_openai:
            return _PRICES.get(self.model)
        return 0.0 if _host(self.url) and is_this_computer(self.url) else None


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that do not close: `require_server_address` says so where it is opened
        return ""
