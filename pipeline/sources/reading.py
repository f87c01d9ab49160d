"""Floor 3, sources: a file -> Article, read downwards: text, front matter, Blocks by format, metadata."""

import re
from pathlib import Path

from msgspec.structs import replace

from pipeline.errors import SourceError
from pipeline.model import Article, Block, BlockKind
from pipeline.sources.debris import BYLINE_VERDICT, has_player_time, words_of
from pipeline.sources.frontmatter import read_front_matter
from pipeline.sources.given import Given
from pipeline.sources.manuscript import Manuscript, read_text
from pipeline.sources.markdown import is_like_markdown, markdown_blocks
from pipeline.sources.metadata import byline, published_at, require_one_byline, slug_of, stated_byline
from pipeline.sources.scrape import scrape_blocks

MARKDOWN_SUFFIXES = {".md", ".markdown"}

#: Files of other kinds, whose text would be read aloud with all their markup.
OTHER_SUFFIXES = frozenset(
    {".toml", ".json", ".yaml", ".yml", ".xml", ".rss", ".html", ".htm", ".csv", ".tsv", ".py", ".rtf", ".doc", ".docx"}
    | {".odt", ".pdf", ".epub", ".zip"}
)


def read_article(path: Path, given: Given) -> Article:
    """The Article in the file at ``path``: Markdown, or plain text as copied off a web page.

    Raises:
        SourceError: it cannot be read, or title, date or byline is missing.
        ConfigError: the date of --published or the show's publish_time cannot be read.
    """
    if path.suffix.casefold() in OTHER_SUFFIXES and path.is_file():
        cure = "save the article as Markdown (.md) or plain text (.txt)"
        raise SourceError(f"is a {path.suffix} file, which is not read yet", cure=cure, path=path)
    text = read_text(path)
    front = read_front_matter(text, path=path)
    require_one_byline(front, given, path=path)
    if not text[front.end :].strip():
        raise SourceError("holds nothing below its front matter", cure="put the article there", path=path)
    manuscript = Manuscript(path=path, text=text, front=front)
    blocks = _blocks(manuscript, given)
    published = published_at(front, given, path=path)
    author = byline(front, given)
    _require_no_other_byline(blocks, path=path, stated=stated_byline(front, given), author=author)
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
        blocks=_without_byline(blocks, author),
    )


def _blocks(manuscript: Manuscript, given: Given) -> tuple[Block, ...]:
    # A name can be wrong in both ways: Markdown saved as .txt, and a page pasted into an .md with player and all.
    has_signs = is_like_markdown(manuscript.body)
    is_named_so = manuscript.path.suffix.casefold() in MARKDOWN_SUFFIXES
    if has_signs or (is_named_so and not has_player_time(manuscript.body)):
        return markdown_blocks(manuscript, given)
    return scrape_blocks(manuscript, given)


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
    dropped = replace(first, kind=BYLINE_VERDICT.kind, fate=BYLINE_VERDICT.fate)
    return tuple(dropped if block is first else block for block in blocks)


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
