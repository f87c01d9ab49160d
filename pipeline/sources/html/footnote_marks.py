"""Floor 3, sources: which links of an HTML tree are footnote marks, and which elements are the notes. Changes nothing.

Publishing systems name their marks and notes by classes, roles and ids; those names are data here. Where nothing is
named, a mark is a short raised or bracketed link to a note further down that links back or stands in a list of notes.
"""

import re
from collections import Counter
from itertools import islice, takewhile
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.patterns import regex

MARK_CLASSES = frozenset(
    [
        "footnote-anchor",
        "footnote-ref",
        "footnoteref",
        "footnote-reference",
        "footnote-link",
        "fn-ref",
        "fnref",
        "noteref",
        "note-ref",
        "easy-footnote",
        "sdfootnoteanc",
        "sdendnoteanc",
        "footnote",
        "endnote-ref",
        "msofootnotereference",
    ]
)
#: Names that mean a mark only around a raised link.
RAISED_CLASSES = frozenset({"fn", "reference", "footnote-marker"})
BACK_CLASSES = frozenset(
    [
        "footnote-back",
        "footnote-backref",
        "footnote-backlink",
        "footnote-number",
        "footnote-return",
        "reversefootnote",
        "fn-back",
        "backlink",
        "easy-footnote-to-top",
        "mw-cite-backlink",
        "sdfootnotesym",
        "sdendnotesym",
        "footnotes__back-link",
    ]
)
NOTES_CLASSES = frozenset(
    [
        "footnotes",
        "footnote-list",
        "footnotes-list",
        "wp-block-footnotes",
        "easy-footnotes-wrapper",
        "references",
        "endnotes",
        "notes",
        "footnote-definitions",
    ]
)
MARK_ROLES = {"doc-noteref", "noteref"}
BACK_ROLES = {"doc-backlink", "backlink"}
NOTES_ROLES = {"doc-endnotes", "doc-footnote", "doc-endnote", "footnotes", "endnotes", "rearnotes", "footnote"}
#: Attributes that hold such roles; lxml keeps the last one under either name, as HTML and as XML.
ROLES = ("role", "epub:type", "{http://www.idpf.org/2007/ops}type")

_NOTE = r"fn|ftn|ftnt|edn|foot-?note|end-?note|easy-footnote-bottom|sdfootnote|sdendnote|cite_note|note|rearnote"
NOTE_ID = regex(rf"(?:\A|[-_:])(?:{_NOTE})(?:[-_:.]?\w*\d[\w-]*|[-_:][\w-]+)\Z", re.IGNORECASE)
BACK_ID = regex(r"(?:fn|ftn|ftnt|edn|note|cite)[-_:]?(?:ref|anchor|anc|back|link|src)|noteref|-link\Z", re.IGNORECASE)
LABEL = regex(r"[\[(]?\s*(?:note\s*)?(\d{1,4}|[ivxlc]{1,7}|[a-z]|[*†‡§¶]{1,4})(?::\d+)?\s*[\])]?[.:]?", re.IGNORECASE)
ARROWS = regex(
    r"[\s^↑⇑↩↪⤴⏎↵⮐←▲\ufe0e\ufe0f]+|(?:back|return|jump|go back|↩)(?: (?:up|to (?:text|content|top|article)))?\W*",
    re.IGNORECASE,
)
RAISED = regex(r"vertical-align\s*:\s*(?:super|top)", re.IGNORECASE)
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
ROOMS = frozenset(["li", "p", "dd", "dt", "aside", "div", "section", "tr", "blockquote"])
WHOLE = {"article", "body", "html", "main"}
HIGHEST_ROOM = 6
LONGEST_BACK_LINK = 14


class Link(Struct, frozen=True, eq=False, kw_only=True):
    """A link to a place on the same page: ``number`` and ``target_number`` count the elements of the tree."""

    element: HtmlElement
    number: int
    place: str
    target: HtmlElement | None
    target_number: int


class Mark(Struct, frozen=True, eq=False, kw_only=True):
    """A footnote mark: its link, what it shows ("1"), and the whole note; None if the note is not in the tree.

    ``is_run``: the note is not all of an element but begins with ``room``, and ends before that of the next mark.
    """

    link: Link
    shown: str
    room: HtmlElement | None
    is_run: bool = False


def marks_of(root: HtmlElement) -> list[Mark]:
    """All footnote marks in ``root``, in their order, each with its note."""
    links = _links(root)
    likely = [link for link in links if _may_be_mark(link)]
    crowd = Counter(part for target in {link.target for link in likely} for part in _around(target))
    marks = (_mark(link, root=root, crowd=crowd) for link in likely)
    return [mark for mark in marks if mark is not None]


def is_back_link(element: HtmlElement) -> bool:
    """Whether a link inside a note leads back to its mark."""
    words = _words(element)
    if _names(element) & BACK_CLASSES or _roles(element) & BACK_ROLES or ARROWS.fullmatch(words):
        return True
    place = place_of(element.get("href") or "")
    return BACK_ID.search(place) is not None and len(words) <= LONGEST_BACK_LINK


def place_of(href: str) -> str:
    """The place on a page that an address leads to, "" if none."""
    return unquote(href.partition("#")[2])


def ids_around(element: HtmlElement) -> set[str]:
    """The ids of a mark: of its link and of what is around and inside it."""
    parts = [element, *islice(element.iterancestors(), 3), *islice(element.iterdescendants(), 5)]
    return {name for part in parts for name in (part.get("id"), part.get("name")) if name}


