"""Floor 2, inside the titles of chapters: how well a phrase reads as a title, whatever it is about. Pure."""

import re

from pipeline.chapters.titling import vocabulary as english
from pipeline.chapters.titling.phrases import LIST
from pipeline.chapters.titling.sentences import Kind, Phrase

_BY_KIND = {Kind.HEADING: 4.0, Kind.NOUN_PHRASE: 1.0, Kind.GERUND: 1.1, Kind.STATEMENT: 1.5, Kind.CLAUSE: 1.5}
#: "The envoys were alarmed" tells less than what they did.
_IS_STATE = 0.6
_TIED = 1.3
#: Subject and object of the main clause.
_IS_MAIN = 1.2
#: No phrase reads better.
BEST_READING = 1.5 * _TIED
_STATEMENTS = frozenset({Kind.STATEMENT, Kind.CLAUSE, Kind.HEADING})
_NOMINAL_KINDS = frozenset({Kind.NOUN_PHRASE, Kind.GERUND})
#: What is lost where the text goes on with "to do", "that", "and", "between", a preposition.
_BY_FOLLOWER = {"T": 0.6, "W": 0.7, "C": 0.7, "B": 0.6, "L": 0.85, "R": 0.9}
#: What is lost where the phrase is said of a subject, is half of a pair, or hangs on an idiom like "at great cost".
_BY_LEADER = (
    (("X", "XA"), 0.5),
    (("JC", "NC", "PC", "EC"), 0.6),
    (("R", "S", "Z"), 0.8),
)
#: "Nor has there been any let-up in the fighting" is not about a let-up.
_IS_DENIED = 0.3
#: "Despite the failure of the plan, ..." looks back; "..., which ended the embargo" is a side remark.
_IS_ASIDE = 0.7
_IS_SHORT = 0.8
#: "Dawes Plan" is a subject, but what of it?
_IS_NAME = 0.7
#: "Number of vessels", "subsequent resolution", "defense secretary".
_IS_VAGUE, _OPENS_VAGUELY, _SAYS_NOTHING = 0.25, 0.5, 0.2
_IS_STATED_VAGUELY = 0.6
#: "States of Algiers | , Tunis, and Tripoli".
_IS_LISTED = 0.5
#: "a trivial document" comes in for the first time, and seldom stays.
_IS_NEW = 0.5
#: "in search of", "in violation of": no search and no violation is spoken of.
_IS_IDIOM = 0.4
_CONTENT = frozenset("NPpnJEGIV")


def reading(phrase: Phrase) -> float:
    """How well it reads as a title: about 1, and less for every fault."""
    return _BY_KIND[phrase.kind] * _shape(phrase) * _length(phrase.text) * _wholeness(phrase) * _standing(phrase)


def _shape(phrase: Phrase) -> float:
    """What its build is worth: several words that are tied together say more than a name or a single word."""
    if phrase.kind in _STATEMENTS:
        return _IS_STATE if "X" in phrase.codes else 1.0
    codes = phrase.codes.lstrip("Dd")
    words = phrase.text.lower().split()
    if len(codes) == 1:
        return 0.15
    if _is_mere_name(codes, words):
        return 0.12
    if set(codes) <= set("PFCDd"):
        return _IS_NAME
    if set(codes) & set("FLBTI"):
        return _TIED if set(codes) & set("Pp") else 1.15
    return (1.0 if set(codes) & set("Pp") else 0.9) * (_IS_SHORT if len(codes) == 2 else 1.0)


def _is_mere_name(codes: str, words: list[str]) -> bool:
    """Whether it names someone or some place, as "CIA pilot Francis Gary Powers", and not a treaty or a war."""
    if re.search("[NJ]M?P+$", codes) or not english.PEOPLE.isdisjoint(words):
        return codes[-1] == "P"
    return set(codes) <= set("PFCDdM") and english.THINGS_WITH_NAMES.isdisjoint(words)


def _length(text: str) -> float:
    """Around 25 characters, as authors' own headings are."""
    return 1.0 if 14 <= len(text) <= 36 else 0.8


def _wholeness(phrase: Phrase) -> float:
    """Less than 1 where it says nothing by itself."""
    words = phrase.text.lower().split()
    if phrase.kind in _STATEMENTS:
        return _IS_STATED_VAGUELY if words[-1] in english.VAGUE_HEADS else 1.0
    worth = _IS_VAGUE if words[head_of(phrase)] in english.VAGUE_HEADS or words[-1] in english.VAGUE_HEADS else 1.0
    worth *= _OPENS_VAGUELY if words[0] in english.VAGUE_OPENINGS else 1.0
    says_nothing = all(
        word in english.OFFICES or word in english.VAGUE_HEADS or code not in _CONTENT
        for word, code in zip(words, phrase.codes, strict=False)
    )
    return worth * (_SAYS_NOTHING if says_nothing else 1.0)


def head_of(phrase: Phrase) -> int:
    """The number of the word that the rest hangs on: the last one before the first tie."""
    tie = re.search("[FLBTCVX]", phrase.codes)
    return min(tie.start() if tie else len(phrase.codes), len(phrase.text.split())) - 1


def _standing(phrase: Phrase) -> float:
    """Less than 1 where what stands around it was cut off, or where it was only said in passing."""
    worth = 1.0
    if phrase.kind in _NOMINAL_KINDS:
        before = phrase.before
        worth *= _IS_DENIED if before.rfind("K") > max(map(before.rfind, ",Q")) else 1.0
        worth *= next((loss for endings, loss in _BY_LEADER if before.endswith(endings)), 1.0)
        worth *= _BY_FOLLOWER.get(phrase.after[:1], 1.0)
        worth *= _IS_LISTED if LIST.match(phrase.after) else 1.0
        worth *= _IS_NEW if before.endswith("d") and not {"P", "p"} & set(phrase.codes) else 1.0
        worth *= _IS_IDIOM if before[-1:] in {"L", "R"} and phrase.codes[:2] == "NF" else 1.0
        worth *= _IS_MAIN if not before.rstrip("DdS") or before.rstrip("DdS").endswith("V") else 1.0
    return worth * (_IS_ASIDE if _is_aside(phrase) else 1.0)


def _is_aside(phrase: Phrase) -> bool:
    """Whether it stands in an opening "After ...," or in a part of the sentence that "which" or "while" opens."""
    before, after = phrase.before, phrase.after
    if "W" in before and "," not in before[before.rfind("W") :]:
        return True
    return before[:1] in tuple("RLWZI") and "," not in before and "," in after and not set("VX") & set(before)
