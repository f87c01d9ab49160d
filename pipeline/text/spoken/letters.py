"""Capitals: initials, dotted letters, acronyms. The voice is given single letters, or a word left as it is."""

import re

from pipeline.text.locale import Locale
from pipeline.text.spoken.acronyms import ORDINARY, SAID_AS_WORDS, SAID_OTHERWISE, SPELLED, spelled
from pipeline.text.spoken.edits import Need, Rule, Said

_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?(?=[^\W\d_]\.))+[^\W\d_]\.")
_INITIAL = re.compile(r"(?<![\w.])(?P<letter>[A-Z])\.(?=(?:\s|-)?[A-Z][\w’'.])")
_JOINED = re.compile(r"(?<![\w&])(?P<letters>[A-Z]{1,4}(?:&[A-Z]{1,4})+)(?![\w&])")
_ACRONYM = re.compile(r"(?<![^\W_])(?P<letters>[A-Z]{2,}[12]?)(?P<many>['’]?s(?![^\W_]))?(?![^\W_])")
_WORD_OF_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{2,}(?![^\W_])")
_WORD_BEFORE = re.compile(r"\b([A-Z]{2,})\s\Z")
_WORD_AFTER = re.compile(r"\s([A-Z]{2,})\b")
_LOWER = re.compile(r"[^\W\d_A-Z]")
_LONGEST_SPELLED = 5


def _dotted(found: re.Match[str], locale: Locale) -> Said:
    """U.S. "U S"; the last stop stays where it is the sentence's too."""
    del locale
    letters = re.sub(r"[\s.]", "", found[0])
    is_last = is_at_end(found.string, found.end())
    said = spelled(letters, has_word_after=_has_word_after(found.string, found.end()))
    return Said(said, start=found.start(), end=found.end() - is_last)


def is_at_end(text: str, position: int) -> bool:
    """Whether nothing but closing marks comes after ``position``: a stop there is the sentence's as well."""
    return not text[position : position + 8].strip("\"'”’»)] \t\n")


def _initial(found: re.Match[str], locale: Locale) -> str:
    del locale
    follows = found.string[found.end() : found.end() + 1]
    return found["letter"] + ("" if follows in " -" or follows.isspace() else " ")


def _joined(found: re.Match[str], locale: Locale) -> str:
    """AT&T "A-T and T"."""
    del locale
    return " and ".join(spelled(letters) for letters in found["letters"].split("&"))


def _acronym(found: re.Match[str], locale: Locale) -> Said | None:
    del locale
    letters, text = found["letters"], found.string
    if letters in SAID_OTHERWISE:
        return Said(SAID_OTHERWISE[letters], start=found.start("letters"), end=found.end("letters"))
    if letters[-1].isdigit() or letters in SAID_AS_WORDS or letters in ORDINARY:
        return None
    # "US" is the one that is also a word.
    if (letters not in SPELLED or letters == "US") and (len(letters) > _LONGEST_SPELLED or _is_shouted(text, found)):
        return None
    many = found["many"] or ""
    # "N G O's": without the apostrophe a voice reads the last letter and its s as one word.
    tail = "'s" if many == "s" else many
    said = spelled(letters, has_word_after=not many and _has_word_after(text, found.end()))
    return Said(said + tail, 1.0 if letters in SPELLED else 0.8)


def _has_word_after(text: str, position: int) -> bool:
    return text[position : position + 1].isspace() and text[position + 1 : position + 2].isalnum()


def _is_shouted(text: str, found: re.Match[str]) -> bool:
    """Whether it stands in a headline of capitals, or beside an ordinary word in capitals."""
    near = text[max(0, found.start() - 30) : found.end() + 30]
    if _LOWER.search(near) is None and len(_WORD_OF_CAPITALS.findall(near)) > 1:
        return True
    before = _WORD_BEFORE.search(text[max(0, found.start() - 12) : found.start()])
    after = _WORD_AFTER.match(text, found.end())
    return any(word is not None and word[1] in ORDINARY for word in (before, after))


LETTER_RULES = (
    Rule("letters", Need.CAPITALS, _JOINED, _joined),
    Rule("acronym", Need.CAPITALS, _ACRONYM, _acronym),
)

#: Letters with stops come early: no other rule may part them.
DOTTED_RULES = (
    Rule("letters", Need.STOP, _DOTTED, _dotted),
    Rule("initial", Need.CAPITALS, _INITIAL, _initial),
)
