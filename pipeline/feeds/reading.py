"""Floor 3: the feed is read back as apps read it, before anybody gets it, and compared with the values it came from.

Two readers: podcastparser is what gPodder uses and judges as an app does; lxml sees every element and attribute as it
stands. Each item is proven once, by itself, in a frame that declares what the feed does; items that are known to be
proven are only compared, byte for byte. What remains of the document without its items is proven with one empty item
in their place: so all items stand where it stood, and nothing else does.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import unescape

import podcastparser
from lxml import etree

from pipeline.errors import FeedError
from pipeline.feeds.extension.channel import channel_elements
from pipeline.feeds.extension.elements import NAMESPACES, XHTML, Element, carried, one_line, xml_of
from pipeline.feeds.extension.item import item_duration_s, item_elements
from pipeline.feeds.pages import Page, whole_feed
from pipeline.feeds.writing import GENERATOR, NO_ITEMS, item_link
from pipeline.model import Episode, Show, ShowLedger, WebFile
from pipeline.notes import carried_text, web_address

#: What is compared, what the feed says and what the values say.
Comparison = tuple[str, object, object]

_WRITE_AGAIN = "the last good feed stays; write it again with: audio-edition feed"
_SHOWN_CHARACTERS = 300

_ITEM_START, _ITEM_END = b"<item>\n", b"</item>\n"
_DECLARED = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_FRAME = f'<rss version="2.0"{_DECLARED}><channel>'.encode(), b"</channel></rss>"
_PREFIXES = {uri: f"{prefix}:" for prefix, uri in (*NAMESPACES.items(), ("xhtml", XHTML))}


def verify_feed(data: bytes, show: Show, *, ledger: ShowLedger, episodes: Sequence[Episode], artwork: WebFile) -> None:
    """Nothing, if ``data`` says of ``show`` and ``episodes`` what they say themselves, all in one document.

    Raises: FeedError that names the first difference and counts the others, or says why the feed cannot be read.
    """
    verify_page(data, whole_feed(show, ledger, episodes=episodes, artwork=artwork))


def verify_pages(
    documents: Mapping[str, bytes], pages: Sequence[Page], *, items: Mapping[str, bytes] = NO_ITEMS
) -> None:
    """Nothing, if ``documents`` by path are just ``pages``, in their order, and each says what it is to say.

    Raises: FeedError, which names the first difference. ``items`` as for ``verify_page``.
    """
    _require_none((("documents of the feed", list(documents), [page.path for page in pages]),))
    for page in pages:
        verify_page(documents[page.path], page, items=items)


def verify_page(data: bytes, page: Page, *, items: Mapping[str, bytes] = NO_ITEMS) -> None:
    """Nothing, if ``data`` says of ``page`` what that says itself.

    ``items`` are those, by GUID, that ``prove_item`` has accepted for these very episodes: the same bytes are not
    proven again. Raises: FeedError that names the first difference and counts the others in that place.
    """
    start, end = _extent(data)
    _verify_frame(data[:start], data[end:], page=page)
    found = list(_parted(data, start, end=end))
    guids = [_guid(data[place]) for place in found]
    _require_none((("list of GUIDs", guids, [episode.guid for episode in page.episodes]),), page.show)
    for place, episode in zip(found, page.episodes, strict=True):
        item = data[place]
        if items.get(episode.guid) != item:
            prove_item(item, page.show, episode=episode, artwork=page.artwork)


def prove_item(data: bytes, show: Show, *, episode: Episode, artwork: WebFile) -> None:
    """Nothing, if ``data`` is one item, which says of ``episode`` what that says itself.

    Raises: FeedError as ``verify_feed`` does.
    """
    start, end = _FRAME
    framed = start + data + end
    read = list(_parsed(framed, f"episode {episode.slug!r}")[0])
    if len(read) != 1 or read[0].tag != "item" or read[0].attrib:
        raise FeedError(f"episode {episode.slug!r} is no single item of the feed", cure=_WRITE_AGAIN)
    meant = (*_item_skeleton(show, episode), *item_elements(show, episode, artwork=artwork))
    compared = (*_compared(read[0], meant), *_of_app(_as_an_app_sees_it(framed, show), show, episode=episode))
    named = ((f"{what} of episode {episode.slug!r}", found, expected) for what, found, expected in compared)
    _require_none(named, show)


def _extent(data: bytes) -> tuple[int, int]:
    """Where the items begin and end; both at the end where there are none."""
    start, end = data.find(b"\n" + _ITEM_START) + 1, data.rfind(_ITEM_END) + len(_ITEM_END)
    return (start, end) if 0 < start < end else (len(data), len(data))


def _parted(data: bytes, start: int, *, end: int) -> Iterator[slice]:
    """Where each item lies. Text has no bare "<", so that an item ends at the first end tag."""
    while start < end:
        stop = data.index(_ITEM_END, start) + len(_ITEM_END)
        yield slice(start, stop)
        start = stop


def _guid(item: bytes) -> str:
    """As it stands in ``item``, which is still to be proven."""
    _, _, after = item.partition(b"<guid")
    return unescape(after.partition(b"</guid>")[0].partition(b">")[2].decode(errors="replace"))


def _verify_frame(head: bytes, tail: bytes, *, page: Page) -> None:
    """The document without its items."""
    has_items = bool(tail)
    root = _parsed(head + b"<item/>" + tail if has_items else head, "the feed")
    info, channel = root.getroottree().docinfo, root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None or len(root) != 1:
        raise FeedError(f"the feed is not RSS 2.0 but <{root.tag}>", cure=_WRITE_AGAIN)
    if b"<!DOCTYPE" in head or info.encoding != "UTF-8" or not NAMESPACES.items() <= root.nsmap.items():
        raise FeedError("the feed declares something else than it needs", cure=_WRITE_AGAIN)
    if has_items:
        place = channel[-1]
        if place.tag != "item":
            raise FeedError("the items of the feed do not stand in its channel", cure=_WRITE_AGAIN)
        channel.remove(place)
    seen = _as_an_app_sees_it(head + tail, page.show)
    meant = (*_channel_skeleton(page), *channel_elements(page))
    _require_none((*_compared(channel, meant), *_of_app_channel(seen, page.show)), page.show)


def _parsed(data: bytes, what: str) -> etree._Element:
    """The root, by a parser that fetches nothing and expands nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FeedError(f"{what} is not well-formed XML: {error}", cure=_WRITE_AGAIN) from error


