"""Floor 2, inside the titles of chapters: the phrases of a sentence that can stand alone as a title. Pure.

Patterns over the codes of the words find noun phrases ("escalation in sanctions against Russia"), gerunds ("Walking
away from Ukraine") and short clauses. What would be a fragment or half a name is not a phrase in the first place.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from pipeline.chapters.titling import vocabulary as english
from pipeline.chapters.titling.coding import Token, coded, is_always_name
from pipeline.chapters.words import ARTICLES, STOP_WORDS

LONGEST = 40
_CORE = re.compile(r"[JNPpnEGM]*[NP]")
_LINK = re.compile(r"(?:[FLBT][Dd]?|C[Dd]?)(?=[JNPpnEGM])")
_OBJECT = re.compile(r"[Dd]?[JNPpnEGM]*[NP]")
_SUBJECT = r"[Dd]?[JNPpnEGM]*[NP](?:[FL][Dd]?[JNPpnEGM]*[NP])?"
_CLAUSE = re.compile(rf"{_SUBJECT}A?[VX][^,QqOSWYK]*[NPJVA](?=[,Q]|$)")
_STATEMENT = re.compile(rf"{_SUBJECT}A?V(?:[LR]|T(?=[DdP]))?(?=[Dd]?[JNPpnEGM]*[NP])")
_PASSIVE = re.compile(rf"{_SUBJECT}XA?V(?=[,QRLWSY]|$)")
_GERUND = re.compile(r"I[RL]?[Dd]?(?=[JNPpnEGM])")
_PAUSE = re.compile(r"[,Q]C?(?=[DdJNPpnEGM])")
#: What follows a clause that is whole without it: a pause, or when and why.
_CLAUSE_END = re.compile(r"$|Q|,(?![Dd]?[JNPpnEGM]+(?:,|C))|[RL][DdM]*Y|L[Dd]?M|[RLW]")
#: A line that could be a heading; it is not looked for in more than 40 characters.
_HEADING = re.compile(r"[A-Z0-9][\w.’'/-]*(?: [\w.,’'/–&:-]+){0,8} [\w’'/-]*[a-z]", re.ASCII)
#: "The Velm and Arden islands": neither name stands alone.
_SHARED_HEAD = re.compile("DPCP+[NP]")
#: The second item of a list.
LIST = re.compile(r",[DdS]?[JNPpnEGM]+(?:[FL][Dd]?[JNPpnEGM]+)?(?:,|C)")
_FINITE = frozenset("VX")


class Kind(Enum):
    """How a phrase is built."""

    HEADING = "heading"
    NOUN_PHRASE = "noun phrase"
    GERUND = "gerund"
    STATEMENT = "statement"
    CLAUSE = "clause"


class Phrase(NamedTuple):
    """A possible title as it stands in the text, the codes of its words, and the codes of what stands around it."""

    text: str
    kind: Kind
    codes: str
    before: str
    after: str


class _Sentence(NamedTuple):
    text: str
    tokens: Sequence[Token]
    codes: str


_Found = tuple[Kind, int, int]


def phrases_of(sentence: str, names: frozenset[str]) -> Iterator[Phrase]:
    """Every phrase of ``sentence`` that could be a title of at most 40 characters; each once."""
    if is_heading(sentence):
        yield Phrase(_in_sentence_case(sentence, names), Kind.HEADING, "N", "", "")
        return
    tokens = coded(sentence, names)
    whole = _Sentence(sentence, tokens, "".join(token.code for token in tokens))
    seen = set()
    for find in (_clauses, _passives, _statements, _noun_phrases, _gerunds):
        for kind, first, end in find(whole):
            if (first, end) not in seen and _is_phrase(whole, kind, first=first, end=end):
                seen.add((first, end))
                text = _text(sentence, tokens[first:end])
                yield Phrase(text, kind, whole.codes[first:end], whole.codes[:first], whole.codes[end:])


def is_heading(sentence: str) -> bool:
    """Whether it is a heading that the source did not mark as one: a short line without a mark at its end."""
    words = sentence.split()
    return (
        len(sentence) <= LONGEST
        and len(words) > 1
        and _HEADING.fullmatch(sentence) is not None
        and words[-1].lower() not in STOP_WORDS
        and words[0].lower() not in STOP_WORDS - ARTICLES
    )


def _text(sentence: str, tokens: Sequence[Token]) -> str:
    """The words as they stand there, without those that only tie the sentence to the one before."""
    pieces, at = [], tokens[0].start
    for token in tokens:
        if token.code == "A" and token.text.lower() in english.DISCOURSE_ADVERBS:
            pieces.append(sentence[at : token.start])
            at = token.end
    return " ".join("".join([*pieces, sentence[at : tokens[-1].end]]).split())


def _in_sentence_case(heading: str, names: frozenset[str]) -> str:
    """``heading`` with capitals only where it begins and in names: "The quota system", "The Smoot Tariff Act"."""
    words = heading.split()
    is_in_name = [False] * len(words)
    for number in range(len(words) - 1, 0, -1):
        is_last = words[number].lower() in english.HEADS_OF_NAMES and words[number - 1].lower() not in STOP_WORDS
        is_in_name[number] = words[number][0].isupper() and (is_last or is_in_name[min(number + 1, len(words) - 1)])
    keeps = [named or is_always_name(word, names) for named, word in zip(is_in_name, words, strict=True)]
    return " ".join([words[0], *(w if kept else w.lower() for w, kept in zip(words[1:], keeps[1:], strict=True))])


def _noun_phrases(sentence: _Sentence) -> Iterator[_Found]:
    for match in _CORE.finditer(sentence.codes):
        start = _without_participle(sentence, match.start(), end=match.end())
        if start is not None:
            for end in _ends(sentence, start, core_end=match.end()):
                yield Kind.NOUN_PHRASE, start, end


def _without_participle(sentence: _Sentence, start: int, *, end: int) -> int | None:
    """Where the noun phrase begins that stands from ``start``; None where it is the second half of something."""
    codes = sentence.codes
    if codes[start] == "M" or (start and codes[start - 1] in "AK" and codes[start] in "EGJM"):
        return None
    if codes[start] == "E" and codes[start - 1 : start] not in {*"DdSFRLBp"}:
        return None
    if codes[start] in "Pp" and codes[max(0, start - 3) : start].endswith(("PF", "PFD", "PL")):
        return None
    return start if end > start else None


def _ends(sentence: _Sentence, start: int, *, core_end: int) -> Iterator[int]:
    """Where a noun phrase may end: here, or after what is tied on by of, in, and ..."""
    codes, end, is_open = sentence.codes, core_end, False
    is_subject = _is_subject(codes[:start])
    for _ in range(4):
        link = _LINK.match(codes, end)
        is_tied = link is not None and _is_tied(sentence, end, start=start, is_subject=is_subject)
        if (
            codes[end : end + 1] != "F"
            and not _is_half_name(sentence, end)
            and not (is_open and _is_one(sentence, end))
        ):
            yield end
        core = _CORE.match(codes, link.end()) if link and is_tied else None
        if core is None or _is_foreign(sentence.codes, core.start()):
            return
        is_open = codes[end] == "B" or (is_open and codes[end] != "C")
        end = core.end()


def _is_one(sentence: _Sentence, end: int) -> bool:
    """Whether what stands after "between" is but one side: "between Moscow | and Kyiv"."""
    return sentence.codes[end : end + 1] == "C" or not _is_plural(sentence.tokens[end - 1].text)


def _is_half_name(sentence: _Sentence, end: int) -> bool:
    """Whether the name goes on: "Food | for Peace", "the Velm | and Arden islands"."""
    if sentence.codes[end - 1 : end + 2] == "PLP":
        return sentence.tokens[end].text in {"for", "on"}
    shared = _SHARED_HEAD.match(sentence.codes, max(0, end - 2))
    return shared is not None and sentence.tokens[shared.end() - 1].text.endswith("s")


def _is_foreign(codes: str, start: int) -> bool:
    """Whether what would be tied on begins with a verb's form: "status and extracted concessions"."""
    return codes[start - 1 : start + 1] == "CE"


