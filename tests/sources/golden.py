"""The golden pairs of reading: a Markdown file in tests/data/sources and, beside it, the Article it becomes."""

from pathlib import Path

from pipeline.model import Article
from pipeline.sources import Given, read_article

DATA = Path(__file__).parent.parent / "data" / "sources"
GIVEN = Given(
    published="2026-03-02",
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
    """The Article in ``path`` as text: its metadata, then one paragraph a Block."""
    article = read_article(path, GIVEN)
    source = path.read_text(encoding="utf-8")
    metadata = [f"{name}: {getattr(article, name)}" for name in Article.__struct_fields__ if name != "blocks"]
    blocks = []
    for block in article.blocks:
        lines = source.count("\n", 0, block.span.start) + 1, source.count("\n", 0, block.span.end) + 1
        level = f" {block.level}" if block.level else ""
        blocks.append(
            f"{block.kind.value}{level}, lines {lines[0]} to {lines[1]}, {block.fate.kind.value}: {block.fate.reason}"
        )
        blocks += [f"    {line}" for line in block.text.split("\n")]
        blocks += [f"    -> {link.text} <{link.url}>" for link in block.links]
    return "\n".join([*metadata, "", *blocks, ""])
