"""Inside queries: stops and commas that are doubled, glued to the next word or set off from the one before."""

import re
from collections.abc import Iterator

from pipeline.patterns import regex
from pipeline.text.english.queries.passages import Flag, Passage

_GLUED = regex(
    r"(?<=[a-z]{2})[.!?](?=[A-Z][a-z])|(?<=[a-z])[,;](?=[A-Za-z])|(?<=[a-z][.,])”(?=[A-Za-z])"
    r"|\b(?:[Tt]he|and|of)(?=[A-Z][a-z]{2})"
)
_DOUBLED = regex(r"(?<![.…])\.\.(?![./…])|,\s?,|;;|,[.;](?![.\w])|(?<=\w)[.;],(?<!\.,)")
_SET_OFF = regex(r"(?<=[a-z]) [,.;](?=\s|\Z)(?! ?\.)")
#: A token in which a stop is no stop: an address, a name of a file.
_ADDRESS = regex(r"://|www\.|@|[\w-]/[\w-]|\.(?:com|org|net|gov|edu|int|eu|uk)\b", re.IGNORECASE)


def doubled_and_glued_marks(passage: Passage) -> Iterator[Flag]:
    """Two stops or commas, one without a blank after it, one with a blank before it."""
    text = passage.text
    for found in _GLUED.finditer(text):
        start, end = _token(text, found.start())
        if not _ADDRESS.search(text, start, end):
            yield _flag(passage, (start, end), rule="missing blank", what=f"Is a blank missing after “{found[0]}”?")
    for found in _DOUBLED.finditer(text):
        yield _flag(passage, found.span(), rule="two marks", what=f"“{found[0]}”: is one of the marks too many?")
    for found in _SET_OFF.finditer(text):
        what = f"Is the blank before the “{found[0].strip()}” too many, or is a word missing?"
        yield _flag(passage, found.span(), rule="blank before a mark", what=what)


_LONGEST_TOKEN = 60


def _token(text: str, place: int) -> tuple[int, int]:
    """What stands between blanks around ``place``, 60 characters each way at most."""
    start, end = place, place
    while start > max(0, place - _LONGEST_TOKEN) and not text[start - 1].isspace():
        start -= 1
    while end < min(len(text), place + _LONGEST_TOKEN) and not text[end].isspace():
        end += 1
    return start, end


def _flag(passage: Passage, place: tuple[int, int], *, rule: str, what: str) -> Flag:
    return Flag(rule=rule, what=what, block=passage.block, start=place[0], end=place[1])
