"""Between an article's paragraphs and its utterances: where sentences end.

Own rules and the abbreviation table, no model. Every answer is spans of the given text: only blanks lie between
them, and nothing else is lost. One pass over the text with a bounded look back, so that hostile text costs linear time.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model import Span
from pipeline.text.english.abbreviations import BY_WRITTEN, STARTERS, Kind

CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\[¡¿"
#: The second alternative is a stop whose blank was forgotten.
_STOP = re.compile(
    rf"(?<![.!?…])(?P<mark>[.!?…]++)(?P<closers>[{CLOSERS}]*+)(?:\s++(?=\S)|(?<=[a-z]{{3}}\.)(?=[A-Z][a-z]*[\s,]))"
)
_NEXT = re.compile(rf"[{_OPENERS}]*+(?P<first>(?P<word>[^\W\d_]++)(?=[\s,'’])|\S)")
_LAST_WORD = re.compile(rf"[^\s{_OPENERS}—–-]*\Z")
_LOOK_BACK = 40
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LIST_MARK = re.compile(r"[0-9]{1,3}|[A-Za-z]|[ivx]{1,4}")
_NUMERAL = re.compile(r"[0-9]|[IVXLC]+\b")
#: After "c.", which may stand before a sum of money as well.
_SUM = re.compile(r"(?:[A-Z]{0,3}[$€£¥₹₽₴₩₪₺]|(?:[A-Z]{3}|Rs\.?)\s|R)[0-9]")
_SPEECH = (
    "said|says|asked|asks|told|replied|added|wrote|writes|warned|declared|demanded|insisted|argued|answered|shouted|"
    "wondered|continued|concluded|explained|remarked|recalled|exclaimed"
)
_NAME = r"[A-Z][\w’'-]*"
_ATTRIBUTION = re.compile(rf"(?:{_NAME}\s+){{1,4}}(?:{_SPEECH})\b|(?:{_SPEECH})\b")
_TIME_FOLLOWERS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:ET|EST|EDT|GMT|UTC|CET|BST|PT|PST|Eastern|Pacific|Greenwich)\b"
)


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a paragraph as spans, in order; nothing but blanks lies before, between and after them."""
    return spans_between(text, list(_sentence_ends(text)))


def _sentence_ends(text: str) -> Iterator[int]:
    start = 0
    for match in _STOP.finditer(text):
        if _is_sentence_end(text, match, start=start):
            yield match.end()
            start = match.end()


def _is_sentence_end(text: str, match: re.Match[str], *, start: int) -> bool:
    following = _NEXT.match(text, match.end())
    if following is None or following["first"][0].islower() or following["first"][0] in "—–-,;:.!?…":
        return False
    if match["closers"] and following["word"] not in STARTERS and _ATTRIBUTION.match(text, match.end()):
        return False
    if match["mark"] != ".":
        return True
    last_word = _word_before(text, match.start())
    if match.start() - len(last_word) <= start + 1 and _LIST_MARK.fullmatch(last_word):
        return False
    return _may_end(last_word, text, following=following)


def _word_before(text: str, end: int) -> str:
    found = _LAST_WORD.search(text[max(0, end - _LOOK_BACK) : end])
    return found[0] if found else ""


def _may_end(last_word: str, text: str, *, following: re.Match[str]) -> bool:
    """Whether the stop after ``last_word`` ends a sentence, given what begins after it."""
    abbreviation = BY_WRITTEN.get(last_word)
    if abbreviation is None:
        return not _INITIAL.fullmatch(last_word) or last_word == "I" or following["word"] in STARTERS
    if abbreviation.kind in {Kind.TITLE, Kind.INSIDE}:
        return last_word == "St" and following["word"] in STARTERS
    if abbreviation.kind in {Kind.NUMBERED, Kind.MONTH}:
        is_sum = last_word in {"c", "ca"} and _SUM.match(text, following.start("first"))
        return not is_sum and not _NUMERAL.match(text, following.start("first"))
    if last_word in {"a.m", "p.m"}:
        return not _TIME_FOLLOWERS.match(text, following.start("first"))
    return last_word == "etc" or following["word"] in STARTERS


def spans_between(text: str, ends: list[int], *, within: Span | None = None) -> tuple[Span, ...]:
    """What lies between the cuts, each without the blanks at its edges; empty pieces are left out."""
    whole = within or Span(0, len(text))
    cuts = [whole.start, *ends, whole.end]
    return tuple(
        Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        for start, end in pairwise(cuts)
        if (piece := text[start:end]).strip()
    )
