"""Inside the assembly: what comes in, all that was made of one Article, and what goes out, an Edition."""

from msgspec import Struct

from pipeline.model import Article, Chapter, Episode, Master, ModelAnswer, Script, Transcript, VoiceCredit
from pipeline.other_forms import OtherForm, Recording
from pipeline.tagging import EpisodeTag


class Told(Struct, frozen=True, kw_only=True):
    """Where an Article came from, and what the command line said of it, now or when it was built before."""

    source_path: str
    source_sha256: str
    published: str
    author: str


class Made(Struct, frozen=True, kw_only=True):
    """Everything that the stages made of one Article, before it has a name or an identity.

    ``summary_by`` is the model that wrote the Article's summary, "" where a person did; ``answers`` are all that it was
    asked for. ``warning`` is what the user has to know though all went through, "" for nothing. ``addresses`` are the
    paths of the files that listeners know already, by digest and ending: under another slug they keep them.
    """

    article: Article
    script: Script
    chapters: tuple[Chapter, ...]
    transcript: Transcript
    recording: Recording
    synthesised: int
    voice: VoiceCredit
    second_voice: VoiceCredit | None
    told: Told
    music_credit: str = ""
    forms: tuple[OtherForm, ...] = ()
    summary_by: str = ""
    answers: tuple[ModelAnswer, ...] = ()
    warning: str = ""
    addresses: dict[str, str] = {}

    @property
    def master(self) -> Master:
        """The finished sound."""
        return self.recording.master


class Edition(Struct, frozen=True, kw_only=True):
    """An Episode and the files it names: path relative to the web root -> content.

    The enclosure is not among them: it is the ``tag``, serialised, and behind it the stream of the Master, which is
    never in memory as a whole.
    """

    episode: Episode
    tag: EpisodeTag
    files: dict[str, bytes]
