"""Floor 2, inside the chapters: what is proposed where the author set nothing. Pure."""

from itertools import pairwise

from pipeline.chapters.passages import Passage, passages_of
from pipeline.chapters.titles import topic_titles
from pipeline.chapters.topics import Limits, Stretch, topic_starts
from pipeline.chapters.words import stems_of
from pipeline.model import Chapter, ChapterOrigin, Script, Timeline

#: Authors write about 240 words a section; below three minutes nobody looks for a place.
_WORDS_A_CHAPTER = 230
_FEWEST, _MOST = 3, 8
_LEAST_WORDS, _LEAST_S, _SHORTEST_PIECE_S = 110, 45.0, 180.0


def proposed_chapters(script: Script, timeline: Timeline, *, end: int) -> tuple[Chapter, ...]:
    """The Chapters after the opening, titled by their own words; ``end`` is where the body ends.

    None where the piece is shorter than three minutes or cannot be cut into three, the opening's included.
    """
    passages = passages_of(script, timeline)
    if timeline.length < _SHORTEST_PIECE_S * timeline.sample_rate or not passages:
        return ()
    starts = _starts(passages, sample_rate=timeline.sample_rate, end=end)
    if len(starts) < _FEWEST:
        return ()
    sections = [passages[start:stop] for start, stop in pairwise([*starts, len(passages)])]
    titles = topic_titles([tuple(passage.sentences for passage in section) for section in sections])
    return tuple(
        Chapter(start=section[0].start, title=title, origin=ChapterOrigin.AUTO, paragraph=section[0].number)
        for section, title in zip(sections[1:], titles, strict=True)
    )


def _starts(passages: tuple[Passage, ...], *, sample_rate: int, end: int) -> tuple[int, ...]:
    """The numbers of the passages with which the proposed chapters begin."""
    words = sum(passage.words for passage in passages)
    count = min(_MOST, max(_FEWEST, round(words / _WORDS_A_CHAPTER)))
    limits = Limits(
        count=count,
        least_words=max(_LEAST_WORDS, words // count // 4),
        least_s=_LEAST_S,
        most_words=2.5 * words / count,
    )
    stretches = [
        Stretch(
            stems=stems_of(" ".join(passage.sentences)),
            words=passage.words,
            start_s=passage.start / sample_rate,
            can_begin=passage.can_begin,
        )
        for passage in passages
    ]
    return topic_starts(stretches, limits, end_s=end / sample_rate)
