"""The benchmark of proposed chapters, and with it what proposals must reach on our own articles with headings."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.bench_chapters import OWN_ARTICLES
from benchmarks.dividers import Text, c99, even, latent, texttiling, utiyama_isahara

METHODS = (c99, utiyama_isahara, texttiling, latent, even)


@pytest.fixture(scope="module")
def measured(root: Path) -> dict:
    """What the benchmark says of our own articles, as JSON."""
    done = subprocess.run(
        [sys.executable, root / "benchmarks" / "bench_chapters.py"],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.splitlines()[2].split() == ["Pk", "WD", "P", "R", "F1", "parts", "ms"]
    return json.loads(done.stdout.splitlines()[-1])


def test_proposals_find_what_authors_divide(measured: dict) -> None:
    assert measured["articles"] == len(list(OWN_ARTICLES.glob("*.md")))
    ours = measured["methods"]["audio-edition"]
    assert ours["f1"] >= 0.6
    assert ours["pk"] <= 0.27
    for chance in ("even", "random", "none"):
        assert ours["f1"] > 1.3 * measured["methods"][chance]["f1"]
        assert ours["pk"] < measured["methods"][chance]["pk"]


def test_no_boundary_has_no_hit_and_counts_as_such(measured: dict) -> None:
    none = measured["methods"]["none"]
    assert (none["f1"], none["parts"]) == (0, 1)
    assert none["pk"] == none["wd"] > 0


def test_a_folder_without_headings_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("---\ntitle: Plain\n---\n\nNobody divides this.\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, root / "benchmarks" / "bench_chapters.py", tmp_path],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "no article with 3 headings" in done.stderr


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
def test_the_methods_it_is_compared_with_find_what_cannot_be_missed(method) -> None:
    sand, votes = ("sand", "dredg", "channel"), ("vote", "seat", "coalition")
    stems = (sand, sand[1:] + sand, sand * 2, votes, votes * 2, votes[1:] + votes)
    text = Text(stems=stems, words=(50,) * 6, sentences=(("Some words.",),) * 6)
    assert method(text, 2) == (3,)
