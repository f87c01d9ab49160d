"""Floor 3, sources: the tokens of a table, and the paragraphs that are its caption -> its Block. Pure."""

from collections.abc import Iterator, Sequence

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from msgspec import Struct

from pipeline.model import Block, BlockKind
from pipeline.patterns import regex
from pipeline.sources.fates import BY_POLICY
from pipeline.sources.markdown.others import other_blocks
from pipeline.sources.markdown.page import Page
from pipeline.sources.markdown.parser import inline_tokens_of
from pipeline.sources.markdown.pieces import CAPTION, Piece
from pipeline.sources.markdown.words import Words, words_from

#: What stands before the first row of a table in a quotation or at the start of a list item.
CONTAINER_MARKS = regex(r"\A(?:[\s>]|[-*+]\s|\d{1,9}[.)]\s)*")


class _Row(Struct, frozen=True, kw_only=True):
    cells: tuple[Words, ...]


def table_blocks(piece: Piece, page: Page) -> Iterator[Block]:
    """The Block of a table, and those of the pictures and notes in it."""
    rows = list(_rows(piece.tokens, page))
    columns = len(rows[0].cells)
    rows, low = _without_caption(rows)
    above = [words_from(part.tokens[1].children or [], base=page.base) for part in piece.captions]
    captions = [*above, *low]
    cells = [cell for row in rows for cell in row.cells]
    span = page.span(piece.lines)
    yield Block(
        kind=BlockKind.TABLE,
        text="\n".join(" | ".join(cell.text for cell in row.cells) for row in rows),
        span=span,
        fate=BY_POLICY,
        links=tuple(link for words in (*captions, *cells) for link in words.links),
        caption=" ".join(CAPTION.sub("", words.text, count=1) for words in captions),
        rows=len(rows),
        columns=max(columns, *(len(row.cells) for row in rows)),
        marks=tuple(mark for words in (*captions, *cells) for mark in words.marks),
    )
    for words in (*captions, *cells):
        yield from other_blocks(words, page, span=span)


def _rows(tokens: Sequence[Token], page: Page) -> Iterator[_Row]:
    cells: list[Words] = []
    lines = [0, 1]
    for token in tokens:
        if token.type == "tr_open":
            cells, lines = [], token.map or lines
        elif token.type == "inline":
            cells.append(words_from(token.children or [], base=page.base))
        elif token.type == "tr_close":
            yield _Row(cells=(*cells, *_beyond(lines, page, columns=len(cells))))


def _beyond(lines: Sequence[int], page: Page, *, columns: int) -> Iterator[Words]:
    """The cells of a row that has more of them than the head of the table: Markdown leaves them out."""
    written = CONTAINER_MARKS.sub("", page.source(lines)).strip()
    for cell in escapedSplit(written.removeprefix("|"))[columns:]:
        if cell.strip():
            yield words_from(inline_tokens_of(cell.strip(), page.environment), base=page.base)


def _without_caption(rows: list[_Row]) -> tuple[list[_Row], list[Words]]:
    # `Table: ...` directly below a table, without a blank line, is a row of it to Markdown.
    last = rows[-1].cells
    is_caption = len(rows) > 1 and not any(cell.text for cell in last[1:]) and last[0].text.startswith("Table:")
    return (rows[:-1], [last[0]]) if is_caption else (rows, [])
