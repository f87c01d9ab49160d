"""Floor 3, sources: what the reading room may use: memory, computing time, files. Laid on by the worker itself.

Linux keeps all of it. macOS has no such limit on memory, and Windows none at all: there the clock of the host ends what
takes too long. Network, programs and writing are refused everywhere.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

if sys.platform != "win32":
    import resource

#: With the code of the libraries (some 40 MB) and the host beside it, less than 500 MB in all.
MOST_MEMORY_BYTES = 400_000_000
MOST_OPEN_FILES = 64

#: What Python tells its auditors before it does it. Source: https://docs.python.org/3/library/audit_events.html
FORBIDDEN = frozenset(
    {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}
    | {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"}
    | {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def keep_within_limits() -> None:
    """From now on this process has little memory, writes no file, starts no program and has no network."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the host's, which ends this process
    sys.addaudithook(_refuse)
    if sys.platform != "win32":
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        _lower(resource.RLIMIT_NOFILE, most=MOST_OPEN_FILES)
        _lower(resource.RLIMIT_FSIZE, most=0)
        _lower(resource.RLIMIT_CORE, most=0)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_DATA, most=MOST_MEMORY_BYTES)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """For a `with`: whoever computes for longer in it is killed, even in the middle of a C library.

    Time is counted while this process computes, so that a busy machine costs nobody their article.
    """
    if sys.platform == "win32":
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _lower(limit: int, *, most: int) -> None:
    _, hard = resource.getrlimit(limit)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(limit, (least, least))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Called by Python before anything of note. What is refused here is a bug of a reader or of a library."""
    is_writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    if is_writing or event in FORBIDDEN:
        raise PermissionError(f"the reading room does not do that: {event} {arguments[0]!r}")
