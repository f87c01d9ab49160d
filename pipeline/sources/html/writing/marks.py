"""Floor 3, sources: the elements inside a paragraph -> words and marks."""

import re
from collections.abc import Sequence
from functools import partial
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from pipeline.patterns import regex
from pipeline.sources.html.embeds import attributes_of, text_of
from pipeline.sources.html.writing.inline import CODE, EMPHASIS, LINE_BREAK, LINK, STRONG, STRUCK, Mark
from pipeline.sources.html.writing.vocabulary import GLOSS, POWER, QUOTES, RAISED, RAISED_MARKS
from pipeline.sources.html.writing.walking import Closer, Walk

SIGNS = {
    "b": STRONG,
    "strong": STRONG,
    "cite": EMPHASIS,
    "dfn": EMPHASIS,
    "em": EMPHASIS,
    "i": EMPHASIS,
    "del": STRUCK,
    "s": STRUCK,
    "strike": STRUCK,
    "code": CODE,
    "kbd": CODE,
    "samp": CODE,
    "tt": CODE,
}
#: Word processors put whole documents into such a <b>.
NO_MARK = regex(r"font-(?:weight|style)\s*:\s*(?:normal|400)", re.IGNORECASE)
SCHEMES = {"", "http", "https", "mailto"}
#: More elements than this in a <sup> are no marks.
MOST_MARKS = 20
ANCHOR_SIGNS = {"#", "¶", "§", "🔗", "↩", "⁋", "permalink", "anchor", "link"}


def start_mark(walk: Walk, element: HtmlElement) -> Closer | None:
    """Strong, emphasised, struck out or code, unless its style says that it is not."""
    if NO_MARK.search(element.get("style") or ""):
        return None
    return walk.open(Mark(SIGNS[str(element.tag)]))


def start_link(walk: Walk, element: HtmlElement) -> Closer | None:
    """A link; the words alone where it leads nowhere. The sign beside a heading that links to it is left out."""
    href = (element.get("href") or "").strip()
    if href.startswith("#") and is_anchor_sign(element):
        walk.skip()
        return None
    target = link_target(href, base=walk.base)
    return walk.open(Mark(LINK, href=target)) if target else None


def is_anchor_sign(element: HtmlElement) -> bool:
    """Whether the words of a link are only such a sign."""
    return (
        len(element) < 3
        and str(element.text_content()).strip().casefold() in ANCHOR_SIGNS
        and element.find(".//img") is None
    )


def link_target(href: str, *, base: str) -> str:
    """The whole address that ``href`` leads to, "" if it is a place on the same page or no address."""
    try:
        address = urljoin(base, re.sub(r"[\t\n\r]", "", href).strip())
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_here = (
        not href
        or href.startswith("#")
        or (base and "#" in href and address.split("#")[0] == base.split("#", maxsplit=1)[0])
    )
    return "" if is_here or parts.scheme not in SCHEMES or address == base else address


def start_quotation_marks(walk: Walk, element: HtmlElement) -> Closer:
    """Words in the quotation marks of their language."""
    language = element.get("lang") or (walk.languages[-1] if walk.languages else "en")
    outer, outer_end, inner, inner_end = QUOTES.get(language.split("-")[0].casefold(), QUOTES["en"])
    is_inner = walk.quote_depth % 2 == 1
    walk.quote_depth += 1
    walk.say(inner if is_inner else outer)
    return partial(_end_quotation_marks, walk, inner_end if is_inner else outer_end)


def _end_quotation_marks(walk: Walk, mark: str) -> None:
    walk.quote_depth -= 1
    walk.say(mark)


def start_raised(walk: Walk, element: HtmlElement) -> None:
    """Figures are written raised, so that they are not read as more figures; all else as it stands.

    The rules of speech tell a power from a mark of a footnote by what stands before it.
    """
    figures = _raised_figures(element)
    if not figures:
        return
    walk.skip()
    targets = (link_target((link.get("href") or "").strip(), base=walk.base) for link in element.iter("a"))
    target = next(filter(None, targets), "")
    close = walk.open(Mark(LINK, href=target)) if target else None
    walk.say(figures)
    if close is not None:
        close()


def _raised_figures(element: HtmlElement) -> str:
    """The figures of a <sup> as raised ones, with their blanks where they are one number; "" if it holds others."""
    if len(element) > MOST_MARKS or element.find(".//img") is not None:
        return ""
    text = str(element.text_content())
    if POWER.fullmatch(text):
        return text.translate(RAISED)
    marks = RAISED_MARKS.fullmatch(text)
    if marks is None:
        return ""
    return "".join(marks[1].split()).replace(";", ",").replace("-", "–").translate(RAISED)


def start_mention(walk: Walk, element: HtmlElement) -> None:
    """The name of a person or the sign of a share, which Substack keeps beside an empty element."""
    if str(element.text_content()).strip():
        return
    told = attributes_of(element)
    walk.skip()
    walk.say(text_of(told, "name") or text_of(told, "symbol"))


def start_break(walk: Walk, _element: HtmlElement) -> None:
    """A new line, or a new paragraph where it is the second one."""
    frame = walk.frame
    if frame.is_line:
        walk.say(" ")
    elif _is_second_break(frame.pieces):
        walk.boundary()
    elif not frame.is_fresh:
        walk.put(LINE_BREAK)


def _is_second_break(pieces: Sequence[object]) -> bool:
    for piece in reversed(pieces):
        if piece is LINE_BREAK:
            return True
        if not isinstance(piece, str) or not piece.isspace():
            return False
    return False


def start_gloss(walk: Walk, element: HtmlElement) -> None:
    """The reading beside a word of another script is not said on top of it."""
    walk.remove(element, GLOSS)
