"""Floor 1: everything that can go wrong, as one tree.

    PipelineError
    ├── ConfigError          show.toml, lexicon.toml, command-line values, the folder of the show
    ├── SourceError          an article that cannot be read
    ├── ScriptError          an article that cannot be said
    ├── EngineError          a speech engine failed on an utterance
    │   ├── EngineUnavailable    its library or model is not there
    │   ├── VoiceNotFound        the engine has no voice of that name
    │   ├── Throttled            a server asks to wait
    │   └── EmptyAudio           it answered with too little sound
    ├── AudioError           joining, mastering, encoding
    ├── TagError             tags and chapter frames
    ├── FeedError            the feed cannot be written or does not read back
    ├── IdentityError        a published identity would change, double or vanish
    ├── PublishError         putting it online
    └── StoreError           the cache cannot be read or written

The message says what, which, why and the cure, in one line. The subject is carried as attributes, so that a
caller never has to take a message apart.
"""

from pathlib import Path


class PipelineError(Exception):
    """The base of all of them. ``cure`` is what to do about it, in words or as a command to type.

    Attributes: ``what`` (str), ``cure`` (str), ``path`` (Path or None), ``line`` (int from 1, or None).
    """

    def __init__(self, what: str, *, cure: str, path: Path | None = None, line: int | None = None) -> None:
        self.what = what
        self.cure = cure
        self.path = path
        self.line = line
        super().__init__(self._message())

    def _message(self) -> str:
        place = "" if self.path is None else str(self.path)
        if self.line is not None:
            place += f", line {self.line}" if place else f"line {self.line}"
        return f"{place}: {self.what}; {self.cure}" if place else f"{self.what}; {self.cure}"


class ConfigError(PipelineError):
    """show.toml, lexicon.toml, a command-line value or the folder of the show."""


class SourceError(PipelineError):
    """An article that cannot be read."""


class ScriptError(PipelineError):
    """An article that cannot be said."""


class EngineError(PipelineError):
    """A speech engine failed. ``utterance`` is the text it was given, ``stderr`` the last lines it printed."""

    def __init__(self, what: str, *, cure: str, utterance: str = "", stderr: str = "") -> None:
        self.utterance = utterance
        self.stderr = stderr
        super().__init__(what, cure=cure)


class EngineUnavailable(EngineError):
    """Its library, program or model is not there."""


class VoiceNotFound(EngineError):
    """The engine has no voice of that name."""


class Throttled(EngineError):
    """A server asks to wait ``retry_after_s`` seconds."""

    def __init__(self, what: str, *, cure: str, retry_after_s: float) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(what, cure=cure)


class EmptyAudio(EngineError):
    """The engine answered with no sound, or with less than the text can take."""


class AudioError(PipelineError):
    """Joining, mastering or encoding failed."""


class TagError(PipelineError):
    """Tags or chapter frames cannot be written."""


class FeedError(PipelineError):
    """The feed cannot be written, or does not read back as it was written."""


class IdentityError(PipelineError):
    """A published identity would change, double or vanish."""


class PublishError(PipelineError):
    """Putting it online failed."""


class StoreError(PipelineError):
    """The cache cannot be read or written."""
