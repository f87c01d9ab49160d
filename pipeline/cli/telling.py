"""How a build tells how far it is: a bar a stage on a terminal, a line a stage elsewhere."""

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text


class Lines:
    """A line when a stage is over, on stderr."""

    def __init__(self) -> None:
        self._stage = ""

    def begin(self, stage: str, total: int) -> None:  # noqa: ARG002 - a line needs no total
        """Remember its name."""
        self._stage = stage

    def advance(self, count: int = 1) -> None:
        """Nothing to show."""

    def end(self, outcome: str) -> None:
        """The line."""
        click.echo(f"  {self._stage}: {outcome}", err=True)

    def close(self) -> None:
        """Nothing is left open."""


class Bars:
    """A bar while a stage runs; the line of what came of it stays."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<8}", markup=False),
            BarColumn(),
            *self._counters(),
            console=self._console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._stage = ""

    def _counters(self) -> tuple[ProgressColumn, ...]:
        """What stands behind the bar."""
        return MofNCompleteColumn(), TimeElapsedColumn()

    def begin(self, stage: str, total: int) -> None:
        """A bar of ``total`` steps."""
        self._stage = stage
        self._task = self._bars.add_task(stage, total=total or None)
        self._bars.start()

    def advance(self, count: int = 1) -> None:
        """Some way further."""
        if self._task is None:
            return
        self._bars.advance(self._task, count)
        bar = self._bars.tasks[0]
        # A stage that has to go through its work again has more of it than it knew.
        if bar.total is not None and bar.completed > bar.total:
            self._bars.update(self._task, total=bar.completed)

    def end(self, outcome: str) -> None:
        """Take the bar away and leave a line."""
        self.close()
        # As text: brackets in an outcome are no markup.
        self._console.print(Text.assemble("  ", ("✓", "green"), f" {self._stage}: {outcome}"))

    def close(self) -> None:
        """Give the terminal back as it was; a bar hides the cursor."""
        self._bars.stop()
        if self._task is not None:
            self._bars.remove_task(self._task)
            self._task = None


class ByteBars(Bars):
    """Bars that count bytes: how much has come, how fast, and for how long yet."""

    def _counters(self) -> tuple[ProgressColumn, ...]:
        return DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()
