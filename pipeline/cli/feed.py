"""`audio-edition feed`: write the feed again, and tell the ledgers what is out."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import (
    of_show,
    print_finding,
    print_json,
    print_warning,
    project_at,
    show_option,
    utc_now,
    without_token,
)
from pipeline.cli.standings import moment, tell_first_step, tell_waiting

if TYPE_CHECKING:
    from pipeline.listing import Standing
    from pipeline.project import Project
    from pipeline.workflow import WrittenFeed


@click.command()
@click.option("--published", "is_published", is_flag=True, help="Record that listeners get it from now on.")
@click.option("--at", "at", metavar="MOMENT", help="As it will be then: 2026-12-01T06:00Z, or a date.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only tell what would be in it, and what is due when.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@show_option
def feed(*, folder: Path | None, is_published: bool, at: str | None, is_dry: bool, as_json: bool) -> None:
    """Write the feed of all episodes that are due.

    Drafts, what is scheduled or under an embargo, what waits for an approval and what was withdrawn is not in it; it
    tells of them. Run it with --published right before you upload episodes/ and feeds/. From then on every episode in
    the feed keeps its identity, date and files, and changes only with `episode --correct "why"`. It refuses while
    `check` finds an error or an example's address.
    """
    if is_published and (at or is_dry):
        raise click.UsageError("--published is of the feed as it is now, and goes with neither --at nor --dry-run")
    project = project_at(folder)
    now = _moment_of(project, at) if at else utc_now()
    if is_dry:
        _look(project, now, as_json=as_json)
        return
    with project.lock():
        written, marked = _write(project, now, is_published=is_published)
    _tell(project, written, marked=marked, as_json=as_json)
    _warn_of_another_address(project)
    if at:
        _warn_of_another_time(project, written, at=now)


def _moment_of(project: "Project", at: str) -> datetime:
    """The moment that --at names, as UTC where it names no zone; a date alone is that day at `publish_time`."""
    try:
        given = datetime.fromisoformat(at if len(at) > len("2026-12-01") else f"{at}T{project.show.publish_time}")
        return given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{at!r} is no moment: write 2026-12-01T06:00Z", param_hint="--at") from None


def _look(project: "Project", now: datetime, *, as_json: bool) -> None:
    from pipeline.workflow import standings

    everyone = standings(project, now=now)
    inside = [one for one in everyone if one.state.value == "listed"]
    waiting = [one for one in everyone if one.state.value != "listed"]
    if as_json:
        print_json({"at": now, "listed": [one.slug for one in inside], "waiting": waiting})
        return
    for one in inside:
        click.echo(f"  would be in the feed: {one.slug}")
    tell_waiting(project, waiting)
    _tell_next(project, waiting)
    if not everyone:
        tell_first_step(project)


def _tell_next(project: "Project", waiting: "Sequence[Standing]") -> None:
    due = min((one.due for one in waiting if one.due is not None), default=None)
    if due is not None:
        click.echo(f"Next is due at {moment(due)}: run audio-edition feed{of_show(project)} then")


def _write(project: "Project", now: datetime, *, is_published: bool) -> "tuple[WrittenFeed, tuple[str, ...] | None]":
    from pipeline.errors import FeedError
    from pipeline.workflow import build_feed

    written = build_feed(project, now=now)
    if not written.listed:
        cure = "audio-edition feed --dry-run tells why" if written.waiting else "make one: audio-edition episode SOURCE"
        raise FeedError("there is no feed, because no episode is to be in it yet", cure=cure)
    marked = _mark(project, now) if is_published else None
    return (build_feed(project, now=now) if marked else written), marked


def _mark(project: "Project", now: datetime) -> tuple[str, ...]:
    """Record what listeners get; nothing, and exit status 1, while a directory would refuse it."""
    from pipeline.inspection import obstacles
    from pipeline.workflow import mark_all_published

    found = obstacles(project, now=now)
    for finding in found:
        print_finding(finding)
    if found:
        click.echo("Nothing is recorded as published: mend this first.", err=True)
        sys.exit(1)
    return mark_all_published(project, now)


def _tell(project: "Project", written: "WrittenFeed", *, marked: tuple[str, ...] | None, as_json: bool) -> None:
    """``marked`` are the slugs that are published now and were not before; None where nobody asked to record them."""
    if as_json:
        told = {"feed": str(written.path), "url": project.show.feed_url, "is_changed": written.is_changed}
        print_json({**told, "published": marked or (), "listed": written.listed, "waiting": written.waiting})
        return
    click.echo(f"{without_token(project, written.path)} {'written' if written.is_changed else 'is unchanged'}")
    for slug in marked or ():
        click.echo(f"  recorded as published: {slug}")
    tell_waiting(project, written.waiting)
    _tell_next(project, written.waiting)
    if marked is not None:
        click.echo(f"Now put episodes/ and feeds/ online at {project.show.base_url}")


def _warn_of_another_address(project: "Project") -> None:
    """A base_url that was edited by hand leaves everybody behind who has the feed."""
    from pipeline.moving import is_moved_by_hand

    if is_moved_by_hand(project):
        print_warning(
            f"base_url is not the address that listeners were given, and only a move leads them on: put the old one "
            f"back into {project.show.settings_file}, then audio-edition move --to {project.show.base_url}"
            f"{of_show(project)}"
        )


def _warn_of_another_time(project: "Project", written: "WrittenFeed", *, at: datetime) -> None:
    """The feed lies where the one of now lay; nobody is to put it online by a slip."""
    from pipeline.workflow import standings

    now = {one.slug for one in standings(project, now=utc_now()) if one.state.value == "listed"}
    early, gone = sorted({*written.listed} - now), sorted(now - {*written.listed})
    told = [f"has {', '.join(early)} before it is due"] * bool(early) + [f"lacks {', '.join(gone)}"] * bool(gone)
    if told:
        print_warning(
            f"this is the feed of {moment(at)}, which {' and '.join(told)}: do not put it online now; "
            f"audio-edition feed{of_show(project)} writes that of now again"
        )
