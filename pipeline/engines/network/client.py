"""Floor 3, engines: the synchronous face of the network: a Client an engine, a Line a Session.

The work is done on the event loop of `running`, which is there while a Line has asked and not every Line is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.engines.network.exchange import Answer, NetworkOptions, Request
from pipeline.engines.network.standing import Explain, Manner, Standing
from pipeline.errors import EngineError

if TYPE_CHECKING:
    from pipeline.engines.network.running import Running

T = TypeVar("T")


class Client:
    """One server as one engine asks it. Thread-safe; nothing is started before the first request.

    ``server`` is how messages name it ("Google Translate", "api.openai.com"). ``explain`` is shown each answer of the
    statuses 300 to 499 and 501 and gives the engine's words for a refusal that is final (a bad key, an unknown voice,
    no credit), or None where the client's own will do: it asks again after 408, 425 and 429, and refuses the rest
    itself. It may raise BadAnswer for one that is worth asking again.
    """

    def __init__(self, options: NetworkOptions, *, server: str, explain: Explain) -> None:
        self._shared = _Shared(Manner(options=options, server=server, explain=explain))

    def line(self) -> Line:
        """A new Line. The last one that is closed stops what the Client started; a later one starts it again."""
        self._shared.join()
        return Line(self._shared)


class Line:
    """One Session's way to its engine's server. It is made by `Client.line`."""

    def __init__(self, shared: _Shared) -> None:
        self._shared = shared
        self._lock = Lock()
        self._under_way: set[Future[Any]] = set()
        self._is_closed = False

    def ask(self, request: Request, *, read: Callable[[Answer], T]) -> T:
        """What ``read`` makes of the answer to ``request``; it is shown each answer of the statuses 200 to 299.

        Waits, and asks again where that makes sense: also if ``read`` raises BadAnswer. ``read`` runs in a thread of
        its own.

        Raises:
            Throttled: the server wants to be left alone for longer than makes sense to wait.
            EngineError: no answer of use after all tries, a refusal that is final, or the Line is closed.
            PipelineError: whatever ``read`` raises of that kind.
        """
        with self._lock:
            if self._is_closed:
                raise self._stopped()
            future = self._shared.submit(request, read=read)
            self._under_way.add(future)
        try:
            return future.result()
        except CancelledError:
            raise self._stopped() from None
        finally:
            future.cancel()  # where Ctrl-C ended the wait
            with self._lock:
                self._under_way.discard(future)

    def close(self) -> None:
        """End a running ask() of another thread, and free what only this Line needs. It may be called twice."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            under_way = tuple(self._under_way)
        for future in under_way:
            future.cancel()
        self._shared.leave()

    def _stopped(self) -> EngineError:
        return EngineError(
            f"{self._shared.manner.server} was not asked any further: the session is closed",
            cure="what is spoken is kept: run the same command again",
        )


class _Shared:
    """What the Lines of a Client have in common."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self._standing = Standing(manner.options)
        self._lock = Lock()
        self._lines = 0
        self._running: Running | None = None

    def join(self) -> None:
        """A Line more."""
        with self._lock:
            self._lines += 1

    def submit(self, request: Request, *, read: Callable[[Answer], T]) -> Future[T]:
        """The answer to come. Whoever calls has joined, so that nothing is stopped meanwhile."""
        with self._lock:
            if self._running is None:
                # httpx is slow to load, and whoever only lists voices never asks.
                from pipeline.engines.network.running import Running  # noqa: PLC0415

                self._running = Running(self.manner, standing=self._standing)
            return self._running.submit(request, read=read)

    def leave(self) -> None:
        """A Line less."""
        with self._lock:
            self._lines -= 1
            if self._lines or self._running is None:
                return
            running, self._running = self._running, None
            running.stop()  # with the lock: the next loop must not start beside this one
