"""Floor 3, sources: plain text -> Pieces, the lines or paragraphs that a Block is made of. Pure.

Three layouts are told apart by evidence, not by setting: paragraphs between blank lines, one paragraph a line, and
paragraphs wrapped by hand or by a mail program. The evidence of wrapping is a line that goes on in lower case.
"""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from math import ceil

from msgspec import Struct

from pipeline.model import Span
from pipeline.patterns import regex
from pipeline.sources.debris import is_byline, is_comment_header, reason_anywhere

#: A line this long or longer is not wrapped, and a shorter one than the second number is no evidence of wrapping.
LONGEST_WRAPPED = 100
SHORTEST_WRAPPED = 30
SLACK = 8

BULLET = regex(r"(?:[•◦▪‣]\s*|[-*]\s+)(?=\w|[\"“‘'(])")


class Piece(Struct, frozen=True, kw_only=True):
    """Some lines of the source that belong together. ``is_apart``: a blank line or nothing stands before it."""

    text: str
    span: Span
    is_apart: bool


def pieces_of(text: str, *, start: int = 0) -> tuple[Piece, ...]:
    """All Pieces of ``text`` in order; ``start`` is the character at which ``text`` begins in its file.

    Their spans cover every character that is not blank once.
    """
    lines = tuple(_lines(text, start=start))
    width = _wrap_width(tuple(takewhile(lambda line: not is_comment_header(line.text), lines)))
    groups: list[list[Piece]] = []
    for line in lines:
        if groups and _belong_together(groups[-1][-1], line, width=width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_joined(group) for group in groups)


def _lines(text: str, *, start: int) -> Iterator[Piece]:
    is_apart = True
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            begin = start + line.index(bare)
            yield Piece(text=bare, span=Span(begin, begin + len(bare)), is_apart=is_apart)
        is_apart = not bare
        start += len(line) + 1


def _wrap_width(lines: tuple[Piece, ...]) -> int:
    # Nine tenths of the lines that run on are no longer; the others hold an address that could not be broken.
    lengths = sorted(len(line.text) for line, following in pairwise(lines) if _runs_on(line, following))
    return lengths[ceil(len(lengths) * 0.9) - 1] if lengths else 0


def _belong_together(line: Piece, following: Piece, *, width: int) -> bool:
    return _runs_on(line, following) or (_is_full(line, following, width=width) and _may_join(line, following))


def _runs_on(line: Piece, following: Piece) -> bool:
    is_long_enough = SHORTEST_WRAPPED <= len(line.text) < LONGEST_WRAPPED
    return is_long_enough and following.text[0].islower() and _may_join(line, following)


def _is_full(line: Piece, following: Piece, *, width: int) -> bool:
    # The first word of the next line would not have found room on this one. It may be a little longer than the width,
    # which is an estimate, but not so long that it was never wrapped.
    room = width - len(line.text)
    return width > 0 and -SLACK <= room < 1 + len(following.text.split(maxsplit=1)[0])


def _may_join(line: Piece, following: Piece) -> bool:
    stands_alone = following.is_apart or is_byline(following.text) or BULLET.match(following.text) is not None
    return not stands_alone and not reason_anywhere(line.text) and not reason_anywhere(following.text)


def _joined(lines: list[Piece]) -> Piece:
    text = " ".join(re.sub(r"[ \t]+", " ", line.text) for line in lines)
    return Piece(text=text, span=Span(lines[0].span.start, lines[-1].span.end), is_apart=lines[0].is_apart)