def _is_subject(before: str) -> bool:
    """Whether what follows opens the sentence, or its main part after "In May 1972,"."""
    bare = before.rstrip("DdS")
    return not bare or (bare.endswith(",") and bare.count(",") == 1 and bare[0] in "RLY" and not set(bare) & set("VXW"))


def _is_tied(sentence: _Sentence, at: int, *, start: int, is_subject: bool) -> bool:
    """Whether the preposition or conjunction at ``at`` belongs to the noun before it and not to the verb."""
    codes, token = sentence.codes, sentence.tokens[at]
    if codes[at] == "F":
        return not (start and sentence.tokens[start - 1].text.lower() in english.TELLING_VERBS)
    if codes[at] == "B":
        return codes[at - 1] == "N"
    if codes[at] == "C":
        return _is_pair(sentence, at, start=start)
    head = sentence.tokens[at - 1].text.lower()
    takers = english.TAKERS.get(token.text.lower())
    if takers is not None and head in takers:
        return codes[at - 1] == "N" or (codes[at - 1] == "P" and head in english.INSTITUTIONS)
    return is_subject and codes[at] == "L" and codes[at - 1] == "N" and token.text.lower() != "from"


def _is_pair(sentence: _Sentence, at: int, *, start: int) -> bool:
    """Whether "and" joins two of a kind: names, or nouns, of which the first is not a part of what stands before."""
    codes = sentence.codes
    has_article = codes[at + 1 : at + 2] in {"D", "d"}
    after = _CORE.match(codes, at + 1 + has_article)
    if after is None or sentence.tokens[at].text.lower() not in {"and", "or", "&"}:
        return False
    is_even = codes[at - 1] == codes[after.end() - 1] and (not has_article or codes[start - 1 : start] in {"D", "d"})
    return is_even and not set(codes[start:at]) & set("LT") and codes[start - 1 : start] != "C"


