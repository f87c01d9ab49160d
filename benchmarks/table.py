"""A Report as an aligned table."""

from collections.abc import Sequence

from benchmarks.memory import MEANING
from benchmarks.results import Case, Measured, Report, Spread, Spreads

_GROUPS = ("", "", "CPU s", "wall s", "peak MB", "÷ straightforward", "", "", "÷ bare", "", "")
_COLUMNS = ("", "sound", "min/med/max", "min/med/max", "median", "CPU", "wall", "MB", "CPU", "wall", "MB")


def render(report: Report) -> str:
    """The table for people: a block an article."""
    machine = (
        f"{report.cores} cores, Python {report.python}, "
        f"load average {report.load_before:.1f} before and {report.load_after:.1f} after."
    )
    memory = f"CPU is user and system time of a process and all that it starts; peak MB is {MEANING}."
    return "\n\n".join(["\n".join([report.note, machine, memory]), *map(_case, report.cases)])


def _case(case: Case) -> str:
    rows = [_GROUPS, (f"{case.words} words, {case.rounds} rounds", *_COLUMNS[1:]), *map(_row, case.contenders)]
    worth_telling = [part for part in case.cold_build if part.share >= 0.01]
    parts = ", ".join(f"{part.name} {part.share:.0%} ({part.cpu_s:.1f} s)" for part in worth_telling)
    return f"{aligned(rows)}\nCPU of a cold build: {parts}"


def _row(contender: Measured) -> tuple[str, ...]:
    used = contender.used
    return (
        contender.name,
        f"{contender.length_s:.0f} s",
        three(used.cpu, places=1),
        three(used.wall, places=1),
        f"{used.peak.median:.0f}",
        *_ratio(contender.to_straightforward),
        *_ratio(contender.to_bare),
    )


def _ratio(ratio: Spreads) -> tuple[str, ...]:
    return three(ratio.cpu, places=2), three(ratio.wall, places=2), f"{ratio.peak.median:.2f}"


def three(spread: Spread, *, places: int) -> str:
    """The least, the median and the most."""
    return "/".join(f"{number:.{places}f}" for number in (spread.min, spread.median, spread.max))


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    lines = (
        [row[0].ljust(first), *(cell.rjust(width) for cell, width in zip(row[1:], others, strict=True))] for row in rows
    )
    return "\n".join("  ".join(line).rstrip() for line in lines)
