"""Web sites on this computer for the tests: real sockets, invented names."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import Source
from pipeline.sources.fetching import Limits, Network, fetch

PAGE = b"<!doctype html><title>Quiet straits</title><p>The strait was quiet, and that was the news.</p>"
HTML = {"Content-Type": "text/html; charset=utf-8"}

#: What a site answers to a request: status, headers, body. Content-Length is added unless it is given ("" for none).
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A server that answers by path, counted from what it was asked before, and remembers the requests."""

    def __init__(self, answers: dict[str, Answer | list[Answer]], *, host: str = "127.0.0.1") -> None:
        self.answers = answers
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.server = ThreadingHTTPServer((host, 0), _handler(self))
        self.server.daemon_threads = False
        self.port = self.server.server_address[1]

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    def url(self, path: str = "/", *, host: str = "harbour-review.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        self.requests.append((path, headers))
        answer = self.answers.get(path, (404, {}, b"no such page"))
        return answer[min(self.paths.count(path), len(answer)) - 1] if isinstance(answer, list) else answer


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # keeps the connection for a second request, if the visitor does

        def do_GET(self) -> None:
            headers = {name.casefold(): value for name, value in self.headers.items()}
            status, fields, body = site.answer(self.path, headers)
            self.send_response(status)
            fields = {"Content-Length": str(len(body)), **fields}
            if not fields["Content-Length"]:
                fields["Connection"] = "close"  # the end of the connection is the end of the body
            for name, value in fields.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the visitor has heard enough

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
            pass

    return Handler


@contextmanager
def site(
    answers: dict[str, Answer | list[Answer]], *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    """A Site that runs until the end of the block."""
    made = Site(answers, host=host)
    if tls is not None:
        # The handshake belongs to the thread of its request; one that fails is not worth a traceback here.
        made.server.socket = tls.wrap_socket(made.server.socket, server_side=True, do_handshake_on_connect=False)
        made.server.handle_error = lambda request, address: None  # type: ignore[method-assign] # the quiet way
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        thread.join()
        made.server.server_close()


@contextmanager
def raw_server(talk: Callable[[socket.socket], None], *, host: str = "127.0.0.1") -> Iterator[tuple[int, list[int]]]:
    """A port where ``talk`` has each connection to itself, and a list that grows by one for each of them."""
    listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.settimeout(0.02)
    visits: list[int] = []
    is_over = threading.Event()

    def serve() -> None:
        while not is_over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            visits.append(len(visits))
            connection.settimeout(2)
            with connection:
                try:
                    talk(connection)
                except OSError:
                    continue  # the visitor has gone

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], visits
    finally:
        is_over.set()
        thread.join()
        listener.close()


def heard(connection: socket.socket) -> bytes:
    """The request, up to the empty line."""
    request = b""
    while b"\r\n\r\n" not in request:
        part = connection.recv(4096)
        if not part:
            break
        request += part
    return request


def dripping(start: bytes, *, drop: bytes, pause_s: float = 0.05) -> Callable[[socket.socket], None]:
    """A talk that says ``start`` and then a ``drop`` every ``pause_s`` seconds, until nobody listens."""

    def talk(connection: socket.socket) -> None:
        heard(connection)
        connection.sendall(start)
        while True:
            connection.sendall(drop)
            time.sleep(pause_s)

    return talk


def names(**others: tuple[str, ...]) -> Callable[[str, int], tuple[str, ...]]:
    """A look-up that knows nothing but invented names; by default all of them are this computer.

    ``others`` are names with ``_`` for each ``.`` and ``__`` for each ``-``.
    """
    known = {name.replace("__", "-").replace("_", "."): addresses for name, addresses in others.items()}

    def resolve(host: str, port: int) -> tuple[str, ...]:
        if host in known:
            return known[host]
        assert host.rstrip(".").endswith(".example"), f"{host} would be looked up outside"
        return ("127.0.0.1",)

    return resolve


HERE = Network(resolve=names())
QUICK = Limits(pauses_s=(0.01, 0.01))


def get(url: str, folder: Path, *, limits: Limits = QUICK, network: Network = HERE) -> Source:
    return fetch(url, folder=folder, is_private_allowed=True, limits=limits, network=network)


def error_of(url: str, folder: Path, *, limits: Limits = QUICK, network: Network = HERE) -> str:
    """The one line of the SourceError that fetching ``url`` ends with; nothing is written."""
    with pytest.raises(SourceError) as caught:
        get(url, folder, limits=limits, network=network)
    assert not list(folder.iterdir())
    assert str(caught.value).isprintable()
    assert caught.value.cure
    return str(caught.value)
