"""Floor 3, sources: one hop's address -> a connection to an IP address that was looked up once and checked.

httpx is left in charge of all but the name: the transport puts the checked IP address in the place of the host, while
the Host header, the TLS server name and the check of the certificate keep the name. There is no second look-up in
which a name could answer differently (DNS rebinding). No connection is used twice: a pool knows connections by IP
address, and one that was proved to belong to one name must not serve another.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address

import httpx
from msgspec import Struct

from pipeline.sources.fetching.addresses import is_ip_address
from pipeline.sources.fetching.faults import Fault, tls_fault
from pipeline.sources.fetching.reach import Reach, Standing, standing_of

#: A host and a port -> its IP addresses, best first; an OSError if there are none. It may take its time.
Resolver = Callable[[str, int], tuple[str, ...]]

#: No more of a host's addresses are tried than this: the next ones would hardly fare better.
_MOST_ADDRESSES = 4


def looked_up(host: str, port: int) -> tuple[str, ...]:
    """The addresses of ``host`` as this computer finds them (hosts file, DNS), in the order of RFC 6724."""
    # As bytes: of a text with an empty or too long label Python would make a UnicodeError, and no gaierror.
    found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class Network(Struct, frozen=True, kw_only=True):
    """How the outside is reached: who looks names up, who judges addresses, whose certificates count.

    ``tls`` None means: the authorities that browsers trust, or those in the file that SSL_CERT_FILE names.
    """

    resolve: Resolver = looked_up
    standing_of: Callable[[IPv4Address | IPv6Address], Standing] = standing_of
    tls: ssl.SSLContext | None = None


class AddressRefused(Fault):
    """A host leads to an IP address that is not asked for a page."""

    def __init__(self, address: IPv4Address | IPv6Address, *, standing: Standing) -> None:
        is_ones_own = standing.reach is Reach.PRIVATE
        cure = "give --allow-private if it is a server of your own" if is_ones_own else "check the address"
        super().__init__(f"leads to {standing.name} ({address})", cure=cure)


class CheckedTransport(httpx.AsyncHTTPTransport):
    """Sends each request to an address of its host that was checked, and refuses it if one of them may not be.

    There is no road round it: it is the only transport of its client, which takes no proxy from the environment
    either, as that would decide by itself what is connected to.
    """

    def __init__(self, network: Network, *, is_private_allowed: bool) -> None:
        self._network = network
        self._allowed = {Reach.PUBLIC, Reach.PRIVATE} if is_private_allowed else {Reach.PUBLIC}
        super().__init__(
            verify=network.tls or httpx.create_ssl_context(),
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of the first address of the host that takes a connection."""
        *others, last = await self._checked_addresses(request.url)
        for address in others:
            try:
                return await super().handle_async_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                if tls_fault(error) is not None:
                    raise
        return await super().handle_async_request(_pinned(request, last))

    async def _checked_addresses(self, url: httpx.URL) -> list[str]:
        addresses = [ipaddress.ip_address(text) for text in await _addresses(url, self._network.resolve)]
        for address in addresses:
            standing = self._network.standing_of(address)
            if standing.reach not in self._allowed:
                raise AddressRefused(address, standing=standing)
        return [str(address) for address in addresses[:_MOST_ADDRESSES]]


async def _addresses(url: httpx.URL, resolve: Resolver) -> tuple[str, ...]:
    host = url.raw_host.decode("ascii")
    if is_ip_address(host):
        return (host,)
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    # A thread of its own, which nobody waits for: a look-up cannot be cut short, and the time for the page can be up.
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="name-lookup")
    try:
        found = await asyncio.get_running_loop().run_in_executor(thread, resolve, host, port)
    finally:
        thread.shutdown(wait=False)
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
    return found


def _pinned(request: httpx.Request, address: str) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii").removesuffix(".")},
    )
