"""Sentences, and what is heard of each of their words: the truth about word times, found in the sound.

The sounds were parted into words by hand. Both voices say them, one with "æ" and "ɐ" where the other has "a" and "ə".
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.model import Clip, Timing

_FOLDED = str.maketrans({"æ": "a", "ɐ": "ə", "ɪ": "i", "ᵻ": "i"})
_NO_SOUND = re.compile(r"[^\w]|[ˈˌː]")


class Said(Struct, frozen=True):
    """``text``, and the sounds of each of its words as they are heard in the sentence, without stress and length."""

    text: str
    words: tuple[str, ...]


def _said(text: str, words: str) -> Said:
    return Said(text, tuple(words.split("|")))


SENTENCES = [
    _said(
        "It was the end of the line for the old pier.",
        "ɪt|wʌz|ðɪʲ|ɛnd|ɒv|ðə|laɪn|fə|ðɪʲ|əʊld|piə",
    ),
    _said(
        "He said that the port ought to be closed to the ships.",
        "hi|sɛd|ðæt|ðə|pɔt|ɔt|tə|bɪ|kləʊzd|tə|ðə|ʃɪps",
    ),
    _said(
        "In 1998 the fleet lost 37 boats off Ostrava.",
        "ɪn|naɪntinhʌndɹɪdənnaɪntɪʲeɪt|ðə|flit|lɒst|θɜtɪsɛvən|bəʊts|ɒf|ɒstɹɑvɐ",
    ),
    _said(
        "“Tomas Reyl’s long-term plan,” said Ines Calder, “is for the Salka-based crews.”",
        "təʊmɑs|ɹeɪlz|lɒŋtɜm|plæn|sɛd|ɪniz|kɒldɐ|ɪz|fə|ðə|sælkəbeɪst|kɹuz",
    ),
    _said(
        "The [[ˈkiːv]] office of the Review, as Mr. Amaro knows, is “[[ˈzɑːlkɐ]]”.",
        "ðə|kiv|ɒfɪs|ɒv|ðə|ɹɪvju|æz|mɪstɐ|æmæɹəʊ|nəʊz|ɪz|zɑlkɐ",
    ),
]


def require_times_of_truth(said: Said, clip: Clip, tones: Sequence[tuple[str, int]]) -> None:
    """Nothing, if each word's mark stands within 60 ms of where the first of its sounds is heard in ``clip``.

    ``tones`` are the signs that were heard and the samples at which they began.
    """
    sounds = _sounds(tones)
    words = [_folded(word) for word in said.words]
    assert "".join(sign for sign, _ in sounds) == "".join(words)
    truth, at = [], 0
    for word in words:
        truth.append(sounds[at][1])
        at += len(word)
    assert [said.text[mark.char_start : mark.char_end] for mark in clip.marks] == said.text.split()
    assert {mark.timing for mark in clip.marks} == {Timing.ALIGNED}
    late_ms = [
        1000 * (mark.sample_start - true) / clip.sample_rate for mark, true in zip(clip.marks, truth, strict=True)
    ]
    assert all(abs(late) <= 60 for late in late_ms), late_ms


def _sounds(tones: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Sound and sample: the stress before a sound, which these voices say as a tone of its own, belongs to it."""
    sounds = []
    stress: int | None = None
    for sign, sample in tones:
        if _folded(sign):
            sounds.append((_folded(sign), sample if stress is None else stress))
        stress = sample if sign in "ˈˌ" else None
    return sounds


def _folded(signs: str) -> str:
    return _NO_SOUND.sub("", signs).translate(_FOLDED).replace("ʲ", "")
