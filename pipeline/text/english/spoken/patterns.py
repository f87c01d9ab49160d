"""The pieces that patterns of numbers are made of, and what they mean in words."""

import re

from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import decimal
from pipeline.text.tables import word_set

#: A number as people write it, "1,234.5"; possessive, so that nothing inside it is ever matched by itself.
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?+"

#: The same before a sign or a unit, where ".5" is a number too.
AMOUNT = rf"(?:(?<![\w.])\.[0-9]++|{NUMBER})"

#: Before and after a number that stands by itself.
LEFT = r"(?<!\w)(?<![0-9][.,])"
RIGHT = r"(?!\w)"

#: Before a number that is no part of a designation: "MiG-31K" is no thirty-one thousand, "F-16s" are no sixteens.
NO_DESIGNATION = r"(?<![A-Z][-‐‑–])(?<![A-Z][A-Za-z][-‐‑–])(?<![A-Z][A-Za-z]{2}[-‐‑–])"

#: Before a number that is not the lower half of a fraction, "5 1/8%".
NO_FRACTION = r"(?<![0-9][/⁄])"

#: What stands between the two ends of a range; a spaced em dash is punctuation and no range.
TO = r"(?:[-‐‑–—−]|\s[-–]\s)"

#: Thousand, million ... in full or shortened; ``SHORT_SIZE`` is what may be written without a currency.
SIZE = (
    r"(?:[\s-]?(?:thousand|million|billion|trillion|lakh(?:\scrore)?|crore)\b|"
    r"\s?(?:[BbTtMm]n|[mk]|[BbMm]ln|[Tt]rn|[KMB]|MM|mm)\b|T\b(?!-))"
)
SHORT_SIZE = r"(?:\s?(?:bn|tn|mn|bln|mln|trn)|[mkMK])\b"

#: A sign before a number: where a word or a figure touches it, it is a hyphen.
SIGN = r"(?:(?<![^\s(\[“‘\"'])(?P<sign>\+/[-−–]|[-−–+±](?!\s)|[~≈<>≤≥])\s?)?"

#: What the signs before a number are called.
SIGNS = {
    "-": "minus",
    "−": "minus",
    "–": "minus",
    "+": "plus",
    "±": "plus or minus",
    "~": "about",
    "≈": "about",
    "<": "less than",
    ">": "more than",
    "≤": "at most",
    "≥": "at least",
}

_SIZES = {
    "k": "thousand",
    "m": "million",
    "mm": "million",
    "mn": "million",
    "mln": "million",
    "b": "billion",
    "bn": "billion",
    "bln": "billion",
    "t": "trillion",
    "tn": "trillion",
    "trn": "trillion",
}

_FOLLOWERS_OF_A_NOUN = word_set(
    "a an and as at before but by each every for from in is of on or over per since than that the to was were which "
    "while will with worth"
)
#: Behind "the $5bn" these say that it is no adjective: "the $5bn it owed", "the $5bn went".
_FOLLOWERS_OF_THE_SUM = _FOLLOWERS_OF_A_NOUN | word_set(
    """above after again ago all allocated already also annually apart are around available away back be became because
    been began being below between bought came can could did do does down due during earlier earmarked either else even
    ever extra fell figure gave go goes going goes gone got had has have he her here his how i if instead into it its
    just last later least left less lost made many may me might more most much must my needed never next no nor not now
    off once only our out owed paid plus pledged promised raised rather really remained remains rose said seemed set she
    should so sold some soon spent still such sum takes their them then there these they this those though through
    thus together too took total toward towards under until up us vanished via wanted was we went were what when where
    whether who whose why within without would yearly yet you your"""
)
_ARTICLE = re.compile(r"(?<!\w)[Aa]n?\s\Z")
_DETERMINER = re.compile(
    r"(?:(?<!\w)(?:[Tt]h(?:e|is|at)|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Aa]nother|[Ee]ach|[Ee]very|[Oo]ne|[Aa]n?)|"
    r"\w['’]s|s['’]|(?<!\w)(?:[Ss]ub|[Mm]ulti))[\s-]"
    r"(?:(?:additional|annual|average|big|emergency|entire|extra|first|foreign|full|further|giant|huge|initial|"
    r"joint|latest|massive|mere|military|modest|new|old|original|planned|proposed|public|recent|record|second|separate|"
    r"similar|single|special|state|third|whole)\s)?\Z"
)
_NEXT_NAME = re.compile(r"\s[A-Z]|-[a-z]")
_NEXT_WORD = re.compile(r"\s(?P<word>[a-z]+)(?P<rest>['’-]?)")


def amount(low: str, size: str | None, *, locale: Locale) -> str:
    """A number and its size in words: "3.5" and "bn" give "three point five billion"."""
    said = decimal(low, locale)
    return f"{said} {size_word(size)}" if size else said


def size_word(size: str) -> str:
    """The size in full: "bn" gives "billion"."""
    written = size.strip(" -\u00a0\u202f\u2009").lower()
    return _SIZES.get(written, written)


def sign_word(found: re.Match[str]) -> str:
    """What the group "sign" is called, and a blank; nothing where there is none.

    Behind an article what is about is roughly: nobody says "a about five per cent share".
    """
    sign = found["sign"]
    if not sign:
        return ""
    if sign in "~≈" and _ARTICLE.search(found.string[max(0, found.start() - 4) : found.start()]):
        return "roughly "
    return f"{SIGNS.get(sign, 'plus or minus')} "


def has_noun_after(found: re.Match[str]) -> bool:
    """Whether the next word may be what the quantity is an adjective of: "$5-million package", not "$5-million on"."""
    follower = _NEXT_WORD.match(found.string, found.end())
    if follower is None:
        return _NEXT_NAME.match(found.string, found.end()) is not None
    return follower["word"] not in _FOLLOWERS_OF_THE_SUM


def is_attributive(found: re.Match[str]) -> bool:
    """Whether a quantity is used like an adjective, and so in the singular: "a $5bn loan", "the 300-km front"."""
    text, start, end = found.string, found.start(), found.end()
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return not text.startswith("plus", end + 1)
    follower = _NEXT_WORD.match(text, end)
    if follower is None:
        return False
    before = text[max(0, start - 24) : start]
    if _ARTICLE.search(before):
        return follower["word"] not in _FOLLOWERS_OF_A_NOUN
    return follower["word"] not in _FOLLOWERS_OF_THE_SUM and _DETERMINER.search(before) is not None
