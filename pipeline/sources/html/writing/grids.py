"""Floor 3, sources: the tags of a table -> the lines of a pipe table, or plain flow where it only lays out a page."""

from lxml.html import HtmlElement

from pipeline.patterns import regex
from pipeline.sources.html.tables import Cell, pipe_table, span_of
from pipeline.sources.html.writing.blocks import start_block
from pipeline.sources.html.writing.escaping import escaped_caption
from pipeline.sources.html.writing.inline import line_of
from pipeline.sources.html.writing.outline import Kind
from pipeline.sources.html.writing.pictures import start_figure
from pipeline.sources.html.writing.walking import Closer, Grid, Walk

#: A bar that is not escaped yet: in code and formulas. In a table it would end the cell.
BAR = regex(r"(?<!\\)\|")
#: A longer one is a paragraph to whoever reads the Markdown.
LONGEST_CAPTION = 380
BLOGGER_PICTURE = "tr-caption-container"


def start_table(walk: Walk, element: HtmlElement) -> Closer | None:
    """A table of data is gathered row by row; any other is what stands in it."""
    if BLOGGER_PICTURE in (element.get("class") or ""):
        return start_figure(walk, element)
    walk.boundary()
    is_data = element in walk.data_tables and not walk.is_line
    grid = Grid()
    walk.grids.append(grid if is_data else None)

    def end() -> None:
        walk.boundary()
        walk.grids.pop()
        _put(walk, pipe_table(grid.rows), caption=grid.caption)

    return end


def _put(walk: Walk, lines: list[str], *, caption: str) -> None:
    """A table, its caption above it, or below it where another table stands above, which would take it for its own."""
    is_caption = bool(lines) and 0 < len(caption) <= LONGEST_CAPTION
    is_below = is_caption and walk.outline.is_after_table(walk.container)
    if caption and not is_caption:
        walk.add([escaped_caption(caption)])
    if is_caption and not is_below:
        walk.add([f"Table: {caption}"])
    if lines:
        walk.add(lines, kind=Kind.TABLE)
    if is_below:
        walk.add([f"Table: {caption}"])


def start_row(walk: Walk, element: HtmlElement) -> Closer | None:
    """A row."""
    grid = walk.grid
    if grid is None:
        return start_block(walk, element)
    grid.rows.append([])
    return None


def start_cell(walk: Walk, element: HtmlElement) -> Closer:
    """A cell: everything in it becomes one line."""
    grid = walk.grid
    if grid is None:
        return start_block(walk, element)
    if not grid.rows:
        grid.rows.append([])
    walk.start_line(is_cell=True)

    def end() -> None:
        text = BAR.sub(r"\\|", line_of(walk.end_line().pieces))
        cell = Cell(text=text, columns=span_of(element, "colspan"), rows=span_of(element, "rowspan"))
        grid.rows[-1].append(cell)

    return end


def start_table_caption(walk: Walk, element: HtmlElement) -> Closer:
    """The caption of a table of data, which stands above it; a paragraph over any other."""
    grid = walk.grid
    if grid is None:
        return start_block(walk, element)
    walk.start_line()

    def end() -> None:
        grid.caption = line_of(walk.end_line().pieces)

    return end


def start_figure_caption(walk: Walk, element: HtmlElement) -> Closer:
    """The caption of a figure: below a table, that of the table; below a quotation, part of it; else a paragraph."""
    before = element.getprevious()
    if walk.is_line:
        return start_block(walk, element)
    if before is not None and before.tag == "blockquote" and walk.last_quotation is not None:
        return walk.enter(walk.last_quotation)
    walk.boundary()
    if not walk.outline.is_after_table(walk.container):
        return start_block(walk, element)
    walk.start_line()

    def end() -> None:
        line = line_of(walk.end_line().pieces)
        if line:
            walk.add([f"Table: {line}" if len(line) <= LONGEST_CAPTION else escaped_caption(line)])

    return end
