"""Floor 3, probing: a feed -> the addresses in it that are worth asking for, of a sample of its episodes."""

from collections.abc import Iterator, Sequence

import httpx

from pipeline.errors import ConfigError
from pipeline.model import FeedDocument, FeedElement, Named, ServedKind
from pipeline.sources.fetching.addresses import has_readable_host, shown

#: Pages by which apps go on reading. Source: RFC 5005; a dead one ends the subscription in gPodder (feeds.md T2, T3).
_PAGES = {"first", "next", "prev", "last", "prev-archive", "next-archive", "current"}

#: An item and its number in the feed, from 1.
Item = tuple[int, FeedElement]


def feed_named(url: str) -> Named:
    """The address of a feed, as a person typed it.

    Raises: ConfigError if it is no http or https address, or one with a password in it.
    """
    address = url.strip()
    if not is_asked_for(address):
        cure = "give the public address of the feed, as in https://audio.example.org/feeds/podcast.xml"
        raise ConfigError(f"{shown(address)!r} is no web address", cure=cure)
    if httpx.URL(address).userinfo:
        cure = "give the address without what stands between // and @: directories cannot log in"
        raise ConfigError(f"{shown(address)} carries a name or password", cure=cure)
    return Named(kind=ServedKind.FEED, address=address.partition("#")[0], where=shown(address))


def is_asked_for(address: str) -> bool:
    """Whether a request can be made of ``address``."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return False
    return url.scheme in {"http", "https"} and has_readable_host(url)


def sample_of(document: FeedDocument, size: int | None) -> tuple[Item, ...]:
    """``size`` of the items that have a sound: the first, the last, and others evenly between; None for all."""
    items = [
        (number, item) for number, item in enumerate(document.items, start=1) if item.first("enclosure") is not None
    ]
    if size is None or size >= len(items):
        return tuple(items)
    if size < 2:
        return tuple(items[:size])
    return tuple(items[round(step * (len(items) - 1) / (size - 1))] for step in range(size))


def named_in(document: FeedDocument, *, items: Sequence[Item]) -> tuple[Named, ...]:
    """What the channel of ``document`` names, and what ``items`` do: each address once, those that are none left out.

    The rules over the document tell of the latter.
    """
    channel = document.channel
    found = [*(_of_channel(channel, own=self_link(document)) if channel is not None else ())]
    for number, item in items:
        found += _of_item(item, f"channel/item[{number}]")
    once = {named.address: named for named in reversed(found)}
    return tuple(named for named in found if is_asked_for(named.address) and once[named.address] is named)


def self_link(document: FeedDocument) -> str:
    """The address that the feed gives as its own, "" where it gives none."""
    links = document.channel.all("atom:link") if document.channel is not None else ()
    found = (link.attributes.get("href", "") for link in links if link.attributes.get("rel") == "self")
    return next(found, "")


def _of_channel(channel: FeedElement, *, own: str) -> Iterator[Named]:
    for link in channel.all("atom:link"):
        if link.attributes.get("rel") in _PAGES and link.attributes.get("href") != own:
            yield _named(ServedKind.PAGE, link, attribute="href", place="channel")
    for image in channel.all("itunes:image"):
        yield _named(ServedKind.ARTWORK, image, attribute="href", place="channel")


def _of_item(item: FeedElement, place: str) -> Iterator[Named]:
    for enclosure in item.all("enclosure"):
        yield _named(ServedKind.SOUND, enclosure, attribute="url", place=place)
    for form in item.all("podcast:alternateEnclosure"):
        for source in form.all("podcast:source"):
            yield _named(ServedKind.OTHER_FORM, source, attribute="uri", place=place, said=form)
    for kind, name in ((ServedKind.TRANSCRIPT, "podcast:transcript"), (ServedKind.CHAPTERS, "podcast:chapters")):
        for element in item.all(name):
            yield _named(kind, element, attribute="url", place=place)
    for image in item.all("itunes:image"):
        yield _named(ServedKind.ARTWORK, image, attribute="href", place=place)


def _named(
    kind: ServedKind, element: FeedElement, *, attribute: str, place: str, said: FeedElement | None = None
) -> Named:
    """The address in ``attribute`` of ``element``; ``said`` has its type and length, where that is another element."""
    address = element.attributes.get(attribute, "").strip()
    about = (said or element).attributes
    length = about.get("length", "").strip()
    return Named(
        kind=kind,
        address=address.partition("#")[0],
        where=f"{place}/{element.name} (line {element.line}), {shown(address)}",
        media_type=about.get("type", "").partition(";")[0].strip().casefold(),
        length_bytes=int(length) if length.isdecimal() and len(length) < 19 else None,
    )
