"""Floor 3, sources: the tables of an HTML tree: which of them hold data, and the rows of one as a pipe table. Pure."""

from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

#: More columns than this, or far more empty places than cells, are no table that anybody wrote.
MOST_COLUMNS = 60
MOST_PLACES = 1_000
MOST_PLACES_PER_CELL = 20
#: A cell of data is shorter than this, unless its table has a head.
LONGEST_CELL = 400
MOST_PARAGRAPHS = 3

#: What stands in a cell only if the table lays out a page.
ROOMS = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "figure",
        "article",
        "section",
        "hr",
        "form",
        "iframe",
        "video",
        "audio",
    ]
)
LAYOUT_ROLES = {"presentation", "none"}


class Cell(Struct, frozen=True, kw_only=True):
    """A cell: its Markdown in one line, and how many columns and rows it takes up."""

    text: str
    columns: int = 1
    rows: int = 1


def data_tables(root: HtmlElement) -> frozenset[HtmlElement]:
    """Those tables in ``root`` that hold data; the others lay out a page."""
    if next(root.iter("table"), None) is None:
        return frozenset()
    open_looks: list[_Look] = []
    found: list[HtmlElement] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag == "table" and event == "start":
            open_looks.append(_Look())
        elif element.tag == "table":
            if open_looks.pop().is_data(element):
                found.append(element)
            if open_looks:
                open_looks[-1].has_table = True
        elif open_looks:
            (open_looks[-1].begin if event == "start" else open_looks[-1].end)(element)
    return frozenset(found)


class _Look:
    """What is seen of one table while its tags go by."""

    __slots__ = (
        "cells",
        "columns",
        "has_head",
        "has_rooms",
        "has_table",
        "length",
        "longest",
        "paragraphs",
        "row",
        "rows",
    )

    def __init__(self) -> None:
        self.rows = self.row = self.columns = self.cells = 0
        self.length = self.longest = self.paragraphs = 0
        self.has_head = self.has_rooms = self.has_table = False

    def begin(self, element: HtmlElement) -> None:
        """A tag inside the table opens."""
        tag = element.tag
        if tag == "tr":
            self.rows, self.row = self.rows + 1, 0
        elif tag in {"td", "th"}:
            self.cells += 1
            self.row += span_of(element, "colspan")
            self.columns = max(self.columns, self.row)
            self.length = self.paragraphs = 0
        self.has_head = self.has_head or tag in {"th", "caption", "thead"}
        self.has_rooms = self.has_rooms or tag in ROOMS
        self.paragraphs += tag == "p"
        self.length += len(element.text or "")

    def end(self, element: HtmlElement) -> None:
        """A tag inside the table closes."""
        if element.tag in {"td", "th"}:
            is_prose = self.length > LONGEST_CELL or self.paragraphs > MOST_PARAGRAPHS
            self.longest = max(self.longest, self.length if is_prose else 0)
        self.length += len(element.tail or "")

    def is_data(self, element: HtmlElement) -> bool:
        """Whether it holds data."""
        is_grid = self.rows > 0 and 2 <= self.columns <= MOST_COLUMNS
        is_dense = self.rows * self.columns <= MOST_PLACES_PER_CELL * self.cells + MOST_PLACES
        is_layout = element.get("role") in LAYOUT_ROLES or self.has_rooms
        is_plain = self.rows > 1 and not self.has_table and not self.longest
        return is_grid and is_dense and not is_layout and (self.has_head or is_plain)


def span_of(element: HtmlElement, name: str) -> int:
    """How many columns or rows a cell takes up: 1 if it does not say so in figures, and never more than 1,000."""
    digits = (element.get(name) or "").strip()
    is_number = digits.isascii() and digits.isdigit()
    return min(max(int(digits[:6]), 1), 1_000) if is_number else 1


def pipe_table(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The lines of a pipe table, every row with the same number of columns; [] if no cell has words.

    The first row is its head. A cell that takes up several places has its words in the first one.
    """
    most_places = MOST_PLACES + MOST_PLACES_PER_CELL * sum(len(row) for row in rows)
    filled = [row for row in _filled(rows, most_places=most_places) if any(row)]
    width = max((len(row) for row in filled), default=0)
    if not filled:
        return []
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in filled]
    return [lines[0], f"|{' --- |' * width}", *lines[1:]]


def _filled(rows: Sequence[Sequence[Cell]], *, most_places: int) -> list[list[str]]:
    """The words of all places, "" where a cell from the left or from above takes it up."""
    # Column -> how many rows more a cell from above reaches down.
    reaching: dict[int, int] = {}
    filled: list[list[str]] = []
    places = 0
    for row in rows:
        words: list[str] = []
        for cell in row:
            _fill(words, reaching)
            if cell.rows > 1:
                reaching |= dict.fromkeys(range(len(words), len(words) + cell.columns), cell.rows)
            words += [cell.text, *[""] * (cell.columns - 1)]
        _fill(words, reaching)
        places += len(words)
        is_sane = places <= most_places and len(reaching) <= MOST_COLUMNS
        reaching = {column: rest - 1 for column, rest in reaching.items() if rest > 1} if is_sane else {}
        filled.append(words)
    return filled


def _fill(words: list[str], reaching: dict[int, int]) -> None:
    while reaching.get(len(words), 0):
        words.append("")
