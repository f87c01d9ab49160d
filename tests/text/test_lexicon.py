"""The house's own words, before every rule of English."""

import pytest

from pipeline.model import Lexicon, LexiconEntry, SpokenForm
from pipeline.text.english.spoken import speak


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
