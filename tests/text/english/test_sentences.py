"""Where sentences end."""

import time

import pytest
from hypothesis import given

from pipeline.model import Span
from pipeline.text.english.sentences import split_sentences
from tests.text.strategies import texts


def pieces(text):
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dr. Amaro met Gen. Ostrava in the U.S. on Friday.", "They spoke at 9 a.m. Monday."],
        ["The envoy lives in the U.S.", "It suits him."],
        ["J.D. Vance and W. E. B. Du Bois never met.", "George W. Bush did."],
        ["No. 10 said no.", "He left."],
        ["Was it so?", "No.", "He refused."],
        ["Take a neutral port, e.g. Trieste.", "It is open."],
        ["Grain, oil, etc. were held up.", "Acme Inc. paid."],
        ["They rely on Acme Inc.", "The firm is old."],
        ["Rates rose 3.5 per cent.", "40 ships left."],
        ["The harbour froze in 1991.", "The fleet did not."],
        ["He paused... then signed.", "Nothing followed…", "Then came rain."],
        ["“We want no war.”", "He sat down."],
        ['"We want no war."', "He sat down."],
        ["'We want no war.'", "He sat down."],
        ["(It rained.)", "Then he left."],
        ["[Applause.]", "“Thank you.”"],
        ["“We will not go!” he said.", "Nobody moved."],
        ["“Will you go?” Amaro asked.", "She nodded."],
        ['"Why?" and "how?" are the questions.', "“No!”", "He ran."],
        ["1. The first point stands.", "2. The second falls."],
        ["On Sept. 11 it closed.", "It opened in Oct.", "The ships came."],
        ["See Art. 5 and p. 4.", "Nothing is there."],
        ["She visited St. Helena.", "He lives in Downing St.", "The street is short."],
        ["Under Elizabeth I.", "She ruled alone."],
        ["See Pub. L. 90 for that.", "It was repealed."],
        ["It is still c. $100,000 a ship, or ca. R90m.", "He said no.", "$5 was too little."],
        ["They passed H.R. 12, H.J.Res. 77 and S.Con. Res. 70.", "Nobody cared."],
        ["It ended well!", "Did it?", "Perhaps..."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences):
    assert pieces(" ".join(sentences)) == sentences


def test_blanks_at_the_edges_belong_to_nobody():
    assert split_sentences("  One.\n\t Two.  ") == (Span(2, 6), Span(9, 13))


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_has_no_sentences(text):
    assert split_sentences(text) == ()


@given(texts)
def test_the_spans_cover_everything_but_blanks(text):
    at = 0
    for span in split_sentences(text):
        piece = text[span.start : span.end]
        assert piece == piece.strip() != ""
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()


def test_a_stop_whose_blank_was_forgotten_still_ends_its_sentence():
    assert pieces("The pact fell.Then came rain. See harbour.org and J.Marsh.") == [
        "The pact fell.", "Then came rain.", "See harbour.org and J.Marsh.",
    ]  # fmt: skip


@pytest.mark.parametrize("atom", [".", ". ", ".”", "A. ", "“A!” ", "; a b c ", "Gen. ", " ", "a.b ", "… "])
def test_hostile_text_costs_linear_time(atom):
    started = time.process_time()
    split_sentences(atom * 50_000)
    assert time.process_time() - started < 5