def _gerunds(sentence: _Sentence) -> Iterator[_Found]:
    for match in _GERUND.finditer(sentence.codes):
        core = _CORE.match(sentence.codes, match.end())
        if core:
            for end in _ends(sentence, match.end(), core_end=core.end()):
                yield Kind.GERUND, match.start(), end


def _clauses(sentence: _Sentence) -> Iterator[_Found]:
    """A subject and all that is said of it up to a comma or mark."""
    yield from _from_starts(sentence, _CLAUSE, kind=Kind.CLAUSE)


def _passives(sentence: _Sentence) -> Iterator[_Found]:
    """A subject and what was done to it, without when and by whom."""
    for kind, first, end in _from_starts(sentence, _PASSIVE, kind=Kind.STATEMENT):
        if _ends_a_clause(sentence, end):
            yield kind, first, end


def _from_starts(sentence: _Sentence, pattern: re.Pattern[str], *, kind: Kind) -> Iterator[_Found]:
    for start in _clause_starts(sentence.codes):
        match = pattern.match(sentence.codes, start)
        if match:
            yield kind, start, match.end()


def _clause_starts(codes: str) -> Iterator[int]:
    """Where a clause begins: at once, after "In May 1972,", after a colon, and after ", and" where one is over."""
    yield 0
    for pause in _PAUSE.finditer(codes):
        before = codes[: pause.start()]
        has_verb = not _FINITE.isdisjoint(before)
        is_after_adjunct = before[:1] in {*"RLWYIZA"} and "," not in before and (not has_verb or before[0] in "RW")
        if pause.group()[0] == "Q" or is_after_adjunct or (has_verb and pause.group().endswith("C")):
            yield pause.end()


def _statements(sentence: _Sentence) -> Iterator[_Found]:
    """Subject, verb and object from the beginning of a clause to where it is whole."""
    for _, first, verb_end in _from_starts(sentence, _STATEMENT, kind=Kind.STATEMENT):
        core = _OBJECT.match(sentence.codes, verb_end)
        for end in _ends(sentence, verb_end, core_end=core.end()) if core else ():
            if _ends_a_clause(sentence, end):
                yield Kind.STATEMENT, first, end


def _ends_a_clause(sentence: _Sentence, end: int) -> bool:
    match = _CLAUSE_END.match(sentence.codes, end)
    if match is None:
        return False
    return match.group() not in {"R", "L", "W"} or sentence.tokens[end].text.lower() not in english.BOUND


