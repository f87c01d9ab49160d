"""Floor 3, sources: the footnotes of an HTML tree -> marks that survive in its text, and notes by their label.

Done before anything else looks at the tree, so that no figure of a mark is ever taken for one of the text. A mark
becomes two private-use characters around its label, which every extractor and cleaner leaves alone.
"""

import re
from collections.abc import Iterable, Sequence

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.patterns import regex
from pipeline.sources.draft import Removal
from pipeline.sources.html.footnote_marks import HEADINGS, Mark, ids_around, is_back_link, marks_of, place_of
from pipeline.sources.html.footnotes_in_place import notes_in_place, repeated_notes

NO_NOTE = "a footnote mark whose note is not in the source"
#: What stands for the mark of note 7: U+E000, 7, U+E001.
MARK_START, MARK_END = "\ue000", "\ue001"

NOTES_HEADING = regex(
    r"(?:\d+\.?\s*)?(?:foot ?notes?|end ?notes?|notes?(?: and (?:references|sources))?|references|sources|citations|"
    r"fußnoten|anmerkungen|endnoten|einzelnachweise|quellen|notes? de bas de page|notas(?: al pie)?|note|voetnoten"
    r"|noter|przypisy|примечания|сноски)\s*:?",
    re.IGNORECASE,
)
#: What may stand between several marks in one <sup>, and around them.
SEPARATORS = regex(r"[\s,;()\[\]–-]*")
INLINE_NOTES = {"sidenote", "marginnote", "modern-footnotes-footnote__note"}
INLINE_MARKS = {"margin-toggle", "modern-footnotes-footnote"}
#: Names of the headings that plug-ins put above their notes.
TITLES = {"easy-footnote-title", "footnotes-title", "footnote_container_prepare"}
MEDIA = ("img", "iframe", "video", "audio", "math", "svg", "object", "table")


class Footnote(Struct, frozen=True, kw_only=True):
    """One note: its label, "1" for the first, and an element that holds the whole of it and nothing else."""

    label: str
    element: HtmlElement


class Footnotes(Struct, frozen=True, kw_only=True):
    """The notes of a tree in the order of their marks, and the marks that lead nowhere."""

    notes: tuple[Footnote, ...] = ()
    removals: tuple[Removal, ...] = ()


NONE = Footnotes()


def gather_footnotes(root: HtmlElement) -> Footnotes:
    """The footnotes of the tree of ``root``, which is changed: marks become placeholders, notes are taken out of it.

    No figure of a mark stays in the text. A list of notes that is left empty goes, and so does its heading. A note
    that no mark leads to stays where it is.
    """
    in_place = _in_place(root)
    marks = marks_of(root)
    taken = _taken_out(marks, root=root)
    filled = [room for room, note in taken.items() if _is_filled(note)]
    labels = {room: str(number) for number, room in enumerate(filled, start=len(in_place) + 1)}
    lost = [mark for mark in marks if mark.room not in labels]
    for mark in marks:
        _replace(mark, label=labels.get(mark.room, "") if mark.room is not None else "")
    notes = in_place + [Footnote(label=label, element=taken[room]) for room, label in labels.items()]
    notes += _inline_notes(root, first=len(notes) + 1)
    removals = {Removal(text=mark.shown or "*", reason=NO_NOTE): None for mark in lost}
    return Footnotes(notes=tuple(notes), removals=tuple(removals))


def _in_place(root: HtmlElement) -> list[Footnote]:
    """The notes that stand in a bubble or an attribute of their marks, which become placeholders."""
    found = notes_in_place(root)
    notes = [Footnote(label=str(number), element=one.note) for number, one in enumerate(found, start=1)]
    for note, one in zip(notes, found, strict=True):
        _put_placeholder(one.mark, label=note.label)
    for table in repeated_notes(root) if found else []:
        parent, before = table.getparent(), table.getprevious()
        _detach(table)
        _tidy(parent, before=before, root=root)
    return notes


