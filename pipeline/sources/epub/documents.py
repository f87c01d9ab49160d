"""Floor 3, sources: a document of a book -> its tree, with the names that HTML has for everything.

Books are XHTML and should be read as XML: `<title/>` is whole there, and swallows the book in HTML. What is not
well-formed is read as HTML, as e-readers do, unless the end of it is missing.
"""

import re
from html.entities import html5
from pathlib import Path

import lxml.html
from lxml import etree

from pipeline.errors import SourceError
from pipeline.sources.archive import DAMAGED
from pipeline.sources.manuscript import clean
from pipeline.sources.xml import parse_xml

TYPE = "{http://www.idpf.org/2007/ops}type"
#: Named characters that XML does not know and that books use without declaring them.
NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
OF_XML = {b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def tree_of(data: bytes, *, path: Path, what: str) -> etree._Element:
    """The root of a document. ``what`` it is called in errors.

    Raises:
        SourceError: it is cut off, or declares entities.
    """
    numbered = NAMED.sub(_numbered, data)
    try:
        root = parse_xml(numbered, path=path, what=what)
    except SourceError as error:
        if not isinstance(error.__cause__, etree.XMLSyntaxError) or not _is_harmless(data):
            raise
        return _read_as_html(data, path=path, what=what)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def types_of(element: etree._Element) -> tuple[str, ...]:
    """What an element is, as `epub:type` and `role` say it: "footnote", "noteref", "pagebreak" ..."""
    said = f"{element.get(TYPE, '')} {element.get('epub:type', '')} {element.get('role', '')}".casefold()
    return tuple(kind.removeprefix("doc-") for kind in said.split())


def line_of(element: etree._Element) -> str:
    """The words of an element in one line."""
    for line_break in element.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return " ".join(clean("".join(map(str, element.itertext()))).split())


def take_out(element: etree._Element, *, tail: str | None = None) -> None:
    """Take an element out of its tree and keep what follows it; ``tail`` in its place if that is given."""
    parent, before = element.getparent(), element.getprevious()
    kept = (element.tail or "") if tail is None else tail
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + kept
    else:
        parent.text = (parent.text or "") + kept
    element.tail = None
    parent.remove(element)


def _numbered(found: re.Match[bytes]) -> bytes:
    characters = html5.get(found[1].decode("ascii"))
    if found[1] in OF_XML or characters is None:
        return found[0]
    return b"".join(b"&#%d;" % ord(character) for character in characters)


def _is_harmless(data: bytes) -> bool:
    """Whether it is whole, and is not refused as XML for the entities that it declares."""
    is_whole = b"</html" in data[-2000:].lower() or b"<html" not in data[:10_000].lower()
    return is_whole and b"<!entity" not in data.lower()


def _read_as_html(data: bytes, *, path: Path, what: str) -> etree._Element:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{what} is not UTF-8 (at byte {error.start})", cure=DAMAGED, path=path) from error
    # A declaration of the encoding is refused in what is text already.
    text = re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", "", text)
    # huge_tree: without it, what is deeper than 256 levels would be lost without a word.
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except etree.ParserError as error:
        raise SourceError(f"{what} holds nothing", cure=DAMAGED, path=path) from error
    if any("depth" in entry.message.casefold() for entry in parser.error_log):
        what = f"{what} has more than 2,000 elements in each other, as no book has"
        raise SourceError(what, cure="save the chapter as plain text or Markdown and name that file", path=path)
    return root
