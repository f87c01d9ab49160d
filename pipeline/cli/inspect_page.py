"""What `audio-edition inspect` shows on a terminal: a table of facts, the waveform, chapters and tags."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.cli.inspect_drawing import Drawing
from pipeline.cli.inspect_facts import Fact, chapter_words, printable, tag_lines

if TYPE_CHECKING:
    from pipeline.sounding import SoundReport

_ROWS = 8


def print_page(report: "SoundReport", facts: Sequence[Fact], *, width: int) -> None:
    """All of it, ``width`` columns wide. Nothing is told by a colour alone."""
    console = Console(highlight=False, width=width)
    console.print(Text(printable(report.title), style="bold"))
    console.print(_facts(facts, width=width))
    if report.measured.sample_count:
        console.print()
        console.print(_waveform(report, width=width), no_wrap=True, overflow="crop")
    if report.tags.chapters:
        console.print(_rows(_numbered(map(chapter_words, report.tags.chapters))))
    for title, rows in (("Tags", list(tag_lines(report))), ("To do", _cures(facts))):
        if rows:
            console.print(Text(f"\n{title}", style="bold"))
            console.print(_rows(rows))


def _numbered(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((str(number), line) for number, line in enumerate(lines, start=1))


def _cures(facts: Sequence[Fact]) -> list[tuple[str, str]]:
    return [(fact.name, fact.cure) for fact in facts if not fact.is_good]


def _facts(facts: Sequence[Fact], *, width: int) -> Table:
    """Names, values and verdicts side by side; where that is too wide, a verdict stands with its value or below it."""
    names, values, verdicts = (
        max(map(cell_len, column), default=0)
        for column in zip(*((fact.name, fact.value, _verdict(fact).plain) for fact in facts), strict=True)
    )
    is_wide = names + values + verdicts + 2 <= width
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, style="dim")
    for _ in range(2 if is_wide else 1):
        table.add_column(overflow="fold")
    for fact in facts:
        # As text: brackets in a value are no markup.
        cells = (Text(fact.value), _verdict(fact))
        table.add_row(fact.name, *(cells if is_wide else (_together(*cells, room=width - names - 1),)))
    return table


def _verdict(fact: Fact) -> Text:
    mark, style = ("✓ ", "green") if fact.is_good else ("! ", "yellow")
    return Text(f"{mark}{fact.verdict}" if fact.verdict else "", style=style)


def _together(value: Text, verdict: Text, *, room: int) -> Text:
    """Both on a line if there is room for them, else one below the other."""
    if not verdict:
        return value
    return Text("  " if value.cell_len + 2 + verdict.cell_len <= room else "\n").join((value, verdict))


def _rows(rows: Iterable[tuple[str, str]]) -> Table:
    """Names and what belongs to them."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", overflow="fold", max_width=24)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(Text(name), Text(value))
    return table


def _waveform(report: "SoundReport", *, width: int) -> Text:
    """The drawing: what is loud on the whole is bright, single peaks are dim; below it the chapters and the time."""
    drawing = Drawing(report.measured, width=width, rows=_ROWS)
    text = Text()
    for row in drawing.wave():
        for letter, is_loud in row:
            text.append(letter, style="cyan" if is_loud else "dim cyan")
        text.append("\n")
    starts = [chapter.start_ms / 1000 for chapter in report.tags.chapters]
    if starts:
        text.append(f"{drawing.numbers(starts)}\n", style="bold")
    text.append(drawing.times(), style="dim")
    return text
