"""A dictionary's sounds in plain English letters, as a proposal for lexicon.toml: "SH IY1" is "shee"."""

from collections.abc import Sequence
from itertools import pairwise

#: How a vowel is written before a consonant of its syllable, and at the end of it.
_VOWELS = {
    "AA": ("ah", "ah"),
    "AE": ("a", "a"),
    "AH": ("u", "uh"),
    "AO": ("aw", "aw"),
    "AW": ("ow", "ow"),
    "AY": ("igh", "igh"),
    "EH": ("e", "eh"),
    "ER": ("er", "er"),
    "EY": ("ay", "ay"),
    "IH": ("i", "ih"),
    "IY": ("ee", "ee"),
    "OW": ("oh", "oh"),
    "OY": ("oy", "oy"),
    "UH": ("uu", "uu"),
    "UW": ("oo", "oo"),
}
#: Written otherwise than ARPAbet writes them.
_CONSONANTS = {"DH": "th", "HH": "h", "JH": "j"}


def respelled(sound: str) -> str:
    """``sound`` as an English reader would write it, its syllables parted by hyphens."""
    phones = [phone.rstrip("012") for phone in sound.split()]
    return "-".join(_written(syllable) for syllable in _syllables(phones))


def _syllables(phones: Sequence[str]) -> list[list[str]]:
    """One vowel each; of the consonants between two vowels the first stays with the one before, if there are more."""
    vowels = [number for number, phone in enumerate(phones) if phone in _VOWELS]
    cuts = [0]
    for before, after in pairwise(vowels):
        cuts.append(after if after - before == 1 else min(before + 2, after - 1))
    return [list(phones[start:end]) for start, end in zip(cuts, [*cuts[1:], len(phones)], strict=True)]


def _written(syllable: Sequence[str]) -> str:
    parts = []
    for number, phone in enumerate(syllable, start=1):
        if phone in _VOWELS:
            parts.append(_VOWELS[phone][number == len(syllable)])
        else:
            parts.append(_CONSONANTS.get(phone, phone.lower()))
    return "".join(parts)
