"""`audio-edition approve`: let an episode go out."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import of_show, print_json, project_at, show_option, utc_now
from pipeline.cli.standings import make_change

if TYPE_CHECKING:
    from pipeline.model import Episode
    from pipeline.project import Project


@click.command()
@click.argument("slug", required=False)
@click.option("--by", metavar="NAME", default="", help="Who read and heard it.")
@click.option("--list", "is_list", is_flag=True, help="Only tell what waits for an approval.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@show_option
def approve(slug: str | None, folder: Path | None, *, by: str, is_list: bool, **manner: bool) -> None:
    """Record that NAME lets an episode go out: this very script and this very sound.

    With approval = "required" in show.toml nothing else goes out: a new episode is not in the feed before it, and a
    correction stops the feed until it is approved too.

    \b
    audio-edition approve --list
    audio-edition approve quiet-straits --by "Tomas Reyl"
    """
    from pipeline.standing import approval_of, waiting_for_approval

    if is_list == bool(slug):
        raise click.UsageError("give the slug of an episode, or --list")
    if slug and not by.strip():
        raise click.UsageError("--by says who approves it")
    project = project_at(folder)
    if slug:
        with project.lock():
            change = approval_of(project, slug, by=by, now=utc_now())
            make_change(project, change, may_wait=True, **manner)
        return
    _list(project, waiting_for_approval(project), as_json=manner["as_json"])


def _list(project: "Project", waiting: "tuple[Episode, ...]", *, as_json: bool) -> None:
    if as_json:
        print_json(
            {"waiting": [{"slug": one.slug, "title": one.title, "is_new": not one.revisions} for one in waiting]}
        )
        return
    for one in waiting:
        kind = "a correction" if one.revisions else "new"
        click.echo(f"{click.style(one.slug, bold=True)}: {one.title} ({kind}, episodes/{one.slug}/)")
    if not waiting:
        click.echo("Nothing waits for an approval.")
    elif project.show.approval == "off":
        click.echo('Nobody needs to: approval = "off" in show.toml.')
    else:
        click.echo(f'Next: audio-edition approve SLUG --by "YOUR NAME"{of_show(project)}')
