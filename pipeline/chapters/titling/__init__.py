"""Floor 2, inside the chapters: a title for each proposed chapter, out of its own words. Pure.

`coding.py` tells what each word is, by the lists of `vocabulary.py`; `phrases.py` finds what can stand alone;
`choosing.py` takes the phrase that says most of its chapter, `reading.py` judges how well it reads.
"""

from pipeline.chapters.titling.choosing import topic_titles

__all__ = ["topic_titles"]
