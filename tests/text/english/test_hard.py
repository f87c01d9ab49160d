"""Names that a voice may say wrong: which words are asked about, which of them are listed, and what to paste."""

import tomllib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import HardName, Lexicon, LexiconEntry, Role, Script, SpokenForm, Utterance
from pipeline.pronouncing import english_dictionary
from pipeline.text.english.hard import find_suspects, judge_suspects
from pipeline.text.english.hard.knowing import is_known
from pipeline.text.english.hard.respelling import respelled
from pipeline.text.english.hard.routes import is_same
from pipeline.text.english.spoken import speak
from pipeline.text.pack import Suspect

DICTIONARY = english_dictionary()
NOTHING = Lexicon()


def said(display: str, *, role: Role = Role.BODY, block: int | None = 0, lexicon: Lexicon = NOTHING) -> Utterance:
    spoken = speak(display, language="en-GB", lexicon=lexicon)
    return Utterance(
        display=display, spoken=spoken.text, forms=spoken.forms, role=role, pause_after_ms=350, block=block
    )


def script(*utterances: Utterance | str, lexicon: Lexicon = NOTHING) -> Script:
    made = (one if isinstance(one, Utterance) else said(one, lexicon=lexicon) for one in utterances)
    return Script(title="The quiet strait", language="en-GB", utterances=tuple(made))


def suspects(*utterances: Utterance | str, lexicon: Lexicon = NOTHING) -> tuple[Suspect, ...]:
    return find_suspects(script(*utterances, lexicon=lexicon), lexicon, dictionary=DICTIONARY)


def unknown(*utterances: Utterance | str, lexicon: Lexicon = NOTHING) -> list[str]:
    """The names that are hard whatever the voice says."""
    return [one.name for one in suspects(*utterances, lexicon=lexicon) if one.why]


def listed(text: str, ipa: dict[str, str]) -> tuple[HardName, ...]:
    return judge_suspects(suspects(text), ipa, dictionary=DICTIONARY)


def test_names_that_no_dictionary_has_are_listed_in_the_order_of_the_text() -> None:
    found = suspects(
        "The ferry from Geneva met Tsikhanouskaya's envoy in Lviv.",
        "In Lviv nobody had heard of Tsikhanouskaya.",
        "A Houthi boat followed; two more Houthis waited.",
    )
    hard = [one for one in found if one.why]
    assert [(one.name, one.count, one.plural) for one in hard] == [
        ("Tsikhanouskaya", 2, ""),
        ("Lviv", 2, ""),
        ("Houthi", 2, "Houthis"),
    ]
    assert hard[0].sentence.startswith("The ferry")
    assert {one.why for one in hard} == {"in no dictionary"}


@pytest.mark.parametrize(
    "text",
    [
        "Fierce rearguard actions were organised, and the harbour's programme realised nothing.",
        "Unrecognised fishermen re-emerged; their grey, well-travelled cheques were honoured.",
        "The non-aligned, pro-European, anti-Russian and ex-Yugoslavian parties favoured centralisation.",
        "The café's naïve clientele paid in instalments, judgement aside.",
        "She said they'd, we'll, won't, it’s and the Russians’ delegation’s counter-proposal.",
        "Geoeconomic maximalists institutionalised the largescale warfighting doctrine.",
        "He met them at 10:30 on 3 March 2025 with $3.5bn, two F-16s and an MP from the OECD.",
        "See www.harbour-review.example or write to calder@harbour-review.example.",
    ],
)
def test_ordinary_words_and_what_a_rule_says_are_none(text: str) -> None:
    assert unknown(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They feared an ochlocratic turn.", "ochlocratic"),
        ("The drones were of the qzerbit kind.", "qzerbit"),
        ("An al-Wqidi brigade", "Wqidi"),
        ("President Erdoğan spoke.", "Erdoğan"),
        ("In Łódź it rained.", "Łódź"),
        ("a café in Chișinău’s centre", "Chișinău"),
    ],
)
def test_unknown_words_parts_and_foreign_letters_are(text: str, name: str) -> None:
    assert unknown(text) == [name]


def test_foreign_letters_are_named() -> None:
    (name,) = [one for one in suspects("President Erdoğan spoke.") if one.why]
    assert name.why == "foreign letters (ğ)"


