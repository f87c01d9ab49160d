"""Floor 2, inside the transcript: where a sentence may be broken into cues, and a cue into lines. Pure.

A break is a place between two words and has a cost: nothing after the end of a sentence, little after a comma or
before a conjunction, much where it would tear apart what belongs together. Source: the Netflix Timed Text Style
Guide (two lines of 42 characters; break after punctuation, before conjunctions and prepositions, never inside a
name) and the BBC Subtitle Guidelines (a single sentence where possible).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LINE_CHARACTERS = 42
LONGEST_S = 7.0
SHORTEST_S = 1.0


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Costs, in the same coin as the imbalance of the pieces (1 to 10) and the extra piece itself.
_AFTER_SENTENCE, _AFTER_STOP, _AFTER_COMMA, _BEFORE_CONJUNCTION, _BEFORE_PREPOSITION = 0.0, 1.0, 2.0, 3.0, 5.0
_ELSEWHERE, _AFTER_LEADING_WORD, _TORN = 12.0, 25.0, 10_000.0
_EXTRA_PIECE, _IMBALANCE, _TOO_SHORT, _LONE_WORD = 8.0, 10.0, 40.0, 30.0

_CONJUNCTIONS = _set(
    """and or but nor yet so because although though while whereas when where who whom whose which that if unless until
    since before after as than whether once"""
)
_PREPOSITIONS = _set(
    """about above across after against along amid among around at before behind below beneath beside between beyond
    by despite down during except for from in inside into like near of off on onto outside over past per since through
    throughout to toward towards under until up upon via with within without"""
)
#: Words that lean on the next one: a line never ends on them if that can be helped.
_LEADING = (
    _set(
        """a an the this that these those my your his her its our their no not every each some any few several many all
        other another two three very more most less is are was were be been has have had will would can could may might
        must shall should do does did he she they we i it you according such due rather both between either sir lord
        president minister secretary"""
    )
    | _PREPOSITIONS
    | (_CONJUNCTIONS - {"so", "yet"})
)
_NAME_LINKS = frozenset(["of", "the", "de", "da", "del", "van", "von", "der", "al", "el", "bin", "ibn", "la", "le"])
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.)+|(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Col|Prof|No|Art|Fig|Vol|vs|cf)\.")
#: A word never holds a blank, save the no-break ones, which are there to keep it whole.
_WORD = re.compile(r"\S+(?:[\u00a0\u202f]+\S+)*")
_OPENING, _CLOSING = "\"'“”‘’«»([{—–-", "\"'“”‘’«»)]}"


class Word(NamedTuple):
    """A word with its punctuation, and the characters of the text where it stands."""

    text: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """The words of ``text`` in order: the only places between which a break can fall."""
    return tuple(Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text))


def pieces(words: Sequence[Word], seconds: Sequence[float]) -> list[tuple[int, int]]:
    """The cheapest way to break ``words`` into cues, as half-open ranges of word numbers.

    ``seconds`` are when each word begins and, one more, when the last one ends. Every piece fits on two lines and
    into 7 seconds, unless a single word does not.
    """
    if not words:
        return []
    sentence = _Sentence(tuple(words), _break_costs(words), tuple(seconds), _share(words))
    if seconds[-1] - seconds[0] <= LONGEST_S and _line_break(sentence, 0, end=len(words)) is not None:
        return [(0, len(words))]
    costs, previous = [0.0], [0]
    for end in range(1, len(words) + 1):
        cost, start = min((costs[start] + cost, start) for start, cost in _pieces_before(sentence, end))
        costs.append(cost)
        previous.append(start)
    return _walk_back(previous)


def two_lines(text: str) -> list[str]:
    """``text`` on one line where it fits, otherwise on two balanced ones, the break at a good place.

    Where a word is so long that nothing fits, the lines are as even as they can be.
    """
    words = words_of(text)
    if len(text) <= LINE_CHARACTERS or len(words) < 2:
        return [text]
    found = _line_break(_Sentence(words, _break_costs(words), (), _share(words)), 0, end=len(words))
    place = found.place if found else min(range(1, len(words)), key=lambda n: abs(2 * words[n].start - len(text)))
    return [text[: words[place - 1].end], text[words[place].start :]]


def break_cost(words: Sequence[Word], place: int) -> float:
    """What a break before word number ``place`` costs."""
    before, after = words[place - 1].text, words[place].text
    if _is_torn(before, after):
        return _TORN
    if _is_inside_a_name(words, place):
        return _AFTER_LEADING_WORD
    return _cost_by_punctuation(before) if _has_stop(before) else _cost_by_words(_bare(before), _bare(after))


class _Sentence(NamedTuple):
    """Words, what a break before each of them costs, when they begin, and the fair share of a piece in characters."""

    words: tuple[Word, ...]
    costs: tuple[float, ...]
    seconds: tuple[float, ...]
    share: float

    def width(self, start: int, end: int) -> int:
        """How many characters the words from ``start`` up to ``end`` take."""
        return self.words[end - 1].end - self.words[start].start


class _LineBreak(NamedTuple):
    """Before which word the second line begins, 0 for one line; and what that costs."""

    cost: float
    place: int


def _break_costs(words: Sequence[Word]) -> tuple[float, ...]:
    return (0.0, *(break_cost(words, place) for place in range(1, len(words))))


def _line_break(sentence: _Sentence, start: int, *, end: int) -> _LineBreak | None:
    """The best way to put these words on at most two lines of 42 characters, None where there is none."""
    if sentence.width(start, end) <= LINE_CHARACTERS:
        return _LineBreak(0.0, 0)
    best = None
    words, left, right = sentence.words, sentence.words[start].start, sentence.words[end - 1].end
    for place in range(end - 1, start, -1):
        second = right - words[place].start
        if second > LINE_CHARACTERS:
            break
        first = words[place - 1].end - left
        if first <= LINE_CHARACTERS:
            cost = sentence.costs[place] + abs(first - second) / 3
            best = _LineBreak(cost, place) if best is None or cost < best.cost else best
    return best


def _pieces_before(sentence: _Sentence, end: int) -> Iterator[tuple[int, float]]:
    """Every start from which a piece up to ``end`` may run, and its cost; the last word alone may always."""
    for start in range(end - 1, -1, -1):
        lines = _line_break(sentence, start, end=end)
        if lines is not None:
            yield start, _piece_cost(sentence, start, end=end) + lines.cost / 2
        elif start == end - 1:
            yield start, _TORN
        elif sentence.width(start, end) > 2 * LINE_CHARACTERS:
            return


def _piece_cost(sentence: _Sentence, start: int, *, end: int) -> float:
    seconds = sentence.seconds[end] - sentence.seconds[start]
    # Squared, so that balance wins over one perfect break.
    imbalance = (sentence.width(start, end) / sentence.share - 1) ** 2
    cost = _EXTRA_PIECE + _IMBALANCE * imbalance
    cost += sentence.costs[end] if end < len(sentence.words) else 0.0
    cost += _TOO_SHORT * max(0.0, SHORTEST_S - seconds)
    if end - start == 1:
        return cost + _LONE_WORD
    return cost + (_TORN * seconds if seconds > LONGEST_S else 0.0)


def _share(words: Sequence[Word]) -> float:
    """How many characters a piece has when as few as possible share the sentence equally, at least two."""
    whole = words[-1].end - words[0].start
    return whole / max(2, -(-whole // (2 * LINE_CHARACTERS)))


def _walk_back(previous: list[int]) -> list[tuple[int, int]]:
    ranges = []
    end = len(previous) - 1
    while end:
        ranges.append((previous[end], end))
        end = previous[end]
    return ranges[::-1]


def _is_torn(before: str, after: str) -> bool:
    """Whether a break here parts number and unit, month and day, or two capitalised words of a name."""
    if _has_stop(before):
        return False
    first, second = before.strip(_OPENING + _CLOSING), after.strip(_OPENING + _CLOSING)
    if _is_number(first):
        return _bare(second) not in _LEADING
    return _is_capitalised(first) and (_is_capitalised(second) or _is_number(second))


def _is_inside_a_name(words: Sequence[Word], place: int) -> bool:
    """Whether small words of a name stand beside the break: Treaty | of Paris, Ruben van | der Molen."""
    first, last = place - 1, place
    while first > 0 and words[first].text in _NAME_LINKS:
        first -= 1
    while last < len(words) - 1 and words[last].text in _NAME_LINKS:
        last += 1
    between = [word.text for word in words[first + 1 : last]]
    return (
        between not in ([], ["the"])
        and _is_capitalised(words[first].text)
        and not _has_stop(words[first].text)
        and _is_capitalised(words[last].text)
    )


def _has_stop(word: str) -> bool:
    """Whether a pause follows the word; the full stop of an abbreviation is none."""
    return word.rstrip(_CLOSING)[-1:] in tuple(".?!…;:,—–") and not _ABBREVIATION.fullmatch(word.lstrip(_OPENING))


def _cost_by_punctuation(before: str) -> float:
    last = before.rstrip(_CLOSING)[-1:]
    if last in ".?!…":
        return _AFTER_SENTENCE
    return _AFTER_COMMA if last == "," else _AFTER_STOP


def _cost_by_words(before: str, after: str) -> float:
    if before in _LEADING:
        return _AFTER_LEADING_WORD
    if after in _CONJUNCTIONS:
        return _BEFORE_CONJUNCTION
    return _BEFORE_PREPOSITION if after in _PREPOSITIONS and after != "of" else _ELSEWHERE


def _bare(word: str) -> str:
    return word.strip(_OPENING + _CLOSING + ".?!…;:,").lower()


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper()


def _is_number(word: str) -> bool:
    return word[-1:].isdigit() or word.lstrip("$€£¥")[:1].isdigit()
