"""Between an article's paragraphs and its utterances: where sentences end, and where long ones may be parted.

Own rules and the abbreviation table, no model. Every answer is spans of the given text: only blanks lie between
them, and none is lost. One pass over the text with a bounded look back, so that hostile text costs linear time.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.model import Span
from pipeline.text.abbreviations import BY_WRITTEN, STARTERS, Kind

#: An utterance of more words or characters than this is parted where the sentence lets it.
MOST_WORDS = 35
MOST_CHARACTERS = 250
FEWEST_WORDS = 3

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\[¡¿"
_STOP = re.compile(rf"(?<![.!?…])(?P<mark>[.!?…]++)(?P<closers>[{_CLOSERS}]*+)\s++(?=\S)")
_NEXT = re.compile(rf"[{_OPENERS}]*+(?P<first>(?P<word>[^\W\d_]++)(?=[\s,'’])|\S)")
_LAST_WORD = re.compile(rf"[^\s{_OPENERS}—–-]*\Z")
_LOOK_BACK = 40
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LIST_MARK = re.compile(r"[0-9]{1,3}|[A-Za-z]|[ivx]{1,4}")
_NUMERAL = re.compile(r"[0-9]|[IVXLC]+\b")
_SPEECH = (
    "said|says|asked|asks|told|replied|added|wrote|writes|warned|declared|demanded|insisted|argued|answered|shouted|"
    "wondered|continued|concluded|explained|remarked|recalled|exclaimed"
)
_NAME = r"[A-Z][\w’'-]*"
_ATTRIBUTION = re.compile(rf"(?:{_NAME}\s+){{1,4}}(?:{_SPEECH})\b|(?:{_SPEECH})\b")
_TIME_FOLLOWERS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:ET|EST|EDT|GMT|UTC|CET|BST|PT|PST|Eastern|Pacific|Greenwich)\b"
)

_CONJUNCTIONS = (
    "and|but|or|nor|so|yet|while|whilst|which|who|whom|whose|where|when|whereas|although|though|because|since|as|if|"
    "unless|until|after|before|rather|including|with|without|making|leaving"
)
_STRONG_BREAK = re.compile(rf"[;:][{_CLOSERS}]*+\s++|\s[—–]\s++|(?<=[^\W\d_])—(?=\w)")
# Not inside brackets, as far as a glance tells, and not at the comma of ", and, in the end,".
_WEAK_BREAK = re.compile(rf"(?<!\band)(?<!\bbut),[{_CLOSERS}]*+\s++(?=(?:{_CONJUNCTIONS})\b)(?![^()]{{0,120}}\))")
_WORD = re.compile(rf"[^\s{_OPENERS}—–-]*\Z")
_LOOK_BACK = 40
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LIST_MARK = re.compile(r"[0-9]{1,3}|[A-Za-z]|[ivx]{1,4}")
_NUMERAL = re.compile(r"[0-9]|[IVXLC]+\b")
_SPEECH = (
    "said|says|asked|asks|told|replied|added|wrote|writes|warned|declared|demanded|insisted|argued|answered|shouted|"
    "wondered|continued|concluded|explained|remarked|recalled|exclaimed"
)
_NAME = r"[A-Z][\w’'-]*"
_ATTRIBUTION = re.compile(rf"(?:{_NAME}\s+){{1,4}}(?:{_SPEECH})\b|(?:{_SPEECH})\b")
_TIME_FOLLOWERS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:ET|EST|EDT|GMT|UTC|CET|BST|PT|PST|Eastern|Pacific|Greenwich)\b"
)

_CONJUNCTIONS = (
    "and|but|or|nor|so|yet|while|whilst|which|who|whom|whose|where|when|whereas|although|though|because|since|as|if|"
    "unless|until|after|before|rather|including|with|without|making|leaving"
)
_BREAK = re.compile(
    rf"[;:][{_CLOSERS}]*+\s++|\s[—–]\s++|(?<=[^\W\d_])—(?=\w)|,[{_CLOSERS}]*+\s++(?=(?:{_CONJUNCTIONS})\b)"
)
_WORD = re.compile(r"\S+")


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a paragraph as spans, in order; nothing but blanks lies before, between and after them."""
    return _spans_between(text, list(_sentence_ends(text)))


def split_utterances(text: str) -> tuple[Span, ...]:
    """The sentences of a paragraph, and those too long for one breath in pieces; spans as of ``split_sentences``."""
    return tuple(piece for sentence in split_sentences(text) for piece in split_long(text, sentence))


def split_long(text: str, sentence: Span) -> tuple[Span, ...]:
    """``sentence`` in pieces of at most 35 words and 250 characters, as far as its punctuation allows that.

    It is parted after a semicolon, a colon or a dash and before the conjunction that follows a comma; no piece has
    fewer than three words, and what has none of these marks stays whole. The pieces are about equally long.
    """
    clauses = _parted(text, sentence, at=_STRONG_BREAK)
    return tuple(piece for clause in clauses for piece in _parted(text, clause, at=_WEAK_BREAK))


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
        return not _NUMERAL.match(text, following.start("first"))
    if last_word in {"a.m", "p.m"}:
        return not _TIME_FOLLOWERS.match(text, following.start("first"))
    return last_word == "etc" or following["word"] in STARTERS


def _parted(text: str, whole: Span, *, at: re.Pattern[str]) -> tuple[Span, ...]:
    """``whole``, and where it is too long, its pieces between the breaks, joined to about equal lengths."""
    words = len(_WORD.findall(text, whole.start, whole.end))
    length = whole.end - whole.start
    pieces = max(-(-words // MOST_WORDS), -(-length // MOST_CHARACTERS))
    if pieces <= 1:
        return (whole,)
    atoms = _spans_between(text, [found.end() for found in at.finditer(text, whole.start, whole.end)], within=whole)
    return _pack(atoms, text, aim=length / pieces)


def _pack(atoms: tuple[Span, ...], text: str, *, aim: float) -> tuple[Span, ...]:
    """Neighbouring atoms joined to pieces of about ``aim`` characters and at least three words."""
    packed: list[Span] = []
    for atom in atoms:
        if packed and _belongs(packed[-1], atom, text=text, aim=aim):
            packed[-1] = Span(packed[-1].start, atom.end)
        else:
            packed.append(atom)
    return tuple(packed)


def _belongs(piece: Span, atom: Span, *, text: str, aim: float) -> bool:
    if _is_scrap(text, piece) or _is_scrap(text, atom):
        return True
    # Half of the atom beyond the aim is nearer to it than stopping short would be.
    return (piece.end + atom.end) / 2 - piece.start <= aim and atom.end - piece.start <= MOST_CHARACTERS


def _is_scrap(text: str, piece: Span) -> bool:
    words = _WORD.finditer(text, piece.start, piece.end)
    return sum(1 for _ in zip(range(FEWEST_WORDS), words, strict=False)) < FEWEST_WORDS


def _spans_between(text: str, ends: list[int], *, within: Span | None = None) -> tuple[Span, ...]:
    """What lies between the cuts, each without the blanks at its edges; empty pieces are left out."""
    whole = within or Span(0, len(text))
    cuts = [whole.start, *ends, whole.end]
    return tuple(
        Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        for start, end in pairwise(cuts)
        if (piece := text[start:end]).strip()
    )
