"""Chapters that are found on one Timeline and lie on another."""

from pipeline.chapters import first_utterances, moved_chapters
from pipeline.model import Chapter, ChapterOrigin, Placement, Timeline


def timeline(*starts: int) -> Timeline:
    placements = tuple(Placement(utterance=number, start=start, length=10) for number, start in enumerate(starts))
    return Timeline(sample_rate=100, length=starts[-1] + 50, placements=placements)


def chapter(start: int, title: str) -> Chapter:
    return Chapter(start=start, title=title, origin=ChapterOrigin.HEADING)


FOUND_ON = timeline(5, 30, 60, 90)
CHAPTERS = (chapter(0, "Introduction"), chapter(30, "Ships"), chapter(90, "Harbours"))


def test_each_begins_with_the_same_utterance_as_before() -> None:
    moved = moved_chapters(CHAPTERS, found_on=FOUND_ON, to=timeline(5, 45, 75, 130))
    assert [(one.start, one.title) for one in moved] == [(0, "Introduction"), (45, "Ships"), (130, "Harbours")]


def test_the_first_begins_with_everything_and_no_utterance() -> None:
    assert first_utterances(CHAPTERS, FOUND_ON) == (1, 3)
    assert first_utterances((), FOUND_ON) == ()


def test_one_that_begins_with_the_first_word_stays_there() -> None:
    assert first_utterances((chapter(5, "Ships"),), FOUND_ON) == (0,)
    (moved,) = moved_chapters((chapter(5, "Ships"),), found_on=FOUND_ON, to=timeline(9, 45, 75, 130))
    assert moved.start == 9
