"""What the voice is given, and how it is tied to what is written."""

import time

import pytest
from hypothesis import given, settings

from benchmarks.cases import cases, comparable, reference_cases
from pipeline.errors import ScriptError
from pipeline.model import Lexicon
from pipeline.text.english.sentences import split_sentences
from pipeline.text.english.spoken import speak
from pipeline.text.english.spoken.remains import is_speakable
from pipeline.text.english.spoken.rules import RULES, TABLE
from tests.text.strategies import texts

NO_LEXICON = Lexicon()


def said(text, language="en-GB"):
    return speak(text, language=language, lexicon=NO_LEXICON).text


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.kind}: {case.written}")
def test_the_table_of_spoken_forms(case):
    assert said(case.written) == case.british
    assert said(case.written, "en-US") == (case.american or case.british)


@pytest.mark.parametrize(
    ("written", "british", "american"),
    [
        ("on May 19, 2025", "on the nineteenth of May twenty twenty-five", "on May nineteenth, twenty twenty-five"),
        ("on 3–5 June", "on the third to the fifth of June", "on June third to fifth"),
        ("on 5/4/2024", "on the fifth of April twenty twenty-four", "on May fourth, twenty twenty-four"),
        ("105 ships", "one hundred and five ships", "one hundred five ships"),
        ("5%", "five per cent", "five percent"),
        ("3 km", "three kilometres", "three kilometers"),
        ("in 2008", "in two thousand and eight", "in two thousand eight"),
    ],
)
def test_the_locale_decides(written, british, american):
    assert (said(written), said(written, "en-US")) == (british, american)


@pytest.mark.parametrize("language", ["de", "fr-FR", "", "uk"])
def test_other_languages_are_refused_with_the_cure(language):
    with pytest.raises(ScriptError, match=r"lang: en-GB.*show\.toml"):
        said("Guten Tag", language)


@pytest.mark.parametrize("language", ["en", "en-AU", "EN_us"])
def test_every_english_is_taken(language):
    assert said("7 ships", language) == "seven ships"


def test_the_forms_say_where_and_why():
    spoken = speak("On 04/05/2024 the QZX paid $5.", language="en-GB", lexicon=NO_LEXICON)
    assert [(form.rule, form.confidence) for form in spoken.forms] == [("date", 0.6), ("acronym", 0.8), ("money", 1.0)]
    assert [spoken.text[form.spoken_start : form.spoken_end] for form in spoken.forms] == [
        "the fourth of May twenty twenty-four",
        "Q Z X",
        "five dollars",
    ]


@pytest.mark.parametrize(
    ("written", "is_sure"),
    [
        ("A patrol went 12 nm off the coast.", True),
        ("A patrol went 12 nm.", False),
        ("Its 5 nm chips sank.", True),
        ("Its cargo of chips sank 200 nm off the coast.", False),
        ("Some 20m people left.", True),
        ("Some 20m left.", False),
        ("The hull is 20m long.", False),
        ("She sailed at 30 kt.", True),
        ("A 30 kt bomb fell.", True),
        ("The 30 kt figure stands.", False),
        ("A bomb made 30 kt.", False),
        ("It cost €1,5 million.", False),
        ("It has 1.234.567 voters.", False),
        ("It cost €1.5 million.", True),
        ("They met at 1800 hours.", True),
        ("They met before 1800 hours.", False),
        ("It needs R90m.", False),
        ("A civil/legal quarrel.", False),
        ("A civil and/or legal quarrel.", True),
        ("Call +44 20 7946 0958.", False),
        ("S. 2155 fell.", False),
        ("H.R. 2155 fell.", True),
    ],
)
def test_an_editor_sees_what_the_words_around_do_not_settle(written, is_sure):
    spoken = speak(written, language="en-GB", lexicon=NO_LEXICON)
    assert (min(form.confidence for form in spoken.forms) == 1) is is_sure


