"""Floor 2, inside the chapters: Chapters as feeds, tags and players take them. Pure.

Everything published counts in whole milliseconds, and they are rounded here and nowhere else; titles and addresses,
too, get the one form that all of XML, JSON and ID3 can carry. So the JSON file, the tags, the feed and the show notes
cannot disagree.
"""

import json
from collections.abc import Callable, Mapping, Sequence

from pipeline.model import Chapter, EpisodeChapter
from pipeline.notes import carried_text, web_address
from pipeline.units import ms_from_samples


def to_episode_chapters(
    chapters: Sequence[Chapter], sample_rate: int, *, images: Mapping[str, str] | None = None
) -> tuple[EpisodeChapter, ...]:
    """The Chapters in whole milliseconds, with titles on one line; ``sample_rate`` is the Timeline's.

    ``images`` gives the path from the web root of each image that is no address, by what the author wrote; None where
    there is none.
    """
    return tuple(
        EpisodeChapter(
            start_ms=ms_from_samples(chapter.start, sample_rate),
            title=" ".join(carried_text(chapter.title).split()),
            origin=chapter.origin,
            paragraph=chapter.paragraph,
            link=web_address(chapter.link),
            image=web_address(chapter.image) or (images or {})[chapter.image] if chapter.image else "",
        )
        for chapter in chapters
    )


def to_chapters_json(chapters: Sequence[EpisodeChapter], *, title: str, address: Callable[[str], str]) -> bytes:
    """JSON chapters 1.2 of the podcast namespace; ``title`` is the episode's. The same bytes every time.

    ``address`` gives the public address of a path from the web root.
    Source: podcast-namespace, chapters/jsonChapters.md (startTime in seconds, ascending; img and url addresses).
    """
    document = {
        "version": "1.2.0",
        "title": title,
        "chapters": [_json_chapter(chapter, address) for chapter in chapters],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def image_address(chapter: EpisodeChapter, address: Callable[[str], str]) -> str:
    """Where the image of ``chapter`` can be had, "" if it has none; ``address`` as for ``to_chapters_json``."""
    return address(chapter.image) if has_own_image(chapter) else chapter.image


def has_own_image(chapter: EpisodeChapter) -> bool:
    """Whether its image is one of the files that the show publishes, and not an address somewhere else."""
    return bool(chapter.image) and not web_address(chapter.image)


def _json_chapter(chapter: EpisodeChapter, address: Callable[[str], str]) -> dict[str, object]:
    # Milliseconds by a thousand have no more than three decimals when they are written down.
    needed: dict[str, object] = {"startTime": chapter.start_ms / 1000, "title": chapter.title}
    others = {"img": image_address(chapter, address), "url": chapter.link}
    return needed | {key: value for key, value in others.items() if value}
