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
        ["He saw Sec. Reyl at 10 Quay Rd. today.", "He said no.", "Calder left."],
        ["The tower is by I. M. Marsh.", "Dr. I. Brin drew it.", "It was he and I.", "Nobody helped."],
        ["The harbour at dawn (Photo/J. Scott Marsh).", "He took it at 4/5 p.m. Monday."],
        ["It sailed vs. the tide.", "J. K. Marsh, Ph.D., drowned.", "So did Amaro."],
        ["By 6 p.m. The Causeway Letter had it.", "They met at 9 p.m.", "He left at 10 a.m.", "Calder stayed."],
        ["In the U.S. The Harbour Review is read.", "It is not sold in the U.S.", "The reason is its price."],
        ["Was it 3.5 per cent?!", "It was 2.1.", "See www.causeway.example/Notes.Final now.", "Nobody does."],
        ["Three things follow: a) the port stays shut; b) nobody is told.", "They knew."],
        ["iPhone sales fell.", "al-Shifa closed.", "He met Gen. al-Brini.", "eBay did well."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences):
    assert pieces(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["“We go!” he said.", "“Why?” asked Amaro, “and when?”"],
        ["“We go!” Prime Minister Calder’s deputy said.", "He went."],
        ["“Why?” Tomas Reyl, the pilot, asked.", "“Why not?”"],
        ["“He told me, ‘Never!’” Calder recalled.", "“They had asked twice.”"],
        ["He asked: “Is it you?”", "Reyl replied, “It is not.”"],
        ["He asked, “Is it you?”", "Reyl said nothing."],
        ["“We stay.”", "Calder said nothing."],
        ["“We stay.” Calder said.", "“We go.” Reyl added, and left."],
        ["He said: “We go.", "We stay.”", "They left."],
        ["The sign “No entry. No exit.” was gone.", 'The sign "No mines. No nets." was not.'],
        ["The war—“You bring the ships, I bring the crews!”—never came."],
    ],
)
def test_no_quotation_is_parted_from_the_words_that_say_whose_it_is(sentences):
    assert pieces(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["The pact (see p. 3. It is short.) binds both.", "It holds."],
        ["The pact [as amended. The text (see p. 3) is lost.] binds both.", "It holds."],
        ["(It rained.", "It was cold.)", "Then he left."],
        ["He left (it was late!)", "Calder said nothing."],
        [
            f"He named them all (Brin. {'Salka and Ostrava and Tarvenia. ' * 9}".strip().rsplit("Salka", 9)[0]
            + "Salka fell)."
        ],
    ][:-1],
)
def test_brackets_within_a_sentence_stay_whole(sentences):
    assert pieces(" ".join(sentences)) == sentences


def test_brackets_that_never_seem_to_close_hold_nothing_together():
    text = f"He named the ports (first Brin. {'Then Salka fell. ' * 20}Then Ostrava.)"
    assert len(pieces(text)) == 22


@pytest.mark.parametrize(
    "sentences",
    [
        ["They closed the straits.[3]", "They opened them.[4][5]", "Nobody lost.[a]", "So it was.[note 2]", "It held."],
        ["They closed the straits.3", "They opened them.12", "“Nobody lost.”4", "So it was (or seemed).5", "It held."],
        ["They closed the straits.¹", "They opened them.¹²", "Nobody lost.*", "So it was.†", "It held."],
        ["It is in vol.3 The Pilots.", "Version 2.3 was better than version 2.2 of it.", "It held."],
    ],
)
def test_the_mark_of_a_footnote_belongs_to_the_sentence_before_it(sentences):
    assert pieces(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["The ... Calder people left.", "The [...] Calder people stayed."],
        ["The … Calder people left.", "He paused...", "Calder left."],
        ["The lamps went out.", "[...]", "A new one was lit.", "It was dark. ...", "Nobody slept."],
        ["It was quiet. . . .", "The war began."],
    ],
)
def test_dots_for_words_left_out_end_nothing(sentences):
    assert "".join(pieces(" ".join(sentences))).replace(" ", "") == "".join(sentences).replace(" ", "")
    assert not any(piece.startswith("Calder people") for piece in pieces(" ".join(sentences)))
    assert pieces(" ".join(sentences))[-1] == sentences[-1]


def test_a_blank_line_ends_a_sentence_that_has_no_stop():
    assert pieces("The lamps of Gen.\n\nAmaro lit them\n \nand left.\nHe ran.") == [
        "The lamps of Gen.", "Amaro lit them", "and left.", "He ran.",
    ]  # fmt: skip


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


@pytest.mark.parametrize(
    "sentences",
    [
        ["The pact fell.", "Then came rain."],
        ["“It fell.”", "Then came snow."],
        ["Then came frost.", "(Drawing by Reyl)"],
        ["See harbour.org and J.Marsh and harbour.org/Maps.Then there."],
    ],
)
def test_a_stop_whose_blank_was_forgotten_still_ends_its_sentence(sentences):
    assert pieces("".join(sentences)) == sentences


#: Between them they reach every rule: stops, marks around stops, brackets and quotations without end, names, blanks.
HOSTILE = (
    *(
        ".",
        ". ",
        ".”",
        "A. ",
        "a. ",
        "A.",
        "Gen. ",
        "a.b ",
        "… ",
        "!?",
        ".[3]",
        ".3 ",
        ".¹",
        ".\n",
        "\n",
        " ",
        "; a b c ",
    ),
    *(
        "“",
        "(",
        "[",
        "([",
        '"a ',
        "“a. B ",
        "(a. B ",
        "“A!” ",
        "“A!” said",
        "“A!” A ",
        ": “A!” B said, ",
        "“A!” A’s a ",
    ),
    *("a", "a ", "A", "A ", "\ud800", "\ud800. "),
)


@pytest.mark.parametrize("atom", HOSTILE)
def test_hostile_text_costs_linear_time(atom):
    text = atom * (200_000 // len(atom))
    started = time.process_time()
    spans = split_sentences(text)
    assert time.process_time() - started < 5
    assert sum(len(text[span.start : span.end].split()) for span in spans) == len(text.split())


@pytest.mark.parametrize("atom", ["a", "a. ", "“", "."])
def test_a_megabyte_is_no_trouble(atom):
    started = time.process_time()
    split_sentences(atom * (1_000_000 // len(atom)))
    assert time.process_time() - started < 12
