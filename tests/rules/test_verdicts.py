"""From findings to what a directory would say."""

from collections.abc import Iterable

import hypothesis.strategies as st
import msgspec
from hypothesis import given

from pipeline.model import Directory, Finding, Severity
from pipeline.rules.verdicts import Outcome, as_report, grouped, verdicts


def finding(
    rule: str = "guid-twice",
    severity: Severity = Severity.ERROR,
    *,
    directories: Iterable[Directory] = (Directory.APPLE,),
    where: str = "episode straits",
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        directories=tuple(directories),
        where=where,
        what="it is so",
        cure="mend it",
        source="RSS 2.0",
    )


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(["guid-twice", "loudness", "tag-cover"]),
        st.sampled_from(Severity),
        directories=st.sets(st.sampled_from(Directory), min_size=1),
    )
)


def outcomes(found: Iterable[Finding]) -> dict[Directory, Outcome]:
    return {verdict.directory: verdict.outcome for verdict in verdicts(found)}


def test_nothing_found_passes_everywhere() -> None:
    assert outcomes(()) == dict.fromkeys(Directory, Outcome.PASS)


def test_an_error_fails_those_whom_it_concerns_and_no_other() -> None:
    said = outcomes((finding(directories=(Directory.APPLE, Directory.PSP)),))
    assert {directory for directory, outcome in said.items() if outcome is Outcome.FAIL} == {
        Directory.APPLE,
        Directory.PSP,
    }


def test_a_warning_warns_and_advice_passes() -> None:
    assert outcomes((finding(severity=Severity.WARNING),))[Directory.APPLE] is Outcome.WARN
    assert outcomes((finding(severity=Severity.ADVICE),))[Directory.APPLE] is Outcome.PASS


@given(FINDINGS)
def test_the_counts_are_those_of_the_findings(found: list[Finding]) -> None:
    for verdict in verdicts(found):
        concerned = [one.severity for one in found if verdict.directory in one.directories]
        counts = (verdict.errors, verdict.warnings, verdict.advice)
        assert counts == tuple(concerned.count(severity) for severity in Severity)


@given(FINDINGS, st.integers(min_value=1, max_value=4))
def test_groups_hold_every_finding_once_errors_first(found: list[Finding], most: int) -> None:
    groups = grouped(found, most=most)
    assert sum(len(group.shown) + group.more for group in groups) == len(found)
    order = [list(Severity).index(group.severity) for group in groups]
    assert order == sorted(order)
    assert len({(group.rule, group.severity) for group in groups}) == len(groups)
    assert all(len(group.shown) <= most for group in groups)
    assert all(len(group.shown) == most for group in groups if group.more)


def test_the_first_three_of_a_rule_are_shown_and_the_others_counted() -> None:
    (group,) = grouped([finding(where=f"episode {number}") for number in range(15)])
    assert [one.where for one in group.shown] == ["episode 0", "episode 1", "episode 2"]
    assert group.more == 12


def test_the_report_has_the_keys_that_programs_rely_on() -> None:
    report = msgspec.json.decode(msgspec.json.encode(as_report([finding()])))
    assert set(report) == {"findings", "directories"}
    assert set(report["findings"][0]) == {"rule", "severity", "directories", "where", "what", "cure", "source"}
    assert report["directories"]["Apple Podcasts"] == {"verdict": "fail", "errors": 1, "warnings": 0, "advice": 0}
    assert list(report["directories"]) == [directory.value for directory in Directory]
