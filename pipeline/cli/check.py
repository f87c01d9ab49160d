"""`audio-edition check`: will the directories take it?"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import COLOURS, counted, print_finding, print_json, project_at, show_option, utc_now

if TYPE_CHECKING:
    from pipeline.model import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@show_option
def check(*, folder: Path | None, as_json: bool) -> None:
    """Check the show against the rules of Apple, Spotify, Amazon/Audible, YouTube, PSP-1 and Podcasting 2.0.

    Each finding says where, what and the cure. Exit status 1 if a directory would refuse the feed.
    """
    from pipeline.inspection import inspect

    findings = inspect(project_at(folder), now=utc_now())
    if as_json:
        print_json({"findings": findings})
    else:
        for finding in findings:
            print_finding(finding)
        _summarise(findings)
    if any(finding.severity.value == "error" for finding in findings):
        sys.exit(1)


def _summarise(findings: "tuple[Finding, ...]") -> None:
    errors, warnings, advice = (sum(one.severity.value == severity for one in findings) for severity in COLOURS)
    if not findings:
        click.echo("Nothing found: the directories will take it.")
    else:
        advised = f"{counted(advice, 'piece')} of advice"
        click.echo(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}, {advised}.")
