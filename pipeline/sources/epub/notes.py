"""Floor 3, sources: notes that stand in other documents of a book, brought to the chapter that marks them."""

import copy
import re
from collections.abc import Iterable, Iterator

from lxml import etree
from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.epub.book import Book
from pipeline.sources.epub.chapters import Shelf
from pipeline.sources.epub.contents import NOTES
from pipeline.sources.epub.documents import line_of, take_out, types_of
from pipeline.sources.epub.places import member_at

NOTE_TYPES = {"footnote", "endnote", "rearnote", "note"}
NOTES_TYPES = {"footnotes", "endnotes", "rearnotes"}
BLOCKS = {"li", "p", "div", "aside", "dd", "section", "td"}
#: A mark in the text, or the way back to it: "12", "[3]", "*", "↩", "back".
MARK = regex(r"[\W_]*(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|back|return)?[\W_]*", re.IGNORECASE)


class _Link(Struct, frozen=True, kw_only=True):
    """A link in a chapter: the name of the document it leads to and the place in it."""

    element: etree._Element
    name: str
    place: str


def bring_notes(body: etree._Element, *, names: tuple[str, ...], book: Book, shelf: Shelf) -> None:
    """``body`` is changed: each note that a mark in it leads to stands at its end. ``names`` are its documents.

    Links to other places of the book lose their address, which means nothing outside it.
    """
    notes: list[etree._Element] = []
    numbers: dict[tuple[str, str], int] = {}
    for link in list(_links(body, base=names[0])):
        note = None if link.name in names else _note(link, names=names, book=book, shelf=shelf)
        if note is not None:
            number = numbers.setdefault((link.name, link.place), len(numbers) + 1)
            notes += [note] if number > len(notes) else []
            link.element.set("href", f"#note-from-elsewhere-{number}")
            link.element.set("role", "doc-noteref")
        elif link.name in names and link.place:
            link.element.set("href", f"#{link.place}")
        else:
            link.element.attrib.pop("href")
    if notes:
        body.append(_section(notes))


def _links(body: etree._Element, *, base: str) -> Iterator[_Link]:
    for element in body.iter("a"):
        name, place = member_at(element.get("href", ""), base=element.get("data-base", base))
        if element.get("href") is not None and name:
            yield _Link(element=element, name=name, place=place)


def _note(link: _Link, *, names: tuple[str, ...], book: Book, shelf: Shelf) -> etree._Element | None:
    if not link.place:
        return None
    try:
        target = shelf.place(link.name, link.place)
    except SourceError:
        return None  # the document is named where its own turn comes
    block = None if target is None else _block(target)
    if target is None or block is None:
        return None
    is_stated = (
        "noteref" in types_of(link.element)
        or book.contents.pages.get(link.name) == NOTES
        or any(_is_note(element) for element in (target, *target.iterancestors()))
    )
    is_mark = MARK.fullmatch(line_of(link.element)) is not None
    leads_back = any(way.name in names for way in _links(block, base=link.name))
    return _lifted(block, name=link.name, book=book) if is_stated or (is_mark and leads_back) else None


def _is_note(element: etree._Element) -> bool:
    return bool((NOTE_TYPES | NOTES_TYPES) & set(types_of(element)))


def _block(target: etree._Element) -> etree._Element | None:
    return next((element for element in (target, *target.iterancestors()) if element.tag in BLOCKS), None)


def _lifted(block: etree._Element, *, name: str, book: Book) -> etree._Element:
    note = etree.Element("li", {"role": "doc-footnote"})
    for part in (block, *_more_of(block)):
        whole = copy.deepcopy(part)
        whole.tail = None
        if whole.tag in {"li", "dd", "td"}:
            whole.tag = "div"
        note.append(whole)
    for way in list(_links(note, base=name)):
        if way.name in book.names and MARK.fullmatch(line_of(way.element)):
            # "3. Tonnage by year": the stop belongs to the number.
            take_out(way.element, tail=(way.element.tail or "").lstrip(".)]: \n\t\u00a0"))
        else:
            way.element.attrib.pop("href")
    for element in note.iter(etree.Element):
        element.attrib.pop("id", "")
    return note


def _more_of(block: etree._Element) -> Iterator[etree._Element]:
    # A note of several paragraphs whose first one alone has the name: the next ones have none and no way back.
    if block.tag != "p":
        return
    for following in block.itersiblings(etree.Element):
        has_name = any(element.get("id") for element in following.iter(etree.Element))
        if (
            following.tag not in {"p", "blockquote", "ul", "ol"}
            or has_name
            or next(following.iter("a"), None) is not None
        ):
            return
        yield following


def _section(notes: Iterable[etree._Element]) -> etree._Element:
    section = etree.Element("section", {"role": "doc-endnotes"})
    items = etree.SubElement(section, "ol")
    for number, note in enumerate(notes, start=1):
        note.set("id", f"note-from-elsewhere-{number}")
        items.append(note)
    return section
