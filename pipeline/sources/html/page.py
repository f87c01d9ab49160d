"""Floor 3, sources: a web page, as a file or as it was fetched -> the one Post on it.

Reads downwards: bytes -> text (`encoding`) -> tree (`parsing`) -> what is stated (`stated`) -> footnotes and widgets
out of it -> the article (`main_text`) -> Markdown (`writing`).
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.draft import Draft, Post, PostKind, Removal, Source
from pipeline.sources.html.encoding import MOST_BYTES, text_of
from pipeline.sources.html.footnotes import gather_footnotes
from pipeline.sources.html.furniture import PAYWALL
from pipeline.sources.html.main_text import MainText, main_text
from pipeline.sources.html.parsing import tree_of
from pipeline.sources.html.stated import Stated, stated_on, whole_address
from pipeline.sources.html.widgets import remove_widgets
from pipeline.sources.html.writing import markdown_of
from pipeline.sources.manuscript import clean, unseen_in

#: Long pages have 20,000; three times as many take longer to judge than a worker has.
MOST_ELEMENTS = 40_000
LEAST_WORDS = 25
MOST_LINKED = 0.6
#: A page that says that it is for payers, and holds less than this of the words that it says it has, is cut.
LEAST_OF_STATED = 0.7
#: How the text of a teaser ends.
BREAKS_OFF = regex(r"(?:\.\.\.|…|\[…\])\s*\Z")

CLOSED = regex(r"</(?:html|body)\s*>", re.IGNORECASE)

SAVE_IT = "open it in a browser, save it there as a whole page and name that file"
NAME_ANOTHER = "give the address of one article"
CUT = (
    "only what stands above the paywall is on the page, the article goes on for paying readers; import it from the"
    " platform's export, or save the page while you are logged in and name that file"
)


class _Page(Struct, frozen=True, kw_only=True):
    draft: Draft
    is_cut: bool


def page_posts(source: Source, start: int) -> Iterator[Post]:
    """The one Post of a page, if ``start`` is 0.

    Raises:
        SourceError: it cannot be opened, is no web page, or has no article on it.
    """
    if start > 0:
        return
    try:
        page = _read(_bytes_of(source), url=source.url, charset=source.charset)
    except SourceError as error:
        raise SourceError(error.what, cure=error.cure, path=error.path or source.path) from error
    front = page.draft.front
    yield Post(
        id=f"page:{front.source or source.name}",
        title=front.title,
        date=front.published,
        kind=PostKind.PAID if page.is_cut else PostKind.ARTICLE,
        draft=None if page.is_cut else page.draft,
        why=CUT if page.is_cut else "",
    )


def page_draft(data: bytes, *, url: str, charset: str) -> Draft:
    """The article on a page: ``url`` and ``charset`` are what the server said of it, or "".

    Raises:
        SourceError: it is no web page, or has no article on it.
    """
    return _read(data, url=url, charset=charset).draft


def _bytes_of(source: Source) -> bytes:
    try:
        with source.path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"cannot be opened ({error.strerror or error})"
        raise SourceError(what, cure="check its name and permissions", path=source.path) from error


def _read(data: bytes, *, url: str, charset: str) -> _Page:
    text, misread = text_of(data, charset=charset)
    _refuse_broken_off(text)
    root = tree_of(text)
    if root is None:
        raise SourceError("holds no text", cure=SAVE_IT)
    _refuse_too_many(root)
    stated = stated_on(root, url=url)
    base = _base(root, url=stated.front.source or url)
    has_scripts = next(root.iter("script"), None) is not None
    footnotes = gather_footnotes(root)
    widgets = remove_widgets(root)
    main = main_text(root, titles=(stated.front.title, stated.front.subtitle))
    _refuse_no_article(main, has_scripts=has_scripts)
    unseen = unseen_in(str(main.root.text_content()))
    written = markdown_of(main.root, base=base, footnotes=footnotes)
    markdown = clean(written.markdown)
    removals = (*misread, *unseen, *widgets, *written.removals, *main.outside)
    draft = Draft(front=stated.front, markdown=markdown, removals=tuple(dict.fromkeys(removals)))
    return _Page(draft=draft, is_cut=_is_cut(main, stated, widgets=widgets, markdown=markdown))


def _refuse_broken_off(text: str) -> None:
    """A page need not close its elements, but it does not end inside a tag or in the middle of a sentence."""
    end = text[-2000:].rstrip()
    is_inside_tag = end.rfind("<") > end.rfind(">")
    if not CLOSED.search(end) and (is_inside_tag or end[-1:].isalnum() or end.endswith((",", ";", "-"))):
        words = " ".join(end[-40:].split())
        raise SourceError(f"breaks off in the middle, with “{words}”", cure="save or fetch the page again")


def _refuse_too_many(root: HtmlElement) -> None:
    count = sum(1 for _ in root.iter())
    if count > MOST_ELEMENTS:
        what = f"has {count:,} HTML elements and {MOST_ELEMENTS:,} is the most for a page"
        raise SourceError(what, cure="save the article alone, without the comments, and name that file")


def _base(root: HtmlElement, *, url: str) -> str:
    """What relative addresses on the page are completed by."""
    written = next((str(element.get("href") or "") for element in root.iter("base")), "")
    return whole_address(written, url=url) or url


def _refuse_no_article(main: MainText, *, has_scripts: bool) -> None:
    if main.words < LEAST_WORDS:
        if has_scripts and len(main.outside) < 2:
            raise SourceError("has no article in it, it is put there by JavaScript", cure=SAVE_IT)
        raise SourceError(f"has no article in it, only {main.words} words of text", cure=NAME_ANOTHER)
    if main.linked_words > MOST_LINKED * main.words:
        what = f"is a list of links, not an article ({main.linked_words} of {main.words} words are links)"
        raise SourceError(what, cure=NAME_ANOTHER)


def _is_cut(main: MainText, stated: Stated, *, widgets: tuple[Removal, ...], markdown: str) -> bool:
    """Whether the article goes on behind a paywall."""
    # A page that is free to everybody may still offer more to those who pay.
    if any(removal.reason == PAYWALL for removal in widgets) and not stated.is_free:
        return True
    is_short = main.words < LEAST_OF_STATED * stated.words
    return stated.is_paid and (is_short or BREAKS_OFF.search(markdown) is not None)
