"""Floor 3, sources: HTML text -> a tree. Whatever is wrong with the HTML, the words of it are in the tree."""

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from pipeline.errors import SourceError
from pipeline.patterns import regex

MOST_CHARACTERS = 10_000_000

#: Those of HTML 5 that the parser does not know as empty.
EMPTY_ELEMENTS = ("embed", "source", "track", "wbr")

#: Neither is part of the text, and lxml would not take the first: a tree is made of characters that XML has.
NOT_XML = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def tree_of(html: str) -> HtmlElement | None:
    """The root element `html` of a fragment or document, without comments; None where there is nothing in it.

    Raises:
        SourceError: it is longer than 10 million characters, or more than about 2,000 elements stand inside each other.
    """
    if len(html) > MOST_CHARACTERS:
        what = f"holds {len(html) / 1e6:.1f} million characters of HTML and 10 million is the most"
        raise SourceError(what, cure="split it")
    # lxml goes by what is handed to it, not by what the document says of its encoding.
    data = NOT_XML.sub(" ", html).encode()
    # huge_tree: without it everything after 256 levels of nesting would be lost, and not a word said of it.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    if not data.strip():
        return None
    try:
        root = document_fromstring(data, parser=parser)
    except etree.ParserError:
        return None
    _refuse_too_deep(parser)
    _close_empty_elements(root)
    return root


def _refuse_too_deep(parser: HTMLParser) -> None:
    for entry in parser.error_log:
        if "depth" in entry.message.casefold():
            what = "has more than 2,000 HTML elements inside each other, as no page has"
            raise SourceError(what, cure="save the article as plain text or Markdown and name that file")


def _close_empty_elements(root: HtmlElement) -> None:
    """Lift out what the parser, which knows HTML 4, took for the content of elements that have none in HTML 5."""
    for element in list(root.iter(*EMPTY_ELEMENTS)):
        parent = element.getparent()
        if parent is None or (not len(element) and not element.text):
            continue
        place = parent.index(element) + 1
        after = element.tail or ""
        element.tail, element.text = element.text, None
        children = list(element)
        for number, child in enumerate(children):
            parent.insert(place + number, child)
        last = children[-1] if children else element
        last.tail = (last.tail or "") + after
