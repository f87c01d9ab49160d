"""Floor 3: the show on this machine, served as a good host would serve it.

`audio-edition preview` runs it after a build. It serves the web root (`episodes/` and `feeds/`) and nothing else of
the show, to this machine alone, and answers what podcast clients and directories ask of a host: HEAD, byte ranges,
validators, the right types. In the feed and the pages the public address of the show gives way to the preview's own,
so that a podcast app on this machine can subscribe before anything is published.
"""

import contextlib
import errno
import hashlib
import os
import re
import socket
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path, PurePath

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import NotModifiedResponse, PathLike, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.errors import ConfigError
from pipeline.patterns import regex

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
PUBLISHED_FOLDERS = ("episodes", "feeds")
PRIVATE_FILES = frozenset({"episode.json", "show.json", "script.txt", "report.json", "report.html"})

#: The longer of two endings that fit stands first.
CONTENT_TYPES = {
    ".chapters.json": "application/json+chapters",
    ".json": "application/json",
    ".xml": "application/rss+xml; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
#: What players on other sites fetch by script.
OPEN_TO_ALL_SITES = (".vtt", ".srt", ".chapters.json", ".transcript.json")

_LOOPBACK_HOST_HEADER = regex(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)
_BYTE_RANGE = regex(r"(\d{1,18})-(\d{0,18})|-(\d{1,18})")


def make_app(root: Path, base_url: str, *, front_page: str = "feeds/index.html") -> Starlette:
    """The preview of the show in ``root`` as an ASGI application.

    ``base_url`` is the show's public address; where the feed and the pages name it, the answer names the address by
    which the client came. ``front_page`` is where / leads to, relative to ``root``. Requests are
    refused unless their Host is this machine, so that no web page elsewhere can read the preview through a name that
    it points here (DNS rebinding).

    Raises: ConfigError if ``root`` is no folder or ``base_url`` no web address.
    """
    if not root.is_dir():
        raise ConfigError("the folder of the show is not there", path=root, cure="name it with --show DIR")
    if not base_url.startswith(("https://", "http://")):
        cure = 'set it to where the show will be found, as in base_url = "https://audio.example.org/"'
        raise ConfigError(f"base_url {base_url!r} is no web address", path=root / "show.toml", cure=cure)

    async def to_front_page(_request: Request) -> Response:
        # 302 and not 301: browsers keep the latter for ever, and another show may come to this port.
        return RedirectResponse(f"/{front_page}", status_code=302)

    routes = [Route("/", to_front_page), Mount("/", PublishedFiles(root, base_url))]
    return Starlette(routes=routes, middleware=[Middleware(LoopbackOnly)])


def serve(  # noqa: PLR0913 - where it is served, and what
    root: Path,
    base_url: str,
    *,
    port: int,
    on_ready: Callable[[str], None],
    host: str = LOOPBACK_HOSTS[0],
    front_page: str = "feeds/index.html",
) -> None:
    """Nothing, after Ctrl-C: until then the preview of the show in ``root`` is served on this machine.

    ``port`` 0 takes a free one. ``on_ready`` is called once with the address (``http://127.0.0.1:8000/``) as soon as
    connections are taken.

    Raises: ConfigError if ``host`` is not this machine's own or ``port`` cannot be had.
    """
    app = make_app(root, base_url, front_page=front_page)
    with _listener(host, port) as listener, contextlib.suppress(KeyboardInterrupt):
        on_ready(_address(listener))
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        PreviewServer(config).run(sockets=[listener])


class PreviewServer(uvicorn.Server):
    """A server that hangs up at Ctrl-C. uvicorn would wait for players that have paused in the middle of an episode."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Nothing, when all connections are closed."""
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets)


def _listener(host: str, port: int) -> socket.socket:
    """A socket that takes connections already, so that whoever hears of it may come at once."""
    if host not in LOOPBACK_HOSTS:
        raise ConfigError(
            f"the preview serves this machine alone, not {host}",
            cure=f"use --host {LOOPBACK_HOSTS[0]}, and publish to show it to others",
        )
    cure = "give another one with --port N, or --port 0 for any that is free"
    if port not in range(65536):
        raise ConfigError(f"there is no port {port}: the largest is 65535", cure=cure)
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        why = "another program uses it" if error.errno == errno.EADDRINUSE else str(error)
        raise ConfigError(f"port {port} of {host} cannot be had: {why}", cure=cure) from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class LoopbackOnly:
    """Middleware that refuses requests whose Host header is not this machine (421 Misdirected Request)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: PLR0917 - ASGI's signature
        """The answer of the application within, or the refusal."""
        if scope["type"] != "http" or _LOOPBACK_HOST_HEADER.fullmatch(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
        else:
            refusal = PlainTextResponse("The preview answers to 127.0.0.1 and localhost alone.\n", status_code=421)
            await refusal(scope, receive, send)


class PublishedFiles(StaticFiles):
    """The files of the web root, with the headers of a podcast host.

    Starlette does the files, validators, HEAD, ranges and 416. Added here: what is published and what is not, the
    content types of podcasting, and the rewritten feed and pages.
    """

    def __init__(self, root: Path, base_url: str) -> None:
        super().__init__(directory=root, html=True)
        self.root = root.resolve()
        self.public_links = _public_links(base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: PLR0917 - ASGI's signature
        """The answer to one request."""
        await super().__call__(_without_void_range(scope), receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, 304, the way to a folder's index, or the refusal; all with the standing headers."""
        if ".." in scope["path"].split("/"):
            raise HTTPException(status_code=404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        if path.endswith(OPEN_TO_ALL_SITES):
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Where ``path`` really lies, all links followed, and its status; nothing if that is not published."""
        full_path, status = super().lookup_path(path)
        return (full_path, status) if is_published(PurePath(full_path), self.root) else ("", None)

    def file_response(  # noqa: PLR0917 - Starlette's signature
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file as it is, or the rewritten feed or page, or 304."""
        path, request = Path(full_path), Headers(scope=scope)
        headers = {"Content-Type": content_type(path.name)}
        if not is_rewritten(path.relative_to(self.root)):
            response: Response = FileResponse(path, status_code, headers=headers, stat_result=stat_result)
            return (
                NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, request) else response
            )
        data = with_own_address(path.read_bytes(), self.public_links, address=f"http://{request['host']}/")
        headers["ETag"] = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        headers["Last-Modified"] = formatdate(stat_result.st_mtime, usegmt=True)
        if self.is_not_modified(Headers(headers), request):
            return NotModifiedResponse(Headers(headers))
        return _ranged_response(data, headers, request=request)


