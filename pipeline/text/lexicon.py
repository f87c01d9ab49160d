"""The house's lexicon laid over a text: which words it says in its own way, and how.

It goes before every rule of English, and no rule touches what it has said.
"""

import re
from functools import lru_cache

from msgspec import Struct

from pipeline.model import Lexicon, LexiconEntry
from pipeline.text.edits import Edit

RULE = "lexicon"


class _Compiled(Struct, frozen=True):
    """One pattern for all entries; group number n is entry n - 1."""

    pattern: re.Pattern[str]
    entries: tuple[LexiconEntry, ...]


def lexicon_edits(text: str, lexicon: Lexicon, *, language: str) -> list[Edit]:
    """The whole words and phrases of ``text`` that the lexicon says otherwise, the longest first; also before 's."""
    compiled = _compiled(lexicon, language.lower())
    if compiled is None:
        return []
    return [
        Edit(
            start=found.start(),
            end=found.end(),
            said=compiled.entries[found.lastindex - 1].say,
            rule=RULE,
            confidence=1.0,
        )
        for found in compiled.pattern.finditer(text)
        if found.lastindex
    ]


@lru_cache(maxsize=16)
def _compiled(lexicon: Lexicon, language: str) -> _Compiled | None:
    entries = sorted(
        (entry for entry in lexicon.entries if entry.grapheme.strip() and _applies(entry, language)),
        # The longest first; of two that are equal, the one of this very language.
        key=lambda entry: (-len(entry.grapheme), -len(entry.language)),
    )
    if not entries:
        return None
    alternatives = "|".join(f"({_pattern(entry)})" for entry in entries)
    return _Compiled(re.compile(rf"(?={_first_letters(entries)})(?<!\w)(?:{alternatives})(?!\w)"), tuple(entries))


def _applies(entry: LexiconEntry, language: str) -> bool:
    own = entry.language.lower()
    return not own or language == own or language.startswith(f"{own}-")


def _first_letters(entries: list[LexiconEntry]) -> str:
    """Whatever an entry may begin with: one look at it spares most words of a text all the alternatives."""
    exact = {entry.grapheme.split()[0][0] for entry in entries if entry.case}
    loose = {entry.grapheme.split()[0][0] for entry in entries if not entry.case}
    if {"'", "’"} & (exact | loose):
        exact |= {"'", "’"}
    classes = [f"[{''.join(map(re.escape, sorted(exact)))}]"] if exact else []
    return "(?:" + "|".join([*classes, *(f"(?i:{re.escape(letter)})" for letter in sorted(loose))]) + ")"


def _pattern(entry: LexiconEntry) -> str:
    """The grapheme as a pattern: any blank for its blanks, either apostrophe for its apostrophes."""
    words = (re.sub("['’]", "['’]", re.escape(word)) for word in entry.grapheme.split())
    pattern = r"\s+".join(words)
    return pattern if entry.case else f"(?i:{pattern})"
