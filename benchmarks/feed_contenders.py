"""The same feed by feedgen: alone, and with all our elements by an extension as its documentation shows one."""

from collections.abc import Callable, Sequence
from typing import Any

from feedgen.feed import FeedGenerator
from lxml import etree

from benchmarks.many_episodes import ARTWORK, LEDGER, SHOW
from pipeline.feeds.extension.channel import channel_elements
from pipeline.feeds.extension.elements import NAMESPACES, Element
from pipeline.feeds.extension.item import item_duration_s, item_elements
from pipeline.feeds.pages import newest_first, whole_feed
from pipeline.feeds.writing import item_link
from pipeline.model import Episode

#: What feedgen says by itself, so that the extension must not say it again.
_BY_FEEDGEN = frozenset(
    {
        *("pubDate", "lastBuildDate", "itunes:duration", "itunes:season"),
        *("itunes:episode", "itunes:episodeType", "itunes:explicit", "itunes:category"),
    }
)


class Extension:
    """Adds ``elements`` to what it is given: an item, or the channel of a feed."""

    def __init__(self) -> None:
        self.elements: tuple[etree._Element, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """The namespaces to declare at the root."""
        return NAMESPACES

    def extend_rss(self, parent: etree._Element) -> etree._Element:
        """``parent`` with the elements in it."""
        (parent[0] if parent.tag == "rss" else parent).extend(self.elements)
        return parent


def bare_feedgen(episodes: Sequence[Episode]) -> bytes:
    """What feedgen can say without an extension of ours."""
    return _by_feedgen(episodes, lambda _: None)


def feedgen_with_elements(episodes: Sequence[Episode]) -> bytes:
    """The same, and everything else that our feed says."""

    def register(generator: Any) -> None:
        generator.register_extension("edition", Extension, Extension, atom=False)
        page = whole_feed(SHOW, LEDGER, episodes=episodes, artwork=ARTWORK)
        generator.edition.elements = tuple(_tree(one) for one in channel_elements(page) if one.name not in _BY_FEEDGEN)

    return _by_feedgen(episodes, register)


def _by_feedgen(episodes: Sequence[Episode], register: Callable[[Any], None]) -> bytes:
    generator: Any = FeedGenerator()  # has no types
    generator.load_extension("podcast", atom=False)
    register(generator)
    generator.title(SHOW.title)
    generator.description(SHOW.description)
    generator.link(href=SHOW.feed_url, rel="self", type="application/rss+xml")
    generator.link(href=SHOW.link, rel="alternate")
    generator.language(SHOW.language)
    generator.lastBuildDate(max(episode.published for episode in episodes))
    generator.podcast.itunes_author(SHOW.author)
    generator.podcast.itunes_category("News", "Politics")
    generator.podcast.itunes_explicit("no")
    generator.podcast.itunes_image(SHOW.url(ARTWORK.path))
    generator.podcast.itunes_owner(name=SHOW.author, email=SHOW.email)
    for episode in newest_first(episodes):
        entry = generator.add_entry(order="append")
        _say(entry, episode)
        if hasattr(entry, "edition"):
            entry.edition.elements = tuple(
                _tree(one) for one in item_elements(SHOW, episode, artwork=ARTWORK) if one.name not in _BY_FEEDGEN
            )
    data: bytes = generator.rss_str(pretty=True)
    return data


def _say(entry: Any, episode: Episode) -> None:
    sound = episode.enclosure.file
    entry.title(episode.title)
    entry.link(href=item_link(SHOW, episode), rel="alternate")
    entry.description(episode.notes_html)
    entry.guid(episode.guid, permalink=False)
    entry.pubDate(episode.published)
    entry.enclosure(url=SHOW.url(sound.path), length=str(sound.length_bytes), type=sound.media_type)
    entry.podcast.itunes_duration(item_duration_s(episode))
    entry.podcast.itunes_season(episode.listing.season)
    entry.podcast.itunes_episode(episode.listing.number)
    entry.podcast.itunes_episode_type(episode.listing.kind.value)
    entry.podcast.itunes_explicit("no")  # it takes no other words


def _tree(element: Element) -> etree._Element:
    prefix, _, local = element.name.rpartition(":")
    made = etree.Element(f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local, element.attributes)
    made.text = element.text or None
    made.extend(_tree(child) for child in element.children)
    return made
