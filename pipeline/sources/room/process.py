"""Floor 3, sources: one worker process of the reading room, as the host sees it: asked, waited for, buried."""

import os
import signal
import subprocess
import sys
from collections import deque
from contextlib import suppress
from threading import Thread, Timer
from typing import IO

from msgspec import Struct

from pipeline.frames import read_frame, write_frame
from pipeline.sources.room.limits import MOST_MEMORY_BYTES
from pipeline.sources.room.protocol import MEMORY_STATUS, Answer, Ask, decode_answer, encode

#: By the clock on the wall a worker may be silent for this long: on a machine so busy that it gets no turn, or when a
#: disk does not answer. What it computes is counted by the worker itself. Windows counts nothing, so the clock does.
SILENCE_S = 30.0
START_S = 3.0


class ReaderFault(RuntimeError):
    """A bug in a reader, or a reading room that does not start. Its notes hold what the worker printed."""


class Death(Struct, frozen=True, kw_only=True):
    """Why a worker died, as the end of a sentence about what it read: "needs more than 400 MB of memory"."""

    why: str
    is_of_memory: bool = False
    is_of_silence: bool = False


class Worker:
    """A process that runs ``module`` and answers one request after the other."""

    def __init__(self, module: str, *, silence_s: float = SILENCE_S) -> None:
        self.has_answered = False
        self._silence_s = silence_s
        self._is_overdue = False
        self._patience_s = 0.0
        self._process = subprocess.Popen(  # noqa: S603 - the module is one of ours, no input
            # -P: nothing is imported from the current folder, which is the user's. -B: nothing is written.
            [sys.executable, "-P", "-B", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that Ctrl-C is the host's alone
        )
        self._printed: deque[bytes] = deque(maxlen=20)
        self._listener = Thread(target=self._listen, args=(self._stream(self._process.stderr),), daemon=True)
        self._listener.start()

    def ask(self, ask: Ask) -> Answer | None:
        """The answer; None if the worker died over it."""
        self._patience_s = ask.patience_s
        is_counted = sys.platform != "win32"
        clock = Timer(self._silence_s if is_counted else START_S + ask.patience_s, self._give_up)
        clock.daemon = True
        clock.start()
        try:
            write_frame(self._stream(self._process.stdin), encode(ask))
            frame = read_frame(self._stream(self._process.stdout))
        except BrokenPipeError:
            frame = None
        finally:
            clock.cancel()
        if frame is None:
            return None
        self.has_answered = True
        answer: Answer = decode_answer(frame)
        return answer

    def death(self) -> Death:
        """Why it gave no answer. Frees what is left of it.

        Raises:
            ReaderFault: it ended for no reason that a source could give.
        """
        try:
            status = self._process.wait(timeout=START_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        self.close()
        if self._is_overdue:
            return Death(why=f"gave no sign of life for {_seconds(self._silence_s)}", is_of_silence=True)
        if status == MEMORY_STATUS:
            return Death(why=f"needs more than {MOST_MEMORY_BYTES // 1_000_000} MB of memory", is_of_memory=True)
        if status >= 0:
            raise self._fault(f"the reading room ended with status {status}")
        return Death(why=_of_signal(-status, patience_s=self._patience_s))

    def close(self) -> None:
        """Kill the process and free its pipes."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        for stream in self._pipes():
            with suppress(BrokenPipeError):  # what it was never told
                stream.close()

    def abandon(self) -> None:
        """Let go of the pipes in a fork of the host: the process is the host's and ends with it."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in self._pipes():
            # Not closed: another thread of the host may have held the stream's lock when it was forked.
            os.dup2(nothing, stream.fileno())
        os.close(nothing)
        self._process.returncode = 0  # there is nobody to wait for

    def _give_up(self) -> None:
        self._is_overdue = True
        self._process.kill()

    def _listen(self, stream: IO[bytes]) -> None:
        self._printed.extend(stream)

    def _fault(self, what: str) -> ReaderFault:
        fault = ReaderFault(what)
        fault.add_note(b"".join(self._printed).decode(errors="replace").strip() or "It printed nothing.")
        return fault

    def _pipes(self) -> list[IO[bytes]]:
        return [self._stream(stream) for stream in (self._process.stdin, self._process.stdout, self._process.stderr)]

    @staticmethod
    def _stream(stream: IO[bytes] | None) -> IO[bytes]:
        assert stream is not None  # noqa: S101 - all three are pipes by construction
        return stream


def _of_signal(number: int, *, patience_s: float) -> str:
    if number == signal.SIGPROF:
        return f"took longer than {_seconds(patience_s)} to read"
    if number == signal.SIGKILL:
        return "was stopped by the system, which may be out of memory (signal 9)"
    return f"crashed the reader (signal {number})"


def _seconds(count: float) -> str:
    return "1 second" if count == 1 else f"{count:.0f} seconds"
