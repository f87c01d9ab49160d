"""Floor 3, probing: one request -> the Answer that came of it, redirects followed, whatever the server does."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from msgspec import Struct

from pipeline import __version__
from pipeline.errors import ConfigError
from pipeline.model import Answer, Failure, Hop, Trouble
from pipeline.probing.troubles import failure_of
from pipeline.sources.fetching import Network
from pipeline.sources.fetching.addresses import has_readable_host, shown
from pipeline.sources.fetching.connecting import CheckedTransport
from pipeline.sources.fetching.faults import Fault, quoted
from pipeline.sources.fetching.visiting import put_location_aside

_HEADERS = {
    # Who asks, in words: there is no web page about it that could be named.
    "User-Agent": f"audio-edition/{__version__} (checks what a podcast's host serves, at somebody's request)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}
_REDIRECTS = {301, 302, 303, 307, 308}
#: Servers in front of others say these when the one behind them was busy for a moment.
_MOMENTARY = {502, 503, 504}
#: A host that failed so fails for each of its addresses, and is not asked again.
_LASTING = {Trouble.NAME, Trouble.CONNECTION, Trouble.CERTIFICATE}


class Limits(Struct, frozen=True, kw_only=True):
    """The most that a probe may take.

    ``at_once`` addresses are asked for at the same time. ``seconds`` for all of it, ``answer_s`` for one answer with
    its body, ``connect_s`` for one connection; ``pause_s`` before the one retry after a fault that may pass.
    ``feed_bytes`` both as sent and unpacked, ``file_bytes`` of one image, transcript or chapters file.
    """

    at_once: int = 4
    seconds: float = 120
    answer_s: float = 20
    connect_s: float = 5
    pause_s: float = 1
    redirects: int = 5
    feed_bytes: int = 30_000_000
    file_bytes: int = 4_000_000


class Reply(Struct, frozen=True, kw_only=True):
    """An Answer and its body as sent, of which no more is read than was wanted."""

    answer: Answer
    body: bytes


@asynccontextmanager
async def asker(limits: Limits, network: Network) -> AsyncIterator["Asker"]:
    """An Asker with a client of its own, which is closed at the end of the block.

    Raises: ConfigError if the certificates that the environment names cannot be read.
    """
    try:
        transport = CheckedTransport(network, is_private_allowed=True)
    except OSError as error:  # before any word with anybody
        what = f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read ({quoted(error)})"
        raise ConfigError(what, cure="correct it or unset it") from error
    client = httpx.AsyncClient(
        transport=transport,
        trust_env=False,  # no proxy, which would answer in the host's place, and no .netrc
        follow_redirects=False,  # each hop is a fact
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),  # none is taken from anybody
        headers=_HEADERS,
        timeout=httpx.Timeout(limits.answer_s, connect=limits.connect_s),
        event_hooks={"response": [put_location_aside]},
    )
    async with client:
        yield Asker(client, limits)


class Asker:
    """Sends requests, counts them, and remembers which hosts cannot be talked to."""

    def __init__(self, client: httpx.AsyncClient, limits: Limits) -> None:
        self.limits = limits
        self.requests = 0
        self._client = client
        self._down: dict[tuple[str, bytes], Failure] = {}

    async def ask(
        self, address: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, most_bytes: int = 0
    ) -> Reply:
        """What the server at ``address`` answers; with more than ``most_bytes`` of a body it is cut off."""
        hops: list[Hop] = []
        seen = {address}
        while True:
            request = self._client.build_request(method, address, headers=headers)
            heard = await self._tried(request, most_bytes=most_bytes)
            if heard.status not in _REDIRECTS or heard.location is None:
                return heard.reply(address, hops=hops)
            target = _target(request.url, heard.location)
            hops.append(Hop(status=heard.status, to=shown(target or heard.location)))
            astray = _astray(target, seen, is_enough=len(hops) > self.limits.redirects)
            if astray:
                heard.failure = Failure(trouble=Trouble.ASTRAY, what=astray)
                return heard.reply(address, hops=hops)
            address = str(target)
            seen.add(address)

    async def _tried(self, request: httpx.Request, *, most_bytes: int) -> "_Heard":
        """What was heard; once more if the first time failed in a way that may pass."""
        server = (request.url.scheme, request.url.netloc)
        known = self._down.get(server)
        if known is not None:
            return _Heard(failure=known)
        heard = await self._once(request, most_bytes=most_bytes)
        if heard.is_passing:
            await asyncio.sleep(self.limits.pause_s)
            heard = await self._once(request, most_bytes=most_bytes)
        if heard.failure is not None and heard.failure.trouble in _LASTING:
            self._down[server] = heard.failure
        return heard

    async def _once(self, request: httpx.Request, *, most_bytes: int) -> "_Heard":
        heard = _Heard()
        self.requests += 1
        try:
            # One clock over everything: a server that sends a byte every second sets all the others back.
            async with asyncio.timeout(self.limits.answer_s):
                response = await self._client.send(request, stream=True)
                try:
                    await heard.listen(response, most_bytes=most_bytes)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, OSError, Fault) as error:  # TimeoutError is an OSError
            heard.failure = failure_of(error, limits_s=self.limits.answer_s, has_begun=heard.status is not None)
        return heard


class _Heard:
    """What has been heard of one answer so far; the connection may break off at any moment."""

    def __init__(self, *, failure: Failure | None = None) -> None:
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.location: str | None = None
        self.body = bytearray()
        self.is_cut = False
        self.failure = failure

    @property
    def is_passing(self) -> bool:
        """Whether it may be another answer a moment later."""
        if self.failure is not None:
            return self.failure.trouble is Trouble.BROKEN
        return self.status in _MOMENTARY and "retry-after" not in self.headers

    async def listen(self, response: httpx.Response, *, most_bytes: int) -> None:
        """Take the head, and the body until it ends or is too much."""
        self.status = response.status_code
        self.headers = {name.casefold(): quoted(value, most=500) for name, value in response.headers.items()}
        self.location = response.extensions.get("location")
        if response.status_code in _REDIRECTS:
            return
        async for part in response.aiter_raw():
            self.body += part
            if len(self.body) > most_bytes:
                self.is_cut = True
                return

    def reply(self, address: str, *, hops: list[Hop]) -> Reply:
        """The same, finished."""
        answer = Answer(
            address=address,
            status=self.status,
            headers=self.headers,
            hops=tuple(hops),
            body_bytes=len(self.body),
            is_cut=self.is_cut,
            failure=self.failure,
        )
        return Reply(answer=answer, body=bytes(self.body))


def _target(url: httpx.URL, location: str) -> httpx.URL | None:
    """Where ``location`` leads to, None where that is no web address."""
    try:
        target = url.join(location).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):  # ValueError: urllib joins them, and minds its brackets
        return None
    return target if target.scheme in {"http", "https"} and has_readable_host(target) else None


def _astray(target: httpx.URL | None, seen: set[str], *, is_enough: bool) -> str:
    """Why a redirect to ``target`` is not followed, "" where it is."""
    if target is None:
        return "redirects to what is no web address"
    if str(target) in seen:
        return "redirects in a circle"
    return f"redirects more than {len(seen) - 1} times" if is_enough else ""
