"""`audio-edition restore`: put a withdrawn episode back."""

from pathlib import Path

import click

from pipeline.cli.desk import project_at, show_option, utc_now
from pipeline.cli.standings import make_change


@click.command()
@click.argument("slug")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@show_option
def restore(slug: str, *, folder: Path | None, is_dry: bool, as_json: bool) -> None:
    """Put an episode that was withdrawn back into the feed.

    It has the GUID and the date it had, so that apps know it again and nobody gets it twice; its page is its own again.
    """
    from pipeline.standing import restoration_of

    project = project_at(folder)
    with project.lock():
        change = restoration_of(project, slug, now=utc_now())
        make_change(project, change, is_dry=is_dry, as_json=as_json)
