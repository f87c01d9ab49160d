"""Floor 3, sources: the Blocks at the top and the bottom of a Markdown text: its title, and what is debris. Pure."""

import unicodedata
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.model import Block, BlockKind
from pipeline.sources.debris import Verdict, dropped, reason_anywhere, tail_verdicts, words_of
from pipeline.sources.fates import IN_OPENING, READ_ALOUD
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.markdown.remains import WORDLESS
from pipeline.sources.phrases import DIVIDER


def with_title(blocks: list[Block], front: FrontMatter) -> list[Block]:
    """The Blocks, with the heading that is the title and the line that is the subtitle as such."""
    position = _title_position(blocks, words_of(front.title))
    if position is not None:
        blocks = _as(BlockKind.TITLE, blocks, position=position)
    after = 0 if position is None else position + 1
    if front.subtitle and after < len(blocks) and words_of(blocks[after].text) == words_of(front.subtitle):
        blocks = _as(BlockKind.SUBTITLE, blocks, position=after)
    return blocks


def with_tail(blocks: list[Block], *, publication: str) -> Iterator[Block]:
    """The Blocks, with buttons anywhere and the debris at the end as such."""
    heard = [number for number, block in enumerate(blocks) if block.fate == READ_ALOUD]
    tail = tail_verdicts([blocks[number].text for number in heard], publication=publication)
    verdicts = {heard[number]: verdict for number, verdict in tail.items()}
    for number, block in enumerate(blocks):
        verdict = _exact(verdicts.get(number) or _widget_verdict(block), block)
        yield block if verdict is None else replace(block, kind=verdict.kind, fate=verdict.fate, level=0)


def _as(kind: BlockKind, blocks: list[Block], *, position: int) -> list[Block]:
    changed = replace(blocks[position], kind=kind, fate=IN_OPENING, level=0)
    return [*blocks[:position], changed, *blocks[position + 1 :]]


def _title_position(blocks: list[Block], wanted: str) -> int | None:
    """Which heading is the title: with ``wanted`` a leading one that says the same, else the first of level 1."""
    headings = (number for number, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level == 1)
    first = next(headings, None)
    if first is None or not wanted:
        return first
    is_leading = not any(block.is_spoken for block in blocks[:first])
    return first if is_leading and words_of(blocks[first].text) == wanted else None


def _widget_verdict(block: Block) -> Verdict | None:
    reason = reason_anywhere(block.text) if block.fate == READ_ALOUD else ""
    return dropped(reason) if reason else None


def _exact(verdict: Verdict | None, block: Block) -> Verdict | None:
    # An emoji on a line of its own has no words either, but it divides nothing.
    is_line = verdict is not None and verdict.fate.reason == DIVIDER
    has_symbol = is_line and any(unicodedata.category(sign) == "So" for sign in block.text)
    return dropped(WORDLESS) if has_symbol else verdict
