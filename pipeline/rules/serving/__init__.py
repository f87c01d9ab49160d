"""Floor 2: the rules over what a host serves -> Findings. Pure; pipeline/probing gathers the facts.

``reaching`` asks whether there is an answer at all, ``answers`` and ``ranges`` what it says, ``contents`` what is in
it.
"""

from pipeline.model import Probe
from pipeline.rules.rule import Rule
from pipeline.rules.serving.answers import ANSWER_RULES
from pipeline.rules.serving.contents import CONTENT_RULES, FEED_UNREADABLE
from pipeline.rules.serving.ranges import RANGE_RULES
from pipeline.rules.serving.reaching import REACHING_RULES

#: Every rule over what is served, in the order in which findings of equal severity are listed.
SERVING_RULES: tuple[Rule[Probe], ...] = (*REACHING_RULES, *ANSWER_RULES, *RANGE_RULES, *CONTENT_RULES)

__all__ = ["FEED_UNREADABLE", "SERVING_RULES"]
