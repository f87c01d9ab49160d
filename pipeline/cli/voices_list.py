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
    from rich.console import Console

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
        Console(highlight=False).print(_table(rows))
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


def _table(rows: "Sequence[Row]") -> "Table":
    """One row a voice, its name in one piece; what is too long for the terminal goes on in the next line."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("engine", "voice", "language", "quality", "licence", ""):
        table.add_column(heading, overflow="fold", no_wrap=heading in {"engine", "voice"})
    for row in rows:
        # As text: brackets in a licence are no markup.
        table.add_row(*(Text(cell) for cell in _cells(row)))
    return table
