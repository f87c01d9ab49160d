"""Floor 2: the rules of the directories over the facts of a show -> Findings. Pure; the workflow gathers the facts.

A rule is a value: its id, how bad a breach is, who minds, the document that says so, and a function from the facts
to the faults. ``show``, ``feed_settings``, ``artwork``, ``episodes``, ``standing``, ``listening`` and ``files`` hold
those over settings and ledgers, ``media`` those over the files as they really are, ``document`` those over any feed,
``serving`` those over what a host answers. ``verdicts`` says what a directory makes of the findings.
"""

from pipeline.model import Finding
from pipeline.rules.artwork import ARTWORK_RULES
from pipeline.rules.episodes import EPISODE_RULES
from pipeline.rules.facts import PublishedArtwork, ShowFacts
from pipeline.rules.feed_settings import FEED_SETTINGS_RULES
from pipeline.rules.files import FILE_RULES
from pipeline.rules.listening import LISTENING_RULES
from pipeline.rules.rule import Confidence, Fault, Rule, Source, judged
from pipeline.rules.show import SHOW_RULES
from pipeline.rules.standing import STANDING_RULES

#: Every rule over a show on disk, in the order in which findings of equal severity are listed.
RULES: tuple[Rule[ShowFacts], ...] = (
    *SHOW_RULES,
    *FEED_SETTINGS_RULES,
    *ARTWORK_RULES,
    *EPISODE_RULES,
    *STANDING_RULES,
    *LISTENING_RULES,
    *FILE_RULES,
)

__all__ = [
    "RULES",
    "Confidence",
    "Fault",
    "PublishedArtwork",
    "Rule",
    "ShowFacts",
    "Source",
    "check",
    "judged",
]


def check(facts: ShowFacts) -> tuple[Finding, ...]:
    """What every rule over a show on disk found in it."""
    return judged(RULES, facts)
