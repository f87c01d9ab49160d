"""`audio-edition history`: what listeners had of an episode, when and why."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import print_json, project_at, show_option, utc_now
from pipeline.cli.standings import moment

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.standing import History, PublishedState


@click.command()
@click.argument("slug")
@click.option("--diff", "is_diff", is_flag=True, help="Tell also what changed from one state to the next.")
@click.option("--json", "as_json", is_flag=True, help="Print the history as JSON.")
@show_option
def history(slug: str, *, folder: Path | None, is_diff: bool, as_json: bool) -> None:
    """Tell what was published of an episode, when and why, and what waits to be.

    Each published state has its date, its reason, whether listeners were told, and the length and digest of its sound.
    Withdrawals and approvals stand between them.
    """
    from pipeline.standing import history_of

    told = history_of(project_at(folder), slug, now=utc_now())
    if as_json:
        print_json(told)
        return
    click.echo(f"{click.style(told.title, bold=True)} ({told.slug}, {_state(told)})")
    click.echo(f"  GUID {told.guid}")
    if told.former_slugs:
        click.echo(f"  was called {', '.join(told.former_slugs)}")
    for _, line in sorted(_events(told, is_diff=is_diff), key=lambda event: event[0]):
        click.echo(line)
    _tell_waiting(told, is_diff=is_diff)


def _state(told: "History") -> str:
    due = f", due {moment(told.due)}" if told.due else ""
    return f"{'in the feed' if told.state.value == 'listed' else told.state.value}{due}"


def _events(told: "History", *, is_diff: bool) -> "list[tuple[datetime, str]]":
    events = [(state.published_at, _published(state, is_diff=is_diff)) for state in told.revisions]
    for approval in told.approvals:
        line = f"  {moment(approval.at)}  approved by {approval.by}  sound {approval.sound_sha256[:8]}"
        events.append((approval.at, line))
    for out in told.withdrawals:
        events.append((out.at, f"  {moment(out.at)}  withdrawn: {out.reason}"))
        if out.restored_at is not None:
            events.append((out.restored_at, f"  {moment(out.restored_at)}  restored"))
    return events


def _published(state: "PublishedState", *, is_diff: bool) -> str:
    from pipeline.units import clock

    length = clock(round(state.duration_s * 1000))
    line = f"  {moment(state.published_at)}  {_outing(state)}  {length}, sound {state.sound_sha256[:8]}"
    return line + (f"\n    changed: {', '.join(state.changed)}" if is_diff and state.changed else "")


def _outing(state: "PublishedState") -> str:
    """How it went out; of the first state there was nothing to be told."""
    if state.is_first:
        return state.reason
    return f"published ({_manner(is_silent=state.is_silent, is_spoken=state.is_spoken)}): {state.reason}"


def _manner(*, is_silent: bool, is_spoken: bool) -> str:
    if is_spoken:
        return "told aloud" if is_silent else "told in the notes and aloud"
    return "silent" if is_silent else "told"


def _tell_waiting(told: "History", *, is_diff: bool) -> None:
    """What listeners do not have yet."""
    for correction in told.corrections_waiting:
        manner = _manner(is_silent=correction.is_silent, is_spoken=correction.is_spoken)
        click.echo(f"  {moment(correction.at)}  waits to be published ({manner}): {correction.reason}")
    if is_diff and told.changed:
        click.echo(f"    will change: {', '.join(told.changed)}")
    if not told.revisions:
        click.echo("  not published yet: audio-edition feed --published")
