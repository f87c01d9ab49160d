"""A narration of 110 requests for the tests of what happens when they fail; as a program it can be stopped.

python -m tests.engines.gtts.reading ADDRESS FOLDER: reads it with Google at ADDRESS and keeps the clips in FOLDER.
"""

import sys
from itertools import product
from pathlib import Path

from pipeline.engines.gtts import GttsEngine
from pipeline.engines.gtts.options import GttsOptions
from pipeline.engines.gtts.packing import packed
from pipeline.errors import PipelineError
from pipeline.model import Narration, Role, Script, Utterance, VoiceSettings
from pipeline.narration import narrate
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.workshop import Workshop
from tests.engines.gtts.stand import options_for

_WHO = (
    "The harbour board of Salka",
    "Ines Calder of The Causeway Letter",
    "A former minister from Ostrava",
    "The editors of The Harbour Review",
    "Tomas Reyl, who counted the ferries,",
)
_WHAT = (
    "has asked for the accounts of the last nine years, and nobody at the ministry could say where they were kept",
    "wrote in March that the new lock would be paid for twice, once by the towns and once by those who pass it",
    "no longer believes that the dredgers will be back before winter, whatever the contract says about the date",
    "would rather see the old ferry repaired than wait for a bridge which three governments have promised by now",
    "called the tender an embarrassment, because the only bidder had drawn up the conditions for it a year before",
    "remembers when the lighthouse had a keeper, and when the price of a crossing was printed on every ticket",
    "found two letters in the archive; neither had been answered, and both asked for the same eleven thousand euros",
    "knows the island well enough to doubt the census, which has more fishermen in it than there are boats at Amaro",
    "was told to wait for the report, although the report had been on the shelf in the reading room since the spring",
    "will speak at the hearing on the fourth of June: the question is who owns the quay, and who has to mend it",
    "said little about the loan, and that little was taken back on the following morning in a note of four lines",
)
#: The page makes every request another one.
SENTENCES = tuple(
    f"{who} {what}, as page {page} of the minutes says." for page, (what, who) in enumerate(product(_WHAT, _WHO), 20)
)
SCRIPT = Script(
    title="Who owns the quay",
    language="en-GB",
    utterances=tuple(
        Utterance(display=text, spoken=text, forms=(), role=Role.BODY, pause_after_ms=0) for text in SENTENCES
    ),
)
#: What Google is asked for, once each.
REQUESTS = tuple(part.text for text in SENTENCES for part in packed(text))
VOICE = VoiceSettings(engine="gtts", name="en-GB")


def read_aloud(options: GttsOptions, folder: Path) -> Narration:
    """The narration, with its clips in ``folder``."""
    workshop = Workshop(store=Store(folder), workers=2, progress=Silence())
    return narrate(SCRIPT, VOICE, engine=GttsEngine(options), workshop=workshop)


if __name__ == "__main__":
    try:
        read_aloud(options_for(sys.argv[1], at_once=2), Path(sys.argv[2]))
    except PipelineError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
