"""Floor 2, inside the titles of chapters: where the short statements of a sentence stand. Pure.

A subject, its verb and its object, from where a clause begins to where it is whole, without when, why and by whom: "In
May 1972, the council, tired of talks, | closed the port | during the tides" gives "The council closed the port".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipeline.chapters.titling import verbs
from pipeline.chapters.titling import vocabulary as english
from pipeline.chapters.titling.coding import NOMINAL, Token
from pipeline.chapters.titling.nouns import ends_of
from pipeline.chapters.titling.sentences import Kind, Place, Sentence
from pipeline.patterns import regex

_NOUN = "[JNPpnEGM]*[NP]"
_OBJECT = regex(rf"[Dd]?{_NOUN}")
_SUBJECT = rf"(?:I[Dd]?)?[Dd]?{_NOUN}(?:[FL][Dd]?{_NOUN})?"
#: "had severed", "did not ratify", "refused to recognise".
_VERB = r"A?(?:XA?K?A?)?V(?:TV)?"
#: ", a supporter of the plan," between a subject and its verb.
_ASIDE = r"(?:(,[^,QqVXWYZIO]{1,10},))?"
_CLAUSE = regex(rf"{_SUBJECT}A?[VX][^,QqOSWYK]*[NPJVA](?=[,Q]|$)")
_STATEMENT = regex(rf"{_SUBJECT}{_ASIDE}{_VERB}(?:[LR]|T(?=[DdP]))?(?=[Dd]?{_NOUN})")
_PASSIVE = regex(rf"{_SUBJECT}XA?V(?=[,QRLWSYC]|$)")
_PAUSE = regex(r"[,Q]C?(?=[DdJNPpnEGM])")
#: What follows a clause that is whole without it: a pause, when and why, "and" with another verb, "to do".
_CLAUSE_END = regex(
    rf"$|Q|,(?![Dd]?[JNPpnEGM]+(?:,|C))|[RL][DdM]*Y|L[Dd]?M|[RLW]|A|SNA|CA?[VX]|C[Dd]?{_NOUN}[VX]|T(?=A?V)"
)
#: The subject of a clause that is a name, with its offices.
_NAME = regex("[DdJNPF]*P(?=,|A?[VX])")
_OFFICES = english.PEOPLE | {"state", "defense", "defence", "treasury"}
_FINITE = frozenset("VX")
#: Auxiliaries with which a verb says what is: not "should reject", which nobody has done.
_CARRIERS = frozenset({"had", "has", "have", "did", "do", "does", "will", "can"})


def statements(sentence: Sentence) -> Iterator[Place]:
    """All that is said of a subject up to a comma or mark, what was done to it, and what it did."""
    yield from _from_starts(sentence, _CLAUSE, kind=Kind.CLAUSE)
    for place in _from_starts(sentence, _PASSIVE, kind=Kind.STATEMENT):
        if _ends_a_clause(sentence, place.end):
            yield place
    for place in _from_starts(sentence, _STATEMENT, kind=Kind.STATEMENT):
        core = _OBJECT.match(sentence.codes, place.end)
        for end in ends_of(sentence, place.end, core_end=core.end()) if core else ():
            if _ends_a_clause(sentence, end):
                yield place._replace(end=end)


def _from_starts(sentence: Sentence, pattern: re.Pattern[str], *, kind: Kind) -> Iterator[Place]:
    """What ``pattern`` matches; also without the first article, for those that are too long by it."""
    for start in _starts_of_subjects(sentence):
        match = pattern.match(sentence.codes, start)
        if match is None:
            continue
        place = Place(kind, start, match.end(), match.span(1) if pattern.groups and match.group(1) else None)
        yield place
        if sentence.codes[start] == "D" and sentence.tokens[start + 1].text.lower() not in english.ORIGINS:
            yield place._replace(first=start + 1)


def _starts_of_subjects(sentence: Sentence) -> Iterator[int]:
    """Where a clause begins, and again behind an office: "Secretary of State | Cordell Hull rejected the plan"."""
    for start in _clause_starts(sentence.codes):
        yield start
        match = _NAME.match(sentence.codes, start)
        named = range(start, match.end() - 1) if match else ()
        offices = [number for number in named if sentence.tokens[number].text.lower() in _OFFICES]
        if offices:
            yield offices[-1] + 1


def _clause_starts(codes: str) -> Iterator[int]:
    """Where a clause begins: at once, after "In May 1972,", after a colon, and after ", and" where one is over."""
    yield 0
    for pause in _PAUSE.finditer(codes):
        before = codes[: pause.start()]
        has_verb = not _FINITE.isdisjoint(before)
        is_after_adjunct = before[:1] in {*"RLWYIZA"} and "," not in before and (not has_verb or before[0] in "RW")
        if pause.group()[0] == "Q" or is_after_adjunct or (has_verb and pause.group().endswith("C")):
            yield pause.end()


def _ends_a_clause(sentence: Sentence, end: int) -> bool:
    """Whether the clause is whole at ``end``."""
    match = _CLAUSE_END.match(sentence.codes, end)
    if match is None:
        return False
    if match.group() == "T":
        return sentence.codes[end - 1] == "N" and sentence.tokens[end - 1].text.lower() not in english.PEOPLE
    if match.group() not in {"R", "L", "W"}:
        return True
    follower = sentence.tokens[end].text.lower()
    return follower not in english.BOUND or (follower == "by" and sentence.codes[end + 1 : end + 2] in {"I", "Z"})


def says_something(tokens: Sequence[Token], kind: Kind) -> bool:
    """Whether the verb carries a statement: not "said", not an -ing, nothing that waits for more."""
    codes = "".join(token.code for token in tokens)
    auxiliary, at = codes.find("X"), codes.find("V")
    if codes.endswith("MP"):  # "work | 9 AM"
        return False
    if auxiliary >= 0 and (at < 0 or tokens[auxiliary].text.lower() not in _CARRIERS):
        is_state = kind is Kind.CLAUSE and codes[-1] != "V"
        return is_state or tokens[-1].text.lower() in verbs.TELLING_PASSIVES
    if auxiliary < 0 and _is_infinitive(tokens[at].text.lower(), tokens[:at]):
        return False
    at += 2 if codes[at : at + 3] == "VTV" else 0
    verb = tokens[at].text.lower()
    if verb in verbs.GIVING_VERBS:
        return False
    has_object = codes[at + 1 : at + 2] in NOMINAL | {"D", "d"}
    return verb not in verbs.WEAK_VERBS or (has_object and verb in verbs.VERBS_OF_OBJECTS)


def _is_infinitive(verb: str, subject: Sequence[Token]) -> bool:
    """Whether a verb without its s stands behind one who acts: "helped | the team navigate the rules"."""
    before = takewhile(lambda token: token.code not in "FLBTRV", subject)
    nouns = [token.text.lower() for token in before if token.code in "NP"]
    return verb in verbs.PLAIN_VERBS and not (nouns and nouns[-1].endswith(("s", "people")))


def breaks_off(tokens: Sequence[Token]) -> bool:
    """Whether a phrase that ends with a verb waits for its object or manner."""
    is_passive = any(token.code == "X" and token.text.lower() not in _CARRIERS for token in tokens)
    return not is_passive and tokens[-1].text.lower() not in verbs.INTRANSITIVES
