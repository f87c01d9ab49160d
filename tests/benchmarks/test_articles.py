"""The articles of the benchmark."""

from pathlib import Path

import pytest

from benchmarks.articles import corrected, repeated


def sample(root: Path) -> str:
    return (root / "seeds" / "the-quiet-strait.txt").read_text(encoding="utf-8")


def test_one_copy_is_the_article_itself(root: Path) -> None:
    assert repeated(sample(root), 1).rstrip() == sample(root).rstrip()


def test_ten_copies_are_as_long_as_ten_and_repeat_no_paragraph(root: Path) -> None:
    lines = repeated(sample(root), 10).splitlines()
    body = [line for line in lines if len(line) > 140]
    once = [line for line in sample(root).splitlines() if len(line) > 140]
    assert sum(map(len, body)) > 9 * sum(map(len, once))
    assert len(set(body)) == len(body)
    assert lines[:3] == sample(root).splitlines()[:3]


def test_exactly_one_word_is_corrected(root: Path) -> None:
    before, after = sample(root).split(), corrected(sample(root)).split()
    changes = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changes) == 1
    assert "corrected" in changes[0][1]


def test_short_paragraphs_in_the_body_are_repeated_too() -> None:
    long = "The ferry to Salka waited for the tide, and nobody on the quay could say when it would leave. " * 2
    text = f"A head\n\n{long}\n\nNobody came.\n\n{long}\n\n\nA credit\n\nSpotify"
    lines = repeated(text, 3).split("\n\n")
    assert lines.count("Nobody came.") == 3
    assert len(lines) == 1 + 3 * 3 + 2
    assert lines[-2:] == ["\nA credit", "Spotify"]


def test_a_body_that_ends_the_file_is_repeated_whole() -> None:
    long = "The ferry to Salka waited for the tide, and nobody on the quay could say when it would leave. " * 2
    assert len(repeated(f"A head\n\n{long}\n", 3).split("\n\n")) == 1 + 3 + 1


def test_an_article_without_a_body_to_repeat_is_told() -> None:
    with pytest.raises(SystemExit, match="nothing to repeat"):
        repeated("A head\n\nNobody came.\n", 10)
