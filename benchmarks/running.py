"""Whole processes, and pipes of them: run to their end, timed, with the memory of everything they start.

Nothing heavy may be imported here: a child's peak memory starts at that of the process it comes from.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from msgspec import Struct

from benchmarks.memory import TreeMemory
from benchmarks.results import Usage

_BYTES_A_UNIT = 1 if sys.platform == "darwin" else 1024
_LINES_SHOWN = 10


class Run(Struct, frozen=True, kw_only=True):
    """A process, or a pipe, that ended well, and what its last process printed."""

    usage: Usage
    said: str


def run(*command: object) -> Run:
    """Run a process to its end; its children count as far as it waited for them, as ours does.

    Raises SystemExit where it fails, with what it said last.
    """
    return run_pipe([command])


def run_pipe(commands: Sequence[Sequence[object]]) -> Run:
    """Run processes at once, each reading what the one before it writes: their CPU is summed, no shell is between.

    Raises SystemExit where one of them fails, with what was said last.
    """
    with TemporaryFile("w+", encoding="utf-8") as printed, TemporaryFile("w+", encoding="utf-8") as complained:
        with TreeMemory() as memory:
            start_s = time.perf_counter()
            processes = _started(
                [[str(word) for word in command] for command in commands], printed, complained=complained
            )
            ends = [os.wait4(process.pid, 0) for process in processes]
            wall_s = time.perf_counter() - start_s
        for process, (_, status, _) in zip(processes, ends, strict=True):
            process.returncode = os.waitstatus_to_exitcode(status)  # it was waited for here, not by subprocess
        _require_success(processes, complained)
        printed.seek(0)
        said = printed.read()
    used = [end[2] for end in ends]
    largest_mb = max(one.ru_maxrss for one in used) * _BYTES_A_UNIT / 1e6
    cpu_s = sum(one.ru_utime + one.ru_stime for one in used)
    # Between two samples a process may have been larger than in either.
    return Run(usage=Usage(cpu_s=cpu_s, wall_s=wall_s, peak_mb=max(memory.peak_mb, largest_mb)), said=said)


def _started(commands: list[list[str]], printed: IO[str], *, complained: IO[str]) -> list[subprocess.Popen[bytes]]:
    processes: list[subprocess.Popen[bytes]] = []
    with ExitStack() as ends:  # only the processes keep the pipes open, so that each learns when its neighbour is gone
        given: int | IO[bytes] = subprocess.DEVNULL
        for number, command in enumerate(commands, start=1):
            target: int | IO[str] = printed if number == len(commands) else subprocess.PIPE
            process = subprocess.Popen(command, stdin=given, stdout=target, stderr=complained)
            processes.append(process)
            if process.stdout:
                given = ends.enter_context(process.stdout)
    return processes


def _require_success(processes: list[subprocess.Popen[bytes]], complained: IO[str]) -> None:
    failed = [process for process in processes if process.returncode]
    if not failed:
        return
    complained.seek(0)
    lines = complained.read().splitlines()[-_LINES_SHOWN:]
    what = [f"status {process.returncode}: {' '.join(map(str, process.args))}" for process in failed]  # type: ignore[arg-type]  # a list here
    sys.exit("\n".join([*what, *(f"  | {line}" for line in lines)]))
