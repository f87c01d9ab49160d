"""`audio-edition voices list`: a row a voice, of every engine, and how to get those that are not here."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import print_json, project_at, show_option

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.project import Project
    from pipeline.roster import Row

_ALL = "all"

_INSTALL = "audio-edition voices install"

_LICENCE_WIDTH = 26


@click.command("list")
@click.option("--engine", default="", metavar="NAME", help="Only this one, be it on this computer or a server.")
@click.option("--language", default="", metavar="TAG", help='Such as en or en-GB; "all". Default: the show\'s, or en.')
@click.option("--available", is_flag=True, help="Also what could be installed; asks the catalogues.")
@click.option("--json", "as_json", is_flag=True, help="Print the voices as JSON.")
@show_option
def list_voices(*, folder: Path | None, as_json: bool, **options: Any) -> None:
    """List the voices there are, one a row: engine, voice, language, quality, licence, installed or how to get it.

    Engines that cost money or are servers of your own are asked only where --engine names them.

    \b
      audio-edition voices list                                what speaks the show's language here
      audio-edition voices list --available --language de      and what could be installed, for German
      audio-edition voices list --engine elevenlabs            what your account there has
    """
    from pipeline.roster import Query, roster_of

    project = project_around(folder)
    language = options["language"] or (project.show.language.partition("-")[0] if project else "en")
    query = Query(
        engine=options["engine"],
        language="" if language == _ALL else language,
        is_available=options["available"],
        tables=project.show.engines if project else {},
    )
    rows = roster_of(query)
    if as_json:
        print_json({"voices": rows})
    elif not rows:
        click.echo(f"No voices for {language}. All there are: audio-edition voices list --language {_ALL}")
    elif sys.stdout.isatty():
        _show(rows)
    else:
        click.echo("\n".join("\t".join(_cells(row)) for row in rows))


def project_around(folder: Path | None) -> "Project | None":
    """The show in ``folder``, else the one around the current folder, None where there is none."""
    from pipeline.project import SHOW_FILE

    here = Path.cwd()
    is_inside = any((parent / SHOW_FILE).is_file() for parent in (here, *here.parents))
    return project_at(folder) if folder is not None or is_inside else None


def _cells(row: "Row") -> tuple[str, ...]:
    return row.engine, row.voice, row.language, row.quality, row.licence, row.how or "installed"


def _show(rows: "Sequence[Row]") -> None:
    """A table of the voices, and below it, on lines of their own that can be copied, how to get what is not here."""
    from rich.console import Console

    voices = [row for row in rows if row.voice]
    if voices:
        Console(highlight=False).print(_table(voices))
    if any(row.how.startswith(_INSTALL) for row in voices):
        click.echo(f"To install one: {_INSTALL} ENGINE:VOICE")
    for row in rows:
        if not row.voice:
            click.echo(f"{row.engine}: {row.how}")


def _table(rows: "Sequence[Row]") -> "Table":
    """One row a voice, its name in one piece; the licence gives way where the terminal is narrow."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("engine", "voice", "language", "quality"):
        table.add_column(heading, overflow="fold", no_wrap=heading in {"engine", "voice"})
    table.add_column("licence", overflow="ellipsis", no_wrap=True, max_width=_LICENCE_WIDTH)
    table.add_column("")
    for row in rows:
        *cells, how = _cells(row)
        # As text: brackets in a licence are no markup.
        table.add_row(*(Text(cell) for cell in (*cells, _state(how))))
    return table


def _state(how: str) -> str:
    """ "to install (63 MB)" for the command that does it."""
    if not how.startswith(_INSTALL):
        return how
    _, bracket, size = how.partition("(")
    return f"to install {bracket}{size}".strip()
