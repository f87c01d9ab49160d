"""Floor 2, inside the chapters: the author's own headings, which always win. Pure."""

from itertools import pairwise

from msgspec import Struct

from pipeline.chapters.passages import BODY_ROLES, CLOSING_ROLES
from pipeline.chapters.words import cut
from pipeline.model import Chapter, ChapterOrigin, Role, Script, Timeline

#: Apple's advice (support article 5482) is at most 45 characters a title and six chapters an hour; a list of up to
#: twelve can still be taken in at a glance, however short the piece.
TITLE_CHARACTERS = 45
_MOST_CHAPTERS, _MOST_AN_HOUR = 12, 6


class _Heading(Struct, frozen=True, kw_only=True):
    """What stands over a stretch of text: when it is heard, its words, the paragraph that follows."""

    start: int
    titles: tuple[str, ...]
    paragraph: int | None


def has_headings(script: Script) -> bool:
    """Whether the author divided the text."""
    return any(utterance.role is Role.HEADING for utterance in script.utterances)


def heading_chapters(script: Script, timeline: Timeline, *, end: int) -> tuple[Chapter, ...]:
    """One Chapter a heading, from the sample where the heading itself is heard; ``end`` is where the body ends.

    Headings with nothing between them are one: "Part two: The insurers" where that fits into 45 characters,
    otherwise the last one, which is the nearest to what is heard. The shortest are joined to the chapter before
    until no more are left than people look through.
    """
    headings = _headings(script, timeline)
    hours = timeline.length / timeline.sample_rate / 3600
    kept = _without_the_shortest(headings, most=max(_MOST_CHAPTERS, int(hours * _MOST_AN_HOUR)) - 1, end=end)
    return tuple(
        Chapter(
            start=heading.start,
            title=_title(heading.titles),
            origin=ChapterOrigin.HEADING,
            paragraph=heading.paragraph,
        )
        for heading in kept
    )


def _headings(script: Script, timeline: Timeline) -> list[_Heading]:
    """The headings that something follows; a heading of several sentences or levels is one."""
    found: list[_Heading] = []
    titles: list[str] = []
    start, block = 0, None
    for utterance, placement in zip(script.utterances, timeline.placements, strict=True):
        if utterance.role is Role.HEADING:
            start = start if titles else placement.start
            if titles and utterance.block is not None and utterance.block == block:
                titles[-1] += f" {utterance.display}"
            else:
                titles.append(utterance.display)
            block = utterance.block
        elif titles and utterance.role not in CLOSING_ROLES:
            paragraph = utterance.paragraph if utterance.role in BODY_ROLES else None
            found.append(_Heading(start=start, titles=tuple(titles), paragraph=paragraph))
            titles = []
    return found


def _title(titles: tuple[str, ...]) -> str:
    whole = titles[0]
    for title in titles[1:]:
        whole += f" {title}" if whole.endswith((":", "?", "!", ".", "…")) else f": {title}"
    whole = " ".join(whole.split())
    return whole if len(whole) <= TITLE_CHARACTERS else cut(titles[-1], TITLE_CHARACTERS)


def _without_the_shortest(headings: list[_Heading], *, most: int, end: int) -> list[_Heading]:
    kept = list(headings)
    while len(kept) > most:
        bounds = pairwise([*(heading.start for heading in kept), end])
        lengths = [after - before for before, after in bounds]
        del kept[lengths.index(min(lengths))]
    return kept
