"""Floor 2, inside the titles of chapters: the phrase that says most of its chapter. Pure.

A title is the phrase that says most of what this chapter has and the others have not, preferably from its first
sentences, and that reads well on its own. It is a proposal: authors write better ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from math import log
from typing import NamedTuple

from pipeline.chapters.titling.coding import names_in
from pipeline.chapters.titling.phrases import is_heading, phrases_of
from pipeline.chapters.titling.reading import BEST_READING, head_of, reading
from pipeline.chapters.titling.sentences import Kind, Phrase
from pipeline.chapters.titling.vocabulary import OFFICES, VAGUE_HEADS
from pipeline.chapters.words import stem, stems_of

Section = Sequence[Sequence[str]]
_Candidate = tuple[float, Phrase]

#: How much of a chapter is searched: a title from its end would mislead, and long chapters cost time.
_SENTENCES_SEARCHED = 8
#: And how much of its later paragraphs.
_OF_A_PARAGRAPH = 2
#: What a word is worth that this section has no more of than the others.
_COMMON = 0.4
#: Offices, states and empty words are said everywhere, also where they are said more often.
_EVERYWHERE = frozenset(stem(word) for word in OFFICES | VAGUE_HEADS)
_IS_EVERYWHERE = 0.5
#: A word that is said once, and not at the beginning, is no subject.
_SAID_ONCE = 0.3
_SAID_ONCE_EARLY = 0.55
#: The more often a word is said, the more it is the subject.
_BY_COUNT = 0.6
#: Half would favour single words, nothing long phrases.
_BY_LENGTH = 0.4
#: What a phrase hangs on and is never said again is no subject either; in a statement the verb counts as well.
_IS_ONCE = {Kind.HEADING: 1.0, Kind.NOUN_PHRASE: 0.6, Kind.GERUND: 0.65, Kind.STATEMENT: 1.0, Kind.CLAUSE: 1.0}
_IS_REPEATED = 0.3
#: A phrase that says no more than the title of the article.
_IS_KNOWN = 0.3
_OPENING_SENTENCES = 2
#: A statement from the beginning sums a chapter up, one from the middle is one of many: its place counts twice.
_STATEMENTS = frozenset({Kind.STATEMENT, Kind.CLAUSE})
_STATEMENTS_PLACE = 1.5
#: No phrase gains more than this by its shape and place.
_BEST = BEST_READING * 1.27


class _Weights(NamedTuple):
    """How much each stem speaks of a section, and the stems of its first sentences."""

    by_stem: dict[str, float]
    counts: Counter[str]
    known: frozenset[str]


def topic_titles(sections: Sequence[Section], article_title: str = "") -> tuple[str, ...]:
    """A title of at most 40 characters for every section but the first, no two equal.

    ``sections`` hold paragraphs, and these their sentences; the first one, the opening, is only compared with, and so
    is ``article_title``: the subject of the whole is no title for a part.
    """
    texts = [[sentence for paragraph in section for sentence in paragraph] for section in sections]
    names = names_in(sentence for text in texts for sentence in text if not is_heading(sentence))
    stems = [[stems_of(sentence) for sentence in text] for text in texts]
    counts = [Counter(word for sentence in text for word in sentence) for text in stems]
    total = sum(counts, Counter())
    known = frozenset(stems_of(article_title))
    titles: list[str] = []
    for number, section in enumerate(sections[1:], start=1):
        opening = {word for sentence in stems[number][:_OPENING_SENTENCES] for word in sentence}
        weights = _Weights(_by_stem(counts[number], total, opening=opening), counts[number], known)
        titles.append(_title(_candidates(section, names), weights, taken=titles) or f"Part {number + 1}")
    return tuple(titles)


def _by_stem(own: Counter[str], total: Counter[str], *, opening: set[str]) -> dict[str, float]:
    """How much each stem speaks of this section: how often it occurs, and how much more often than elsewhere.

    The section's frequencies are smoothed with those of the whole, so that a word that occurs once proves little.
    """
    inside, everywhere = sum(own.values()), sum(total.values())
    weights = {}
    for word, count in own.items():
        expected = total[word] / everywhere
        here = (count + inside / 2 * expected) / (inside * 1.5)
        worth = count**_BY_COUNT * (_COMMON + max(0.0, log(here / expected)))
        once = _SAID_ONCE_EARLY if word in opening else _SAID_ONCE
        worth *= _IS_EVERYWHERE if word in _EVERYWHERE else 1.0
        weights[word] = worth * (once if count == 1 else 1.0)
    return weights


def _title(candidates: Iterable[_Candidate], weights: _Weights, *, taken: Sequence[str]) -> str | None:
    """The best candidate; none that repeats what an earlier title says unless there is nothing else."""
    used, equal = [set(stems_of(title)) for title in taken], {title.casefold() for title in taken}
    best, best_score = None, 0.0
    for place, phrase in candidates:
        stems = {stem for word in phrase.text.split() for stem in _stems_of_word(word)}
        score = place * sum(weights.by_stem.get(word, 0.0) for word in stems) / (len(stems) + 1) ** _BY_LENGTH
        if score * _BEST <= best_score:
            continue
        title = phrase.text[:1].upper() + phrase.text[1:]
        score *= reading(phrase) * _recurrence(phrase, weights)
        score *= place / _STATEMENTS_PLACE if phrase.kind in _STATEMENTS else 1.0
        score *= _IS_REPEATED if any(stems <= old or old <= stems for old in used) else 1.0
        score *= _IS_KNOWN if stems <= weights.known and phrase.kind is not Kind.HEADING else 1.0
        if score > best_score and title.casefold() not in equal:
            best, best_score = title, score
    return best


@lru_cache(maxsize=1 << 14)
def _stems_of_word(word: str) -> tuple[str, ...]:
    return stems_of(word)


def _recurrence(phrase: Phrase, weights: _Weights) -> float:
    """What is lost where the chapter never speaks again of what the phrase hangs on."""
    head = _stems_of_word(phrase.text.split()[head_of(phrase)])
    return 1.0 if head and weights.counts[head[0]] > 1 else _IS_ONCE[phrase.kind]


def _candidates(section: Section, names: frozenset[str]) -> Iterator[_Candidate]:
    """The phrases of its first sentences, and what the place of each is worth."""
    sentences = (
        (_worth_of_place(number, place), sentence)
        for number, paragraph in enumerate(section)
        for place, sentence in enumerate(paragraph[: _OF_A_PARAGRAPH if number else _SENTENCES_SEARCHED])
    )
    for number, (worth, sentence) in enumerate(islice(sentences, _SENTENCES_SEARCHED)):
        for phrase in phrases_of(sentence, names):
            # A line like a heading in the middle is an item of a list.
            if phrase.kind is not Kind.HEADING or number == 0:
                yield worth, phrase


def _worth_of_place(paragraph: int, sentence: int) -> float:
    """The first sentences announce what a chapter is about, and so does the first one of a paragraph."""
    if paragraph == 0:
        return (1.9, 1.45, 1.2)[min(sentence, 2)]
    return 1.15 if sentence == 0 else 0.85
