"""Floor 3, engines: the event loop of a Client in a daemon thread of its own, from the first request to the last Line.

Nothing here can hold up the end of the program or of a Session: what cannot be called off (a look-up of a name, reading
an answer) is done in daemon threads too, and nobody waits for those.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from threading import Thread
from typing import Any, TypeVar

from pipeline.engines.network.asking import Asker
from pipeline.engines.network.exchange import Answer, Request
from pipeline.engines.network.sending import open_http
from pipeline.engines.network.standing import Manner, Standing

T = TypeVar("T")


class Running:
    """The loop and its connections. Raises EngineError at once if the environment does not allow of any."""

    def __init__(self, manner: Manner, *, standing: Standing) -> None:
        self._http = open_http(manner.options)
        self._stopping = asyncio.Event()
        self._loop = _Loop()
        self._asker = Asker(manner, http=self._http, standing=standing, readers=_aside)
        self._thread = Thread(target=self._run, name=f"asking {manner.server}", daemon=True)
        self._thread.start()

    def submit(self, request: Request, *, read: Callable[[Answer], T]) -> Future[T]:
        """The answer to come. Calling it off ends the request."""
        return asyncio.run_coroutine_threadsafe(self._asker.ask(request, read=read), self._loop)

    def stop(self) -> None:
        """Call off every request, close the connections and end the loop."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        async with self._http:
            await self._stopping.wait()
            requests = asyncio.all_tasks() - {asyncio.current_task()}
            for request in requests:
                request.cancel()
            await asyncio.gather(*requests, return_exceptions=True)
        await self._loop.hang_up()


class _Aside(Executor):
    """Does each thing in a daemon thread of its own. Those of the standard library are waited for at the end."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """The result to come."""
        future: Future[T] = Future()
        Thread(target=self._do, args=(future, partial(fn, *args, **kwargs)), daemon=True).start()
        return future

    @staticmethod
    def _do(future: Future[T], call: Callable[[], T]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - the outermost frame of a worker: who waits raises it
            future.set_exception(error)


_aside = _Aside()


class _Loop(asyncio.SelectorEventLoop):
    """A loop that can be left at once."""

    def __init__(self) -> None:
        super().__init__()
        self._connections: set[asyncio.BaseTransport] = set()

    async def getaddrinfo(self, host: Any, port: Any, **hints: int) -> Any:
        """As socket.getaddrinfo, where nobody has to wait for it: it can take long and cannot be called off."""
        return await self.run_in_executor(_aside, partial(socket.getaddrinfo, host, port, **hints))

    async def create_connection(self, *args: Any, **kwargs: Any) -> Any:
        """As usual. httpcore forgets a connection that is called off while TLS shakes hands, so it is noted here."""
        transport, protocol = await super().create_connection(*args, **kwargs)
        self._connections = {known for known in self._connections if not known.is_closing()} | {transport}
        return transport, protocol

    async def hang_up(self) -> None:
        """Close what is still open."""
        for connection in self._connections:
            connection.close()
        await asyncio.sleep(0)  # each is told on the next round
