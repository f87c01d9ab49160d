"""Word marks from what an engine reports: one Mark for each word of the text, and how good it is. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Mark, MarkKind, Timing
from pipeline.patterns import regex

_WORD = regex(r"\S+")


def word_marks(
    text: str, starts: Sequence[tuple[int, int]], *, sample_count: int, timing: Timing = Timing.EXACT
) -> tuple[Mark, ...]:
    """One Mark a word of ``text`` (between blanks), in order and without overlap.

    ``starts`` are (character, sample) pairs in the engine's order. A word takes the first pair that lies inside it
    and is then as good as ``timing``. Engines run little words together ("of the") and say numbers as several: a
    word without a pair is interpolated by characters between its neighbours, and says so.
    """
    words = [match.span() for match in _WORD.finditer(text)]
    if not words:
        return ()
    known = _first_inside(words, [pair for pair in starts if 0 <= pair[1] <= sample_count])
    samples = _interpolate([start for start, _ in words], known, end=(len(text), sample_count))
    ends = [*samples[1:], sample_count]
    return tuple(
        Mark(
            kind=MarkKind.WORD,
            char_start=start,
            char_end=end,
            sample_start=sample,
            sample_end=sample_end,
            timing=timing if number in known else Timing.INTERPOLATED,
        )
        for number, ((start, end), sample, sample_end) in enumerate(zip(words, samples, ends, strict=True))
    )


def _first_inside(words: Sequence[tuple[int, int]], starts: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Word number -> sample, for words that hold a pair; samples never go back."""
    known: dict[int, int] = {}
    number, latest = 0, 0
    for character, sample in starts:
        while number < len(words) and words[number][1] <= character:
            number += 1
        if number < len(words) and words[number][0] <= character and number not in known and sample >= latest:
            known[number] = latest = sample
    return known


def _interpolate(characters: Sequence[int], known: dict[int, int], *, end: tuple[int, int]) -> list[int]:
    """A sample for every word start: the known ones, and straight lines between them."""
    fixed = [(-1, 0, 0), *((number, characters[number], sample) for number, sample in sorted(known.items()))]
    fixed.append((len(characters), *end))
    samples: list[int] = []
    for (number, char_a, sample_a), (next_number, char_b, sample_b) in pairwise(fixed):
        if number >= 0:
            samples.append(sample_a)
        for between in range(number + 1, next_number):
            share = (characters[between] - char_a) / max(1, char_b - char_a)
            samples.append(sample_a + round(share * (sample_b - sample_a)))
    return samples
