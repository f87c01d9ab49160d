"""Floor 3, sources: a file -> Article, read downwards: format, Draft or text, Blocks, house policy, metadata.

A text of the author's own keeps its words where they are, so that every Span counts characters of the file. Every
other format is first written as Markdown, and its Spans count characters of that.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import SourceError
from pipeline.model import Article, Block, BlockKind, Span, VoiceChoice
from pipeline.sources.debris import BYLINE_VERDICT, dropped, has_player_time, words_of
from pipeline.sources.draft import Draft, Post, PostKind, Source
from pipeline.sources.fates import with_house_policy
from pipeline.sources.formats import Format, format_of, read_posts
from pipeline.sources.frontmatter import read_front_matter
from pipeline.sources.given import Given
from pipeline.sources.listing import listing_of
from pipeline.sources.manuscript import Manuscript, read_text
from pipeline.sources.markdown import is_like_markdown, markdown_blocks
from pipeline.sources.metadata import byline, folded, published_at, require_one_byline, slug_of, stated_byline
from pipeline.sources.scrape import scrape_blocks

MARKDOWN_SUFFIXES = {".md", ".markdown"}


class _Read(Struct, frozen=True, kw_only=True):
    """What was read, before anything is known from outside."""

    manuscript: Manuscript
    blocks: tuple[Block, ...]
    slug: str


def read_article(source: Source, given: Given) -> Article:
    """The Article in ``source``: Markdown, plain text as copied off a page, a web page, a Word file, a book of one.

    What was taken out of the source stands at the end of its Blocks, each with the reason.

    Raises:
        SourceError: it cannot be read, holds several articles, or title, date or byline is missing.
        ConfigError: the date of --published or the show's publish_time cannot be read.
    """
    is_text = format_of(source) is Format.TEXT
    read = _read_text(source.path, given) if is_text else _read_draft(source, given)
    front = read.manuscript.front
    author = byline(front, given)
    _require_no_other_byline(read.blocks, path=source.path, stated=stated_byline(front, given), author=author)
    published = published_at(front, given, path=source.path)
    title = front.title or _text_of(BlockKind.TITLE, read.blocks)
    if published is None or not title or not author:
        raise _missing(source.path, title=title, published=published, author=author)
    subtitle = front.subtitle or _text_of(BlockKind.SUBTITLE, read.blocks)
    blocks = with_house_policy(_without_byline(read.blocks, author), given.reading)
    return Article(
        slug=read.slug,
        title=title,
        subtitle=subtitle,
        author=author,
        published=published,
        language=front.language or given.language,
        source_url=front.source,
        summary=front.summary or subtitle,
        tags=front.tags,
        blocks=(*blocks, *_removed(read.manuscript)),
        chapters=front.chapters,
        voice=VoiceChoice(name=front.voice),
        listing=listing_of(front, given, path=source.path),
        soundbites=front.soundbites,
    )


def _read_text(path: Path, given: Given) -> _Read:
    text, removals = read_text(path)
    front = read_front_matter(text, path=path)
    require_one_byline(front, given, path=path)
    if not text[front.end :].strip():
        raise SourceError("holds nothing below its front matter", cure="put the article there", path=path)
    manuscript = Manuscript(path=path, text=text, front=front, removals=removals)
    return _Read(manuscript=manuscript, blocks=_text_blocks(manuscript, given), slug=slug_of(front, path=path))


def _text_blocks(manuscript: Manuscript, given: Given) -> tuple[Block, ...]:
    # A name can be wrong in both ways: Markdown saved as .txt, and a page pasted into an .md with player and all.
    has_signs = is_like_markdown(manuscript.body)
    is_named_so = manuscript.path.suffix.casefold() in MARKDOWN_SUFFIXES
    if has_signs or (is_named_so and not has_player_time(manuscript.body)):
        return markdown_blocks(manuscript, given)
    return scrape_blocks(manuscript, given)


def _read_draft(source: Source, given: Given) -> _Read:
    draft = _only_draft(source)
    require_one_byline(draft.front, given, path=source.path)
    manuscript = Manuscript(
        path=source.path, text=draft.markdown, front=replace(draft.front, end=0), removals=draft.removals
    )
    slug = draft.front.slug or folded(draft.front.title) or slug_of(draft.front, path=source.path)
    return _Read(manuscript=manuscript, blocks=markdown_blocks(manuscript, given), slug=slug)


def _only_draft(source: Source) -> Draft:
    """The Draft of the one article in ``source``. Raises SourceError where there is none, or more than one."""
    posts = _articles(read_posts(source))
    post = next(posts, None)
    if post is None:
        raise SourceError("holds no article", cure="name another file", path=source.path)
    if next(posts, None) is not None:
        cure = f"write each into seeds/ with `audio-edition import {source.name}`"
        raise SourceError("holds more than one article", cure=cure, path=source.path)
    if post.draft is None:
        raise SourceError(post.why, cure="name another file", path=source.path)
    return post.draft


def _articles(posts: Iterator[Post]) -> Iterator[Post]:
    """The Posts that are articles; if there is but one Post, that one, whatever it is."""
    waiting: Post | None = None
    for number, post in enumerate(posts):
        if post.kind is PostKind.ARTICLE:
            yield post
            waiting = None
        elif number == 0:
            waiting = post
    if waiting is not None:
        yield waiting


def _removed(manuscript: Manuscript) -> Iterator[Block]:
    """What is no part of the text, as Blocks that lie at its end and cover nothing of it."""
    end = Span(len(manuscript.text), len(manuscript.text))
    for removal in manuscript.removals:
        verdict = dropped(removal.reason)
        yield Block(kind=verdict.kind, text=removal.text, span=end, fate=verdict.fate)


def _require_no_other_byline(blocks: tuple[Block, ...], *, path: Path, stated: str, author: str) -> None:
    """A byline on the page is not guessed from, and is not overruled by the show's default in silence either."""
    for block in blocks:
        name = re.sub(r"\A[Bb]y ", "", block.text)
        if not stated and block.fate == BYLINE_VERDICT.fate and words_of(name) != words_of(author):
            what = f"says “{block.text}”, and nobody gives a byline"
            cure = f'give --author "{name}", or write `author: {name}` into the front matter'
            raise SourceError(what, cure=cure, path=path)


def _without_byline(blocks: tuple[Block, ...], author: str) -> tuple[Block, ...]:
    """The Blocks; a first paragraph that only repeats the byline is not said twice."""
    first = next((block for block in blocks if block.kind is BlockKind.PARAGRAPH and block.is_spoken), None)
    if first is None or words_of(first.text) != f"by {words_of(author)}":
        return blocks
    byline_block = replace(first, kind=BYLINE_VERDICT.kind, fate=BYLINE_VERDICT.fate)
    return tuple(byline_block if block is first else block for block in blocks)


def _text_of(kind: BlockKind, blocks: tuple[Block, ...]) -> str:
    return next((block.text for block in blocks if block.kind is kind), "")


def _missing(path: Path, *, title: str, published: datetime | None, author: str) -> SourceError:
    cures = {
        "title": "write `title: ...` into the front matter, or a short line above the first paragraph",
        "date": "give --published YYYY-MM-DD, or write `date: YYYY-MM-DD` into the front matter",
        "byline": ("give --author, or write `author: ...` into the front matter or `default_author` into show.toml"),
    }
    known = {"title": bool(title), "date": published is not None, "byline": bool(author)}
    missing = [name for name in cures if not known[name]]
    what = "has no " + " and no ".join(missing)
    return SourceError(what, cure="; ".join(cures[name] for name in missing), path=path)