def _is_phrase(sentence: _Sentence, kind: Kind, *, first: int, end: int) -> bool:
    """Whether it is short enough and whole: no half of a name or list, no quotation, nothing run together."""
    tokens = sentence.tokens
    is_cut_off = end == len(tokens) and tokens[-1].end < len(sentence.text.rstrip())
    if is_cut_off or tokens[end - 1].end - tokens[first].start > LONGEST:
        return False
    inside = tokens[first:end]
    faults: tuple[Callable[[Sequence[Token]], bool], ...] = (_is_run_together, _ends_badly, _is_unreadable)
    if any(is_faulty(inside) for is_faulty in faults):
        return False
    if kind in {Kind.STATEMENT, Kind.CLAUSE}:
        return _says_something(inside, kind) and not LIST.match(sentence.codes, end)
    if kind is Kind.GERUND and _waits_for_more(tokens, first, end=end):
        return False
    return not _has_two_objects(tokens, first)


def _is_unreadable(tokens: Sequence[Token]) -> bool:
    return any(token.code in "qQY" for token in tokens)


def _is_run_together(tokens: Sequence[Token]) -> bool:
    """Whether a name stands before an adjective that is not its own: "promised Yeltsin | strong support"."""
    codes = "".join(token.code for token in tokens)
    if re.search("NP+N", codes) or (re.fullmatch("J?P+N", codes) and _is_office(tokens)):
        return True
    return any(
        (one.code == "P" and (two.code == "G" or (two.code in "JE" and not two.text[0].isupper())))
        or (one.code + two.code == "NN" and _is_plural(one.text) and two.text.islower())
        for one, two in pairwise(tokens)
    )


def _is_office(tokens: Sequence[Token]) -> bool:
    """Whether it names somebody with his office, so that a verb follows: "that Vice President Reyl | travel"."""
    return len(tokens) > 3 and any(token.text.lower() in english.PEOPLE for token in tokens[:-2])


def _is_plural(word: str) -> bool:
    return word == "people" or (
        word.endswith("s") and not word.endswith("ss") and word not in english.PLURALS_BEFORE_NOUNS
    )


def _ends_badly(tokens: Sequence[Token]) -> bool:
    """Whether it breaks off: after an adjective, "Soviet" of "Soviet Union", an -ing, a title without its name."""
    last = tokens[-1]
    lower = last.text.lower()
    if last.code == "A":
        return lower not in english.ENDING_ADVERBS
    if last.code == "V" and not any(token.code == "X" for token in tokens):
        return lower not in english.INTRANSITIVES
    if lower == "military":  # "an increase in military | and economic aid"
        return tokens[-2:][0].code in "FLBRT"
    if last.code == "P":
        return lower in english.ORIGINS or lower in english.TITLES_BEFORE_NAMES
    return last.code in "JGIZ" and (tokens[-2:][0].code in "Dd" or all(token.code != "X" for token in tokens))


def _says_something(tokens: Sequence[Token], kind: Kind) -> bool:
    """Whether the verb carries a statement: not "said", not an -ing, nothing that waits for more."""
    verb = next(token for token in tokens if token.code in "VX")
    if verb.code == "X":
        return kind is Kind.CLAUSE or tokens[-1].text.lower() in english.TELLING_PASSIVES
    return verb.text.lower() not in english.WEAK_VERBS and verb.text.lower() not in english.GIVING_VERBS


def _waits_for_more(tokens: Sequence[Token], first: int, *, end: int) -> bool:
    """Whether a gerund lacks its second half: "giving the envoys | time", "turning swords | into ploughshares"."""
    has_more = end < len(tokens) and tokens[end].code in "LRT"
    return has_more or tokens[first].text.lower() in english.GIVING_VERBS


def _has_two_objects(tokens: Sequence[Token], first: int) -> bool:
    """Whether a name and what it was given run together: "gave Japan ownership"."""
    before = tokens[first - 1] if first else None
    return before is not None and before.text.lower() in english.GIVING_VERBS and tokens[first].code == "P"
