"""Floor 3, inside the engines: the IPA of a name -> the signs in which a voice was taught. Pure.

The voices of piper and kokoro have learnt from espeak-ng's transcriptions: stress stands before its vowel, there are no
ties, and English has the sounds of one accent. A lexicon's IPA is put into these signs; what English does not have
becomes the nearest sound it has, as for espeak-ng itself (mnemonics.py).
Source: espeak-ng 1.52, docs/phonemes.md.
"""

import unicodedata
from collections.abc import Container

from pipeline.engines.mnemonics import SOUNDS, UnknownSound, mnemonics_of
from pipeline.errors import EngineError
from pipeline.patterns import regex

#: Mnemonic -> IPA; of several the first, which is the one espeak-ng writes.
_WRITTEN = {mnemonic: ipa for ipa, mnemonic in reversed(SOUNDS.items()) if "|" not in mnemonic}
#: How espeak-ng writes vowels in its accents, where that differs from the table of sounds.
_RECEIVED = {"e": "ɛ"}
_ACCENTS = {
    "en-gb": _RECEIVED | {"æ": "a"},
    "en-us": _RECEIVED | {"əʊ": "oʊ", "ɒ": "ɑː", "ɪə": "ɪɹ", "eə": "ɛɹ", "ʊə": "ʊɹ"},
}

_STRESSES = {"'": "ˈ", ",": "ˌ"}
#: A stress mark and the consonants that part it from its vowel.
_EARLY_STRESS = regex(r"([ˈˌ])([^aeiouyɐɑɒæɔəɘɚɛɜɝɞɤɨɪɯɵøœɶʉʊʌʏᵻ\sˈˌ]+)(?=[aeiouyɐɑɒæɔəɘɚɛɜɝɞɤɨɪɯɵøœɶʉʊʌʏᵻ])")


def given_signs(ipa: str, *, language: str, known: Container[str], form: str) -> list[str]:
    """The signs, one by one, that say ``ipa`` by a voice that knows those in ``known``, words parted by blanks.

    ``language`` is espeak-ng's name of the voice's ("en-us"); ``form`` is how the voice has its letters with marks,
    "NFC" or "NFD". A fine mark that it does not know is left out.

    Raises: EngineError for a sound that the voice does not have.
    """
    try:
        words = _in_english(ipa, language) if language.startswith("en") else _EARLY_STRESS.sub(r"\2\1", _tidied(ipa))
    except UnknownSound as error:
        raise _unknown(ipa, str(error)) from error
    signs: list[str] = []
    for sign in unicodedata.normalize("NFC" if form == "NFC" else "NFD", words):
        for part in [sign] if sign in known else unicodedata.normalize("NFD", sign):
            if part in known:
                signs.append(part)
            elif unicodedata.category(part) in {"Lo", "Ll", "Lu"}:
                raise _unknown(ipa, f"“{part}” (U+{ord(part):04X})")
    return signs


def _tidied(ipa: str) -> str:
    """``ipa`` with the letters that are meant, and without marks of syllables: a voice would pause at a full stop."""
    return ipa.translate({ord("g"): "ɡ", ord(":"): "ː", **dict.fromkeys(map(ord, ".‿-()"))})


def _in_english(ipa: str, language: str) -> str:
    accent = _ACCENTS.get(language, _RECEIVED)
    return " ".join("".join(_sign(sound, accent) for sound in word.split("|")) for word in mnemonics_of(ipa))


def _sign(sound: str, accent: dict[str, str]) -> str:
    """One mnemonic, with the stress before it, in IPA."""
    stress = _STRESSES.get(sound[0], "")
    written = _WRITTEN[sound[1:] if stress else sound].replace("ʍ", "w")  # which few voices have learnt
    return stress + accent.get(written, written)


def _unknown(ipa: str, sign: str) -> EngineError:
    return EngineError(
        f'the ipa "{ipa}" cannot be said: this voice has no sound for {sign}',
        cure='mend the ipa in lexicon.toml, or give a respelling in its place: say = "..."',
    )
