"""The house's own words, before every rule of English."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Lexicon, LexiconEntry, SpokenForm
from pipeline.text.english.spoken import speak
from pipeline.text.lexicon import lexicon_edits
from tests.text.strategies import texts


def said(text, *entries, language="en-GB"):
    return speak(text, language=language, lexicon=Lexicon(entries=entries)).text


KYIV = LexiconEntry(grapheme="Kyiv", say="Keev")


def test_a_whole_word_is_said_as_the_house_says_it():
    spoken = speak("In Kyiv, Kyiv’s mayor and Kyivan monks met.", language="en-GB", lexicon=Lexicon(entries=(KYIV,)))
    assert spoken.text == "In Keev, Keev’s mayor and Kyivan monks met."
    assert spoken.forms[0] == SpokenForm(start=3, end=7, spoken_start=3, spoken_end=7, rule="lexicon")


def test_the_longest_entry_wins():
    city = LexiconEntry(grapheme="Kyiv City", say="Keev Town")
    assert said("Kyiv  City and Kyiv", KYIV, city) == "Keev Town and Keev"


def test_case_matters_unless_the_entry_says_otherwise():
    loose = LexiconEntry(grapheme="sejm", say="same", case=False)
    assert said("kyiv asked the Sejm and the SEJM.", KYIV, loose) == "kyiv asked the same and the same."


@pytest.mark.parametrize(("language", "heard"), [("en-GB", "leftenant"), ("en-US", "lieutenant")])
def test_an_entry_of_a_language_counts_there_alone(language, heard):
    entry = LexiconEntry(grapheme="lieutenant", say="leftenant", language="en-GB")
    assert said("A lieutenant left.", entry, language=language) == f"A {heard} left."


def test_the_entry_of_this_very_language_goes_before_one_of_any():
    anywhere = LexiconEntry(grapheme="Derry", say="one")
    here = LexiconEntry(grapheme="Derry", say="two", language="en")
    assert said("Derry", anywhere, here) == "two"


def test_no_rule_touches_what_the_lexicon_said():
    entry = LexiconEntry(grapheme="Su-57", say="Su-57 U.S. 5%")
    assert said("A Su-57 and 2 EU envoys", entry) == "A Su-57 U.S. 5% and two E U envoys"


def test_an_entry_can_keep_a_word_as_it_is():
    entry = LexiconEntry(grapheme="ISW", say="ISW")
    spoken = speak("ISW and UNX", language="en-GB", lexicon=Lexicon(entries=(entry,)))
    assert spoken.text == "ISW and U N X"
    assert [form.rule for form in spoken.forms] == ["acronym"]


def test_an_entry_is_no_pattern():
    assert said("A+B. A+B", LexiconEntry(grapheme="A+B", say="ay bee")) == "ay bee. ay bee"


def test_either_apostrophe_matches():
    assert said("Cote d’Or", LexiconEntry(grapheme="Cote d'Or", say="coat door")) == "coat door"


def test_an_entry_may_begin_with_any_sign():
    entries = (
        LexiconEntry(grapheme="'Abd", say="Ahbd"),
        LexiconEntry(grapheme="]x", say="bracket"),
        LexiconEntry(grapheme="élan", say="ay-lahn", case=False),
    )
    assert said("’Abd, ]x, ÉLAN", *entries) == "Ahbd, bracket, ay-lahn"


ISW = LexiconEntry(grapheme="ISW", read_as="word")
SDF = LexiconEntry(grapheme="SDF", read_as="letters")
SOUND = LexiconEntry(grapheme="Łódź", ipa="wutʂ")


def forms(text, *entries):
    spoken = speak(text, language="en-GB", lexicon=Lexicon(entries=entries))
    return [
        (text[form.start : form.end], spoken.text[form.spoken_start : form.spoken_end], form.rule, form.ipa)
        for form in spoken.forms
    ]


def test_a_sound_alone_leaves_the_text_as_written_and_is_carried():
    assert forms("In Łódź’s 3 yards", SOUND) == [("Łódź", "Łódź", "lexicon", "wutʂ"), ("3", "three", "number", "")]
    assert said("In Łódź’s 3 yards", SOUND) == "In Łódź’s three yards"


def test_a_sound_beside_a_respelling_goes_with_the_respelling():
    both = LexiconEntry(grapheme="Kyiv", say="Keev", ipa="ˈkiːɪv")
    assert forms("Kyiv", both) == [("Kyiv", "Keev", "lexicon", "ˈkiːɪv")]


def test_a_sound_alone_keeps_the_rules_away():
    assert said("The OSCE and the EU", LexiconEntry(grapheme="OSCE", ipa="ˈɒski")) == "The OSCE and the E U"


@pytest.mark.parametrize("text", ["Łódź[3] fell.", "[3]Łódź fell.", "Łódź[3] fell in 2008 to the USS Henry VIII."])
def test_a_sound_survives_what_says_nothing_beside_it(text):
    """A footnote mark is not spoken; it may stand against the name in any pass."""
    assert next(form for form in forms(text, SOUND) if "Łódź" in form[0])[2:] == ("lexicon", "wutʂ")


@pytest.mark.parametrize("text", ["[3]SIPRI fell in 2008 to the USS Henry VIII.", "SIPRI[3] fell on 3/4/2025."])
def test_no_rule_spells_a_name_beside_what_says_nothing(text):
    assert "SIPRI " in said(text, LexiconEntry(grapheme="SIPRI", say="SIPRI"))


def test_no_other_form_has_a_sound():
    assert {form[3] for form in forms("On 3 May NATO paid $5 to the QZX in Łódź.", SOUND)} == {"", "wutʂ"}


@pytest.mark.parametrize(
    ("entry", "written", "heard"),
    [
        # A voice spells capitals that no word of its language has, even where it is given them whole.
        (ISW, "The ISW said", "The Isw said"),
        (ISW, "the ISW’s map", "the Isw’s map"),
        (ISW, "two ISWs met", "two Isws met"),
        (SDF, "The SDF said", "The S D F said"),
        (SDF, "the SDF’s map", "the S D F’s map"),
        (SDF, "two SDFs met", "two S D F's met"),
        (LexiconEntry(grapheme="UNITA", read_as="letters"), "UNITA fought, UNITA.", "U N I T A- fought, U N I T A."),
        (LexiconEntry(grapheme="Opcw", read_as="letters", case=False), "OPCW, opcw", "O P C W, O P C W"),
        (LexiconEntry(grapheme="COP28", read_as="letters"), "at COP28", "at C O P twenty-eight"),
        (LexiconEntry(grapheme="A2/AD", read_as="letters"), "the A2/AD zone", "the A-two A-D zone"),
        (LexiconEntry(grapheme="Q&A", read_as="letters"), "a Q&A", "a Q and A"),
        (LexiconEntry(grapheme="Frontex", read_as="word"), "Frontex", "Frontex"),
        (LexiconEntry(grapheme="ha", read_as="letters", case=False), "it has HA", "it has H A"),
        (LexiconEntry(grapheme="IRNA", say="Eerna", read_as="letters"), "IRNA", "Eerna"),
    ],
)
def test_capitals_are_a_word_or_spelled_as_the_entry_says(entry, written, heard):
    assert said(written, entry) == heard
    assert said(heard, entry) == heard


def test_a_word_of_capitals_can_have_a_sound_too():
    assert forms("SIPRI", LexiconEntry(grapheme="SIPRI", read_as="word", ipa="ˈsɪpri")) == [
        ("SIPRI", "Sipri", "lexicon", "ˈsɪpri")
    ]


def test_the_entry_with_these_capitals_goes_before_one_of_any():
    loose = LexiconEntry(grapheme="Polish", say="pollish", case=False)
    exact = LexiconEntry(grapheme="Polish", say="Pole-ish")
    assert said("Polish polish", loose, exact) == "Pole-ish pollish"


@settings(max_examples=200)
@given(
    texts, st.sampled_from(["Kyiv", "US", "NATO", "the", "3", "$", "St."]), st.sampled_from(["say", "ipa", "read_as"])
)
def test_the_spans_tie_both_texts_whatever_the_entry_says(text, grapheme, way):
    entry = LexiconEntry(grapheme=grapheme, **{way: "word" if way == "read_as" else "ki"})
    spoken = speak(text, language="en-GB", lexicon=Lexicon(entries=(entry,)))
    at, spoken_at = 0, 0
    for form in spoken.forms:
        assert text[at : form.start] == spoken.text[spoken_at : form.spoken_start]
        assert form.rule == "lexicon" or not form.ipa
        at, spoken_at = form.end, form.spoken_end
    assert text[at:] == spoken.text[spoken_at:]


_PIECES = [
    "Kyiv",
    "kyiv",
    "City",
    "İz",
    "iz",
    "ız",
    "IZ",
    "d’Or",
    "d'Or",
    "'Abd",
    "’Abd",
    "]x",
    "_",
    "A+B",
    "ſs",
    "SS",
    "ß",
]


def leftmost_and_longest(text, entries):
    """What the entries find, by one pattern of all of them: slow and plain."""
    names = sorted((entry.grapheme for entry in entries), key=len, reverse=True)
    patterns = (r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in name.split()) for name in names)
    return [found.span() for found in re.finditer(rf"(?i)(?<!\w)(?:{'|'.join(patterns)})(?!\w)", text)]


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from([*_PIECES, " ", " ", "  ", ",", "-"]), max_size=12).map("".join),
    st.lists(
        st.lists(st.sampled_from([*_PIECES, " "]), min_size=1, max_size=3).map("".join).filter(str.strip),
        min_size=1,
        max_size=3,
    ),
)
def test_looking_words_up_finds_what_one_pattern_of_all_entries_would(text, graphemes):
    entries = tuple(LexiconEntry(grapheme=grapheme, say="said", case=False) for grapheme in graphemes)
    edits = lexicon_edits(text, Lexicon(entries=entries), language="en-GB", say_capitals=str)
    assert [(edit.start, edit.end) for edit in edits] == leftmost_and_longest(text, entries)


def test_a_large_lexicon_costs_no_more_than_a_small_one():
    entries = tuple(LexiconEntry(grapheme=f"Amaro {number}", say="x", case=False) for number in range(3_000))
    text = "The mills of Ostrava stood still while the ferry waited in Salka for three days. " * 200
    edits = lexicon_edits(text, Lexicon(entries=entries), language="en-GB", say_capitals=str)
    started = time.process_time()
    for _ in range(10):
        assert lexicon_edits(text, Lexicon(entries=entries), language="en-GB", say_capitals=str) == edits == []
    assert time.process_time() - started < 3
