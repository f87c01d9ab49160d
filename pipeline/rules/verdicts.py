"""Floor 2: from Findings to what each directory would say: pass, warn or fail. Pure."""

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import groupby
from typing import Any

from msgspec import Struct

from pipeline.model import Directory, Finding, Severity


class Outcome(Enum):
    """Advice keeps nobody out and hurts nobody, so it passes."""

    PASS = "pass"  # noqa: S105 - no password: the word of the table
    WARN = "warn"
    FAIL = "fail"


class Verdict(Struct, frozen=True, kw_only=True):
    """What one directory would say, and how many Findings of each severity concern it."""

    directory: Directory
    outcome: Outcome
    errors: int
    warnings: int
    advice: int


class Group(Struct, frozen=True, kw_only=True):
    """The Findings of one rule: the first ones to be shown, and how many ``more`` there are."""

    rule: str
    severity: Severity
    shown: tuple[Finding, ...]
    more: int


def verdicts(findings: Iterable[Finding]) -> tuple[Verdict, ...]:
    """The Verdict of every directory, in the order of Directory."""
    found = tuple(findings)
    return tuple(_verdict(directory, [one for one in found if directory in one.directories]) for directory in Directory)


def grouped(findings: Iterable[Finding], *, most: int = 3) -> tuple[Group, ...]:
    """The Findings by rule, errors first; of each rule no more than ``most`` are shown."""
    order = {severity: place for place, severity in enumerate(Severity)}
    first: dict[str, int] = {}
    placed = [(order[one.severity], first.setdefault(one.rule, place), one) for place, one in enumerate(findings)]
    placed.sort(key=lambda entry: entry[:2])
    groups = (tuple(one for *_, one in entries) for _, entries in groupby(placed, key=lambda entry: entry[:2]))
    return tuple(_group(group, most=most) for group in groups)


def as_report(findings: Sequence[Finding]) -> dict[str, Any]:
    """The report as JSON has it: all Findings, and the Verdicts by the name of the directory. See docs/checking.md."""
    return {
        "findings": list(findings),
        "directories": {
            verdict.directory.value: {
                "verdict": verdict.outcome.value,
                "errors": verdict.errors,
                "warnings": verdict.warnings,
                "advice": verdict.advice,
            }
            for verdict in verdicts(findings)
        },
    }


def _verdict(directory: Directory, findings: Sequence[Finding]) -> Verdict:
    errors, warnings, advice = (sum(one.severity is severity for one in findings) for severity in Severity)
    outcome = Outcome.FAIL if errors else Outcome.WARN if warnings else Outcome.PASS
    return Verdict(directory=directory, outcome=outcome, errors=errors, warnings=warnings, advice=advice)


def _group(findings: tuple[Finding, ...], *, most: int) -> Group:
    first = findings[0]
    shown = findings[:most]
    return Group(rule=first.rule, severity=first.severity, shown=shown, more=len(findings) - len(shown))
