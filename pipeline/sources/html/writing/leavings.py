"""Floor 3, sources: elements that are taken out with all that stands in them, and why."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from pipeline.sources.debris import words_of
from pipeline.sources.html.writing.vocabulary import (
    CONTROLS,
    DECORATION,
    FIELD,
    FOR_SCREEN_READERS,
    FORM,
    GUTTERS,
    HIDDEN,
    LINE_NUMBERS,
    NOT_SHOWN,
    PULL_QUOTES,
    PULLED,
    SCREEN_READER_CLASSES,
)
from pipeline.sources.html.writing.walking import Walk

#: A form with more characters than this is a page that stands in a form.
LONGEST_FORM = 300
#: What is hidden from screen readers alone and is longer than this is no decoration.
LONGEST_DECORATION = 200
MOST_LOOKED_AT = 500
#: Each pull quote is looked for in the whole article, and no article has more.
MOST_PULL_QUOTES = 50


def reason_to_remove(walk: Walk, element: HtmlElement) -> str:
    """Why ``element`` is no part of the article, or ""."""
    if element.tag in CONTROLS:
        return FIELD
    if element.tag == "form":
        return "" if is_longer(element, LONGEST_FORM) else FORM
    if element in walk.pulled:
        return PULLED
    return _reason_in_attributes(element) if element.keys() else ""


def _reason_in_attributes(element: HtmlElement) -> str:
    style = element.get("style")
    is_closed = element.tag == "dialog" and element.get("open") is None
    if element.get("hidden") is not None or is_closed or (style and NOT_SHOWN.search(style)):
        return HIDDEN
    if element.get("aria-hidden") == "true" and not is_longer(element, LONGEST_DECORATION) and not _has_image(element):
        return DECORATION
    classes = (element.get("class") or "").split()
    if not SCREEN_READER_CLASSES.isdisjoint(classes):
        return FOR_SCREEN_READERS
    return LINE_NUMBERS if not GUTTERS.isdisjoint(classes) else ""


def _has_image(element: HtmlElement) -> bool:
    return element.tag == "img" or next(element.iter("img"), None) is not None


def is_longer(element: HtmlElement, length: int) -> bool:
    """Whether it has more than ``length`` characters of text, or more elements than are looked at for it."""
    texts = islice(element.itertext(), MOST_LOOKED_AT + 1)
    total = 0
    for number, text in enumerate(texts):
        total += len(text.strip())
        if total > length or number >= MOST_LOOKED_AT:
            return True
    return False


def pull_quotes(root: HtmlElement) -> frozenset[HtmlElement]:
    """Those pull quotes in ``root`` whose words stand in the article itself."""
    walk = etree.iterwalk(root, events=("start",))
    quotes = [part for _, part in walk if "pull" in (part.get("class") or "") and _names(part) & PULL_QUOTES]
    if not quotes:
        return frozenset()
    article = f" {words_of(' '.join(_texts_outside(root, set(quotes))))} "
    return frozenset(quote for quote in quotes[:MOST_PULL_QUOTES] if _quoted(quote) in article)


def _names(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def _quoted(quote: HtmlElement) -> str:
    # Below the words may stand who said them.
    attribution = " ".join(str(part.text_content()) for part in quote.iter("cite", "footer", "figcaption"))
    words = words_of(" ".join(quote.itertext()))
    return f" {words.removesuffix(words_of(attribution)).strip()} "


def _texts_outside(root: HtmlElement, quotes: set[HtmlElement]) -> Iterator[str]:
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "end":
            yield element.tail or ""
        elif element in quotes:
            events.skip_subtree()
        else:
            yield element.text or ""
