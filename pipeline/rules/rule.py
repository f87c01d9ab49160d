"""Floor 2: what a Rule is, whatever it judges: its id, how bad a breach is, who minds, and the document for it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Generic, TypeVar

from msgspec import Struct

from pipeline.model import Directory, Episode, Finding, Severity

Facts = TypeVar("Facts")


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


class Rule(Struct, Generic[Facts], frozen=True, kw_only=True):
    """One rule over Facts of one kind. ``judge`` gives its Faults, none where the rule is kept."""

    id: str
    severity: Severity
    directories: tuple[Directory, ...]
    source: Source
    judge: Callable[[Facts], Iterable[Fault]]


EVERYONE = tuple(Directory)
APPLE = (Directory.APPLE,)
APPLE_PSP = (Directory.APPLE, Directory.PSP)
APPLE_SPOTIFY = (Directory.APPLE, Directory.SPOTIFY)
CLAIMED = (Directory.SPOTIFY, Directory.AMAZON, Directory.YOUTUBE)


def rule(
    name: str, severity: Severity, *, directories: tuple[Directory, ...], source: Source
) -> Callable[[Callable[[Facts], Iterator[Fault]]], Rule[Facts]]:
    """A decorator that makes the function under it the Rule called ``name``."""

    def made(judge: Callable[[Facts], Iterator[Fault]]) -> Rule[Facts]:
        return Rule(id=name, severity=severity, directories=directories, source=source, judge=judge)

    return made


def judged(rules: Sequence[Rule[Facts]], facts: Facts) -> tuple[Finding, ...]:
    """What every one of ``rules`` finds in ``facts``: errors first, then warnings, then advice, each in their order."""
    findings = [_finding(rule, fault) for rule in rules for fault in rule.judge(facts)]
    order = list(Severity)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


def _finding(rule: Rule[Facts], fault: Fault) -> Finding:
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        directories=rule.directories,
        where=fault.where,
        what=fault.what,
        cure=fault.cure,
        source=rule.source.in_words,
    )


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
