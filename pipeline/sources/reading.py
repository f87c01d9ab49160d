"""Floor 3, sources: a file -> Article, read downwards: text, front matter, Blocks by format, metadata."""

from pathlib import Path

from pipeline.errors import SourceError
from pipeline.model import Article, Block, BlockKind
from pipeline.sources.debris import has_player_time
from pipeline.sources.frontmatter import read_front_matter
from pipeline.sources.given import Given
from pipeline.sources.manuscript import Manuscript, read_text
from pipeline.sources.markdown import is_like_markdown, markdown_blocks
from pipeline.sources.metadata import byline, published_at, slug_of
from pipeline.sources.scrape import scrape_blocks

MARKDOWN_SUFFIXES = {".md", ".markdown"}


def read_article(path: Path, given: Given) -> Article:
    """The Article in the file at ``path``: Markdown, or plain text as copied off a web page.

    Raises:
        SourceError: it cannot be read, or title, date or byline is missing.
        ConfigError: the date of --published or the show's publish_time cannot be read.
    """
    text = read_text(path)
    front = read_front_matter(text, path=path)
    if not text[front.end :].strip():
        raise SourceError("holds nothing below its front matter", cure="put the article there", path=path)
    manuscript = Manuscript(path=path, text=text, front=front)
    blocks = _blocks(manuscript, given)
    published = published_at(front, given, path=path)
    author = byline(front, given)
    title = front.title or _text_of(BlockKind.TITLE, blocks)
    if published is None or not title or not author:
        raise _missing(manuscript, title=title, is_dated=published is not None, author=author)
    subtitle = front.subtitle or _text_of(BlockKind.SUBTITLE, blocks)
    return Article(
        slug=slug_of(front, path=path),
        title=title,
        subtitle=subtitle,
        author=author,
        published=published,
        language=front.language or given.language,
        source_url=front.source,
        summary=front.summary or subtitle,
        tags=front.tags,
        blocks=blocks,
    )


def _blocks(manuscript: Manuscript, given: Given) -> tuple[Block, ...]:
    # A name can be wrong in both ways: Markdown saved as .txt, and a page pasted into an .md with player and all.
    has_signs = is_like_markdown(manuscript.body)
    is_named_so = manuscript.path.suffix.casefold() in MARKDOWN_SUFFIXES
    if has_signs or (is_named_so and not has_player_time(manuscript.body)):
        return markdown_blocks(manuscript, given)
    return scrape_blocks(manuscript, given)


def _text_of(kind: BlockKind, blocks: tuple[Block, ...]) -> str:
    return next((block.text for block in blocks if block.kind is kind), "")


def _missing(manuscript: Manuscript, *, title: str, is_dated: bool, author: str) -> SourceError:
    missing = {
        "title": (
            "" if title else "write `title: ...` into the front matter, or a short line above the first paragraph"
        ),
        "date": ("" if is_dated else "give --published YYYY-MM-DD, or write `date: YYYY-MM-DD` into the front matter"),
        "byline": (
            ""
            if author
            else "give --author, or write `author: ...` into the front matter or `default_author` into show.toml"
        ),
    }
    cures = {name: cure for name, cure in missing.items() if cure}
    what = "has no " + " and no ".join(cures)
    return SourceError(what, cure="; ".join(cures.values()), path=manuscript.path)
