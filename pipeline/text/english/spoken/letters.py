"""Capitals: initials, dotted letters, acronyms. The voice is given single letters, or a word left as it is."""

import re

from pipeline.text.edits import Rule, Said
from pipeline.text.english.locale import Locale
from pipeline.text.english.spoken.acronyms import (
    MIXED,
    ORDINARY,
    SAID_AS_WORDS,
    SAID_OTHERWISE,
    SPELLED,
    STATES,
    spelled,
)
from pipeline.text.needs import CAPITALS, clue, sign

#: U.S., U. S., and U.S with its last stop forgotten.
_DOTTED = re.compile(r"(?<![\w.])(?:(?:[^\W\d_]\.\s?(?=[^\W\d_]\.))+[^\W\d_]\.|(?:[A-Z]\.)+[A-Z](?![\w.’']))")
_INITIAL = re.compile(r"(?<![\w.])(?P<letter>[A-Z])\.(?=(?:\s|-)?[A-Z][\w’'.])")
_JOINED = re.compile(r"(?<![\w&])(?P<letters>[A-Z]{1,4}(?:&[A-Z]{1,4})+)(?![\w&])")
_ACRONYM = re.compile(r"(?<![^\W_])(?P<letters>[A-Z]{2,}[12]?)(?P<many>['’]?s(?![^\W_]))?(?![^\W_])")
_WORD_OF_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{2,}(?![^\W_])")
_WORD_BEFORE = re.compile(r"\b([A-Z]{2,})\s\Z")
_WORD_AFTER = re.compile(r"\s([A-Z]{2,})\b")
_MIXED = re.compile("(?<![^\\W_])(?P<letters>" + "|".join(MIXED) + ")(?P<many>s)?(?![^\\W_])")
_SLASH = re.compile(r"(?<=[A-Z])/(?=[A-Z]{2,}(?![a-z])|[A-Z](?![\w.]))")
#: Of a debtor, BBB-, AA+: what is good or bad about it is in the sign. Without one only beside the word.
_RATING = re.compile(
    r"(?P<letter>[ABC])(?P=letter){1,2}(?:(?P<sign>[+−–-])(?!\w)(?P<next>/(?=[A-D]))?|(?=[\s-](?:rat(?:ed|ings?)|credit)\b))"
)
_PARTY = re.compile(
    r"(?P<open>[(,]\s?)(?P<party>[RD])[-–](?P<state>"
    + "|".join(re.escape(state) for state in sorted(STATES, key=len, reverse=True))
    + r")(?=[),;])"
)
_PARTIES = {"R": "Republican", "D": "Democrat"}
_WORD_NEXT = re.compile(r"\s[\"'“‘(\[]*\w")
_LOWER = re.compile(r"[^\W\d_A-Z]")
_LONGEST_SPELLED = 5
_RATED = frozenset({"AA", "BB", "CC"})


def _dotted(found: re.Match[str], locale: Locale) -> Said:
    """U.S. "U S"; the last stop stays where it is the sentence's too."""
    del locale
    letters = re.sub(r"[\s.]", "", found[0])
    is_last = found[0].endswith(".") and is_at_end(found.string, found.end())
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
    if letters[:2] in _RATED and (rating := _RATING.match(text, found.start())):
        return _rated(rating)
    if letters in SAID_OTHERWISE:
        return Said(SAID_OTHERWISE[letters], start=found.start("letters"), end=found.end("letters"))
    if letters in SAID_AS_WORDS and found["many"] == "s":
        # A voice swallows the s behind capitals.
        return Said(f"{letters.capitalize()}s")
    if letters[-1].isdigit() or letters in SAID_AS_WORDS or letters in ORDINARY:
        return None
    # "US" is the one that is also a word.
    if (letters not in SPELLED or letters == "US") and (len(letters) > _LONGEST_SPELLED or _is_shouted(text, found)):
        return None
    return Said(_spelled(found), 1.0 if letters in SPELLED else 0.8)


def _rated(found: re.Match[str]) -> Said:
    """BBB- "triple B minus"."""
    times = "triple" if found[0][:3].count(found["letter"]) == 3 else "double"
    has_word_after = found["sign"] is not None or _has_word_after(found.string, found.end())
    said = f"{times} {spelled(found['letter'], has_word_after=has_word_after)}"
    if found["sign"]:
        tie = "" if said.endswith("-") else " "
        said += f"{tie}{'plus' if found['sign'] == '+' else 'minus'}{', ' if found['next'] else ''}"
    return Said(said, 0.9, found.start(), found.end())


def _mixed(found: re.Match[str], locale: Locale) -> str:
    """PoWs, the MoD."""
    del locale
    return _spelled(found)


def _spelled(found: re.Match[str]) -> str:
    many = found["many"] or ""
    # "N G O's": without the apostrophe a voice reads the last letter and its s as one word.
    tail = "'s" if many == "s" else many
    has_word_after = not many and _has_word_after(found.string, found.end())
    return spelled(found["letters"].upper(), has_word_after=has_word_after) + tail


def _slash(found: re.Match[str], locale: Locale) -> str:
    """HIV/AIDS, US/UK: nobody says the stroke."""
    del found, locale
    return " "


def _party(found: re.Match[str], locale: Locale) -> str:
    """(R-Ohio), as American papers put a senator's party and state."""
    del locale
    return f"{found['open']}{_PARTIES[found['party']]}, {STATES[found['state']]}"


def _has_word_after(text: str, position: int) -> bool:
    return _WORD_NEXT.match(text, position) is not None


def _is_shouted(text: str, found: re.Match[str]) -> bool:
    """Whether it stands in a headline of capitals, or beside an ordinary word in capitals."""
    near = text[max(0, found.start() - 30) : found.end() + 30]
    if _LOWER.search(near) is None and len(_WORD_OF_CAPITALS.findall(near)) > 1:
        return True
    before = _WORD_BEFORE.search(text[max(0, found.start() - 12) : found.start()])
    after = _WORD_AFTER.match(text, found.end())
    return any(word is not None and word[1] in ORDINARY for word in (before, after))


_AMPERSAND = sign("&")
_HUMP = clue("P[of][WP]|Mo[DU]|Do[DJ]")
_STROKE = clue("[A-Z]/", "/")
_LINKED_PARTY = clue("[RD][-–][A-Z]", "-–")
_LETTER_STOPS = clue(r"\.(?:\s?[^\W\d_]\.|[A-Z])", ".")
_CAPITAL_STOP = clue(r"\.[\s-]?[A-Z]", ".")

LETTER_RULES = (
    Rule("letters", _AMPERSAND, _JOINED, _joined),
    Rule("letters", _STROKE, _SLASH, _slash),
    Rule("acronym", CAPITALS, _ACRONYM, _acronym),
    Rule("acronym", _HUMP, _MIXED, _mixed),
)

#: Letters with stops come early: no other rule may part them.
DOTTED_RULES = (
    Rule("party", _LINKED_PARTY, _PARTY, _party),
    Rule("letters", _LETTER_STOPS, _DOTTED, _dotted),
    Rule("initial", _CAPITAL_STOP, _INITIAL, _initial),
)
