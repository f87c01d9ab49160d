"""Floor 3, sources: plain text, copied off a page or written as such -> Blocks. Pure.

Every line that is not blank ends up in exactly one Block. What stands above the first paragraph is read by `head`,
what stands below the last one by `debris`; between them only lines that no analysis can have are taken out.
"""

from pipeline.model import Block, BlockKind
from pipeline.sources.debris import Verdict, dropped, reason_anywhere, spoken, tail_verdicts, words_of
from pipeline.sources.given import Given
from pipeline.sources.head import head_verdicts
from pipeline.sources.manuscript import Manuscript
from pipeline.sources.pieces import BULLET, Piece, pieces_of


def scrape_blocks(manuscript: Manuscript, given: Given) -> tuple[Block, ...]:
    """All Blocks of a plain text, in order. Without a line that can be the title there is no TITLE among them."""
    pieces = pieces_of(manuscript.body, start=manuscript.front.end)
    head = head_verdicts(pieces, front=manuscript.front, given=given)
    rest = pieces[len(head) :]
    tail = tail_verdicts([piece.text for piece in rest], publication=words_of(given.show_title))
    verdicts = [*head, *(tail.get(number) or _body_verdict(piece) for number, piece in enumerate(rest))]
    return tuple(_block(piece, verdict) for piece, verdict in zip(pieces, verdicts, strict=True))


def _body_verdict(piece: Piece) -> Verdict:
    reason = reason_anywhere(piece.text)
    if reason:
        return dropped(reason)
    kind = BlockKind.LIST_ITEM if BULLET.match(piece.text) else BlockKind.PARAGRAPH
    return spoken(kind, "read aloud")


def _block(piece: Piece, verdict: Verdict) -> Block:
    is_item = verdict.kind is BlockKind.LIST_ITEM
    text = BULLET.sub("", piece.text, count=1) if is_item else piece.text
    return Block(kind=verdict.kind, text=text, span=piece.span, fate=verdict.fate)
