"""Floor 2, between arranging and tagging: Script and Timeline -> Chapters, and the forms they are published in. Pure.

`find.py` decides between the author's headings (`headings.py`) and a proposal of our own (`topics.py`, titled by
`titles.py` from the phrases that `phrases.py` finds); `passages.py` gathers paragraphs, `words.py` knows English,
`published.py` rounds to milliseconds.
"""

from pipeline.chapters.find import find_chapters
from pipeline.chapters.published import to_chapters_json, to_episode_chapters

__all__ = ["find_chapters", "to_chapters_json", "to_episode_chapters"]
