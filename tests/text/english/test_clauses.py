"""Where sentences too long for one breath are parted, and where not."""

import time
from itertools import pairwise

import pytest
from hypothesis import given

from pipeline.model import Span
from pipeline.text.english.clauses import FEWEST_WORDS, MOST_CHARACTERS, MOST_CHARACTERS_EVER, MOST_WORDS, split_long
from tests.text.strategies import texts


def pieces(text):
    return [text[span.start : span.end] for span in split_long(text, Span(0, len(text)))]


#: A sentence that is too long by itself, to be followed by what is tried.
TRUNK = (
    "The harbour master of the northern islands asked the council of the port for a new survey of the outer channel "
    "and of the two wrecks that had lain at its mouth since the great storm of the spring before last"
)


@pytest.mark.parametrize(
    ("tail", "first_of_second"),
    [
        ("; nobody answered him for a year.", "nobody"),
        (": the old charts were of no use any more.", "the"),
        (" — nobody had asked for it before.", "nobody"),
        ("—nobody had asked for it before.", "nobody"),
        (", but the council had other cares that spring.", "but"),
        (", and Admiral Ostrava refused to wait for it.", "and"),
        (", while the pilots still trusted the old charts, and it showed.", "while"),
        (", because nobody else would do it.", "because"),
        (", with ropes and lamps, because nobody else would do it.", "because"),
        (", and in the end the council was persuaded.", "and"),
        (", but never paid for it.", "but"),
    ],
)
def test_a_long_sentence_is_parted_at_a_mark_or_a_clause(tail, first_of_second):
    parts = pieces(TRUNK + tail)
    assert [part.split()[0] for part in parts] == ["The", first_of_second]


@pytest.mark.parametrize(
    "tail",
    [
        ", the pilots, and the customs house of the southern shore.",
        ", and, in the end, of the breakwater.",
        ", and the lighthouse of the southern shore.",
        ", after the second flood.",
        ", with the approval of the pilots.",
        " (the pilots would not sail; the lenders would not pay, and the crews were gone).",
        " — and of the breakwater — before the frost.",
        ": “No survey, no ships,” he said.",
    ],
)
def test_nothing_is_parted_where_no_clause_begins(tail):
    assert pieces(TRUNK + tail) == [TRUNK + tail]


def test_a_name_and_its_verb_are_not_parted_from_the_one_they_are_joined_with():
    first = (
        "With the islands, according to Amaro, more than willing to take the envoys in and the lenders on the mainland "
        "duly told of it,"
    )
    last = "it seems plain that the republic, and Amaro most of all, have given up on the survey."
    assert pieces(f"{first} {last}") == [first, last]


@pytest.mark.parametrize(
    ("opening", "main"),
    [
        ("Although the council of the port had asked for a new survey of the channel,", "the envoys would not hear of"),
        ("When the pilots, the lenders and the lamp keepers of Salka had gone home,", "Admiral Amaro agreed to"),
        ("In exchange for a promise to keep the outer channel open all winter,", "Tarvenia agreed to every word of"),
        ("But as long as no ship of the line was seen off the breakwater,", "it made no sense to anybody to speak of"),
    ],
)
def test_a_long_sentence_is_parted_between_an_opening_clause_and_the_main_one(opening, main):
    main = f"{main} a treaty about the two wrecks that have lain at the mouth of the harbour since the great storm."
    assert pieces(f"{opening} {main}") == [opening, main]


@pytest.mark.parametrize(
    "text",
    [
        "In the end they built a wall of stone for the fleet of the republic and, in that year, the {rest} was signed.",
        # An opening of a few words, a clause that another one opens, a name set beside another, who says it.
        "On the tenth of May, the {rest} was signed.",
        "With the ice gone and the crews home for good the islands kept quiet, and in 1902, the {rest} was signed.",
        "In the end there was only the Convention of Brin, the agreement signed by the {rest}.",
        "In the view of the court, Secretary of State John Marsh explained, the {rest} was signed.",
    ],
)
def test_no_opening_clause_is_seen_where_there_is_none(text):
    rest = (
        "treaty on the outer channel of the harbour and on the two wrecks at its mouth and on the lamps of the pilots"
    )
    text = text.format(rest=rest)
    assert not any(piece.startswith("the ") for piece in pieces(text))


