"""Titles and abbreviations with a stop, said in full from the one table of them."""

import re

from pipeline.text.abbreviations import ABBREVIATIONS, BY_WRITTEN, STREETS, Kind
from pipeline.text.locale import Locale
from pipeline.text.spoken.edits import Need, Rule, Said
from pipeline.text.spoken.letters import is_at_end

_AMERICAN_SPELLINGS = {"Honourable": "Honorable"}


def _written(*kinds: Kind) -> str:
    """An alternation of the abbreviations of these kinds, the longest first."""
    words = (re.escape(each.written) for each in ABBREVIATIONS if each.kind in kinds)
    return "(?P<written>" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_STREET = re.compile(r"(?<!\w)(?P<name>[A-Z][a-z]*)\s(?P<written>St)\.(?P<next>\s+[A-Z])?")
_TITLE = re.compile(rf"(?<![\w.]){_written(Kind.TITLE)}\.(?=\s+[\"'“‘]?[A-Z])")
_BARE_TITLE = re.compile(r"(?<![\w.])(?P<written>M(?:rs?|s)|Dr|Prof|Lt|Sgt|Col|Maj|Capt|Cpl)(?=\s[A-Z][a-z])")
_NUMBERED = re.compile(rf"(?<![\w.]){_written(Kind.NUMBERED)}\.\s?(?=[0-9]|[IVXLC]+\b)")
_BARE_NUMBERED = re.compile(r"(?<!\w)(?P<written>No)(?=\s[0-9])")
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


def _closing(found: re.Match[str], locale: Locale) -> Said:
    is_last = is_at_end(found.string, found.end())
    return Said(_title(found, locale), 1.0, found.start(), found.end() - is_last)


def _number_sign(found: re.Match[str], locale: Locale) -> str:
    del found, locale
    return "number "


TITLE_RULES = (
    Rule("abbreviation", Need.STOP, _STREET, _street),
    Rule("title", Need.STOP, _TITLE, _title),
    Rule("title", Need.STOP, _BARE_TITLE, _title),
    Rule("abbreviation", Need.STOP, _NUMBERED, _numbered),
    Rule("abbreviation", Need.DIGIT, _BARE_NUMBERED, _bare_numbered),
    Rule("abbreviation", Need.STOP, _INSIDE, _title),
    Rule("abbreviation", Need.STOP, _CLOSING, _closing),
    Rule("abbreviation", Need.SYMBOL, _NUMBER_SIGN, _number_sign),
)
