"""The host's side of the worker processes: one process and the pipes to it, and those that wait for their next voice.

To start a worker takes longer than to say ten sentences, so one whose Session has ended well is kept for the next
Session of the same voice, and ends with this process.
"""

import atexit
import os
import signal
import subprocess
import sys
from collections import deque
from contextlib import suppress
from functools import cache
from threading import Lock, Thread
from typing import IO

from pipeline.engines.espeak.protocol import Answer, Greeting, Ready, Request, SetVoice, decode_answer, encode
from pipeline.errors import EngineError, EngineUnavailable
from pipeline.frames import read_frame, write_frame

#: So many wait at most: a narration has one a core.
_MOST_WAITING = 16


@cache
def greeting() -> Greeting:
    """What a worker says of the library: its version and voices. Raises EngineUnavailable if it does not start."""
    worker = Worker()
    _waiting.put(worker)  # whoever wants to speak next need not start another
    return worker.greeting


def take_worker(voice: SetVoice) -> "Worker | None":
    """A worker that speaks with ``voice``, started if none waits; None if the library does not take that voice.

    Raises: EngineUnavailable if the library does not start here.
    """
    worker = _waiting.take(voice) or Worker()
    if worker.voice == voice:
        return worker
    if isinstance(worker.ask(voice), Ready):
        worker.voice = voice
        return worker
    worker.close()
    return None


def give_back(worker: "Worker") -> None:
    """Keep ``worker``, which is doing nothing, for the next who speaks with its voice."""
    _waiting.put(worker)


class Worker:
    """The process, its greeting, the last lines it printed, and the ``voice`` it was given."""

    voice: SetVoice | None = None

    def __init__(self) -> None:
        if not hasattr(os, "fork"):
            raise EngineUnavailable(
                "espeak-ng speaks in forked processes, which this system does not have",
                cure="run audio-edition on Linux or macOS (on Windows: in WSL)",
            )
        self._process = subprocess.Popen(
            # -P: nothing is imported from the current folder, which is the user's.
            [sys.executable, "-P", "-m", "pipeline.engines.espeak.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # a group of its own, so that its copies end with it, and Ctrl-C is ours alone
        )
        self._printed: deque[bytes] = deque(maxlen=20)
        self._listener = Thread(target=self._listen, args=(self._stream(self._process.stderr),), daemon=True)
        self._listener.start()
        greeting = self._receive()
        if not isinstance(greeting, Greeting):
            self.close()
            raise EngineUnavailable(
                "espeak-ng does not start here",
                cure="reinstall its library: pip install --force-reinstall espeakng-loader",
                stderr=self._last_lines(),
            )
        self.greeting = greeting

    @property
    def is_alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def ask(self, request: Request) -> Answer | None:
        """The worker's answer, None if it is gone."""
        try:
            write_frame(self._stream(self._process.stdin), encode(request))
        except (BrokenPipeError, ValueError):
            return None
        return self._receive()

    def failure(self, what: str, text: str) -> EngineError:
        """The error of an utterance that was not spoken."""
        shown = text if len(text) <= 60 else text[:57] + "..."
        return EngineError(
            f'espeak-ng could not say "{shown}": {what}',
            cure="say it differently in the article or in lexicon.toml",
            utterance=text,
            stderr=self._last_lines(),
        )

    def close(self) -> None:
        """Kill the process and free its pipes."""
        if self._process.returncode is None:  # its number is still its own: nobody waited for it yet
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(BrokenPipeError):  # what it was to be told last, and nobody is there to hear
                self._stream(stream).close()

    def _receive(self) -> Answer | None:
        try:
            frame = read_frame(self._stream(self._process.stdout))
        except ValueError:  # closed from another thread
            return None
        return None if frame is None else decode_answer(frame)

    def _listen(self, stream: IO[bytes]) -> None:
        self._printed.extend(stream)

    def _last_lines(self) -> str:
        return b"".join(self._printed).decode(errors="replace").strip()

    @staticmethod
    def _stream(stream: IO[bytes] | None) -> IO[bytes]:
        assert stream is not None  # noqa: S101 - all three are pipes by construction
        return stream


class _Waiting:
    """The workers that nobody uses."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._workers: list[Worker] = []

    def take(self, voice: SetVoice) -> Worker | None:
        with self._lock:
            for wanted in (voice, None):  # one that was never given a voice takes any
                for number, worker in enumerate(self._workers):
                    if worker.voice == wanted and worker.is_alive:
                        return self._workers.pop(number)
        return None

    def put(self, worker: Worker) -> None:
        with self._lock:
            self._workers.append(worker)
            surplus = self._workers.pop(0) if len(self._workers) > _MOST_WAITING else None
        if surplus is not None:
            surplus.close()

    def close(self) -> None:
        with self._lock:
            workers, self._workers = self._workers, []
        for worker in workers:
            worker.close()


_waiting = _Waiting()
atexit.register(_waiting.close)
