"""Pages with truth, and how much of a truth a reading has: the measure of public article-extraction benchmarks.

A text is its runs of four words ("shingles"). Precision is the share of a reading's shingles that the truth has,
recall the share of the truth's that the reading has; both are averaged over the pages, and F1 is made of the averages.
Source: the article-extraction benchmark of Scrapinghub (now Zyte), whose layout of files is understood as well.
"""

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean

import msgspec
from msgspec import Struct

SHINGLE_WORDS = 4
WORD = re.compile(r"\w+")
TRUTHS = (".txt", ".md")
INDEX = "ground-truth.json"


class Page(Struct, frozen=True, kw_only=True):
    """One page: its bytes, the address that it came from if that is known, and the words of its article."""

    name: str
    url: str
    data: bytes
    truth: str


class Score(Struct, frozen=True, kw_only=True):
    """How far a text agrees with the truth, from 0 to 1; None where there is nothing that could be right or wrong."""

    precision: float | None
    recall: float | None


def pages_in(folder: Path) -> Iterator[Page]:
    """The pages of a folder, one by one: `ground-truth.json` beside `html/<id>.html.gz`, or `<name>.html` beside
    `<name>.txt` or `<name>.md`. A page without truth is left out."""
    if (folder / INDEX).is_file():
        yield from _indexed(folder)
        return
    for path in sorted(folder.glob("*.html")):
        truth = next((beside for suffix in TRUTHS if (beside := path.with_suffix(suffix)).is_file()), None)
        if truth is not None:
            yield Page(name=path.stem, url="", data=path.read_bytes(), truth=truth.read_text(encoding="utf-8"))


def _indexed(folder: Path) -> Iterator[Page]:
    index = msgspec.json.decode((folder / INDEX).read_bytes(), type=dict[str, dict[str, object]])
    for name, entry in sorted(index.items()):
        path = folder / "html" / f"{name}.html.gz"
        url, truth = (str(entry.get(key) or "") for key in ("url", "articleBody"))
        yield Page(name=name, url=url, data=gzip.decompress(path.read_bytes()), truth=truth)


def score(text: str, *, truth: str) -> Score:
    """How far ``text`` agrees with ``truth``."""
    found, wanted = shingles(text), shingles(truth)
    right, read, there = (found & wanted).total(), found.total(), wanted.total()
    return Score(precision=right / read if read else None, recall=right / there if there else None)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Every run of four words, and how often it occurs; of a shorter text the whole of it."""
    words = WORD.findall(text)
    starts = range(max(1, len(words) - SHINGLE_WORDS + 1)) if words else ()
    return Counter(tuple(words[start : start + SHINGLE_WORDS]) for start in starts)


def averaged(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Mean precision, mean recall, and the F1 that they make."""
    precision = mean([one.precision for one in scores if one.precision is not None] or [0.0])
    recall = mean([one.recall for one in scores if one.recall is not None] or [0.0])
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0
