"""Floor 3, sources: a well-formed feed (RSS 2.0 and 1.0, Atom) -> its items, one by one, memory flat.

Sources: RSS 2.0 and 1.0 specifications, RFC 4287, the content, Dublin Core and iTunes modules.
"""

from collections.abc import Iterable, Iterator
from email.utils import parseaddr
from html import escape
from typing import IO
from urllib.parse import urljoin

from lxml import etree
from msgspec import Struct

from pipeline.sources.draft import Source
from pipeline.sources.exports.feeditem import FeedItem, id_of, post_of_item
from pipeline.sources.exports.record import Found
from pipeline.sources.xml import iterate_xml

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
#: Namespaces of RSS itself: most feeds have none.
RSS = ("", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "http://backend.userland.com/rss2")
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    ATOM: "atom:",
    XHTML: "xhtml:",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

ENTRY = f"{{{ATOM}}}entry"
ITEMS = frozenset({ENTRY, *(f"{{{home}}}item" if home else "item" for home in RSS)})
LANGUAGES = frozenset({"language", "{http://purl.org/dc/elements/1.1/}language"})
AUTHOR = f"{{{ATOM}}}author"

Fields = dict[str, list[etree._Element]]  # noqa: SLF001  # so lxml names the type of its elements


class Feed(Struct, kw_only=True):
    """What the head of the feed says and its items need not repeat."""

    language: str = ""
    authors: tuple[str, ...] = ()


def items_of_xml(stream: IO[bytes], source: Source) -> Iterator[Found]:
    """The items of a feed in their order, to be read before the next one is asked for.

    Raises:
        SourceError: it is not well-formed, when the place is reached.
    """
    feed = Feed()
    for element in iterate_xml(stream, tags=ITEMS | LANGUAGES | {AUTHOR}, path=source.path, what="the feed"):
        if element.tag in LANGUAGES:
            feed.language = feed.language or (element.text or "").strip()
        elif element.tag == AUTHOR:
            feed.authors = (*feed.authors, *_people([element]))
        else:
            yield _found(element, feed)


def _found(element: etree._Element, feed: Feed) -> Found:
    fields = _fields(element)
    title = _title(element, fields)
    told = _text(fields, "guid", "id", "atom:id") or (element.get(ABOUT) or "").strip()
    id_ = id_of(told, address=_address(element, fields), title=title)
    return Found(id=id_, title=title, post=lambda: post_of_item(_item(element, fields, feed=feed, id_=id_)))


def _item(element: etree._Element, fields: Fields, *, feed: Feed, id_: str) -> FeedItem:
    is_atom = _is_atom(element)
    summaries = ("summary",) if is_atom else ("description", "itunes:summary", "atom:summary")
    return FeedItem(
        id=id_,
        title=_title(element, fields),
        authors=_authors(fields, is_atom=is_atom) or feed.authors,
        date=_text(fields, "pubDate", "published", "issued", "dc:date", "atom:published", "updated", "atom:updated"),
        language=_language(element, fields) or feed.language,
        address=_address(element, fields),
        base=element.base or "",
        tags=_tags(fields, is_atom=is_atom),
        season=_text(fields, "itunes:season"),
        number=_text(fields, "itunes:episode"),
        content=_markup(fields, "content:encoded", "xhtml:body", "content" if is_atom else "atom:content"),
        summary=_markup(fields, *summaries),
        has_sound=any(link.get("type", "").startswith("audio/") for link in _enclosures(fields)),
    )


def _fields(element: etree._Element) -> Fields:
    """The elements of an item by name, with a short prefix where they are not the feed's own."""
    own = etree.QName(element).namespace or ""
    fields: Fields = {}
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child)
        home = name.namespace or ""
        prefix = "" if home == own or (home in RSS and own in RSS) else PREFIXES.get(home, f"{home} ")
        fields.setdefault(prefix + name.localname, []).append(child)
    return fields


def _is_atom(element: etree._Element) -> bool:
    return element.tag == ENTRY


def _text(fields: Fields, *names: str) -> str:
    """The text of the first of these that has any."""
    found = ("".join(map(str, element.itertext())).strip() for name in names for element in fields.get(name, ()))
    return next((text for text in found if text), "")


def _title(element: etree._Element, fields: Fields) -> str:
    return _markup(fields, "title") if _is_atom(element) else _text(fields, "title", "itunes:title")


def _markup(fields: Fields, *names: str) -> str:
    """The HTML of the first of these that has any. In RSS all text is HTML, in Atom its type says what it is."""
    found = (_construct(element) for name in names for element in fields.get(name, ()))
    return next((markup for markup in found if markup.strip()), "")


def _construct(element: etree._Element) -> str:
    home, kind = etree.QName(element).namespace, element.get("type", "text")
    if len(element):
        return _inside(element)
    text = element.text or ""
    if home != ATOM or kind in {"html", "text/html"}:
        return text
    return escape(text, quote=False) if kind in {"text", "text/plain"} else ""


def _inside(element: etree._Element) -> str:
    """The HTML inside an element that holds it as XML; the `div` of Atom goes with it, as the standard says."""
    divs = list(element.iterchildren(f"{{{XHTML}}}div"))
    inside = divs[0] if len(divs) == 1 and len(element) == 1 else element
    for child in inside.iter(tag=etree.Element):
        child.tag = etree.QName(child).localname
    etree.cleanup_namespaces(inside)
    written = (etree.tostring(child, encoding="unicode", method="html") for child in inside)
    return escape(inside.text or "", quote=False) + "".join(written)


def _address(element: etree._Element, fields: Fields) -> str:
    links = (*fields.get("link", ()), *fields.get("atom:link", ()))
    written = [link.text.strip() for link in links if link.text and link.text.strip()]
    referred = [link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"]
    permanent = [guid.text or "" for guid in fields.get("guid", ()) if guid.get("isPermaLink", "true") != "false"]
    found = next((address.strip() for address in (*written, *referred, *permanent) if address.strip()), "")
    return str(urljoin(element.base or "", found))


def _authors(fields: Fields, *, is_atom: bool) -> tuple[str, ...]:
    if is_atom:
        return _people(fields.get("author", []))
    for name in ("dc:creator", "author", "itunes:author"):
        names = tuple(filter(None, (name_of((element.text or "").strip()) for element in fields.get(name, ()))))
        if names:
            return names
    return _people(fields.get("atom:author", []))


def _people(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    names = (name_of((element.findtext(f"{{{ATOM}}}name") or "").strip()) for element in elements)
    return tuple(escape(name, quote=False) for name in names if name)


def name_of(written: str) -> str:
    """The name in "ines@example.org (Ines Calder)"; "" if there is nothing but an address, which is no byline."""
    return str(parseaddr(written)[0]) if "@" in written else written


def _language(element: etree._Element, fields: Fields) -> str:
    told = _text(fields, "dc:language")
    near: etree._Element | None = element
    while near is not None and not told:
        told = (near.get(LANGUAGE) or "").strip()
        near = near.getparent()
    return told


def _tags(fields: Fields, *, is_atom: bool) -> tuple[str, ...]:
    if is_atom:
        terms = (tag.get("label") or tag.get("term") or "" for tag in fields.get("category", ()))
        return tuple(escape(term, quote=False) for term in terms)
    return tuple(tag.text or "" for name in ("category", "dc:subject") for tag in fields.get(name, ()))


def _enclosures(fields: Fields) -> Iterator[etree._Element]:
    yield from fields.get("enclosure", ())
    for link in (*fields.get("link", ()), *fields.get("atom:link", ())):
        if link.get("rel") == "enclosure":
            yield link
