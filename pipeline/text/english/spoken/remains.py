"""What no rule has a word for: left out, so that a voice is given nothing but words, blanks and pauses."""

import re
import unicodedata

from pipeline.patterns import regex
from pipeline.text.edits import Rule
from pipeline.text.english.locale import Locale
from pipeline.text.needs import clue

#: Beside letters and blanks, the signs that are pauses or tone.
SIGNS = "'’‘“”\",.;:?!…-"

#: One that may be more than a letter: neither a letter of the commoner alphabets nor a blank nor one of the signs.
_DOUBTFUL = regex(rf"[^\w\s{re.escape(SIGNS)}]|[\d_²³¹¼-¾]|(?=[^\u0000-\u02ff\u0370-\u052f])\w")


def is_speakable(character: str) -> bool:
    """Whether a voice may be given it: a letter or its mark in any script, a blank, a pause.

    Source: Unicode Standard Annex 44, General_Category: L and M.
    """
    return character.isspace() or character in SIGNS or unicodedata.category(character)[0] in "LM"


def _nothing(found: re.Match[str], locale: Locale) -> str | None:
    """Nothing, but a blank where two words would grow together; what is only rare is left as it is."""
    del locale
    if is_speakable(found[0]):
        return None
    before, after = found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    return " " if before.isalnum() and after.isalnum() else ""


REMAINS_RULES = (Rule("unsaid", clue(_DOUBTFUL.pattern), _DOUBTFUL, _nothing),)
