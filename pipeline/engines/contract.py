"""The one contract of all speech engines: an Engine opens Sessions, a Session speaks one Utterance into a Clip.

The engine speaks and nothing else. Sentence splitting, spoken forms, pauses, joining, resampling, loudness, the cache
and what to do about a bad clip belong to the host (pipeline/narration and above). docs/writing-an-engine.md walks
through one, and `pipeline.engines.trial` tries any of them.
"""

from collections.abc import Sequence
from enum import Enum
from typing import ClassVar, Protocol

from msgspec import Struct

from pipeline.engines.notation import Notation
from pipeline.model import Clip, Timing, VoiceSettings

#: The pace at which the voices of engines that know no words a minute speak as they were trained to.
NATURAL_WPM = 165

#: No voice says more letters and digits than this in a second. espeak-ng at 450 words a minute says about 40.
FASTEST_CHARS_PER_S = 80


class Concurrency(Enum):
    """How Sessions of an engine may run beside each other.

    PROCESS: each Session has a process of its own. LOCK: one at a time in this process. FREE: any number of threads.
    ASYNC: the work is done elsewhere, so that the number of cores says nothing; one event loop waits for all of it.
    """

    PROCESS = "process"
    LOCK = "lock"
    FREE = "free"
    ASYNC = "async"


class Capabilities(Struct, frozen=True, kw_only=True):
    """What an engine declares of itself.

    ``is_deterministic``: the same text gives the same bytes, always. ``max_chars``: the longest text of one call.
    ``timing``: the best that its word marks are, None if it has none. ``notation``: how it is told the exact sound of a
    name. ``at_once``: how many Sessions may speak at a time; 0 as many as there are workers, and ASYNC engines say.
    ``usd_per_million_chars``: what it costs, None where only the server knows.
    """

    concurrency: Concurrency
    is_deterministic: bool
    is_network: bool
    max_chars: int
    timing: Timing | None
    notation: Notation = Notation.PLAIN
    at_once: int = 0
    usd_per_million_chars: float | None = 0.0


class NoOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The options of an engine that has none."""


class Voice(Struct, frozen=True, kw_only=True):
    """One voice: ``name`` is what `show.toml` calls it, ``language`` a BCP 47 tag, ``label`` words for people.

    ``quality`` is what its maker says of it ("medium"), ``licence`` an SPDX id or the maker's words; "" where unknown.
    """

    name: str
    language: str
    label: str
    quality: str = ""
    licence: str = ""


class Session(Protocol):
    """One voice, ready to speak. Not thread-safe: open one a worker. ``close`` may be called at any time, twice too."""

    def speak(self, text: str) -> Clip:
        """The sound of ``text``, which is in the engine's notation; no samples where there is nothing to say.

        Raises EngineError and its children, and so it does once the Session is closed.
        """
        ...

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """How this voice would say each of ``texts``, in IPA; "" where the engine cannot tell.

        The texts are in the engine's notation, and none depends on those before it. Raises EngineError.
        """
        ...

    def close(self) -> None:
        """Stop within a second, even in the middle of a call from another thread, and free what it holds."""
        ...


class Engine(Protocol):
    """A speech synthesiser. Making one is cheap and touches nothing; the methods do the work, for any thread.

    It is made with one argument, a value of its ``Options``: what the table [engines.NAME] in `show.toml` says.
    Raises EngineUnavailable, with the command that installs it, from any method when its library is missing.
    """

    name: str
    capabilities: Capabilities
    Options: ClassVar[type[Struct]]

    def version(self, settings: VoiceSettings) -> str:
        """Whatever changes the sound of that voice beside its name and pace: library, data, model digest, options.

        Part of every cache key, asked for often: no network, and no secret in it.
        """
        ...

    def licence(self, settings: VoiceSettings) -> str:
        """The licence of that voice for the credits: an SPDX id, or in words; "" where nobody says. No network."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """The voices it has here, by name."""
        ...

    def open(self, settings: VoiceSettings) -> Session:
        """A Session of the voice ``settings.name``. Raises VoiceNotFound, which names the nearest ones."""
        ...
