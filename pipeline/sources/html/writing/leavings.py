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
    PULL_QUOTE,
    PULLED,
    SCREEN_READER_CLASSES,
    TOOLTIP,
)
from pipeline.sources.html.writing.walking import Walk

#: A form with more characters than this is a page that stands in a form.
LONGEST_FORM = 300
#: What is hidden from screen readers alone and is longer than this is no decoration.
LONGEST_DECORATION = 200
MOST_LOOKED_AT = 500
#: Paragraphs and headings are no decoration.
PROSE = frozenset({"p", "li", "blockquote", "h2", "h3", "h4", "h5", "h6"})
#: What is called a pull quote and has more characters than this is what pull quotes stand in.
LONGEST_PULL_QUOTE = 1_000
#: Fewer words than this may well stand twice in an article.
FEWEST_REPEATED_WORDS = 5
NOT_IN_PULL_QUOTES = frozenset({"img", "iframe", "video", "audio", "table"})
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
    if element.get("role") == "tooltip":
        return TOOLTIP
    if element.get("aria-hidden") == "true" and _is_decoration(element):
        return DECORATION
    classes = (element.get("class") or "").split()
    if not SCREEN_READER_CLASSES.isdisjoint(classes):
        return FOR_SCREEN_READERS
    return LINE_NUMBERS if not GUTTERS.isdisjoint(classes) else ""


def _is_decoration(element: HtmlElement) -> bool:
    # Sites hide paragraphs behind a paywall from screen readers, though they show them.
    return element.tag not in PROSE and not is_longer(element, LONGEST_DECORATION) and not _has_image(element)


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
    quotes = []
    for _, part in walk:
        if part is not root and (_is_called_pull_quote(part) or _is_quotation_apart(part)):
            quotes.append(part)
            walk.skip_subtree()
    if not quotes:
        return frozenset()
    article = f" {words_of(' '.join(_texts_outside(root, set(quotes))))} "
    return frozenset(quote for quote in quotes[:MOST_PULL_QUOTES] if _is_repeated(quote, article=article))


def _is_called_pull_quote(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('data-spacefinder-type') or ''}"
    return PULL_QUOTE.search(names) is not None and bool(_tags_in_a_quote(element))


def _is_quotation_apart(element: HtmlElement) -> bool:
    """Whether it is a figure or an aside that holds a quotation and nothing to look at."""
    if element.tag not in {"aside", "figure"}:
        return False
    tags = _tags_in_a_quote(element)
    return "blockquote" in tags and tags.isdisjoint(NOT_IN_PULL_QUOTES)


def _tags_in_a_quote(element: HtmlElement) -> set[str]:
    """The tags of all that stands in ``element`` and of itself; none if it holds too much for a pull quote."""
    parts = list(islice(element.iter(), MOST_LOOKED_AT + 1))
    if len(parts) > MOST_LOOKED_AT or is_longer(element, LONGEST_PULL_QUOTE):
        return set()
    return {str(part.tag) for part in parts}


def _is_repeated(quote: HtmlElement, *, article: str) -> bool:
    words = _quoted(quote)
    fewest = 1 if _is_called_pull_quote(quote) else FEWEST_REPEATED_WORDS
    return len(words.split()) >= fewest and words in article


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