@settings(max_examples=300)
@given(texts)
def test_outside_the_forms_both_texts_are_the_same(text):
    spoken = speak(text, language="en-GB", lexicon=NO_LEXICON)
    at, spoken_at = 0, 0
    for form in spoken.forms:
        assert text[at : form.start] == spoken.text[spoken_at : form.spoken_start]
        assert text[form.start : form.end] != spoken.text[form.spoken_start : form.spoken_end]
        assert 0 < form.confidence <= 1
        at, spoken_at = form.end, form.spoken_end
    assert text[at:] == spoken.text[spoken_at:]


@settings(max_examples=300)
@given(texts)
def test_nothing_that_is_no_word_survives_and_speaking_again_changes_nothing(text):
    for language in ("en-GB", "en-US"):
        once = said(text, language)
        assert all(is_speakable(character) for character in once), once
        assert said(once, language) == once


def test_what_may_be_said_is_words_and_pauses():
    allowed = "Ab éŁя漢ع ह\u0939\u093f '’‘“”\",.;:?!…-\n\u00a0"
    assert all(map(is_speakable, allowed))
    assert not any(map(is_speakable, "0²½Ⅳ٣①_()[]{}<>/\\|*#@&+=~^%$€§–—−•©🎉\u200b\x1b\ud800"))


@settings(max_examples=300)
@given(texts)
def test_no_rule_is_kept_from_what_it_would_find(text):
    tried = list(TABLE.rules_for(text))
    assert [rule for rule in RULES if rule in tried] == tried
    for rule in RULES:
        if rule.pattern.search(text):
            assert rule in tried, rule


@pytest.mark.parametrize(
    "atom",
    [
        "1",
        "1,",
        "1-",
        "$1 ",
        "US ",
        "A",
        "A.",
        "—",
        "a@",
        "www.",
        "F-16",
        "X I ",
        "...",
        "[1]",
        "A&",
        ". ",
        "[",
        "<",
        "A/",
        "(R-",
        "June 3 and 4 ",
        "Parts I, ",
        "Resolutions 242, ",
        "P. L. 8-",
        "1nm ",
        "2kt ",
        "20m ",
        "20m by ",
        "1 000",
        "1\u00a0111",
        "1 111 ",
        "1.234.",
        "€1,5-",
        "+1 ",
        "+1(",
        "R1 and ",
        "AAA",
        "he/",
        "II.a",
        "c. R",
        "BC-",
        "Ab-",
        "A/RES/1/",
        "Block IIA and ",
        "(c) 2024 ",
        "the Gen.,",
        "no. 5 ships is ",
    ],
)
def test_hostile_text_costs_linear_time(atom):
    started = time.process_time()
    said(atom * 5_000)
    assert time.process_time() - started < 5


def test_the_development_cases(shared, capsys):
    """The reference cases, in the English of their readings and in the house's; British dates are other words."""
    table = list(reference_cases(shared / "text" / "spoken-cases.tsv"))
    for language, least in (("en-US", 1.0), ("en-GB", 0.97)):
        failures = [
            f"{language} {kind}: {written!r} was said {said(written, language)!r}, not {readings!r}"
            for kind, written, readings in table
            if comparable(said(written, language)) not in map(comparable, readings)
        ]
        with capsys.disabled():
            print("", *failures, sep="\n")  # noqa: T201 - they are for people to read
        assert 1 - len(failures) / len(table) >= least, failures


def test_the_real_article(vortex):
    text = vortex.read_text(encoding="utf-8")
    utterances = [text[span.start : span.end] for span in split_sentences(text)]
    spoken = [said(utterance) for utterance in utterances]
    assert not any(character.isdigit() for character in "".join(spoken))
    for written, heard in zip(utterances, spoken, strict=True):
        assert heard.count("U S") == written.count("US")
        assert "US" not in heard
    assert sum(heard.count("U S") for heard in spoken) >= 5
