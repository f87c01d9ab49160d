"""`audio-edition status`: what is fresh, what is stale and why, what is out."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import print_json, project_at, show_option, utc_now
from pipeline.cli.standings import standing_words, tell_first_step

if TYPE_CHECKING:
    from pipeline.inspection import EpisodeStatus
    from pipeline.listing import Standing


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@show_option
def status(*, folder: Path | None, as_json: bool) -> None:
    """Tell for each episode which stages are fresh, which are stale and why, and whether listeners have it.

    What is not in the feed says why, and when it is due.
    """
    import msgspec

    from pipeline.inspection import status_of
    from pipeline.workflow import standings

    project, now = project_at(folder), utc_now()
    statuses = status_of(project, now=now)
    standing = {one.slug: one for one in standings(project, now=now)}
    if as_json:
        listing = {slug: {"listing": one.state, "due": one.due} for slug, one in standing.items()}
        print_json({"episodes": [msgspec.to_builtins(one) | listing[one.slug] for one in statuses]})
        return
    if project.show.feed.is_private:
        click.echo(f"A private show; its feed, for those you give it to: {project.show.feed_url}")
    for one in statuses:
        _print(one, standing[one.slug])
    if not statuses:
        tell_first_step(project)


def _print(one: "EpisodeStatus", standing: "Standing") -> None:
    out = ("published" if one.published else "not published") + f", {standing_words(standing)}"
    if not one.is_recorded:
        out = f"published in an earlier state, {standing_words(standing)}: audio-edition feed --published"
    loudness = f"{one.loudness_before_lufs:.1f} LUFS mastered to {one.loudness_lufs:.1f}"
    click.echo(f"{click.style(one.slug, bold=True)} ({out}, {loudness})")
    if set(one.stages.values()) == {"fresh"}:
        click.echo(f"  {click.style('all fresh', fg='green')}")
        return
    for stage, state in one.stages.items():
        click.echo(f"  {stage:<8} {click.style(state, fg='green' if state == 'fresh' else 'yellow')}")
