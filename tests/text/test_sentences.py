"""Where sentences end, and where long ones are parted."""

import time

import pytest
from hypothesis import given

from pipeline.model import Span
from pipeline.text.sentences import MOST_CHARACTERS, MOST_WORDS, split_long, split_sentences, split_utterances
from tests.text.strategies import texts


def pieces(text, split=split_sentences):
    return [text[span.start : span.end] for span in split(text)]


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
    for split in (split_sentences, split_utterances):
        at = 0
        for span in split(text):
            piece = text[span.start : span.end]
            assert piece == piece.strip() != ""
            assert not text[at : span.start].strip()
            at = span.end
        assert not text[at:].strip()


LONG = (
    "The ministry, which had promised a survey of the harbour in 1,200 days, published nothing for three years; the "
    "dockers, who had waited for the survey before they would agree to a new rota, went home, and the ships that had "
    "queued outside the breakwater since the spring turned for the ports of the southern coast."
)


def test_a_long_sentence_is_parted_at_its_marks():
    parts = pieces(LONG, split_utterances)
    assert [part.split()[-1] for part in parts] == ["years;", "home,", "coast."]
    assert " ".join(parts) == LONG


def test_pieces_stay_within_a_breath_where_marks_allow_it():
    text = ", and ".join(["the island sent another letter to the council"] * 20) + "."
    for part in pieces(text, split_utterances):
        assert len(part) <= MOST_CHARACTERS
        assert len(part.split()) <= MOST_WORDS


def test_a_dash_stays_with_what_it_follows():
    text = f"{'The harbour master kept his own long ledger of arrivals ' * 4}— nobody had asked him to do so."
    assert pieces(text, split_utterances)[-1] == "nobody had asked him to do so."


def test_nothing_is_parted_inside_brackets():
    text = f"{'They paid for the pilots ' * 6}(rum, rope, and {'the other old debts ' * 5}), and they went home again."
    assert "(rum, rope, and the other" in pieces(text, split_utterances)[0]


def test_what_has_no_mark_stays_whole():
    text = "word " * 60 + "end."
    assert pieces(text, split_utterances) == [text]


def test_no_scraps_are_split_off():
    text = f"So it goes on: {'one more envoy left the island for good ' * 9}, and so on; yes."
    assert all(len(part.split()) >= 3 for part in pieces(text, split_utterances))


def test_a_short_sentence_is_left_alone():
    text = "He came; she left, and it rained."
    assert split_long(text, Span(0, len(text))) == (Span(0, len(text)),)


@pytest.mark.parametrize("atom", [".", ". ", ".”", "A. ", "“A!” ", "; a b c ", "Gen. ", " ", "a.b ", "… "])
def test_hostile_text_costs_linear_time(atom):
    started = time.process_time()
    split_utterances(atom * 50_000)
    assert time.process_time() - started < 5
