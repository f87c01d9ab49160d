"""What of a text is said in one go, in any language."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Span
from pipeline.text.english.pack import English
from pipeline.text.pieces import FEWEST_WORDS, MOST_CHARACTERS, MOST_WORDS, Gap, pieces
from tests.text.strategies import texts

PACK = English()
#: 34 words, and one sentence that is parted at its semicolon.
LONG = f"It {'never ' * 32}rained."
PARTED = (
    "The harbour master of the northern islands asked the council of the port for a new survey of the outer channel "
    "and of the two wrecks at its mouth; the council, which had other cares that spring, never sent him an answer."
)
#: Much of what a text that came from anywhere may hold, and short sentences in number.
shreds = st.lists(
    st.sampled_from(["No. ", "Why? ", "He refused. ", "* * * ", "— ", "“Go!” ", "\n\n", LONG, PARTED, " ", "1. "]),
    max_size=12,
).map("".join)


def said(text):
    return [text[piece.span.start : piece.span.end] for piece in pieces(text, PACK)]


def gaps(text):
    return [piece.gap for piece in pieces(text, PACK)]


def words(text):
    return sum(any(map(str.isalnum, word)) for word in text.split())


@pytest.mark.parametrize(
    "expected",
    [
        ["The ice broke early.", "Nobody sailed for a week."],
        ["Was it so, then?", "No. He refused."],
        ["Was it so, then?", "No. He refused to answer the council."],
        ["No. No. No.", "He refused twice.", "No. No. Then came rain at last."],
        ["“Will you go?” he asked.", "“Never!” She went in March."],
        ["Nobody sailed that week. Why?"],
        ["1. The parties keep the channel open.", "2. They lay no mines."],
        ["Then came the winter.", "Ice. Nothing. Rain."],
        ["No."],
        ["Two words."],
        ["What the ferry carried"],
    ],
)
def test_a_piece_of_one_or_two_words_joins_its_neighbour(expected):
    assert said(" ".join(expected)) == expected


def test_the_next_piece_is_preferred_and_the_one_before_is_taken_where_it_has_no_room():
    assert said(f"The ferry sailed at noon. Why? {LONG}") == ["The ferry sailed at noon.", f"Why? {LONG}"]
    full = LONG.replace("rained", "rained here")
    assert said(f"The ferry sailed at noon. Why? {full}") == ["The ferry sailed at noon. Why?", full]


def test_what_no_neighbour_has_room_for_stands_alone():
    full = LONG.replace("rained", "rained here")
    assert said(f"{full} Why? {full}") == [full, "Why?", full]
    wide = f"{'Ostrava' * 30} and {'Salka' * 7}."
    assert said(f"{wide} Why?") == [wide, "Why?"]


def test_the_gap_of_a_piece_is_what_ends_with_it():
    assert gaps(f"{PARTED} Why? Nobody knew.") == [Gap.CLAUSE, Gap.SENTENCE, Gap.BLOCK]
    assert gaps("Nobody sailed that week. Why?") == [Gap.BLOCK]


class Commas:
    """As much of a LanguagePack as pieces ask for: a sentence a line, a breath a comma."""

    def sentences(self, text):
        return tuple(found_between(text, "\n"))

    def breaths(self, text, sentence):
        return tuple(found_between(text, ",", sentence))


def found_between(text, mark, within=None):
    at = within.start if within else 0
    for part in text[at : within.end if within else len(text)].split(mark):
        yield Span(at, at + len(part))
        at += len(part) + len(mark)


def test_the_last_words_of_a_parted_sentence_stay_with_it():
    text = "nobody sailed that week,they say\nthen the ice broke"
    assert [text[piece.span.start : piece.span.end] for piece in pieces(text, Commas())] == [
        "nobody sailed that week,they say",
        "then the ice broke",
    ]


def test_a_blank_line_keeps_a_heading_from_the_sentence_after_it():
    assert said("The ice\n\nNobody sailed that week.") == ["The ice", "Nobody sailed that week."]


@pytest.mark.parametrize("text", ["", " ", "* * *", "—", "…", "“”", "?! … —", "\ud800"])
def test_what_has_no_letter_and_no_digit_is_no_piece(text):
    assert pieces(text, PACK) == ()


def test_marks_between_two_pieces_that_are_joined_are_kept():
    assert said("Why? … Nobody in the harbour knew.") == ["Why? … Nobody in the harbour knew."]


@given(st.one_of(texts, shreds))
def test_no_letter_is_lost_said_twice_or_out_of_order(text):
    found = pieces(text, PACK)
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    letters = "".join(character for piece in said(text) for character in piece if character.isalnum())
    assert letters == "".join(filter(str.isalnum, text))
    assert [piece.gap is Gap.BLOCK for piece in found] == [False] * (len(found) - 1) + [True] * bool(found)


@given(shreds)
def test_a_short_piece_is_left_only_where_no_neighbour_has_room(text):
    for before, after in pairwise(pieces(text, PACK)):
        both = text[before.span.start : after.span.end]
        if "\n" not in text[before.span.end : after.span.start]:
            shorter = min(words(text[piece.span.start : piece.span.end]) for piece in (before, after))
            assert shorter >= FEWEST_WORDS or words(both) > MOST_WORDS or len(both) > MOST_CHARACTERS


@pytest.mark.parametrize("atom", ["No. ", "a. ", "“", ". ", "a ", "* ", "\ud800", "Why? … "])
def test_hostile_text_costs_linear_time(atom):
    started = time.process_time()
    pieces(atom * 100_000, PACK)
    assert time.process_time() - started < 8
