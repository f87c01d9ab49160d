"""Floor 2: what the directories want of the media files as they really are, beside what the ledgers say of them. Pure.

`facts.py` is what a reader found out of the files of one Episode; `sound.py`, `tags.py`, `transcripts.py` and
`chapters.py` hold the rules over it. The same fault as in the ledgers has the same id.
"""

from pipeline.rules.media.chapters import CHAPTERS_RULES
from pipeline.rules.media.facts import (
    ChapterEntry,
    ChaptersFacts,
    EpisodeMedia,
    ImageFacts,
    MediaFacts,
    SoundFacts,
    TagFacts,
    TranscriptFacts,
)
from pipeline.rules.media.sound import SOUND_RULES
from pipeline.rules.media.tags import TAG_RULES
from pipeline.rules.media.transcripts import TRANSCRIPT_RULES
from pipeline.rules.rule import Rule

#: Every rule over the files of one Episode, in the order in which findings of equal severity are listed.
MEDIA_RULES: tuple[Rule[EpisodeMedia], ...] = (*SOUND_RULES, *TAG_RULES, *TRANSCRIPT_RULES, *CHAPTERS_RULES)

__all__ = [
    "MEDIA_RULES",
    "ChapterEntry",
    "ChaptersFacts",
    "EpisodeMedia",
    "ImageFacts",
    "MediaFacts",
    "SoundFacts",
    "TagFacts",
    "TranscriptFacts",
]
