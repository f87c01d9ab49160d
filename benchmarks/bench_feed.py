"""What a feed of many episodes costs beside feedgen alone: `python -m benchmarks.bench_feed` runs this.

The episodes are made in memory, the same ones every time: transcripts, chapters in three forms, notes of 600 bytes. In
each round every writer writes them all, one after the other in this process, and ratios are taken within a round. CPU
is user and system time. Bare feedgen says what it can say by itself (``order="append"``); "with our elements" has
feedgen say all that our feed says, by an extension that makes them one by one. Memory is that of a process of its own
for each writer, above one that only makes the episodes.
"""

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, to_builtins

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.feed_contenders import bare_feedgen, feedgen_with_elements
from benchmarks.many_episodes import ARTWORK, LEDGER, SHOW, made_episodes
from benchmarks.results import Spread, spread
from benchmarks.running import run
from benchmarks.table import aligned, three
from pipeline.feeds.pages import whole_feed
from pipeline.feeds.reading import verify_feed, verify_page
from pipeline.feeds.writing import write_feed, write_item, write_page
from pipeline.model import Episode

OURS, READY = "audio-edition", "audio-edition, one item new"
BARE, WITH_ELEMENTS = "bare feedgen", "feedgen with our elements"
PROOF, PROOF_READY = "the proof", "the proof, one item new"
WRITERS = (OURS, BARE, WITH_ELEMENTS)

#: What is promised of OURS ÷ BARE, and of the seconds of a rebuild and of the proof of all.
MOST_CPU_TO_BARE = 1.3
MOST_CPU_OF_REBUILD_S = 1.0
MOST_CPU_OF_PROOF_S = 30.0

#: A task, and how many bytes came of it.
Task = Callable[[], int]


class Promise(Struct, frozen=True, kw_only=True):
    """One promise, which is kept if the median of ``found`` is at most ``at_most``."""

    what: str
    at_most: float
    found: Spread
    is_kept: bool


class Report(Struct, frozen=True, kw_only=True):
    """Everything: CPU seconds by task, what each is in units of BARE, MB above the episodes by writer."""

    episodes: int
    rounds: int
    feed_mb: float
    cpu_s: dict[str, Spread]
    to_bare: dict[str, Spread]
    growth_mb: dict[str, float]
    promises: tuple[Promise, ...]


def main() -> None:
    """Print the table, and as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--episodes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=("nothing", *WRITERS), help="run one writer once and print nothing")
    options = parser.parse_args()
    if options.only:
        _tasks(made_episodes(options.episodes)).get(options.only, int)()
        return
    report = _report(options.episodes, rounds=options.rounds)
    print(_table(report))
    print(json.dumps(to_builtins(report)))


def _report(count: int, *, rounds: int) -> Report:
    growth_mb = _growth_mb(count)  # first: a child's peak starts at the size of the process it comes from
    episodes = made_episodes(count)
    tasks = _tasks(episodes) | _rebuilds(episodes)
    taken = [{name: _cpu_s(task) for name, task in tasks.items()} for _ in range(rounds)]
    cpu = {name: spread([one[name] for one in taken]) for name in tasks}
    to_bare = {name: spread([one[name] / one[BARE] for one in taken]) for name in tasks}
    rebuild = spread([one[READY] + one[PROOF_READY] for one in taken])
    return Report(
        episodes=count,
        rounds=rounds,
        feed_mb=tasks[OURS]() / 1e6,
        cpu_s=cpu,
        to_bare=to_bare,
        growth_mb=growth_mb,
        promises=(
            _promise(f"{OURS} ÷ {BARE}, CPU", to_bare[OURS], at_most=MOST_CPU_TO_BARE),
            _promise("written and proven again after one new episode, CPU s", rebuild, at_most=MOST_CPU_OF_REBUILD_S),
            _promise("the proof of all, CPU s", cpu[PROOF], at_most=MOST_CPU_OF_PROOF_S),
        ),
    )


def _tasks(episodes: Sequence[Episode]) -> dict[str, Task]:
    """The writers."""
    return {
        OURS: lambda: len(write_feed(SHOW, LEDGER, episodes=episodes, artwork=ARTWORK)),
        BARE: lambda: len(bare_feedgen(episodes)),
        WITH_ELEMENTS: lambda: len(feedgen_with_elements(episodes)),
    }


def _rebuilds(episodes: Sequence[Episode]) -> dict[str, Task]:
    """The proof, and both again with all items but the newest ready."""
    page = whole_feed(SHOW, LEDGER, episodes=episodes, artwork=ARTWORK)
    feed = write_page(page)
    ready: Mapping[str, bytes] = {one.guid: write_item(SHOW, one, artwork=ARTWORK) for one in page.episodes[1:]}

    def prove_all() -> int:
        verify_feed(feed, SHOW, ledger=LEDGER, episodes=episodes, artwork=ARTWORK)
        return len(feed)

    def prove_again() -> int:
        verify_page(feed, page, items=ready)
        return len(feed)

    return {READY: lambda: len(write_page(page, items=ready)), PROOF: prove_all, PROOF_READY: prove_again}


def _cpu_s(task: Task) -> float:
    gc.collect()
    start_s = time.process_time()
    task()
    return time.process_time() - start_s


def _growth_mb(count: int) -> dict[str, float]:
    """The peak of each writer's process above that of one which only makes the episodes."""
    peaks = {name: _peak_mb(count, name) for name in ("nothing", *WRITERS)}
    return {name: peaks[name] - peaks["nothing"] for name in WRITERS}


def _peak_mb(count: int, name: str) -> float:
    done = run(sys.executable, Path(__file__), "--episodes", count, "--only", name)
    return done.usage.peak_mb


def _promise(what: str, found: Spread, *, at_most: float) -> Promise:
    return Promise(what=what, at_most=at_most, found=found, is_kept=found.median <= at_most)


def _table(report: Report) -> str:
    title = f"{report.episodes} episodes, {report.feed_mb:.1f} MB, {report.rounds} rounds"
    rows = [(title, "CPU s min/med/max", f"÷ {BARE}", "MB above")]
    for name, cpu in report.cpu_s.items():
        growth = f"{report.growth_mb[name]:.0f}" if name in report.growth_mb else ""
        rows.append((name, three(cpu, places=2), three(report.to_bare[name], places=2), growth))
    kept = [
        f"{'kept' if one.is_kept else 'NOT KEPT'}: {one.what} {three(one.found, places=2)}, at most {one.at_most}"
        for one in report.promises
    ]
    return "\n".join([aligned(rows), "", *kept])


if __name__ == "__main__":
    main()
