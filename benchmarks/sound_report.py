"""What bench_sound.py found, as `--json` gives it, and as a table for people."""

from collections.abc import Sequence

from msgspec import Struct

from benchmarks.memory import MEANING
from benchmarks.promises import Promise
from benchmarks.results import Spreads
from benchmarks.sound_contenders import PIPE, TARGET_LUFS
from benchmarks.table import aligned, three

_GROUPS = ("", "", "", "CPU s", "wall s", "peak MB", "÷ bare pipe", "", "", "÷ ours, cold", "", "")
_COLUMNS = ("sound", "LUFS", "min/med/max", "min/med/max", "most", "CPU", "wall", "MB", "CPU", "wall", "MB")


class Contender(Struct, frozen=True, kw_only=True):
    """One contender: ``length_s`` of its sound, ``sounding_s`` without pauses, what it used, and its ratios.

    ``integrated_lufs`` is absent where the sound is too long for pyloudnorm.
    """

    name: str
    length_s: float
    sounding_s: float
    integrated_lufs: float | None
    used: Spreads
    to_pipe: Spreads
    to_cold: Spreads


class Case(Struct, frozen=True, kw_only=True):
    """The article with its body ``copies`` times."""

    copies: int
    words: int
    contenders: tuple[Contender, ...]


class SoundReport(Struct, frozen=True, kw_only=True):
    """Everything; ``load_before`` and ``load_after`` are the load averages of the last minute."""

    note: str
    rounds: int
    cores: int
    python: str
    load_before: float
    load_after: float
    left_out: str
    cases: tuple[Case, ...]
    promises: tuple[Promise, ...]


def render(report: SoundReport) -> str:
    """The table for people: a block a case, then the verdicts."""
    machine = (
        f"{report.rounds} rounds on {report.cores} cores, Python {report.python}, "
        f"load average {report.load_before:.1f} before and {report.load_after:.1f} after."
    )
    memory = f"CPU is user and system time of a process, or a pipe, and all that it starts; peak MB is {MEANING}."
    head = "\n".join(line for line in (report.note, machine, memory, _unmastered(report), report.left_out) if line)
    return "\n\n".join([head, *map(_case, report.cases), "\n".join(map(_verdict, report.promises))])


def _unmastered(report: SoundReport) -> str:
    """Ours does more than the pipe: how far the pipe is from the loudness that ours has."""
    lufs = next(one.integrated_lufs for one in report.cases[0].contenders if one.name == PIPE)
    return f"The bare pipe masters nothing: {lufs:.1f} LUFS, where ours is to have {TARGET_LUFS:.0f}."


def _case(case: Case) -> str:
    title = f"{case.words} words" + (f", {case.copies} copies" if case.copies > 1 else "")
    return aligned([_GROUPS, (title, *_COLUMNS), *map(_row, case.contenders)])


def _row(contender: Contender) -> tuple[str, ...]:
    used = contender.used
    return (
        contender.name,
        f"{contender.length_s:.0f} s",
        "" if contender.integrated_lufs is None else f"{contender.integrated_lufs:.1f}",
        three(used.cpu, places=1),
        three(used.wall, places=1),
        f"{used.peak.max:.0f}",
        *_ratios(contender.to_pipe),
        *_ratios(contender.to_cold),
    )


def _ratios(ratios: Spreads) -> Sequence[str]:
    return three(ratios.cpu, places=2), three(ratios.wall, places=2), f"{ratios.peak.median:.2f}"


def _verdict(promise: Promise) -> str:
    found, at_most = promise.found, promise.at_most
    said = f"{promise.what}: {found.median:.2f} ({found.min:.2f} to {found.max:.2f}), at most {at_most:.2f}"
    if not promise.is_kept:
        return f"missed  {said}: {found.median / at_most - 1:.0%} too much"
    return f"kept    {said}" + (", though not in every round" if found.max > at_most else "")
