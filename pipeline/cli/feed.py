"""`audio-edition feed`: write the feed again, and tell the ledgers what is out."""

from pathlib import Path

import click

from pipeline.cli.desk import print_json, project_at, show_option, utc_now


@click.command()
@click.option("--published", "is_published", is_flag=True, help="Record that listeners get it from now on.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@show_option
def feed(*, folder: Path | None, is_published: bool, as_json: bool) -> None:
    """Write the feed of all episodes again.

    Run it with --published when you upload episodes/ and feeds/. From then on an episode keeps its identity, date
    and files, and changes only with `episode --correct "why"`.
    """
    from pipeline.workflow import build_feed, mark_all_published

    project = project_at(folder)
    with project.lock():
        path, is_changed = build_feed(project)
        marked = mark_all_published(project, utc_now()) if is_published else 0
        if marked:
            path, is_changed = build_feed(project)
    if as_json:
        print_json({"feed": str(path), "url": project.show.feed_url, "is_changed": is_changed, "published": marked})
        return
    click.echo(f"{path} {'written' if is_changed else 'is unchanged'}")
    if is_published:
        click.echo(
            f"{marked} episodes recorded as published; put episodes/ and feeds/ online at {project.show.base_url}"
        )
