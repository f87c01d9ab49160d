"""The pieces that patterns of numbers are made of, and what they mean in words."""

import re

from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import decimal
from pipeline.text.tables import word_set

#: A number as people write it, "1,234.5"; possessive, so that nothing inside it is ever matched by itself.
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?+"

#: Before and after a number that stands by itself.
LEFT = r"(?<!\w)(?<![0-9][.,])"
RIGHT = r"(?!\w)"

#: Before a number that is no part of a designation: "MiG-31K" is no thirty-one thousand, "F-16s" are no sixteens.
NO_DESIGNATION = r"(?<![A-Z][-‐‑–])(?<![A-Z][A-Za-z][-‐‑–])(?<![A-Z][A-Za-z]{2}[-‐‑–])"

#: What stands between the two ends of a range; a spaced em dash is punctuation and no range.
TO = r"(?:[-‐‑–—−]|\s[-–]\s)"

#: Thousand, million ... in full or shortened; ``SHORT_SIZE`` is what may be written without a currency.
SIZE = r"(?:[\s-]?(?:thousand|million|billion|trillion|crore|lakh)\b|\s?(?:bn|tn|mn|m|k|bln|mln|trn|[KMB])\b)"
SHORT_SIZE = r"(?:\s?(?:bn|tn|mn|bln|mln|trn)|[mkMK])\b"

_SIZES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mln": "million",
    "b": "billion",
    "bn": "billion",
    "bln": "billion",
    "tn": "trillion",
    "trn": "trillion",
}

_FOLLOWERS_OF_A_NOUN = word_set(
    "a an and as at before but by each every for from in is of on or over per since than that the to was were which "
    "while will with worth"
)
_ARTICLE_BEFORE = re.compile(r"(?<!\w)[Aa]n?\s\Z")
_NEXT_WORD = re.compile(r"\s([a-z]+)")


def amount(low: str, size: str | None, *, locale: Locale) -> str:
    """A number and its size in words: "3.5" and "bn" give "three point five billion"."""
    said = decimal(low, locale)
    return f"{said} {size_word(size)}" if size else said


def size_word(size: str) -> str:
    """The size in full: "bn" gives "billion"."""
    written = size.strip(" -\u00a0\u202f\u2009").lower()
    return _SIZES.get(written, written)


def is_attributive(found: re.Match[str]) -> bool:
    """Whether a quantity is used like an adjective, and so in the singular: "a $5bn loan", "the 300-km front"."""
    text, start, end = found.string, found.start(), found.end()
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return not text.startswith("plus", end + 1)
    if not _ARTICLE_BEFORE.search(text[max(0, start - 4) : start]):
        return False
    follower = _NEXT_WORD.match(text, end)
    return follower is not None and follower[1] not in _FOLLOWERS_OF_A_NOUN
