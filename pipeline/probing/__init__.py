"""Floor 3, probing: the address of a feed -> what its host really serves, as facts for the rules.

Read downwards: the feed is asked for and read, then a sample of what it names (`naming`), each in the way of its kind
(`looking`), with as few requests as tell it. `asking` sends them: one after another for one address, a few addresses at
a time, each bounded in bytes and time; `troubles` puts what goes wrong into words. Nothing is judged here; that is the
work of pipeline/rules/serving.
"""

import asyncio
import time

from msgspec import structs

from pipeline.errors import ConfigError, FeedError
from pipeline.feeds.document import read_document
from pipeline.model import FeedDocument, Named, Probe, Served
from pipeline.probing.asking import Asker, Limits, asker
from pipeline.probing.looking import look_at, look_at_feed
from pipeline.probing.naming import feed_named, named_in, sample_of, self_link
from pipeline.progress import Progress
from pipeline.sources.fetching import Network

__all__ = ["Limits", "Network", "probe"]


def probe(
    url: str,
    *,
    sample: int = 10,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    network: Network = Network(),  # noqa: B008 - a frozen value
    progress: Progress,
) -> Probe:
    """What is served for the feed at ``url`` and for what ``sample`` of its episodes name.

    Whatever the host does wrong is a fact and no error. Private networks and this computer may be asked; addresses
    where cloud machines are told their secrets are not. Not to be called from inside an event loop.

    Raises: ConfigError if ``url`` is no web address that anybody could be given.
    """
    if sample < 0:
        raise ConfigError(f"a sample of {sample} episodes cannot be asked for", cure="give --sample 0 or more")
    return asyncio.run(_probed(feed_named(url), sample=sample, limits=limits, network=network, progress=progress))


async def _probed(feed: Named, *, sample: int, limits: Limits, network: Network, progress: Progress) -> Probe:
    start = time.monotonic()
    async with asker(limits, network) as asked:
        served, document = await _feed(feed, asked)
        items = sample_of(document, sample) if document is not None else ()
        named = named_in(document, items=items) if document is not None else ()
        progress.begin("ask the host", len(named))
        others = await _others(named, asked, until=start + limits.seconds, progress=progress)
        progress.end("1 request" if asked.requests == 1 else f"{asked.requests} requests")
    return Probe(
        feed=served,
        document=document,
        others=others,
        episodes=len(sample_of(document, None)) if document is not None else 0,
        episodes_asked=len(items),
        unasked=len(named) - len(others),
        seconds=limits.seconds,
        requests=asked.requests,
    )


async def _feed(feed: Named, asked: Asker) -> tuple[Served, FeedDocument | None]:
    """What is served at the feed's address; and the feed, if it is one."""
    served, data = await look_at_feed(feed, asked)
    if data is None:
        return served, None
    try:
        document = read_document(data, address=feed.address)
    except FeedError as error:
        place = f", line {error.line}" if error.line is not None else ""
        fault = f"cannot be read{place}: {error.what}"
        return structs.replace(served, content_fault=fault, content_cure=error.cure), None
    # Whoever redirects may give either address as the feed's own.
    is_at_the_end = self_link(document) == served.get.address
    return served, structs.replace(document, address=served.get.address) if is_at_the_end else document


async def _others(named: tuple[Named, ...], asked: Asker, *, until: float, progress: Progress) -> tuple[Served, ...]:
    """What is served for ``named``, in their order, without those that there was no time for."""
    turn = asyncio.Semaphore(asked.limits.at_once)

    async def look(one: Named) -> Served:
        async with turn:
            served = await look_at(one, asked)
        progress.advance()
        return served

    looks = [asyncio.create_task(look(one)) for one in named]
    if not looks:
        return ()
    _, late = await asyncio.wait(looks, timeout=max(until - time.monotonic(), 0))
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    return tuple(task.result() for task in looks if task not in late)
