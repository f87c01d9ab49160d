"""Floor 3, sources: where the tokens of a Markdown text came from, for spans and for the line of an error. Pure."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import SourceError
from pipeline.model import Span


class Page(Struct, frozen=True, kw_only=True):
    """A text and its tokens: ``starts`` is where each line of the body begins in ``text``, and the end of it.

    ``whole`` is the Span of everything on it, where the text was made of a part of the source: of raw HTML.
    ``environment`` is what the rules of the parser noted down beside the tokens.
    """

    path: Path
    text: str
    starts: tuple[int, ...]
    first_line: int
    base: str
    whole: Span | None = None
    tokens: tuple[Token, ...] = ()
    environment: Mapping[str, Any] = {}

    def with_tokens(self, tokens: Sequence[Token], environment: Mapping[str, Any]) -> "Page":
        """The same Page with what the parser found on it."""
        return replace(self, tokens=tuple(tokens), environment=environment)

    def inside(self, other: "Page", *, lines: Sequence[int]) -> "Page":
        """The same Page as a part of ``other``: all of it stands in those ``lines``."""
        return replace(self, whole=other.span(lines), first_line=other.line(lines))

    def line(self, lines: Sequence[int]) -> int:
        """The number that a person would give to the first of ``lines``."""
        return self.first_line if self.whole else self.first_line + lines[0]

    def span(self, lines: Sequence[int]) -> Span:
        """Where ``lines`` (first, and the one after the last) stand in the source, without the blanks around them."""
        return self.whole or self._span_here(lines)

    def source(self, lines: Sequence[int]) -> str:
        """The ``lines`` as they were written, without the blanks around them."""
        span = self._span_here(lines)
        return self.text[span.start : span.end]

    def error(self, what: str, *, cure: str, lines: Sequence[int]) -> SourceError:
        """What is wrong in ``lines``."""
        return SourceError(what, cure=cure, path=self.path, line=self.line(lines))

    def note(self, number: int) -> list[Token]:
        """The inline tokens of the footnote that was written inside the text as number ``number``."""
        tokens: list[Token] = self.environment["footnotes"]["list"][number]["tokens"]
        return tokens

    def _span_here(self, lines: Sequence[int]) -> Span:
        start, end = self.starts[lines[0]], self.starts[min(lines[1], len(self.starts) - 1)]
        raw = self.text[start:end]
        return (
            Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())) if raw.strip() else Span(start, start)
        )


def page_of(text: str, *, start: int, path: Path, base: str) -> Page:
    """The Page of ``text`` from character ``start`` on, without tokens yet."""
    lengths = [len(line) + 1 for line in text[start:].split("\n")]
    starts = tuple(accumulate(lengths, initial=start))
    return Page(path=path, text=text, starts=starts, first_line=text.count("\n", 0, start) + 1, base=base)
