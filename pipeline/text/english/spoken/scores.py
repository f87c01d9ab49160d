"""Scores of games and of votes: three nil, a two-two draw. The other pairs of figures are ranges, see figures."""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal
from pipeline.text.english.spoken.patterns import LEFT, RIGHT
from pipeline.text.needs import clue

#: How far on either side the words are looked at that tell a game from a vote.
_REACH = 80

_ALONE = rf"{RIGHT}(?![-–/.,:]?[0-9])"
_WITH_NIL = regex(rf"{LEFT}(?:(?P<first>[1-9]?[0-9])[-–](?P<last>0)|(?P<none>0)[-–](?P<other>[1-9][0-9]?)){_ALONE}")
_EQUAL = regex(rf"{LEFT}(?P<first>[0-9]{{1,2}})[-–](?P=first){_ALONE}(?!-[a-z])")
_GAME = regex(
    r"(?i:\b(?:football\w*|soccer|hockey|rugby|match(?:es)?|goals?|fixtures?|friendl(?:y|ies)|strikers?|stadiums?|"
    r"half-time|(?:semi|quarter)-?finals?|penalt\w+|pitch|fans|derby|qualifiers?|equalis\w+|hat-trick|extra\stime)\b)|"
    r"\b(?:Cup|League|FIFA|UEFA|Euros|Wembley|United|Rovers|Wanderers|FC)\b"
)
_VOTE = regex(
    r"(?i)\b(?:courts?|justices?|judges?|vot(?:e|ed|es|ing)|council|senate|panel|committee|rul(?:ed|es|ings?)|bench|"
    r"board|jury|parliament|house|assembly|chamber|bills?|motions?|resolutions?|decisions?|commission|tribunal|abst\w+)\b"
)
_PLAYED = regex(
    r"\b(?:won|wins?|winning|los(?:t|es?|ing)|beat(?:s|en|ing)?|drew|l(?:eads?|ed|eading)|trail(?:s|ed|ing)?|"
    r"defeat(?:s|ed|ing)?|thrash(?:es|ed|ing)?)\s(?:\w+\s){0,2}\Z"
)
_OUTCOME = regex(r"\s(?:win|defeat|victory|loss|drubbing|thrashing|lead|draw|up|down)\b")
#: What is one for one although it is written with a hyphen.
_RATIO_AFTER = regex(r"\s(?:ratios?|swaps?|exchanges?|basis|meetings?|talks?|correspondence|parity|trades?|peg)\b")
_RATIO_BEFORE = regex(r"\b(?:ratios?\sof|odds\sof|exchanged|swapped|pegged|pegged\sat|traded)\s\Z")


def _with_nil(found: re.Match[str], locale: Locale) -> Said | None:
    """3-0 of a game: "three nil", to Americans "three to nothing"; of a vote it is left to the ranges."""
    sureness = _is_of_a_game(found)
    if sureness is None:
        return None
    if found["none"]:
        other = cardinal(int(found["other"]), locale)
        return Said(f"zero to {other}" if locale.is_american else f"nil {other}", sureness)
    if found["first"] == "0":
        return Said("zero-zero" if locale.is_american else "nil-nil", sureness)
    first = cardinal(int(found["first"]), locale)
    return Said(f"{first} to nothing" if locale.is_american else f"{first} nil", sureness)


def _is_of_a_game(found: re.Match[str]) -> float | None:
    """How surely the words around speak of a game; None where they do not, or of a vote."""
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if _VOTE.search(before) or _VOTE.search(after):
        return None
    if _GAME.search(before) or _GAME.search(after):
        return 1.0
    return 0.8 if _OUTCOME.match(after) or _PLAYED.search(before) else None


def _equal(found: re.Match[str], locale: Locale) -> str | None:
    """A 2-2 draw, a court split 4-4: nothing runs from a number to itself, so nobody says "to"."""
    before = found.string[max(0, found.start() - 20) : found.start()]
    if _RATIO_AFTER.match(found.string, found.end()) or _RATIO_BEFORE.search(before):
        return None
    said = cardinal(int(found["first"]), locale)
    return f"{said} {said}" if "-" in said else f"{said}-{said}"


_NIL = clue(r"[-–](?:(?<=(?<![0-9])0.)[0-9]|(?<=[0-9].)0(?![0-9]))", "-–")
_SAME = clue(r"([0-9]{1,2})[-–]\1(?![0-9])", "-–")

SCORE_RULES = (
    Rule("score", _NIL, _WITH_NIL, _with_nil),
    Rule("score", _SAME, _EQUAL, _equal),
)
