"""Titles and abbreviations with a stop, said in full from the one table of them."""

import re

from pipeline.text.edits import Rule, Said
from pipeline.text.english.abbreviations import ABBREVIATIONS, BY_WRITTEN, STREETS, Kind
from pipeline.text.english.locale import Locale
from pipeline.text.english.spoken.letters import is_at_end
from pipeline.text.needs import clue, figure, sign

_AMERICAN_SPELLINGS = {"Honourable": "Honorable"}


def _written(*kinds: Kind) -> str:
    """An alternation of the abbreviations of these kinds, the longest first."""
    words = (re.escape(each.written) for each in ABBREVIATIONS if each.kind in kinds)
    return "(?P<written>" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_STREET = re.compile(r"(?<!\w)(?P<name>[A-Z][a-z]*)\s(?P<written>St)\.(?P<next>\s+[A-Z])?")
_TITLE = re.compile(rf"(?<![\w.]){_written(Kind.TITLE)}\.(?=\s+[\"'“‘]?[A-Z])")
_BARE_TITLE = re.compile(r"(?<![\w.])(?P<written>M(?:rs?|s)|Dr|Prof|Lt|Sgt|Col|Maj|Capt|Cpl)(?=\s[A-Z][a-z])")
_NUMBERED = re.compile(rf"(?<![\w.]){_written(Kind.NUMBERED)}\.\s?(?=[0-9]|[IVXLC]+\b)")
_CIRCA = re.compile(r"(?<![\w.])ca?\.\s?(?=(?:[A-Z]{0,3}[$€£¥₹₽₴₩₪₺]|(?:[A-Z]{3}|Rs\.?)\s|R)[0-9])")
_BARE_NUMBERED = re.compile(r"(?<!\w)(?P<written>No|Mk)(?=\s[0-9IVX])")
_INSIDE = re.compile(rf"(?<![\w.]){_written(Kind.INSIDE)}\.(?=,?\s)")
_CLOSING = re.compile(rf"(?<![\w.]){_written(Kind.CLOSING, Kind.MONTH)}\.")
_NUMBER_SIGN = re.compile(r"(?:№|(?<!\w)[Nn]º)\s?(?=[0-9])")


def _street(found: re.Match[str], locale: Locale) -> Said | None:
    """Downing St. said: a street; St. Petersburg is not, unless a known street stands before it."""
    del locale
    is_known = found["name"] in STREETS
    if found["next"] and not is_known:
        return None
    is_last = is_at_end(found.string, found.end())
    end = found.end("written") + 1 - is_last
    return Said("Street", 1.0 if is_known else 0.8, found.start("written"), end)


def _title(found: re.Match[str], locale: Locale) -> str:
    said = BY_WRITTEN[found["written"]].said
    return _AMERICAN_SPELLINGS.get(said, said) if locale.is_american else said


def _bare_numbered(found: re.Match[str], locale: Locale) -> Said:
    """No 10, as British papers write it."""
    return Said(_title(found, locale), 0.9)


def _numbered(found: re.Match[str], locale: Locale) -> str:
    return f"{_title(found, locale)} "


def _circa(found: re.Match[str], locale: Locale) -> str:
    """Before a sum, which has lost its place in front by the time that the others are read."""
    del found, locale
    return "circa "


def _closing(found: re.Match[str], locale: Locale) -> Said:
    is_last = is_at_end(found.string, found.end())
    return Said(_title(found, locale), 1.0, found.start(), found.end() - is_last)


def _number_sign(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "number "


_STOP_WITHIN = clue(r"\.,?\s", ".")
_SHORT_WORD = clue(r"\.(?:(?<=\b\w\.)|(?<=\b\w\w\.)|(?<=\b\w{3}\.)|(?<=\b\w{4}\.))", ".")
_BEFORE_NAME = clue(r"\.\s+[\"'“‘]?[A-Z]", ".")
_SHORT_TITLE = clue(r"[MDPLSC][rstgoapl][a-z]{0,2}\s[A-Z]")
_SAINT_OR_STREET = clue(r"St\.", ".")
_BEFORE_NUMBER = clue(r"\.\s?[0-9IVXLC]", ".")
_ROUND_SUM = figure(r"\.(?:(?<=\bc\.)|(?<=\bca\.))\s?[A-Z$€£¥₹₽₴₩₪₺]")
_NO = clue(r"(?:No|Mk)\s")
_NUMERO = sign("№º")

TITLE_RULES = (
    Rule("abbreviation", _SAINT_OR_STREET, _STREET, _street),
    Rule("title", _BEFORE_NAME, _TITLE, _title),
    Rule("title", _SHORT_TITLE, _BARE_TITLE, _title),
    Rule("abbreviation", _BEFORE_NUMBER, _NUMBERED, _numbered),
    Rule("abbreviation", _ROUND_SUM, _CIRCA, _circa),
    Rule("abbreviation", _NO, _BARE_NUMBERED, _bare_numbered),
    Rule("abbreviation", _STOP_WITHIN, _INSIDE, _title),
    Rule("abbreviation", _SHORT_WORD, _CLOSING, _closing),
    Rule("abbreviation", _NUMERO, _NUMBER_SIGN, _number_sign),
)