def _links(root: HtmlElement) -> list[Link]:
    places: dict[str, tuple[int, HtmlElement]] = {}
    anchors: list[tuple[int, HtmlElement, str]] = []
    # Not root.iter(): the walk holds on to what is around an element, which spares lxml to climb to the root for each.
    for number, (_, element) in enumerate(etree.iterwalk(root, events=("start",))):
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                places.setdefault(name, (number, element))
        href = element.get("href") if element.tag == "a" else None
        if href and "#" in href:
            anchors.append((number, element, href))
    return [_link(number, element, href=href, places=places) for number, element, href in anchors if place_of(href)]


def _link(number: int, element: HtmlElement, *, href: str, places: dict[str, tuple[int, HtmlElement]]) -> Link:
    place = place_of(href)
    target_number, target = places.get(place, (-1, None))
    return Link(element=element, number=number, place=place, target=target, target_number=target_number)


def _may_be_mark(link: Link) -> bool:
    words = _words(link.element)
    is_label = LABEL.fullmatch(words) is not None or not any(character.isalnum() for character in words)
    if not is_label or is_back_link(link.element) or BACK_ID.search(link.place):
        return False
    if link.target is None:
        is_named = _is_named_mark(link.element) or NOTE_ID.search(link.place) is not None
        return is_named and _is_apart(link.element)
    return link.target.tag not in HEADINGS and link.target is not link.element


def _mark(link: Link, *, root: HtmlElement, crowd: Counter[HtmlElement]) -> Mark | None:
    words = _words(link.element)
    label = LABEL.fullmatch(words)
    shown = label[1] if label else ""
    if link.target is None:
        return Mark(link=link, shown=shown, room=None)
    whole = _room_of(link.target, crowd=crowd, root=root)
    room = _run_of(link.target, root=root) if whole is None else whole
    if room is None or any(part is room for part in link.element.iterancestors()):
        return None
    is_named = _is_named_mark(link.element) or (label is not None and NOTE_ID.search(link.place) is not None)
    is_below = label is not None and link.target_number > link.number and _is_apart(link.element)
    if is_named or (is_below and (_links_back(room, link.element) or _is_in_notes(room))):
        return Mark(link=link, shown=shown, room=room, is_run=whole is None)
    return None


def _room_of(target: HtmlElement, *, crowd: Counter[HtmlElement], root: HtmlElement) -> HtmlElement | None:
    """The element that holds the whole note whose id ``target`` has, and no other note; None if there is none."""
    around = takewhile(lambda part: part is not root and part.tag not in WHOLE and crowd[part] == 1, _around(target))
    room: HtmlElement | None = None
    for part in around:
        if room is None and part.tag in ROOMS:
            room = part
        elif room is not None and not _is_wrapper(part, room):
            break
        elif room is not None:
            room = part
    if room is not None and room.tag == "dt":
        following = room.getnext()
        return following if following is not None and following.tag == "dd" else None
    return room


def _run_of(target: HtmlElement, *, root: HtmlElement) -> HtmlElement | None:
    """Where a note begins that shares its paragraph with others: the child of the paragraph that has its id."""
    part, parent = target, target.getparent()
    while parent is not None and parent.tag not in ROOMS and parent is not root:
        part, parent = parent, parent.getparent()
    is_crowded = parent is not None and parent is not root and parent.tag in {"p", "div", "li", "td", "dd"}
    return part if is_crowded and part.tag not in ROOMS else None


def _around(target: HtmlElement | None) -> list[HtmlElement]:
    return [] if target is None else [target, *islice(target.iterancestors(), HIGHEST_ROOM)]


def _is_wrapper(part: HtmlElement, room: HtmlElement) -> bool:
    """Whether ``part`` holds ``room`` and nothing else, or is what notes stand in."""
    if part.tag in {"li", "aside", "dd", "tr"} or _names(part) & {"footnote", "endnote", "fn", "note"}:
        return True
    if NOTE_ID.search(part.get("id") or ""):
        return True
    return part.tag == "div" and len(part) == 1 and not (part.text or "").strip() and not (room.tail or "").strip()


def _links_back(room: HtmlElement, mark: HtmlElement) -> bool:
    ids = ids_around(mark)
    return any(place_of(link.get("href") or "") in ids for link in islice(room.iter("a"), 20))


def _is_in_notes(room: HtmlElement) -> bool:
    lists = islice(room.iterancestors(), 3)
    return any(_names(part) & NOTES_CLASSES or _roles(part) & NOTES_ROLES for part in (room, *lists))


def _is_named_mark(element: HtmlElement) -> bool:
    parent = element.getparent()
    if _names(element) & MARK_CLASSES or _roles(element) & MARK_ROLES or element.get("data-footnote-ref") is not None:
        return True
    is_raised = parent is not None and parent.tag in {"sup", "span"}
    return parent is not None and is_raised and bool(_names(parent) & (MARK_CLASSES | RAISED_CLASSES))


def _is_apart(element: HtmlElement) -> bool:
    """Whether a link is raised above the line or stands in brackets."""
    parents = list(islice(element.iterancestors(), 2))
    inside = list(islice(element.iterdescendants(), 3))
    if any(part.tag == "sup" or RAISED.search(part.get("style") or "") for part in (element, *parents, *inside)):
        return True
    words = _words(element)
    before = element.getprevious()
    text = (before.tail if before is not None else parents[0].text if parents else "") or ""
    is_in_brackets = text.rstrip().endswith("[") and (element.tail or "").lstrip().startswith("]")
    return (words[:1] in "[(" and words[-1:] in "])" and words != "") or is_in_brackets


def _words(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split()) if len(element) < 6 else ""


def _names(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").casefold().split())


def _roles(element: HtmlElement) -> set[str]:
    return {role for name in ROLES for role in (element.get(name) or "").split()}
