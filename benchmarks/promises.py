"""What the sound promises of its speed and memory, and whether a run of bench_sound.py found it kept."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from benchmarks.contenders import COLD, CORRECTED
from benchmarks.results import Spread, Usage, spread
from benchmarks.sound_contenders import OURS, PIPE, SCRIPTS, TARGET_LUFS, Round

#: Rounds by number of copies: ratios are taken within one.
Rounds = Sequence[Mapping[int, Round]]

_MOST_WALL_TO_PIPE, _MOST_CPU_TO_PIPE = 0.6, 1.1
_MOST_WALL_TO_SCRIPT = 1 / 3
_MOST_WALL_OF_CORRECTION = 0.1
_MOST_GROWTH = 1.1  # of what a second of sound costs; start-up, which is not repeated, would make it less than 1
_MOST_MB = 250
_MOST_COPIES = 60
_MOST_LU = 0.5


class Promise(Struct, frozen=True, kw_only=True):
    """One promise: ``found`` over the rounds, which is kept if the median is at most ``at_most``."""

    what: str
    at_most: float
    found: Spread
    is_kept: bool


def judged(rounds: Rounds) -> tuple[Promise, ...]:
    """Every promise that this run can judge."""
    return (*_beside_others(rounds), *_growth(rounds), *_memory(rounds), _loudness(rounds))


def _beside_others(rounds: Rounds) -> list[Promise]:
    def ratios(name: str, other: str, *, of: Callable[[Usage], float]) -> list[float]:
        return [of(one[1].usages[name]) / of(one[1].usages[other]) for one in rounds]

    return [
        _promise("cold build ÷ bare pipe, wall", ratios(COLD, PIPE, of=_wall_s), at_most=_MOST_WALL_TO_PIPE),
        _promise("cold build ÷ bare pipe, CPU", ratios(COLD, PIPE, of=_cpu_s), at_most=_MOST_CPU_TO_PIPE),
        *(
            _promise(f"cold build ÷ {name}, wall", ratios(COLD, name, of=_wall_s), at_most=_MOST_WALL_TO_SCRIPT)
            for name in SCRIPTS
        ),
        _promise(
            "one word corrected ÷ cold build, wall",
            ratios(CORRECTED, COLD, of=_wall_s),
            at_most=_MOST_WALL_OF_CORRECTION,
        ),
    ]


def _growth(rounds: Rounds) -> list[Promise]:
    """What a second of sound costs in a long article, beside what it costs in a single copy."""

    def growth(copies: int, of: Callable[[Usage], float]) -> list[float]:
        lengths_s = {count: rounds[0][count].sounds[COLD].length_s for count in (1, copies)}
        costs = [{count: of(one[count].usages[COLD]) / lengths_s[count] for count in lengths_s} for one in rounds]
        return [cost[copies] / cost[1] for cost in costs]

    return [
        _promise(f"{copies} copies ÷ one, {name} a second of sound", growth(copies, of), at_most=_MOST_GROWTH)
        for copies in rounds[0]
        if copies > 1
        for name, of in (("wall", _wall_s), ("CPU", _cpu_s))
    ]


def _memory(rounds: Rounds) -> list[Promise]:
    if _MOST_COPIES not in rounds[0]:
        return []
    peaks = [max(one[_MOST_COPIES].usages[name].peak_mb for name in OURS) for one in rounds]
    return [_promise(f"peak MB of ours at {_MOST_COPIES} copies", peaks, at_most=_MOST_MB)]


def _loudness(rounds: Rounds) -> Promise:
    furthest = [max(abs(one[1].lufs[name] - TARGET_LUFS) for name in OURS) for one in rounds]
    return _promise(f"LU between ours and {TARGET_LUFS:.0f} LUFS, by pyloudnorm", furthest, at_most=_MOST_LU)


def _promise(what: str, numbers: list[float], *, at_most: float) -> Promise:
    found = spread(numbers)
    return Promise(what=what, at_most=at_most, found=found, is_kept=found.median <= at_most)


def _wall_s(usage: Usage) -> float:
    return usage.wall_s


def _cpu_s(usage: Usage) -> float:
    return usage.cpu_s
