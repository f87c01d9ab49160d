"""Two ways from letters to sounds, compared: the voice's, in IPA, and the dictionary's, in ARPAbet.

What is compared is what tells one name from another in any accent of English: the consonants in broad classes, which
syllable is stressed, and the vowel of that syllable as far as accents agree on it.
"""

import re

from msgspec import Struct

from pipeline.patterns import regex
from pipeline.text.tables import word_list

#: One letter a class. R and Y tell accents apart and not names; what is not here is a vowel, a stress or a length.
_IPA = {
    **dict.fromkeys("pɸ", "p"),
    **dict.fromkeys("bβ", "b"),
    **dict.fromkeys("tdɾʔʈɖ", "t"),  # American flaps are both
    **dict.fromkeys("kxqχ", "k"),
    **dict.fromkeys("gɡɣɢ", "g"),
    **dict.fromkeys("fɱ", "f"),
    **dict.fromkeys("vʋ", "v"),
    **dict.fromkeys("θð", "0"),
    **dict.fromkeys("sz", "s"),
    **dict.fromkeys("ʃʒɕʑʂʐ", "S"),
    **dict.fromkeys("hɦç", "h"),
    **dict.fromkeys("nŋɲɳ", "n"),
    **dict.fromkeys("lɬɫʎɭ", "l"),
    **dict.fromkeys("wʍ", "w"),
    "m": "m",
}
_ARPABET = dict(
    pair.split("=")
    for pair in word_list(
        "P=p B=b T=t D=t K=k G=g F=f V=v TH=0 DH=0 S=s Z=s SH=S ZH=S CH=tS JH=tS HH=h M=m N=n NG=n L=l W=w"
    )
)
_FOLDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(pattern), folded)
    for pattern, folded in (
        (r"^hw", "w"),  # "which"
        (r"(?<!^)[hw]", ""),  # "vehicle", "actual"
        (r"(?<=n)g", ""),  # "finger", "singer"
        (r"(?<=[nl])t(?=[sS])", ""),  # "prince", "prints"
        (r"(?<=m)p(?=[ts])", ""),  # "tempt"
        (r"s(?=S)", ""),
        (r"(.)\1+", r"\1"),
        (r"b$", "p"),  # a last consonant loses its voice in half of Europe
        (r"v$", "f"),
        (r"g$", "k"),
    )
)
#: Where careful British speech keeps two sounds apart that the dictionary runs together: "Indonesia", "posture".
_MERGED: tuple[tuple[re.Pattern[str], str], ...] = (
    (regex(r"[szʃʒ]i(?=[əɐɚ])"), "ʃ"),
    (regex(r"^mˈ?[aæə]k? (?=.)"), "mək"),  # "MacArthur", in two words
    (regex(r"tj(?=ˌ?ʊə(?!ɹ))"), "tʃ"),
)

#: A stressed vowel as the voice says it, and the dictionary's that are the same vowel in one accent or another.
_VOWELS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (regex(pattern), frozenset(arpabet.split()))
    for pattern, arpabet in (
        (r"a[ɪi]", "AY"),
        (r"aʊ", "AW"),
        (r"e[ɪi]", "EY"),
        (r"[əo]ʊ", "OW AO"),
        (r"ɔɪ", "OY"),
        (r"[aæɑ]", "AE AA AO EH"),
        (r"ɒ", "AA AO AH"),
        (r"[ɔo]", "AO AA"),
        (r"[ɛe]", "EH AE ER"),
        (r"[iɪᵻ]", "IH IY EH"),
        (r"[uʊ]", "UW UH ER AO"),
        (r"[ʌɜɐə]", "AH ER AA"),
    )
)
_VOWEL = regex(r"[aæɑɒɐəɚɛeɜiɪᵻɨoɔuʊʌyøœ]")
#: A vowel that the voice gives its full sound, with the consonants before it.
_FULL = regex(r"[aæɑɒɛeɜoɔuʊʌyøœ]|iː")
_MAIN = regex("ˈ")
_SECOND = regex("ˌ")


class _Heard(Struct, frozen=True):
    """A word as heard. A place is a number of consonants before a vowel.

    ``main`` are the places of main stress, the last of which counts most; ``full`` those that are stressed at all or
    could be. ``vowels`` are what the vowel of the last main stress may be.
    """

    consonants: str
    main: tuple[int, ...]
    full: frozenset[int]
    vowels: frozenset[str]


def is_same(ipa: str, arpabet: str) -> bool:
    """Whether the voice's ``ipa`` and the dictionary's ``arpabet``, "SH IY1", are one pronunciation."""
    voice, dictionary = _heard_ipa(ipa), _heard_arpabet(arpabet)
    if voice.consonants != dictionary.consonants:
        return False
    if not voice.main or not dictionary.main:  # one of them stresses nothing: "of", "the"
        return True
    # Which of two stresses is the main one differs from accent to accent: "Shanghai", "Southeast".
    if not (dictionary.full.issuperset(voice.main) and voice.full.issuperset(dictionary.main)):
        return False
    return voice.main[-1] != dictionary.main[-1] or not voice.vowels.isdisjoint(dictionary.vowels)


def _heard_ipa(sound: str) -> _Heard:
    for pattern, merged in _MERGED:
        sound = pattern.sub(merged, sound)
    main = _after(_MAIN, sound)
    vowel = sound[main[-1] :] if main else ""
    full = [*main, *_after(_SECOND, sound), *(found.start() for found in _FULL.finditer(sound))]
    return _Heard(
        _consonants(sound),
        tuple(len(_consonants(sound[:place])) for place in main),
        frozenset(len(_consonants(sound[:place])) for place in full),
        next((same for pattern, same in _VOWELS if pattern.match(vowel)), frozenset()),
    )


def _after(mark: re.Pattern[str], sound: str) -> list[int]:
    """Where the vowels are that ``mark`` stands for; some engines set it before the vowel, some before the syllable."""
    vowels = (_VOWEL.search(sound, found.end()) for found in mark.finditer(sound))
    return [vowel.start() for vowel in vowels if vowel]


def _consonants(sound: str) -> str:
    return _folded("".join(_IPA.get(letter, "") for letter in sound))


def _heard_arpabet(sound: str) -> _Heard:
    phones = sound.split()
    places: dict[str, list[int]] = {"1": [], "2": []}
    vowel = ""
    for number, phone in enumerate(phones):
        if phone[-1] in places:
            places[phone[-1]].append(len(_folded("".join(_ARPABET.get(before, "") for before in phones[:number]))))
            vowel = phone[:-1] if phone[-1] == "1" else vowel
    return _Heard(
        _folded("".join(_ARPABET.get(phone, "") for phone in phones)),
        tuple(places["1"]),
        frozenset(places["1"] + places["2"]),
        frozenset({vowel}),
    )


def _folded(skeleton: str) -> str:
    for pattern, folded in _FOLDS:
        skeleton = pattern.sub(folded, skeleton)
    return skeleton
