"""Floor 3, sources: blocks of raw HTML inside Markdown -> Markdown, by way of the reader of HTML. Pure."""

import re
from collections.abc import Iterator

from pipeline.patterns import regex
from pipeline.sources.html.body import body_of
from pipeline.sources.html.writing import Written
from pipeline.sources.markdown.page import Page, page_of
from pipeline.sources.markdown.parser import tokens_of

#: Elements that make no sense in halves.
PARTED = regex(r"<(/?)(?:table|figure|ul|ol|dl|blockquote|picture|video|audio|object)\b", re.IGNORECASE)
#: `<div markdown="1">`: what stands in it is Markdown all the same. Source: kramdown, "HTML blocks".
HOLDS_MARKDOWN = regex(r"<[A-Za-z][^<>]*\smarkdown\s*=\s*[\"']?(?:1|block|span)\b")
TAG = regex(r"</?[A-Za-z][^<>]*>")
#: Comments, and words after them that are no tag. Each is atomic, so that none can stretch to the end of the next.
LEADING_COMMENTS = regex(r"(?>\s*<!--.*?-->)+\s*(?=[^\s<])", re.DOTALL)


def is_comment(content: str) -> bool:
    """Whether a block of HTML holds comments and nothing else."""
    before, *comments = content.split("<!--")
    around = [before, *(comment.partition("-->")[2] for comment in comments)]
    return bool(comments) and not "".join(around).strip()


def comments_in(content: str) -> Iterator[str]:
    """The comments in a block of HTML, signs included."""
    start = content.find("<!--")
    while start >= 0 and (end := content.find("-->", start + 4)) >= 0:
        yield content[start : end + 3]
        start = content.find("<!--", end + 3)


def open_elements(content: str) -> int:
    """How many more tables, figures, lists and quotations ``content`` opens than it closes."""
    return sum(-1 if found[1] else 1 for found in PARTED.finditer(content))


def page_of_html(html: str, page: Page, *, lines: tuple[int, int]) -> tuple[Page, tuple[tuple[str, str], ...]]:
    """The Page that stands in ``lines`` of another as raw HTML; and what was taken out: words and reason each."""
    # Words after a comment on its line are HTML to CommonMark; to those who write them they are their Markdown.
    comments = LEADING_COMMENTS.match(html)
    written = Written(markdown=html[comments.end() :], removals=()) if comments else _written(html, base=page.base)
    tokens, environment = tokens_of(written.markdown, has_html=comments is not None)
    inside = page_of(written.markdown, start=0, path=page.path, base=page.base).inside(page, lines=lines)
    removals = tuple((removal.text, removal.reason) for removal in written.removals)
    return inside.with_tokens(tokens, environment), removals


def _written(html: str, *, base: str) -> Written:
    if HOLDS_MARKDOWN.search(html):
        return Written(markdown=TAG.sub("", html), removals=())
    return body_of(html, base=base)
