"""Where the CPU time of a cold build goes: `python stages.py SHOW ARTICLE` builds it and prints JSON, [[part, cpu_s]].

The parts are the stages that the build tells its Progress, and what lies before, between and after them: start-up,
reading and script come "before narrate"; tags, pages and feed "after master".
"""

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from pipeline.project import open_project
from pipeline.workflow import Order, build_episode, build_feed
from pipeline.workshop import Workshop


class StageClock:
    """A Progress that writes down the CPU seconds of each stage and of what lies between."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, float]] = []
        self._passed_s = 0.0
        self._stage = ""

    def begin(self, stage: str, total: int) -> None:  # noqa: ARG002 - time is not counted in steps
        """What came before ``stage`` is over."""
        self._lap(f"before {stage}")
        self._stage = stage

    def advance(self, count: int = 1) -> None:
        """Nothing to note."""

    def end(self, outcome: str) -> None:  # noqa: ARG002 - the time counts, whatever came of it
        """The stage is over."""
        self._lap(self._stage)

    def close(self) -> None:
        """So is the build."""
        self._lap(f"after {self._stage}")

    def _lap(self, part: str) -> None:
        """Note what was used since the last lap, by ended child processes too."""
        children = getrusage(RUSAGE_CHILDREN)
        now_s = time.process_time() + children.ru_utime + children.ru_stime
        self.parts.append((part, now_s - self._passed_s))
        self._passed_s = now_s


def main() -> None:
    """Build once, as the command does."""
    show, source = map(Path, sys.argv[1:])
    project, clock = open_project(show), StageClock()
    workshop = Workshop(store=project.store, workers=os.cpu_count() or 1, progress=clock)
    now = datetime.now(UTC)
    build_episode(project, Order(source=source, now=now), workshop=workshop)
    build_feed(project, now=now)
    clock.close()
    print(json.dumps(clock.parts))


if __name__ == "__main__":
    main()
