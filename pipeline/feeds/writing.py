"""Floor 3: Show and Episodes in, the bytes of the feed out. The same input gives the same bytes, whenever it is asked.

feedgen writes the skeleton of channel and items and those iTunes elements it gets right, ``extension`` all others.
Where feedgen would write something else than it was told, or nothing, this refuses first. Each item is written on its
own and hangs on the show's settings, its cover and the episode alone, so that it can be kept: ready ones are given back
as ``items``, by GUID. No date goes through feedgen, which would turn the locale of the whole process over for each.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from pipeline import __version__
from pipeline.errors import FeedError
from pipeline.feeds.extension.channel import channel_elements
from pipeline.feeds.extension.elements import NAMESPACES, XHTML, Element, as_attribute, as_text, clean, one_line, xml_of
from pipeline.feeds.extension.item import item_elements
from pipeline.feeds.pages import Page, pages_of, whole_feed
from pipeline.model import Episode, Show, ShowLedger, WebFile
from pipeline.notes import carried_text, is_plain_address, web_address

#: What the feed says it was written by (RSS: channel/generator).
GENERATOR = f"audio-edition {__version__}"

#: Items that nobody has ready.
NO_ITEMS: Mapping[str, bytes] = MappingProxyType({})

_ITEM_END = "</item>\n"
_CHANNEL_END = b"  </channel>\n</rss>\n"


def write_feed(show: Show, ledger: ShowLedger, *, episodes: Sequence[Episode], artwork: WebFile) -> bytes:
    """The whole feed in one document, as UTF-8: RSS 2.0 with itunes, podcast, psc and atom elements, newest first.

    Raises: FeedError for what no feed can say: no episode, no title, an address that is not plain, a date without
    a time zone. Source: feeds.md sections 1 and 2.
    """
    return write_page(whole_feed(show, ledger, episodes=episodes, artwork=artwork))


def write_pages(
    show: Show,
    ledger: ShowLedger,
    *,
    episodes: Sequence[Episode],
    artwork: WebFile,
    items: Mapping[str, bytes] = NO_ITEMS,
) -> dict[str, bytes]:
    """The documents of the feed by path from the web root, in the order in which they must be put in their places.

    There is one, unless ``items_per_page`` parts the feed. Raises: FeedError as ``write_feed`` does.
    """
    pages = pages_of(show, ledger, episodes=episodes, artwork=artwork)
    return {page.path: write_page(page, items=items) for page in pages}


def write_page(page: Page, *, items: Mapping[str, bytes] = NO_ITEMS) -> bytes:
    """One document of the feed. What ``items`` has ready, by GUID, is taken as it is; all others are written."""
    if not page.episodes:
        raise FeedError("a feed needs at least one episode", cure="make one: audio-edition episode SOURCE")
    written = io.BytesIO()
    written.write(_skeleton(page).removesuffix(_CHANNEL_END))
    for episode in page.episodes:
        written.write(items.get(episode.guid) or write_item(page.show, episode, artwork=page.artwork))
    written.write(_CHANNEL_END)
    return written.getvalue()


def write_item(show: Show, episode: Episode, *, artwork: WebFile) -> bytes:
    """One item, from <item> to the end of its last line. Raises: FeedError as ``write_feed`` does."""
    others = [xml_of(element, indent="  ") for element in item_elements(show, episode, artwork=artwork)]
    return "".join((_item_skeleton(show, episode), *others, _ITEM_END)).encode()


def item_link(show: Show, episode: Episode) -> str:
    """Where an app sends its listener: the article, else the episode's page (RSS: item/link)."""
    return web_address(episode.source_url) or show.url(f"episodes/{episode.slug}/")


class _Extension:
    """Adds ``elements`` to the channel; feedgen makes it and calls the other two methods."""

    def __init__(self) -> None:
        self.elements: tuple[Element, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """The namespaces to declare at the root."""
        return NAMESPACES

    def extend_rss(self, root: etree._Element) -> etree._Element:
        """``root``, which is the rss element, with the elements in its channel."""
        declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in (*NAMESPACES.items(), ("xhtml", XHTML)))
        written = "".join(map(xml_of, self.elements))
        parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False)
        root[0].extend(etree.fromstring(f"<channel{declared}>{written}</channel>", parser))
        return root


class _Unsaid(datetime):
    """A moment that feedgen takes and does not write: the true one is among the elements of the extension."""

    def __bool__(self) -> bool:
        """feedgen writes no date that is not true."""
        return False


