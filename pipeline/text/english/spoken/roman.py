"""Roman numerals, told from letters and from the pronoun by the word before them."""

import re

from pipeline.text.edits import Rule, Said
from pipeline.text.english.abbreviations import STARTERS
from pipeline.text.english.locale import Locale
from pipeline.text.english.numbers import cardinal, ordinal
from pipeline.text.english.spoken.acronyms import spelled
from pipeline.text.needs import clue

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WELL_FORMED = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

#: Nouns that count: "Article V" is article five.
_COUNTED = (
    "War|Wars|Articles?|Chapters?|Parts?|Sections?|Titles?|Books?|Volumes?|Vols?|Acts?|Scenes?|Annex|Annexes|Appendix|"
    "Schedules?|Tables?|Figures?|Phases?|Stages?|Types?|Mark|Mk|Class|Category|Track|Pillar|Protocol|Basel|Minsk|Oslo|Geneva|Camp|Sinai|Rogers|"
    "Pershing|Trident|Polaris|Titan|Vatican|Lisbon|Yalta|Helsinki|Bandung|START|SALT|Intifada|Bowl|Astana|Grade|Tier|"
    "Level|Plan|Round|Lot|Zone|Corps|NAFTA|Nakba|Quad|Reich"
)
#: Rulers: "Henry VIII" is Henry the eighth.
_RULERS = (
    "Abdullah|Albert|Alexander|Alfonso|Anne|Baudouin|Benedict|Catherine|Charles|Christian|Clement|Constantine|Darius|"
    "Edward|Elizabeth|Faisal|Farouk|Felipe|Ferdinand|Francis|Franz|Frederick|Friedrich|George|Gregory|Gustav|Haakon|"
    "Harald|Hassan|Henry|Hussein|Innocent|Isabella|Ivan|James|Joseph|John|Josef|Juan|Carlos|Leo|Leopold|Louis|Ludwig|"
    "Margrethe|Mary|Maximilian|Mehmed|Michael|Mohammed|Napoleon|Nicholas|Olav|Otto|Paul|Pedro|Peter|Philip|Pius|Rama|"
    "Ramses|Richard|Robert|Selim|Sixtus|Suleiman|Umberto|Urban|Victoria|Wilhelm|William|Xerxes|Zog"
)
_NUMERAL = r"(?P<numeral>[IVXLC]+)(?![\w&])(?!['’](?!s\b))"
_AFTER_NOUN = re.compile(rf"\b(?P<noun>{_COUNTED})\s{_NUMERAL}(?!\s[A-Z]\b)")
_AFTER_RULER = re.compile(rf"\b(?P<noun>{_RULERS})\s{_NUMERAL}(?!\s[A-Z]\b)")
_AFTER_NAME = re.compile(
    r"\b(?P<noun>[A-Z][a-z]+)\s(?P<numeral>II|III|IV|VI{1,3}|IX|XI{1,3}|XIV|XVI{0,3}|XIX|XX)(?![\w&])"
)
#: Annex II.b: the letter behind the number of a part.
_PART = re.compile(r"(?<=[0-9IVXLC])\.(?P<letter>[a-h])(?!\w)(?!\.\w)")
_RANK = re.compile(r"(?<!\w)(?P<numeral>[IVXLC]+)(?:st|nd|rd|th)(?!\w)")
_FIRST_OF_SEVERAL = re.compile(r"(?<![\w&.'’-])I(?=(?:,\sII)?,?\s(?:and|or|to|through)\sI(?:I{1,2}|V)(?!\w))")
_ALONE = re.compile(
    r"(?<![\w&.-])(?P<numeral>II|III|IV|VI{1,3}|IX|XI{1,3}|XIV|XVI{1,3}|XIX|XXI{0,3})(?![\w&])(?!\.(?![a-h](?!\w))\w)"
)
#: Only what goes with nobody but "I": "World War I was", "Elizabeth I had" are numerals.
_VERB_AFTER_I = re.compile(r"\s(?:am|have|think|believe|know|say|do|don['’]t|want|mean|remember)\b")
#: "The Book I wrote", "the War I remember": a noun with its article, and a clause of one's own behind it.
_OWN_CLAUSE = re.compile(
    r"\s(?:\w+ed|[Ww]rote|[Ff]ought|[Mm]ade|[Rr]ead|[Tt]ook|[Ll]ed|[Hh]eld|[Mm]ean|[Rr]emember|[Ww]ant|[Ll]ike|[Ll]ove)\b"
)
_ARTICLE_BEFORE = re.compile(r"\b(?:[Tt]he|[Tt]h(?:is|at)|[Ee]very|[Aa]n?|[Oo]ne|[Oo]nly)\s\Z")

