"""Floor 3: what feedgen cannot say of a channel and an item, as ready XML elements, and the extension that adds them.

feedgen knows no podcast: and psc: elements and no WebSub hub, takes no true or false for itunes:explicit, merges two
categories of one family, and gives the channel no itunes:title. These functions make such elements from the values;
feedgen asks the two extension classes for them when it writes. The element names are those of the specifications.
"""

import base64
from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.chapters import image_address
from pipeline.model import AlternateEnclosure, Episode, EpisodeChapter, Show, ShowLedger
from pipeline.notes import are_chapters_shown, carried_text
from pipeline.units import timestamp

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PSC = "http://podlove.org/simple-chapters"
ATOM = "http://www.w3.org/2005/Atom"

#: Prefix and URI of every namespace that the elements here use. Source: feeds.md X3.
NAMESPACES = {"itunes": ITUNES, "podcast": PODCAST, "psc": PSC, "atom": ATOM}

#: Apple uses the first pair, newer wording the first two (feeds.md A14 and section 1.10).
MOST_CATEGORIES = 2

#: Types of a transcript that a player can show in step with the sound (podcast:transcript@rel).
CAPTION_TYPES = frozenset({"text/vtt", "application/x-subrip", "application/srt"})


class ChannelExtension:
    """Adds ``elements`` to the channel; feedgen makes it and calls the other two methods."""

    def __init__(self) -> None:
        self.elements: tuple[etree._Element, ...] = ()

    def extend_ns(self) -> dict[str, str]:
        """The namespaces to declare at the root."""
        return NAMESPACES

    def extend_rss(self, root: etree._Element) -> etree._Element:
        """``root``, which is the rss element, with the elements in its channel."""
        root[0].extend(self.elements)
        return root


class ItemExtension:
    """Adds ``elements`` to one item."""

    def __init__(self) -> None:
        self.elements: tuple[etree._Element, ...] = ()

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """``item`` with the elements in it."""
        item.extend(self.elements)
        return item


def channel_elements(show: Show, ledger: ShowLedger) -> Iterator[etree._Element]:
    """The elements of a channel that feedgen cannot write. Source: feeds.md 1.2, 1.7, T1."""
    if show.feed.websub_hub:
        yield element("atom:link", {"rel": "hub", "href": show.feed.websub_hub})
    for category in show.categories[:MOST_CATEGORIES]:
        yield _category(category)
    yield element("itunes:explicit", text=_boolean(show.explicit))
    yield element("podcast:guid", text=ledger.podcast_guid)
    owner = {"owner": show.email} if show.feed.has_owner and show.email else {}
    yield element("podcast:locked", owner, text="yes" if show.feed.is_locked else "no")
    yield element("podcast:medium", text="podcast")
    yield _ai_content()
    if show.feed.license:
        yield element("podcast:license", text=show.feed.license)


def item_elements(show: Show, episode: Episode) -> Iterator[etree._Element]:
    """The elements of an item that feedgen cannot write. Source: feeds.md 1.2, 1.7, 1.8."""
    yield element("itunes:explicit", text=_boolean(show.explicit))
    for transcript in episode.transcripts:
        form = {
            "url": show.url(transcript.file.path),
            "type": transcript.file.media_type,
            "language": transcript.language,
        }
        rel = {"rel": "captions"} if transcript.file.media_type in CAPTION_TYPES else {}
        yield element("podcast:transcript", form | rel)
    if episode.chapters_file is not None:
        address = {"url": show.url(episode.chapters_file.path), "type": episode.chapters_file.media_type}
        yield element("podcast:chapters", address)
    for alternate in episode.alternates:
        yield _alternate_enclosure(show, alternate)
    author = one_line(episode.author)
    if author:
        yield element("podcast:person", {"role": "author", "group": "writing"}, text=author)
    yield _ai_content()
    if are_chapters_shown(episode.chapters):
        yield _simple_chapters(show, episode)


def simple_chapter(show: Show, chapter: EpisodeChapter) -> dict[str, str]:
    """The attributes of a psc:chapter, as they are meant to be read back. Source: podlove.org/simple-chapters, 1.2."""
    needed = {"start": timestamp(chapter.start_ms), "title": one_line(chapter.title)}
    others = {"href": chapter.link, "image": image_address(chapter, show.url)}
    return needed | {key: value for key, value in others.items() if value}


def element(name: str, attributes: Mapping[str, str] | None = None, *, text: str = "") -> etree._Element:
    """One element; ``name`` has its prefix, as in "podcast:guid", and what XML cannot carry is left out."""
    prefix, _, local = name.partition(":")
    made = etree.Element(f"{{{NAMESPACES[prefix]}}}{local}", nsmap={prefix: NAMESPACES[prefix]})
    for key, value in (attributes or {}).items():
        made.set(key, carried_text(value))
    if text:
        made.text = carried_text(text)
    return made


def one_line(text: str) -> str:
    """``text`` as a title may stand: what XML can carry, single blanks, none at the ends. Source: feeds.md X13."""
    return " ".join(carried_text(text).split())


def _category(category: str) -> etree._Element:
    """ "News > Politics" as two nested elements (RSS: channel/itunes:category)."""
    outer, _, inner = (name.strip() for name in category.partition(">"))
    made = element("itunes:category", {"text": outer})
    if inner:
        made.append(element("itunes:category", {"text": inner}))
    return made


def _simple_chapters(show: Show, episode: Episode) -> etree._Element:
    """The Chapters as Podlove Simple Chapters 1.2, which Spotify reads."""
    chapters = element("psc:chapters", {"version": "1.2"})
    chapters.extend(element("psc:chapter", simple_chapter(show, chapter)) for chapter in episode.chapters)
    return chapters


def _alternate_enclosure(show: Show, alternate: AlternateEnclosure) -> etree._Element:
    """The same sound in another form, with its digest. Source: podcast-namespace, docs/tags/alternate-enclosure.md."""
    file = alternate.file
    form = {
        "type": file.media_type,
        "length": str(file.length_bytes),
        "bitrate": str(alternate.bitrate_kbps * 1000),
        "title": alternate.title,
        "codecs": alternate.codecs,
    }
    made = element("podcast:alternateEnclosure", {name: value for name, value in form.items() if value})
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    made.append(element("podcast:integrity", {"type": "sri", "value": f"sha256-{digest}"}))
    made.append(element("podcast:source", {"uri": show.url(file.path)}))
    return made


def _ai_content() -> etree._Element:
    """That the voice is synthetic (added to the namespace on 2026-03-05)."""
    return element("podcast:txt", {"purpose": "ai-content"}, text="true")


def _boolean(value: bool) -> str:
    return "true" if value else "false"
