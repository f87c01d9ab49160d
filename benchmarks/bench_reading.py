"""How well web pages are read, beside plain trafilatura and the whole text of the page. `make bench-reading` runs this.

Takes a folder of pages with truth, in the layout of the public article-extraction benchmark or as `<name>.html` beside
`<name>.txt` or `<name>.md`; without one, the few pages with truth among our own tests. What we read is the words of
the Blocks of the Draft, headings, lists, tables and footnotes included, pictures and embeds not. All readers get the
same bytes in turn; milliseconds are CPU time of this process.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import msgspec
from msgspec import Struct

from benchmarks.readers import OURS, READERS
from benchmarks.truth import Page, Score, averaged, pages_in, score, shingles

OWN_PAGES = Path(__file__).parent.parent / "tests" / "data" / "sources" / "html-pages"
LONGEST_SHOWN = 160


class Reading(Struct, frozen=True, kw_only=True):
    """What one reader made of one page."""

    page: str
    precision: float | None
    recall: float | None
    cpu_ms: float


class Reader(Struct, frozen=True, kw_only=True):
    """One reader over all pages; ``precision`` and ``recall`` are means, ``f1`` is made of them."""

    name: str
    precision: float
    recall: float
    f1: float
    mean_ms: float
    worst_ms: float
    readings: tuple[Reading, ...]


class Worst(Struct, frozen=True, kw_only=True):
    """A page that we read badly: the longest runs of words that are missing, and that are too much."""

    page: str
    precision: float | None
    recall: float | None
    missing: tuple[str, ...]
    too_much: tuple[str, ...]


class Report(Struct, frozen=True, kw_only=True):
    """Everything."""

    pages: int
    readers: tuple[Reader, ...]
    worst: tuple[Worst, ...]


def main() -> None:
    """Measure, then print a table, or JSON for programs."""
    options = _options()
    pages = list(pages_in(options.folder))
    if not pages:
        raise SystemExit(f"{options.folder} holds no page with truth; see python -m benchmarks.bench_reading --help")
    report = measure(pages, worst=options.worst)
    print(msgspec.json.format(msgspec.json.encode(report)).decode() if options.json else render(report))


def measure(pages: Sequence[Page], *, worst: int = 0) -> Report:
    """Every reader on every page."""
    readers = tuple(_reader(name, pages) for name in READERS)
    ours = next(reader for reader in readers if reader.name == OURS)
    badly = sorted(zip(ours.readings, pages, strict=True), key=lambda pair: _badness(pair[0]), reverse=True)
    return Report(
        pages=len(pages),
        readers=readers,
        worst=tuple(_worst(reading, page) for reading, page in badly[:worst]),
    )


def _reader(name: str, pages: Sequence[Page]) -> Reader:
    readings = tuple(_reading(name, page) for page in pages)
    scores = [Score(precision=reading.precision, recall=reading.recall) for reading in readings]
    precision, recall, f1 = averaged(scores)
    return Reader(
        name=name,
        precision=precision,
        recall=recall,
        f1=f1,
        mean_ms=mean(reading.cpu_ms for reading in readings),
        worst_ms=max(reading.cpu_ms for reading in readings),
        readings=readings,
    )


def _reading(name: str, page: Page) -> Reading:
    started = time.process_time()
    text = READERS[name](page)
    cpu_ms = (time.process_time() - started) * 1000
    found = score(text, truth=page.truth)
    return Reading(page=page.name, precision=found.precision, recall=found.recall, cpu_ms=cpu_ms)


def _badness(reading: Reading) -> float:
    return 2 - (reading.precision or 0) - (reading.recall or 0)


def _worst(reading: Reading, page: Page) -> Worst:
    text = READERS[OURS](page)
    return Worst(
        page=reading.page,
        precision=reading.precision,
        recall=reading.recall,
        missing=_lines_without(page.truth, text),
        too_much=_lines_without(text, page.truth),
    )


def _lines_without(text: str, other: str) -> tuple[str, ...]:
    """The lines of ``text`` of which ``other`` has less than half."""
    there = shingles(other)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    strange = [line for line in lines if (shingles(line) & there).total() < 0.5 * shingles(line).total()]
    return tuple(line[:LONGEST_SHOWN] for line in sorted(strange, key=len, reverse=True)[:8])


def render(report: Report) -> str:
    """The table for people, and the worst pages below it."""
    head = f"{f'{report.pages} pages':<24}{'precision':>11}{'recall':>9}{'F1':>9}{'mean ms':>11}{'worst ms':>11}"
    return "\n".join([head, *map(_row, report.readers), *map(_told, report.worst)])


def _row(reader: Reader) -> str:
    shares = f"{reader.precision:>11.3f}{reader.recall:>9.3f}{reader.f1:>9.3f}"
    return f"{reader.name:<24}{shares}{reader.mean_ms:>11.0f}{reader.worst_ms:>11.0f}"


def _told(worst: Worst) -> str:
    precision, recall = (f"{share or 0:.3f}" for share in (worst.precision, worst.recall))
    lines = ["", f"{worst.page}: precision {precision}, recall {recall}"]
    lines += [f"  missing   {line}" for line in worst.missing]
    lines += [f"  too much  {line}" for line in worst.too_much]
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How well web pages are read, beside plain trafilatura.")
    parser.add_argument("folder", nargs="?", type=Path, default=OWN_PAGES, help="pages with truth (default: our own)")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="tell what is wrong with our N worst pages")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    return parser.parse_args()


if __name__ == "__main__":
    main()
