"""Floor 2: an Article becomes show notes, the HTML that apps show under an episode, and their plain-text twin. Pure.

Apps keep little HTML and cut what is long, so there are only paragraphs, line breaks, lists and links, at most
4,000 bytes, and whatever must not be lost (the link to the article, what the voice is, corrections) is given its
room before anything else.

`writing.py` is the whole of it; `pieces.py` makes one piece of HTML of a text, `plain.py` reads notes back as text.
"""

from pipeline.notes.pieces import carried_text, is_plain_address, web_address
from pipeline.notes.plain import PLAIN_LIMIT_CHARACTERS, plain_notes
from pipeline.notes.writing import (
    DISCLOSURE,
    FEWEST_CHAPTERS,
    MONTHS,
    NOTES_LIMIT_BYTES,
    are_chapters_shown,
    write_notes,
)

__all__ = [
    "DISCLOSURE",
    "FEWEST_CHAPTERS",
    "MONTHS",
    "NOTES_LIMIT_BYTES",
    "PLAIN_LIMIT_CHARACTERS",
    "are_chapters_shown",
    "carried_text",
    "is_plain_address",
    "plain_notes",
    "web_address",
    "write_notes",
]
