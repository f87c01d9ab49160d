"""Between sentences and utterances: where a sentence too long for one breath is parted.

Own rules, no grammar: a mark parts first, then a comma at which, as far as its words tell, another clause begins.
Where neither is sure the sentence stays whole, for a voice gets over a long sentence better than over a wrong pause.
Nothing is parted inside brackets, nor a quotation from the words beside it that say whose it is.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from pipeline.model import Span
from pipeline.patterns import regex
from pipeline.text.english.sentences import CLOSERS, SPEECH, spans_between

#: A sentence of more words or characters than this is parted where it lets itself be parted well.
MOST_WORDS = 35
MOST_CHARACTERS = 250
#: And one of more words than this at any phrase between commas.
FAR_TOO_MANY_WORDS = 50
FEWEST_WORDS = 4
#: An opening clause of fewer words needs no breath after it.
FEWEST_OPENING_WORDS = 6
#: A voice needs more than half a minute for so many, so no piece ever has more.
MOST_CHARACTERS_EVER = 600

_BRACKET = r"[()\[\]]"
_MARK = regex(rf"[;:][{CLOSERS}]*+\s++|\s(?P<dash>[—–])\s++|(?<=[^\W\d_])(?P<tight>—)(?=\w)|{_BRACKET}")
_COMMA = regex(rf",[{CLOSERS}]*+\s++|{_BRACKET}")
_WORD = regex(r"\S+")
_QUOTES = frozenset("\"'“”‘’«»")
#: Up to the last blank that is near enough; a word without end is cut.
_BREATH = regex(rf"\S(?:.{{0,{MOST_CHARACTERS_EVER - 1}}}(?<=\S)(?!\S)|.{{0,{MOST_CHARACTERS_EVER - 1}}})", re.DOTALL)

_CONJUNCTION = (
    r"(?:and|but|or|nor|so|yet|while|whilst|whereas|although|though|because|since|unless|until|when|where|as|if|"
    r"after|before)"
)
_PHRASE = regex(rf"(?!so\s)(?:{_CONJUNCTION}|which|who|whose|whom|including|making|leaving|with|rather)\s")
#: At the comma of "and, in the end, it" nothing begins.
_CONJUNCTION_LAST = regex(r"\b(?:and|but|or|that)\Z")
_AUXILIARY = r"(?:is|are|was|were|has|have|had|does|did|will|would|should|can|could|may|might|must|cannot|\w+n['’]t)\b"
_PAST = (
    r"(?:said|told|made|took|came|went|gave|became|began|saw|led|left|held|met|won|lost|kept|grew|knew|thought|"
    r"brought|built|sent|spent|fell|fought|broke|chose|drew|drove|rose|ran|spoke|stood|struck|threw|wrote|felt|found|"
    r"got|sought|sold|paid|agreed|(?!hundred\b)[a-z]{2,}[a-df-z]ed)\b"
)
_VERB = regex(rf"\b(?:{_AUXILIARY}|{_PAST})")
_ADVERB = r"(?:(?:\w+ly|also|then|now|still|even|never|soon|often|later|thus|therefore|again)\s)?"
#: A few words without a mark and without one that brings a verb of its own.
_SUBJECT = r"(?:(?!(?:that|which|who|whose|to|and|or)\s)[\w.’'-]+\s){1,7}?"
_NAME = r"(?:the\s)?(?:[A-Z][\w.’'-]*\s){1,4}"
_PRONOUN = r"(?:I|he|she|it|we|they|you|there|nobody)\s\w"
_CLAUSE = regex(
    rf"{_CONJUNCTION}\s(?:{_PRONOUN}|{_SUBJECT}{_AUXILIARY}|{_NAME}{_ADVERB}{_PAST})"
    rf"|(?:and|but|or|yet)\s{_ADVERB}(?:{_AUXILIARY}|{_PAST})"
)
#: What begins with one of these has its main clause still to come, at the first comma before a subject with its verb.
_OPENING = regex(
    r"[(“\"‘'\[]*+(?:(?:and|but|so|yet)\s)?(?:although|though|even\s(?:though|as|if)|while|whilst|when|whenever|as|if|"
    r"because|since|after|before|once|until|unless|despite|following|during|in|with|without|under|given|far\sfrom|"
    r"rather\sthan|instead\sof|by|at|on|from|for|like|unlike|[a-z]{3,}ing)\s",
    re.IGNORECASE,
)
#: Between two commas: what belongs to the words after it, and who says all of it.
_NO_OPENING = regex(
    r"(?:and|but|or|so|yet)"
    r"(?:\s?,|\s(?:in|at|on|by|after|before|over|during|when|while|as|if|for|with|from|under|since|until)\s)"
    rf"|[^,]{{1,80}}\s{SPEECH}(?=,)"
)
_ARTICLE = r"(?:the|an?|its|his|her|their|our|no|many|most|some|few|both|neither|several|this|these|those)\s"
_MAIN_CLAUSE = regex(
    rf"{_PRONOUN}|{_ARTICLE}{_SUBJECT}(?:{_AUXILIARY}|{_PAST})(?!\sby\s)"
    rf"|{_NAME}{_ADVERB}(?:{_AUXILIARY}|{_PAST})"
)
#: Up to the end, so that no more of the main clause is behind it.
_LAST_CLAUSE = regex(r"(?:because|although|though|while|whilst|whereas|unless)\s[^,—–]*+\Z")

Breaks = Callable[[str, Span], Iterator[int]]


def split_long(text: str, sentence: Span) -> tuple[Span, ...]:
    """``sentence`` in pieces of at most 35 words and 250 characters, as far as it lets itself be parted well.

    It is parted after a semicolon, a colon or a dash, then at a comma before a conjunction with its own verb and at
    the one between an opening clause and the main clause; what still has more than 50 words also at other commas
    before a conjunction or a relative. No piece so made has fewer than four words, and the pieces are about equally
    long. What is then still longer than 600 characters is parted at blanks, and a word that long within it.
    """
    clauses = (piece for piece in _parted(text, sentence, at=_after_marks))
    phrases = (piece for clause in clauses for piece in _parted(text, clause, at=_at_clauses))
    shorter = (
        piece
        for phrase in phrases
        for piece in (_parted(text, phrase, at=_at_phrases) if _has_far_too_many(text, phrase) else (phrase,))
    )
    return tuple(piece for whole in shorter for piece in _bounded(text, whole))


def _bounded(text: str, whole: Span) -> Iterator[Span]:
    """``whole``, or where nobody could say it in one breath, pieces between blanks: a table, a list without marks.

    Every stage that follows takes an utterance as a whole, so its length must have an end.
    """
    if whole.end - whole.start <= MOST_CHARACTERS_EVER:
        yield whole
        return
    for piece in _BREATH.finditer(text, whole.start, whole.end):
        yield Span(piece.start(), piece.end())


def _after_marks(text: str, whole: Span) -> Iterator[int]:
    """After a semicolon, a colon, a dash that is no half of a pair; a quotation keeps the words that introduce it."""
    marks = list(_outside_brackets(_MARK, text, whole=whole))
    dashes = sum(mark["dash"] is not None or mark["tight"] is not None for mark in marks)
    for mark in marks:
        is_dash = mark["dash"] or mark["tight"]
        beside = text[mark.start() - 1 : mark.start()] if is_dash else text[mark.end() : mark.end() + 1]
        is_attribution = beside in _QUOTES and mark[0][0] != ";"
        if not is_attribution and not (is_dash and dashes > 1):
            yield mark.end()


def _at_clauses(text: str, whole: Span) -> Iterator[int]:
    """Behind a comma that has a verb before it, back to the comma before, and a conjunction and a clause after it.

    A last clause that no list can hold ("because ...") needs no verb just before it, nor does the main clause that
    follows an opening one ("When ...").
    """
    certain = {end for end in _commas(text, whole) if _CLAUSE.match(text, end, whole.end)}
    certain.update(islice(_main_clauses(text, whole), 1))
    for comma in _outside_brackets(_COMMA, text, whole=whole):
        if comma.end() in certain or _LAST_CLAUSE.match(text, comma.end(), whole.end):
            yield comma.end()


def _main_clauses(text: str, whole: Span) -> Iterator[int]:
    """Where the main clause of a sentence may begin that has an opening one of at least six words."""
    if not _OPENING.match(text, whole.start, whole.end):
        return
    start = whole.start
    for comma in _outside_brackets(_COMMA, text, whole=whole):
        is_halted = _CONJUNCTION_LAST.search(text, max(start, comma.start() - 8), comma.start())
        if is_halted or (start > whole.start and _NO_OPENING.match(text, start, comma.end())):
            return
        is_clause = _MAIN_CLAUSE.match(text, comma.end(), whole.end)
        if is_clause and _has_words(text, Span(whole.start, comma.start()), at_least=FEWEST_OPENING_WORDS):
            yield comma.end()
        start = comma.end()


def _at_phrases(text: str, whole: Span) -> Iterator[int]:
    return (end for end in _commas(text, whole) if _PHRASE.match(text, end, whole.end))


def _commas(text: str, whole: Span) -> Iterator[int]:
    """Behind each comma with a verb between it and the one before: what has none is an item of a list or an aside."""
    start = whole.start
    for comma in _outside_brackets(_COMMA, text, whole=whole):
        is_inside = _CONJUNCTION_LAST.search(text, max(start, comma.start() - 8), comma.start())
        is_item = _is_scrap(text, Span(start, comma.start()))
        if not is_inside and not is_item and _VERB.search(text, start, comma.start()):
            yield comma.end()
        start = comma.end()


def _outside_brackets(pattern: re.Pattern[str], text: str, *, whole: Span) -> Iterator[re.Match[str]]:
    """The finds that are no brackets and lie in none; ``pattern`` must find the brackets as well."""
    depth = 0
    for found in pattern.finditer(text, whole.start, whole.end):
        depth = max(0, depth + found[0].count("(") + found[0].count("[") - found[0].count(")") - found[0].count("]"))
        if not depth and found[0] not in "()[]":
            yield found


def _parted(text: str, whole: Span, *, at: Breaks) -> tuple[Span, ...]:
    """``whole``, and where it is too long, its pieces between the breaks, joined to about equal lengths."""
    length = whole.end - whole.start
    pieces = max(-(-_words(text, whole) // MOST_WORDS), -(-length // MOST_CHARACTERS))
    if pieces <= 1:
        return (whole,)
    return _pack(spans_between(text, list(at(text, whole)), within=whole), text, aim=length / pieces)


def _words(text: str, piece: Span) -> int:
    return sum(1 for _ in _WORD.finditer(text, piece.start, piece.end))


def _has_far_too_many(text: str, piece: Span) -> bool:
    return _words(text, piece) > FAR_TOO_MANY_WORDS


def _pack(atoms: tuple[Span, ...], text: str, *, aim: float) -> tuple[Span, ...]:
    """Neighbouring atoms joined to pieces of about ``aim`` characters and at least four words."""
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
    return not _has_words(text, piece, at_least=FEWEST_WORDS)


def _has_words(text: str, piece: Span, *, at_least: int) -> bool:
    words = _WORD.finditer(text, piece.start, piece.end)
    return sum(1 for _ in islice(words, at_least)) == at_least
