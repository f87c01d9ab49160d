"""Roman numerals, told from letters and from the pronoun by the word before them."""

import re

from pipeline.text.abbreviations import STARTERS
from pipeline.text.locale import Locale
from pipeline.text.numbers import cardinal, ordinal
from pipeline.text.spoken.edits import Need, Rule, Said

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WELL_FORMED = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

#: Nouns that count: "Article V" is article five.
_COUNTED = (
    "War|Wars|Article|Articles|Chapter|Part|Section|Title|Book|Volume|Vol|Act|Scene|Annex|Appendix|Schedule|Table|"
    "Figure|Phase|Stage|Type|Mark|Class|Category|Track|Pillar|Protocol|Basel|Minsk|Oslo|Geneva|Camp|Sinai|Rogers|"
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
_RANK = re.compile(r"(?<!\w)(?P<numeral>[IVXLC]+)(?:st|nd|rd|th)(?!\w)")
_ALONE = re.compile(r"(?<![\w&.-])(?P<numeral>II|III|IV|VI{1,3}|IX|XI{1,3}|XIV|XVI{1,3}|XIX|XXI{0,3})(?![\w&.])")
_VERB_AFTER_I = re.compile(r"\s(?:am|was|have|had|think|believe|know|said|say|would|will|could|do|did|saw|went|can)\b")

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
    if number is None or _is_pronoun(found):
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


def _is_initial(found: re.Match[str]) -> bool:
    """Whether it is the middle initial of "John V. Marsh"."""
    return len(found["numeral"]) == 1 and _NAME_AFTER_STOP.match(found.string, found.end()) is not None


def _after_name(found: re.Match[str], locale: Locale) -> Said | None:
    """A name that is not in the tables: most are people, and people are ranked."""
    number = value(found["numeral"])
    if number is None or found["noun"] in STARTERS:
        return None
    return Said(f"the {ordinal(number, locale)}", 0.7, found.start("numeral"), found.end("numeral"))


def _rank(found: re.Match[str], locale: Locale) -> str | None:
    number = value(found["numeral"])
    return ordinal(number, locale) if number else None


def _alone(found: re.Match[str], locale: Locale) -> Said | None:
    number = value(found["numeral"])
    if number is None:
        return None
    is_ranked = _RANKED.match(found.string, found.end())
    return Said(ordinal(number, locale) if is_ranked else cardinal(number, locale), 0.6)


ROMAN_RULES = (
    Rule("Roman numeral", Need.CAPITALS, _AFTER_NOUN, _after_noun),
    Rule("Roman numeral", Need.CAPITALS, _AFTER_RULER, _after_ruler),
    Rule("Roman numeral", Need.CAPITALS, _AFTER_NAME, _after_name),
    Rule("Roman numeral", Need.CAPITALS, _RANK, _rank),
    Rule("Roman numeral", Need.CAPITALS, _ALONE, _alone),
)
