"""Floor 2: the rules of the directories over the facts of a show -> Findings. Pure; the workflow gathers the facts.

A rule is a value: its id, how bad a breach is, who minds, the document that says so, and a function from the facts
to the faults. ``show``, ``artwork``, ``episodes``, ``listening`` and ``files`` hold them by what they look at.
"""

from pipeline.model import Finding, Severity
from pipeline.rules.artwork import ARTWORK_RULES
from pipeline.rules.episodes import EPISODE_RULES
from pipeline.rules.facts import Confidence, Fault, Rule, ShowFacts, Source
from pipeline.rules.files import FEED_PATH, FILE_RULES
from pipeline.rules.listening import LISTENING_RULES
from pipeline.rules.show import SHOW_RULES

#: Every rule, in the order in which findings of equal severity are listed.
RULES: tuple[Rule, ...] = (*SHOW_RULES, *ARTWORK_RULES, *EPISODE_RULES, *LISTENING_RULES, *FILE_RULES)

__all__ = ["FEED_PATH", "RULES", "Confidence", "Fault", "Rule", "ShowFacts", "Source", "check"]


def check(facts: ShowFacts) -> tuple[Finding, ...]:
    """What every rule found: errors first, then warnings, then advice, each in the order of ``RULES``."""
    findings = [_finding(rule, fault) for rule in RULES for fault in rule.judge(facts)]
    order = list(Severity)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


def _finding(rule: Rule, fault: Fault) -> Finding:
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        directories=rule.directories,
        where=fault.where,
        what=fault.what,
        cure=fault.cure,
        source=rule.source.in_words,
    )
