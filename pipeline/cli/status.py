"""`audio-edition status`: what is fresh, what is stale and why, what is out."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import print_json, project_at, show_option, utc_now

if TYPE_CHECKING:
    from pipeline.inspection import EpisodeStatus


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@show_option
def status(*, folder: Path | None, as_json: bool) -> None:
    """Tell for each episode which stages are fresh, which are stale and why, and whether listeners have it."""
    from pipeline.inspection import status_of

    statuses = status_of(project_at(folder), now=utc_now())
    if as_json:
        print_json({"episodes": statuses})
        return
    for one in statuses:
        _print(one)
    if not statuses:
        click.echo("No episodes yet. Next: audio-edition episode seeds/ARTICLE")


def _print(one: "EpisodeStatus") -> None:
    out = "published" if one.published else "not published"
    if not one.is_recorded:
        out = "published in an earlier state: audio-edition feed --published"
    loudness = f"{one.loudness_before_lufs:.1f} LUFS mastered to {one.loudness_lufs:.1f}"
    click.echo(f"{click.style(one.slug, bold=True)} ({out}, {loudness})")
    for stage, state in one.stages.items():
        click.echo(f"  {stage:<8} {click.style(state, fg='green' if state == 'fresh' else 'yellow')}")
