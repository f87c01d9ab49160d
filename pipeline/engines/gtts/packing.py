"""Floor 3, inside gtts: one utterance -> the parts in which Google's voice is asked for it. Pure.

It takes 100 characters at a time, and every part is said as a sentence of its own: its voice falls at the end. So what
matters is where the parts meet. Never inside a name or a number if that can be helped; then as few parts as can be, but
for one more where "the new | country" would be parted; and among those where a reader would breathe. What there is to
know of English for that, the lines of the transcript know.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.patterns import regex
from pipeline.transcript.costs import AFTER_LEADING_WORD, TORN, Word, break_costs

#: Raise it whenever the same text is packed in another way.
PACKING_VERSION = 1

#: What Google takes in one request, in characters as Python counts them. Source: gTTS.GOOGLE_TTS_MAX_CHARS.
LIMIT = 100


class Part(Struct, frozen=True, kw_only=True):
    """What is asked for at once: ``text`` stands at character ``start``; ``pause_s`` of silence follow its sound."""

    text: str
    start: int
    pause_s: float


#: In the coin of the transcript's costs, of which those before conjunctions and prepositions are mild.
_AFTER_SENTENCE, _AFTER_STOP, _AFTER_COMMA, _AT_BRACKET, _MILD, _ELSEWHERE = 0.0, 1.0, 2.0, 3.0, 5.0, 12.0
#: From here on a break is worth another part.
_DEAR = 20.0
_SENTENCE_ENDS, _STOPS, _COMMAS = ".?!…。！？", ";:—–；：", ",，、"
_OPENING, _CLOSING = "\"'“‘«»„‹([{¿¡", "\"'“”’«»›)]}"
#: Of these one character tells that something begins or ends; an apostrophe may be a plural's.
_OPENERS, _CLOSERS = frozenset(_OPENING), frozenset(_CLOSING) - {"'", "’"}

#: Silence where two parts meet. It is short: trimmed sound keeps 35 ms of its own at every joint.
_PAUSES_S = ((_SENTENCE_ENDS, 0.30), (_STOPS, 0.18), (_COMMAS, 0.12))
_PAUSE_AT_BLANK_S = 0.02

_WORD = regex(r"\S+")
#: Inside a word without a blank: behind a dash and the full-width marks of Chinese and Japanese.
_SEAM = regex(r"(?<=[—。！？；：，、])(?=\w)")
_FIGURE = regex(r"\d")
#: Of numbers in words: "twenty twenty-four", "three point seven million", "nineteen sixties", "one third".
_NUMBER_WORD = regex(
    r"(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)"
    r"t(?:y|ies|ieth)|(?:hundred|thousand|million|billion|trillion)s?|point)-?)+",
    re.IGNORECASE,
)

#: With these something begins where no sign stands: the objective | was, nobody asked | the pilots. Between two other
#: words nobody can tell, and "the new | country" is what it may be.
_BEGINNERS = frozenset(
    """a an the this that these those my your his her its our their all both each every some any no not of is are was
    were be been has have had will would can could may might must shall should do does did he she they we i it there
    also then now never always only""".split()  # noqa: SIM905 - a list of words is read as text
)
_BEGINNING = regex(r"\w+(?:ing|ed|ly)", re.IGNORECASE)

#: What comes before all costs of breaks: how many parts there are; before that, that none ends with "for the" or
#: "the new", which is worth one part more; and before everything that no name or number is torn.
_PART, _WORTH_A_PART, _TORN = 10**6, 3 * 10**6 // 2, 10**12
#: Each character less than this costs as much as a step of the breaks' own costs: no part is a word alone.
_SHORT = 25


def packed(text: str, *, language: str = "en") -> tuple[Part, ...]:
    """``text`` in parts of at most LIMIT characters, in order; ``language`` is a BCP 47 tag.

    Every letter and digit is in exactly one part; what lies between the parts are blanks, and signs without a word
    where they fill more than a part. No part is blank or without a letter or digit.
    """
    words = list(_words(text))
    costs = _costs(words, language=language)
    parts = [
        Part(
            text=text[words[first].start : words[last].end],
            start=words[first].start,
            pause_s=_pause(words, last + 1, costs=costs),
        )
        for first, last in _fewest(words, costs)
    ]
    return tuple(part for part in parts if _is_said(part.text))


def _words(text: str) -> Iterator[Word]:
    """What may be parted from its neighbours: words between blanks or dashes, and pieces of one that is too long."""
    for found in _WORD.finditer(text):
        seams = [seam.start() for seam in _SEAM.finditer(text, found.start(), found.end())]
        for start, end in zip([found.start(), *seams], [*seams, found.end()], strict=True):
            yield from _pieces(text, start, end=end)


def _pieces(text: str, start: int, *, end: int) -> Iterator[Word]:
    while end - start > LIMIT:
        cut = _cut(text, start)
        yield Word(text[start:cut], start, cut)
        start = cut
    yield Word(text[start:end], start, end)


def _cut(text: str, start: int) -> int:
    """The last place of a part that begins at ``start``; not between a letter and the marks that belong to it."""
    for cut in range(start + LIMIT, start + LIMIT // 2, -1):
        if not _is_joined(text[cut - 1], text[cut]):
            return cut
    return start + LIMIT


def _is_joined(before: str, after: str) -> bool:
    """Whether two characters are shown as one: accents, vowel signs, skin tones, sequences of emoji."""
    joiner = "\u200d"
    return joiner in (before, after) or unicodedata.category(after)[0] == "M" or "\U0001f3fb" <= after <= "\U0001f3ff"


def _costs(words: Sequence[Word], *, language: str) -> list[float]:
    """What it costs to part each word from the one before; signs that stand alone stay with their word."""
    is_english = language.partition("-")[0].lower() == "en"
    costs = list(_costs_of_english(words) if is_english else _costs_of_signs(words))
    for place in range(1, len(words)):
        before, after = words[place - 1].text, words[place].text
        if not before.strip(_OPENING) or not (_is_said(after) or after[0] in _OPENING):
            costs[place] = TORN
    return costs


def _costs_of_english(words: Sequence[Word]) -> Iterator[float]:
    """As the transcript breaks its lines, with numbers in words kept together, and quotations like brackets."""
    for place, cost in enumerate(break_costs(words)):
        before, after = (words[place - 1].text, words[place].text) if place else ("", "")
        if _is_inside_number(before, after):
            yield TORN
        elif cost < AFTER_LEADING_WORD and after[:1] in _OPENERS:
            yield min(cost, _AT_BRACKET)
        else:
            is_dear = cost > _MILD and not _is_beginning(after) and before[-1:] not in _CLOSERS
            yield max(cost, _DEAR) if is_dear else cost


def _is_inside_number(before: str, after: str) -> bool:
    """Whether both are words of one number, or a number and "percent"."""
    if not _NUMBER_WORD.fullmatch(before):
        return False
    bare = after.strip(_OPENING + _CLOSING + _COMMAS + _STOPS + _SENTENCE_ENDS)
    return bool(_NUMBER_WORD.fullmatch(bare)) or bare in {"percent", "per"}


def _is_beginning(word: str) -> bool:
    return word.lower() in _BEGINNERS or bool(_BEGINNING.match(word))


def _costs_of_signs(words: Sequence[Word]) -> Iterator[float]:
    """For languages of which we know no words: by the signs at the end, and a number stays with what it counts."""
    yield from [0.0] * bool(words)
    for word, after in pairwise(words):
        last = word.text.rstrip(_CLOSING)[-1:]
        if last == "." and len(word.text.strip(_OPENING + _CLOSING)) <= 4:  # "Dr.", "bzw.", "M."
            yield AFTER_LEADING_WORD
        elif last and last in _SENTENCE_ENDS:
            yield _AFTER_SENTENCE
        elif last and last in _STOPS + _COMMAS:
            yield _AFTER_COMMA if last in _COMMAS else _AFTER_STOP
        elif after.text[:1] in _OPENERS or word.text[-1:] in _CLOSERS:
            yield _AT_BRACKET
        else:
            yield AFTER_LEADING_WORD if _FIGURE.search(word.text) else _ELSEWHERE


def _fewest(words: Sequence[Word], costs: Sequence[float]) -> list[tuple[int, int]]:
    """The first and last word of each part, by the cheapest way through all places where parts may meet."""
    best, origin = [0], [0]
    for end in range(1, len(words) + 1):
        ways = []
        for first in range(end - 1, -1, -1):
            length = words[end - 1].end - words[first].start
            if length > LIMIT:
                break
            ways.append((best[first] + _break_cost(costs[first]) + _part_cost(length), first))
        cost, first = min(ways)
        best.append(cost)
        origin.append(first)
    parts, end = [], len(words)
    while end:
        parts.append((origin[end], end - 1))
        end = origin[end]
    return parts[::-1]


def _break_cost(cost: float) -> int:
    if cost >= TORN:
        return _TORN
    return round(10 * cost) + (_WORTH_A_PART if cost >= _DEAR else 0)


def _part_cost(length: int) -> int:
    """More for a short part, and a little for its length squared, so that parts are of about one length."""
    return _PART + 10 * max(0, _SHORT - length) + length * length // 100


def _is_said(text: str) -> bool:
    """Whether there is anything to say: Google answers nothing for signs alone."""
    return any(character.isalnum() for character in text)


def _pause(words: Sequence[Word], place: int, *, costs: Sequence[float]) -> float:
    """Silence before the word at ``place``; a full stop that is dear to break at ends no sentence."""
    if place == len(words) or (words[place - 1].end == words[place].start and costs[place] > _AT_BRACKET):
        return 0.0
    last = words[place - 1].text.rstrip(_CLOSING)[-1:]
    for signs, pause_s in _PAUSES_S:
        if last and last in signs and costs[place] <= _AT_BRACKET:
            return pause_s
    return _PAUSE_AT_BLANK_S
