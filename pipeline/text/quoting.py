"""Between pieces and utterances: who is quoted in a piece, and which of two voices says it, in any language. Pure.

With one voice nothing is parted, and a piece has a speaker only where all of it is quoted. A second voice needs pieces
that are one voice's alone, so a piece is parted at the marks of every quotation that this voice says.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.model import Span
from pipeline.text.pack import Quotation
from pipeline.text.pieces import Gap, Piece

#: Signs that close a quotation, stop or go on: written close behind it they stay with it.
_STAY_BEHIND = frozenset(",.;:!?…)]—–")
#: Brackets that open right before a quotation stay with it.
_STAY_BEFORE = frozenset("([")


class QuotedPiece(Piece, frozen=True, kw_only=True):
    """A Piece with the name of whoever is quoted in all of it, "" for nobody, and whether the second voice says it."""

    speaker: str = ""
    is_second_voice: bool = False


def with_quotations(
    pieces: Sequence[Piece],
    quotations_of_paragraph: Sequence[Quotation],
    *,
    text: str,
    least_words: int,
    is_second_voice_wanted: bool,
) -> tuple[QuotedPiece, ...]:
    """``pieces`` of ``text`` with their speakers, and parted where a second voice begins or ends.

    A piece has a speaker where all its words, the marks aside, lie in a quotation whose speaker is known. The second
    voice, where one is wanted, says the quotations that are whole sentences of at least ``least_words`` words; the
    halves of one that its attribution parts are counted together. The author's words, the attribution among them, stay
    with the first voice. A part has Gap.CLAUSE, the last of its piece the gap of the piece. Only blanks lie between
    parts, and no part is without words.
    """
    quoted = sorted((each for each in quotations_of_paragraph if each.depth == 1), key=lambda each: each.start)
    second = _for_second_voice(quoted, text, least_words=least_words) if is_second_voice_wanted else []
    cuts = sorted({cut for each in second for cut in _cuts(each, text)})
    parts = (part for piece in pieces for part in _parted(piece, cuts, text=text))
    starts = frozenset(each.start for each in second)
    return tuple(_quoted(part, quoted, text=text, starts=starts) for part in parts)


def _for_second_voice(quoted: Sequence[Quotation], text: str, *, least_words: int) -> list[Quotation]:
    """The quotations that the second voice says."""
    return [
        each
        for each in quoted
        if each.is_self_contained and (each.words or len(text[each.start : each.end].split())) >= least_words
    ]


def _cuts(quotation: Quotation, text: str) -> tuple[int, int]:
    """Where the second voice begins and ends: at the marks, with the punctuation that is written close to them."""
    start, end = quotation.start, quotation.end
    while start > 0 and text[start - 1] in _STAY_BEFORE:
        start -= 1
    while end < len(text) and text[end] in _STAY_BEHIND:
        end += 1
    return start, end


def _parted(piece: Piece, cuts: Sequence[int], *, text: str) -> Iterator[Piece]:
    """``piece`` in the parts between the cuts that lie in it; one that nobody can say stays with its neighbour."""
    span = piece.span
    inner = cuts[bisect_right(cuts, span.start) : bisect_left(cuts, span.end)]
    parts: list[Span] = []
    for start, end in pairwise([span.start, *inner, span.end]):
        if parts and not (_is_sayable(text, parts[-1]) and _is_sayable(text, Span(start, end))):
            parts[-1] = Span(parts[-1].start, end)
        else:
            parts.append(Span(start, end))
    if len(parts) == 1:
        yield piece
        return
    for number, part in enumerate(parts, start=1):
        yield Piece(span=_stripped(text, part), gap=piece.gap if number == len(parts) else Gap.CLAUSE)


def _is_sayable(text: str, span: Span) -> bool:
    return any(map(str.isalnum, text[span.start : span.end]))


def _stripped(text: str, span: Span) -> Span:
    """``span``, which has words, without the blanks at its edges."""
    written = text[span.start : span.end]
    return Span(span.start + len(written) - len(written.lstrip()), span.start + len(written.rstrip()))


def _quoted(piece: Piece, quoted: Sequence[Quotation], *, text: str, starts: frozenset[int]) -> QuotedPiece:
    """``starts`` are where the quotations of the second voice begin."""
    around = _around(piece.span, quoted, text=text)
    return QuotedPiece(
        span=piece.span,
        gap=piece.gap,
        speaker=around.speaker if around else "",
        is_second_voice=around is not None and around.start in starts,
    )


def _around(span: Span, quoted: Sequence[Quotation], *, text: str) -> Quotation | None:
    """The quotation that holds every word of ``span``."""
    words = [number for number in range(span.start, span.end) if text[number].isalnum()]
    if not words:
        return None
    number = bisect_right(quoted, words[0], key=lambda each: each.start) - 1
    return quoted[number] if number >= 0 and words[-1] < quoted[number].end else None
