"""Floor 3, sources: lines of a Markdown text that no Block came of: addresses of links, empty items. Pure."""

from collections.abc import Iterator

from pipeline.model import Block, Span
from pipeline.patterns import regex
from pipeline.sources.debris import dropped
from pipeline.sources.markdown.page import Page

ADDRESS = regex(r"[\s>]*\[[^\]\n]+\]:")
ADDRESS_REASON = "the address of a link; it is used where the link stands"
WORDLESS = "nothing in these lines has words"


def with_remains(blocks: list[Block], page: Page) -> list[Block]:
    """The Blocks and, at their places, one for each run of lines that would else have no fate."""
    remains = list(_remains(blocks, page))
    return sorted([*blocks, *remains], key=lambda block: block.span.start) if remains else blocks


def _remains(blocks: list[Block], page: Page) -> Iterator[Block]:
    end = page.starts[0]
    for span in sorted({block.span for block in blocks}, key=lambda span: span.start):
        yield from _between(page.text, start=end, end=span.start)
        end = max(end, span.end)
    yield from _between(page.text, start=end, end=len(page.text))


def _between(text: str, *, start: int, end: int) -> Iterator[Block]:
    """A Block of the characters from ``start`` to ``end``, if a letter or a figure is among them."""
    content = text[start:end].strip()
    if not any(character.isalnum() for character in content):
        return
    start = text.index(content, start)
    verdict = dropped(ADDRESS_REASON if ADDRESS.match(content) else WORDLESS)
    yield Block(kind=verdict.kind, text=content, span=Span(start, start + len(content)), fate=verdict.fate)
