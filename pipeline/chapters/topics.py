"""Floor 2, inside the chapters: where the topic changes, from the words alone. Pure.

Every chapter is seen as drawn from a word distribution of its own, with a symmetric Dirichlet prior that is
integrated out; the boundaries that make the text most probable are found by dynamic programming over paragraphs.
Source: Eisenstein and Barzilay, Bayesian Unsupervised Topic Segmentation, EMNLP 2008 (its lexical part).

On articles whose headings had been taken out, five of ten boundaries are where the author had set them, against two of
ten by chance (`make bench-chapters`, docs/design-notes.md). So what it gives is a proposal.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import inf, lgamma, log

from msgspec import Struct

#: The prior's weight of one word: small, so that a chapter is about few words. Anything from 0.3 to 0.6 does as well.
_PRIOR = 0.4


class Stretch(Struct, frozen=True, kw_only=True):
    """One paragraph as the model sees it: its stems, words as read, second it begins, whether a chapter may begin.

    ``opening`` is how much more probable it is as the first paragraph of a chapter than another one, as a logarithm.
    """

    stems: tuple[str, ...]
    words: int
    start_s: float
    can_begin: bool
    opening: float = 0.0


class Limits(Struct, frozen=True, kw_only=True):
    """How many chapters at most and what each must hold; a chapter ends at the first chance past ``most_words``."""

    count: int
    least_words: int
    least_s: float
    most_words: float


def topic_starts(stretches: Sequence[Stretch], limits: Limits, *, end_s: float) -> tuple[int, ...]:
    """The numbers of the paragraphs with which chapters begin, 0 first; as many as ``limits.count`` allows.

    The first chapter begins at second 0 whatever its first paragraph does, the last one ends at ``end_s``. Memory
    is linear in the text, time in the text times the longest chapter.
    """
    size = len(stretches)
    best = [[-inf] * (size + 1) for _ in range(limits.count + 1)]
    origin = [[0] * (size + 1) for _ in range(limits.count + 1)]
    best[0][0] = 0.0
    ways = _Ways(stretches, limits, end_s=end_s)
    for start in range(size):
        counts = [count for count in range(limits.count) if best[count][start] > -inf]
        for end, score in ways.onwards(start) if counts else ():
            for count in counts:
                if best[count][start] + score > best[count + 1][end]:
                    best[count + 1][end] = best[count][start] + score
                    origin[count + 1][end] = start
    most = max((count for count in range(1, limits.count + 1) if best[count][size] > -inf), default=0)
    return _walk_back(origin, most, end=size)


def _walk_back(origin: list[list[int]], count: int, *, end: int) -> tuple[int, ...]:
    starts = []
    for left in range(count, 0, -1):
        end = origin[left][end]
        starts.append(end)
    return tuple(reversed(starts))


class _Ways:
    """The chapters that may begin at a paragraph, and how probable each makes its words."""

    def __init__(self, stretches: Sequence[Stretch], limits: Limits, *, end_s: float) -> None:
        self._limits = limits
        self._openings = [0.0, *(stretch.opening for stretch in stretches[1:])]
        self._can_begin = [*(stretch.can_begin for stretch in stretches), True]
        self._starts_s = [0.0, *(stretch.start_s for stretch in stretches[1:]), end_s]
        self._words = list(accumulate((stretch.words for stretch in stretches), initial=0))
        self._sizes = list(accumulate((len(stretch.stems) for stretch in stretches), initial=0))
        self._numbers, self._vocabulary = _numbered(stretches)
        most = max(Counter(number for numbers in self._numbers for number in numbers).values(), default=0)
        # What the n-th occurrence of a word adds, for every n there is: the inner loop only looks up.
        self._gains = [log(_PRIOR + count) for count in range(most + 1)]

    def onwards(self, start: int) -> Iterator[tuple[int, float]]:
        """Each paragraph number at which a chapter from ``start`` may end, and the chapter's score."""
        if not self._can_begin[start]:
            return
        counts: dict[int, int] = {}
        score, gains = self._openings[start], self._gains
        for last in range(start, len(self._numbers)):
            for number in self._numbers[last]:
                seen = counts.get(number, 0)
                score += gains[seen]
                counts[number] = seen + 1
            if self._is_whole(start, last + 1):
                yield last + 1, score - self._norm(self._sizes[last + 1] - self._sizes[start])
                if self._is_long(start, last + 1):
                    return

    def _is_whole(self, start: int, end: int) -> bool:
        return (
            self._can_begin[end]
            and self._words[end] - self._words[start] >= self._limits.least_words
            and self._starts_s[end] - self._starts_s[start] >= self._limits.least_s
        )

    def _is_long(self, start: int, end: int) -> bool:
        """Whether no longer chapter is looked at; a rest too short for a chapter of its own still joins this one."""
        rest = self._words[-1] - self._words[end]
        return self._words[end] - self._words[start] > self._limits.most_words and rest >= self._limits.least_words

    def _norm(self, size: int) -> float:
        weight = _PRIOR * self._vocabulary
        return lgamma(size + weight) - lgamma(weight)


def _numbered(stretches: Sequence[Stretch]) -> tuple[list[list[int]], int]:
    """The stems that occur more than once as numbers, paragraph by paragraph; and how many different ones there are.

    A stem that occurs once adds the same to every way of cutting, so the inner loop need not see it.
    """
    totals = Counter(stem for stretch in stretches for stem in stretch.stems)
    numbers = {stem: number for number, (stem, count) in enumerate(totals.items()) if count > 1}
    return [[numbers[stem] for stem in stretch.stems if stem in numbers] for stretch in stretches], len(totals)
