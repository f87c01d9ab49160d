"""Floor 3, inside the engines: IPA -> the phoneme mnemonics of espeak-ng's English voices. Pure.

A lexicon's IPA is broad: the voice says each sound in its own accent ("oʊ" is əʊ in en-gb). Signs finer than English
(breath, palatalisation, tone) are left out, and a sound that English does not have becomes the nearest one it has.
Source: espeak-ng 1.52, phsource/ph_english and docs/phonemes.md; every row is asked back from the library in the tests.
"""

import re
import unicodedata

from pipeline.patterns import regex

#: Vowels and diphthongs of English: IPA, and the mnemonic for it.
_VOWELS = """
    iː=i: i=i ɪ=I e=e eː=e: ɛ=E ɛː=E: æ=a a=a
    ɑː=A: ɒ=0 ɔ=O ɔː=O: o=o oː=o: ʊ=U u=u uː=u:
    ʌ=V ə=@ ɐ=a# ɚ=3 ɜː=3: ᵻ=I#
    aɪ=aI eɪ=eI ɔɪ=OI aʊ=aU əʊ=oU oʊ=oU ɪə=i@ iə=i@
    eə=e@ ɛə=e@ ʊə=U@
"""
#: Consonants of English, and those that its speakers know from names.
_CONSONANTS = """
    p=p b=b t=t d=d k=k ɡ=g g=g f=f v=v
    θ=T ð=D s=s z=z ʃ=S ʒ=Z h=h tʃ=tS dʒ=dZ
    m=m n=n ŋ=N l=l ɹ=r r=r j=j w=w ʍ=w#
    x=x ç=C ɲ=n^ ʎ=l^ ʔ=? ɾ=* n\u0329=n- l\u0329=l- m\u0329=m-
"""
#: Vowels that English does not tell apart or does not have: the nearest one.
_NEAREST_VOWELS = """
    ɑ=A: aː=A: æː=a ɒː=O: ɜ=3: ɝ=3: ɝː=3: ɚː=3:
    ɨ=I# ɪː=i: ʊː=u: ʌː=A: əː=3: oɪ=OI ɑɪ=aI ɑʊ=aU
    y=u: yː=u: ʏ=U ʉ=u: ʉː=u: ɯ=u: ɯː=u: ɤ=V ɤː=3:
    ø=3: øː=3: œ=3: œː=3: ɶ=a ɘ=@ ɵ=@ ɞ=3: ᵊ=@ ˞=r
    a\u0303=A:|n ɑ\u0303=A:|n ɔ\u0303=O:|n o\u0303=O:|n ɛ\u0303=a|n œ\u0303=3:|n
"""
#: Consonants that English does not have: the nearest sound, or the two that English says instead.
_NEAREST_CONSONANTS = """
    ts=t|s ʦ=t|s dz=d|z ʣ=d|z ʧ=tS ʤ=dZ ʨ=tS ʥ=dZ
    tɕ=tS tʂ=tS dʑ=dZ dʐ=dZ ɕ=S ʂ=S ɧ=S ʑ=Z ʐ=Z
    ɻ=r ɽ=r ʀ=r ʁ=r ɺ=r r\u0329=3: ɫ=l ɭ=l ʟ=l
    ɬ=l ɮ=l χ=x ɣ=g ɢ=g ɠ=g q=k ɦ=h ħ=h ʕ=?
    ɸ=f β=v ʋ=v ⱱ=v ɱ=m ɳ=n ɴ=N ʈ=t ɖ=d ɗ=d
    ɓ=b c=t|j ɟ=d|j ʝ=j ɥ=j ɰ=w ⁿ=n
"""
#: IPA -> mnemonics. The longest match counts.
SOUNDS = dict(pair.split("=") for pair in (_VOWELS + _CONSONANTS + _NEAREST_VOWELS + _NEAREST_CONSONANTS).split())

#: Signs that English does not tell apart: ties, breath, palatalisation, places, releases, tones, half length.
_LEFT_OUT = (
    "ʰʲʷˠˤˀʼˑ˥˦˧˨˩\u0361\u035c\u0300\u0301\u0302\u0304\u0306\u0308\u030a\u030c"
    "\u0318\u0319\u031a\u031c\u031d\u031e\u031f\u0320\u0325\u032a\u032c\u032f\u0339\u033a\u033b"
)

#: A vowel of the table by its first mnemonic; stress belongs to it.
_VOWEL = regex(r"[aeiouAEIOUV03@]|[nlm]-")
_SOUND = regex("|".join(sorted(map(re.escape, SOUNDS), key=len, reverse=True)))
_STRESSES = {"ˈ": "'", "'": "'", "ˌ": ","}
#: What parts syllables and says nothing.
_SILENT = ".‿-"


class UnknownSound(ValueError):
    """IPA that no sound of English stands for. ``sign`` is what was not understood."""

    def __init__(self, sign: str) -> None:
        self.sign = sign
        super().__init__(f"“{sign}” (U+{ord(sign):04X})")


def mnemonics_of(ipa: str) -> tuple[str, ...]:
    """The mnemonics of each word of ``ipa``, with a stress mark before its vowel as espeak-ng wants it.

    Slashes or square brackets around it all are left off. A word that marks no stress has it on its first vowel.

    Raises: UnknownSound for a sign that is neither in the table nor left out, or if no word is left.
    """
    plain = re.sub(rf"[{re.escape(_LEFT_OUT)}]", "", _composed(ipa))
    words = plain.strip().strip("/[]").split()
    if not words:
        raise UnknownSound(ipa[:1] or " ")
    return tuple(_word(word) for word in words)


def _composed(ipa: str) -> str:
    """Letters and signs one by one, as the table has them; an ASCII colon is a length mark."""
    return unicodedata.normalize("NFD", ipa).replace("c\u0327", "ç").replace(":", "ː")


def _word(word: str) -> str:
    """Joined by "|", which keeps one mnemonic from running into the next ("t|S" is not "tS")."""
    sounds = _sounds(word)
    if not any(sound[0] in "'," for sound in sounds):
        first = next((number for number, sound in enumerate(sounds) if _VOWEL.match(sound)), 0)
        sounds[first] = f"'{sounds[first]}"
    return "|".join(sounds)


def _sounds(word: str) -> list[str]:
    sounds: list[str] = []
    stress, position = "", 0
    while position < len(word):
        sign = word[position]
        found = _SOUND.match(word, position)
        if found is not None:
            for sound in SOUNDS[found[0]].split("|"):
                carries = bool(stress) and _VOWEL.match(sound) is not None
                sounds.append(stress + sound if carries else sound)
                stress = "" if carries else stress
        elif sign in _STRESSES:
            stress = _STRESSES[sign]
        elif sign not in _SILENT:
            raise UnknownSound(sign)
        position = found.end() if found is not None else position + 1
    if not sounds:
        raise UnknownSound(word[0])
    return sounds
