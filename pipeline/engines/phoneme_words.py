"""Floor 3, inside the engines: the phonemes of a sentence -> where each of its words begins. Pure.

A voice that speaks phonemes tells how long each of them is, and not which word it belongs to: little words run together
("ðætðə"), and a number is said as several. So each word's phonemes, as it is said alone, are laid along those of the
sentence, as one lays two strings of letters along each other.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from pipeline.engines.marks import word_marks
from pipeline.model import Mark, Timing
from pipeline.patterns import regex

_WORD = regex(r"\S+")
_VOWELS = frozenset("aeiouyɐɑɒæɔəɘɚɛɜɝɞɤɨɪɯɵøœɶʉʊʌʏᵻ")
#: Sounds that take each other's place when words stand together.
_KIN = ("pb", "tdɾʔ", "kɡgx", "fv", "θð", "szʃʒ", "ɹrɾɚ", "mnŋ", "lɫ", "hɦ", "jiɪᵻ", "wuʊ", "ʋv")
#: Marks that colour a sound and are none: stress, length, breath, ties.
_MARKS = frozenset("ˈˌːˑʰʲʷˠˤ̩̯̃͡'")

#: Costs in hundredths: a sound for its like, its kin, its class; one too many; a border of words on one side alone.
_KIN_COST, _CLASS_COST, _OTHER_COST, _GAP, _BORDER = 30, 70, 200, 80, 25
_DIAGONAL, _DOWN, _RIGHT = 0, 1, 2


class Heard(Struct, frozen=True):
    """One phoneme of a sentence, and the sample at which it begins."""

    phoneme: str
    sample: int


def words_of(text: str) -> list[str]:
    """The words of ``text``, between blanks: those that get a Mark."""
    return _WORD.findall(text)


def aligned_marks(
    text: str, heard: Sequence[Heard], *, alone: Sequence[Sequence[str]], sample_count: int
) -> tuple[Mark, ...]:
    """One Mark a word of ``text``, ALIGNED where the word has a phoneme in ``heard`` and INTERPOLATED elsewhere.

    ``alone`` are the phonemes of each of `words_of` the text, as it is said by itself.
    """
    first = word_starts([sound.phoneme for sound in heard], alone)
    places = (found.start() for found in _WORD.finditer(text))
    starts = [(place, heard[number].sample) for place, number in zip(places, first, strict=True) if number is not None]
    return word_marks(text, starts, sample_count=sample_count, timing=Timing.ALIGNED)


def word_starts(heard: Sequence[str], alone: Sequence[Sequence[str]]) -> list[int | None]:
    """The number in ``heard`` at which each word of ``alone`` begins, None for a word without a phoneme there.

    A stress mark before the first sound belongs to it.
    """
    said = _sounds(heard)
    words = [_sounds(word) for word in alone]
    owners = [number for number, word in enumerate(words) for _ in word]
    starts: list[int | None] = [None] * len(alone)
    for one, other in _pairs(said, [sound for word in words for sound in word]):
        if starts[owners[other]] is None:
            starts[owners[other]] = _with_stress(heard, said[one].number)
    return starts


class _Sound(Struct, frozen=True):
    """A phoneme without its marks; ``number`` is where it stands. ``is_first``: a blank or a sign stands before it."""

    sign: str
    number: int
    is_first: bool


def _sounds(phonemes: Sequence[str]) -> list[_Sound]:
    sounds: list[_Sound] = []
    is_first = True
    for number, phoneme in enumerate(phonemes):
        if phoneme and phoneme[0] in _MARKS:
            continue
        if any(sign.isalnum() for sign in phoneme):
            sounds.append(_Sound(phoneme, number, is_first=is_first))
            is_first = False
        else:
            is_first = True
    return sounds


def _with_stress(heard: Sequence[str], number: int) -> int:
    while number and heard[number - 1] in {"ˈ", "ˌ"}:
        number -= 1
    return number


def _pairs(said: Sequence[_Sound], expected: Sequence[_Sound]) -> list[tuple[int, int]]:
    """The numbers of sounds that stand for each other, in order: the cheapest way from the first to the last."""
    if not said or not expected:
        return []
    steps = _steps(said, expected)
    row, column = len(said), len(expected)
    pairs: list[tuple[int, int]] = []
    while row and column:
        step = steps[row - 1, column - 1]
        if step == _DIAGONAL:
            pairs.append((row - 1, column - 1))
        row -= step != _RIGHT
        column -= step != _DOWN
    return pairs[::-1]


def _steps(said: Sequence[_Sound], expected: Sequence[_Sound]) -> NDArray[np.int8]:
    """How the cheapest way comes to each pair, a row a sound that was said.

    Gaps cost the same everywhere, so that the cheapest way along a row is a running minimum and a row is a handful of
    numpy calls. Source: Needleman and Wunsch 1970.
    """
    costs, kinds = _costs(said, expected)
    gaps = np.arange(len(expected) + 1, dtype=np.int32) * _GAP
    best = gaps
    steps = np.empty((len(said), len(expected)), dtype=np.int8)
    for row, kind in enumerate(kinds):
        diagonal = best[:-1] + costs[kind]
        down = best + _GAP
        reached = down.copy()
        np.minimum(diagonal, down[1:], out=reached[1:])
        best = np.minimum.accumulate(reached - gaps) + gaps
        steps[row] = diagonal > down[1:]  # _DIAGONAL or _DOWN
        steps[row][best[1:] < reached[1:]] = _RIGHT
    return steps


def _costs(said: Sequence[_Sound], expected: Sequence[_Sound]) -> tuple[NDArray[np.int32], list[int]]:
    """A row a kind of sound, with what it costs to take it for each that is expected; and the kind of each sound.

    Of each sign there are two kinds, one for the middle of a word and one for where a word may begin.
    """
    signs = {sign: number for number, sign in enumerate(sorted({sound.sign for sound in said}))}
    columns = {sign: number for number, sign in enumerate(sorted({sound.sign for sound in expected}))}
    alike = np.array([[_cost(sign, other) for other in columns] for sign in signs])
    by_sign = alike[:, [columns[sound.sign] for sound in expected]]
    borders = np.array([sound.is_first for sound in expected])
    rows = np.concatenate([by_sign + _BORDER * borders, by_sign + _BORDER * ~borders]).astype(np.int32)
    return rows, [signs[sound.sign] + len(signs) * sound.is_first for sound in said]


def _cost(one: str, other: str) -> int:
    if one == other:
        return 0
    if any(one[0] in kin and other[0] in kin for kin in _KIN):
        return _KIN_COST
    return _CLASS_COST if (one[0] in _VOWELS) == (other[0] in _VOWELS) else _OTHER_COST
