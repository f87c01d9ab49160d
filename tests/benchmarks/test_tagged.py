"""What the straightforward scripts write as chapters."""

from itertools import pairwise
from pathlib import Path

import pytest
from mutagen.id3 import ID3

from benchmarks.tagged import tag


def chapters(path: Path, count: int) -> list[tuple[int, int]]:
    path.touch()
    tag(path, [f"Paragraph {number}." for number in range(count)], lengths_s=[1.5] * count)
    return sorted((chapter.start_time, chapter.end_time) for chapter in ID3(path).getall("CHAP"))


def test_a_chapter_begins_every_five_paragraphs(tmp_path: Path) -> None:
    assert chapters(tmp_path / "short.mp3", 7) == [(0, 7500), (7500, 10500)]


@pytest.mark.parametrize("count", [1275, 1276, 3000])
def test_there_are_no_more_chapters_than_a_table_of_contents_can_count(tmp_path: Path, count: int) -> None:
    found = chapters(tmp_path / "long.mp3", count)
    assert len(found) <= 255
    assert found[-1][1] == count * 1500
    assert all(end == start for (_, end), (start, _) in pairwise(found))
