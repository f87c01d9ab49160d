"""Floor 2, inside the chapters: the author's own headings, which win over every proposal. Pure."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import groupby, pairwise

from msgspec import Struct

from pipeline.chapters.passages import BODY_ROLES, CLOSING_ROLES, body_start
from pipeline.chapters.words import cut
from pipeline.model import Chapter, ChapterOrigin, Role, Script, Timeline, Utterance

#: Apple's advice (support article 5482) is at most 45 characters a title and six chapters an hour; a list of up to
#: twelve can still be taken in at a glance, however short the piece.
TITLE_CHARACTERS = 45
_MOST_CHAPTERS, _MOST_AN_HOUR = 12, 6


class _Heading(Struct, frozen=True, kw_only=True):
    """What stands over a stretch of text: when it is heard, its words, the paragraph that follows."""

    start: int
    title: str
    paragraph: int | None


def is_divided(script: Script) -> bool:
    """Whether the author's headings part the body in two at least: one over everything divides nothing.

    Nor does the heading over spoken footnotes, which is ours.
    """
    parts, is_new = 0, True
    for utterance in script.utterances:
        if utterance.role is Role.HEADING and utterance.block is not None:
            is_new = True
        elif utterance.role in BODY_ROLES and is_new:
            parts, is_new = parts + 1, False
    return parts > 1


def heading_chapters(script: Script, timeline: Timeline, *, end: int) -> tuple[Chapter, ...]:
    """One Chapter a heading, from the sample where the heading itself is heard; ``end`` is where the body ends.

    Headings with nothing between them are one, see `heading_title`; one that nothing follows is none. Where there are
    more than people look through, those whose loss leaves the most even chapters are joined to the one before.
    """
    headings = _headings(script, timeline)
    hours = timeline.length / timeline.sample_rate / 3600
    most = max(_MOST_CHAPTERS, int(hours * _MOST_AN_HOUR)) - 1
    # What is heard before the first heading may take in the next ones, if it is more than an opening.
    has_body_before = bool(headings) and body_start(script, timeline) < headings[0].start
    opening = [0] if has_body_before else []
    kept = set(_kept([*opening, *(heading.start for heading in headings), end], most=most + len(opening)))
    return tuple(_chapter(heading) for heading in headings if heading.start in kept)


def notes_chapter(script: Script, timeline: Timeline) -> tuple[Chapter, ...]:
    """The Chapter of the footnotes that are spoken after the text, under a heading of ours; () where there are none."""
    for utterance, placement in zip(reversed(script.utterances), reversed(timeline.placements), strict=True):
        if utterance.role is Role.HEADING and utterance.block is None:
            return (_chapter(_Heading(start=placement.start, title=heading_title([utterance]), paragraph=None)),)
    return ()


def heading_title(run: Sequence[Utterance]) -> str:
    """The title that headings make with nothing between them: of one, its words, be they several sentences.

    Of more, "Part two: The insurers" where that fits into 45 characters; otherwise the last one, which is the nearest
    to what is heard.
    """
    titles: list[str] = []
    for number, utterance in enumerate(run):
        if number and utterance.block is not None and utterance.block == run[number - 1].block:
            titles[-1] += f" {utterance.display}"
        else:
            titles.append(utterance.display)
    whole = titles[0]
    for title in titles[1:]:
        whole += f" {title}" if whole.endswith((":", "?", "!", ".", "…")) else f": {title}"
    whole = " ".join(whole.split())
    return whole if len(whole) <= TITLE_CHARACTERS else cut(titles[-1], TITLE_CHARACTERS)


def _headings(script: Script, timeline: Timeline) -> list[_Heading]:
    """The headings that something follows; a heading of several sentences or levels is one."""
    said = zip(script.utterances, timeline.placements, strict=True)
    groups = groupby(said, key=lambda pair: pair[0].role is Role.HEADING)
    stretches = [(is_heading, list(group)) for is_heading, group in groups]
    return [
        _Heading(
            start=run[0][1].start,
            title=heading_title([utterance for utterance, _ in run]),
            paragraph=next((utterance.paragraph for utterance, _ in below if utterance.role in BODY_ROLES), None),
        )
        for (is_heading, run), (_, below) in pairwise(stretches)
        if is_heading and below[0][0].role not in CLOSING_ROLES
    ]


def _chapter(heading: _Heading) -> Chapter:
    return Chapter(start=heading.start, title=heading.title, origin=ChapterOrigin.HEADING, paragraph=heading.paragraph)


def _kept(starts: Sequence[int], *, most: int) -> list[int]:
    """At most ``most`` of ``starts``, all but the last of which begin a stretch; the last is the end, the first stays.

    The stretch of length a that is joined to the one before, of length b, is that with the least ab / (a + b): a short
    one goes first, the more so after another short one. A heap keeps this fast where every line is a heading; what is
    no longer true in it is passed over. Source: Ward, Hierarchical Grouping to Optimize an Objective Function, 1963.
    """
    count = len(starts) - 1
    lengths = [later - earlier for earlier, later in pairwise(starts)]
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))

    def loss(number: int) -> float:
        joined = lengths[before[number]]
        return lengths[number] * joined / max(1, lengths[number] + joined)

    losses = [(loss(number), number) for number in range(1, count)]
    heapify(losses)
    kept = set(range(count))
    while len(kept) > most:
        least, number = heappop(losses)
        if number not in kept or least != loss(number):
            continue
        kept.remove(number)
        left, right = before[number], after[number]
        lengths[left] += lengths[number]
        after[left] = right
        if right < count:
            before[right] = left
        for changed in (left, right):
            if 0 < changed < count:
                heappush(losses, (loss(changed), changed))
    return [starts[number] for number in sorted(kept)]
