"""Designations: what has letters and digits in one word, F-16s, T-72B3, 2A6, G7. They never lose their digits."""

import re

from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import pairs, plural_of
from pipeline.text.english.spoken.acronyms import ORDINARY, SAID_AS_WORDS, SAID_OTHERWISE, SPELLED, spelled
from pipeline.text.needs import LETTERED, figure

_HYPHEN = "-‐‑–"
_LETTERS_FIRST = re.compile(
    rf"(?<![\w])[A-Za-z]+[{_HYPHEN}]?[0-9]+(?:[A-Za-z]+[0-9]*|[{_HYPHEN}][0-9]+(?![\w]))*+(?![^\W_])(?![,.][0-9])"
)
_DIGITS_FIRST = re.compile(r"(?<![\w.,])[0-9]+(?:[A-Za-z]+[0-9]*)++(?![^\W_])")
_RUN = re.compile(r"[A-Za-z]+|[0-9]+")
#: "one-in-5", "100s": an ordinary word tied to a number is no designation, nor are many of a number.
_WORD_AND_NUMBER = re.compile(rf"[a-z]+[{_HYPHEN}][0-9]+s?|[0-9]+s")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")

#: Designations that people say in a way of their own.
_OWN = {
    "M777": "M triple seven",
    "C4ISR": "C four I S R",
    "P5": "P five",
    "V2": "V two",
    "CO2": "C O two",
    "4x4": "four by four",
}


def _designation(found: re.Match[str], locale: Locale) -> Said | None:
    """Letters spelled or said, digits as in "one oh one", a last s as the plural of what is before it."""
    del locale
    if _WORD_AND_NUMBER.fullmatch(found[0]):
        return None
    written = re.sub(rf"[{_HYPHEN}]", "", found[0])
    if written in _OWN:
        return Said(_OWN[written])
    runs = _RUN.findall(found[0])
    is_many = len(runs) > 1 and runs[-1] == "s" and runs[-2].isdigit()
    words = [_said(run) for run in (runs[:-1] if is_many else runs)]
    said = "".join(word if word.endswith("-") else f"{word} " for word in words).rstrip(" ").removesuffix("-")
    return Said(plural_of(said) if is_many else said, 1.0 if re.match(r"[A-Z]|[0-9]+[A-Z]", found[0]) else 0.8)


def _said(run: str) -> str:
    if run.isdigit():
        return pairs(run)
    if run in SAID_OTHERWISE:
        return SAID_OTHERWISE[run]
    if run in SAID_AS_WORDS or run in ORDINARY:
        return run
    is_spelled = run in SPELLED or (run.isupper() and len(run) <= 3) or not _VOWEL.search(run)
    return spelled(run.upper() if not _VOWEL.search(run) else run, has_word_after=True) if is_spelled else run


_LETTER_AND_FIGURE = figure(rf"[0-9](?:(?<=[A-Za-z][0-9])|(?<=[A-Za-z][{_HYPHEN}][0-9]))")

DESIGNATION_RULES = (
    Rule("designation", _LETTER_AND_FIGURE, _LETTERS_FIRST, _designation),
    Rule("designation", LETTERED, _DIGITS_FIRST, _designation),
)
