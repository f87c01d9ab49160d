"""Inside scripting: a text as lines, each one thing to say, before it is known how it is said. Pure."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from pipeline.model import Article, PauseSettings, Role, Show, Span
from pipeline.text.pack import LanguagePack, Quotation, Wording
from pipeline.text.pieces import Gap, pieces
from pipeline.text.quoting import with_quotations


class Job(Struct, frozen=True, kw_only=True):
    """What a Script is made of, and the words of its language."""

    article: Article
    show: Show
    pack: LanguagePack
    wording: Wording


class Line(Struct, frozen=True, kw_only=True):
    """One thing to say, before it is known how it is said and how long the silence after it is."""

    display: str
    role: Role
    block: int | None = None
    span: Span | None = None
    paragraph: int | None = None
    gap: Gap = Gap.BLOCK
    speaker: str = ""
    is_second_voice: bool = False


class Passage(Struct, frozen=True, kw_only=True):
    """A text that is said from its first character to its last: all of a Block's, or what a template gives.

    ``offset`` is where it begins in its Block's text, ``quotations`` are those of this text.
    """

    text: str
    role: Role
    block: int | None = None
    offset: int = 0
    paragraph: int | None = None
    quotations: tuple[Quotation, ...] = ()


def lines_of(passage: Passage, job: Job) -> Iterator[Line]:
    """A line for each piece of ``passage`` that has anything to say; spans where it is a Block's."""
    if not passage.text.strip():
        return
    second = job.show.second_voice
    quoted = with_quotations(
        pieces(passage.text, job.pack),
        passage.quotations,
        text=passage.text,
        least_words=second.least_words,
        is_second_voice_wanted=bool(second.name),
    )
    for piece in quoted:
        start, end = piece.span.start, piece.span.end
        yield Line(
            display=passage.text[start:end],
            role=passage.role,
            block=passage.block,
            span=None if passage.block is None else Span(start + passage.offset, end + passage.offset),
            paragraph=passage.paragraph,
            gap=piece.gap,
            speaker=piece.speaker,
            is_second_voice=piece.is_second_voice,
        )


def phrases_of(text: str, *, block: int, role: Role, job: Job) -> Iterator[Line]:
    """A set phrase that stands for a Block or introduces it, and for none of its characters."""
    for line in lines_of(Passage(text=text, role=role), job):
        yield msgspec.structs.replace(line, block=block)


def pauses_after(lines: list[Line], pauses: PauseSettings, *, last_ms: int) -> list[int]:
    """The silence after each line of a part of the script; after its last one ``last_ms``."""
    return [*(_pause_after(line, pauses) for line in lines[:-1]), last_ms] if lines else []


def _pause_after(line: Line, pauses: PauseSettings) -> int:
    if line.gap is Gap.CLAUSE:
        return pauses.clause_ms
    if line.gap is Gap.SENTENCE:
        return pauses.sentence_ms
    return {
        Role.SHOW: pauses.title_ms,
        Role.TITLE: pauses.title_ms,
        Role.SUBTITLE: pauses.subtitle_ms,
        Role.BYLINE: pauses.sentence_ms,
        Role.HEADING: pauses.heading_ms,
        Role.QUOTATION: pauses.quotation_ms,
        Role.LIST_ITEM: pauses.list_item_ms,
    }.get(line.role, pauses.paragraph_ms)
