"""Floor 3: the feed is read back as apps read it, before anybody gets it, and compared with the values it came from.

Two readers: podcastparser is what gPodder uses and judges as an app does; lxml sees the podcast: and psc: elements,
which podcastparser does not know under their present address, and every attribute as it stands.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import podcastparser
from lxml import etree

from pipeline.errors import FeedError
from pipeline.feeds.extension import ATOM, ITUNES, MOST_CATEGORIES, NAMESPACES, PODCAST, one_line, simple_chapter
from pipeline.feeds.writing import item_duration_s, item_link, newest_first
from pipeline.model import Episode, Show
from pipeline.notes import are_chapters_shown, carried_text

#: What is compared, what the feed says and what the values say.
Comparison = tuple[str, object, object]

_WRITE_AGAIN = "the last good feed stays; write it again with: audio-edition feed"


def verify_feed(data: bytes, show: Show, *, episodes: Sequence[Episode]) -> None:
    """Nothing, if ``data`` says of ``show`` and ``episodes`` what they say themselves.

    Raises: FeedError that names the first difference and counts the others, or says why the feed cannot be read.
    """
    channel = _channel(data)
    seen = _as_an_app_sees_it(data, show.feed_url)
    compared = [
        *_of_channel(channel, show),
        *_of_items(channel, show, episodes=episodes),
        *_of_app(seen, show, episodes=episodes),
    ]
    found = [f"{what} reads {_brief(read)}, not {_brief(meant)}" for what, read, meant in compared if read != meant]
    if found:
        more = f" (and {len(found) - 1} more differences)" if len(found) > 1 else ""
        raise FeedError(f"the feed does not read back as it was meant: {found[0]}{more}", cure=_WRITE_AGAIN)


def _channel(data: bytes) -> etree._Element:
    """The channel, by a parser that fetches nothing and expands nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FeedError(f"the feed is not well-formed XML: {error}", cure=_WRITE_AGAIN) from error
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        raise FeedError(f"the feed is not RSS 2.0 but <{root.tag}>", cure=_WRITE_AGAIN)
    return channel


def _as_an_app_sees_it(data: bytes, feed_url: str) -> Mapping[str, Any]:
    try:
        seen: Mapping[str, Any] = podcastparser.parse(feed_url, io.BytesIO(data))
    except ValueError as error:
        # FeedParseError is one, and so is what urllib says of an address it cannot take apart.
        raise FeedError(f"an app cannot read the feed: {error}", cure=_WRITE_AGAIN) from error
    return seen


def _of_channel(channel: etree._Element, show: Show) -> Iterator[Comparison]:
    addresses = [link.get("href") for link in channel.findall(f"{{{ATOM}}}link") if link.get("rel") == "self"]
    yield "the feed's own address", addresses, [show.feed_url]
    yield "description", channel.findtext("description"), carried_text(show.description).strip()
    yield "itunes:explicit", channel.findtext(f"{{{ITUNES}}}explicit"), str(show.explicit).lower()
    named = [element.get("text") for element in channel.iter(f"{{{ITUNES}}}category")]
    meant = [name.strip() for category in show.categories[:MOST_CATEGORIES] for name in category.split(">", 1)]
    yield "categories", named, [carried_text(name) for name in meant if name]
    yield "number of podcast:guid", len(channel.findall(f"{{{PODCAST}}}guid")), 1


def _of_items(channel: etree._Element, show: Show, *, episodes: Sequence[Episode]) -> Iterator[Comparison]:
    """All items as they stand in the document."""
    items, ordered = channel.findall("item"), newest_first(episodes)
    yield "list of GUIDs", [item.findtext("guid") for item in items], [episode.guid for episode in ordered]
    for item, episode in zip(items, ordered, strict=False):  # another number is a difference of the lists above
        for what, read, meant in _of_item(item, show, episode=episode):
            yield f"{what} of episode {episode.slug!r}", read, meant


def _of_item(item: etree._Element, show: Show, *, episode: Episode) -> Iterator[Comparison]:
    sound = episode.enclosure.file
    enclosures = [(found.get("url"), found.get("length"), found.get("type")) for found in item.findall("enclosure")]
    yield "enclosure", enclosures, [(show.url(sound.path), str(sound.length_bytes), sound.media_type)]
    yield "isPermaLink", [found.get("isPermaLink") for found in item.findall("guid")], ["false"]
    yield "link", item.findtext("link"), item_link(show, episode)
    yield "text of the show notes", item.findtext("description") or "", carried_text(episode.notes_html)
    yield "itunes:explicit", item.findtext(f"{{{ITUNES}}}explicit"), str(show.explicit).lower()
    transcripts = [(found.get("url"), found.get("type")) for found in item.findall(f"{{{PODCAST}}}transcript")]
    yield "transcripts", transcripts, [(show.url(form.file.path), form.file.media_type) for form in episode.transcripts]
    files = [found.get("url") for found in item.findall(f"{{{PODCAST}}}chapters")]
    yield "chapters file", files, [show.url(file.path) for file in (episode.chapters_file,) if file is not None]
    marks = [dict(found.attrib) for found in item.iterfind("psc:chapters/psc:chapter", NAMESPACES)]
    shown = episode.chapters if are_chapters_shown(episode.chapters) else ()
    yield "chapters", marks, [simple_chapter(show, chapter) for chapter in shown]


def _of_app(seen: Mapping[str, Any], show: Show, *, episodes: Sequence[Episode]) -> Iterator[Comparison]:
    """The show and its episodes as an app lists them."""
    yield "title", seen.get("title"), one_line(show.title)
    yield "language", seen.get("language"), one_line(show.language)
    yield "author", seen.get("itunes_author"), one_line(show.author)
    yield "number of episodes", len(seen["episodes"]), len(episodes)
    by_guid = {item["guid"]: item for item in seen["episodes"]}
    for episode in episodes:
        item = by_guid.get(episode.guid)
        yield f"GUID of episode {episode.slug!r}", item and item["guid"], episode.guid
        for what, read, meant in _of_app_item(item, show, episode=episode) if item else ():
            yield f"{what} of episode {episode.slug!r}", read, meant


def _of_app_item(item: Mapping[str, Any], show: Show, *, episode: Episode) -> Iterator[Comparison]:
    yield "title", item.get("title"), one_line(episode.title)
    yield "date", item.get("published"), int(episode.published.timestamp())
    yield "duration", item.get("total_time"), item_duration_s(episode)
    sound = episode.enclosure.file
    # podcastparser writes hosts in small letters; the address as it stands is compared with the other reader.
    address = podcastparser.normalize_feed_url(show.url(sound.path))
    meant = {"url": address, "file_size": sound.length_bytes, "mime_type": sound.media_type}
    yield "enclosure as an app sees it", item.get("enclosures"), [meant]


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"
