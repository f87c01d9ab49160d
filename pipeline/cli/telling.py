"""How a build tells how far it is: a bar a stage on a terminal, a line a stage elsewhere."""

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


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
            TextColumn("{task.description:<8}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._stage = ""

    def begin(self, stage: str, total: int) -> None:
        """A bar of ``total`` steps."""
        self._stage = stage
        self._task = self._bars.add_task(stage, total=total or None)
        self._bars.start()

    def advance(self, count: int = 1) -> None:
        """Some way further."""
        if self._task is not None:
            self._bars.advance(self._task, count)

    def end(self, outcome: str) -> None:
        """Take the bar away and leave a line."""
        self.close()
        self._console.print(f"  [green]✓[/green] {self._stage}: {outcome}")

    def close(self) -> None:
        """Give the terminal back as it was; a bar hides the cursor."""
        self._bars.stop()
        if self._task is not None:
            self._bars.remove_task(self._task)
            self._task = None
