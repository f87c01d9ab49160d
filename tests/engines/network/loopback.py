"""A server on this computer that answers as a test says, well or badly: the base of all network engines' tests."""

import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from msgspec import Struct, field


class Call(Struct, frozen=True, kw_only=True):
    """One request as it arrived. ``path`` has the query in it, the names in ``headers`` are in small letters.

    ``number`` counts the requests of the server from 1, ``at`` is when it arrived (time.monotonic).
    """

    number: int
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float


class Reply(Struct, frozen=True, kw_only=True):
    """What the server is to say, and how badly.

    ``delay_s``: nothing is said before. ``trickle_s``: what lies between two bytes of the body. ``cut_after``: so many
    bytes of the body, then the connection ends. ``is_silent``: it ends without a word. ``content_length``: a number
    that is said instead of the true one, -1 for none at all (then the end of the connection is the end of the body).
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay_s: float = 0.0
    trickle_s: float = 0.0
    cut_after: int | None = None
    is_silent: bool = False
    content_length: int | None = None


class Server:
    """Where it is, and what it was asked so far."""

    def __init__(self, answer: Callable[[Call], Reply]) -> None:
        self._answer = answer
        self._lock = threading.Lock()
        self._calls: list[Call] = []
        self._under_way = 0
        self._stopping = threading.Event()
        self.port = 0
        self.scheme = "http"
        #: The greatest number of requests that were being answered at the same time.
        self.most_at_once = 0

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def calls(self) -> tuple[Call, ...]:
        """All requests so far, in the order of their arrival."""
        with self._lock:
            return tuple(self._calls)

    def wait_for(self, count: int, *, within_s: float = 5.0) -> None:
        """Until ``count`` requests have arrived."""
        end = time.monotonic() + within_s
        while len(self.calls) < count:
            assert time.monotonic() < end, f"{len(self.calls)} of {count} requests arrived within {within_s} s"
            time.sleep(0.002)

    def is_stopping_within(self, seconds: float) -> bool:
        """Wait that long, or less if the test is over."""
        return self._stopping.wait(seconds) if seconds > 0 else self._stopping.is_set()

    @contextmanager
    def arriving(self, make: Callable[[int], Call]) -> Iterator[Reply]:
        """What to say to the Call that ``make`` makes of its number."""
        with self._lock:
            call = make(len(self._calls) + 1)
            self._calls.append(call)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            yield self._answer(call)
        finally:
            with self._lock:
                self._under_way -= 1

    def stop(self) -> None:
        """End every delay."""
        self._stopping.set()


@contextmanager
def serving(answer: Callable[[Call], Reply] | Reply, *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server until the end of the block, which asks ``answer`` what to say to each Call, several at a time.

    At the end delays are cut short and every connection is closed, whatever it is doing.
    """
    server = Server(answer if callable(answer) else lambda _: answer)
    httpd = _Httpd(server, tls=tls)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        httpd.shutdown()
        thread.join()
        httpd.close_connections()
        httpd.server_close()  # waits for the threads of the connections


@contextmanager
def nobody_there() -> Iterator[str]:
    """An address on this computer at which no connection is taken."""
    with socket.socket() as bound:  # bound and not listening: nobody else can take the port meanwhile
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


class _Httpd(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, server: Server, *, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), type("Handler", (_Handler,), {"answering": server}))
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        server.port = self.server_address[1]
        if tls is not None:
            server.scheme = "https"
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def get_request(self):
        connection, address = super().get_request()
        with self._lock:
            self._open.add(connection)
        return connection, address

    def close_request(self, request) -> None:
        with self._lock:
            self._open.discard(request)
        super().close_request(request)

    def close_connections(self) -> None:
        """Wake every thread that waits for a visitor's next request."""
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request, client_address) -> None:
        """Visitors leave as they like, and a refused handshake is no news. Faults of the test's own are."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Reads a request, and says what the Reply to it says."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    answering: Server

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:  # the client hung up in the middle of it: nobody asked anything
            self.close_connection = True
            return
        with self.answering.arriving(partial(self._call, body=body, at=time.monotonic())) as reply:
            if self.answering.is_stopping_within(reply.delay_s) or reply.is_silent:
                self.close_connection = True
                return
            self._say_head(reply)
            self._say_body(reply)

    do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815 - the standard library's names

    def _call(self, number: int, *, body: bytes, at: float) -> Call:
        headers = {name.casefold(): value for name, value in self.headers.items()}
        return Call(number=number, method=self.command, path=self.path, headers=headers, body=body, at=at)

    def _say_head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        length = len(reply.body) if reply.content_length is None else reply.content_length
        if length >= 0:
            self.send_header("Content-Length", str(length))
        self.close_connection |= length != len(reply.body) or reply.cut_after is not None
        self.end_headers()

    def _say_body(self, reply: Reply) -> None:
        body = reply.body if reply.cut_after is None else reply.body[: reply.cut_after]
        if not reply.trickle_s:
            self.wfile.write(body)
            return
        for start in range(len(body)):
            self.wfile.write(body[start : start + 1])
            if self.answering.is_stopping_within(reply.trickle_s):
                self.close_connection = True
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        pass
