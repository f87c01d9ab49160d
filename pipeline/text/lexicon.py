"""The house's lexicon laid over a text: which words it says in its own way, and how.

It goes before every rule of a language, and no rule touches what it has said.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from pipeline.model import Lexicon, LexiconEntry
from pipeline.patterns import regex
from pipeline.text.edits import Edit

RULE = "lexicon"

_WORD = regex(r"\w+")
_WORD_OR_SIGN = regex(r"\w+|.", re.DOTALL)
_APOSTROPHES = "'’"
#: To a pattern without regard to capitals these four are one letter: i, I, İ, ı.
_DOTLESS = str.maketrans({"İ": "i", "ı": "i"})
_WORD_NEXT = regex(r"\s[\"'“‘(\[]*\w")


class Capitals(Struct, frozen=True, kw_only=True):
    """What an entry wants said as a word or as letters, and gives no respelling of; a language knows how.

    ``written`` is as the text has it, without the s of a plural, which ``is_plural`` tells of; ``has_word_after`` says
    that another word follows.
    """

    written: str
    read_as: Literal["word", "letters"]
    is_plural: bool
    has_word_after: bool


class _Index(Struct, frozen=True, kw_only=True):
    """The entries by the first word of their graphemes, whatever its capitals, each list in order of precedence.

    ``words`` finds whatever in a text an entry may begin with.
    """

    words: re.Pattern[str]
    entries: dict[str, list[LexiconEntry]]


def lexicon_edits(text: str, lexicon: Lexicon, *, language: str, say_capitals: Callable[[Capitals], str]) -> list[Edit]:
    """The whole words and phrases of ``text`` that the lexicon says otherwise, the longest first; also before 's.

    An entry's respelling goes before its ``as``; one that has an IPA alone leaves the text as it is written.
    """
    index = _index(lexicon, language)
    edits: list[Edit] = []
    if not index.entries:
        return edits
    position = 0
    for word in index.words.finditer(text):
        entries = index.entries.get(_folded(word[0]))
        if entries is None or word.start() < position:
            continue
        for entry in entries:
            if found := _pattern(entry).match(text, word.start()):
                edits.append(_edit(found, entry, say_capitals=say_capitals))
                position = found.end()
                break
    return edits


def _edit(found: re.Match[str], entry: LexiconEntry, *, say_capitals: Callable[[Capitals], str]) -> Edit:
    said = _said(found, entry, say_capitals=say_capitals)
    return Edit(start=found.start(), end=found.end(), said=said, rule=RULE, confidence=1.0, ipa=entry.ipa.strip())


def _said(found: re.Match[str], entry: LexiconEntry, *, say_capitals: Callable[[Capitals], str]) -> str:
    if entry.say.strip():
        return entry.say
    if not entry.read_as:
        return found[0]
    name = found[1]
    return say_capitals(
        Capitals(
            written=name,
            read_as=entry.read_as,
            is_plural=len(name) < len(found[0]),
            has_word_after=_WORD_NEXT.match(found.string, found.end()) is not None,
        )
    )


@lru_cache(maxsize=16)
def _index(lexicon: Lexicon, language: str) -> _Index:
    # The longest first; of two that are equal, the one of this very language, then the one with these capitals.
    entries = sorted(
        (entry for entry in lexicon.entries if entry.grapheme.strip() and is_for(entry, language)),
        key=lambda entry: (-len(entry.grapheme), -len(entry.language), not entry.case),
    )
    by_word: dict[str, list[LexiconEntry]] = {}
    signs = set()
    for entry in entries:
        first = _WORD_OR_SIGN.match(entry.grapheme.lstrip())
        word = first[0] if first else ""
        signs |= set() if _WORD.match(word) else {word}
        for key in {_folded(form) for form in _forms(word, entry)}:
            by_word.setdefault(key, []).append(entry)
    return _Index(words=_words(signs), entries=by_word)


def is_for(entry: LexiconEntry, language: str) -> bool:
    """Whether an entry counts in a text of ``language``: one of "en" does in "en-GB", one of none does everywhere."""
    own, language = entry.language.lower(), language.lower()
    return not own or language == own or language.startswith(f"{own}-")


def _forms(word: str, entry: LexiconEntry) -> tuple[str, ...]:
    """As what the first word of an entry may stand in a text: with the s of a plural, or with either apostrophe."""
    if word in _APOSTROPHES:
        return tuple(_APOSTROPHES)
    return (word, f"{word}s") if _plural(entry) else (word,)


def _words(signs: set[str]) -> re.Pattern[str]:
    if signs & set(_APOSTROPHES):
        signs = signs | set(_APOSTROPHES)
    return re.compile("|".join([r"\w+", *map(re.escape, sorted(signs))]))


def _folded(word: str) -> str:
    """The word without its capitals, so that what `(?i:)` takes for the same is the same."""
    return word.lower() if word.isascii() else word.translate(_DOTLESS).casefold()


@lru_cache(maxsize=10_000)
def _pattern(entry: LexiconEntry) -> re.Pattern[str]:
    """The grapheme, group 1, as a pattern: any blank for its blanks, either apostrophe for its apostrophes."""
    words = (re.sub("['’]", "['’]", re.escape(word)) for word in entry.grapheme.split())
    pattern = r"\s+".join(words)
    name = pattern if entry.case else f"(?i:{pattern})"
    return re.compile(rf"(?<!\w)({name}){_plural(entry)}(?!\w)")


def _plural(entry: LexiconEntry) -> str:
    """Behind capitals that are no respelled name the s of a plural can be nothing else: "two SDFs"."""
    is_of_capitals = entry.case and not (entry.say.strip() or entry.ipa.strip() or entry.grapheme.strip()[-1].islower())
    return "s?" if entry.read_as and is_of_capitals else ""
