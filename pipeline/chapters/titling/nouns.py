"""Floor 2, inside the titles of chapters: where the noun phrases and gerunds of a sentence stand. Pure.

"escalation in sanctions against Russia", "Walking away from Ukraine": patterns over the codes of the words find the
noun, and what is tied to it is followed to its end.
"""

from collections.abc import Iterator

from pipeline.chapters.titling import verbs
from pipeline.chapters.titling import vocabulary as english
from pipeline.chapters.titling.sentences import Kind, Place, Sentence
from pipeline.patterns import regex

_CORE = regex(r"[JNPpnEGM]*[NP]")
_LINK = regex(r"(?:[FLBT][Dd]?|C[Dd]?)(?=[JNPpnEGM])")
_GERUND = regex(r"I[RL]?[Dd]?(?=[JNPpnEGM])")
#: "The Velm and Arden islands": neither name stands alone.
_SHARED_HEAD = regex("DPCP+[NP]")


def noun_phrases(sentence: Sentence) -> Iterator[Place]:
    """Every noun with what stands in front of it, alone and with what is tied to it."""
    for match in _CORE.finditer(sentence.codes):
        start = _without_participle(sentence, match.start(), end=match.end())
        if start is not None:
            for end in ends_of(sentence, start, core_end=match.end()):
                yield Place(Kind.NOUN_PHRASE, start, end)


def gerunds(sentence: Sentence) -> Iterator[Place]:
    """What somebody does to something: an -ing and its object."""
    for match in _GERUND.finditer(sentence.codes):
        core = _CORE.match(sentence.codes, match.end())
        if core:
            for end in ends_of(sentence, match.end(), core_end=core.end()):
                yield Place(Kind.GERUND, match.start(), end)


def _without_participle(sentence: Sentence, start: int, *, end: int) -> int | None:
    """Where the noun phrase begins that stands from ``start``; None where it is the second half of something."""
    codes = sentence.codes
    if codes[start] == "M" or (start and codes[start - 1] in "AK" and codes[start] in "EGJM"):
        return None
    if codes[start] == "E" and codes[start - 1 : start] not in {*"DdSFRLBp"}:
        return None
    if codes[start] in "Pp" and codes[max(0, start - 3) : start].endswith(("PF", "PFD", "PL")):
        return None
    return start if end > start else None


def ends_of(sentence: Sentence, start: int, *, core_end: int) -> Iterator[int]:
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


def _is_one(sentence: Sentence, end: int) -> bool:
    """Whether what stands after "between" is but one side: "between Moscow | and Kyiv"."""
    return sentence.codes[end : end + 1] == "C" or not is_plural(sentence.tokens[end - 1].text)


def _is_half_name(sentence: Sentence, end: int) -> bool:
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


def _is_tied(sentence: Sentence, at: int, *, start: int, is_subject: bool) -> bool:
    """Whether the preposition or conjunction at ``at`` belongs to the noun before it and not to the verb."""
    codes, token = sentence.codes, sentence.tokens[at]
    if codes[at] == "F":
        return not (start and sentence.tokens[start - 1].text.lower() in verbs.TELLING_VERBS)
    if codes[at] == "B":
        return codes[at - 1] == "N"
    if codes[at] == "C":
        return _is_pair(sentence, at, start=start)
    head = sentence.tokens[at - 1].text.lower()
    takers = english.TAKERS.get(token.text.lower())
    if takers is not None and head in takers:
        return codes[at - 1] == "N" or (codes[at - 1] == "P" and head in english.INSTITUTIONS)
    return is_subject and codes[at] == "L" and codes[at - 1] == "N" and token.text.lower() != "from"


def _is_pair(sentence: Sentence, at: int, *, start: int) -> bool:
    """Whether "and" joins two of a kind: names, or nouns, of which the first is not a part of what stands before."""
    codes = sentence.codes
    has_article = codes[at + 1 : at + 2] in {"D", "d"}
    after = _CORE.match(codes, at + 1 + has_article)
    if after is None or sentence.tokens[at].text.lower() not in {"and", "or", "&"}:
        return False
    is_even = codes[at - 1] == codes[after.end() - 1] and (not has_article or codes[start - 1 : start] in {"D", "d"})
    return is_even and not set(codes[start:at]) & set("LT") and codes[start - 1 : start] != "C"


def is_plural(word: str) -> bool:
    """Whether ``word`` is a noun in the plural that stands for itself, not in front of another."""
    return word.lower() == "people" or (
        word.endswith("s") and not word.endswith("ss") and word not in english.PLURALS_BEFORE_NOUNS
    )