_NAME_AFTER_STOP = re.compile(r"\.\s?[A-Z]")
_RANKED = re.compile(r"\s(?:Corps|Airborne|Army|Fleet|Legion|[Cc]entur|Congress|Olympi)")


def value(numeral: str) -> int | None:
    """The number that a Roman numeral up to 99 writes, or None where it is no such thing."""
    if not numeral or not _WELL_FORMED.fullmatch(numeral):
        return None
    numbers = [_VALUES[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(numbers, [*numbers[1:], 0], strict=True))


def _after_noun(found: re.Match[str], locale: Locale) -> Said | None:
    number = value(found["numeral"])
    if number is None or _is_pronoun(found) or _is_pronoun_after_noun(found):
        return None
    return Said(cardinal(number, locale), 1.0, found.start("numeral"), found.end("numeral"))


def _after_ruler(found: re.Match[str], locale: Locale) -> Said | None:
    number = value(found["numeral"])
    if number is None or _is_pronoun(found) or _is_initial(found):
        return None
    confidence = 0.9 if found["numeral"] in {"I", "V", "X", "C", "L"} else 1.0
    return Said(f"the {ordinal(number, locale)}", confidence, found.start("numeral"), found.end("numeral"))


def _is_pronoun(found: re.Match[str]) -> bool:
    return found["numeral"] == "I" and _VERB_AFTER_I.match(found.string, found.end()) is not None


def _is_pronoun_after_noun(found: re.Match[str]) -> bool:
    if found["numeral"] != "I" or not _OWN_CLAUSE.match(found.string, found.end()):
        return False
    return _ARTICLE_BEFORE.search(found.string[max(0, found.start() - 8) : found.start()]) is not None


def _is_initial(found: re.Match[str]) -> bool:
    """Whether it is the middle initial of "John V. Marsh"."""
    return len(found["numeral"]) == 1 and _NAME_AFTER_STOP.match(found.string, found.end()) is not None


def _after_name(found: re.Match[str], locale: Locale) -> Said | None:
    """A name that is not in the tables: most are people, and people are ranked."""
    number = value(found["numeral"])
    if number is None or found["noun"] in STARTERS:
        return None
    return Said(f"the {ordinal(number, locale)}", 0.7, found.start("numeral"), found.end("numeral"))


def _part(found: re.Match[str], locale: Locale) -> Said:
    del locale
    has_word_after = found.string[found.end() : found.end() + 2].strip().isalnum()
    letter = found["letter"]
    return Said(f" {spelled(letter.upper(), has_word_after=has_word_after) if letter == 'a' else letter}", 0.9)


def _rank(found: re.Match[str], locale: Locale) -> str | None:
    number = value(found["numeral"])
    return ordinal(number, locale) if number else None


def _first(found: re.Match[str], locale: Locale) -> str:
    """The I of "I and II"."""
    del found, locale
    return "one"


def _alone(found: re.Match[str], locale: Locale) -> Said | None:
    number = value(found["numeral"])
    if number is None:
        return None
    is_ranked = _RANKED.match(found.string, found.end())
    return Said(ordinal(number, locale) if is_ranked else cardinal(number, locale), 0.6)


_NUMBER_AFTER = clue(r"[IVXLC](?![\w&])")
_NUMERAL_WITH_ENDING = clue("[IVXLC](?:st|nd|rd|th)")
_LETTER_AFTER = clue(r"\.[a-h](?!\w)(?<=[0-9IVXLC]\.[a-h])", ".")
_SEVERAL = clue(r"[IVX][IVX](?![\w&])")

ROMAN_RULES = (
    Rule("Roman numeral", _NUMBER_AFTER, _AFTER_NOUN, _after_noun),
    Rule("Roman numeral", _NUMBER_AFTER, _AFTER_RULER, _after_ruler),
    Rule("Roman numeral", _NUMBER_AFTER, _AFTER_NAME, _after_name),
    Rule("part", _LETTER_AFTER, _PART, _part),
    Rule("Roman numeral", _NUMERAL_WITH_ENDING, _RANK, _rank),
    Rule("Roman numeral", _SEVERAL, _FIRST_OF_SEVERAL, _first),
    Rule("Roman numeral", _SEVERAL, _ALONE, _alone),
)
