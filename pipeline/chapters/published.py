"""Floor 2, inside the chapters: Chapters as feeds, tags and players take them. Pure.

Everything published counts in whole milliseconds, and they are rounded here and nowhere else, so that the JSON
file, the tags and the show notes cannot disagree.
"""

import json

from pipeline.model import Chapter, EpisodeChapter
from pipeline.units import ms_from_samples


def to_episode_chapters(chapters: tuple[Chapter, ...], sample_rate: int) -> tuple[EpisodeChapter, ...]:
    """The Chapters in whole milliseconds; ``sample_rate`` is the Timeline's."""
    return tuple(
        EpisodeChapter(
            start_ms=ms_from_samples(chapter.start, sample_rate),
            title=chapter.title,
            origin=chapter.origin,
            paragraph=chapter.paragraph,
        )
        for chapter in chapters
    )


def to_chapters_json(chapters: tuple[Chapter, ...], *, sample_rate: int, title: str) -> bytes:
    """JSON chapters 1.2 of the podcast namespace; ``title`` is the episode's. The same bytes every time.

    Source: podcast-namespace, chapters/jsonChapters.md (startTime in seconds, ascending).
    """
    document = {
        "version": "1.2.0",
        "title": title,
        "chapters": [
            {"startTime": chapter.start_ms / 1000, "title": chapter.title}
            for chapter in to_episode_chapters(chapters, sample_rate)
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