def _as_an_app_sees_it(data: bytes, show: Show) -> Mapping[str, Any]:
    try:
        seen: Mapping[str, Any] = podcastparser.parse(show.feed_url, io.BytesIO(data))
    except ValueError as error:
        # FeedParseError is one, and so is what urllib says of an address it cannot take apart.
        raise FeedError(f"an app cannot read the feed: {error}", cure=_WRITE_AGAIN) from error
    return seen


def _channel_skeleton(page: Page) -> Iterator[Element]:
    """What feedgen is to say of the channel, in its order."""
    show = page.show
    yield Element(name="title", text=one_line(show.title))
    yield Element(name="link", text=web_address(show.link))
    yield Element(name="description", text=carried_text(show.description).strip())
    address = {"href": show.url(page.path), "rel": "self", "type": "application/rss+xml"}
    yield Element(name="atom:link", attributes=address)
    holder = one_line(show.copyright)
    if holder:
        yield Element(name="copyright", text=holder)
    yield Element(name="docs", text="http://www.rssboard.org/rss-specification")
    yield Element(name="generator", text=GENERATOR)
    yield Element(name="language", text=one_line(show.language))
    author = one_line(show.author)
    yield Element(name="itunes:author", text=author)
    yield Element(name="itunes:image", attributes={"href": show.url(page.artwork.path)})
    email = carried_text(show.email).strip()
    if show.feed.has_owner and email:
        owner = (Element(name="itunes:name", text=author), Element(name="itunes:email", text=email))
        yield Element(name="itunes:owner", children=owner)
    yield Element(name="itunes:type", text=show.type.value)


def _item_skeleton(show: Show, episode: Episode) -> Iterator[Element]:
    """What feedgen is to say of an item, in its order."""
    sound = episode.enclosure.file
    enclosure = {"url": show.url(sound.path), "length": str(sound.length_bytes), "type": sound.media_type}
    yield Element(name="title", text=one_line(episode.title))
    yield Element(name="link", text=item_link(show, episode))
    if carried_text(episode.notes_html):
        yield Element(name="description", text=episode.notes_html)
    yield Element(name="guid", attributes={"isPermaLink": "false"}, text=episode.guid)
    yield Element(name="enclosure", attributes=enclosure)


