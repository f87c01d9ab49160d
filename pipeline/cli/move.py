"""`audio-edition move`: the show gets another address, and nobody who follows it is lost."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click import UsageError

from pipeline.cli.desk import counted, of_show, print_json, print_warning, project_at, show_option, utc_now
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.moving import Moving
    from pipeline.project import Project


@click.command()
@click.option("--to", default="", metavar="URL", help="The new address of the folder with episodes/ and feeds/.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--done", "is_done", is_flag=True, help="The old addresses are given up: the feed tells no more of it.")
@click.option("--force", "is_forced", is_flag=True, help="With --done: before the 28 days are over.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@show_option
def move(*, folder: Path | None, to: str, is_done: bool, **options: bool) -> None:
    """Move the show to another address: show.toml, feed and page say the new one, every identity stays.

    The feed tells apps of it (itunes:new-feed-url), and this tells what the old host has to answer: for nginx, Caddy,
    Netlify, S3 and GitHub Pages as text to paste. Saying it again prints that again. When nobody asks at the old
    address any more, after 28 days at the least, end it with --done.
    """
    if bool(to) == is_done or (options["is_forced"] and not is_done):
        raise UsageError("give either --to URL, or --done (with --force where that is too early)")
    project = project_at(folder)
    if is_done:
        _finish(project, options)
    else:
        _move(project, to, options)


def _move(project: "Project", to: str, options: dict[str, bool]) -> None:  # noqa: PLR0917 - as one reads it
    from pipeline import moving

    now = utc_now()
    planned = moving.plan_move(project, to, now=now)
    if not options["dry_run"]:
        with project.lock():
            planned = moving.plan_move(project, to, now=now)
            _write_feed(moving.move(project, planned, now=now))
    if options["as_json"]:
        print_json({"is_dry_run": options["dry_run"], **_as_json(planned)})
    else:
        _tell(planned, is_dry_run=options["dry_run"], project=project)


def _finish(project: "Project", options: dict[str, bool]) -> None:
    from pipeline.moving import finish_move

    if options["dry_run"]:
        raise UsageError("--done has nothing to show before it is done")
    with project.lock():
        done = finish_move(project, now=utc_now(), is_forced=options["is_forced"])
        _write_feed(project)
    if options["as_json"]:
        print_json({"old_url": done.old_url, "new_url": done.new_url, "moved_at": done.at, "done_at": done.done_at})
    else:
        click.echo(f"The feed tells no more of the move from {done.old_url} to {done.new_url}.")
        click.echo("Put feeds/ online once more. Redirects that cost nothing are best kept for ever.")


def _write_feed(project: "Project") -> None:
    from pipeline.identity import load_episodes
    from pipeline.workflow import build_feed

    if not load_episodes(project):
        return
    try:
        build_feed(project, now=utc_now())
    except PipelineError:
        then = f"mend the following, then audio-edition feed{of_show(project)}"
        click.echo(f"this is kept, but the feed is still the old one: {then}", err=True)
        raise


def _as_json(planned: "Moving") -> dict[str, object]:
    import msgspec

    return msgspec.structs.asdict(planned)


def _tell(planned: "Moving", *, is_dry_run: bool, project: "Project") -> None:
    for warning in planned.warnings:
        print_warning(warning)
    would = "would move" if is_dry_run else "moved"
    click.echo(f'"{project.show.title}" {would} from {planned.old_url} to {planned.new_url}')
    click.echo(f"  its feed: {planned.feed_url}")
    if planned.rebuild:
        click.echo(f"\nThe chapters of {counted(len(planned.rebuild), 'episode')} give addresses of images. Build them")
        click.echo("again, which needs no --correct, because listeners hear nothing new:")
        click.echo(f"  audio-edition episode {' '.join(planned.rebuild)}")
    for name in planned.shows_left:
        click.echo(f"\nThe show “{name}” of this folder stays at {planned.old_url} until you say")
        click.echo(f"  audio-edition move --to {planned.new_url} --show {_settings_of(project, name)}")
    _tell_next(planned)


def _tell_next(planned: "Moving") -> None:
    click.echo(f"\nNow put episodes/ and feeds/ online at {planned.new_url}, all files that were online before too.")
    if not planned.is_told:
        return
    click.echo("Then let the old host lead there (301, permanent):")
    for house in planned.old_houses:
        for redirect in house.redirects:
            click.echo(f"  {redirect.old_url}*  ->  {redirect.new_url}*")
    click.echo(f"until {planned.keep_until:%Y-%m-%d} at the least (28 days), and as long as you can.")
    for house in planned.old_houses:
        for snippet in house.snippets:
            click.echo(f"\n{click.style(f'{house.url} on {snippet.host}', bold=True)}: {snippet.note}\n")
            click.echo("".join(f"    {line}\n" for line in snippet.text.splitlines()), nl=False)
    click.echo("\nAt the directories:")
    for step in planned.steps:
        click.echo(f"  {click.style(step.directory, bold=True)}: {step.what}")
    click.echo("When nobody asks at the old address any more: audio-edition move --done")


def _settings_of(project: "Project", name: str) -> Path:
    from pipeline.model import MAIN_SHOW
    from pipeline.project import settings_file_of

    return settings_file_of(project.root, "" if name == MAIN_SHOW else name)
