"""Floor 3, sources: a feed that is not well-formed XML -> its items, by feedparser.

feedparser shall neither sanitise nor complete addresses: both are done with everybody's HTML when it is written as
Markdown, sanitising takes half its time, and what it leaves out (ids of footnotes, players) nobody would be told of.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import feedparser

from pipeline.sources.exports.feeditem import FeedItem, id_of, post_of_item
from pipeline.sources.exports.feedxml import name_of
from pipeline.sources.exports.record import Found

#: feedparser needs some thirty times the size of a feed, and seconds for each megabyte.
MOST_BYTES = 5_000_000

Entry = Mapping[str, Any]


def items_of_anything(data: bytes) -> Iterator[Found]:
    """The items of a feed in their order."""
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    is_atom = str(feed.version).startswith("atom")
    for entry in feed.entries:
        yield _found(entry, feed.feed, is_atom=is_atom)


def _found(entry: Entry, head: Entry, *, is_atom: bool) -> Found:
    title = _title(entry, is_atom=is_atom)
    id_ = id_of("" if _is_invented(entry) else _told(entry, "id"), address=_address(entry), title=title)
    return Found(id=id_, title=title, post=lambda: post_of_item(_item(entry, head, id_=id_, is_atom=is_atom)))


def _item(entry: Entry, head: Entry, *, id_: str, is_atom: bool) -> FeedItem:
    detail = _mapping(entry, "title_detail") or _mapping(entry, "summary_detail")
    return FeedItem(
        id=id_,
        title=_title(entry, is_atom=is_atom),
        authors=_authors(entry, is_atom=is_atom) or (_authors(head, is_atom=True) if is_atom else ()),
        date=_told(entry, "published") or _told(entry, "updated"),
        language=_told(entry, "language") or _told(detail, "language") or _told(head, "language"),
        address=_address(entry),
        base=_told(detail, "base"),
        tags=_tags(entry),
        season=_told(entry, "itunes_season"),
        number=_told(entry, "itunes_episode"),
        content=next((_markup(content) for content in _list(entry, "content")), ""),
        summary=_markup(_mapping(entry, "summary_detail")),
        has_sound=any(
            _told(link, "rel") == "enclosure" and _told(link, "type").startswith("audio/")
            for link in _list(entry, "links")
        ),
    )


def _title(entry: Entry, *, is_atom: bool) -> str:
    if is_atom:
        return _markup(_mapping(entry, "title_detail"))
    return _told(entry, "title") or _told(entry, "itunes_title")


def _markup(detail: Entry) -> str:
    """The HTML of a text that feedparser has given a type."""
    value, kind = _told(detail, "value"), _told(detail, "type")
    if kind == "text/plain":
        return escape(value, quote=False)
    return value if kind in {"text/html", "application/xhtml+xml"} else ""


def _is_invented(entry: Entry) -> bool:
    """Whether feedparser has made the id of something else."""
    return not _told(entry, "id")


def _address(entry: Entry) -> str:
    links = [_told(link, "href") for link in _list(entry, "links") if _told(link, "rel") == "alternate"]
    permanent = [_told(entry, "link")] if entry.get("guidislink") else []
    return next((link for link in (*links, *permanent) if link), "")


def _authors(entry: Entry, *, is_atom: bool) -> tuple[str, ...]:
    people = _list(entry, "authors")
    # feedparser cuts "ines@harbour.institute (Ines Calder)" after four letters of "institute".
    if not is_atom and len(people) == 1:
        people = [{"name": _told(entry, "author")}]
    names = (name_of(_told(person, "name")) for person in people)
    return tuple(escape(name, quote=False) for name in names if name)


def _tags(entry: Entry) -> tuple[str, ...]:
    # feedparser counts the categories of the iTunes directory among the tags.
    return tuple(
        _told(tag, "label") or _told(tag, "term")
        for tag in _list(entry, "tags")
        if "itunes" not in _told(tag, "scheme")
    )


def _told(entry: Entry, key: str) -> str:
    # Not entry.get: feedparser's own answers for `updated` with `published`, and warns of it.
    value = dict.get(entry, key) if isinstance(entry, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _list(entry: Entry, key: str) -> list[Entry]:
    value = dict.get(entry, key) if isinstance(entry, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _mapping(entry: Entry, key: str) -> Entry:
    value = dict.get(entry, key) if isinstance(entry, dict) else None
    return value if isinstance(value, dict) else {}