def test_a_known_word_is_asked_about_only_where_its_capital_proves_a_name() -> None:
    assert [one.name for one in suspects("Today Beijing answered. Markets fell. Said Xi: “Nothing.”")] == [
        "Beijing",
        "Xi",
    ]
    assert suspects("Beijing answered.", said("Beijing Answers", role=Role.HEADING)) == ()


def test_templates_count_only_with_the_words_of_the_article() -> None:
    name = "Qzerbit"
    for role in (Role.SHOW, Role.TITLE, Role.SUBTITLE, Role.BYLINE):
        assert unknown(said(name, role=role, block=None)) == [name]
    for role in (Role.DISCLOSURE, Role.CLOSING, Role.CREDIT):
        assert unknown(said(name, role=role, block=None)) == []
    assert unknown(said(name, role=Role.CREDIT, block=3)) == [name]


def test_a_reviewed_entry_settles_a_name_and_a_proposed_one_does_not() -> None:
    text = "In Lviv’s port, Kyiv waited for Xi Jinping."
    entry = LexiconEntry(grapheme="Lviv", say="Luh-veev")
    assert unknown(text, lexicon=Lexicon(entries=(entry,))) == ["Kyiv", "Jinping"]
    proposed = msgspec.structs.replace(entry, status="proposed")
    phrase = LexiconEntry(grapheme="Xi Jinping", say="Shee Jin-ping", status="proposed")
    found = suspects(text, lexicon=Lexicon(entries=(proposed, phrase)))
    whys = {one.name: one.why for one in found}
    assert list(whys) == ["Lviv", "Kyiv", "Xi Jinping"]
    assert whys["Lviv"] == whys["Xi Jinping"] == "its entry in lexicon.toml is only proposed"
    assert "Xi" not in whys
    assert "Jinping" not in whys


def test_a_byline_is_of_names() -> None:
    # "vaster" and "ling" are words.
    assert unknown(said("By Corinna Vasterling", role=Role.BYLINE, block=None)) == ["Vasterling"]
    assert unknown("Vasterling disagreed.") == ["Vasterling"]
    assert unknown("They saw a vasterling disagree.") == []


def test_an_entry_of_another_language_settles_nothing() -> None:
    entry = LexiconEntry(grapheme="Lviv", say="Luh-veev", language="de")
    assert unknown("In Lviv it rained.", lexicon=Lexicon(entries=(entry,))) == ["Lviv"]


def test_the_lines_to_paste_are_valid_and_do_not_silence_the_warning() -> None:
    (name,) = [one for one in listed("Two Houthi boats met more Houthis.", {}) if one.name == "Houthi"]
    entries = msgspec.convert(tomllib.loads(name.paste), Lexicon)
    assert [(one.grapheme, one.status) for one in entries.entries] == [("Houthi", "proposed"), ("Houthis", "proposed")]
    assert unknown("Two Houthi boats met more Houthis.", lexicon=entries) == ["Houthi", "Houthis"]


def test_what_is_only_proposed_has_nothing_to_paste() -> None:
    lexicon = Lexicon(entries=(LexiconEntry(grapheme="Lviv", say="Luh-veev", status="proposed"),))
    found = judge_suspects(suspects("In Lviv.", lexicon=lexicon), {"Lviv": "ləviːv"}, dictionary=DICTIONARY)
    assert [(one.name, one.ipa, one.paste) for one in found] == [("Lviv", "ləviːv", "")]


def test_a_small_word_is_proposed_for_any_case() -> None:
    (name,) = listed("An ochlocratic turn.", {})
    assert "case = false" in name.paste


def test_plain_letters_are_proposed_for_foreign_ones() -> None:
    (name,) = [one for one in listed("In Łódź it rained.", {}) if one.name == "Łódź"]
    assert tomllib.loads(name.paste)["entries"][0]["say"] == "Lodz"


def test_a_known_name_is_listed_if_voice_and_dictionary_disagree() -> None:
    text = "For Scholz and for Berlin it was Xi who counted."
    found = listed(text, {"Scholz": "skˈɒlz", "Berlin": "bɜːlˈɪn", "Xi": "zˈaɪ"})
    assert [one.name for one in found] == ["Scholz", "Xi"]
    assert found[1].why == "the voice and the dictionary disagree: “zˈaɪ” against “shee”"
    assert tomllib.loads(found[1].paste)["entries"][0]["say"] == "shee"
    assert listed(text, {"Scholz": "ʃˈəʊlts", "Xi": "ʃˈiː"}) == ()
    assert listed(text, {}) == ()  # an engine that cannot tell


