"""Floor 2, between arranging and tagging: Script and Timeline -> Chapters, and the forms they are published in. Pure.

`find.py` decides between the marks of the front matter (`authored.py`), the author's headings (`headings.py`) and a
proposal of our own (`topics.py`, titled by the package `titling`); `passages.py` gathers paragraphs, `words.py` knows
the small words, `anchors.py` names a place for the front matter, `published.py` rounds to milliseconds.
"""

from pipeline.chapters.authored import mark_places
from pipeline.chapters.find import find_chapters, propose_chapters
from pipeline.chapters.moving import first_utterances, moved_chapters
from pipeline.chapters.proposals import SHORTEST_PROPOSAL_S
from pipeline.chapters.published import has_own_image, image_address, to_chapters_json, to_episode_chapters

__all__ = [
    "SHORTEST_PROPOSAL_S",
    "find_chapters",
    "first_utterances",
    "has_own_image",
    "image_address",
    "mark_places",
    "moved_chapters",
    "propose_chapters",
    "to_chapters_json",
    "to_episode_chapters",
]
