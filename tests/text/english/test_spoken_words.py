"""Words: titles, numerals, designations, acronyms, signs, brackets and marks, beside the table of cases."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Lexicon
from pipeline.text.english.abbreviations import ABBREVIATIONS, BY_WRITTEN, SAINTS, Kind
from pipeline.text.english.spoken import speak
from pipeline.text.english.spoken.acronyms import ORDINARY, SAID_AS_WORDS, SAID_OTHERWISE, SOUNDS, SPELLED
from pipeline.text.english.spoken.designations import in_words
from pipeline.text.english.spoken.roman import value

_SAID_WHOLE = ORDINARY | SAID_AS_WORDS | SAID_OTHERWISE.keys() | SOUNDS.keys() | {"MK"}
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_WRITTEN = [
    *(f"{short.written}." for short in ABBREVIATIONS),
    *("[sic]", "[...]", "(…)", "(a)", "(ii)", "5(1)(a)", "(s)he", "member(s)", "straits.1", "pact,”4", "2022.3", "[3]"),
    *("F-16s", "T-72B3", "ZSU-23-4", "737-800", "UN 2758", "A2/AD", "BA.5", "Mk-84s", "J-10Cs", "G7+", "P5+1"),
    *("Henry VIII", "Oslo II", "I", "III.B", "I–III", "XX", "MMXXIV", "US", "WHO", "PEACE", "GIVE", "PfP", "Q&As"),
    *(
        "C#",
        "w/o",
        "yes/no",
        "a\\b",
        "<b>",
        "•",
        "|",
        "^",
        "≠",
        "€/$",
        "@x",
        "#AbC",
        "gov.uk",
        "x.pdf",
        ".com",
        "«",
        "»",
    ),
    *(" ", " ", " ", " ", ".", ",", ":", ")", "(", "]", "[", "”", "“", "—", "–", "’s", "The", "said", "They", "\u0301"),
]
texts = st.lists(st.sampled_from(_WRITTEN), max_size=10).map("".join)


def said(text, language="en-GB"):
    return speak(text, language=language, lexicon=Lexicon()).text


def doubts(text):
    return [
        text[form.start : form.end]
        for form in speak(text, language="en-GB", lexicon=Lexicon()).forms
        if form.confidence < 1
    ]


@settings(max_examples=400)
@given(texts)
def test_only_letters_blanks_and_pauses_are_left_and_speaking_again_changes_nothing(text):
    for language in ("en-GB", "en-US"):
        once = said(text, language)
        wrong = [sign for sign in once if not (sign.isspace() or sign in "'’‘“”\",.;:?!…-")]
        assert all(unicodedata.category(sign)[0] in "LM" for sign in wrong), (text, once)
        assert said(once, language) == once


@given(
    st.text(_LETTERS, min_size=1, max_size=3),
    st.integers(1, 9999),
    st.sampled_from(["", "A", "B3", "s", "MS"]),
)
def test_a_designation_never_loses_its_digits(letters, number, tail):
    """Numbers that differ are said differently, and none is left out."""
    designation = f"{letters}-{number}{tail}"
    once = in_words(designation)
    assert not any(sign.isdigit() for sign in once)
    assert once != in_words(f"{letters}-{number + 1}{tail}")
    # What is a word, such as LET, is not spelled.
    least = 1 if letters in _SAID_WHOLE else len(letters)
    assert len(once.replace("-", " ").split()) > least


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("Marsh III took the seat.", "III"),
        ("The answer is no. 5 ships came.", "no. "),
        ("On Quay St. Amaro fell.", "St."),
        ("The straits closed.1 They reopened.", "1"),
        ("The ZQK met.", "ZQK"),
        ("CHINA WARNS US", "US"),
        ("The war [3] ended.", " [3]"),
        ("The quay/pier row goes on.", "/"),
    ],
)
def test_what_the_words_around_do_not_settle_is_reported(written, doubt):
    assert doubt in doubts(written)


@pytest.mark.parametrize(
    "written",
    [
        "King Zog I fled.",
        "See Vol. IV of it.",
        "It is no. 5 on the list.",
        "St. Petersburg is grey.",
        "He lives on Wall St. now.",
        "The pact held.[3]",
        "GIVE US PEACE",
        "THE US IS BACK",
        "The UK/US pact held.",
        "A yes/no vote came.",
        "Phases I, II and III are funded.",
        "The Boeing 737-800 circled.",
    ],
)
def test_what_the_words_around_settle_is_no_doubt(written):
    assert doubts(written) == []


def test_an_article_has_few_doubts(shared):
    """Fewer than one in 300 words over real analyses, of all rules together."""
    found, words = 0, 0
    for path in sorted((shared / "archive").glob("*.md"))[::10]:
        for paragraph in filter(_is_prose, path.read_text(encoding="utf-8").split("\n\n")[1:]):
            found += len(doubts(paragraph))
            words += len(paragraph.split())
    assert words > 10_000
    assert found < words / 300


def _is_prose(paragraph):
    """Whether it has no links of Markdown, whose addresses are never spoken."""
    return "](" not in paragraph


def test_a_british_voice_is_led_to_its_lieutenant():
    assert said("Lt. Gen. Amaro left.") == "Leftenant General Amaro left."
    assert said("Lt. Gen. Amaro left.", "en-US") == "Lieutenant General Amaro left."


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_of_either_kind_stay_with_their_letters(form):
    text = unicodedata.normalize(form, "Erdoğan’s façade in Łódź, vis-à-vis São Tomé, was naïveté.")
    assert said(text) == text


@pytest.mark.parametrize("text", ["Владимир Путин", "Ελλάδα", "السلام", "中国共产党", "한국", "שלום", "नमस्ते"])
def test_words_of_other_scripts_are_left_whole(text):
    assert said(text) == text


def test_no_capitals_stand_in_two_tables():
    assert not SPELLED & SAID_AS_WORDS
    assert not ORDINARY & (SPELLED | SAID_AS_WORDS)
    assert not set(SAID_OTHERWISE) & (SPELLED | SAID_AS_WORDS)


def test_no_abbreviation_stands_twice():
    assert len(BY_WRITTEN) == len(ABBREVIATIONS)
    assert BY_WRITTEN["St"].kind is Kind.TITLE
    assert "Petersburg" in SAINTS


@pytest.mark.parametrize(
    ("numeral", "number"), [("IV", 4), ("XCIX", 99), ("LVIII", 58), ("IIII", None), ("VX", None), ("", None)]
)
def test_the_value_of_a_numeral(numeral, number):
    assert value(numeral) == number


@pytest.mark.parametrize(
    "atom",
    [
        "(",
        ")",
        "((",
        "[sic",
        "(a)",
        "5(1)",
        "a(s)",
        "a.1",
        "a.1 ",
        ".”1",
        "a [3] ",
        "A-1-",
        "A-1/",
        "ZSU-23-",
        "737-",
        "B.1.",
        "Sen. de la ",
        "King X ",
        "II.B",
        "I, ",
        "w/",
        "a/b",
        "<b",
        "| ",
        "^",
        "x.com/",
        ".com",
        "@a@",
        "US ",
        "PEACE US ",
        "St. ",
        "no. 5 ",
        "est. ",
        "\u0301",
        "« ",
    ],
)
def test_hostile_text_costs_linear_time(atom):
    started = time.process_time()
    said(atom * 5_000)
    assert time.process_time() - started < 5
