"""Floor 3, engines: one try: a Request goes out, and the whole Answer is there, or a Setback, within one time limit."""

import asyncio
import logging
import socket
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from pipeline import __version__
from pipeline.engines.network.exchange import Answer, NetworkOptions, Request
from pipeline.engines.network.refusals import Setback, complaint_of, is_telling, telltales
from pipeline.errors import EngineError
from pipeline.sources.fetching.faults import LATER, failure, tls_fault

#: Half an hour of uncompressed speech; one answer is a sentence or a few.
_MOST_BYTES = 64 * 1024 * 1024

_LONGEST_CONNECT_S = 10.0

_CURE = "correct or unset SSL_CERT_FILE, SSL_CERT_DIR, HTTP_PROXY, HTTPS_PROXY and ALL_PROXY"

#: This computer is reached without a proxy: behind one, these names are another computer.
_DIRECT = ("all://localhost", "all://127.0.0.1", "all://[::1]")


def open_http(options: NetworkOptions) -> httpx.AsyncClient:
    """The connections of one Client: TLS checked, proxies as the environment says, no cookies, nothing followed.

    Raises: EngineError if the environment names certificates or a proxy that cannot be used.
    """
    _hush()
    try:
        return httpx.AsyncClient(
            timeout=httpx.Timeout(options.timeout_s, connect=min(_LONGEST_CONNECT_S, options.timeout_s), pool=None),
            limits=httpx.Limits(max_connections=options.at_once, max_keepalive_connections=options.at_once),
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            mounts=dict.fromkeys(_DIRECT),
            headers={
                "User-Agent": f"audio-edition/{__version__}",
                "Accept-Encoding": "identity",  # what is unpacked could be any size
            },
        )
    except httpx.InvalidURL:  # of a proxy, and its words hold a part of the password
        raise EngineError("the network cannot be used as the environment says", cure=_CURE) from None
    except (OSError, ImportError, ValueError) as error:  # certificates; SOCKS, whose package is missing; an odd scheme
        raise EngineError(f"the network cannot be used as the environment says: {error}", cure=_CURE) from error


async def send(http: httpx.AsyncClient, request: Request, *, timeout_s: float, server: str) -> Answer:
    """The whole Answer to ``request``, whatever its status. One clock over all of it: a server that trickles sets
    every other one back.

    Raises:
        Setback: it did not come, or not whole.
        EngineError: it cannot be asked for, or is one that nobody should go on with.
    """
    secrets = telltales(request)
    built = _built(http, request, server=server)
    try:
        async with asyncio.timeout(timeout_s):
            return await _whole_answer(http, built, server=server, secrets=secrets)
    except TimeoutError as error:
        raise Setback(f"gives no whole answer within {timeout_s:g} s") from error
    except httpx.LocalProtocolError:  # its words can hold the value of a header
        raise _unsendable(server) from None
    except httpx.TransportError as error:
        fault = _fault(error, server=server)
        if is_telling(str(error), secrets):  # of a server that repeats, out of turn, what it was sent
            raise Setback("does not speak HTTP as it should") from None
        raise fault from error


def _hush() -> None:
    """httpx writes down addresses, and httpcore headers, unless somebody has said how much they are to write."""
    for name in ("httpx", "httpcore"):
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.WARNING)


def _built(http: httpx.AsyncClient, request: Request, *, server: str) -> httpx.Request:
    try:
        return http.build_request(request.method, request.url, headers=dict(request.headers), content=request.body)
    except (httpx.InvalidURL, UnicodeError):  # the second holds the value of a header
        raise _unsendable(server) from None


async def _whole_answer(
    http: httpx.AsyncClient, built: httpx.Request, *, server: str, secrets: frozenset[str]
) -> Answer:
    response = await http.send(built, stream=True)
    try:
        packing = response.headers.get("content-encoding", "identity")
        if packing != "identity":
            raise EngineError(
                f"{server} packs what it sends, though it is asked not to", cure="switch that off on the server"
            )
        body = bytearray()
        async for part in response.aiter_raw():
            body += part
            if len(body) > _MOST_BYTES:
                raise EngineError(
                    f"{server} sent more than {_MOST_BYTES // 1024**2} MB for one request",
                    cure="check the address of the engine's server in show.toml",
                )
    finally:
        await response.aclose()
    complaint = "" if response.is_success else complaint_of(bytes(body), secrets=secrets)
    return Answer(
        status=response.status_code, headers=dict(response.headers.items()), body=bytes(body), complaint=complaint
    )


def _fault(error: httpx.TransportError, *, server: str) -> Setback | EngineError:
    """What became of a request that got no answer."""
    names = [cause for cause in _causes(error) if isinstance(cause, socket.gaierror)]
    fault = failure(names[0] if names else error)
    if tls_fault(error) is not None or isinstance(error, httpx.UnsupportedProtocol):
        return EngineError(f"{server} {fault.what}", cure=fault.cure)
    return Setback(fault.what, cure="" if fault.cure == LATER else fault.cure)


def _causes(error: BaseException | None) -> list[BaseException]:
    causes = []
    while error is not None:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes


def _unsendable(server: str) -> EngineError:
    return EngineError(
        f"{server} cannot be asked: its address or a header holds what cannot be sent",
        cure="check the address of the engine's server in show.toml, and the key for signs that are none of it",
    )
