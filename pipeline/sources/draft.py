"""Floor 3, sources: what the readers of all other formats give, an article written as Markdown.

There is one road to Blocks for all of them: web page, Word file, book or export -> Draft -> `markdown`. So what
`audio-edition import` writes into seeds/ is what would have been read without it.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path

from msgspec import Struct

from pipeline.sources.frontmatter import FrontMatter


class Removal(Struct, frozen=True, kw_only=True):
    """Something that stands in the source and is not part of the article: its words, and why it was taken out."""

    text: str
    reason: str


class Draft(Struct, frozen=True, kw_only=True):
    """One article of any format: what is stated about it, its body as Markdown, and what was taken out of it.

    ``front`` holds what the source says and "" where it says nothing; ``front.end`` is 0, ``front.published`` is
    ISO 8601. ``markdown`` is the body alone, clean text without front matter and without the title.
    """

    front: FrontMatter
    markdown: str
    removals: tuple[Removal, ...] = ()


class PostKind(Enum):
    """What a post is to its publisher. Only articles are imported unasked."""

    ARTICLE = "article"
    DRAFT = "draft"
    PAID = "paid"
    PODCAST = "podcast"
    PAGE = "page"
    EMPTY = "empty"
    OTHER = "other"


class Post(Struct, frozen=True, kw_only=True):
    """One post of a source. Either ``draft`` is there, or ``why`` says why it is not.

    ``id`` names it in its source for good ("substack:131415.quiet-straits"), ``title`` and ``date`` (ISO 8601 or "")
    are for people. ``why`` says in words what kept it out ("a draft, not published") or, if ``is_broken``, what is
    wrong with it.
    """

    id: str
    title: str
    date: str
    kind: PostKind
    draft: Draft | None = None
    why: str = ""
    is_broken: bool = False


class Source(Struct, frozen=True, kw_only=True):
    """Where posts come from: a file, and what is known of it from outside.

    ``url`` is the address that it was fetched from, "" for a file of one's own; ``charset`` what the server called its
    encoding, "" if it did not. ``name`` is what people call it: the address, or the path as they typed it.
    """

    path: Path
    name: str
    url: str = ""
    charset: str = ""


#: The face of every reader: the Posts of a Source in their order, one by one, from number ``start`` (from 0) on.
#: What is wrong with one Post is said in it (``is_broken``); what is wrong with the whole Source is a SourceError.
Reader = Callable[[Source, int], Iterator[Post]]
