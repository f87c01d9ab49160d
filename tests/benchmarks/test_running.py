"""Processes and pipes are run to their end, and what they used is that of all of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.memory import IS_TREE_KNOWN
from benchmarks.running import run, run_pipe

ROOT = Path(__file__).parent.parent.parent

BURN = "import time; start = time.process_time()\nwhile time.process_time() - start < 0.2: pass"
HOLD = "import time; held = b'x' * 80_000_000; time.sleep(2.5)"
START_TWO = f"""
import subprocess, sys
for child in [subprocess.Popen([sys.executable, "-c", {HOLD!r}]) for _ in range(2)]: child.wait()
"""
FORK_TWO = """
import os, time
held = b'x' * 80_000_000
children = [os.fork() or os._exit(time.sleep(2.5) or 0) for _ in range(2)]
for child in children: os.waitpid(child, 0)
"""

needs_trees = pytest.mark.skipif(not IS_TREE_KNOWN, reason="no tree of processes can be looked into here")


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_what_it_prints_is_kept() -> None:
    assert run(*python("print('The Harbour Review')")).said == "The Harbour Review\n"


def test_each_process_of_a_pipe_reads_what_the_one_before_it_writes() -> None:
    pipe = [python("print('salka')"), python("print(input().title())"), python("print(input() * 2)")]
    assert run_pipe(pipe).said == "SalkaSalka\n"


def test_the_cpu_of_a_pipe_is_the_sum() -> None:
    assert run_pipe([python(BURN)] * 3).usage.cpu_s > 0.6


def test_the_cpu_of_a_child_counts() -> None:
    assert run(*python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}])")).usage.cpu_s > 0.2


def test_a_failure_anywhere_in_a_pipe_is_told_with_what_was_said() -> None:
    with pytest.raises(SystemExit, match=r"(?s)status 3: .*\n  \| no ferry today"):
        run_pipe([python("import sys; print('no ferry today', file=sys.stderr); sys.exit(3)"), python("input")])


def peak_mb_of(program: str) -> float:
    """Measured by a small process: the peak of a child begins at that of its parent, and ours may be large."""
    ask = f"import sys; from benchmarks.running import run; print(run(sys.executable, '-c', {program!r}).usage.peak_mb)"
    return float(subprocess.run(python(ask), cwd=ROOT, capture_output=True, text=True, check=True).stdout)


@needs_trees
def test_the_peak_is_that_of_all_processes_together() -> None:
    assert 160 < peak_mb_of(START_TWO) < 240


@needs_trees
def test_pages_that_forked_processes_share_count_once() -> None:
    assert 80 < peak_mb_of(FORK_TWO) < 160
