"""`audio-edition check`: will the directories take it?"""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import progress_on_terminal, project_at, show_option, utc_now, without_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import Finding


@click.command()
@click.argument("feed", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="[FEED.xml]")
@click.option("--url", metavar="URL", help="Judge the feed at this address, and how its host serves what it names.")
@click.option(
    "--sample",
    type=click.IntRange(min=0),
    metavar="N",
    help="With --url: ask for the files of N episodes. Default: 10.",
)
@click.option("--deep", "is_deep", is_flag=True, help="Read every file to its end and measure every sound anew.")
@click.option("--json", "as_json", is_flag=True, help="Print findings and verdicts as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@show_option
def check(*, feed: Path | None, folder: Path | None, **options: Any) -> None:
    """Check a podcast against the rules of Apple, Spotify, Amazon/Audible, YouTube, PSP-1 and Podcasting 2.0.

    Without FEED.xml or --url it is your own show: settings, episodes, cover, what the files really are, and the feed.
    The report for people and for programs then lies beside the feed: report.html and report.json. Any other podcast's
    feed can be judged as a file or by its address.

    Each finding says where, what and the cure. Exit status 1 if a directory would refuse the feed.

    \b
    audio-edition check                                         before your show goes out
    audio-edition check --deep                                  every byte, every sound: seconds for each episode
    audio-edition check podcast.xml                             a feed as a file
    audio-edition check --url https://example.org/podcast.xml   a feed and its host
    audio-edition check --json | jq .directories                for programs
    """
    from pipeline.cli.check_output import print_findings

    _require_one_thing(feed, folder, options=options)
    if feed is not None or options["url"]:
        findings = _of_any_feed(feed, options=options)
        print_findings(findings, as_json=options["as_json"])
    else:
        findings = _of_own_show(folder, options=options)
    if any(finding.severity.value == "error" for finding in findings):
        sys.exit(1)


def _require_one_thing(feed: Path | None, folder: Path | None, *, options: dict[str, Any]) -> None:
    """Nothing, unless options contradict each other."""
    if feed is not None and options["url"]:
        raise click.UsageError("give FEED.xml or --url, not both")
    is_own = feed is None and not options["url"]
    if not is_own and folder is not None:
        raise click.UsageError("--show is for your own show: leave it out to judge another feed")
    if not is_own and options["is_deep"]:
        raise click.UsageError("--deep reads the files of your own show; take --url for how files are served")
    if options["sample"] is not None and not options["url"]:
        raise click.UsageError("--sample belongs to --url")


def _of_any_feed(feed: Path | None, *, options: dict[str, Any]) -> "Sequence[Finding]":
    from pipeline.judging import judge_address, judge_file

    if feed is not None:
        return judge_file(feed, now=utc_now())
    with closing(progress_on_terminal(is_quiet=options["quiet"])) as progress:
        sampled = {} if options["sample"] is None else {"sample": options["sample"]}
        return judge_address(options["url"], now=utc_now(), progress=progress, **sampled)


def _of_own_show(folder: Path | None, *, options: dict[str, Any]) -> "Sequence[Finding]":
    """The findings, printed and reported: what was found is seen even if the report cannot be written."""
    from pipeline.cli.check_output import print_findings
    from pipeline.inspection import inspect, write_report

    project, now = project_at(folder), utc_now()
    is_watched = sys.stderr.isatty() and not options["quiet"]
    with closing(progress_on_terminal(is_quiet=not is_watched)) as progress:
        findings = inspect(project, now=now, is_deep=options["is_deep"], progress=progress)
    print_findings(findings, as_json=options["as_json"])
    page = write_report(project, findings, now=now)
    if not options["as_json"] and not options["quiet"]:
        click.echo(f"Report: {without_token(project, page.relative_to(project.root))}")
    return findings
