"""What every command needs of the terminal: the show it works on, where progress goes, and JSON."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pipeline.project import Project

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


def project_at(folder: Path | None) -> "Project":
    """The show in ``folder``, or the one around the current folder."""
    from pipeline.project import find_root, open_project

    return open_project(folder if folder and (folder / "show.toml").is_file() else find_root(folder or Path()))


def print_json(value: object) -> None:
    """Results for programs, on stdout."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def utc_now() -> datetime:
    """The clock, read here and handed down."""
    return datetime.now(UTC).replace(microsecond=0)
