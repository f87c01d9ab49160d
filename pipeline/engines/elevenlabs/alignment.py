"""Floor 3, engine elevenlabs: the times of characters that came back -> those of the words of the given text. Pure.

A time is taken where the character it belongs to is certain, and nowhere else: no mark is better than a wrong one.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from msgspec import Struct

from pipeline.patterns import regex

#: Of the words of a text that was changed before it was spoken, so many must be found again, or none of them counts.
_LEAST_SHARE = 0.5

_WORD = regex(r"\S+")

#: A character of a text, counted from 0, and when it is heard, in seconds.
Start = tuple[int, float]


class Alignment(Struct, frozen=True):
    """Characters of what was spoken, and when each begins and ends, in seconds."""

    characters: tuple[str, ...]
    character_start_times_seconds: tuple[float, ...]
    character_end_times_seconds: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """What was spoken."""
        return "".join(self.characters)

    @property
    def is_sound(self) -> bool:
        """Whether there is a time for each character, and none before the one that precedes it."""
        times = self.character_start_times_seconds
        return len(times) == len(self.characters) and all(0 <= one <= other for one, other in pairwise([0.0, *times]))


def find_starts(text: str, alignment: Alignment | None, *, normalized: Alignment | None) -> tuple[Start, ...]:
    """When letters and digits of ``text`` are heard, in order; nothing where that cannot be told.

    ``alignment`` is that of the text as it was sent; where it is another text, words are looked for in what was spoken.
    """
    if alignment is not None and alignment.is_sound and alignment.text == text:
        return tuple(_of_characters(alignment))
    for other in (normalized, alignment):
        starts = _of_words(text, other) if other is not None and other.is_sound else ()
        if starts:
            return starts
    return ()


def _of_characters(alignment: Alignment) -> Iterator[Start]:
    """Marks of punctuation are left out: they are given the pause before a word, and begin with it."""
    offsets = accumulate((len(sign) for sign in alignment.characters), initial=0)
    for sign, offset, seconds in zip(
        alignment.characters, offsets, alignment.character_start_times_seconds, strict=False
    ):
        if sign.isalnum():
            yield offset, seconds


def _of_words(text: str, alignment: Alignment) -> tuple[Start, ...]:
    """The starts of those words of ``text`` that were spoken as they stand."""
    heard = dict(_of_characters(alignment))
    given, spoken = _words(text), _words(alignment.text)
    matcher = SequenceMatcher(None, [word for word, _ in given], [word for word, _ in spoken], autojunk=False)
    pairs = [
        (given[block.a + number][1], heard.get(spoken[block.b + number][1]))
        for block in matcher.get_matching_blocks()
        for number in range(block.size)
    ]
    starts = tuple((character, seconds) for character, seconds in pairs if seconds is not None)
    return starts if len(starts) >= _LEAST_SHARE * len(given) else ()


def _words(text: str) -> Sequence[tuple[str, int]]:
    """The letters and digits of each word that has any, in small letters, and where the first of them stands."""
    found = []
    for match in _WORD.finditer(text):
        letters = [at for at in range(*match.span()) if text[at].isalnum()]
        if letters:
            found.append(("".join(text[at] for at in letters).casefold(), letters[0]))
    return found
