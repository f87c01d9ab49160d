"""The articles of the benchmark."""

from pathlib import Path

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
