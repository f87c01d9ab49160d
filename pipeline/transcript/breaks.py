"""Floor 2, inside the transcript: where a sentence is broken into cues, and a cue into lines. Pure.

`costs.py` says what each place between two words costs; here the cheapest way through the whole sentence is found.
Source: the Netflix Timed Text Style Guide (two lines of 42 characters, at most 7 seconds) and the BBC Subtitle
Guidelines (a single sentence where possible).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.patterns import regex
from pipeline.transcript.costs import AFTER_LEADING_WORD, TORN, Word, break_costs

LINE_CHARACTERS = 42
LONGEST_S = 7.0
SHORTEST_S = 1.0

#: Costs, in the same coin as those of the breaks.
_EXTRA_PIECE, _IMBALANCE, _FLASH, _TOO_SHORT, _LONE_WORD = 8.0, 8.0, 40.0, 40.0, 30.0
#: A break between lines is seen at one glance, one between cues is not: it counts for less.
_WITHIN = 0.6

#: A word never holds a blank, save the no-break ones, which are there to keep it whole.
_WORD = regex(r"\S+(?:[\u00a0\u202f]+\S+)*")


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
    sentence = _Sentence(tuple(words), break_costs(words), tuple(seconds), _share(words))
    if seconds[-1] - seconds[0] <= LONGEST_S and _reads_well(_line_break(sentence, 0, end=len(words))):
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
    found = _line_break(_Sentence(words, break_costs(words), (), _share(words)), 0, end=len(words))
    place = found.place if found else min(range(1, len(words)), key=lambda n: abs(2 * words[n].start - len(text)))
    return [text[: words[place - 1].end], text[words[place].start :]]


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
            cost = sentence.costs[place] + abs(first - second) / 4
            best = _LineBreak(cost, place) if best is None or cost < best.cost else best
    return best


def _reads_well(lines: _LineBreak | None) -> bool:
    """Whether the words fit on two lines, and the first one does not end on a word that leans on the next."""
    return lines is not None and lines.cost < AFTER_LEADING_WORD


def _pieces_before(sentence: _Sentence, end: int) -> Iterator[tuple[int, float]]:
    """Every start from which a piece up to ``end`` may run, and its cost; the last word alone may always."""
    for start in range(end - 1, -1, -1):
        lines = _line_break(sentence, start, end=end)
        if lines is not None:
            yield start, _piece_cost(sentence, start, end=end) + _WITHIN * lines.cost
        elif start == end - 1:
            yield start, TORN
        elif sentence.width(start, end) > 2 * LINE_CHARACTERS:
            return


def _piece_cost(sentence: _Sentence, start: int, *, end: int) -> float:
    seconds = sentence.seconds[end] - sentence.seconds[start]
    is_flash = seconds < SHORTEST_S and end - start < len(sentence.words)
    # Squared, so that balance wins over one perfect break.
    imbalance = (sentence.width(start, end) / sentence.share - 1) ** 2
    cost = _EXTRA_PIECE + _IMBALANCE * imbalance
    cost += sentence.costs[end] if end < len(sentence.words) else 0.0
    cost += _FLASH + _TOO_SHORT * (SHORTEST_S - seconds) if is_flash else 0.0
    if end - start == 1:
        return cost + _LONE_WORD
    return cost + (TORN * seconds if seconds > LONGEST_S else 0.0)


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
