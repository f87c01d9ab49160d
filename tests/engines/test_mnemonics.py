"""IPA as espeak-ng's mnemonics, asked back from the library itself."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines import Session, find_engine
from pipeline.engines.mnemonics import SOUNDS, UnknownSound, mnemonics_of
from pipeline.model import VoiceSettings

#: What the British voice has as such: what is asked for comes back, sign for sign.
EXACT = [
    "iː",
    "i",
    "ɪ",
    "e",
    "eː",
    "ɛ",
    "ɛː",
    "a",
    "ɑː",
    "ɒ",
    "ɔ",
    "ɔː",
    "o",
    "oː",
    "ʊ",
    "u",
    "uː",
    "ʌ",
    "ə",
    "ɜː",
    "aɪ",
    "eɪ",
    "ɔɪ",
    "aʊ",
    "əʊ",
    "iə",
    "eə",
    "ʊə",
    "p",
    "b",
    "t",
    "d",
    "k",
    "ɡ",
    "f",
    "v",
    "θ",
    "ð",
    "s",
    "z",
    "ʃ",
    "ʒ",
    "h",
    "tʃ",
    "dʒ",
    "ts",
    "dz",
    "m",
    "n",
    "ŋ",
    "l",
    "ɹ",
    "j",
    "w",
    "ʍ",
    "x",
    "ç",
    "ɲ",
    "ʎ",
    "ʔ",
    "n\u0329",
    "l\u0329",
    "m\u0329",
]
#: What the two accents say each in its own way.
ACCENTS = {
    "oʊ": ("əʊ", "oʊ"),
    "əʊ": ("əʊ", "oʊ"),
    "æ": ("a", "æ"),
    "ɒ": ("ɒ", "ɑː"),
    "ɚ": ("ə", "ɚ"),
    "ɪə": ("iə", "iə"),
    "ɛə": ("eə", "ɛɹ"),
}
#: What English does not have, and what is said instead.
NEAREST = {"ɬ": "l", "ɣ": "ɡ", "q": "k", "ø": "ɜː", "y": "uː", "ɕ": "ʃ", "tɕ": "tʃ", "ħ": "h", "ʁ": "ɹ", "ɔ̃": "ɔːn"}

NAMES = {
    "Kyiv": "ˈkiːv",
    "Lviv": "ləˈviːv",
    "Kharkiv": "ˈxɑːkɪv",
    "Zelensky": "zɪˈlɛnski",
    "Xi": "ʃiː",
    "Houthi": "ˈhuːθi",
    "Shahed": "ʃaˈhɛd",
    "Erdoğan": "ˈeədɒwɑːn",
    "Tbilisi": "təbɪˈliːsi",
    "Sejm": "ˈseɪm",
    "Beijing": "beɪˈdʒɪŋ",
    "Lukashenko": "luːkəˈʃɛŋkəʊ",
    "Zaporizhzhia": "ˌzapəˈrɪʒə",
    "Scholz": "ˈʃɒlts",
    "Orbán": "ˈɔːbɑːn",
    "Azerbaijan": "ˌazəbaɪˈdʒɑːn",
}


@pytest.fixture(scope="module")
def british() -> Iterator[Session]:
    session = find_engine("espeak").open(VoiceSettings(name="en-gb"))
    yield session
    session.close()


@pytest.fixture(scope="module")
def american() -> Iterator[Session]:
    session = find_engine("espeak").open(VoiceSettings(name="en-us"))
    yield session
    session.close()


def said(session: Session, *ipas: str) -> list[str]:
    """What the voice makes of each IPA, as it tells it itself."""
    return list(session.phonemes([" ".join(f"[[{word}]]" for word in mnemonics_of(ipa)) for ipa in ipas]))


def stress_on_vowels(ipa: str) -> str:
    """``ipa`` as espeak-ng writes it: stress stands before the vowel, and every r is one."""
    moved = re.sub(r"([ˈˌ])([^aeiouɑɐɒɔəɛɜɪʊʌˈˌ]*)", r"\2\1", ipa)
    return moved.replace("ɹ", "r")


def alone(session: Session, *sounds: str) -> list[str]:
    """Each sound between two others that show where it begins and ends: a vowel in tˈ.t, a consonant before one."""
    told = []
    for sound, ipa in zip(sounds, said(session, *(f"f.{sound}.fə" for sound in sounds)), strict=True):
        assert ipa.startswith("f"), sound
        assert ipa.endswith(("fə", "fˈə")), sound
        told.append(re.sub(r"^f|fˈ?ə$|ˈ", "", ipa))
    return told


def test_the_sounds_of_english_come_back_sign_for_sign(british: Session) -> None:
    assert [told.replace("r", "ɹ") for told in alone(british, *EXACT)] == EXACT


def test_each_accent_says_a_sound_in_its_own_way(british: Session, american: Session) -> None:
    told = zip(alone(british, *ACCENTS), alone(american, *ACCENTS), strict=True)
    assert dict(zip(ACCENTS, told, strict=True)) == ACCENTS


def test_what_english_does_not_have_becomes_the_nearest_sound(british: Session) -> None:
    told = [sound.replace("r", "ɹ") for sound in alone(british, *NEAREST)]
    assert dict(zip(NEAREST, told, strict=True)) == NEAREST


def test_both_voices_know_every_mnemonic_of_the_table(british: Session, american: Session) -> None:
    sounds = sorted({sound for row in SOUNDS.values() for sound in row.split("|")})
    for session in (british, american):
        told = session.phonemes([f"[[{sound}]]" for sound in sounds])
        assert [sound for sound, ipa in zip(sounds, told, strict=True) if not ipa] == []


def test_a_name_sounds_as_the_lexicon_says(british: Session) -> None:
    told = [stress_on_vowels(ipa) for ipa in said(british, *NAMES.values())]
    asked = [stress_on_vowels(ipa if "ˈ" in ipa else f"ˈ{ipa}") for ipa in NAMES.values()]
    assert dict(zip(NAMES, told, strict=True)) == dict(zip(NAMES, asked, strict=True))


def test_stress_goes_to_the_vowel_of_its_syllable_and_where_none_is_marked_to_the_first() -> None:
    assert mnemonics_of("ˌtʃɛrˈnɪhɪv") == ("tS|,E|r|n|'I|h|I|v",)
    assert mnemonics_of("ʃiː dʒɪnˈpɪŋ") == ("S|'i:", "dZ|I|n|p|'I|N")
    assert mnemonics_of("kiːv") == ("k|'i:|v",)


@pytest.mark.parametrize("ipa", ["/ˈkiːv/", "[ˈkiːv]", " ˈkiːv ", "'ki:v", "ˈk͡iːv", "ˈkʰiːvʲ", "ˈki\u0304ːv"])
def test_brackets_ties_and_what_english_does_not_tell_apart_are_left_out(ipa: str) -> None:
    assert mnemonics_of(ipa) == ("k|'i:|v",)


def test_a_dot_keeps_two_sounds_apart() -> None:
    assert mnemonics_of("ˈna.ɪf") == ("n|'a|I|f",)
    assert mnemonics_of("ˈnaɪf") == ("n|'aI|f",)
    assert mnemonics_of("ˈt.ʃa") == ("t|S|'a",)


@pytest.mark.parametrize(("ipa", "sign"), [("ˈkǃa", "ǃ"), ("Kiev", "K"), ("ˈki7v", "7"), ("k(i)v", "("), ("ˈки", "к")])
def test_a_sign_that_is_no_sound_is_named(ipa: str, sign: str) -> None:
    with pytest.raises(UnknownSound, match=re.escape(sign)) as caught:
        mnemonics_of(ipa)
    assert caught.value.sign == sign


@pytest.mark.parametrize("ipa", ["", " ", "//", "ˈ", ".", "ʰ", "\ud800"])
def test_ipa_without_a_sound_is_refused(ipa: str) -> None:
    with pytest.raises(UnknownSound):
        mnemonics_of(ipa)


@given(ipa=st.lists(st.sampled_from([*SOUNDS, "ˈ", "ˌ", ".", " ", "ʰ"]), max_size=40).map("".join))
def test_mnemonics_never_close_their_brackets_nor_part_a_word(ipa: str) -> None:
    try:
        words = mnemonics_of(ipa)
    except UnknownSound:
        return
    assert len(words) == len(ipa.split())
    assert not any(sign in word for word in words for sign in ("[", "]", "||", " "))
