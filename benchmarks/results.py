"""What a benchmark found, as `--json` gives it. Times in seconds, memory in MB of 1,000,000 bytes."""

from collections.abc import Sequence
from statistics import median

from msgspec import Struct


class Usage(Struct, frozen=True, kw_only=True):
    """What a process, or a pipe of them, used with all that it started; memory.py says of whom ``peak_mb`` is."""

    cpu_s: float
    wall_s: float
    peak_mb: float


class Spread(Struct, frozen=True, kw_only=True):
    """One number over all rounds."""

    min: float
    median: float
    max: float


class Spreads(Struct, frozen=True, kw_only=True):
    """A Usage over all rounds, or the ratios of two Usages, round by round."""

    cpu: Spread
    wall: Spread
    peak: Spread


class Measured(Struct, frozen=True, kw_only=True):
    """One contender: ``length_s`` of its sound, ``sounding_s`` without pauses, what it used, and its ratios."""

    name: str
    length_s: float
    sounding_s: float
    used: Spreads
    to_straightforward: Spreads
    to_bare: Spreads


class Part(Struct, frozen=True, kw_only=True):
    """One part of our cold build."""

    name: str
    cpu_s: float
    share: float


class Case(Struct, frozen=True, kw_only=True):
    """One article."""

    words: int
    rounds: int
    contenders: tuple[Measured, ...]
    cold_build: tuple[Part, ...]


class Report(Struct, frozen=True, kw_only=True):
    """Everything; ``load_before`` and ``load_after`` are the load averages of the last minute."""

    note: str
    cores: int
    python: str
    load_before: float
    load_after: float
    cases: tuple[Case, ...]


def spreads(usages: Sequence[Usage]) -> Spreads:
    """What was used, over all rounds."""
    return Spreads(
        cpu=spread([usage.cpu_s for usage in usages]),
        wall=spread([usage.wall_s for usage in usages]),
        peak=spread([usage.peak_mb for usage in usages]),
    )


def ratios(usages: Sequence[Usage], others: Sequence[Usage]) -> Spreads:
    """``usages`` in units of ``others``, each with the one of its own round."""
    pairs = zip(usages, others, strict=True)
    return spreads(
        [
            Usage(
                cpu_s=usage.cpu_s / other.cpu_s,
                wall_s=usage.wall_s / other.wall_s,
                peak_mb=usage.peak_mb / other.peak_mb,
            )
            for usage, other in pairs
        ]
    )


def spread(numbers: Sequence[float]) -> Spread:
    """The least, the middle one and the most."""
    return Spread(min=min(numbers), median=median(numbers), max=max(numbers))
