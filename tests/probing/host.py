"""A podcast host on this computer that does all as it should, until a test spoils one of its answers."""

import gzip
import hashlib
import io
import re
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from msgspec import Struct, field
from PIL import Image

SOUND = bytes(range(256)) * 200
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nThe strait was quiet.\n"
SRT = b"1\n00:00:00,000 --> 00:00:02,000\nThe strait was quiet.\n"
CHAPTERS = (
    b'{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Quiet"}, {"startTime": 61.5, "title": "News"}]}'
)
MODIFIED = "Mon, 02 Mar 2026 06:00:00 GMT"
TYPES = {
    "xml": "application/rss+xml; charset=utf-8",
    "mp3": "audio/mpeg",
    "jpg": "image/jpeg",
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json+chapters",
}


class Call(Struct, frozen=True, kw_only=True):
    """One request as it arrived; the names of its headers in small letters. ``count`` is how often it came so far."""

    method: str
    path: str
    headers: dict[str, str]
    count: int

    @property
    def ending(self) -> str:
        return self.path.rpartition(".")[2]


class Reply(Struct, frozen=True, kw_only=True):
    """What is said to it. "Content-Length" is the body's unless given, "" for none; ``cut_after`` bytes it hangs up.

    ``pause_s`` lies before the head, ``trickle_s`` between two bytes of the body; an endless one begins again.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut_after: int | None = None
    pause_s: float = 0
    trickle_s: float = 0
    is_endless: bool = False


#: What a test does to a good answer.
Spoil = Callable[[Call, Reply], Reply]


class Host:
    """Where it is and what it was asked. ``files`` are what lies there, by path."""

    def __init__(self, *, episodes: int, spoil: Spoil) -> None:
        self.spoil = spoil
        self.episodes = episodes
        self.calls: list[Call] = []
        self.most_at_once = 0
        self.scheme, self.port = "http", 0
        self.files: dict[str, bytes] = {}
        self._under_way = 0
        self._lock = threading.Lock()
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def feed_url(self) -> str:
        return f"{self.url}/feed.xml"

    def open(self, port: int, *, scheme: str) -> None:
        self.port, self.scheme = port, scheme
        self.files = {"/feed.xml": feed(self.url, episodes=self.episodes), "/cover.jpg": picture("JPEG", (1400, 1400))}
        for number in range(1, self.episodes + 1):
            names = {"mp3": SOUND, "vtt": VTT, "srt": SRT, "json": CHAPTERS}
            self.files |= {f"/{number}.{ending}": body for ending, body in names.items()}

    def answer(self, method: str, path: str, *, headers: dict[str, str]) -> Reply:
        with self._lock:
            count = sum((call.method, call.path) == (method, path) for call in self.calls) + 1
            call = Call(method=method, path=path, headers=headers, count=count)
            self.calls.append(call)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
        return self.spoil(call, good(call, self.files))

    def done(self) -> None:
        with self._lock:
            self._under_way -= 1


def good(call: Call, files: dict[str, bytes]) -> Reply:
    """The answer of a host that does all as it should."""
    body = files.get(call.path)
    if body is None:
        return Reply(status=404)
    headers = {
        "Content-Type": TYPES[call.ending],
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        "Last-Modified": MODIFIED,
        "Accept-Ranges": "bytes",
        "Access-Control-Allow-Origin": "*",
    }
    if call.ending in {"xml", "vtt", "srt", "json"}:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in call.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, mtime=0)
    if call.headers.get("if-none-match") == headers["ETag"]:
        return Reply(status=304, headers=headers)
    return part(body, headers, wanted=call.headers.get("range", ""))


def part(body: bytes, headers: dict[str, str], *, wanted: str) -> Reply:
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", wanted)
    if found is None:
        return Reply(headers=headers, body=body)
    start, end = found.groups()
    first = int(start) if start else max(len(body) - int(end), 0)
    last = min(int(end), len(body) - 1) if start and end else len(body) - 1
    if first >= len(body):
        return Reply(status=416, headers={**headers, "Content-Range": f"bytes */{len(body)}"})
    ranged = {**headers, "Content-Range": f"bytes {first}-{last}/{len(body)}"}
    return Reply(status=206, headers=ranged, body=body[first : last + 1])


def as_it_is(_call: Call, reply: Reply) -> Reply:
    return reply


@contextmanager
def hosting(spoil: Spoil = as_it_is, *, episodes: int = 2, tls: ssl.SSLContext | None = None) -> Iterator[Host]:
    """A Host until the end of the block."""
    host = Host(episodes=episodes, spoil=spoil)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"host": host}))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    host.open(server.server_address[1], scheme="http" if tls is None else "https")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    try:
        yield host
    finally:
        host.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def handle_error(self, request, client_address) -> None:
        """Whoever asks hangs up as he likes, and a refused handshake is no news. Faults of the test's own are."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5  # a visitor may vanish without a word
    host: Host

    def do_GET(self) -> None:
        headers = {name.casefold(): value for name, value in self.headers.items()}
        reply = self.host.answer(self.command, self.path, headers=headers)
        try:
            self.host.stopping.wait(reply.pause_s)
            self._head(reply)
            if self.command != "HEAD":
                self._body(reply)
        finally:
            self.host.done()

    do_HEAD = do_GET  # noqa: N815 - the standard library's name

    def _head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.close_connection = True
        length = "" if reply.status == 304 or reply.is_endless else str(len(reply.body))
        for name, value in {"Content-Length": length, **reply.headers, "Connection": "close"}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def _body(self, reply: Reply) -> None:
        self.wfile.write(reply.body[: reply.cut_after] if not reply.trickle_s else b"")
        while reply.is_endless and not self.host.stopping.is_set():
            self.wfile.write(reply.body)
        for byte in reply.body if reply.trickle_s else b"":
            self.wfile.write(bytes([byte]))
            if self.host.stopping.wait(reply.trickle_s):
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        pass