def _taken_out(marks: Sequence[Mark], *, root: HtmlElement) -> dict[HtmlElement, HtmlElement]:
    """Room -> note, for the notes of ``marks``: out of the tree and without the links that lead back to its marks."""
    ids = {name for mark in marks for name in ids_around(mark.link.element)}
    first = {mark.room: mark for mark in reversed(marks) if mark.room is not None}
    runs = {room for room, mark in first.items() if mark.is_run}
    places = [(room.getparent(), room.getprevious()) for room in first]
    notes: dict[HtmlElement, HtmlElement] = {}
    for mark in marks:
        room = mark.room
        if room is not None and room not in notes:
            note = _run(room, until=runs) if mark.is_run else _whole(room)
            _strip_to_words(note, ids=ids, label=mark.shown)
            notes[room] = note
    for parent, before in places:
        _tidy(parent, before=before, root=root)
    return notes


def _whole(room: HtmlElement) -> HtmlElement:
    """The element itself, out of its place, and the number of a definition with it."""
    term = room.getprevious()
    if room.tag == "dd" and term is not None and term.tag == "dt":
        _detach(term)
    _detach(room)
    return room


def _run(start: HtmlElement, *, until: set[HtmlElement]) -> HtmlElement:
    """A new element that holds ``start`` and what follows it in its paragraph, until the next note begins."""
    note = start.makeelement("div")
    part: HtmlElement | None = start
    while part is not None and (part is start or part not in until):
        following = part.getnext()
        note.append(part)
        part = following
    return note


def _detach(element: HtmlElement) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if (element.tail or "").strip():
        element.drop_tree()
    else:
        parent.remove(element)
    element.tail = None


def _is_filled(room: HtmlElement) -> bool:
    return any(text.strip() for text in room.itertext()) or next(room.iter(*MEDIA), None) is not None


def _strip_to_words(room: HtmlElement, *, ids: set[str], label: str) -> None:
    """Leave of a note what its author wrote: no link back, no number in front; and a plain element around it."""
    is_item = room.tag in {"li", "dd"}
    room.tag = "div"
    room.attrib.clear()
    shown = ""
    for link in list(room.iter("a")):
        is_back = is_back_link(link) or (place_of(link.get("href") or "") in ids and _is_short(link))
        if is_back:
            shown = shown or str(link.text_content()).strip(" \t\n[]().:")
            _detach(_alone_around(link, top=room))
    # Where the link back was the number, a number that is left is the first word of the note.
    _strip_label(room, label="" if label and shown == label else label, is_item=is_item)


def _is_short(link: HtmlElement) -> bool:
    return len(str(link.text_content()).strip()) <= 14


def _alone_around(element: HtmlElement, *, top: HtmlElement) -> HtmlElement:
    """The outermost of the small elements around ``element`` that hold nothing else."""
    parent = element.getparent()
    while parent is not None and parent is not top and parent.tag in {"sup", "span", "b", "strong", "small", "em", "i"}:
        if SEPARATORS.fullmatch("".join(_texts_around(parent, element))) is None:
            break
        element, parent = parent, parent.getparent()
    return element


def _texts_around(parent: HtmlElement, inside: HtmlElement) -> Iterable[str]:
    """What stands in ``parent`` outside of ``inside``, one of its children."""
    yield parent.text or ""
    for child in parent:
        yield child.tail or ""
        if child is not inside:
            yield str(child.text_content())


def _strip_label(room: HtmlElement, *, label: str, is_item: bool) -> None:
    """Take the number off the front of a note; off a list item only if it stands in an element of its own."""
    numbers = [rf"\s*[\[(]?\s*{re.escape(label)}\s*(?:[\])]\s*[.:]?|[.:])\s*"] if label else []
    numbers += [] if is_item or not label else [rf"\s*{re.escape(label)}\s+"]
    number = re.compile("|".join([*numbers, r"\s*\^\s*", r"\s*[.:\])]\s+"]))
    whole = re.compile(rf"\s*[\[(]?\s*{re.escape(label)}\s*[\])]?[.:]?\s*") if label else None
    for part in room.iter():
        is_own = part is not room and part.tag in {"sup", "span", "b", "strong", "a", "small", "td", "div", "p"}
        text = part.text or ""
        if text.strip() and is_own and len(part) == 0 and whole is not None and whole.fullmatch(text):
            part.text = None
            number = re.compile(r"\s*[.:\])]\s*")
            text = ""
        elif text.strip():
            part.text = number.sub("", text, count=1) if number.match(text) else text
            return
        if (part.tail or "").strip() and part is not room and len(part) == 0:
            tail = part.tail or ""
            part.tail = number.sub("", tail, count=1) if number.match(tail) else tail
            return


