"""The golden pairs of reading: a Markdown file in tests/data/sources and, beside it, what becomes of it."""

from pathlib import Path

from pipeline.errors import SourceError
from pipeline.model import Article, Block
from pipeline.sources import Given, Source
from pipeline.sources.manuscript import clean
from pipeline.sources.reading import read_article

DATA = Path(__file__).parent.parent / "data" / "sources"
GIVEN = Given(
    remembered_published="2026-03-02",
    default_author="Ines Calder",
    language="en-GB",
    publish_time="06:00",
    show_title="The Harbour Review",
)


def pairs() -> dict[Path, str]:
    """Golden file -> what it should hold now."""
    return {path.with_suffix(".golden"): listing(path) for path in sorted(DATA.glob("*.md"))}


def write() -> None:
    """Write the golden files again; the diff is for reading before it is committed."""
    for path, text in pairs().items():
        path.write_text(text, encoding="utf-8")


def listing(path: Path) -> str:
    """The Article in ``path`` as text: its metadata, then one paragraph a Block; or why it cannot be read."""
    try:
        article = read_article(Source(path=path, name=path.name), GIVEN)
    except SourceError as error:
        return f"refused in line {error.line}: {error.what}; {error.cure}\n"
    source = clean(path.read_text(encoding="utf-8"))
    unlisted = {"blocks"} if article.chapters is not None else {"blocks", "chapters"}
    metadata = [f"{name}: {getattr(article, name)}" for name in Article.__struct_fields__ if name not in unlisted]
    blocks = [line for block in article.blocks for line in _lines(block, source)]
    return "\n".join([*metadata, "", *blocks, ""])


def _lines(block: Block, source: str) -> list[str]:
    first, last = (source.count("\n", 0, place) + 1 for place in (block.span.start, block.span.end))
    level = f" {block.level}" if block.level else ""
    head = f"{block.kind.value}{level}, lines {first} to {last}, {block.fate.kind.value}: {block.fate.reason}"
    text = [f"    {line}" for line in block.text.split("\n")]
    return [head, *text, *_details(block)]


def _details(block: Block) -> list[str]:
    size = f"{block.rows} x {block.columns}" if block.rows else ""
    said = {"said": block.fate.said, "caption": block.caption, "size": size, "label": block.label}
    said["marks"] = ", ".join(block.marks)
    links = [f"    -> {link.text} <{link.url}>" for link in block.links]
    return [*(f"    {name}: {value}" for name, value in said.items() if value), *links]
