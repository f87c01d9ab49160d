"""Floor 2: the rules of the directories over a feed as it stands, of this project or of any other host. Pure.

`pipeline.feeds.document` reads the FeedDocument that they judge. An error is for what a directory refuses or what
breaks apps, a warning for what hurts listeners; what only could be better is advice, and told once for the feed.
The ids are those of the rules over a show on disk wherever the fault is the same. Cures name the element and what to
write there, since the feed may be of another host.
"""

from pipeline.rules.document.addresses import ADDRESS_RULES
from pipeline.rules.document.channel import CHANNEL_RULES
from pipeline.rules.document.companions import COMPANION_RULES
from pipeline.rules.document.dates import DATE_RULES
from pipeline.rules.document.enclosures import ENCLOSURE_RULES
from pipeline.rules.document.episodes import EPISODE_RULES
from pipeline.rules.document.facts import DocumentFacts
from pipeline.rules.document.identity import IDENTITY_RULES
from pipeline.rules.document.notes import NOTES_RULES
from pipeline.rules.document.podcasting import PODCASTING_RULES
from pipeline.rules.document.recommended import RECOMMENDED_RULES
from pipeline.rules.document.structure import STRUCTURE_RULES
from pipeline.rules.rule import Rule

#: Every rule over a feed document, in the order in which findings of equal severity are listed.
DOCUMENT_RULES: tuple[Rule[DocumentFacts], ...] = (
    *STRUCTURE_RULES,
    *CHANNEL_RULES,
    *ADDRESS_RULES,
    *ENCLOSURE_RULES,
    *IDENTITY_RULES,
    *DATE_RULES,
    *EPISODE_RULES,
    *NOTES_RULES,
    *PODCASTING_RULES,
    *COMPANION_RULES,
    *RECOMMENDED_RULES,
)

__all__ = ["DOCUMENT_RULES", "DocumentFacts"]
