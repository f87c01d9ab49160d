"""Floor 3, sources: lists, task lists and definition lists -> items of Markdown."""

import re

from lxml.html import HtmlElement

from pipeline.sources.html.writing.blocks import is_short, start_block
from pipeline.sources.html.writing.escaping import escaped_caption
from pipeline.sources.html.writing.inline import line_of
from pipeline.sources.html.writing.outline import MOST_NESTED, Container, Kind
from pipeline.sources.html.writing.vocabulary import FIELD, HEADINGS, PROSE
from pipeline.sources.html.writing.walking import Closer, List, Walk

LARGEST_NUMBER = 999_999_999


def start_list(walk: Walk, element: HtmlElement) -> Closer:
    """A list; its items carry the marks. One directly below another is told from it by another marker."""
    if walk.is_line:
        return start_block(walk, element)
    walk.boundary()
    is_ordered = element.tag == "ol"
    first, second = (".", ")") if is_ordered else ("-", "+")
    parent, siblings = _place(walk)
    before = walk.outline.marker_before(parent)
    new = List(
        items=siblings or object(),
        parent=parent,
        marker=second if before == first else first,
    )
    new.is_close = not any(inside.tag in PROSE for item in element.iterchildren("li") for inside in item)
    new.step = 1 if element.get("reversed") is None else -1
    new.number = _number(element.get("start"), default=1 if new.step > 0 else len(element))
    walk.lists.append(new)

    def end() -> None:
        walk.boundary()
        walk.lists.pop()

    return end


def _place(walk: Walk) -> tuple[Container, object]:
    """Where a list begins; too deep down, the list that it goes on with instead, in its place."""
    container = walk.container
    if container.depth < MOST_NESTED:
        return container, None
    while container.parent is not None and container.list is None:
        container = container.parent
    return (container.parent, container.list) if container.parent is not None else (walk.container, None)


def start_item(walk: Walk, element: HtmlElement) -> Closer:
    """An item of the innermost list, with its number if it has one."""
    if walk.is_line or not walk.lists or walk.lists[-1].parent.depth >= MOST_NESTED:
        return start_block(walk, element)
    place = walk.lists[-1]
    number = _number(element.get("value"), default=place.number)
    place.number = max(number + place.step, 0)
    if place.is_ordered and _is_numbered_heading(element, number=number):
        return start_block(walk, element)
    first = f"{number}{place.marker} " if place.is_ordered else f"{place.marker} "
    item = Container(place.parent, first=first, rest=" " * len(first))
    item.list, item.marker = place.items, place.marker
    # CommonMark 5.3: of the numbers only 1 may follow a paragraph without a blank line.
    may_follow = place.is_close and (not place.is_ordered or number == 1 or place.parent.list is None)
    item.close_to = Kind.PARAGRAPH if may_follow else Kind.OTHER
    return walk.enter(item)


def _is_numbered_heading(element: HtmlElement, *, number: int) -> bool:
    """Whether an item begins with a heading that says its number itself: a part of the text, and no item."""
    first = next(element.iterchildren(*HEADINGS), None)
    if first is None or first.getprevious() is not None or (element.text or "").strip():
        return False
    return re.match(rf"\s*{number}\s?[.):]", str(first.text_content())) is not None


def _number(text: str | None, *, default: int) -> int:
    digits = (text or "").strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 10
    return min(int(digits), LARGEST_NUMBER) if is_number else min(default, LARGEST_NUMBER)


def start_input(walk: Walk, element: HtmlElement) -> None:
    """A box to tick before the words of an item makes it a task; other fields are no text."""
    container = walk.container
    is_first = container.list is not None and not container.is_used and walk.frame.is_fresh and not walk.is_line
    is_box = (element.get("type") or "").casefold() == "checkbox"
    if is_box and is_first and not container.first.endswith("] ") and _has_words_after(element):
        container.first += "[ ] " if element.get("checked") is None else "[x] "
    elif not is_box:
        walk.remember(element.get("value") or element.get("placeholder") or "", FIELD)


def _has_words_after(element: HtmlElement) -> bool:
    if (element.tail or "").strip():
        return True
    following = element.getnext()
    is_inline = following is not None and (following.tag == "p" or following.tag not in PROSE)
    return is_inline and following is not None and bool((following.text or "").strip())


def start_term(walk: Walk, element: HtmlElement) -> Closer:
    """What a definition defines: a line of its own."""
    if walk.is_line or not is_short(element):
        return start_block(walk, element)
    walk.start_line()

    def end() -> None:
        frame = walk.end_line()
        line = escaped_caption(line_of(frame.pieces))
        if line:
            walk.add([line], kind=Kind.TERM)
        for picture in frame.pictures:
            walk.add([picture.markdown()])

    return end


def start_definition(walk: Walk, element: HtmlElement) -> Closer:
    """What defines the term above it; a paragraph where there is none."""
    walk.boundary()
    container = walk.container
    is_fit = not walk.is_line and container.depth < MOST_NESTED and walk.outline.is_after_term(container)
    if not is_fit:
        return start_block(walk, element)
    definition = Container(container, first=": ", rest="  ")
    definition.close_to = Kind.TERM
    return walk.enter(definition)
