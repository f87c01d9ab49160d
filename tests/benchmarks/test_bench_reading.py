"""The measure of reading, its layouts of files, and that the benchmark runs; how good or fast it is is no test here
but for the floor that every change must keep."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.bench_reading import OWN_PAGES, measure, render
from benchmarks.readers import OURS
from benchmarks.truth import Page, Score, averaged, pages_in, score, shingles

TRUTH = "The gates are on the northern bank and open by hand."
HTML = f"<html><body><h1>Gates</h1>{f'<p>{TRUTH} Nobody has said when.</p>' * 3}</body></html>"


def test_shingles_are_runs_of_four_words_and_a_short_text_is_one() -> None:
    assert shingles("one two, three. FOUR five") == {
        ("one", "two", "three", "FOUR"): 1,
        ("two", "three", "FOUR", "five"): 1,
    }
    assert shingles("one two") == {("one", "two"): 1}
    assert shingles(" – ") == {}


@pytest.mark.parametrize(
    ("text", "precision", "recall"),
    [
        (TRUTH, 1.0, 1.0),
        (TRUTH.replace(",", " ;"), 1.0, 1.0),
        ("a b c d e", 0.0, 0.0),
        ("", None, 0.0),
        (f"{TRUTH} {TRUTH}", 8 / 19, 1.0),
        ("The gates are on the northern", 1.0, 3 / 8),
    ],
)
def test_a_text_is_scored_by_what_it_has_too_much_and_too_little(
    text: str, precision: float | None, recall: float | None
) -> None:
    assert score(text, truth=TRUTH) == Score(precision=precision, recall=recall)


def test_a_page_without_an_answer_counts_for_recall_alone() -> None:
    precision, recall, f1 = averaged([Score(precision=1.0, recall=1.0), Score(precision=None, recall=0.0)])
    assert (precision, recall) == (1.0, 0.5)
    assert f1 == pytest.approx(2 / 3)


def test_pages_stand_beside_their_truth(tmp_path: Path) -> None:
    for name in ("a.html", "b.html", "without-truth.html"):
        (tmp_path / name).write_text(HTML)
    (tmp_path / "a.txt").write_text(TRUTH)
    (tmp_path / "b.md").write_text(TRUTH)
    assert [(page.name, page.truth) for page in pages_in(tmp_path)] == [("a", TRUTH), ("b", TRUTH)]


def test_the_layout_of_the_public_benchmark_is_understood(tmp_path: Path) -> None:
    truth = {"0ab": {"articleBody": TRUTH, "url": "https://harbourreview.example/gates"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth))
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "0ab.html.gz").write_bytes(gzip.compress(HTML.encode()))
    (page,) = pages_in(tmp_path)
    assert page == Page(name="0ab", url=truth["0ab"]["url"], data=HTML.encode(), truth=TRUTH)


def test_the_worst_page_is_told_with_what_is_missing_and_too_much() -> None:
    wanted = "The compact would replace him with a committee that nobody has named."
    good = Page(name="good", url="", data=HTML.encode(), truth=f"{TRUTH} Nobody has said when.\n" * 3)
    bad = Page(name="bad", url="", data=HTML.encode(), truth=wanted)
    report = measure([good, bad], worst=1)
    (worst,) = report.worst
    assert (worst.page, worst.missing) == ("bad", (wanted,))
    assert worst.too_much[0].startswith(TRUTH)
    assert "too much  The gates" in render(report)


def test_our_own_pages_are_read_whole_and_clean() -> None:
    pages = list(pages_in(OWN_PAGES))
    report = measure(pages)
    ours = next(reader for reader in report.readers if reader.name == OURS)
    assert len(pages) >= 5
    assert min(ours.precision, ours.recall) >= 0.985
    assert all(ours.f1 > reader.f1 for reader in report.readers if reader is not ours)


def test_json_has_every_reader_and_page(root: Path) -> None:
    command = [sys.executable, root / "benchmarks" / "bench_reading.py", "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout)
    assert report.keys() == {"pages", "readers", "worst"}
    for reader in report["readers"]:
        assert reader.keys() == {"name", "precision", "recall", "f1", "mean_ms", "worst_ms", "readings"}
        assert len(reader["readings"]) == report["pages"]