def is_published(path: PurePath, root: PurePath) -> bool:
    """Whether ``path``, all links followed, is a file or folder of the web root of ``root`` that the world may see."""
    if not path.is_relative_to(root):
        return False
    parts = path.relative_to(root).parts
    # Some file systems do not tell letters by case, and there EPISODE.JSON opens the ledger.
    is_private = path.name.casefold() in PRIVATE_FILES or any(part.startswith(".") for part in parts)
    return not is_private and parts[:1] in {(name,) for name in PUBLISHED_FOLDERS}


def content_type(name: str) -> str:
    """The Content-Type of a file of that name, in the words that directories and players expect.

    Source: RSS Advisory Board (application/rss+xml); podcast namespace, transcripts and chapters; RFC 9239.
    """
    fitting = (kind for ending, kind in CONTENT_TYPES.items() if name.lower().endswith(ending))
    return next(fitting, "application/octet-stream")


def is_rewritten(path: PurePath) -> bool:
    """Whether the file at ``path``, relative to the show, is a feed or a page, which name the show's public address."""
    return path.suffix == ".html" or (path.suffix == ".xml" and path.parts[0] == "feeds")


def with_own_address(data: bytes, public_links: re.Pattern[bytes], *, address: str) -> bytes:
    """``data`` with ``address`` in the place of the show's public address; every other byte, and every GUID, stays."""
    return public_links.sub(lambda found: found.group("guid") or address.encode(), data)


def _public_links(base_url: str) -> re.Pattern[bytes]:
    """Finds the public address where it leads into the web root or stands alone, and GUIDs, to step over them.

    The articles themselves may live below the same address; links to them stay what they are.
    """
    guid = r"(?P<guid><(?:podcast:)?guid\b.*?</(?:podcast:)?guid>)"
    base = re.escape(f"{base_url.rstrip('/')}/")
    end = rf"(?=(?:{'|'.join(PUBLISHED_FOLDERS)})/|[\"'<\s]|$)"
    return re.compile(f"{guid}|{base}{end}".encode(), re.DOTALL)


def _without_void_range(scope: Scope) -> Scope:
    """The request without a Range header that says nothing; Starlette would answer 400.

    Source: RFC 9110, section 14.2: a unit that is not understood must be ignored, an invalid set may be.
    """
    if scope["type"] != "http" or _is_byte_range(Headers(scope=scope).get("range", "")):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"range"]}


def _is_byte_range(value: str) -> bool:
    unit, _, ranges = value.partition("=")
    found = [_BYTE_RANGE.fullmatch(one.strip()) for one in ranges.split(",")]
    return unit.strip().lower() == "bytes" and all(
        one is not None and (not one[1] or not one[2] or int(one[1]) <= int(one[2])) for one in found
    )


def _ranged_response(data: bytes, headers: dict[str, str], *, request: Headers) -> Response:
    """The bytes, or the one range of them that is asked for; several at once are answered with the whole.

    Starlette's FileResponse does this for files, but not for bytes made on the way.
    Source: RFC 9110, sections 13.1.5 (If-Range), 14.1.2 (byte ranges), 15.5.17 (416).
    """
    headers = {**headers, "Accept-Ranges": "bytes"}
    wanted = _BYTE_RANGE.fullmatch(request.get("range", "").partition("=")[2].strip())
    if wanted is None or request.get("if-range", headers["ETag"]) not in {headers["ETag"], headers["Last-Modified"]}:
        return Response(data, headers=headers)
    first, last, suffix = wanted.groups()
    start = max(len(data) - int(suffix), 0) if suffix else int(first)
    end = min(int(last) + 1, len(data)) if last else len(data)
    if start >= len(data):
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(data)}"
    return Response(data[start:end], status_code=206, headers=headers)
