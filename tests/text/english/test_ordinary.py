"""Ordinary sentences are told at a glance, and no rule is kept from one that it would find anything in."""

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.cases import cases
from pipeline.model import Lexicon
from pipeline.text.english.sentences import split_sentences
from pipeline.text.english.spoken import speak
from pipeline.text.english.spoken.ordinary import is_ordinary
from pipeline.text.english.spoken.rules import REMAINS, RULES, TABLE
from pipeline.text.tables import word_list
from tests.text.strategies import texts

#: What is nearly ordinary: words, names, single capitals and short forms, with plain pauses between.
_WORDS = word_list(
    "the ships left harbour Amaro War phase Henry King Article Minsk I V X C A E U S Ith Vst May Monday Dr Gen St Mt "
    "vs etc eg Inc Sat Nov Mk Sept cf retd Ostrava anti-Russian trade-off Russo-Turkish it’s don’t allies’ Gov’t "
    "D-Ohio A-C N-P May-June"
)
_PAUSES = (", ", "; ", " ", " ", " ", "-", ". ", ".", "” ")
near_ordinary = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_PAUSES))).map(
    lambda pairs: "".join(chain.from_iterable(pairs))
)


@pytest.mark.parametrize(
    "text",
    [
        "The ships left the harbour.",
        "“It’s over,” said Amaro; nobody believed the ministers’ word.",
        "The E U and the P L O met in Bosnia-Herzegovina.",
        "Bosnia’s anti-corruption court, at last!",
        "",
    ],
)
def test_words_names_and_pauses_are_ordinary(text):
    assert is_ordinary(text)


@pytest.mark.parametrize(
    "text",
    [
        "In 2025",
        "The EU left.",
        "Dr Amaro",
        "Phase I ended.",
        "the Ist Corps",
        "ships, etc.",
        "in Nov.",
        "May-June talks",
        "D-Ohio",
        "Gov’t",
        "the end… came",
        "ships (two) left",
        "a – b",
        "It ended. It began.",
        "x.com",
        "eVTOL",
    ],
)
def test_what_a_rule_may_read_is_not(text):
    assert not is_ordinary(text)


@settings(max_examples=500)
@given(st.one_of(near_ordinary, texts))
def test_no_rule_finds_anything_in_an_ordinary_text(text):
    assert_sound(text)


def test_no_rule_is_kept_from_a_case_or_from_its_reading():
    for case in cases():
        for text in filter(None, (case.written, case.british, case.american)):
            assert_sound(text)


def test_no_rule_is_kept_from_real_prose_or_from_what_is_said_of_it(shared):
    for path in sorted((shared / "archive").glob("*.md"))[::20]:
        text = path.read_text(encoding="utf-8")
        for span in split_sentences(text):
            written = text[span.start : span.end]
            assert_sound(written)
            assert_sound(speak(written, language="en-GB", lexicon=Lexicon()).text)


def test_most_real_sentences_are_ordinary_once_they_are_spoken(shared):
    text = min((shared / "archive").glob("*.md")).read_text(encoding="utf-8")
    lines = [" ".join(text[span.start : span.end].split()) for span in split_sentences(text)]
    spoken = [speak(line, language="en-GB", lexicon=Lexicon()).text for line in lines]
    assert sum(map(is_ordinary, spoken)) > len(spoken) / 2


def assert_sound(text):
    """Every rule that finds anything in ``text`` is tried on it."""
    tried = set() if is_ordinary(text) else {id(rule) for table in (TABLE, REMAINS) for rule in table.rules_for(text)}
    for rule in RULES:
        if id(rule) not in tried:
            assert rule.pattern.search(text) is None, (rule.name, rule.pattern.pattern[:80], text)
