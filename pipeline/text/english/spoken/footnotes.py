"""Marks of footnotes: left out before a rule of numbers could read them, and any doubt about one reported."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.abbreviations import BY_WRITTEN
from pipeline.text.english.locale import MONTHS, Locale
from pipeline.text.needs import clue, figure

_NUMBERS = r"[0-9]{1,3}(?:\s?[,–-]\s?[0-9]{1,3}){0,9}"
_BRACKETED = regex(rf"(?<=[\w.,;:!?”’\"'%)\]])\[\^?(?:{_NUMBERS}|note\s[0-9]{{1,3}}|[a-z])\](?![\w])")
_SPACED = regex(rf"(?<=[\w.,;:!?”’\"'%)\]])\s\[\^?{_NUMBERS}\](?=[.,;:!?]|\s*\Z|(?P<word>\s[a-z]))")
#: A raised figure behind a word or a mark; behind a unit, a letter or a number it is a power.
_RAISED = regex(r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?”’\"')]))[⁰¹²³⁴-⁹]+(?:[,⁻–][⁰¹²³⁴-⁹]+)*")
#: Copied as plain text the figure sticks to the stop: "the straits.1 They", "peace,”4 he said".
_GLUED = regex(
    r"(?P<before>[^\W\d_]|[%)”’\"']|(?<![0-9])[0-9]{4})(?P<stop>[.!?,;:])(?P<closers>[”’\"')\]]{0,3})"
    r"(?P<mark>[0-9]{1,3}(?:[,–-][0-9]{1,3}){0,4})(?=\s+[\"“‘'(\[]*(?P<next>[^\W\d_])|[”’\"')]{0,2}\s*\Z)"
)
_WORD_BEFORE = regex(r"[\w.]*\Z")
_YEAR = regex(r"(?:1[5-9]|20)[0-9]{2}")
_LETTERS_WITH_STOPS = regex(r"(?:[A-Z]\.)+[A-Z]|[ap]\.m")
#: Behind these a stop is not the end of anything: "No.1", "v.2".
_CODES = frozenset(
    {
        "art",
        "bk",
        "cap",
        "col",
        "eq",
        "ex",
        "fn",
        "http",
        "https",
        "ln",
        "nn",
        "op",
        "pt",
        "rev",
        "sec",
        "ser",
        "ver",
        "vs",
    }
)
_SAID_BEFORE = regex(r"\b(?:in|also|[Ss]ee|of|from|by|and|to|at|with|note|ref|or)\Z")
_LOOK_BACK = 24
_KEYCAP = regex("\\A\\s*[0-9#*]\ufe0f?\u20e3\\s*|[0-9#*]\ufe0f?\u20e3")


def _bracketed(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return ""


def _spaced(found: re.Match[str], locale: Locale) -> Said | None:
    """The [3] of "the war [3] ended" might also be a number that the editor put in; "as noted in [3]" says it."""
    del locale
    if _SAID_BEFORE.search(found.string[max(0, found.start() - _LOOK_BACK) : found.start()]):
        return None
    return Said("", 0.7 if found["word"] else 1.0)


def _glued(found: re.Match[str], locale: Locale) -> Said | None:
    del locale
    said = Said("", 0.7, found.start("mark"), found.end("mark"))
    if found["closers"]:
        return said if found["before"][-1] not in "\"'" else None
    word_found = _WORD_BEFORE.search(found.string[max(0, found.start("stop") - _LOOK_BACK) : found.start("stop")])
    word = word_found[0] if word_found else ""
    if found["stop"] in ",;:":
        is_inside = (found["next"] or "").islower() and found["stop"] != ":" and _ends_a_clause(word)
        return said if is_inside else None
    if (found["next"] or "").islower() or not _ends_a_sentence(word, found["before"][-1]):
        return None
    # A year is claimed with its mark, lest it be read together with it.
    is_year = word.isdigit() and found["before"][-1].isdigit()
    return Said(f"{word}{found['stop']}", 0.7, found.start("stop") - len(word), found.end("mark")) if is_year else said


def _ends_a_clause(word: str) -> bool:
    """Whether it is a plain word, and no month that has lost the blank before its day."""
    return len(word) > 2 and word.isalpha() and word not in MONTHS


def _ends_a_sentence(word: str, last: str) -> bool:
    if last in "%)”’\"'" or _YEAR.fullmatch(word) or _LETTERS_WITH_STOPS.fullmatch(word):
        return True
    if word in BY_WRITTEN or word.lower() in BY_WRITTEN or word.lower() in _CODES:
        return False
    return len(word) > 1 and word[-2:].isalpha() and "." not in word


def _keycap(found: re.Match[str], locale: Locale) -> str:
    """1️⃣ is a picture of a key."""
    del found, locale
    return ""


_BRACKET_FIGURE = clue(r"\[(?:\^?[0-9]|note|[a-z]\])", "[")
_RAISED_FIGURE = clue(r"[⁰¹²³⁴-⁹]", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STOP_FIGURE = figure(
    r"[.!?,;:](?:(?<=[^\W\d_].)[0-9]|(?<=[%)”’\"'].)[0-9]|[”’\"')\]]{1,3}[0-9]|(?<=[0-9]{4}.)[0-9])",
    before=".!?,;:”’\"')]",
)
_KEY = clue("\u20e3", "\u20e3")

FOOTNOTE_RULES = (
    Rule("unsaid", _KEY, _KEYCAP, _keycap),
    Rule("footnote mark", _BRACKET_FIGURE, _BRACKETED, _bracketed),
    Rule("footnote mark", _BRACKET_FIGURE, _SPACED, _spaced),
    Rule("footnote mark", _RAISED_FIGURE, _RAISED, _bracketed),
    Rule("footnote mark", _STOP_FIGURE, _GLUED, _glued),
)
