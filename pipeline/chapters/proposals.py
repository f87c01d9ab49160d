"""Floor 2, inside the chapters: what is proposed where the author set nothing. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.chapters.openings import opening_weight
from pipeline.chapters.passages import Passage, passages_of
from pipeline.chapters.titling import topic_titles
from pipeline.chapters.topics import Limits, Stretch, topic_starts
from pipeline.chapters.words import stems_of
from pipeline.model import Chapter, ChapterOrigin, Script, Timeline

#: Authors write 200 to 240 words a section. At this figure there are 213 in a proposed chapter (mean of 272 articles),
#: because the least length takes some away. Below three minutes nobody looks for a place.
_WORDS_A_CHAPTER = 205
_FEWEST, _MOST = 3, 8
SHORTEST_PROPOSAL_S = 180.0
_LEAST_S = 45.0
#: Between so many stretches of text boundaries are looked for; time grows with the square of them.
_MOST_STRETCHES = 400


def proposed_chapters(script: Script, timeline: Timeline, *, end: int) -> tuple[Chapter, ...]:
    """The Chapters after the opening, titled by their own words; ``end`` is where the body ends.

    None where the piece is shorter than three minutes or cannot be cut into three, the opening's included.
    """
    passages = passages_of(script, timeline)
    if timeline.length < SHORTEST_PROPOSAL_S * timeline.sample_rate or not passages:
        return ()
    starts = _starts(passages, sample_rate=timeline.sample_rate, end=end)
    if len(starts) < _FEWEST:
        return ()
    sections = [passages[start:stop] for start, stop in pairwise([*starts, len(passages)])]
    texts = [tuple(passage.sentences for passage in section) for section in sections]
    titles = topic_titles(texts, script.title)
    return tuple(
        Chapter(start=section[0].start, title=title, origin=ChapterOrigin.AUTO, paragraph=section[0].number)
        for section, title in zip(sections[1:], titles, strict=True)
    )


def _starts(passages: tuple[Passage, ...], *, sample_rate: int, end: int) -> tuple[int, ...]:
    """The numbers of the passages with which the proposed chapters begin."""
    words = sum(passage.words for passage in passages)
    count = min(_MOST, max(_FEWEST, round(words / _WORDS_A_CHAPTER)))
    limits = Limits(count=count, least_words=words // count // 4, least_s=_LEAST_S, most_words=2.5 * words / count)
    firsts = _divisible(passages, least_words=words // _MOST_STRETCHES)
    stretches = [
        _stretch(passages[start:stop], sample_rate=sample_rate) for start, stop in pairwise([*firsts, len(passages)])
    ]
    return tuple(firsts[number] for number in topic_starts(stretches, limits, end_s=end / sample_rate))


def _divisible(passages: Sequence[Passage], *, least_words: int) -> list[int]:
    """The numbers of the passages between which boundaries are looked for.

    All of them, but in a text of very many: there what is shorter than ``least_words`` is not divided.
    """
    firsts, words = [0], 0
    for number, passage in enumerate(passages):
        if number and passage.can_begin and words >= least_words:
            firsts.append(number)
            words = 0
        words += passage.words
    return firsts


def _stretch(passages: Sequence[Passage], *, sample_rate: int) -> Stretch:
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    return Stretch(
        stems=stems_of(" ".join(sentences)),
        words=sum(passage.words for passage in passages),
        start_s=passages[0].start / sample_rate,
        can_begin=passages[0].can_begin,
        opening=opening_weight(passages[0].sentences),
    )
