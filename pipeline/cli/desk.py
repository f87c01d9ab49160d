"""What every command needs of the terminal: the show it works on, where progress goes, and JSON."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pipeline.model import Finding
    from pipeline.progress import Progress
    from pipeline.project import Project

COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}

Command = TypeVar("Command", bound=Callable[..., Any])


def show_option(command: Command) -> Command:
    """Adds --show, which every command takes."""
    option = click.option(
        "--show",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        help="The folder of the show. Default: the one that holds show.toml, here or above.",
    )
    return option(command)


def project_at(folder: Path | None, *, sources: Sequence[Path] = ()) -> "Project":
    """The show in ``folder``; else the one that the articles lie in, else the one around the current folder."""
    from pipeline.errors import ConfigError
    from pipeline.project import SHOW_FILE, find_root, open_project

    if folder is not None:
        if not (folder / SHOW_FILE).is_file():
            raise ConfigError(f"there is no {SHOW_FILE} in it", cure="name the folder of a show", path=folder)
        return open_project(folder)
    around = {root for path in sources for root in path.resolve().parents if (root / SHOW_FILE).is_file()}
    if len(around) > 1:
        names = " and ".join(sorted(str(root) for root in around))
        raise ConfigError(f"the articles belong to different shows, {names}", cure="build them one show at a time")
    return open_project(around.pop() if around else find_root(Path()))


def progress_on_terminal(*, is_quiet: bool) -> "Progress":
    """Bars where somebody looks, a line a stage elsewhere, nothing where silence is asked for."""
    from pipeline.cli.telling import Bars, Lines
    from pipeline.progress import Silence

    if is_quiet:
        return Silence()
    return Bars() if sys.stderr.isatty() else Lines()


def print_finding(finding: "Finding") -> None:
    """What, the cure, and who says so."""
    severity = finding.severity.value
    click.echo(f"{click.style(severity, fg=COLOURS[severity], bold=True)} {finding.where}: {finding.what}")
    click.echo(f"  {finding.cure}")
    click.echo(click.style(f"  {finding.rule}: {finding.source}", dim=True))


def counted(count: int, thing: str) -> str:
    """ "1 episode", "2 episodes"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def print_json(value: object) -> None:
    """Results for programs, on stdout."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def utc_now() -> datetime:
    """The clock, read here and handed down."""
    return datetime.now(UTC)
