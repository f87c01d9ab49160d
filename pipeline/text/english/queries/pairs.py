"""Inside queries: brackets and quotation marks without their other half, a passage at a time.

A quotation of several paragraphs opens each of them and closes only the last: that is right. Apostrophes are no
quotation marks, and the mark of inches and minutes is none either.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.model import BlockKind
from pipeline.patterns import regex
from pipeline.text.english.queries.passages import Flag, Passage

_BRACKET = regex(r"[()\[\]]")
_CLOSES = {")": "(", "]": "["}
#: "1)" and "a)" before a point of a list, and faces made of marks.
_LIST_MARK = regex(r"(?:\A|[\s(])(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})\)\Z|[:;]-?\)\Z")
_LOOK_BACK = 6

_MARK = regex(r"[“”„\"]|(?<![^\W_])‘(?!(?:[0-9]{2}s?|(?i:tis|twas|em|til|cause|n))\b)|’(?![^\W_])")
_OPENS_BEFORE = regex(r"[\s(\[—–‘“/-]")


def unpaired_brackets(passage: Passage) -> Iterator[Flag]:
    """Each bracket without its other half."""
    text = passage.text
    is_open: list[re.Match[str]] = []
    for found in _BRACKET.finditer(text):
        if found[0] not in _CLOSES:
            is_open.append(found)
        elif is_open and is_open[-1][0] == _CLOSES[found[0]]:
            is_open.pop()
        elif not _LIST_MARK.search(text[max(0, found.start() - _LOOK_BACK) : found.end()]):
            yield _flag(passage, found.start(), what=f"Which “{_CLOSES[found[0]]}” does this “{found[0]}” close?")
    for found in is_open:
        yield _flag(passage, found.start(), what=f"Where is this “{found[0]}” closed?")


def unpaired_quotation_marks(passages: Sequence[Passage]) -> Iterator[Flag]:
    """Each double mark without its other half, and each single one that opens and is not closed."""
    prose = [one for one in passages if one.kind is not BlockKind.HEADING]
    for passage, following in zip_longest(prose, prose[1:]):
        if "„" not in passage.text:
            yield from _unpaired(passage, following.text if following else "")


def _unpaired(passage: Passage, next_text: str) -> Iterator[Flag]:
    text = passage.text
    is_open: list[tuple[str, int]] = []
    for found in _MARK.finditer(text):
        mark = _directed(text, found, is_quoted=bool(is_open))
        if mark in "“‘":
            is_open.append((mark, found.start()))
        elif mark == "”":
            yield from _closed(passage, found.start(), is_open=is_open)
        elif mark == "’" and is_open and is_open[-1][0] == "‘":
            is_open.pop()
    for mark, start in is_open:
        if not next_text.startswith((mark, '"', "“")):
            yield _flag(passage, start, what="Where does the quotation end that opens here?")


def _closed(passage: Passage, place: int, *, is_open: list[tuple[str, int]]) -> Iterator[Flag]:
    """What is wrong where a double mark closes; the one it closes, and single ones inside it, are open no longer."""
    while is_open and is_open[-1][0] == "‘":
        yield _flag(passage, is_open.pop()[1], what="Where does the quotation end that opens here?")
    if is_open:
        is_open.pop()
    else:
        yield _flag(passage, place, what="Where does the quotation open that ends here?")


def _directed(text: str, found: re.Match[str], *, is_quoted: bool) -> str:
    """The mark, a straight one as the curly one that it stands for; "" for inches."""
    start = found.start()
    if found[0] != '"':
        return found[0]
    if start and text[start - 1].isdigit() and not is_quoted:
        return ""
    return "“" if not start or _OPENS_BEFORE.match(text, start - 1) else "”"


def _flag(passage: Passage, start: int, *, what: str) -> Flag:
    return Flag(rule="unpaired mark", what=what, block=passage.block, start=start, end=start + 1)
