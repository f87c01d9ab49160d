"""`audio-edition feed`: write the feed again, and tell the ledgers what is out."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import print_finding, print_json, project_at, show_option, utc_now

if TYPE_CHECKING:
    from pipeline.project import Project


@click.command()
@click.option("--published", "is_published", is_flag=True, help="Record that listeners get it from now on.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@show_option
def feed(*, folder: Path | None, is_published: bool, as_json: bool) -> None:
    """Write the feed of all episodes again.

    Run it with --published right before you upload episodes/ and feeds/. From then on every episode in the feed
    keeps its identity, date and files, and changes only with `episode --correct "why"`. It refuses while `check`
    finds an error or an example's address.
    """
    from pipeline.workflow import build_feed

    project = project_at(folder)
    with project.lock():
        path, is_changed = build_feed(project)
        marked = _mark(project) if is_published else ()
        if marked:
            path, is_changed = build_feed(project)
    if as_json:
        print_json({"feed": str(path), "url": project.show.feed_url, "is_changed": is_changed, "published": marked})
        return
    click.echo(f"{path} {'written' if is_changed else 'is unchanged'}")
    for slug in marked:
        click.echo(f"  recorded as published: {slug}")
    if is_published:
        click.echo(f"Now put episodes/ and feeds/ online at {project.show.base_url}")


def _mark(project: "Project") -> tuple[str, ...]:
    """Record what listeners get; nothing, and exit status 1, while a directory would refuse it."""
    from pipeline.inspection import obstacles
    from pipeline.workflow import mark_all_published

    found = obstacles(project, now=utc_now())
    for finding in found:
        print_finding(finding)
    if found:
        click.echo("Nothing is recorded as published: mend this first.", err=True)
        sys.exit(1)
    return mark_all_published(project, utc_now())
