"""The memory of a whole tree of processes while it runs, by samples: what the largest process used says too little.

Each sample is the sum of proportional set sizes: a page that several share counts once among them, as it lies in memory
once. Workers are forked for every sentence, so that a sum of resident sizes would count the same pages many times.
The kernel counts the pages at each look, 9 ms for 300 MB, so that large trees are looked at less often.
Sources: proc(5), /proc/pid/stat and /proc/pid/smaps_rollup (Linux 4.14).
"""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from threading import Event, Thread

_PROC = Path("/proc")
_INTERVAL_S = 0.05
_MOST_OF_A_CORE = 0.02

#: Where trees can be looked into; elsewhere a peak is that of the largest process.
IS_TREE_KNOWN = (_PROC / "self" / "smaps_rollup").exists()
MEANING = (
    "of all processes together, looked at up to 20 times a second" if IS_TREE_KNOWN else "of the largest process alone"
)


class TreeMemory:
    """A context: watches everything that this process starts inside it. ``peak_mb`` is 0.0 where no tree is known."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._strangers = frozenset(_processes())
        self._members: set[int] = set()
        self._is_over = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "TreeMemory":
        """Begin to look."""
        if IS_TREE_KNOWN:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._is_over.set()
        if IS_TREE_KNOWN:
            self._thread.join()

    def _watch(self) -> None:
        pause_s = _INTERVAL_S
        while not self._is_over.wait(pause_s):
            start_s = time.thread_time()
            self._find_members()
            self.peak_mb = max(self.peak_mb, sum(map(_pss_mb, self._members)))
            pause_s = max(_INTERVAL_S, (time.thread_time() - start_s) / _MOST_OF_A_CORE)

    def _find_members(self) -> None:
        """Whoever was started since the last look by this process or by a member; what was there before is not read."""
        known = set(_processes()) - self._strangers
        self._members &= known
        parents = {pid: _parent(pid) for pid in known - self._members}
        while (
            born := {pid for pid, parent in parents.items() if parent in self._members | {os.getpid()}} - self._members
        ):
            self._members |= born


def _processes() -> Iterable[int]:
    return (int(path.name) for path in _PROC.iterdir() if path.name.isdecimal()) if IS_TREE_KNOWN else ()


def _parent(pid: int) -> int:
    # The name of the program, in brackets, may hold blanks and brackets itself.
    after_name = _read(pid, "stat").rpartition(")")[2].split()
    return int(after_name[1]) if after_name else 0


def _pss_mb(pid: int) -> float:
    lines = _read(pid, "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def _read(pid: int, name: str) -> str:
    """ "" for a process that has ended since."""
    try:
        return (_PROC / str(pid) / name).read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
