"""A Markdown text as its Blocks, for the tests of this folder."""

from pathlib import Path

from pipeline.model import Block, BlockKind
from pipeline.sources.frontmatter import FrontMatter, read_front_matter
from pipeline.sources.manuscript import Manuscript
from pipeline.sources.markdown import markdown_blocks
from tests.sources import golden

PATH = Path("seeds/quay.md")


def blocks_of(text: str, *, front: FrontMatter | None = None) -> tuple[Block, ...]:
    """The Blocks of ``text``, with the front matter that stands in it or is given."""
    front = front or read_front_matter(text, path=PATH)
    return markdown_blocks(Manuscript(path=PATH, text=text, front=front), golden.GIVEN)


def listed(text: str) -> list[tuple[str, str]]:
    """Kind and text of each Block."""
    return [(block.kind.value, block.text) for block in blocks_of(text)]


def spoken(text: str) -> str:
    """All text that a reader would call prose, one paragraph a line."""
    prose = {BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.TITLE}
    return "\n".join(block.text for block in blocks_of(text) if block.kind in prose and block.is_spoken)
