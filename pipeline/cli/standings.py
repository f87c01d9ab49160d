"""How an episode stands in the feed, in words, for the commands that tell of it; and the changes that some make."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import of_show, print_json, print_warning, utc_now, without_token
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.listing import Standing
    from pipeline.project import Project
    from pipeline.standing import Change
    from pipeline.workflow import WrittenFeed

_WAYS_IN = {
    "draft": "take `draft` out of its front matter and build it again",
    "unapproved": 'audio-edition approve {slug} --by "YOUR NAME"{show}',
    "scheduled": "audio-edition feed{show}, from then on",
    "embargoed": "audio-edition feed{show}, from then on",
    "withdrawn": "audio-edition restore {slug}{show}",
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


def tell_first_step(project: "Project") -> None:
    """What to do where there is no episode yet."""
    seeds = project.seeds.relative_to(project.root).as_posix()
    click.echo(f"No episodes yet. Next: audio-edition episode {seeds}/ARTICLE")


def tell_waiting(project: "Project", standings: "Sequence[Standing]") -> None:
    """Every episode that is not in the feed, why, and what brings it in; those that come by themselves first."""
    for one in sorted(standings, key=lambda one: (one.due is None, one.due, one.slug)):
        state = click.style(standing_words(one), fg="yellow")
        way_in = _WAYS_IN[one.state.value].format(slug=one.slug, show=of_show(project))
        click.echo(f"  not in the feed: {one.slug} ({state}): {way_in}")


def write_feed(project: "Project") -> "WrittenFeed | None":
    """The feed of all that is listed now; None where it has to wait for an approval, with a warning for each."""
    from pipeline.workflow import build_feed, corrections_to_approve

    waiting = corrections_to_approve(project)
    for slug in waiting:
        print_warning(
            f"the correction of {slug} needs an approval, and until then the feed stays as it was: "
            f'audio-edition approve {slug} --by "YOUR NAME"{of_show(project)}'
        )
    return None if waiting else build_feed(project, now=utc_now())


def make_change(project: "Project", change: "Change", *, is_dry: bool, as_json: bool, may_wait: bool = False) -> None:
    """Tell what a change means and make it, unless it is only looked at.

    Where the feed cannot be written the change is kept all the same, and that is told. If it ``may_wait`` for the
    approval of another episode, that is no fault.
    """
    feed = None if is_dry else _made(project, change, may_wait=may_wait)
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
    fits = "; the feed fits that" if feed is not None else ""
    for effect in change.effects or (f"{change.episode.slug} was changed so before{fits}",):
        click.echo(f"{'would be: ' if is_dry else ''}{effect}")
    if feed is not None and feed.listed:
        shown = without_token(project, _shown(feed.path))
        click.echo(f"{shown} {'written; put it online to be heard of' if feed.is_changed else 'is unchanged'}")


def _made(project: "Project", change: "Change", *, may_wait: bool) -> "WrittenFeed | None":
    from pipeline.standing import keep_change
    from pipeline.workflow import build_feed

    keep_change(project, change)
    try:
        return write_feed(project) if may_wait else build_feed(project, now=utc_now())
    except PipelineError:
        slug = change.episode.slug
        click.echo(f"{slug}: this is kept, but the feed is still the old one until the following is mended", err=True)
        raise


def _shown(path: Path) -> str:
    relative = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return str(relative)
