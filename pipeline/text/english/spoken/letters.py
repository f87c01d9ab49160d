"""Capitals: initials, dotted letters, acronyms. The voice is given single letters, or a word left as it is.

``shouting`` tells acronyms from words that are only loud; ``acronyms`` has the tables.
"""

import re

from pipeline.patterns import regex
from pipeline.text.edits import Rule, Said
from pipeline.text.english.abbreviations import STARTERS
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal
from pipeline.text.english.spoken.acronyms import (
    HALF_SPELLED,
    MIXED,
    ORDINARY,
    SAID_AS_WORDS,
    SAID_OTHERWISE,
    SOUNDS,
    SPELLED,
    STATES,
    spelled,
)
from pipeline.text.english.spoken.shouting import is_pronoun, is_shouted, may_be_pronoun
from pipeline.text.needs import clue, sign

#: U.S., U. S., and U.S with its last stop forgotten.
_DOTTED = regex(r"(?<![\w.])(?:(?:[^\W\d_]\.(?:\s(?=[A-Z]\.)|(?=[^\W\d_]\.)))+[^\W\d_]\.|(?:[A-Z]\.)+[A-Z](?![\w.’']))")
_MANY = regex(r"s(?!\w)")
_INITIAL = regex(r"(?<![\w.])(?P<letter>[A-Z])\.(?=(?:\s|-)?(?P<next>[A-Z][\w’'.]*))")
_LETTER_BEFORE = regex(r"(?<![\w.’'])(?:[B-HJ-Z]\s|[A-Z]-|[A-Z][\s-][AI]\s)\Z")
_WORD_BEFORE_I = regex(r"[a-z,;:]\s\Z")
_JOINED = regex(r"(?<![\w&])(?P<letters>[A-Z]{1,4}(?:&[A-Z]{1,4})+)(?P<many>['’]?s(?!\w))?(?![\w&])")
#: The capitals of German and Turkish parties too, SPÖ and İYİ.
_CAPITAL = "A-ZÄÖÜÉŁŚŠŻÇŞĞİ"
_ACRONYM = regex(
    rf"(?<![^\W_])(?<![\u0300-\u036f])(?P<letters>[{_CAPITAL}]{{2,}}[123]?)(?P<many>(?:['’]?s|"
    rf"['’]S)(?![^\W_]))?(?![^\W_]|[\u0300-\u036f])"
)
_MIXED = regex(
    "(?<![^\\W_])(?P<letters>" + "|".join(sorted(MIXED, key=len, reverse=True)) + ")(?P<many>['’]?s)?(?![^\\W_])"
)
_SLASH = regex(r"(?<=[A-Z]\.)/(?=[A-Z]\.)|(?<=[A-Z])/(?=[A-Z]{2,}(?![a-z])|[A-Z](?![\w.]))")
#: Of a debtor, BBB-, AA+: what is good or bad about it is in the sign. Without one only beside the word.
_RATING = regex(
    r"(?P<letter>[ABC])(?P=letter){1,2}(?:(?P<sign>[+−–-])(?!\w)(?P<next>/(?=[A-D]))?|(?=[\s-](?:rat(?:ed|ings?)|"
    r"credit)\b))"
)
_PARTY = regex(
    r"(?P<open>[(,]\s?)(?P<party>[RDI])(?:[-–]|\.,\s)(?P<state>"
    + "|".join(re.escape(state) for state in sorted(STATES, key=len, reverse=True))
    + r")(?:[-–](?P<district>[0-9]{1,2})(?![0-9]))?(?=[),;]|\s[a-z]|[.\"”’]{0,3}\s?\Z)"
)
_PARTIES = {"R": "Republican", "D": "Democrat", "I": "Independent"}
_WORD_NEXT = regex(r"\s[\"'“‘\[]*\w")
_LONGEST_SPELLED = 5
#: Unknown capitals that can be said: CVCV and its like.
_SAYABLE = regex(r"[BDFGKLMNPRSTVZ]?[AEIOU][BDFGKLMNPRSTVZ][AEIOU][BDFGKLMNPRSTVZ]?")
_LETTERS_OF_INITIALS = 3
_RATED = frozenset({"AA", "BB", "CC"})
_VOWELS = frozenset("AEIOUYÄÖÜÉİ")
#: Spelled, but words as well.
_ALSO_WORDS = frozenset({"US", "WHO", "LA", "AID"})


def _dotted(found: re.Match[str], locale: Locale) -> Said:
    """U.S. "U S"; the last stop stays where it is the sentence's too."""
    del locale
    letters = re.sub(r"[\s.]", "", found[0])
    if _MANY.match(found.string, found.end()):
        return Said(f"{spelled(letters)}'s", start=found.start(), end=found.end() + 1)
    is_last = found[0].endswith(".") and is_at_end(found.string, found.end())
    said = spelled(letters, has_word_after=_has_word_after(found.string, found.end()))
    return Said(said, start=found.start(), end=found.end() - is_last)


def is_at_end(text: str, position: int) -> bool:
    """Whether nothing but closing marks comes after ``position``: a stop there is the sentence's as well."""
    return not text[position : position + 8].strip("\"'”’»)] \t\n")


def _initial(found: re.Match[str], locale: Locale) -> str | None:
    del locale
    text, follows = found.string, found.string[found.end() : found.end() + 1]
    if follows.isspace() and (_is_last_word(found) or _is_spelled_already(found)):
        return None
    return found["letter"] + ("" if follows in " -" or follows.isspace() or not text else " ")


