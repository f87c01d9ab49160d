"""Floor 2, inside the chapters: from the Timeline they were found on to the one that has room for them. Pure."""

from collections.abc import Sequence

import msgspec

from pipeline.model import Chapter, Timeline


def first_utterances(chapters: Sequence[Chapter], timeline: Timeline) -> tuple[int, ...]:
    """The numbers of the Utterances that the Chapters begin with, but for the first, which begins with everything."""
    numbers = {placement.start: placement.utterance for placement in timeline.placements}
    return tuple(numbers[chapter.start] for chapter in chapters if chapter.start > 0)


def moved_chapters(chapters: Sequence[Chapter], *, found_on: Timeline, to: Timeline) -> tuple[Chapter, ...]:
    """The same Chapters, each at the start of the same Utterance as before."""
    numbers = iter(first_utterances(chapters, found_on))
    return tuple(
        msgspec.structs.replace(chapter, start=to.placements[next(numbers)].start if chapter.start > 0 else 0)
        for chapter in chapters
    )
