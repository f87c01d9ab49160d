"""Between a text and its utterances: the pieces that are said one at a time, in any language. Pure.

The language pack knows sentences and breaths; here what nobody can say is left out, and what is too short to stand
alone joins its neighbour, for a voice has no room for a melody in one or two words.
"""

from collections.abc import Iterable, Iterator
from enum import Enum

from msgspec import Struct

from pipeline.model import Span
from pipeline.text.pack import LanguagePack

#: A piece of fewer words joins a neighbour ...
FEWEST_WORDS = 3
#: ... unless the two would have more words or characters than this.
MOST_WORDS = 35
MOST_CHARACTERS = 250
#: So many ends of lines make a blank one.
_BLANK_LINE = 2


class Gap(Enum):
    """What ends with a piece, and so how long the silence after it is."""

    CLAUSE = "a piece of a sentence"
    SENTENCE = "a sentence"
    BLOCK = "the last sentence of a Block"


class Piece(Struct, frozen=True, kw_only=True):
    """Characters of a text that are said in one go; ``gap`` is what ends with them."""

    span: Span
    gap: Gap


def pieces(text: str, pack: LanguagePack) -> tuple[Piece, ...]:
    """What is said of ``text``, piece by piece, in its order: sentences, the long ones breath by breath.

    Only what has no letter and no digit ("* * *") lies outside every piece. A piece of fewer than three words joins
    the next one; the one before it where it is the last, or the last of a parted sentence. It stands alone where the
    two would have more than 35 words or 250 characters, at a blank line, and where it is the whole text. The last
    piece has the gap of the Block.
    """
    joined = _joined(_breaths(text, pack), text)
    return tuple(
        Piece(span=piece.span, gap=piece.gap if number < len(joined) else Gap.BLOCK)
        for number, piece in enumerate(joined, start=1)
    )


def _breaths(text: str, pack: LanguagePack) -> Iterator[Piece]:
    for sentence in pack.sentences(text):
        spans = [span for span in pack.breaths(text, sentence) if any(map(str.isalnum, text[span.start : span.end]))]
        for number, span in enumerate(spans, start=1):
            yield Piece(span=span, gap=Gap.CLAUSE if number < len(spans) else Gap.SENTENCE)


def _joined(found: Iterable[Piece], text: str) -> list[Piece]:
    """The pieces, those that are too short as parts of their neighbours."""
    kept: list[Piece] = []
    for piece in found:
        if kept and _belong_together(kept[-1], piece, text=text):
            kept[-1] = _both(kept[-1], piece)
        else:
            _lean_back(kept, text)
            kept.append(piece)
    _lean_back(kept, text)
    return kept


def _belong_together(piece: Piece, following: Piece, *, text: str) -> bool:
    """Whether "No." leans on "He refused.", or the last words of a parted sentence on what is before them."""
    is_tail = piece.gap is Gap.CLAUSE and _is_short(following, text)
    return (is_tail or _is_short(piece, text)) and _fit(piece, following, text=text)


def _lean_back(kept: list[Piece], text: str) -> None:
    """Join the last piece, where it is still too short and nothing after it can take it, with the one before."""
    if len(kept) > 1 and _is_short(kept[-1], text) and _fit(kept[-2], kept[-1], text=text):
        last = kept.pop()
        kept[-1] = _both(kept[-1], last)


def _is_short(piece: Piece, text: str) -> bool:
    return _words(text[piece.span.start : piece.span.end]) < FEWEST_WORDS


def _words(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _fit(piece: Piece, following: Piece, *, text: str) -> bool:
    """Whether the two are no more than a voice should say at once, and no blank line is between them."""
    both = text[piece.span.start : following.span.end]
    is_near = text.count("\n", piece.span.end, following.span.start) < _BLANK_LINE
    return is_near and len(both) <= MOST_CHARACTERS and _words(both) <= MOST_WORDS


def _both(piece: Piece, following: Piece) -> Piece:
    return Piece(span=Span(piece.span.start, following.span.end), gap=following.gap)
