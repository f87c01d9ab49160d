"""Lines -> Pieces: three layouts, told apart by evidence."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources.pieces import pieces_of

PARAGRAPHS = [
    "When the season's first convoy passed the narrows, nobody fired a shot; four navies had sailed to see it.",
    "They had put a price on every hull. Kestrel Mutual wrote most of it. The Varn Pool took the rest, a large part.",
    "Then it was over.",
]


def texts(text: str) -> list[str]:
    return [piece.text for piece in pieces_of(text)]


def test_paragraphs_between_blank_lines() -> None:
    assert texts("\n\n".join(PARAGRAPHS)) == PARAGRAPHS


def test_a_paragraph_a_line() -> None:
    assert texts("\n".join(PARAGRAPHS)) == PARAGRAPHS
    short = ["The talks ended at noon on Friday in the old town hall.", "Nobody had expected more from either side."]
    assert texts("\n".join(short)) == short


@pytest.mark.parametrize("width", [60, 72, 80, 99])
def test_wrapped_paragraphs_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert texts(wrapped) == PARAGRAPHS


def test_wrapped_paragraphs_without_blank_lines_end_where_a_line_ends_early() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    assert texts(wrapped) == PARAGRAPHS


def test_buttons_bylines_and_bullets_are_never_joined() -> None:
    wrapped = textwrap.fill(PARAGRAPHS[1], 60)
    lines = f"{wrapped}\nshare\n- the first of the points that were made there on Friday\n- the second\nby Ines Calder"
    assert texts(lines) == [
        PARAGRAPHS[1],
        "share",
        "- the first of the points that were made there on Friday",
        "- the second",
        "by Ines Calder",
    ]


def test_the_readers_comments_are_no_evidence_of_wrapping() -> None:
    page = (
        "Why the straits are quiet now that it is winter\nHow the insurers kept all lanes open\n\n"
        "Discussion about this post\nThis reads as if there had been no frigates at\nall out there."
    )
    assert texts(page)[:2] == page.split("\n")[:2]


def test_one_long_address_does_not_hide_the_width() -> None:
    paragraphs = [" ".join([paragraph] * 4) for paragraph in PARAGRAPHS[:2]]
    address = "the annex is at https://port.example/annexes/2026/the-long-name-of-an-annex-that-cannot-be-broken"
    wrapped = "\n\n".join(
        [*(textwrap.fill(paragraph, 65) for paragraph in paragraphs), f"{address}\nand so is the map."]
    )
    assert texts(wrapped) == [*paragraphs, f"{address} and so is the map."]


def test_long_lines_are_not_wrapped_ones() -> None:
    lines = ["x" * 99 + ".", "eBay was not there."]
    assert texts("\n".join(lines)) == lines


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet=st.sampled_from("ab A.\n\t-•:0\u00a0’")), st.integers(0, 50))
def test_spans_cover_every_character_that_is_not_blank_once_and_in_order(text: str, start: int) -> None:
    pieces = pieces_of(text, start=start)
    covered = [text[piece.span.start - start : piece.span.end - start] for piece in pieces]
    assert "".join("".join(covered).split()) == "".join(text.split())
    assert all(one.span.end <= other.span.start for one, other in pairwise(pieces))
    assert all(piece.text.strip() for piece in pieces)