@pytest.mark.parametrize(
    ("ipa", "arpabet"),
    [
        ("hˈɑːbə", "HH AA1 R B ER0"),  # no r in British English
        ("ˈhɑːbə", "HH AA1 R B ER0"),  # the mark before the syllable
        ("wˈɔːɾɚ", "W AO1 T ER0"),  # an American flap
        ("pɹˈɪnts", "P R IH1 N S"),
        ("ʃaŋhˈaɪ", "SH AE1 NG HH AY2"),  # which of two stresses is the main one
        ("ɪndəʊnˈiːziə", "IH2 N D OW0 N IY1 ZH AH0"),
        ("əv", "AH1 V"),  # said without any stress
        ("tˈɛnjuːəs", "T EH1 N Y AH0 W AH0 S"),
    ],
)
def test_two_accents_are_one_pronunciation(ipa: str, arpabet: str) -> None:
    assert is_same(ipa, arpabet)


@pytest.mark.parametrize(
    ("ipa", "arpabet"),
    [
        ("zˈaɪ", "SH IY1"),  # consonants
        ("beɪdʒˈɪŋ", "B EY1 ZH IH2 NG"),
        ("ɹˈabɪn", "R AA2 B IY1 N"),  # stress
        ("hˈɑːməz", "HH AA2 M AA1 S"),
        ("sˈɒtʃaɪ", "S OW1 CH IY0"),  # the vowel that is stressed
    ],
)
def test_a_wrong_sound_or_stress_is_another_pronunciation(ipa: str, arpabet: str) -> None:
    assert not is_same(ipa, arpabet)


@pytest.mark.parametrize(
    ("sound", "letters"),
    [
        ("SH IY1", "shee"),
        ("SH OW1 L Z", "shohlz"),
        ("B EY0 ZH IH1 NG", "bay-zhing"),
        ("HH AA2 M AA1 S", "hah-mahs"),
        ("S T R IY1 T", "street"),
    ],
)
def test_a_sound_in_plain_letters(sound: str, letters: str) -> None:
    assert respelled(sound) == letters


def test_a_name_is_not_cut_into_english_syllables() -> None:
    assert is_known("mishandled", DICTIONARY, is_name=False)
    assert is_known("rearguard", DICTIONARY, is_name=False, may_be_compound=True)
    assert not is_known("rearguard", DICTIONARY, is_name=False)
    assert not is_known("mishandled", {"handle": ("HH AE1 N D AH0 L",)}, is_name=True)
    assert is_known("thatcherism", DICTIONARY, is_name=True)


@given(st.text(max_size=60))
def test_any_text_is_gone_through(text: str) -> None:
    utterance = Utterance(display=text, spoken=text, forms=(), role=Role.BODY, pause_after_ms=350, block=0)
    found = find_suspects(script(utterance), NOTHING, dictionary=DICTIONARY)
    assert all(one.name in text and one.count > 0 for one in found)
    for name in judge_suspects(found, {one.name: text for one in found}, dictionary=DICTIONARY):
        assert tomllib.loads(name.paste)["entries"]


def test_what_a_form_covers_is_said_by_its_rule() -> None:
    form = SpokenForm(start=0, end=7, spoken_start=0, spoken_end=7, rule="house")
    covered = Utterance(
        display="Qzerbit met Wqidi",
        spoken="Kerbits met Wqidi",
        forms=(form,),
        role=Role.BODY,
        pause_after_ms=1,
        block=0,
    )
    assert unknown(covered) == ["Wqidi"]


def test_hostile_text_takes_no_longer_than_its_length() -> None:
    long = "a" * 100_000 + " " + "Ab" * 50_000 + " " + "x-é-" * 20_000 + "’s" * 20_000
    utterance = Utterance(display=long, spoken=long, forms=(), role=Role.BODY, pause_after_ms=350, block=0)
    assert len(find_suspects(script(utterance), NOTHING, dictionary=DICTIONARY)) >= 1