def _compared(parent: etree._Element, meant: Iterable[Element]) -> Iterator[Comparison]:
    """The children of ``parent`` by name, and then their order, and what stands between them."""
    read, wanted = [_element(child) for child in parent], [carried(element) for element in meant]
    yield "text between elements", _between(parent), ""
    if read == wanted:
        return
    pairs: defaultdict[str, tuple[list[Element], list[Element]]] = defaultdict(lambda: ([], []))
    for side, elements in enumerate((read, wanted)):
        for element in elements:
            pairs[element.name][side].append(element)
    for name, (found, expected) in pairs.items():
        yield name, found, expected
    yield "order of elements", [element.name for element in read], [element.name for element in wanted]


def _element(read: etree._Element) -> Element:
    """``read`` with the usual prefixes; the blanks that set its children on lines of their own do not count."""
    return Element(
        name=_name(read.tag),
        attributes={_name(key): str(value) for key, value in read.attrib.items()},
        text=_between(read) if len(read) else read.text or "",
        children=tuple(_element(child) for child in read),
    )


def _between(parent: etree._Element) -> str:
    return "".join((parent.text or "", *(child.tail or "" for child in parent))).strip()


def _name(name: object) -> str:
    """With the usual prefix; what has none, as a comment or an element of another namespace, as lxml has it."""
    uri, separator, local = str(name).removeprefix("{").rpartition("}")
    return _PREFIXES.get(uri, f"{{{uri}}}") + local if separator else local


def _of_app_channel(seen: Mapping[str, Any], show: Show) -> Iterator[Comparison]:
    """The show as an app lists it."""
    yield "title as an app sees it", seen.get("title"), one_line(show.title)
    yield "language as an app sees it", seen.get("language"), one_line(show.language)
    yield "author as an app sees it", seen.get("itunes_author"), one_line(show.author)


def _of_app(seen: Mapping[str, Any], show: Show, *, episode: Episode) -> Iterator[Comparison]:
    """The episode as an app lists it."""
    items = seen["episodes"]
    yield "number of items as an app sees it", len(items), 1
    sound = episode.enclosure.file
    # podcastparser writes hosts in small letters; the address as it stands is compared with the other reader.
    address = podcastparser.normalize_feed_url(show.url(sound.path))
    enclosure = {"url": address, "file_size": sound.length_bytes, "mime_type": sound.media_type}
    for item in items[:1]:
        yield "GUID as an app sees it", item.get("guid"), episode.guid
        yield "title as an app sees it", item.get("title"), one_line(episode.title)
        yield "date as an app sees it", item.get("published"), int(episode.published.timestamp())
        yield "duration as an app sees it", item.get("total_time"), item_duration_s(episode)
        yield "enclosure as an app sees it", item.get("enclosures"), [enclosure]


def _require_none(compared: Iterable[Comparison], show: Show | None = None) -> None:
    """Raises: FeedError for the first of ``compared`` that differs, without the secret part of private addresses."""
    found = [(what, read, meant) for what, read, meant in compared if read != meant]
    if not found:
        return
    what, read, meant = found[0]
    if isinstance(read, list) and isinstance(meant, list):
        read, meant = _apart(read, meant)
    more = f" (and {len(found) - 1} more differences)" if len(found) > 1 else ""
    said = f"{what} reads {_brief(read)}, not {_brief(meant)}"
    if show is not None and show.token:
        said = said.replace(show.token, "[token]")
    raise FeedError(f"the feed does not read back as it was meant: {said}{more}", cure=_WRITE_AGAIN)


def _apart(read: list[object], meant: list[object]) -> tuple[list[object], list[object]]:
    """Both without what is the same at their beginning and at their end: of a long list only the rest is of use."""
    pairs = list(zip(read, meant, strict=False))
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), len(pairs))
    read, meant = read[same:], meant[same:]
    pairs = list(zip(reversed(read), reversed(meant), strict=False))
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), len(pairs))
    return read[: len(read) - same], meant[: len(meant) - same]


def _brief(value: object) -> str:
    """``value`` for a message, elements as they are written."""
    if isinstance(value, list):
        value = [xml_of(one).strip() if isinstance(one, Element) else one for one in value]
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
