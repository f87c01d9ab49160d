"""Floor 3, sources: words that a page sets apart by its style alone, and that would be one word without a blank. Pure.

A caption and its credit, a number and its unit often stand in elements side by side with nothing between them. A word
of which only the first letter is marked stands so too, and must stay one.
"""

from lxml.html import HtmlElement

from pipeline.patterns import regex

ROOMS = frozenset({"div", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li"})
INLINE = frozenset({"a", "b", "cite", "em", "i", "small", "span", "strong", "time"})
#: How much of two neighbours is looked at.
REACH = 40
ORDINALS = regex(r"(?:st|nd|rd|th|s|er|re|e|ème)\b")
STOP = regex(r"(?:[,;:!?…]|\w{2}\.|\d\.|[”’\"')\]][.]|[.!?][”’\"')\]])\Z")
WORD = regex(r"[^\W\d_]{2}")
#: A name goes on with a capital behind these.
NAME_BEGUN = regex(r"(?:\A|\W)Ma?c\Z")


def is_glued(element: HtmlElement) -> bool:
    """Whether a blank is missing between ``element`` and the one before it."""
    parent, before = element.getparent(), element.getprevious()
    if before is None or parent is None or before.tail or element.tag not in INLINE:
        return False
    if before.tag not in INLINE or parent.tag not in ROOMS:
        return False
    left, right = _end_of(before), _beginning_of(element)
    return bool(left and right) and is_gap(left, right)


def is_gap(left: str, right: str) -> bool:
    """Whether two words end and begin between ``left`` and ``right``, the texts of two neighbours."""
    last = left.rsplit(maxsplit=1)[-1] if not left[-1].isspace() else ""
    if not last or right[0].isspace() or "/" in last or "@" in last:
        return False
    if last[-1].isdigit():
        return WORD.match(right) is not None and not ORDINALS.match(right) and not last[0].isalpha()
    if STOP.search(last):
        return _begins_anew(right, is_after_figure=len(last) > 1 and last[-2].isdigit())
    is_word = len(last) > 2 and last[-3:].isalpha()
    if right[0].isdigit():
        return is_word
    return is_word and last[-1].islower() and right[0].isupper() and not NAME_BEGUN.search(last)


def _begins_anew(right: str, *, is_after_figure: bool) -> bool:
    if is_after_figure:
        return right[0].isalpha() or right[0] in "“‘"
    return right[0].isupper() or right[0].isdigit() or right[0] in "“‘"


def _end_of(element: HtmlElement) -> str:
    """The end of the text of ``element``, "" if nothing is known of it."""
    while len(element) and not element[-1].tail:
        element = element[-1]
    text = (element[-1].tail if len(element) else element.text) or ""
    return text[-REACH:] if isinstance(element.tag, str) else ""


def _beginning_of(element: HtmlElement) -> str:
    while len(element) and not element.text:
        element = element[0]
    return (element.text or "")[:REACH] if isinstance(element.tag, str) else ""
