"""Floor 3, sources: what the front matter says of an article's place in the feed -> Listing.

The author's own show notes are Markdown; what becomes of it is the little HTML that podcast apps show.
"""

from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from pipeline.model import EpisodeKind, Listing
from pipeline.notes import carried_text
from pipeline.sources.clean_notes import clean_notes
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.given import Given
from pipeline.sources.metadata import embargo_until


def listing_of(front: FrontMatter, given: Given, *, path: Path) -> Listing:
    """How the article is to stand in the feed; what the front matter leaves open is as the show has it.

    Raises:
        SourceError: its embargo is no moment in time.
        ConfigError: the show's publish_time is not a time.
    """
    return Listing(
        kind=front.kind or EpisodeKind.FULL,
        season=front.season,
        number=front.number,
        is_explicit=front.is_explicit,
        is_draft=front.is_draft,
        embargo_until=embargo_until(front, given, path=path),
        persons=front.persons,
        notes_html=notes_html(front.notes),
    )


def notes_html(markdown: str) -> str:
    """``markdown``, which may hold HTML, as clean paragraphs and lists; see `clean_notes`."""
    return clean_notes(_parser().render(carried_text(markdown)))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
    parser.add_render_rule("image", _alternative_text)
    return parser


def _alternative_text(renderer: Any, tokens: Any, idx: int, options: Any, env: Any) -> str:  # noqa: PLR0917 - its call
    """What stands for a picture, which notes cannot show."""
    return escapeHtml(renderer.renderInlineAsText(tokens[idx].children, options, env))
