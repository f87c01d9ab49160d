"""Floor 3, sources: each element of a tree -> what is done where it begins, and where it ends."""

from collections.abc import Callable

from lxml.html import HtmlElement

from pipeline.sources.html.embeds import CLASSES
from pipeline.sources.html.writing.blocks import (
    start_block,
    start_code,
    start_heading,
    start_pull_quote,
    start_quotation,
    start_rule,
)
from pipeline.sources.html.writing.formulas import start_latex, start_math, start_script
from pipeline.sources.html.writing.grids import (
    start_cell,
    start_figure_caption,
    start_row,
    start_table,
    start_table_caption,
)
from pipeline.sources.html.writing.leavings import reason_to_remove
from pipeline.sources.html.writing.lists import start_definition, start_input, start_item, start_list, start_term
from pipeline.sources.html.writing.marks import (
    SIGNS,
    start_break,
    start_gloss,
    start_link,
    start_mark,
    start_mention,
    start_quotation_marks,
    start_raised,
)
from pipeline.sources.html.writing.media import start_embed, start_frame, start_recording
from pipeline.sources.html.writing.pictures import start_figure, start_gallery, start_image, start_noscript
from pipeline.sources.html.writing.vocabulary import BLOCKS, HEADINGS, SILENT
from pipeline.sources.html.writing.walking import Closer, Walk

Starter = Callable[[Walk, HtmlElement], Closer | None]


def start(walk: Walk, element: HtmlElement) -> Closer | None:
    """What begins with ``element`` is done; the answer, if there is one, is to be called where it ends."""
    by_class = _by_class(element)
    reason = "" if by_class is start_nothing else reason_to_remove(walk, element)
    if reason:
        walk.remove(element, reason)
        return start_block(walk, element) if element.tag in BLOCKS else None
    return (by_class or BY_TAG.get(str(element.tag), start_words))(walk, element)


def _by_class(element: HtmlElement) -> Starter | None:
    names = element.get("class")
    if not names:
        return None
    return next((BY_CLASS[name] for name in names.split() if name in BY_CLASS), None)


def start_words(walk: Walk, element: HtmlElement) -> None:
    """Nothing: its words stand among the others."""


def start_nothing(walk: Walk, element: HtmlElement) -> None:
    """Nothing of it is text."""
    del element
    walk.skip()


def start_embed_or_tag(walk: Walk, element: HtmlElement) -> Closer | None:
    """An embed. What has the class of one and none of its parts is what its tag says."""
    is_written = start_embed(walk, element)
    return None if is_written else BY_TAG.get(str(element.tag), start_words)(walk, element)


def start_drawn_formula(walk: Walk, element: HtmlElement) -> None:
    """Nothing of what MathJax 2 drew: the formula follows as a script. What MathJax 3 drew holds its own MathML."""
    if element.tag != "mjx-container":
        walk.skip()


def start_picture_caption(walk: Walk, element: HtmlElement) -> Closer | None:
    """A picture of WordPress's older editor, with its caption."""
    return start_figure(walk, element) if element.tag in {"div", "dl", "figure"} else start_block(walk, element)


BY_TAG: dict[str, Starter] = {
    **dict.fromkeys(BLOCKS, start_block),
    **dict.fromkeys(SILENT, start_nothing),
    **dict.fromkeys(SIGNS, start_mark),
    **dict.fromkeys(HEADINGS, start_heading),
    **dict.fromkeys(["ul", "ol", "menu", "dir"], start_list),
    **dict.fromkeys(["td", "th"], start_cell),
    **dict.fromkeys(["iframe", "embed"], start_frame),
    **dict.fromkeys(["video", "audio"], start_recording),
    **dict.fromkeys(["rt", "rtc"], start_gloss),
    **dict.fromkeys(["pre", "listing", "plaintext", "xmp"], start_code),
    "a": start_link,
    "blockquote": start_quotation,
    "br": start_break,
    "caption": start_table_caption,
    "dd": start_definition,
    "dt": start_term,
    "figcaption": start_figure_caption,
    "figure": start_figure,
    "hr": start_rule,
    "img": start_image,
    "input": start_input,
    "li": start_item,
    "math": start_math,
    "noscript": start_noscript,
    "q": start_quotation_marks,
    "script": start_script,
    "sup": start_raised,
    "table": start_table,
    "tr": start_row,
}
BY_CLASS: dict[str, Starter] = {
    **dict.fromkeys(CLASSES, start_embed_or_tag),
    **dict.fromkeys(["katex-html", "MathJax_Preview"], start_nothing),
    **dict.fromkeys(["MathJax", "MathJax_Display", "MathJax_SVG"], start_drawn_formula),
    **dict.fromkeys(["wp-caption", "captioned-image-container", "tr-caption-container"], start_picture_caption),
    **dict.fromkeys(["mention-wrap", "cashtag-wrap"], start_mention),
    "image-gallery-embed": start_gallery,
    "latex-rendered": start_latex,
    "pullquote": start_pull_quote,
    "pull-quote": start_pull_quote,
}
