"""Whose words a piece is, and which voice says it: one voice leaves the pieces alone, two part them at the marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Span
from pipeline.text.english import ENGLISH
from pipeline.text.pack import Quotation
from pipeline.text.pieces import Gap, Piece, pieces
from pipeline.text.quoting import QuotedPiece, with_quotations


def quoted_pieces(text: str, *, least_words: int = 3, is_second_voice_wanted: bool = True) -> tuple[QuotedPiece, ...]:
    """The English pieces of one paragraph, with their voices."""
    return with_quotations(
        pieces(text, ENGLISH),
        ENGLISH.quotations([text]),
        text=text,
        least_words=least_words,
        is_second_voice_wanted=is_second_voice_wanted,
    )


def voices(text: str, *, least_words: int = 3) -> list[tuple[str, str, bool]]:
    return [
        (text[each.span.start : each.span.end], each.speaker, each.is_second_voice)
        for each in quoted_pieces(text, least_words=least_words)
    ]


def test_the_attribution_stays_with_the_first_voice() -> None:
    assert voices("“We will sail at dawn,” said Amaro.") == [
        ("“We will sail at dawn,”", "Amaro", True),
        ("said Amaro.", "", False),
    ]
    assert voices("Amaro said: “We will sail at dawn.”") == [
        ("Amaro said:", "", False),
        ("“We will sail at dawn.”", "Amaro", True),
    ]


def test_punctuation_stays_where_it_is_written_close() -> None:
    assert voices("“We will sail at dawn”, said Amaro (“We will never sail,” said Reyl).") == [
        ("“We will sail at dawn”,", "Amaro", True),
        ("said Amaro", "", False),
        ("(“We will never sail,”", "Reyl", True),
        ("said Reyl).", "", False),
    ]


def test_the_last_part_has_the_gap_of_its_piece() -> None:
    gaps = [
        each.gap for each in quoted_pieces("“We will sail,” said Amaro, “whatever they decide.” Calder left at once.")
    ]
    assert gaps == [Gap.CLAUSE, Gap.CLAUSE, Gap.SENTENCE, Gap.BLOCK]


def test_both_halves_of_a_sentence_have_the_second_voice_or_none() -> None:
    text = "“If they pay,” said Amaro, “we will sail at dawn.”"
    assert [voice for _, _, voice in voices(text, least_words=8)] == [True, False, True]
    assert voices(text, least_words=9) == [(text, "", False)]


def test_a_fragment_stays_in_the_authors_voice() -> None:
    text = "Calder called the treaty “a gift to the harbour and its dockers” and left."
    assert voices(text) == [(text, "", False)]


def test_a_short_quotation_stays_in_the_authors_voice() -> None:
    text = "“We will sail at dawn,” said Amaro."
    assert voices(text, least_words=6) == [(text, "", False)]


def test_one_voice_parts_nothing_and_still_knows_the_speaker() -> None:
    text = "“We have waited. We will sail at dawn,” said Amaro. “We shall be back.”"
    plain = pieces(text, ENGLISH)
    quoted = quoted_pieces(text, is_second_voice_wanted=False)
    assert [(each.span, each.gap) for each in quoted] == [(each.span, each.gap) for each in plain]
    assert not any(each.is_second_voice for each in quoted)
    assert quoted[-1].speaker == "Amaro"
    assert {each.speaker for each in quoted if "said" in text[each.span.start : each.span.end]} == {""}


def test_a_nameless_quotation_has_the_second_voice_and_no_speaker() -> None:
    assert voices("“We will sail at dawn,” the minister said.")[0] == ("“We will sail at dawn,”", "", True)


def test_each_piece_of_a_long_quotation_has_voice_and_speaker() -> None:
    text = "Amaro said: “We have waited for the board. We will sail at dawn. Nobody will stop us.”"
    assert [voice for _, _, voice in voices(text)] == [False, True, True, True]
    assert [name for _, name, _ in voices(text)] == ["", "Amaro", "Amaro", "Amaro"]


def test_no_part_is_without_words() -> None:
    text = "* “We will sail at dawn.” *"
    whole = Piece(span=Span(0, len(text)), gap=Gap.BLOCK)
    quotation = Quotation(paragraph=0, start=2, end=len(text) - 2, speaker="Amaro", is_self_contained=True)
    (only,) = with_quotations([whole], [quotation], text=text, least_words=3, is_second_voice_wanted=True)
    assert (only.span, only.gap, only.speaker, only.is_second_voice) == (whole.span, Gap.BLOCK, "Amaro", True)


PARAGRAPHS = st.lists(
    st.sampled_from(
        [
            "“We will sail at dawn,” said Amaro.",
            "Calder said: “It is too late (for us).”",
            "“If they pay,” said Amaro, “we will sail.”",
            "The board called it “a gift to the port”.",
            "‘It is late’, Reyl told “the Fox”, who said “never”.",
            "He wrote: “We wait. We hope. We sail",
            "“", "”", "...", "— ", "(", ")", "Nobody came.", "“A.”",
        ]
    ),
    max_size=8,
).flatmap(lambda parts: st.sampled_from([" ", "", "\n"]).map(lambda blank: blank.join(parts)))  # fmt: skip


@given(PARAGRAPHS, st.integers(0, 10), st.booleans())
def test_characters_are_covered_once_in_order_and_twice_is_once(text: str, least: int, wanted: bool) -> None:
    before = pieces(text, ENGLISH)
    quotations = ENGLISH.quotations([text])
    after = with_quotations(before, quotations, text=text, least_words=least, is_second_voice_wanted=wanted)
    assert all(one.span.end <= other.span.start for one, other in pairwise(after))
    assert "".join(text[each.span.start : each.span.end] for each in after).replace(" ", "").replace("\n", "") == (
        "".join(text[each.span.start : each.span.end] for each in before).replace(" ", "").replace("\n", "")
    )
    assert all(any(map(str.isalnum, text[each.span.start : each.span.end])) for each in after)
    again = with_quotations(after, quotations, text=text, least_words=least, is_second_voice_wanted=wanted)
    assert again == after


@given(PARAGRAPHS)
def test_every_piece_is_one_voices_alone(text: str) -> None:
    whole = [each for each in ENGLISH.quotations([text]) if each.is_self_contained]
    for piece in quoted_pieces(text, least_words=0):
        heard = {
            any(quotation.start <= number < quotation.end for quotation in whole)
            for number in range(piece.span.start, piece.span.end)
            if text[number].isalnum()
        }
        assert heard == {piece.is_second_voice}


@pytest.mark.parametrize("count", [20_000])
def test_many_quotations_cost_linear_time(count: int) -> None:
    text = "“We go on,” said Amaro. " * count
    found = [
        Quotation(paragraph=0, start=start, end=start + 11, is_self_contained=True) for start in range(0, len(text), 24)
    ]
    whole = [Piece(span=Span(0, len(text)), gap=Gap.BLOCK)]
    parts = with_quotations(whole, found, text=text, least_words=3, is_second_voice_wanted=True)
    assert len(parts) == 2 * count
    assert len(with_quotations(parts, found, text=text, least_words=3, is_second_voice_wanted=True)) == 2 * count