def _is_last_word(found: re.Match[str]) -> bool:
    """Whether the stop is the sentence's: "so am I. World ...", "Plan B. The ..."."""
    if found["next"] in STARTERS:
        return True
    before = found.string[max(0, found.start() - 2) : found.start()]
    return found["letter"] == "I" and _WORD_BEFORE_I.search(before) is not None


def _is_spelled_already(found: re.Match[str]) -> bool:
    """Whether it is the last letter of what an earlier pass has spelled: "the U S. NATO ..."."""
    return _LETTER_BEFORE.search(found.string[max(0, found.start() - 5) : found.start()]) is not None


def _joined(found: re.Match[str], locale: Locale) -> str:
    """AT&T "A-T and T", Q&As "Q and A's"."""
    del locale
    *first, last = found["letters"].split("&")
    has_word_after = not found["many"] and _has_word_after(found.string, found.end())
    said = [*(spelled(letters) for letters in first), spelled(last, has_word_after=has_word_after and last != "A")]
    return " and ".join(said) + ("'s" if found["many"] else "")


def _acronym(found: re.Match[str], locale: Locale) -> Said | None:
    del locale
    letters, text = found["letters"], found.string
    if letters[:2] in _RATED and (rating := _RATING.match(text, found.start())):
        return _rated(rating)
    if letters in SOUNDS:
        return _sounded(found)
    if letters in SAID_OTHERWISE:
        return Said(SAID_OTHERWISE[letters], start=found.start("letters"), end=found.end("letters"))
    if letters in SAID_AS_WORDS and found["many"] == "s":
        # A voice swallows the s behind capitals.
        return Said(f"{letters.capitalize()}s")
    if letters[-1].isdigit() or letters in SAID_AS_WORDS or letters in ORDINARY:
        return None
    return _spelled_or_shouted(found)


def _sounded(found: re.Match[str]) -> Said:
    """HIMARS, JDAMs: as they stand, and how they sound."""
    is_many = found["many"] == "s"
    end = found.end("many") if is_many else found.end("letters")
    written = found.string[found.start("letters") : end]
    return Said(written, start=found.start("letters"), end=end, ipa=SOUNDS[found["letters"]] + "z" * is_many)


def _spelled_or_shouted(found: re.Match[str]) -> Said | None:
    letters = found["letters"]
    if letters in _ALSO_WORDS and is_shouted(found):
        return _shouted_country(found) if letters == "US" else None
    if letters in SPELLED:
        return Said(_spelled(found))
    if len(letters) > _LONGEST_SPELLED and set(letters) & _VOWELS:
        return None
    if is_shouted(found):
        # In small letters it is no acronym to the next pass either, whatever has been said beside it by then.
        return Said(letters.capitalize() + (found["many"] or "").lower())
    if _SAYABLE.fullmatch(letters) and len(letters) > _LETTERS_OF_INITIALS:
        return Said(letters.capitalize() + (found["many"] or ""), 0.8)
    return Said(_spelled(found), 0.8)


def _shouted_country(found: re.Match[str]) -> Said:
    if is_pronoun(found):
        return Said("us")
    return Said(_spelled(found), 0.8 if may_be_pronoun(found) else 1.0)


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
    half = HALF_SPELLED.get(found["letters"])
    return f"{half}{found['many'] or ''}" if half else _spelled(found)


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


def _party(found: re.Match[str], locale: Locale) -> Said:
    """(R-Ohio) or (R., Ohio), as American papers put a senator's party and state; (R-OH-02) for the House."""
    said = f"{found['open']}{_PARTIES[found['party']]}, {STATES[found['state']]}"
    if found["district"]:
        said += f", district {cardinal(int(found['district']), locale)}"
    is_last = found["state"].endswith(".") and is_at_end(found.string, found.end()) and found["open"][0] == ","
    return Said(said, start=found.start(), end=found.end() - is_last)


def _has_word_after(text: str, position: int) -> bool:
    return _WORD_NEXT.match(text, position) is not None


_TWO_CAPITALS = clue(f"[{_CAPITAL}][{_CAPITAL}]")
_AMPERSAND = sign("&")
_HUMP = clue(r"[A-Z](?:(?<=[a-z][A-Z])|(?<=[A-Z][A-Z])(?=[a-z]))")
_STROKE = clue(r"[A-Z]\.?/", "/")
_LINKED_PARTY = clue(r"[RDI](?:[-–]|\.,\s)[A-Z]", "-–.")
_LETTER_STOPS = clue(r"\.(?:\s?[^\W\d_]\.|[A-Z])", ".")
_CAPITAL_STOP = clue(r"\.[\s-]?[A-Z]", ".")

LETTER_RULES = (
    Rule("letters", _AMPERSAND, _JOINED, _joined),
    Rule("letters", _STROKE, _SLASH, _slash),
    Rule("acronym", _TWO_CAPITALS, _ACRONYM, _acronym),
    Rule("acronym", _HUMP, _MIXED, _mixed),
)

#: Before the rules of designations, and of abbreviations, which would take the stop of (R-Ky.) for the sentence's.
PARTY_RULES = (Rule("party", _LINKED_PARTY, _PARTY, _party),)

#: Letters with stops come early: no other rule may part them.
DOTTED_RULES = (
    Rule("letters", _LETTER_STOPS, _DOTTED, _dotted),
    Rule("initial", _CAPITAL_STOP, _INITIAL, _initial),
)
