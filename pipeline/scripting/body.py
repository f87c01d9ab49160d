"""Inside scripting: the Blocks in their order, with set phrases, footnotes and announced quotations. Pure."""

from collections.abc import Iterator, Mapping

import msgspec

from pipeline.model import BODY_KINDS, Article, Block, BlockKind, Role
from pipeline.scripting.lines import Job, Line, Passage, lines_of, phrases_of
from pipeline.scripting.surroundings import CLOSING_KINDS, OPENING_KINDS
from pipeline.text.pack import Quotation
from pipeline.text.pieces import Gap

#: What becomes of a Block that is spoken in its place.
ROLES = {
    BlockKind.HEADING: Role.HEADING,
    BlockKind.PARAGRAPH: Role.BODY,
    BlockKind.QUOTATION: Role.QUOTATION,
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
    BlockKind.EMBED: Role.QUOTATION,
    BlockKind.FOOTNOTE: Role.ASIDE,
    BlockKind.CREDIT: Role.CREDIT,
}
_ELSEWHERE = OPENING_KINDS | CLOSING_KINDS | {BlockKind.FOOTNOTE}
_DASHES = ("—", "–", "-", "―")


def body(job: Job) -> Iterator[Line]:
    """Each spoken heading, paragraph, quotation and list item; ``paragraph`` counts all but the headings from 1."""
    article = job.article
    quotations = _quotations(job)
    notes = _spoken_notes(article)
    is_in_place = job.show.reading.footnotes == "in place"
    paragraph = 0
    for number, block in enumerate(article.blocks):
        if block.kind in _ELSEWHERE:
            continue
        is_counted = block.is_spoken and block.kind in BODY_KINDS
        paragraph += is_counted
        passage = _passage(block, number, paragraph=paragraph if is_counted else None)
        passage = msgspec.structs.replace(passage, quotations=quotations.get(number, ()))
        yield from _between_marks(_lines_of_block(block, passage, job=job), number, job=job)
        for label in block.marks if is_in_place else ():
            yield from _note(notes.pop(label, []), job, opening=job.wording.footnote)
    yield from _notes_at_the_end(notes, job, is_chapter=not is_in_place)


def _quotations(job: Job) -> dict[int, tuple[Quotation, ...]]:
    """Block number -> the quotations in its text; they may go on from one paragraph to the next."""
    numbers = [
        number for number, block in enumerate(job.article.blocks) if block.is_spoken and block.kind in BODY_KINDS
    ]
    found: dict[int, list[Quotation]] = {}
    for quotation in job.pack.quotations([job.article.blocks[number].text for number in numbers]):
        found.setdefault(numbers[quotation.paragraph], []).append(quotation)
    return {number: tuple(quotations) for number, quotations in found.items()}


def _passage(block: Block, number: int, *, paragraph: int | None) -> Passage:
    return Passage(text=block.text, role=ROLES.get(block.kind, Role.ASIDE), block=number, paragraph=paragraph)


def _lines_of_block(block: Block, passage: Passage, *, job: Job) -> Iterator[Line]:
    """The set phrase that stands for a Block or introduces it, and its own words where these are heard."""
    yield from phrases_of(block.fate.said, block=passage.block or 0, role=Role.ASIDE, job=job)
    if block.is_spoken and block.kind in ROLES:
        is_second_voice = block.kind is BlockKind.QUOTATION and _stands_by_itself(block, job)
        for line in lines_of(passage, job):
            yield msgspec.structs.replace(line, is_second_voice=line.is_second_voice or is_second_voice)


def _stands_by_itself(block: Block, job: Job) -> bool:
    """Whether a block quotation is for the second voice; a line that says whose it is stays with the first."""
    second = job.show.second_voice
    is_long = len(block.text.split()) >= second.least_words
    return bool(second.name) and is_long and not block.text.startswith(_DASHES)


def _spoken_notes(article: Article) -> dict[str, list[int]]:
    """Label -> the numbers of the Blocks of each footnote that is heard, in the order of the source."""
    found: dict[str, list[int]] = {}
    for number, block in enumerate(article.blocks):
        if block.kind is BlockKind.FOOTNOTE and block.is_spoken:
            found.setdefault(block.label, []).append(number)
    return found


def _note(numbers: list[int], job: Job, *, opening: str) -> Iterator[Line]:
    if numbers:
        yield Line(display=opening, role=Role.ASIDE, block=numbers[0], gap=Gap.SENTENCE)
    for number in numbers:
        block = job.article.blocks[number]
        yield from _lines_of_block(block, _passage(block, number, paragraph=None), job=job)


def _notes_at_the_end(notes: Mapping[str, list[int]], job: Job, *, is_chapter: bool) -> Iterator[Line]:
    """What no paragraph has said yet: all footnotes as a chapter, or those that nothing refers to."""
    wording = job.wording
    if notes and is_chapter:
        yield Line(display=wording.notes_heading, role=Role.HEADING)
    for count, note in enumerate(notes.values(), start=1):
        opening = wording.note.replace("{number}", str(count)) if is_chapter else wording.footnote
        yield from _note(note, job, opening=opening)


def _between_marks(lines: Iterator[Line], number: int, *, job: Job) -> Iterator[Line]:
    """The lines of a Block; where the show wants it, a quotation is announced at its start and its end."""
    blocks, wording = job.article.blocks, job.wording
    is_marked = job.show.reading.quotations == "announced" and _is_quotation(blocks[number])
    if is_marked and not (number and _is_quotation(blocks[number - 1])):
        yield Line(display=wording.quotation, role=Role.ASIDE, gap=Gap.SENTENCE)
    yield from lines
    if is_marked and not (number + 1 < len(blocks) and _is_quotation(blocks[number + 1])):
        yield Line(display=wording.end_of_quotation, role=Role.ASIDE)


def _is_quotation(block: Block) -> bool:
    return block.is_spoken and block.kind is BlockKind.QUOTATION
