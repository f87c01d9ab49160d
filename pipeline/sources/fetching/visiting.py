"""Floor 3, sources: an address -> the Page behind it, hop by hop, within limits of time, bytes and redirects."""

import asyncio
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from msgspec import Struct

from pipeline import __version__
from pipeline.errors import SourceError
from pipeline.sources.fetching.addresses import redirected_address, shown
from pipeline.sources.fetching.bodies import body_of
from pipeline.sources.fetching.connecting import CheckedTransport, Network
from pipeline.sources.fetching.faults import (
    LATER,
    SAVE,
    Fault,
    PassingFault,
    failure,
    quoted,
    require_type,
    status_fault,
)
from pipeline.sources.fetching.kept import Page, Said

_HEADERS = {
    # Who asks, in words: there is no web page about it that could be named.
    "User-Agent": f"audio-edition/{__version__} (reads one page at its author's request)",
    "Accept": "text/html, application/xhtml+xml, text/markdown, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_REDIRECTS = {301, 302, 303, 307, 308}
_PAGES = {200, 203}
_UNCHANGED = 304


class Limits(Struct, frozen=True, kw_only=True):
    """The most that one page may take.

    ``most_bytes`` both as sent and unpacked; ``seconds`` for all of it, ``connect_s`` for one connection, ``silence_s``
    between two signs of life; ``redirects``; ``pauses_s`` before each further try after a fault that may pass.
    """

    most_bytes: int = 10_000_000
    seconds: float = 30
    connect_s: float = 5
    silence_s: float = 10
    redirects: int = 5
    pauses_s: tuple[float, ...] = (0.5, 2.0)


class _Visit(Struct, frozen=True, kw_only=True):
    """What all hops share: the client, the limits, and what is kept from the last time."""

    client: httpx.AsyncClient
    limits: Limits
    known: Page | None


async def visit(
    start: httpx.URL, *, known: Page | None, limits: Limits, network: Network, is_private_allowed: bool
) -> Page:
    """The Page that ``start`` leads to; ``known`` itself if the server says that it has not changed.

    Raises:
        SourceError: there is none, or it is refused, or it takes too long.
    """
    try:
        transport = CheckedTransport(network, is_private_allowed=is_private_allowed)
    except OSError as error:  # before any word with anybody
        what = f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read ({quoted(error)})"
        raise SourceError(what, cure="correct it or unset it") from error
    try:
        # One clock over everything: a server that sends a byte every second sets all the others back.
        async with asyncio.timeout(limits.seconds), _client(transport, limits) as client:
            return await _followed(start, _Visit(client=client, limits=limits, known=known))
    except TimeoutError as error:
        what = f"{shown(start)} does not give the whole page within {limits.seconds:g} s"
        raise SourceError(what, cure=f"{LATER}, or {SAVE}") from error


def _client(transport: CheckedTransport, limits: Limits) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=transport,
        trust_env=False,  # no proxy, no .netrc: see CheckedTransport
        follow_redirects=False,  # each hop is looked at here
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),  # none is taken from anybody
        headers=_HEADERS,
        timeout=httpx.Timeout(limits.silence_s, connect=limits.connect_s),
        event_hooks={"response": [put_location_aside]},
    )


async def put_location_aside(response: httpx.Response) -> None:
    """Move the header into ``extensions``: httpx reads it even where it follows nothing, and fails on odd ones."""
    if "location" in response.headers:
        response.extensions["location"] = response.headers.pop("location")


async def _followed(start: httpx.URL, visit: _Visit) -> Page:
    url, seen = start, {start}
    for _ in range(visit.limits.redirects + 1):
        try:
            answer = await _answer(url, visit)
        except Fault as fault:
            raise _error(start, url, fault=fault) from fault
        if isinstance(answer, Page):
            return answer
        if answer in seen:
            what = f"redirects in a circle, by way of {shown(answer)}; it may want cookies, and none are kept"
            raise _error(start, start, fault=Fault(what, cure=SAVE))
        seen.add(answer)
        url = answer
    what = f"redirects more than {visit.limits.redirects} times, the last time to {shown(url)}"
    raise _error(start, start, fault=Fault(what, cure=SAVE))


def _error(start: httpx.URL, url: httpx.URL, *, fault: Fault) -> SourceError:
    subject = shown(start) if url == start else f"{shown(start)} redirects to {shown(url)}, which"
    return SourceError(f"{subject} {fault.what}", cure=fault.cure)


async def _answer(url: httpx.URL, visit: _Visit) -> Page | httpx.URL:
    """The Page at ``url`` or where it redirects to, after as many tries as the limits grant."""
    for pause_s in visit.limits.pauses_s:
        try:
            return await _asked(url, visit)
        except PassingFault:
            await asyncio.sleep(pause_s)
    return await _asked(url, visit)


async def _asked(url: httpx.URL, visit: _Visit) -> Page | httpx.URL:
    try:
        async with visit.client.stream("GET", url, headers=_conditions(url, visit.known)) as response:
            if response.status_code in _REDIRECTS and "location" in response.extensions:
                return redirected_address(url, response.extensions["location"])
            if response.status_code == _UNCHANGED and visit.known is not None and _conditions(url, visit.known):
                return visit.known
            return await _page(response, visit.limits)
    except (httpx.HTTPError, OSError) as error:
        raise failure(error) from error


def _conditions(url: httpx.URL, known: Page | None) -> dict[str, str]:
    """The headers that ask for ``url`` only if it has changed: marks are good at the address that gave them."""
    if known is None or known.said.url != str(url):
        return {}
    marks = {"If-None-Match": known.said.etag, "If-Modified-Since": known.said.last_modified}
    return {name: mark for name, mark in marks.items() if mark}


async def _page(response: httpx.Response, limits: Limits) -> Page:
    if response.status_code not in _PAGES:
        raise status_fault(response)
    said = _said(response)
    require_type(said.media_type)
    return Page(said=said, body=await body_of(response, most_bytes=limits.most_bytes))


def _said(response: httpx.Response) -> Said:
    headers = response.headers
    return Said(
        url=str(response.url),
        media_type=headers.get("content-type", "").partition(";")[0].strip().casefold(),
        charset=response.charset_encoding or "",
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
    )
