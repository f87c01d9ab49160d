"""What `audio-edition check` prints: the findings by rule, and a table of what each directory would say."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.desk import COLOURS, counted, print_finding, print_json

if TYPE_CHECKING:
    from pipeline.model import Finding
    from pipeline.rules.verdicts import Verdict

_OUTCOMES = {"pass": "green", "warn": "yellow", "fail": "red"}


def print_findings(findings: "Sequence[Finding]", *, as_json: bool) -> None:
    """All of it: as JSON every finding, for people the first three of each rule and how many more there are."""
    from pipeline.rules.verdicts import as_report, grouped, verdicts

    if as_json:
        print_json(as_report(findings))
        return
    for group in grouped(findings):
        for finding in group.shown:
            print_finding(finding)
        if group.more:
            click.echo(click.style(f"  … and {group.more} more: {group.rule} (--json lists them all)", dim=True))
    if findings:
        click.echo()
    _print_table(verdicts(findings))
    click.echo()
    _summarise(findings)


def _print_table(lines: "Sequence[Verdict]") -> None:
    """A line for each directory; colours only where somebody looks, and nothing is told by a colour alone."""
    width = max(len(line.directory.value) for line in lines)
    for line in lines:
        outcome = click.style(line.outcome.value, fg=_OUTCOMES[line.outcome.value], bold=True)
        click.echo(f"{line.directory.value:<{width}}  {outcome}  {_counts(line)}".rstrip())


def _counts(line: "Verdict") -> str:
    """ "2 errors, 1 warning", "" where nothing was found."""
    counts = ((line.errors, "error"), (line.warnings, "warning"))
    parts = [counted(count, thing) for count, thing in counts if count]
    if line.advice:
        parts.append(counted(line.advice, "piece") + " of advice")
    return ", ".join(parts)


def _summarise(findings: "Sequence[Finding]") -> None:
    errors, warnings, advice = (sum(one.severity.value == severity for one in findings) for severity in COLOURS)
    if not findings:
        click.echo("Nothing found: the directories will take it.")
    else:
        advised = f"{counted(advice, 'piece')} of advice"
        click.echo(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}, {advised}.")
