"""Floor 2, inside the chapters: a title for each proposed chapter, out of its own words. Pure.

A title is the phrase that says most of what this chapter has and the others have not, preferably from its first
sentences, and that reads well on its own. It is a proposal: authors write better ones.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log, sqrt

from pipeline.chapters.phrases import Kind, Phrase, names_in, phrases_of
from pipeline.chapters.words import OFFICES, PEOPLE, VAGUE_HEADS, stems_of

Section = tuple[tuple[str, ...], ...]
_Candidate = tuple[float, Phrase]

#: How much of a chapter is searched: a title from its end would mislead, and long chapters cost time.
_SENTENCES_SEARCHED = 20
#: What a word is worth that this section has no more of than the others.
_COMMON = 0.3
_BY_KIND = {Kind.NOUN_PHRASE: 1.0, Kind.GERUND: 1.15, Kind.STATEMENT: 1.15, Kind.CLAUSE: 1.5}
_TIED = 1.2
_BEST_READING = max(_BY_KIND.values()) * _TIED
_NOMINAL_KINDS = frozenset({Kind.NOUN_PHRASE, Kind.GERUND})
#: What is lost where the text goes on with "to do", "that", "and", "between", a preposition.
_BY_FOLLOWER = {"T": 0.6, "W": 0.6, "C": 0.7, "B": 0.6, "L": 0.85, "R": 0.9}
#: What is lost where the phrase is said of a subject, is half of a pair, or hangs on an idiom like "at great cost".
_BY_LEADER = (
    (("X", "XA"), 0.5),
    (("JC", "NC", "PC", "EC"), 0.7),
    (("R", "S"), 0.8),
)
#: "Nor has there been any let-up in the fighting" is not about a let-up.
_IS_DENIED = 0.3
_IS_REPEATED = 0.3
_CONTENT = frozenset("NPpnJEGIV")


def topic_titles(sections: Sequence[Section]) -> tuple[str, ...]:
    """A title of at most 40 characters for every section but the first, no two equal.

    ``sections`` hold paragraphs, and these their sentences; the first one, the opening, is only compared with.
    """
    texts = [[sentence for paragraph in section for sentence in paragraph] for section in sections]
    names = names_in(sentence for text in texts for sentence in text)
    counts = [Counter(word for sentence in text for word in stems_of(sentence)) for text in texts]
    total = sum(counts, Counter())
    titles: list[str] = []
    for number, section in enumerate(sections[1:], start=1):
        weights = _weights(counts[number], total)
        titles.append(_title(_candidates(section, names), weights, taken=titles) or f"Part {number + 1}")
    return tuple(titles)


def _weights(own: Counter[str], total: Counter[str]) -> dict[str, float]:
    """How much each stem speaks of this section: how often it occurs, and how much more often than elsewhere.

    The section's frequencies are smoothed with those of the whole, so that a word that occurs once proves little.
    """
    inside, everywhere = sum(own.values()), sum(total.values())
    weights = {}
    for word, count in own.items():
        expected = total[word] / everywhere
        here = (count + inside / 2 * expected) / (inside * 1.5)
        weights[word] = sqrt(count) * (_COMMON + max(0.0, log(here / expected)))
    return weights


def _title(candidates: Iterable[_Candidate], weights: dict[str, float], *, taken: list[str]) -> str | None:
    """The best candidate; none that repeats what an earlier title says unless there is nothing else."""
    used, known = [set(stems_of(title)) for title in taken], {title.casefold() for title in taken}
    best, best_score = None, 0.0
    for place, phrase in candidates:
        stems = set(stems_of(phrase.text))
        score = place * sum(weights.get(word, 0.0) for word in stems) / sqrt(len(stems) + 1)
        if score * _BEST_READING <= best_score:
            continue
        title = phrase.text[:1].upper() + phrase.text[1:]
        score *= _reading(phrase) * (_IS_REPEATED if any(stems <= old or old <= stems for old in used) else 1.0)
        if score > best_score and title.casefold() not in known:
            best, best_score = title, score
    return best


def _candidates(section: Section, names: frozenset[str]) -> Iterator[_Candidate]:
    searched = 0
    for number, paragraph in enumerate(section):
        for place, sentence in enumerate(paragraph):
            worth = _worth_of_place(number, place)
            yield from ((worth, phrase) for phrase in phrases_of(sentence, names))
        searched += len(paragraph)
        if searched > _SENTENCES_SEARCHED:
            return


def _worth_of_place(paragraph: int, sentence: int) -> float:
    """The first sentences announce what a chapter is about, and so does the first one of a paragraph."""
    if paragraph == 0:
        return (1.7, 1.35, 1.2)[min(sentence, 2)]
    return 1.15 if sentence == 0 else 1.0


def _reading(phrase: Phrase) -> float:
    """How well it reads as a title, whatever it is about."""
    return _BY_KIND[phrase.kind] * _shape(phrase) * _length(phrase.text) * _wholeness(phrase)


def _shape(phrase: Phrase) -> float:
    """What its build is worth: several words that are tied together say more than a name or a single word."""
    codes = phrase.codes.lstrip("Dd")
    if len(codes) == 1:
        return 0.5 if codes in "Pp" else 0.25
    if set(codes) <= set("PpFCDd"):
        return 0.4 if not PEOPLE.isdisjoint(phrase.text.lower().split()) else 0.75
    return _TIED if set(codes) & set("FLBT") else 1.0


def _length(text: str) -> float:
    """Around 25 characters, as authors' own headings are."""
    return 1.0 if 14 <= len(text) <= 36 else 0.8


def _wholeness(phrase: Phrase) -> float:
    """Less than 1 where something is missing: what stands around it was cut off, or it says nothing by itself."""
    words = phrase.text.lower().split()
    worth = 0.4 if words[_head(phrase)] in VAGUE_HEADS or words[-1] in VAGUE_HEADS else 1.0
    if all(word in OFFICES or code not in _CONTENT for word, code in zip(words, phrase.codes, strict=False)):
        worth *= 0.3
    if phrase.kind in _NOMINAL_KINDS:
        worth *= _IS_DENIED if phrase.before.rfind("K") > max(map(phrase.before.rfind, ",Q")) else 1.0
        worth *= next((loss for endings, loss in _BY_LEADER if phrase.before.endswith(endings)), 1.0)
    return worth * _BY_FOLLOWER.get(phrase.after[:1], 1.0)


def _head(phrase: Phrase) -> int:
    """The number of the word that the rest hangs on: the last one before the first tie."""
    tie = re.search("[FLBTC]", phrase.codes)
    return min(tie.start() if tie else len(phrase.codes), len(phrase.text.split())) - 1
