"""How an episode stands in the feed, in words, for the commands that tell of it; and the changes that some make."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import print_json, utc_now

if TYPE_CHECKING:
    from pipeline.listing import Standing
    from pipeline.project import Project
    from pipeline.standing import Change

_WAYS_IN = {
    "draft": "take `draft` out of its front matter and build it again",
    "unapproved": 'audio-edition approve {slug} --by "YOUR NAME"',
    "scheduled": "audio-edition feed, from then on",
    "embargoed": "audio-edition feed, from then on",
    "withdrawn": "audio-edition restore {slug}",
}


def moment(when: datetime) -> str:
    """ "2026-12-01 06:00 UTC"."""
    return f"{when:%Y-%m-%d %H:%M} UTC"


def standing_words(standing: "Standing") -> str:
    """ "in the feed", "a draft", "scheduled, due 2026-12-01 06:00 UTC" ..."""
    if standing.state.value == "listed":
        return "in the feed"
    due = f", due {moment(standing.due)}" if standing.due else ""
    return f"{standing.state.value}{due}"


def tell_waiting(standings: "Sequence[Standing]") -> None:
    """Every episode that is not in the feed, why, and what brings it in; those that come by themselves first."""
    for one in sorted(standings, key=lambda one: (one.due is None, one.due, one.slug)):
        state = click.style(standing_words(one), fg="yellow")
        click.echo(f"  not in the feed: {one.slug} ({state}): {_WAYS_IN[one.state.value].format(slug=one.slug)}")


def make_change(project: "Project", change: "Change", *, is_dry: bool, as_json: bool) -> None:
    """Tell what a change means and make it, unless it is only looked at."""
    from pipeline.standing import carry_out

    feed = None if is_dry else carry_out(project, change, now=utc_now())
    if as_json:
        print_json(
            {
                "slug": change.episode.slug,
                "guid": change.episode.guid,
                "is_changed": change.past != change.episode,
                "is_dry": is_dry,
                "effects": change.effects,
                "listed": feed.listed if feed else None,
            }
        )
        return
    for effect in change.effects or (f"{change.episode.slug} was changed so before; the feed fits that",):
        click.echo(f"{'would be: ' if is_dry else ''}{effect}")
    if feed is not None and feed.listed:
        click.echo(
            f"{_shown(feed.path)} {'written' if feed.is_changed else 'is unchanged'}; put it online to be heard of"
        )


def _shown(path: Path) -> str:
    relative = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return str(relative)
