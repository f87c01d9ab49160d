"""Floor 3, sources: a web address -> the page behind it as a Source, kept in a folder.

Read downwards: the address as typed (`addresses`) -> what is kept of it (`kept`) -> hop by hop to the page
(`visiting`, `bodies`), each hop over a connection to an IP address that was checked (`connecting`, `reach`). What can
go wrong is a Fault, in words (`faults`), until it is known which hop it befell; then it is a SourceError.
"""

import asyncio
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.sources.draft import Source
from pipeline.sources.fetching.addresses import is_web_address, shown, typed_address
from pipeline.sources.fetching.connecting import Network
from pipeline.sources.fetching.faults import Fault
from pipeline.sources.fetching.kept import keep, kept_page
from pipeline.sources.fetching.visiting import Limits, visit

__all__ = ["Limits", "Network", "fetch", "is_web_address"]


def fetch(
    url: str,
    *,
    folder: Path,
    is_private_allowed: bool = False,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    network: Network = Network(),  # noqa: B008 - a frozen value
) -> Source:
    """The page at ``url`` as a file in ``folder``; ``Source.url`` is where its redirects led to.

    What is already in ``folder`` is asked for again with its ETag and date, and used if the server says that it is
    unchanged; after a failure it stays there, unused. Addresses that are not public are refused at every hop;
    ``is_private_allowed`` lets private networks and this computer pass, but never the addresses where cloud
    machines are told their secrets. Not to be called from inside an event loop.

    Raises:
        SourceError: the address is none, or is refused, or there is no page behind it that can be read.
        StoreError: ``folder`` does not take it.
    """
    try:
        address = typed_address(url)
    except Fault as fault:
        raise SourceError(f"{shown(url)} {fault.what}", cure=fault.cure) from fault
    known = kept_page(folder, str(address))
    page = asyncio.run(
        visit(address, known=known, limits=limits, network=network, is_private_allowed=is_private_allowed)
    )
    path = keep(page, folder=folder, address=str(address))
    return Source(path=path, name=url, url=page.said.url, charset=page.said.charset)
