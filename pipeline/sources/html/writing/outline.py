"""Floor 3, sources: paragraphs, headings, code and tables in their lists and quotations -> lines of Markdown. Pure.

What stands inside what is kept by the containers themselves: each has a prefix for the first line in it and one for
the others, so that a line can be written as soon as it is known.
"""

from enum import Enum

#: How many lists, quotations, definitions and notes may stand inside each other. What is deeper moves up to this.
MOST_NESTED = 10


class Kind(Enum):
    """What some lines are, as far as it matters for what may stand directly below them."""

    PARAGRAPH = "paragraph"
    TERM = "term"
    TABLE = "table"
    OTHER = "other"


class Container:
    """A quotation, list item, definition or note, or the page itself if ``parent`` is None.

    ``first`` is written before the first line in it, ``rest`` before all others. ``marker`` and ``list`` say to which
    list an item belongs. ``close_to`` is the Kind that it may follow without a blank line between.
    """

    __slots__ = ("close_to", "depth", "first", "is_used", "list", "marker", "parent", "prefix", "rest")

    def __init__(self, parent: "Container | None" = None, *, first: str = "", rest: str = "") -> None:
        self.parent = parent
        self.first = first
        self.rest = rest
        self.prefix: str = rest if parent is None else parent.prefix + rest
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.is_used = parent is None
        self.list: object = None
        self.marker = ""
        self.close_to = Kind.OTHER


class Outline:
    """The lines written so far."""

    def __init__(self) -> None:
        self.page = Container()
        self._lines: list[str] = []
        self._last = self.page
        self._last_kind = Kind.OTHER

    @property
    def markdown(self) -> str:
        """All of it."""
        return "\n".join(self._lines)

    def add(self, lines: list[str], container: Container, *, kind: Kind = Kind.OTHER) -> None:
        """Write ``lines`` as one block into ``container``."""
        chain = _chain(container)
        if self._lines and not self._is_close(chain):
            self._lines.append(_common(self._last, container).prefix.rstrip())
        first = "".join(part.rest if part.is_used else part.first for part in chain)
        rest = container.prefix
        self._lines.append(f"{first}{lines[0]}".rstrip())
        self._lines += [f"{rest}{line}".rstrip() for line in lines[1:]]
        for part in chain:
            part.is_used = True
        self._last, self._last_kind = container, kind

    def marker_before(self, container: Container) -> str:
        """The marker of the list that ends directly before what is added to ``container`` next, or ""."""
        return next((part.marker for part in _chain(self._last) if part.parent is container), "")

    def is_after_term(self, container: Container) -> bool:
        """Whether a definition may stand here: below its term, or below another definition of it."""
        is_term = self._last is container and self._last_kind is Kind.TERM
        return is_term or any(part.parent is container and part.first == ": " for part in _chain(self._last))

    def is_after_table(self, container: Container) -> bool:
        """Whether a table stands directly above."""
        return self._last is container and self._last_kind is Kind.TABLE

    def _is_close(self, chain: list[Container]) -> bool:
        new = next((part for part in chain if not part.is_used), None)
        if new is None or new.parent is None or new.close_to is Kind.OTHER or new.close_to is not self._last_kind:
            return False
        if new.close_to is Kind.TERM:
            return new.parent is self._last
        return (new.parent is self._last and new.parent.list is not None) or _is_in_list(self._last, new)


def _is_in_list(container: Container, item: Container) -> bool:
    """Whether ``container`` stands in an item of the list of ``item``."""
    return any(part.list is item.list and part.parent is item.parent for part in _chain(container))


def _chain(container: Container) -> list[Container]:
    chain = []
    part: Container | None = container
    while part is not None:
        chain.append(part)
        part = part.parent
    return chain[::-1]


def _common(one: Container, other: Container) -> Container:
    """The innermost container that both stand in; the page is one of them."""
    pairs = zip(_chain(one), _chain(other), strict=False)
    return [left for left, right in pairs if left is right][-1]
