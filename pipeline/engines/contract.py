"""The one contract of all speech engines: an Engine opens Sessions, a Session speaks one Utterance into a Clip.

The engine speaks and nothing else. Sentence splitting, spoken forms, pauses, joining, resampling, loudness, retries
and the cache belong to the host (pipeline/narration.py and above).
"""

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from msgspec import Struct

from pipeline.engines.notation import Notation
from pipeline.model import Clip, Timing, VoiceSettings


class Concurrency(Enum):
    """How Sessions of an engine may run beside each other.

    PROCESS: each Session has a process of its own. LOCK: one at a time in this process. FREE: any number of threads.
    """

    PROCESS = "process"
    LOCK = "lock"
    FREE = "free"


class Capabilities(Struct, frozen=True, kw_only=True):
    """What an engine declares of itself.

    ``is_deterministic``: the same text gives the same bytes, always. ``max_chars``: the longest text of one call.
    ``timing``: how good its word marks are, None if it has none. ``licence``: an SPDX id for the credits.
    ``notation``: how it is told the exact sound of a name.
    """

    concurrency: Concurrency
    is_deterministic: bool
    is_network: bool
    max_chars: int
    timing: Timing | None
    licence: str
    notation: Notation = Notation.PLAIN


class Voice(Struct, frozen=True, kw_only=True):
    """One voice: ``name`` is what `show.toml` calls it, ``language`` a BCP 47 tag, ``label`` words for people."""

    name: str
    language: str
    label: str


class Session(Protocol):
    """One voice, ready to speak. Not thread-safe: open one a worker. ``close`` may be called at any time, twice too."""

    def speak(self, text: str) -> Clip:
        """The sound of ``text``, which is in the engine's notation. Raises EngineError and its children."""
        ...

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """How this voice would say each of ``texts``, in IPA; "" where the engine cannot tell.

        The texts are in the engine's notation, and none depends on those before it. Raises EngineError.
        """
        ...

    def close(self) -> None:
        """Stop, even in the middle of a call from another thread, and free what it holds."""
        ...


class Engine(Protocol):
    """A speech synthesiser. Making one is cheap and touches nothing; ``version`` and ``open`` do the work.

    Raises EngineUnavailable, with the command that installs it, from any method when its library is missing.
    """

    name: str
    capabilities: Capabilities

    def version(self) -> str:
        """Whatever changes its sound: library and data version, model digest. Part of every cache key."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """The voices it has here, by name."""
        ...

    def open(self, settings: VoiceSettings) -> Session:
        """A Session of the voice ``settings.name``. Raises VoiceNotFound, which names the nearest ones."""
        ...
