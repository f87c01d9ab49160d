"""Floor 2, inside the chapters: headings where the author set them, otherwise a proposal. Pure."""

from pipeline.chapters.headings import TITLE_CHARACTERS, has_headings, heading_chapters
from pipeline.chapters.passages import closing_start, passages_of
from pipeline.chapters.proposals import proposed_chapters
from pipeline.chapters.words import cut
from pipeline.errors import ScriptError
from pipeline.model import Chapter, ChapterOrigin, Script, Timeline

#: Two chapters are enough: JSON and tags know no minimum, only time stamps in show notes need three.
_FEWEST = 2
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
        chapters = _from_headings(script, timeline, end=end)
    else:
        chapters = _from_topics(script, timeline, end=end)
    if chapters and end < timeline.length:
        chapters = (*chapters, Chapter(start=end, title=_CLOSING_TITLE, origin=ChapterOrigin.CLOSING))
    return _with_titles_apart(chapters) if len(chapters) >= _FEWEST else ()


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
    """The opening and the proposal, where there is one; what makes a good title is known for English alone."""
    chapters = proposed_chapters(script, timeline, end=end) if _is_english(script) else ()
    return (_opening(script), *chapters) if chapters else ()


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
