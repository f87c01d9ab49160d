"""Floor 2, inside the chapters: headings where the author set them, otherwise a proposal. Pure."""

from itertools import pairwise

from pipeline.chapters.headings import TITLE_CHARACTERS, has_headings, heading_chapters
from pipeline.chapters.passages import Passage, closing_start, passages_of
from pipeline.chapters.titles import topic_titles
from pipeline.chapters.topics import Limits, Stretch, topic_starts
from pipeline.chapters.words import cut, stems_of
from pipeline.errors import ScriptError
from pipeline.model import Chapter, ChapterOrigin, Script, Timeline

#: Proposed chapters. Authors write about 240 words a section; below three minutes nobody looks for a place.
_WORDS_A_CHAPTER = 230
_FEWEST, _MOST = 3, 8
_LEAST_WORDS, _LEAST_S, _SHORTEST_PIECE_S = 110, 45.0, 180.0
#: From headings two chapters are enough: JSON and tags know no minimum, only time stamps in show notes need three.
_FEWEST_FROM_HEADINGS = 2
_OWN_CLOSING_S = _OWN_OPENING_S = 20.0

#: Our own words, and what stands in for them where the author used them for a heading.
_OPENING_TITLE, _CLOSING_TITLE = "Introduction", "Closing notes"
_OTHER_TITLES: dict[ChapterOrigin, tuple[str, ...]] = {
    ChapterOrigin.OPENING: ("Opening",),
    ChapterOrigin.CLOSING: ("Credits",),
}


def find_chapters(script: Script, timeline: Timeline) -> tuple[Chapter, ...]:
    """The Chapters of an episode, the first at sample 0; none where they would help nobody.

    From the headings where there are any, otherwise proposed from where the topic changes: in English, for three
    minutes of sound and more. No two titles are equal.

    Raises: ScriptError where Script and Timeline do not belong together.
    """
    _expect_a_placement_each(script, timeline)
    end = _body_end(script, timeline)
    if has_headings(script):
        chapters, fewest = _from_headings(script, timeline, end=end), _FEWEST_FROM_HEADINGS
    else:
        chapters, fewest = _from_topics(script, timeline, end=end), _FEWEST
    if chapters and end < timeline.length:
        chapters = (*chapters, Chapter(start=end, title=_CLOSING_TITLE, origin=ChapterOrigin.CLOSING))
    return _with_titles_apart(chapters) if len(chapters) >= fewest else ()


def _expect_a_placement_each(script: Script, timeline: Timeline) -> None:
    utterances, placements = len(script.utterances), len(timeline.placements)
    if utterances != placements:
        raise ScriptError(
            f"the script of “{script.title}” has {utterances} utterances, its timeline {placements} placements",
            cure="arrange this very script again",
        )


def _body_end(script: Script, timeline: Timeline) -> int:
    """Where the last chapter of the body ends: at the closing where that is long enough to be one of its own."""
    start = closing_start(script, timeline)
    is_own = _is_english(script) and timeline.length - start >= _OWN_CLOSING_S * timeline.sample_rate
    return start if is_own else timeline.length


def _is_english(script: Script) -> bool:
    return script.language.lower().split("-")[0] == "en"


def _from_headings(script: Script, timeline: Timeline, *, end: int) -> tuple[Chapter, ...]:
    """The headings' Chapters after the opening; a short opening without body belongs to the first heading."""
    chapters = heading_chapters(script, timeline, end=end)
    if not chapters:
        return ()
    first, passages = chapters[0], passages_of(script, timeline)
    has_body_before = bool(passages) and passages[0].start < first.start
    if has_body_before or first.start >= _OWN_OPENING_S * timeline.sample_rate:
        return (_opening(script), *chapters)
    moved = Chapter(start=0, title=first.title, origin=first.origin, paragraph=first.paragraph)
    return (moved, *chapters[1:])


def _opening(script: Script) -> Chapter:
    """The first Chapter. Players show it under the episode's title, so it need not repeat that; our word is English."""
    title = _OPENING_TITLE if _is_english(script) else cut(script.title, TITLE_CHARACTERS)
    return Chapter(start=0, title=title, origin=ChapterOrigin.OPENING)


def _from_topics(script: Script, timeline: Timeline, *, end: int) -> tuple[Chapter, ...]:
    passages = passages_of(script, timeline)
    if not _is_english(script) or timeline.length < _SHORTEST_PIECE_S * timeline.sample_rate or not passages:
        return ()
    starts = _starts(passages, sample_rate=timeline.sample_rate, end=end)
    if len(starts) < 2:
        return ()
    sections = [passages[start:stop] for start, stop in pairwise([*starts, len(passages)])]
    titles = topic_titles([tuple(passage.sentences for passage in section) for section in sections])
    return (
        _opening(script),
        *(
            Chapter(start=section[0].start, title=title, origin=ChapterOrigin.AUTO, paragraph=section[0].number)
            for section, title in zip(sections[1:], titles, strict=True)
        ),
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


def _with_titles_apart(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """The same Chapters with no two titles equal: a later one is numbered, our own words give way to the author's."""
    taken = {chapter.title.casefold() for chapter in chapters if chapter.origin is ChapterOrigin.HEADING}
    made: list[Chapter] = []
    used: set[str] = set()
    for chapter in chapters:
        title = _free_title(chapter, used if chapter.origin is ChapterOrigin.HEADING else used | taken)
        used.add(title.casefold())
        made.append(Chapter(start=chapter.start, title=title, origin=chapter.origin, paragraph=chapter.paragraph))
    return tuple(made)


def _free_title(chapter: Chapter, used: set[str]) -> str:
    numbered = (f"{cut(chapter.title, TITLE_CHARACTERS - 5)} ({number})" for number in range(2, len(used) + 3))
    choices = (chapter.title, *_OTHER_TITLES.get(chapter.origin, ()), *numbered)
    return next(title for title in choices if title.casefold() not in used)
