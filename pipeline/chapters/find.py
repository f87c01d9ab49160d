"""Floor 2, inside the chapters: the author's marks, else the author's headings, else a proposal. Pure."""

from collections.abc import Sequence

import msgspec

from pipeline.chapters.authored import authored_chapters
from pipeline.chapters.headings import (
    TITLE_CHARACTERS,
    heading_chapters,
    is_divided,
    notes_chapter,
)
from pipeline.chapters.passages import body_start, closing_start
from pipeline.chapters.proposals import proposed_chapters
from pipeline.chapters.words import cut
from pipeline.errors import ScriptError
from pipeline.model import Chapter, ChapterMark, ChapterOrigin, Script, Timeline

#: Two chapters are enough: JSON and tags know no minimum, only time stamps in show notes need three.
_FEWEST = 2
#: The closing, and notes after a proposal, are chapters of their own where they are as long as any proposed one must
#: be; a short opening joins the first.
_OWN_CLOSING_S, _OWN_OPENING_S = 45.0, 20.0

#: Our own words, and what stands in for them where the author used them for a title.
_OPENING_TITLE, _CLOSING_TITLE = "Introduction", "Closing notes"
_OTHER_TITLES: dict[ChapterOrigin, tuple[str, ...]] = {
    ChapterOrigin.OPENING: ("Opening",),
    ChapterOrigin.CLOSING: ("Credits",),
}
#: Titles that the author wrote: ours give way to them.
_WRITTEN = frozenset({ChapterOrigin.AUTHOR, ChapterOrigin.HEADING})


def find_chapters(
    script: Script,
    timeline: Timeline,
    *,
    marks: Sequence[ChapterMark] | None = None,
    propose: bool = True,
) -> tuple[Chapter, ...]:
    """The Chapters of an episode, the first at sample 0; none where they would help nobody.

    From ``marks``, those of the front matter, where there are any, () being the wish for none; else from the headings
    where they divide the body; else, unless ``propose`` is false, those that `propose_chapters` gives.

    Raises: ScriptError where Script and Timeline do not belong together, and where the text has no place for a mark.
    """
    _expect_a_placement_each(script, timeline)
    if marks is not None:
        # One is enough where the author wants it, and the titles stay as they are.
        return _completed(authored_chapters(script, timeline, marks=marks), script, timeline=timeline) if marks else ()
    headings = heading_chapters(script, timeline, end=_body_end(script, timeline))
    found = _completed(headings, script, timeline=timeline)
    found = found if len(found) >= _FEWEST else ()
    is_enough = bool(found) and is_divided(script)
    return found if is_enough or not propose else propose_chapters(script, timeline) or found


def propose_chapters(script: Script, timeline: Timeline) -> tuple[Chapter, ...]:
    """The Chapters that an article has of which its author divided nothing; its marks and headings do not count.

    From where the topic changes: in English, for three minutes of sound and more.

    Raises: ScriptError where Script and Timeline do not belong together.
    """
    _expect_a_placement_each(script, timeline)
    end = _body_end(script, timeline)
    notes = notes_chapter(script, timeline)
    notes = notes if notes and end - notes[0].start >= _OWN_CLOSING_S * timeline.sample_rate else ()
    end = notes[0].start if notes else end
    chapters = proposed_chapters(script, timeline, end=end) if _is_english(script) else ()
    return _completed((_opening(script), *chapters, *notes), script, timeline=timeline) if chapters else ()


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


def _completed(chapters: tuple[Chapter, ...], script: Script, *, timeline: Timeline) -> tuple[Chapter, ...]:
    """The same Chapters with the opening before them and the closing after them, and with titles apart."""
    if not chapters:
        return ()
    chapters = _from_the_start(chapters, script, timeline=timeline)
    end = _body_end(script, timeline)
    if chapters[-1].start < end < timeline.length:
        chapters = (*chapters, Chapter(start=end, title=_CLOSING_TITLE, origin=ChapterOrigin.CLOSING))
    return _with_titles_apart(chapters)


def _from_the_start(chapters: tuple[Chapter, ...], script: Script, *, timeline: Timeline) -> tuple[Chapter, ...]:
    """The Chapters after the opening; a short opening without body belongs to the first of them."""
    first = chapters[0]
    if first.start == 0:
        return chapters
    if body_start(script, timeline) < first.start or first.start >= _OWN_OPENING_S * timeline.sample_rate:
        return (_opening(script), *chapters)
    return (msgspec.structs.replace(first, start=0), *chapters[1:])


def _opening(script: Script) -> Chapter:
    """The first Chapter. Players show it under the episode's title, so it need not repeat that; our word is English."""
    title = _OPENING_TITLE if _is_english(script) else cut(script.title, TITLE_CHARACTERS)
    return Chapter(start=0, title=title, origin=ChapterOrigin.OPENING)


def _with_titles_apart(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """The same Chapters, none of ours with the title of another: a later heading is numbered, our own words give way.

    What the author wrote in the front matter stays whole, even twice.
    """
    taken = {chapter.title.casefold() for chapter in chapters if chapter.origin in _WRITTEN}
    made: list[Chapter] = []
    used: set[str] = set()
    for chapter in chapters:
        unfree = used if chapter.origin in _WRITTEN else used | taken
        title = chapter.title if chapter.origin is ChapterOrigin.AUTHOR else _free_title(chapter, unfree)
        used.add(title.casefold())
        made.append(msgspec.structs.replace(chapter, title=title))
    return tuple(made)


def _free_title(chapter: Chapter, used: set[str]) -> str:
    numbered = (f"{cut(chapter.title, TITLE_CHARACTERS - 5)} ({number})" for number in range(2, len(used) + 3))
    choices = (chapter.title, *_OTHER_TITLES.get(chapter.origin, ()), *numbered)
    return next(title for title in choices if title.casefold() not in used)
