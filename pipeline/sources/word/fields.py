"""Floor 3, sources: the fields of a Word file, what Word fills in itself. Page numbers and tables of contents go.

All others keep the words that they showed when the file was saved: links, cross references, numbers of figures,
citations and bibliographies.

Source: ECMA-376 part 1, 17.16 (fields).
"""

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from pipeline.sources.draft import Removal
from pipeline.sources.word.names import PARAGRAPH, TEXT, W, remove, unwrap, value_of, words_in

CONTENTS = "the table of contents, which is for readers of the page"
PAGE_NUMBER = "a page number"

SECOND_MARK = "a second mark of a footnote that has one"
SMALL_MARK = r"\F"

#: First word of a field's instruction -> why what it shows is no part of the text.
REASONS = {
    **dict.fromkeys(("TOC", "INDEX", "TOA"), CONTENTS),
    **dict.fromkeys(("PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"), PAGE_NUMBER),
}
SHOWN = {TEXT, f"{W}tab", f"{W}br", f"{W}cr", f"{W}drawing", f"{W}pict", f"{W}noBreakHyphen", f"{W}sym", f"{W}pgNum"}
MARK, INSTRUCTION, SIMPLE = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"


class _Field(Struct):
    """A field that is open at a place of the text. The one value that changes: it is read a piece at a time."""

    instruction: str = ""
    reason: str = ""


def remove_fields(root: etree._Element, roles: dict[str, str]) -> Iterator[Removal]:
    """Page numbers, tables of contents and indices are out of the tree when all Removals were taken."""
    for block in list(root.iter(f"{W}sdt")):
        gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(f"{W}val", "").casefold() == "table of contents":
            yield from _removed(block, reason=CONTENTS)
    yield from _removed_fields(root)
    for paragraph in list(root.iter(PARAGRAPH)):
        if roles.get(_style_of(paragraph)) == "contents":
            yield from _removed(paragraph, reason=CONTENTS)


def _removed_fields(root: etree._Element) -> Iterator[Removal]:
    for field in list(root.iter(SIMPLE)):
        reason = _reason(field.get(f"{W}instr", ""))
        if reason:
            yield from _removed(field, reason=reason)
        else:
            unwrap(field)
    if _is_balanced(root):
        yield from _removed_results(root)


def _is_balanced(root: etree._Element) -> bool:
    # A table of contents that begins and never ends would take the whole article with it.
    depth = 0
    for mark in root.iter(MARK):
        depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType", ""), 0)
        if depth < 0:
            return False
    return depth == 0


def _removed_results(root: etree._Element) -> Iterator[Removal]:
    open_fields: list[_Field] = []
    words: list[str] = []
    reason = ""
    for element in list(root.iter(MARK, INSTRUCTION, PARAGRAPH, *SHOWN)):
        if element.tag == PARAGRAPH:
            words.append(" ")
        elif element.tag in SHOWN and reason:
            words.append(element.text or " ")
            remove(element)
        elif element.tag not in SHOWN:
            _follow(element, open_fields)
            now = next((field.reason for field in open_fields if field.reason), "")
            if reason and not now:
                yield from _told(words, reason=reason)
            words, reason = words if now else [], now


def _follow(element: etree._Element, open_fields: list[_Field]) -> None:
    kind = element.get(f"{W}fldCharType", "")
    if kind == "begin":
        open_fields.append(_Field())
    elif kind == "end":
        open_fields.pop()
    elif kind == "separate" and open_fields:
        open_fields[-1].reason = _reason(open_fields[-1].instruction)
    elif open_fields:
        open_fields[-1].instruction += element.text or ""


def _told(words: list[str], *, reason: str) -> Iterator[Removal]:
    text = " ".join("".join(words).split())
    if text:
        yield Removal(text=text, reason=reason)


def _removed(element: etree._Element, *, reason: str) -> Iterator[Removal]:
    remove(element)
    yield from _told([words_in([element])], reason=reason)


def _reason(instruction: str) -> str:
    words = [word.upper() for word in instruction.split()] or [""]
    if words[0] == "NOTEREF" and SMALL_MARK in words:
        return SECOND_MARK
    return REASONS.get(words[0], "")


def _style_of(paragraph: etree._Element) -> str:
    properties = paragraph.find(f"{W}pPr")
    return "" if properties is None else value_of(properties, "pStyle")
