"""Floor 3, sources: footnotes whose words stand where their marks are: in a bubble, or in an attribute. Pure.

The plug-in "Footnotes" of WordPress writes each note into a bubble beside its mark and, at the end of the page, into
a row of a table. Where the bubble is empty or cut short, the row has the whole of it.
"""

from copy import deepcopy
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.patterns import regex

REFERRER, CONTAINER = "footnote_referrer", "footnotes_reference_container"
BUBBLE, CUT_SHORT = "footnote_tooltip", "footnote_tooltip_continue"
MARK_ID = regex(r"footnote_plugin_tooltip_(?:text_)?([\w-]+)")
ROW_ID = "footnote_plugin_reference_"
ROW_WORDS = "footnote_plugin_text"
#: Attributes that hold the words of a note, on its mark.
NOTES_IN_ATTRIBUTES = ("data-note", "data-footnote", "data-footnote-text")
LABEL = regex(r"[\s\[(]*(?:\d{1,3}|[*†‡])[\s\])]*")
#: An attribute with less than this is the number of a note, not its words.
SHORTEST_NOTE = 4
#: How many elements of a mark and its bubble are looked at.
MOST_LOOKED_AT = 200


class InPlace(Struct, frozen=True, eq=False, kw_only=True):
    """A note that stands at its mark: ``mark`` is all that is shown there, ``note`` holds the words of the note."""

    mark: HtmlElement
    note: HtmlElement


def notes_in_place(root: HtmlElement) -> list[InPlace]:
    """The notes in ``root`` that stand at their marks, in their order. The tree stays as it is."""
    rows: dict[str, HtmlElement] | None = None
    found = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        note = None
        if REFERRER in _names(element):
            rows = _rows(root) if rows is None else rows
            note = _of_bubble(element, rows=rows)
        elif element.keys():
            note = _of_attribute(element)
        if note is not None:
            found.append(InPlace(mark=element, note=note))
            walk.skip_subtree()
    return found


def repeated_notes(root: HtmlElement) -> list[HtmlElement]:
    """The tables at the end of a page that show the notes of the bubbles once more."""
    found = []
    walk = etree.iterwalk(root, events=("start",), tag="div")
    for _, element in walk:
        if CONTAINER in _names(element):
            found.append(element)
            walk.skip_subtree()
    return found


def _rows(root: HtmlElement) -> dict[str, HtmlElement]:
    """Id -> element, for the rows of those tables and what stands in them."""
    return {name: element for element in root.iter() if (name := element.get("id") or "").startswith(ROW_ID)}


def _of_bubble(referrer: HtmlElement, *, rows: dict[str, HtmlElement]) -> HtmlElement | None:
    bubble = _named(referrer, BUBBLE)
    is_whole = bubble is not None and _has_words(bubble) and _named(bubble, CUT_SHORT) is None
    if is_whole and bubble is not None:
        return _filled_with(bubble)
    marks = (MARK_ID.fullmatch(part.get("id") or "") for part in islice(referrer.iter(), MOST_LOOKED_AT))
    suffix = next((mark[1] for mark in marks if mark), None)
    place = rows.get(f"{ROW_ID}{suffix}") if suffix else None
    row = place if place is None or place.tag == "tr" else next(place.iterancestors("tr"), None)
    words = _named(row, ROW_WORDS) if row is not None else None
    if words is not None and _has_words(words):
        return _filled_with(words)
    return _filled_with(bubble) if bubble is not None and _has_words(bubble) else None


def _of_attribute(element: HtmlElement) -> HtmlElement | None:
    text = next((element.get(name) or "" for name in NOTES_IN_ATTRIBUTES if element.get(name)), "").strip()
    is_mark = element.tag in {"sup", "a", "span", "button"} and len(element) < 3
    if len(text) < SHORTEST_NOTE or not is_mark or LABEL.fullmatch(str(element.text_content())) is None:
        return None
    note = element.makeelement("div")
    note.text = text
    return note


def _filled_with(element: HtmlElement) -> HtmlElement:
    """A plain element with a copy of what stands in ``element``."""
    note = element.makeelement("div")
    note.text = element.text
    note.extend(deepcopy(child) for child in element)
    return note


def _named(element: HtmlElement, name: str) -> HtmlElement | None:
    return next((part for part in islice(element.iter(), MOST_LOOKED_AT) if name in _names(part)), None)


def _names(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").split()


def _has_words(element: HtmlElement) -> bool:
    return any(text.strip() for text in element.itertext())