@cache
def picture(format_name: str, size: tuple[int, int], *, mode: str = "RGB") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, format_name)
    return stream.getvalue()


def feed(base: str, *, episodes: int) -> bytes:
    """A feed of that many episodes, the last one first, that is worth packing."""
    items = "".join(item(base, number) for number in range(episodes, 0, -1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>The Causeway Letter</title>
<link>https://causeway-letter.net/</link>
<description>Analyses of the coast, read by an automated voice.</description>
<language>en-GB</language>
<generator>Ostrava</generator>
<atom:link rel="self" type="application/rss+xml" href="{base}/feed.xml"/>
<itunes:author>Ines Calder</itunes:author>
<itunes:owner><itunes:name>Ines Calder</itunes:name>
<itunes:email>podcast@causeway-letter.net</itunes:email></itunes:owner>
<itunes:category text="News"/>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="{base}/cover.jpg"/>
<podcast:guid>5f1c2a34-9a67-5c09-8a43-21b7a4fcd810</podcast:guid>
<podcast:locked>yes</podcast:locked>
{items}</channel>
</rss>
<!-- {"salt and wind " * 3000} -->
""".encode()


def item(base: str, number: int) -> str:
    return f"""<item>
<title>What the harbour said, part {number}</title>
<link>https://causeway-letter.net/harbour-{number}</link>
<guid isPermaLink="false">7d0e5a52-1c3b-4a52-9a40-{number:012d}</guid>
<pubDate>{f"{number % 28 + 1:02d}"} Mar {2000 + number // 28} 06:00:00 +0000</pubDate>
<description>What was said at the harbour, read by an automated voice.</description>
<itunes:duration>120</itunes:duration>
<itunes:explicit>false</itunes:explicit>
<enclosure url="{base}/{number}.mp3" length="{len(SOUND)}" type="audio/mpeg"/>
<podcast:transcript url="{base}/{number}.vtt" type="text/vtt"/>
<podcast:transcript url="{base}/{number}.srt" type="application/x-subrip"/>
<podcast:chapters url="{base}/{number}.json" type="application/json+chapters"/>
</item>
"""
