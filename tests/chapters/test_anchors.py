"""What front matter says of a place leads back to that place, and to no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chapters.anchors import anchors
from pipeline.chapters.authored import mark_places
from pipeline.model import ChapterMark, Role, Script, Utterance

QUAY = "The old quay of Ostrava has no crane and no clerk."


def script(*paragraphs: tuple[Role, list[str]]) -> Script:
    """A script of Blocks, each of its role and sentences; the body is counted from 1."""
    utterances: list[Utterance] = []
    paragraph = 0
    for block, (role, sentences) in enumerate(paragraphs):
        paragraph += role is Role.BODY
        utterances += [
            Utterance(
                display=sentence,
                spoken=sentence,
                forms=(),
                role=role,
                pause_after_ms=0,
                block=block,
                paragraph=paragraph if role is Role.BODY else None,
            )
            for sentence in sentences
        ]
    return Script(title="Test", language="en-GB", utterances=tuple(utterances))


def body(*sentences: str) -> tuple[Role, list[str]]:
    return Role.BODY, list(sentences)


def heading(*sentences: str) -> tuple[Role, list[str]]:
    return Role.HEADING, list(sentences)


@pytest.mark.parametrize(
    ("others", "anchor"),
    [
        ([], "The old quay of"),
        (["The old harbour of Ostrava."], "The old quay of"),
        (["“The old QUAY of Amaro” is a song."], "The old quay of Ostrava"),
        (["The old quay of Ostrava had a crane."], "The old quay of Ostrava has"),
        ([QUAY], 1),
    ],
)
def test_as_many_words_as_nothing_else_begins_with(others: list[str], anchor: str | int) -> None:
    assert anchors(script(body(QUAY), *map(body, others)), [0]) == (anchor,)


def test_words_of_a_short_sentence_go_on_in_the_next() -> None:
    said = script(body("No.", "Amaro had no answer to that."), body("No.", "Nobody had."))
    assert anchors(said, [0]) == ("No. Amaro had no",)


def test_a_sign_at_the_end_is_left_away() -> None:
    assert anchors(script(body("In March, after Ostrava, Amaro fell.")), [0]) == ("In March, after Ostrava",)


def test_headings_with_equal_words_are_named_by_the_paragraphs_below_them() -> None:
    said = script(heading("Background"), body("One."), heading("Background"), body("Two."))
    assert anchors(said, [0, 2]) == (1, 2)
    marks = [ChapterMark(at=1, title="A"), ChapterMark(at=2, title="B")]
    assert mark_places(said, marks) == (0, 2)


SENTENCES = st.lists(st.sampled_from(["no", "No.", "the", "“The", "old", "quay,", "3", "—", "⚓", "מי"]), min_size=1)
BLOCKS = st.tuples(
    st.sampled_from([Role.BODY, Role.BODY, Role.HEADING]),
    st.lists(SENTENCES.map(" ".join).filter(lambda text: any(map(str.isalnum, text))), min_size=1, max_size=3),
)


@given(st.lists(BLOCKS, min_size=1, max_size=12))
def test_what_is_named_is_found_again(blocks: list[tuple[Role, list[str]]]) -> None:
    said = script(*blocks, body("The end."))
    for number, utterance in enumerate(said.utterances):
        before = said.utterances[number - 1] if number else None
        is_first = before is None or before.block != utterance.block
        if not is_first or (before is not None and before.role is Role.HEADING):
            continue  # a chapter begins with the topmost heading, or with a paragraph that has none
        mark = ChapterMark(at=anchors(said, [number])[0], title="Any")
        assert mark_places(said, [mark]) == (number,)
