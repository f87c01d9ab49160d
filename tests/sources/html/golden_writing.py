"""The golden pairs of writing: a fragment in tests/data/sources/html-fragments and, beside it, its Markdown."""

from pathlib import Path

from pipeline.sources.html.footnotes import gather_footnotes
from pipeline.sources.html.parsing import tree_of
from pipeline.sources.html.writing import markdown_of

FRAGMENTS = Path(__file__).parent.parent.parent / "data" / "sources" / "html-fragments"
BASE = "https://harbour.example/p/quiet-straits"


def pairs() -> dict[Path, str]:
    """Golden file -> what it should hold now."""
    return {path.with_suffix(".golden"): listing(path) for path in sorted(FRAGMENTS.glob("*.html"))}


def write() -> None:
    """Write the golden files again; the diff is for reading before it is committed."""
    for path, text in pairs().items():
        path.write_text(text, encoding="utf-8")


def listing(path: Path) -> str:
    """The Markdown of a fragment, and what was taken out of it."""
    root = tree_of(path.read_text(encoding="utf-8"))
    assert root is not None, path
    footnotes = gather_footnotes(root)
    written = markdown_of(root, base=BASE, footnotes=footnotes)
    removals = [f"taken out ({removal.reason}): {removal.text}" for removal in written.removals]
    return "\n".join([written.markdown, *(["", *removals] if removals else []), ""])