def test_the_last_of_several_subjects_stays_with_them():
    text = (
        "After eleven weeks of talks in the customs house on the quay of the old town the republic of the islands, the "
        "kingdom, and Tarvenia signed the treaty on the outer channel and the two wrecks that lie at its mouth."
    )
    assert pieces(text) == [text]


def test_a_sentence_of_far_too_many_words_is_parted_at_phrases_too():
    text = f"{TRUNK}, which had sunk a dozen ships and drowned their crews in less than an hour of wind and rain."
    assert pieces(f"{text[:-1]}, so they said.")[0] == f"{TRUNK},"


def test_pieces_stay_within_a_breath_where_marks_allow_it():
    text = "; ".join(["the island sent another letter to the council"] * 20) + "."
    for part in pieces(text):
        assert len(part) <= MOST_CHARACTERS
        assert len(part.split()) <= MOST_WORDS


def test_what_has_no_mark_stays_whole():
    text = "word " * 60 + "end."
    assert pieces(text) == [text]


@pytest.mark.parametrize("blank", [" ", "\n", "\t", " \n  "])
def test_what_has_no_mark_and_no_end_is_parted_at_blanks(blank):
    words = [f"harbour{number}" for number in range(100, 1100)]
    text = blank.join(words)
    assert len(text) > 10_000
    parts = pieces(text)
    assert [word for part in parts for word in part.split()] == words
    assert max(map(len, parts)) <= MOST_CHARACTERS_EVER
    assert min(map(len, parts[:-1])) > MOST_CHARACTERS_EVER - len("harbour1000") - len(blank)
    assert all(part == part.strip() for part in parts)


def test_a_word_without_end_is_cut():
    text = f"So he wrote {'a' * 2_000} and left."
    parts = pieces(text)
    assert parts[0] == "So he wrote"
    assert parts[-1].endswith("a and left.")
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert max(map(len, parts)) == MOST_CHARACTERS_EVER


def test_a_piece_may_be_as_long_as_the_longest():
    text = f"{'a' * 299} {'b' * 300} {'c' * 5}"
    assert pieces(text) == [f"{'a' * 299} {'b' * 300}", "c" * 5]


@given(texts.map(lambda text: text * 99))
def test_no_piece_is_longer_than_the_longest(text):
    whole = Span(len(text) - len(text.lstrip()), len(text.rstrip()))
    parts = split_long(text, whole) if whole.start < whole.end else ()
    assert all(0 < part.end - part.start <= MOST_CHARACTERS_EVER for part in parts)
    assert all(before.end <= after.start for before, after in pairwise(parts))
    said = "".join(text[part.start : part.end] for part in parts)
    assert "".join(said.split()) == "".join(text.split())


def test_no_scraps_are_split_off():
    text = f"So it goes: {'one more envoy left the island for good; ' * 9}and so on; yes."
    assert all(len(part.split()) >= FEWEST_WORDS for part in pieces(text))


def test_a_short_sentence_is_left_alone():
    text = "He came; she left, and it rained."
    assert pieces(text) == [text]


@given(texts.map(lambda text: text * 9))
def test_the_pieces_cover_everything_but_blanks(text):
    at = 0
    for span in split_long(text, Span(0, len(text))):
        if len(text.split()) > MOST_WORDS:
            assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "atom", ["a, and ", "; a b c ", "(", "— ", ", and A", "was ", ",", "and aaaa was, ", "a", "a ", " ", "a    ", "\n"]
)
def test_hostile_text_costs_linear_time(atom):
    started = time.process_time()
    pieces(atom * 50_000)
    assert time.process_time() - started < 5
