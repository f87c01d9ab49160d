"""Floor 2: what the rules are given (ShowFacts), what they are (Rule) and what they say (Fault)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import Enum

from msgspec import Struct

from pipeline.model import Artwork, Directory, Episode, Severity, Show, ShowLedger


class ShowFacts(Struct, frozen=True, kw_only=True):
    """All that the rules may know of a show on disk.

    ``now`` is aware UTC. ``artwork`` is what the image file really is, None where there is none that can be read.
    ``file_lengths`` gives the bytes on disk of each published file by its path from the web root, None (or no entry)
    where it is missing. ``feed_text`` is the feed as it lies there, None where there is none.
    """

    show: Show
    ledger: ShowLedger
    episodes: tuple[Episode, ...]
    now: datetime
    artwork: Artwork | None
    file_lengths: dict[str, int | None]
    feed_text: str | None


class Confidence(Enum):
    """How well a rule is known; the letters of feeds.md in words."""

    PRIMARY = "primary document"
    TRANSCRIBED = "faithful transcription"
    SECONDARY = "secondary sources"
    STANDARD = "public standard"
    MEASURED = "measured"


class Source(Struct, frozen=True):
    """The document a rule comes from, its row in the project's table of rules, and how well it is known."""

    document: str
    row: str
    confidence: Confidence

    @property
    def in_words(self) -> str:
        """As a Finding shows it."""
        return f"{self.document} ({self.row}, {self.confidence.value})"


class Fault(Struct, frozen=True):
    """One breach: where it is, what is wrong, and what to type or set."""

    where: str
    what: str
    cure: str


class Rule(Struct, frozen=True, kw_only=True):
    """One rule. ``judge`` gives its Faults, none where the rule is kept."""

    id: str
    severity: Severity
    directories: tuple[Directory, ...]
    source: Source
    judge: Callable[[ShowFacts], Iterable[Fault]]


Judge = Callable[[ShowFacts], Iterator[Fault]]

EVERYONE = tuple(Directory)
APPLE = (Directory.APPLE,)
APPLE_PSP = (Directory.APPLE, Directory.PSP)
APPLE_SPOTIFY = (Directory.APPLE, Directory.SPOTIFY)
CLAIMED = (Directory.SPOTIFY, Directory.AMAZON, Directory.YOUTUBE)


def rule(
    name: str, severity: Severity, *, directories: tuple[Directory, ...], source: Source
) -> Callable[[Judge], Rule]:
    """A decorator that makes the function under it the Rule called ``name``."""

    def made(judge: Judge) -> Rule:
        return Rule(id=name, severity=severity, directories=directories, source=source, judge=judge)

    return made


def apple_guide(row: str) -> Source:
    """Apple's guide to the feed, help.apple.com/itc/podcasts_connect/#/itcb54353390."""
    return Source("Apple, A Podcaster's Guide to RSS", row, Confidence.PRIMARY)


def apple_requirements(row: str) -> Source:
    """podcasters.apple.com/support/823-podcast-requirements."""
    return Source("Apple, Podcast requirements (823)", row, Confidence.TRANSCRIBED)


def namespace(row: str) -> Source:
    """github.com/Podcastindex-org/podcast-namespace."""
    return Source("Podcasting 2.0 namespace", row, Confidence.PRIMARY)


def rebuild(episode: Episode) -> str:
    """The command that makes ``episode`` again."""
    reason = ' --correct "why"' if episode.is_published else ""
    return f"build it again: audio-edition episode {episode.source_path}{reason}"
