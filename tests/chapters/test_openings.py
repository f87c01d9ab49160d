"""Which paragraphs open something new, and which lean on the one before."""

import pytest

from pipeline.chapters.openings import can_follow, is_continuation, is_open, opening_weight


@pytest.mark.parametrize(
    "text",
    [
        "This changed in spring.",
        "Part of this lack of sand is natural.",
        "Nor did the board object.",
        "“We sail,” she said.",
        "It did not last.",
        "For example, the trust pays twice.",
        "Such dredgers are rare.",
    ],
)
def test_openings_that_lean_on_what_came_before(text) -> None:
    assert is_continuation(text)


@pytest.mark.parametrize(
    "text", ["The trust pays twice.", "In October the islands vote.", "Thistle Bay is closed.", "Items were lost."]
)
def test_openings_that_stand_alone(text) -> None:
    assert not is_continuation(text)


@pytest.mark.parametrize("text", ["We asked the pilots.", "Finally, there is the fog.", "Our charts are old."])
def test_openings_that_authors_put_headings_above(text) -> None:
    assert not is_continuation(text)


@pytest.mark.parametrize("text", ["That’s the price.", "He's late.", "They’ve gone.", "it's so"])
def test_what_is_drawn_together_is_still_the_word(text) -> None:
    assert is_continuation(text)


def test_a_quotation_over_several_paragraphs_is_not_divided() -> None:
    assert not can_follow(
        ["“The trust pays twice,” she said. “It pays the dredger.", "It pays the sand."], "Sand is patient."
    )
    assert can_follow(["“The trust pays twice,” she said."], "Sand is patient.")
    assert not can_follow(['"The trust pays twice," she said. "It pays the dredger.'], "Sand is patient.")
    assert can_follow(['"The trust pays twice," she said.'], "Sand is patient.")


def test_a_thin_paragraph_and_one_that_points_back_are_less_likely_to_open_a_chapter() -> None:
    long = "The engineers of the harbour trust have measured the channel each spring and autumn for thirty years."
    plain = opening_weight([long, long, long])
    assert plain == 0
    assert opening_weight([long]) < plain
    assert opening_weight(["Sand drifts.", "The channel fills."]) < plain
    leaning = opening_weight(["The harbour trust and the ministry have measured them each spring.", long, long])
    assert leaning < plain
    assert opening_weight(["The trust measured them."]) < leaning


def test_a_colon_announces_what_follows() -> None:
    assert is_open("The board asked for three things:")
    assert not is_open("The board asked for three things.")
    assert is_open("The board put it so:”")
