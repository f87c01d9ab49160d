"""What is measured beside each other: our reading of a page, plain trafilatura, and all the text of the page."""

from collections.abc import Callable
from pathlib import Path

import trafilatura
from lxml import etree
from msgspec.structs import replace

from benchmarks.truth import Page
from pipeline.errors import SourceError
from pipeline.model import BlockKind, FateKind
from pipeline.sources import Given
from pipeline.sources.html.encoding import text_of
from pipeline.sources.html.page import page_draft
from pipeline.sources.html.parsing import tree_of
from pipeline.sources.html.runs import runs_of
from pipeline.sources.manuscript import Manuscript
from pipeline.sources.markdown import markdown_blocks

OURS = "ours"
#: What is prose to the measure. Pictures and embeds are told of in words that no truth has.
PROSE = frozenset(BlockKind) - {BlockKind.FIGURE, BlockKind.EMBED, BlockKind.BOILERPLATE}
GIVEN = Given(language="en-GB", publish_time="06:00", show_title="")


def ours(page: Page) -> str:
    """The words of all Blocks that a listener or a reader of the notes gets: headings, lists, tables, notes too."""
    try:
        draft = page_draft(page.data, url=page.url, charset="")
    except SourceError:
        return ""
    front = replace(draft.front, end=0)
    manuscript = Manuscript(path=Path(page.name), text=draft.markdown, front=front)
    blocks = markdown_blocks(manuscript, GIVEN)
    return "\n".join(block.text for block in blocks if block.kind in PROSE and block.fate.kind is not FateKind.DROPPED)


def trafilatura_default(page: Page) -> str:
    """As anyone would call it."""
    return trafilatura.extract(page.data, include_comments=False) or ""


def trafilatura_precise(page: Page) -> str:
    """As it is told to leave out what it doubts."""
    return trafilatura.extract(page.data, include_comments=False, favor_precision=True) or ""


def whole_text(page: Page) -> str:
    """Everything that could be seen, furniture and all."""
    root = tree_of(text_of(page.data, charset="")[0])
    if root is None:
        return ""
    etree.strip_elements(root, "script", "style", "noscript", "template", with_tail=False)
    return "\n".join(run.text for run in runs_of(root))


READERS: dict[str, Callable[[Page], str]] = {
    OURS: ours,
    "trafilatura, default": trafilatura_default,
    "trafilatura, precision": trafilatura_precise,
    "whole text": whole_text,
}
