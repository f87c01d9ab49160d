"""Floor 2, inside the chapters: the body as paragraphs that know when they are heard. Pure.

A chapter begins with a paragraph or not at all, and not with every one: what leans on the paragraph before it (a
list after a colon, a quotation, "This also ...") stays with it.
"""

import re
from itertools import groupby, pairwise

from msgspec import Struct

from pipeline.chapters.words import CONTINUING_PHRASES, CONTINUING_WORDS, POINTING_WORDS
from pipeline.model import Placement, Role, Script, Timeline, Utterance

BODY_ROLES = frozenset({Role.BODY, Role.QUOTATION, Role.LIST_ITEM})
CLOSING_ROLES = frozenset({Role.CLOSING, Role.CREDIT})

#: A pointer backwards counts where it opens the paragraph: "Part of this lack of progress ...".
_OPENING_WORDS = 4
_QUOTES = tuple("\"“”„«»‘'")


class Passage(Struct, frozen=True, kw_only=True):
    """One paragraph of the body: ``number`` counts from 1, ``start`` is in Timeline samples.

    ``can_begin`` says whether a chapter may begin with it.
    """

    number: int | None
    start: int
    sentences: tuple[str, ...]
    words: int
    can_begin: bool


def passages_of(script: Script, timeline: Timeline) -> tuple[Passage, ...]:
    """The paragraphs of the body in order."""
    said = zip(script.utterances, timeline.placements, strict=True)
    body = (pair for pair in said if pair[0].role in BODY_ROLES)
    paragraphs = [list(group) for _, group in groupby(body, key=lambda pair: (pair[0].paragraph, pair[0].block))]
    first = [_passage(paragraph, can_begin=True) for paragraph in paragraphs[:1]]
    return (*first, *(_passage(two, can_begin=_can_follow(one, two)) for one, two in pairwise(paragraphs)))


def closing_start(script: Script, timeline: Timeline) -> int:
    """The sample at which the last word of the author is followed by the closing; the end where there is none."""
    start = timeline.length
    for utterance, placement in zip(reversed(script.utterances), reversed(timeline.placements), strict=True):
        if utterance.role not in CLOSING_ROLES:
            break
        start = placement.start
    return start


def _passage(paragraph: list[tuple[Utterance, Placement]], *, can_begin: bool) -> Passage:
    first, placement = paragraph[0]
    sentences = tuple(utterance.display for utterance, _ in paragraph)
    return Passage(
        number=first.paragraph,
        start=placement.start,
        sentences=sentences,
        words=sum(len(sentence.split()) for sentence in sentences),
        can_begin=can_begin,
    )


def _can_follow(before: list[tuple[Utterance, Placement]], after: list[tuple[Utterance, Placement]]) -> bool:
    """Whether a chapter may begin between two paragraphs."""
    (end, _), (start, _) = before[-1], after[0]
    return start.role is Role.BODY and not is_open(end.display) and not is_continuation(start.display)


def is_open(text: str) -> bool:
    """Whether what ends so announces what follows."""
    return text.rstrip().rstrip(")]*_").endswith((":", ",", ";", "—", "–"))


def is_continuation(text: str) -> bool:
    """Whether what opens so leans on what came before, or lets someone else speak first."""
    if text.lstrip().startswith(_QUOTES):
        return True
    opening = re.findall(r"[\w'’-]+", text.lower())[: _OPENING_WORDS + 1]
    return (
        not opening
        or opening[0] in CONTINUING_WORDS
        or not POINTING_WORDS.isdisjoint(opening[:_OPENING_WORDS])
        or " ".join(opening).startswith(CONTINUING_PHRASES)
    )
