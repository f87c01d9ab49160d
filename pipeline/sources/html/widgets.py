"""Floor 3, sources: what a site puts between and around the paragraphs of an article, taken out and named.

Three tables: names that only site furniture has, words that its names are made of, and the tags that hold nothing of
an article. Pictures, videos, tweets and embedded posts are no furniture: the writer makes figures and embeds of them.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from pipeline.sources.draft import Removal
from pipeline.sources.html.furniture import (
    ASKS_TO_PAY,
    ELSEWHERE,
    FOR_SCREEN_READERS,
    HIDDEN,
    LABEL_OF_LINK,
    NAMES,
    PAYWALL,
    PAYWALL_NAME,
    TAGS,
    WORDS,
)
from pipeline.sources.html.runs import letters_of

LONGEST_TOLD = 200
#: A word such as "share" in a name proves nothing of an element that holds as much of the page as this.
MOST_OF_PAGE = 0.3
LONGEST_PAYWALL_WORDS = 120
LONGEST_LABELLED_WORDS = 40
#: A label for screen readers that is longer is a sentence about the text, not the name of a box.
MOST_LABEL_WORDS = 4

#: What has the whole page or article in it, whatever it is called.
WHOLE = {"html", "body", "main", "article"}
#: The one heading that is the name of its box too: no author calls a chapter so.
OF_READERS = "comments"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Their ids are where links lead: a generator makes them of the words of the text.
ANCHORS = {*HEADINGS, "p", "li", "dt", "dd", "td"}
#: What a publisher that sells its articles calls "paywall" of them is the paragraphs that payers read.
PAID_FOR = {"p", "h2", "h3", "h4", "li", "ul", "blockquote", "figure"}
BEHIND_PAYWALL = "paywall-content"
INLINE = {"a", "abbr", "b", "cite", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "u"}


def remove_widgets(root: HtmlElement) -> tuple[Removal, ...]:
    """What was taken out of the tree of ``root``, which is changed: site furniture, told by its class, id or tag."""
    _unwrap_buttons_in_headings(root)
    _drop_said_twice(root)
    page_words = len(root.text_content().split())
    found: dict[Removal, None] = {}
    for element, reason in _widgets(root, page_words=page_words):
        text = shortened(" ".join(map(str, element.itertext())))
        element.drop_tree()
        if text and reason:
            found[Removal(text=text, reason=reason)] = None
    return tuple(found)


def shortened(text: str) -> str:
    """The words of ``text``, the first 200 characters or so of them."""
    words = " ".join(text.split())
    if len(words) <= LONGEST_TOLD:
        return words
    return words[:LONGEST_TOLD].rsplit(" ", 1)[0] + " ..."


def names_of(element: HtmlElement) -> list[str]:
    """The classes and the id of an element, in small letters; without an id that is made of words of the text."""
    own = "" if is_id_of_text(element) else element.get("id") or ""
    return f"{element.get('class') or ''} {own}".casefold().split()


def is_id_of_text(element: HtmlElement) -> bool:
    """Whether the id of ``element`` says what the author wrote there, and not what the site put there."""
    return "id" in element.attrib and (element.tag in ANCHORS or _is_its_heading(element, element.get("id") or ""))


def _is_its_heading(element: HtmlElement, name: str) -> bool:
    heading = next(element.iter(*HEADINGS), None)
    words = "" if heading is None else heading.text_content()
    return bool(words) and letters_of(words) == letters_of(name) != OF_READERS


def _unwrap_buttons_in_headings(root: HtmlElement) -> None:
    """A heading that unfolds what is below it is a heading."""
    for button in list(root.iter("button")):
        parent = button.getparent()
        if parent is not None and parent.tag in HEADINGS:
            button.drop_tag()


def _drop_said_twice(root: HtmlElement) -> None:
    """Letters drawn for the eye alone, with the same ones beside them for screen readers, stay once."""
    for shown in list(root.iterdescendants()):
        if shown.get("aria-hidden") != "true":
            continue
        beside = (one for one in (shown.getnext(), shown.getprevious()) if one is not None and _is_unseen(one))
        said = next((one for one in beside if letters_of(one.text_content()) == letters_of(shown.text_content())), None)
        if said is not None and letters_of(said.text_content()):
            del shown.attrib["aria-hidden"]
            said.drop_tree()


def _is_unseen(element: HtmlElement) -> bool:
    is_element = isinstance(element.tag, str)
    return is_element and any(NAMES.get(name) == FOR_SCREEN_READERS for name in names_of(element))


def _widgets(root: HtmlElement, *, page_words: int) -> Iterator[tuple[HtmlElement, str]]:
    """The outermost widgets in order; each is looked at before anything is looked for inside the next one."""
    gone: set[HtmlElement] = set()
    for element in list(root.iterdescendants()):
        if element.getparent() in gone:
            gone.add(element)
            continue
        reason = _reason(element, page_words=page_words)
        if reason is not None:
            gone.add(element)
            yield element, reason


def _reason(element: HtmlElement, *, page_words: int) -> str | None:
    """Why ``element`` is no part of an article; "" if it has no words that anybody sees; None if it may be one."""
    if element.tag in WHOLE or not isinstance(element.tag, str):
        return None
    if element.tag in TAGS:
        return None if _is_of_the_text(element) else TAGS[element.tag]
    if _is_hidden(element):
        return HIDDEN
    names = names_of(element)
    certain = next((NAMES[name] for name in names if name in NAMES), None)
    if certain is not None:
        return certain
    likely = _by_words((*names, *_label(element)))
    if likely and not _is_too_much(element, page_words=page_words):
        return likely
    return _by_text(element, names)


def _is_of_the_text(element: HtmlElement) -> bool:
    """The box of a task, a formula, a picture for readers without scripts: the writer knows what to make of them."""
    if element.tag == "noscript":
        return element.find(".//img") is not None and not element.text_content().strip()
    told = (element.get("type") or "").casefold()
    return (element.tag == "input" and told == "checkbox") or (element.tag == "script" and told.startswith("math/"))


def _is_hidden(element: HtmlElement) -> bool:
    style = "".join((element.get("style") or "").casefold().split())
    return "hidden" in element.attrib or "display:none" in style or "visibility:hidden" in style


def _label(element: HtmlElement) -> tuple[str, ...]:
    """How screen readers are told to call a box, as a name; () if that is the name of a table, or of its own words."""
    label = element.get("aria-label") or ""
    words = label.casefold().split() if element.tag in {"aside", "section", "div"} else []
    if not 0 < len(words) <= MOST_LABEL_WORDS or _is_its_heading(element, label):
        return ()
    return () if element.find(".//table") is not None else ("-".join(words),)


def _by_words(names: Iterable[str]) -> str:
    return next((reason for name in names if (reason := _by_word(name))), "")


@lru_cache(maxsize=4096)
def _by_word(name: str) -> str:
    return next((reason for pattern, reason in WORDS if pattern.search(name)), "")


def _is_too_much(element: HtmlElement, *, page_words: int) -> bool:
    """Whether it would be rash to take it for furniture because of a word in its name."""
    if element.tag in INLINE:
        parent = element.getparent()
        return parent is not None and len(parent.text_content()) > 2 * len(element.text_content())
    return len(element.text_content().split()) > MOST_OF_PAGE * page_words


def _by_text(element: HtmlElement, names: list[str]) -> str | None:
    """What its own words say: an invitation to pay, or a paragraph that is a link to another article."""
    if element.tag not in PAID_FOR and PAYWALL_NAME.search(" ".join(name for name in names if name != BEHIND_PAYWALL)):
        words = element.text_content()
        return PAYWALL if len(words.split()) < LONGEST_PAYWALL_WORDS and ASKS_TO_PAY.search(words) else None
    if element.tag not in {"p", "h3", "h4", "h5"} or element.find(".//a") is None:
        return None
    words = " ".join(element.text_content().split())
    label = LABEL_OF_LINK.match(words)
    if label is None or len(words.split()) > LONGEST_LABELLED_WORDS:
        return None
    linked = sum(len("".join(link.itertext()).split()) for link in element.iter("a"))
    return ELSEWHERE if linked >= len(words[label.end() :].split()) - 1 else None
