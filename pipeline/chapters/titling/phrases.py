"""Floor 2, inside the titles of chapters: the phrases of a sentence that can stand alone as a title. Pure.

Noun phrases and gerunds (`nouns.py`) and short statements (`clauses.py`) as they stand there. What would be a fragment,
half a name, or a verb taken for a noun is not a phrase in the first place.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise

from pipeline.chapters.titling import verbs
from pipeline.chapters.titling import vocabulary as english
from pipeline.chapters.titling.clauses import breaks_off, says_something, statements
from pipeline.chapters.titling.coding import NOMINAL, Token, coded, is_always_name
from pipeline.chapters.titling.nouns import gerunds, is_plural, noun_phrases
from pipeline.chapters.titling.sentences import STATEMENTS, Kind, Phrase, Place, Sentence
from pipeline.chapters.words import ARTICLES, STOP_WORDS
from pipeline.patterns import regex

LONGEST = 40
#: A line that could be a heading; it is not looked for in more than 40 characters.
_HEADING = regex(r"[A-Z0-9][\w.’'/-]*(?: [\w.,’'/–&:-]+){0,8} [\w’'/-]*[a-z]", re.ASCII)
#: The second item of a list.
LIST = regex(r",[DdS]?[JNPpnEGM]+(?:[FL][Dd]?[JNPpnEGM]+)?(?:,|C)")
_RUN_TOGETHER = regex("NP+N")
_NAMED_NOUN = regex("J?P+N")
#: What an order follows, and a verb without its subject.
_BEFORE_ORDERS = frozenset("Qq,CAKOXTW")


def phrases_of(sentence: str, names: frozenset[str]) -> Iterator[Phrase]:
    """Every phrase of ``sentence`` that could be a title of at most 40 characters; each once."""
    if is_heading(sentence):
        yield Phrase(_in_sentence_case(sentence, names), Kind.HEADING, "N", "", "")
        return
    tokens = coded(sentence, names)
    whole = Sentence(sentence, tokens, "".join(token.code for token in tokens))
    seen = set()
    for place in chain(statements(whole), noun_phrases(whole), gerunds(whole)):
        if place[1:] not in seen and _is_phrase(whole, place):
            seen.add(place[1:])
            inside = place.inside(tokens)
            codes = "".join(token.code for token in inside)
            yield Phrase(_text(inside), place.kind, codes, whole.codes[: place.first], whole.codes[place.end :])


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


def _text(tokens: Sequence[Token]) -> str:
    """The words as they stand there, without those that only tie the sentence to the one before."""
    kept = [token for token in tokens if token.code != "A" or token.text.lower() not in english.DISCOURSE_ADVERBS]
    pieces = [kept[0].text]
    for one, two in pairwise(kept):
        pieces += ["" if one.end == two.start else " ", two.text]
    return "".join(pieces)


def _in_sentence_case(heading: str, names: frozenset[str]) -> str:
    """``heading`` with capitals only where it begins and in names: "The quota system", "The Smoot Tariff Act"."""
    words = heading.split()
    is_in_name = [False] * len(words)
    for number in range(len(words) - 1, 0, -1):
        is_last = words[number].lower() in english.HEADS_OF_NAMES and words[number - 1].lower() not in STOP_WORDS
        is_in_name[number] = words[number][0].isupper() and (is_last or is_in_name[min(number + 1, len(words) - 1)])
    keeps = [named or is_always_name(word, names) for named, word in zip(is_in_name, words, strict=True)]
    return " ".join([words[0], *(w if kept else w.lower() for w, kept in zip(words[1:], keeps[1:], strict=True))])


def _is_phrase(sentence: Sentence, place: Place) -> bool:
    """Whether it is short enough and whole: no half of a name or list, no quotation, nothing run together."""
    tokens, kind, first, end = sentence.tokens, place.kind, place.first, place.end
    is_cut_off = end == len(tokens) and tokens[-1].end < len(sentence.text.rstrip())
    length = _length(tokens, place)
    if is_cut_off or length > LONGEST:
        return False
    inside = place.inside(tokens)
    faults: tuple[Callable[[Sequence[Token]], bool], ...] = (_is_run_together, _ends_badly, _is_unreadable)
    if any(is_faulty(inside) for is_faulty in faults):
        return False
    if kind in STATEMENTS:
        lacks_article = first > 0 and sentence.codes[first - 1] == "D" and length + len("The ") <= LONGEST
        return not lacks_article and says_something(inside, kind) and not LIST.match(sentence.codes, end)
    if kind is Kind.GERUND and _waits_for_more(tokens, first, end=end):
        return False
    return not _has_two_objects(tokens, first) and not _may_be_order(sentence, first, end=end)


def _length(tokens: Sequence[Token], place: Place) -> int:
    """How many characters it has at most."""
    length = tokens[place.end - 1].end - tokens[place.first].start
    if place.gap is None:
        return length
    return length - (tokens[place.gap[1]].start - tokens[place.gap[0] - 1].end) + 1


def _may_be_order(sentence: Sentence, first: int, *, end: int) -> bool:
    """Whether its first word may as well be a verb there: "Pair program", "use GitHub"."""
    return (
        end - first > 1
        and sentence.codes[first] == "N"
        and sentence.codes[first + 1] in NOMINAL
        and (first == 0 or sentence.codes[first - 1] in _BEFORE_ORDERS)
        and sentence.tokens[first].text.lower() in verbs.VERBS_LIKE_NOUNS
    )


def _is_unreadable(tokens: Sequence[Token]) -> bool:
    return any(token.code in "qQY" for token in tokens)


def _is_run_together(tokens: Sequence[Token]) -> bool:
    """Whether a name stands before an adjective that is not its own: "promised Yeltsin | strong support"."""
    codes = "".join(token.code for token in tokens)
    if _RUN_TOGETHER.search(codes) or (_NAMED_NOUN.fullmatch(codes) and _is_office(tokens)):
        return True
    return any(
        (one.code == "P" and (two.code == "G" or (two.code in "JE" and not two.text[0].isupper())))
        or (one.code + two.code == "NN" and is_plural(one.text) and two.text.islower())
        for one, two in pairwise(tokens)
    )


def _is_office(tokens: Sequence[Token]) -> bool:
    """Whether it names somebody with his office, so that a verb follows: "that Vice President Reyl | travel"."""
    return len(tokens) > 3 and any(token.text.lower() in english.PEOPLE for token in tokens[:-2])


def _ends_badly(tokens: Sequence[Token]) -> bool:
    """Whether it breaks off: after an adjective, "Soviet" of "Soviet Union", an -ing, a title without its name."""
    last = tokens[-1]
    lower = last.text.lower()
    if last.code == "A":
        return lower not in english.ENDING_ADVERBS
    if last.code == "V":
        return breaks_off(tokens)
    if lower == "no" or (lower.endswith("ing") and tokens[-2:][0].code in "RL"):  # "Bill No | 2", "by opening | up"
        return True
    if lower == "military":  # "an increase in military | and economic aid"
        return tokens[-2:][0].code in "FLBRT"
    if last.code == "P":
        return lower in english.ORIGINS or lower in english.TITLES_BEFORE_NAMES
    return last.code in "JGIZ" and (
        lower in STOP_WORDS or tokens[-2:][0].code in "Dd" or all(token.code != "X" for token in tokens)
    )


def _waits_for_more(tokens: Sequence[Token], first: int, *, end: int) -> bool:
    """Whether a gerund lacks its second half: "giving the envoys | time", "turning swords | into ploughshares"."""
    has_more = end < len(tokens) and tokens[end].code in "LRT"
    return has_more or tokens[first].text.lower() in verbs.GIVING_VERBS


def _has_two_objects(tokens: Sequence[Token], first: int) -> bool:
    """Whether a name and what it was given run together: "gave Japan ownership"."""
    before = tokens[first - 1] if first else None
    return before is not None and before.text.lower() in verbs.GIVING_VERBS and tokens[first].code == "P"
