"""Floor 3: the bytes of any feed, of this project or of another host, become a FeedDocument, which the rules judge.

lxml reads them without network, DTDs, entities or more than 256 levels of depth. What cannot be read at all, or is
something else than RSS, is refused in words that anybody can act upon; everything less is left to the rules.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from pipeline.errors import FeedError
from pipeline.feeds.faults import unreadable
from pipeline.model import FeedDocument, FeedElement

#: Far above any feed that apps take (feeds.md, section 5, 11), and little enough to read at once.
LARGEST_BYTES = 64_000_000

#: More signs of markup than 10,000 long episodes have; each may cost some hundred bytes of memory.
MOST_MARKS = 4_000_000

#: More than any element of any namespace may have; lxml takes a square of their number of steps.
MOST_ATTRIBUTES = 1000

#: The usual prefix of each namespace. Source: feeds.md X3; the namespaces' own documents.
PREFIXES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://podlove.org/simple-chapters": "psc",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://search.yahoo.com/mrss/": "media",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://www.spotify.com/ns/rss": "spotify",
    "http://www.rawvoice.com/rawvoiceRssModule/": "rawvoice",
    "http://www.w3.org/XML/1998/namespace": "xml",
}

_OTHER_NAMESPACES = {
    "http://www.w3.org/1999/xhtml": "a web page",
    "http://www.w3.org/2005/Atom": "an Atom feed, which Apple has not taken since 2022",
    "http://purl.org/atom/ns#": "an Atom feed of 2003, which no directory takes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "an RSS 1.0 feed, which has no place for sound",
}
_OTHER_ROOTS = {"html": "a web page", "opml": "a list of feeds (OPML)", "urlset": "a site map", "feed": "an Atom feed"}
#: What begins with a <; the last kind is the start tag of an element.
_START = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|(<)(?=[^/!?])", re.DOTALL)

_ATOM_CURE = 'have the feed written as RSS 2.0, <rss version="2.0">'
_PAGE_CURE = "give the address of the feed itself; on its page look for a link called RSS"


def read_document(data: bytes, *, address: str = "") -> FeedDocument:
    """The whole feed in ``data``; ``address`` is where it came from, "" for a file.

    Names have the usual prefix of their namespace, whatever the document calls it; a namespace that is none of
    `PREFIXES`, down to the last stroke, stays in braces. Texts have their entities and CDATA resolved.

    Raises: FeedError for what is no well-formed RSS: it says what it is instead, or the line and the cure.
    Source: XML 1.0; feeds.md X1 to X3, A22.
    """
    _refuse_others(data)
    _refuse_floods(data)
    root = _parsed(data)
    _refuse_declarations(root)
    _refuse_other_roots(root)
    info = root.getroottree().docinfo
    return FeedDocument(
        root=_element(root, lines=_lines(root, data)),
        address=address,
        length_bytes=len(data),
        namespaces={prefix or "": uri for prefix, uri in root.nsmap.items()},
        has_declaration=re.match(rb"(\xef\xbb\xbf)?<\?xml\s", data) is not None or data[:1] in {b"\xff", b"\xfe"},
        encoding=info.encoding or "UTF-8",
    )


def _refuse_others(data: bytes) -> None:
    """What is seen to be something else before it is parsed."""
    start = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        what = "empty" if not data else f"{len(data)} bytes of blanks"
        raise FeedError(f"the feed is {what}", cure="write it again, and look whether the disk of the host is full")
    if data.startswith(b"\x1f\x8b"):
        raise FeedError(
            "this is a gzip file, not yet unpacked",
            cure="unpack it with gunzip; a server that sends it so must say Content-Encoding: gzip",
        )
    if data.startswith((b"PK\x03\x04", b"%PDF", b"ID3", b"\x89PNG", b"\xff\xd8\xff")):
        raise FeedError("this is no feed but a file of another kind", cure=_PAGE_CURE)
    if start.startswith((b"<!doctype html", b"<html")):
        raise FeedError("this is a web page, not a feed", cure=_PAGE_CURE)
    if start.startswith((b"{", b"[")):
        raise FeedError("this is JSON, and podcast directories read RSS alone", cure=_ATOM_CURE)


def _refuse_floods(data: bytes) -> None:
    """What would take the memory of this machine, and no app would wait for."""
    if len(data) > LARGEST_BYTES:
        raise FeedError(
            f"the feed has {len(data)} bytes, and more than {LARGEST_BYTES} are not read here, nor by any app",
            cure="shorten the show notes, or start a second show",
        )
    marks = data.count(b"<") + data.count(b"=")
    if marks > MOST_MARKS:
        raise FeedError(
            f"the feed has {marks} signs of markup (< and =), and more than {MOST_MARKS} are not read here",
            cure="look for an element that is repeated without end, or start a second show",
        )


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise unreadable(error.msg or "", line=error.lineno or 1) from error
    except ValueError as error:  # an encoding that nobody knows
        raise FeedError(f"the feed cannot be read ({error})", cure="write it in UTF-8") from error


def _refuse_declarations(root: etree._Element) -> None:
    """A feed that declares entities of its own can be made to unfold without end, so nobody reads such."""
    dtd: Any = root.getroottree().docinfo.internalDTD  # the stubs know neither that it may be None nor what is in it
    if dtd is not None and (any(dtd.iterentities()) or any(dtd.iterelements())):
        raise FeedError(
            "the feed declares entities or elements of its own, which readers refuse",
            cure="take the <!DOCTYPE ...> out, and write characters themselves, or as numbers (&#160;)",
            line=1,
        )


def _refuse_other_roots(root: etree._Element) -> None:
    name = etree.QName(root)
    if name.localname == "rss" and not name.namespace:
        if root.find("channel") is None:
            raise FeedError(
                "<rss> has no <channel> in it", cure="put title, link and items into <channel>", line=_line(root)
            )
        return
    known = _OTHER_NAMESPACES.get(name.namespace or "") or _OTHER_ROOTS.get(name.localname.lower())
    is_page = known is not None and "feed," not in known and known != _OTHER_ROOTS["feed"]
    raise FeedError(
        f"this is {known}" if known else f"this is no RSS: its outermost element is <{name.localname}>, not <rss>",
        cure=_PAGE_CURE if is_page else _ATOM_CURE,
        line=_line(root),
    )


def _lines(root: etree._Element, data: bytes) -> Iterator[int]:
    """The line of each start tag, in the order of the document.

    The parser gives the line where a tag ends, and above 65,535 often one too many; so they are counted again. In an
    encoding in which that finds another number of tags, its own lines must do.
    """
    lines: list[int] = []
    line, counted = 1, 0
    for found in _START.finditer(data):
        if found.lastindex:
            line += data.count(b"\n", counted, found.start())
            counted = found.start()
            lines.append(line)
    if len(lines) == root.xpath("count(//*)"):
        return iter(lines)
    return (_line(element) for element in root.iter(etree.Element))


def _element(node: etree._Element, *, lines: Iterator[int]) -> FeedElement:
    """``node`` and what is in it; no deeper than the parser goes."""
    return FeedElement(
        name=_name(node.tag),
        attributes=_attributes(node),
        text=node.text or "",
        line=next(lines),
        children=tuple(_element(child, lines=lines) for child in _children(node)) if len(node) else (),
    )


def _attributes(node: etree._Element) -> dict[str, str]:
    count = len(node.attrib)
    if count > MOST_ATTRIBUTES:
        raise FeedError(
            f"one element has {count} attributes, and more than {MOST_ATTRIBUTES} are not read here",
            cure="look what repeats them, and write the feed again",
            line=_line(node),
        )
    return {_name(str(name)): str(value) for name, value in node.items()} if count else {}


def _children(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if not isinstance(child.tag, str):  # an entity that the DTD would declare, which is not read
            raise unreadable(f"Entity '{(child.text or '').strip('&;')}' not defined", line=_line(child))
        yield child


def _line(node: Any) -> int:  # of an etree._Element, whose stubs do not know what a line is
    return int(node.sourceline or 1)


@lru_cache(maxsize=4096)
def _name(tag: str) -> str:
    """A name with its usual prefix; that of an unknown namespace as lxml has it, in braces."""
    if tag[0] != "{":
        return tag
    uri, _, local = tag[1:].partition("}")
    prefix = PREFIXES.get(uri)
    return f"{prefix}:{local}" if prefix else tag
