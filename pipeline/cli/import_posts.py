"""`audio-edition import`: articles from wherever they were written into seeds/."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import counted, print_json, progress_on_terminal, project_at, show_option

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.importing import Imported, Wish
    from pipeline.project import Project

_TITLE_WIDTH = 48
_COLOURS = {"imported": "green", "updated": "green", "kept": "cyan", "conflict": "yellow", "broken": "red"}


@click.command("import")
@click.argument("source")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only posts of this day (2026-03-01) or later."
)
@click.option("--only", multiple=True, metavar="WORDS", help="Only posts with this in title or address; * is any.")
@click.option(
    "--include",
    "kinds",
    multiple=True,
    type=click.Choice(["draft", "paid", "podcast", "page"]),
    help="Also posts that otherwise stay out, as far as their text is there.",
)
@click.option("--dry-run", is_flag=True, help="Show what would happen, write nothing.")
@click.option("--allow-private", is_flag=True, help="The address may be one of your own network.")
@click.option("-v", "--verbose", is_flag=True, help="Also unchanged posts, and what was taken out of each.")
@click.option("-q", "--quiet", is_flag=True, help="Only results and errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@show_option
def import_posts(source: str, folder: Path | None, **options: Any) -> None:
    """Write each article of SOURCE into seeds/ as a Markdown file of its own.

    SOURCE is an export (Substack's zip, WordPress's XML, Ghost's JSON), a feed, a web page, the address of a feed or
    page, a Word file, an EPUB, or a folder of Markdown files:

    \b
      audio-edition import substack-export.zip --since 2026-01-01
      audio-edition import https://example.org/quiet-straits
      audio-edition import "Where the cables land.docx"

    Drafts, posts for paying readers, podcasts and pages stay out unless asked for with --include. Importing again
    takes in what is new or was changed at the source; a file that you have edited is kept and reported.
    """
    project = project_at(folder)
    rows: list[Imported] = []
    try:
        with nullcontext() if options["dry_run"] else project.lock():
            rows.extend(_imported(project, source, options=options))
    finally:
        # What came in before a source broke off in the middle is there, and is told.
        _report(project, rows, options=options)
    if any(row.outcome.value == "broken" for row in rows):
        raise SystemExit(1)


def _imported(project: "Project", source: str, *, options: dict[str, Any]) -> "Iterator[Imported]":
    from pipeline.importing import import_from

    with closing(progress_on_terminal(is_quiet=options["quiet"])) as progress:
        yield from import_from(
            project,
            source,
            wish=_wish(options),
            is_private_allowed=options["allow_private"],
            progress=progress,
        )


def _wish(options: dict[str, Any]) -> "Wish":
    from pipeline.importing import Wish
    from pipeline.sources.draft import PostKind

    since: datetime | None = options["since"]
    return Wish(
        since=f"{since:%Y-%m-%d}" if since else "",
        only=options["only"],
        kinds=frozenset({PostKind.ARTICLE, *(PostKind(kind) for kind in options["kinds"])}),
        is_dry_run=options["dry_run"],
    )


def _report(project: "Project", rows: "list[Imported]", *, options: dict[str, Any]) -> None:
    if options["as_json"]:
        print_json({"posts": [_as_json(project, row) for row in rows]})
        return
    for row in rows:
        if options["verbose"] or row.outcome.value != "unchanged":
            _tell(row, is_verbose=options["verbose"])
    if rows:
        click.echo(_summary(rows, is_dry_run=options["dry_run"]))
    _tell_missing(project, rows)
    new = next((row.path for row in rows if row.outcome.value == "imported"), None)
    if new is not None and not options["dry_run"]:
        click.echo(f"Next: audio-edition script {os.path.relpath(new)} (what will be said of it)")


def _tell_missing(project: "Project", rows: "list[Imported]") -> None:
    """What an episode needs and the source does not say, once for all of them."""
    undated = sum("date" in row.missing for row in rows)
    nameless = 0 if project.show.default_author else sum("author" in row.missing for row in rows)
    if undated:
        click.echo(f"{counted(undated, 'file')} without a date: write `date: YYYY-MM-DD` into the front matter")
    if nameless:
        click.echo(f"{counted(nameless, 'file')} without a byline: write `author: ...`, or default_author in show.toml")


def _as_json(project: "Project", row: "Imported") -> dict[str, object]:
    return {
        "id": row.id,
        "title": row.title,
        "date": row.date,
        "kind": row.kind.value,
        "outcome": row.outcome.value,
        "path": project.source_name(row.path) if row.path else None,
        "why": row.why,
        "missing": list(row.missing),
        "removals": [{"text": removal.text, "reason": removal.reason} for removal in row.removals],
    }


def _tell(row: "Imported", *, is_verbose: bool) -> None:
    outcome = click.style(f"{row.outcome.value:<9}", fg=_COLOURS.get(row.outcome.value))
    title = row.title if len(row.title) <= _TITLE_WIDTH else row.title[: _TITLE_WIDTH - 1] + "…"
    place = os.path.relpath(row.path) if row.path else ""
    rest = ": ".join(part for part in (place, row.why) if part)
    click.echo(f"{outcome}  {row.date[:10]:<10}  {title:<{_TITLE_WIDTH}}  {rest}".rstrip())
    for removal in row.removals if is_verbose else ():
        click.echo(f"{'':>23}- {removal.text} ({removal.reason})")


def _summary(rows: "list[Imported]", *, is_dry_run: bool) -> str:
    outcomes = Counter(row.outcome.value for row in rows)
    parts = [f"{count} {outcome}" for outcome, count in outcomes.items()]
    removals = sum(len(row.removals) for row in rows)
    taken_out = f"; {counted(removals, 'piece')} of the pages taken out (-v lists them)" if removals else ""
    return f"{counted(len(rows), 'post')}: {', '.join(parts)}{taken_out}{'; nothing written' if is_dry_run else ''}"
