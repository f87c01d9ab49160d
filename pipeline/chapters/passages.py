"""Floor 2, inside the chapters: the body as paragraphs that know when they are heard. Pure.

A chapter begins with a paragraph or not at all, and not with every one; see `openings.py`.
"""

from itertools import groupby, pairwise

from msgspec import Struct

from pipeline.chapters.openings import can_follow
from pipeline.model import Role, Script, Timeline, Utterance

BODY_ROLES = frozenset({Role.BODY, Role.QUOTATION, Role.LIST_ITEM})
OPENING_ROLES = frozenset({Role.SHOW, Role.TITLE, Role.SUBTITLE, Role.BYLINE, Role.DISCLOSURE})
CLOSING_ROLES = frozenset({Role.CLOSING, Role.CREDIT})


class Passage(Struct, frozen=True, kw_only=True):
    """One paragraph of the body: ``number`` counts from 1, ``start`` is in Timeline samples.

    It starts with the headings right above it. ``can_begin`` says whether a chapter may begin with it.
    """

    number: int | None
    start: int
    sentences: tuple[str, ...]
    words: int
    can_begin: bool


def passages_of(script: Script, timeline: Timeline) -> tuple[Passage, ...]:
    """The paragraphs of the body in order."""
    starts = [placement.start for placement in timeline.placements]
    for number in range(1, len(starts)):
        if script.utterances[number - 1].role is Role.HEADING:
            starts[number] = starts[number - 1]
    body = (said for said in zip(script.utterances, starts, strict=True) if said[0].role in BODY_ROLES)
    paragraphs = [list(group) for _, group in groupby(body, key=lambda said: (said[0].paragraph, said[0].block))]
    first = [_passage(paragraph, can_begin=True) for paragraph in paragraphs[:1]]
    return (*first, *(_passage(two, can_begin=_can_follow(one, two)) for one, two in pairwise(paragraphs)))


def body_start(script: Script, timeline: Timeline) -> int:
    """The sample at which the first word of the body is heard; the end where there is none."""
    said = zip(script.utterances, timeline.placements, strict=True)
    return next((placement.start for utterance, placement in said if utterance.role in BODY_ROLES), timeline.length)


def closing_start(script: Script, timeline: Timeline) -> int:
    """The sample at which the last word of the author is followed by the closing; the end where there is none."""
    start = timeline.length
    for utterance, placement in zip(reversed(script.utterances), reversed(timeline.placements), strict=True):
        if utterance.role not in CLOSING_ROLES:
            break
        start = placement.start
    return start


def _passage(paragraph: list[tuple[Utterance, int]], *, can_begin: bool) -> Passage:
    first, start = paragraph[0]
    sentences = tuple(utterance.display for utterance, _ in paragraph)
    return Passage(
        number=first.paragraph,
        start=start,
        sentences=sentences,
        words=sum(len(sentence.split()) for sentence in sentences),
        can_begin=can_begin,
    )


def _can_follow(before: list[tuple[Utterance, int]], after: list[tuple[Utterance, int]]) -> bool:
    """Whether a chapter may begin between two paragraphs."""
    start, _ = after[0]
    return start.role is Role.BODY and can_follow([utterance.display for utterance, _ in before], start.display)
