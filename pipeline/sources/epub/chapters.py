"""Floor 3, sources: the documents of a book -> its chapters: what belongs together, what is none, what it is called."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.archive import DAMAGED, Archive
from pipeline.sources.debris import words_of
from pipeline.sources.epub.book import Book, Document
from pipeline.sources.epub.contents import PAGES
from pipeline.sources.epub.documents import HEADINGS, line_of, tree_of, types_of

NOT_LINEAR = 'outside the order of reading (linear="no")'
NO_TEXT = "a picture, not text"
#: A line above the title that only counts: "Chapter 3", "IV".
NUMBER = regex(r"(?:(?:chapter|part|section|essay|no\.?) )?(?:\d{1,3}|[ivxlc]{1,7})[.:]?", re.IGNORECASE)
COUNTING = ("p", "div", "span")
KEPT_TREES = 3


class Chapter(Struct, frozen=True, kw_only=True):
    """One chapter or page: its documents, and ``why`` it is no chapter, "" if it is one."""

    documents: tuple[Document, ...]
    why: str = ""


class Heading(Struct, frozen=True, kw_only=True):
    """What stands above a chapter: title and subtitle, "" where there is none, and the ``elements`` that say so."""

    title: str
    subtitle: str
    elements: tuple[etree._Element, ...]


class Shelf:
    """The documents of a book as trees. The last few are kept: the notes of a book are asked for again and again."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._trees: dict[str, etree._Element] = {}
        self._places: dict[str, dict[str, etree._Element]] = {}

    def tree(self, name: str) -> etree._Element:
        """The tree of a document, which is not to be changed.

        Raises:
            SourceError: it is missing, damaged, cut off or made to do harm.
        """
        if name not in self._trees:
            if name not in self._archive:
                what = f"{name or 'a document of the spine'} is missing in it"
                raise SourceError(what, cure=DAMAGED, path=self._archive.path)
            tree = tree_of(self._archive.read(name), path=self._archive.path, what=f"{name} in it")
            for oldest in list(self._trees)[: 1 - KEPT_TREES]:
                del self._trees[oldest]
                self._places.pop(oldest, None)
            self._trees[name] = tree
        return self._trees[name]

    def place(self, name: str, fragment: str) -> etree._Element | None:
        """The element of a document that has that name, if there is one. Raises SourceError as `tree`."""
        tree = self.tree(name)
        if name not in self._places:
            named = {anchor.get("name", ""): anchor for anchor in tree.iter("a")}
            with_id = {element.get("id", ""): element for element in tree.iter(etree.Element)}
            self._places[name] = {**named, **with_id}
        return self._places[name].get(fragment)


def chapters_of(book: Book, shelf: Shelf) -> Iterator[Chapter]:
    """The chapters and pages of a book in the order of reading.

    A document that the contents do not name and that has no heading goes on with the chapter before it.
    """
    waiting: Chapter | None = None
    for document in book.documents:
        why = _why_no_chapter(document, book=book, shelf=shelf)
        if waiting is not None and not waiting.why and not why and _goes_on(document, waiting, book=book, shelf=shelf):
            waiting = Chapter(documents=(*waiting.documents, document))
            continue
        if waiting is not None:
            yield waiting
        waiting = Chapter(documents=(document,), why=why)
    if waiting is not None:
        yield waiting


def heading_of(body: etree._Element, *, label: str) -> Heading:
    """What a chapter is called: its own heading, else ``label``, what the table of contents calls it."""
    lead = _lead(body)
    titles = [line_of(element) for element in lead if element.tag in HEADINGS]
    if not titles:
        first = next((element for element in body.iter("p", "div") if line_of(element)), None)
        is_said = first is not None and bool(label) and words_of(line_of(first)) == words_of(label)
        return Heading(title=label, subtitle="", elements=(first,) if first is not None and is_said else ())
    for count in range(len(lead), 1, -1):
        # "Chapter 3" and "The narrow sea", which the contents call "Chapter 3: The narrow sea".
        if words_of(" ".join(map(line_of, lead[:count]))) == words_of(label):
            return Heading(title=label, subtitle="", elements=tuple(lead[:count]))
    end = next(number for number, element in enumerate(lead) if element.tag in HEADINGS) + 1
    if _is_pair(lead[end - 1 : end + 1]):
        return Heading(title=titles[0], subtitle=titles[1], elements=tuple(lead[: end + 1]))
    return Heading(title=titles[0], subtitle="", elements=tuple(lead[:end]))


def body_in(tree: etree._Element) -> etree._Element:
    """The body of a document, or the whole of one that has none."""
    body = tree.find("body")
    return tree if body is None else body


def has_words(body: etree._Element, *, beside: tuple[etree._Element, ...]) -> bool:
    """Whether there are any words ``beside`` those elements."""
    return len(words_of(line_of(body))) > sum(len(words_of(line_of(element))) + 1 for element in beside)


def _why_no_chapter(document: Document, *, book: Book, shelf: Shelf) -> str:
    known = book.contents.pages.get(document.name, "")
    if known or not document.is_linear:
        return known or NOT_LINEAR
    if not document.is_text:
        return NO_TEXT
    try:
        element = body_in(shelf.tree(document.name))
    except SourceError:
        return ""  # a broken chapter, which is told when it is read
    kinds = list(types_of(element))
    while len(element) == 1 and not (element.text or "").strip():
        element = element[0]
        kinds += types_of(element)
    return next((PAGES[kind] for kind in kinds if kind in PAGES), "")


def _goes_on(document: Document, before: Chapter, *, book: Book, shelf: Shelf) -> bool:
    labels = book.contents.labels
    if document.name in labels or len(labels) < 2 or before.documents[0].name not in labels:
        return False
    try:
        body = body_in(shelf.tree(document.name))
        shelf.tree(before.documents[0].name)
    except SourceError:
        return False
    return not _lead(body)


def _lead(body: etree._Element) -> list[etree._Element]:
    """Headings above the first words, and lines among them that only count; none if there is no heading."""
    lead: list[etree._Element] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element is not body and (element.tail or "").strip():
                break
        elif element.tag in HEADINGS or (element.tag in COUNTING and NUMBER.fullmatch(line_of(element))):
            lead.append(element)
            walk.skip_subtree()
        elif (element.text or "").strip():
            break
    while lead and lead[-1].tag not in HEADINGS:
        lead.pop()
    return [element for element in lead if line_of(element)]


def _is_pair(elements: list[etree._Element]) -> bool:
    """Whether two headings are one of title and subtitle: that they stand in one group says so, and nothing else."""
    if len(elements) < 2:
        return False
    parent = elements[0].getparent()
    return parent is not None and parent is elements[1].getparent() and parent.tag in {"hgroup", "header"}
