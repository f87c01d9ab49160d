"""Floor 3, sources: what mammoth makes of a Word file -> HTML as a web page would have it, and its title. Pure.

Mammoth gives paragraphs one after the other: captions go to the picture or table that they belong to, notes get the
names that all readers of notes know, and title and subtitle come out of the body.
"""

from collections.abc import Iterator

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.sources.debris import words_of

NOTE_IDS = ("footnote-", "endnote-")
MARK_IDS = ("footnote-ref-", "endnote-ref-")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page(Struct, frozen=True, kw_only=True):
    """``html`` of the body, and title and subtitle that stood above it; "" where there is none."""

    title: str
    subtitle: str
    html: str


def page_of(html: str, *, core_title: str) -> Page:
    """The Page that mammoth's ``html`` is. ``core_title`` is what the properties of the file call it.

    The title is what has the style Title; else the first paragraph if the properties of the file say the same; else a
    heading 1 above everything.
    """
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    _name_notes(root)
    titles = _titles(root, core_title=core_title)
    subtitles = list(_run_after(titles[-1], "subtitle")) if titles else []
    page = {"title": _joined(titles), "subtitle": _joined(subtitles)}
    for element in (*titles, *subtitles):
        _take_out(element)
    for element in list(root.iterfind(".//p[@class='title']")):
        element.tag = "h1"
    _place_captions(root)
    _write_formulas(root)
    return Page(**page, html=lxml.html.tostring(root, encoding="unicode"))


def _name_notes(root: HtmlElement) -> None:
    for note in root.iterfind(".//li[@id]"):
        if note.get("id", "").startswith(NOTE_IDS):
            note.set("epub:type", "footnote")
            note.set("role", "doc-footnote")
    for link in list(root.iterfind(".//a[@href]")):
        address = link.get("href", "").removeprefix("#")
        if address.startswith(MARK_IDS):
            link.drop_tree()  # the arrow back to the mark
        elif address.startswith(NOTE_IDS) and link.get("id", "").startswith(MARK_IDS):
            link.set("epub:type", "noteref")
            link.set("role", "doc-noteref")


def _titles(root: HtmlElement, *, core_title: str) -> list[HtmlElement]:
    styled = root.find(".//p[@class='title']")
    if styled is not None:
        return [styled, *_run_after(styled, "title")]
    first = next((block for block in root if _text(block)), None)
    if first is None or first.tag not in {"p", *HEADINGS}:
        return []
    is_called_so = bool(words_of(core_title)) and words_of(_text(first)) == words_of(core_title)
    return [first] if is_called_so or first.tag == "h1" else []


def _run_after(element: HtmlElement, name: str) -> Iterator[HtmlElement]:
    for following in element.itersiblings():
        if following.get("class") != name:
            return
        yield following


def _joined(elements: list[HtmlElement]) -> str:
    return " ".join(_text(element) for element in elements)


def _text(element: HtmlElement) -> str:
    """The words of an element in one line, without the marks of its notes."""
    words: list[str] = []
    inside = 0
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            inside += part.tag == "sup"
            words.append("" if inside else (part.text or "") + (" " if part.tag == "br" else ""))
        else:
            inside -= part.tag == "sup"
            words.append("" if inside or part is element else part.tail or "")
    return " ".join("".join(words).split())


def _take_out(element: HtmlElement) -> None:
    # The author's thanks hang on the title as a footnote: its mark moves on to the first paragraph.
    marks = [mark for mark in element.iterfind(".//sup") if mark.find("a[@role='doc-noteref']") is not None]
    following = next((block for block in element.itersiblings() if block.tag in {"p", *HEADINGS}), None)
    if following is not None:
        for mark in marks:
            mark.tail = None
            following.append(mark)
    element.drop_tree()


def _place_captions(root: HtmlElement) -> None:
    for caption in list(root.iterfind(".//p[@class='caption']")):
        if not _text(caption):  # the picture itself has the style
            caption.attrib.pop("class")
    for caption in list(root.iterfind(".//p[@class='caption']")):
        owner = _owner(caption)
        if owner is None:
            caption.attrib.pop("class")
        elif owner.tag == "table":
            caption.tag = "caption"
            owner.insert(0, caption)
        else:
            owner.tag = "figure"
            caption.tag = "figcaption"
            owner.append(caption)


def _owner(caption: HtmlElement) -> HtmlElement | None:
    """The table or picture beside a caption: pictures have theirs below them as a rule, tables above."""
    above, below = caption.getprevious(), caption.getnext()
    is_of_table = words_of(_text(caption)).startswith("tab")
    picture, table = (above, _is_picture(above)), (below, _is_table(below))
    likely = [table, picture] if is_of_table else [picture, table]
    likely += [(above, _is_table(above)), (below, _is_picture(below))]
    return next((element for element, is_one in likely if is_one), None)


def _is_picture(element: HtmlElement | None) -> bool:
    return element is not None and element.tag == "p" and element.find(".//img") is not None and not _text(element)


def _is_table(element: HtmlElement | None) -> bool:
    return element is not None and element.tag == "table" and element.find("caption") is None


def _write_formulas(root: HtmlElement) -> None:
    for formula in list(root.iterfind(".//span[@class='formula']")):
        tex, parent, tail = formula.text or "", formula.getparent(), formula.tail
        formula.clear()
        formula.tag, formula.tail = "math", tail
        formula.set("alttext", tex)
        if parent is not None and len(parent) == 1 and not f"{parent.text or ''}{tail or ''}".strip():
            formula.set("display", "block")
