"""Floor 3, sources: the way of one Markdown text: tokens -> pieces -> Blocks -> title and tail. Pure."""

import re

from pipeline.model import Block
from pipeline.patterns import regex
from pipeline.sources.debris import words_of
from pipeline.sources.given import Given
from pipeline.sources.manuscript import Manuscript
from pipeline.sources.markdown.blocks import blocks_of
from pipeline.sources.markdown.edges import with_tail, with_title
from pipeline.sources.markdown.page import Page, page_of
from pipeline.sources.markdown.parser import tokens_of
from pipeline.sources.markdown.remains import with_remains

#: What plain prose does not have: a heading, footnote, code fence, callout or shortcode at the start of a line; a link
#: or picture, bold words.
SIGNS = regex(
    r"^#{1,6} \S|^\[\^[^\]\s]+\]:|^(?:```|~~~)|^> ?\[!\w+\]|^\{\{[<%] |^\{% \w|!\[\[[^\[\]\n]+\]\]"
    r"|!?\[[^\[\]\n]*\]\([^()\s]+\)|\*\*[^\s*][^*\n]*\*\*",
    re.MULTILINE,
)


def is_like_markdown(text: str) -> bool:
    """Whether ``text`` has a sign that only Markdown has."""
    return SIGNS.search(text) is not None


def markdown_blocks(manuscript: Manuscript, given: Given) -> tuple[Block, ...]:
    """All Blocks of a Markdown text, in order of the source.

    Raises:
        SourceError: a comment, code fence or footnote is left open or undefined, or it is nested too deeply.
    """
    page = _page(manuscript)
    blocks = with_title(with_remains(list(blocks_of(page)), page), manuscript.front)
    return tuple(with_tail(blocks, publication=words_of(given.show_title)))


def _page(manuscript: Manuscript) -> Page:
    tokens, environment = tokens_of(manuscript.body, has_html=True)
    front = manuscript.front
    place = page_of(manuscript.text, start=front.end, path=manuscript.path, base=front.source)
    return place.with_tokens(tokens, environment)