def _replace(mark: Mark, *, label: str) -> None:
    """Put the placeholder where the mark was, in its brackets or its <sup> if that holds nothing else."""
    element = mark.link.element
    parent = element.getparent()
    while parent is not None and parent.tag in {"sup", "span", "small"} and len(parent) == 1:
        if SEPARATORS.fullmatch((parent.text or "") + (element.tail or "")) is None:
            break
        element, parent = parent, parent.getparent()
    _strip_brackets(element)
    _put_placeholder(element, label=label)
    if parent is not None and parent.tag == "sup":
        _strip_separators(parent)


def _put_placeholder(element: HtmlElement, *, label: str) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.tail = "span", tail
    element.text = f"{MARK_START}{label}{MARK_END}" if label else None


def _strip_brackets(element: HtmlElement) -> None:
    before, parent = element.getprevious(), element.getparent()
    text = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    tail = element.tail or ""
    if not (text.endswith("[") and tail.startswith("]")):
        return
    element.tail = tail[1:]
    if before is not None:
        before.tail = text[:-1]
    elif parent is not None:
        parent.text = text[:-1]


def _strip_separators(raised: HtmlElement) -> None:
    """Take commas and brackets out of a <sup> that holds nothing but marks by now."""
    texts = [raised.text or "", *(child.tail or "" for child in raised)]
    if all(SEPARATORS.fullmatch(text) for text in texts) and all(_is_placeholder(child) for child in raised):
        raised.text = None
        for child in raised:
            child.tail = None


def _is_placeholder(element: HtmlElement) -> bool:
    return element.tag == "span" and (element.text or MARK_START).startswith(MARK_START)


def _tidy(parent: HtmlElement | None, *, before: HtmlElement | None, root: HtmlElement) -> None:
    """Take out what the notes leave empty: their list, the heading above it, the line above that."""
    while parent is not None and parent is not root and not _has_content(parent):
        before, empty, parent = parent.getprevious(), parent, parent.getparent()
        _detach(empty)
    while before is not None and before.getparent() is not None and _is_left_over(before):
        above = before.getprevious()
        _detach(before)
        before = above
    if parent is not None and before is None and parent is not root and not _has_content(parent):
        _tidy(parent, before=None, root=root)


def _has_content(element: HtmlElement) -> bool:
    return _is_filled(element) and not NOTES_HEADING.fullmatch(" ".join(str(element.text_content()[:200]).split()))


def _is_left_over(element: HtmlElement) -> bool:
    """Whether it is the dividing line or the title of notes, or a heading over notes with nothing below it any more."""
    if (element.tail or "").strip():
        return False
    is_line = element.tag == "hr" or (element.tag == "div" and _holds_a_line(element))
    if is_line or TITLES & set((element.get("class") or "").split()):
        return True
    following = next((part for part in element.itersiblings() if not _is_nothing(part)), None)
    is_last = following is None or following.tag in HEADINGS
    is_heading = NOTES_HEADING.fullmatch(" ".join(str(element.text_content()).split()[:8])) is not None
    is_empty = not _is_filled(element)
    return is_last and (is_heading or (is_empty and element.tag in {"p", "div", "br"}))


def _holds_a_line(element: HtmlElement) -> bool:
    return not _is_filled(element) and next(element.iter("hr"), None) is not None


def _is_nothing(element: HtmlElement) -> bool:
    """Whether it is a comment or an empty element with nothing behind it."""
    is_empty = not isinstance(element.tag, str) or not _is_filled(element)
    return is_empty and not (element.tail or "").strip()


def _inline_notes(root: HtmlElement, *, first: int) -> list[Footnote]:
    """Notes that stand where their marks are, as in the margin."""
    walk = etree.iterwalk(root, events=("start",))
    named = [(element, set((element.get("class") or "").split())) for _, element in walk]
    found = [element for element, names in named if names & INLINE_NOTES]
    for mark in [element for element, names in named if found and names & INLINE_MARKS]:
        _detach(mark)
    return [_inline_note(element, label=str(number)) for number, element in enumerate(found, start=first)]


def _inline_note(element: HtmlElement, *, label: str) -> Footnote:
    note = element.makeelement("div")
    note.text = element.text
    note.extend(list(element))
    _put_placeholder(element, label=label)
    return Footnote(label=label, element=note)