_UNSAID = _Unsaid(2000, 1, 1, tzinfo=UTC)


def _skeleton(page: Page) -> bytes:
    """The document without items."""
    show = page.show
    # feedgen has no types: Any ends where this function returns.
    generator: Any = FeedGenerator()
    generator.load_extension("podcast", atom=False)
    generator.register_extension("edition", _Extension, atom=False)
    generator.title(_needed(one_line(show.title), "title"))
    generator.description(_needed(carried_text(show.description).strip(), "description"))
    generator.link(href=_plain(show.url(page.path), "the feed"), rel="self", type="application/rss+xml")
    # Whatever link comes last becomes the channel's link, so this one does.
    generator.link(href=_needed(web_address(show.link), "link"), rel="alternate")
    generator.language(one_line(show.language))
    generator.generator(GENERATOR)
    generator.lastBuildDate(_UNSAID)
    holder = one_line(show.copyright)
    if holder:
        generator.copyright(holder)
    _say_to_apple(generator.podcast, show, artwork=page.artwork)
    generator.edition.elements = tuple(channel_elements(page))
    try:
        data: bytes = generator.rss_str(pretty=True)
    except ValueError as error:
        # lxml's words for a character that XML cannot carry, in a field that no author writes.
        cure = "look for a control character in feeds/*/show.json and restore that file from git"
        raise FeedError(f"the feed cannot be written ({error})", cure=cure) from error
    return data


def _say_to_apple(channel: Any, show: Show, *, artwork: WebFile) -> None:
    author = _needed(one_line(show.author), "author")
    channel.itunes_author(author)
    channel.itunes_type(show.type.value)
    channel.itunes_image(_artwork_address(show, artwork))
    email = carried_text(show.email).strip()
    if show.feed.has_owner and email:
        channel.itunes_owner(name=author, email=email)


def _item_skeleton(show: Show, episode: Episode) -> str:
    """What feedgen says of an item, up to the elements of the extension."""
    title = one_line(episode.title)
    if not title:
        raise FeedError(f"episode {episode.slug!r} has no title", cure="give the article one and build it again")
    sound = episode.enclosure.file
    address = _plain(show.url(sound.path), f"the sound of episode {episode.slug!r}")
    notes = as_text(episode.notes_html)
    return _item_template(has_notes=bool(notes)).format(
        title=as_text(title),
        link=as_text(item_link(show, episode)),
        notes=notes,
        guid=as_text(_unchanged(episode.guid, episode)),
        url=as_attribute(address),
        length=sound.length_bytes,
        type=as_attribute(_unchanged(sound.media_type, episode)),
    )


@lru_cache(maxsize=2)
def _item_template(*, has_notes: bool) -> str:
    """An item as feedgen writes it, with the names of values in braces: asked once, as asking is most of the cost."""
    entry: Any = FeedEntry()
    entry.title("{title}")
    entry.link(href="{link}", rel="alternate")
    if has_notes:
        entry.description("{notes}")
    entry.guid("{guid}", permalink=False)
    entry.enclosure(url="{url}", length="{length}", type="{type}")
    written: str = etree.tostring(entry.rss_entry(extensions=False), pretty_print=True, encoding="unicode")
    return written.removesuffix(_ITEM_END)


def _unchanged(value: str, episode: Episode) -> str:
    """A value of the ledger that no author writes, and that is nobody's to clean. Raises: FeedError."""
    if clean(value) != value:
        raise FeedError(
            f"episode {episode.slug!r} has a character that XML cannot carry: {value!r}",
            cure=f"restore its ledger from git: git checkout -- episodes/{episode.slug}/episode.json",
        )
    return value


def _needed(value: str, key: str) -> str:
    if not value:
        raise FeedError(f"the feed needs the show's {key}", cure=f"set {key} in show.toml")
    return value


def _plain(address: str, what: str) -> str:
    if not is_plain_address(address):
        raise FeedError(
            f"{what} has an address that not every app can ask for: {address}",
            cure="use letters, digits, - . _ in base_url (show.toml) and in the names of files",
        )
    return address


def _artwork_address(show: Show, artwork: WebFile) -> str:
    address = _plain(show.url(artwork.path), "the artwork")
    if not address.endswith((".jpg", ".png")):
        # feedgen would leave the image out without a word.
        raise FeedError(
            f"directories take artwork only as .jpg or .png, not {artwork.path}",
            cure='rename the file and set artwork = "cover.jpg" in show.toml',
        )
    return address
