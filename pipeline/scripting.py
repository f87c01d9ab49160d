"""Between reading and narrating: Article -> Script, everything that will be said, in order. Pure.

The opening and the closing are templates; the body is the article's own words, sentence by sentence, each tied to
the characters it came from. What the voice says differently is ``pipeline.text.english.spoken``'s work.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from itertools import chain

import msgspec
from msgspec import Struct

from pipeline.errors import ScriptError
from pipeline.model import (
    BODY_KINDS,
    Article,
    Block,
    BlockKind,
    FateKind,
    Lexicon,
    PauseSettings,
    Role,
    Script,
    Show,
    Span,
    Utterance,
)
from pipeline.text.english.clauses import split_long
from pipeline.text.english.locale import MONTHS, locale_of
from pipeline.text.english.sentences import split_sentences
from pipeline.text.english.spoken import speak

#: What listeners are told about the voice.
DISCLOSURE = "Read by an automated voice."

_ROLES = {
    BlockKind.HEADING: Role.HEADING,
    BlockKind.PARAGRAPH: Role.BODY,
    BlockKind.QUOTATION: Role.QUOTATION,
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
    BlockKind.EMBED: Role.QUOTATION,
    BlockKind.FOOTNOTE: Role.ASIDE,
    BlockKind.CREDIT: Role.CREDIT,
}
#: Said in the opening, from the article's own fields.
_OPENING_KINDS = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE})
#: Said in the closing, wherever they stand.
_CLOSING_KINDS = frozenset({BlockKind.CREDIT, BlockKind.CALL})
#: Where footnotes are spoken as a chapter of their own, this is its heading.
_NOTES_HEADING = "Notes"


class _Gap(Enum):
    """What ends with a line."""

    CLAUSE = "a piece of a sentence"
    SENTENCE = "a sentence"
    BLOCK = "the last sentence of a Block"


class _Line(Struct, frozen=True, kw_only=True):
    """One thing to say, before it is known how it is said and how long the silence after it is."""

    display: str
    role: Role
    block: int | None = None
    span: Span | None = None
    paragraph: int | None = None
    gap: _Gap = _Gap.BLOCK


def write_script(article: Article, show: Show, lexicon: Lexicon) -> Script:  # noqa: PLR0917 - the stage takes these three
    """Everything that will be said of ``article``: opening, body, closing, sentence by sentence.

    The body is each spoken heading, paragraph, quotation and list item in its order; ``paragraph`` counts all but
    the headings from 1. Between them stand the set phrases for what is not read word by word, and footnotes where
    the show wants them heard. Display is exactly what the Block says there; pieces with nothing to say in them
    ("* * *") make no utterance. ``pause_after_ms`` follows from the role, from ``show.pauses``.

    Raises: ScriptError where there is no body, where a Block is to be spoken that there is no way to say, and for
    any language but English.
    """
    _expect_roles(article)
    opening = list(_opening(article, show))
    body = list(_body(article, show))
    closing = list(_closing(article, show))
    pauses = [
        *_pauses(opening, show.pauses, last_ms=show.pauses.opening_ms),
        *_pauses(body, show.pauses, last_ms=show.pauses.closing_ms),
        *_pauses(closing, show.pauses, last_ms=show.pauses.paragraph_ms),
    ]
    lines = zip(chain(opening, body, closing), pauses, strict=True)
    utterances = tuple(
        _utterance(line, pause_ms, language=article.language, lexicon=lexicon) for line, pause_ms in lines
    )
    _expect_a_body(article, utterances)
    return Script(title=article.title, language=article.language, utterances=utterances)


def _expect_roles(article: Article) -> None:
    """Refuse a Block that is marked spoken and would be silently left out."""
    for number, block in enumerate(article.blocks):
        is_known = block.kind in _ROLES or block.kind in _OPENING_KINDS or bool(block.fate.said)
        if block.is_spoken and not is_known:
            raise ScriptError(
                f"block {number} of “{article.title}”, a {block.kind.value}, is marked as spoken, and there is no way "
                f"to say a {block.kind.value}: {block.text[:60]!r}",
                cure="give it the fate “notes” or “dropped”, or write it as a paragraph",
            )


def _expect_a_body(article: Article, utterances: tuple[Utterance, ...]) -> None:
    if not any(utterance.paragraph for utterance in utterances):
        fates = {kind: sum(block.fate.kind is kind for block in article.blocks) for kind in FateKind}
        raise ScriptError(
            f"“{article.title}” has no body to say: of its {len(article.blocks)} blocks "
            f"{fates[FateKind.SPOKEN]} are spoken, {fates[FateKind.NOTES]} go to the notes, "
            f"{fates[FateKind.DROPPED]} are dropped, and none that is spoken is a paragraph, quotation or list item",
            cure="`audio-edition script` lists every block with its fate and the reason",
        )


def _opening(article: Article, show: Show) -> Iterator[_Line]:
    """Show, title, subtitle, byline, date, disclosure; what is not known is left out."""
    author = article.author or show.default_author
    yield from _lines_of(show.title, Role.SHOW)
    yield from _tied(article, article.title, kind=BlockKind.TITLE, role=Role.TITLE)
    yield from _tied(article, article.subtitle, kind=BlockKind.SUBTITLE, role=Role.SUBTITLE)
    if author:
        yield _Line(display=f"By {author}.", role=Role.BYLINE)
    yield _Line(display=f"Published on {_date(article.published, language=article.language)}.", role=Role.BYLINE)
    yield _Line(display=DISCLOSURE, role=Role.DISCLOSURE)


def _tied(article: Article, text: str, *, kind: BlockKind, role: Role) -> Iterator[_Line]:
    """``text`` sentence by sentence, tied to the first Block of ``kind`` that holds it, if there is one."""
    for number, block in enumerate(article.blocks):
        offset = block.text.find(text) if block.kind is kind else -1
        if offset >= 0:
            yield from _lines_of(text, role, block=number, offset=offset)
            return
    yield from _lines_of(text, role)


def _date(published: datetime, *, language: str) -> str:
    month = MONTHS[published.month - 1]
    if locale_of(language).is_american:
        return f"{month} {published.day}, {published.year}"
    return f"{published.day} {month} {published.year}"


def _body(article: Article, show: Show) -> Iterator[_Line]:
    notes = _spoken_notes(article)
    is_in_place = show.reading.footnotes == "in place"
    paragraph = 0
    for number, block in enumerate(article.blocks):
        if block.kind in _OPENING_KINDS | _CLOSING_KINDS | {BlockKind.FOOTNOTE}:
            continue
        is_counted = block.is_spoken and block.kind in BODY_KINDS
        paragraph += is_counted
        lines = _lines_of_block(block, number, paragraph=paragraph if is_counted else None)
        yield from _between_marks(lines, article, number=number, show=show)
        for label in block.marks if is_in_place else ():
            yield from _note(article, notes.pop(label, []), opening="Footnote.")
    yield from _notes_at_the_end(article, notes, is_chapter=not is_in_place)


def _spoken_notes(article: Article) -> dict[str, list[int]]:
    """Label -> the numbers of the Blocks of each footnote that is heard, in the order of the source."""
    found: dict[str, list[int]] = {}
    for number, block in enumerate(article.blocks):
        if block.kind is BlockKind.FOOTNOTE and block.is_spoken:
            found.setdefault(block.label, []).append(number)
    return found


def _note(article: Article, numbers: list[int], *, opening: str) -> Iterator[_Line]:
    if numbers:
        yield _Line(display=opening, role=Role.ASIDE, block=numbers[0], gap=_Gap.SENTENCE)
    for number in numbers:
        yield from _lines_of_block(article.blocks[number], number, paragraph=None)


def _notes_at_the_end(article: Article, notes: dict[str, list[int]], *, is_chapter: bool) -> Iterator[_Line]:
    """What no paragraph has said yet: all footnotes as a chapter, or those that nothing refers to."""
    if notes and is_chapter:
        yield _Line(display=_NOTES_HEADING, role=Role.HEADING)
    for count, note in enumerate(notes.values(), start=1):
        yield from _note(article, note, opening=f"Note {count}." if is_chapter else "Footnote.")


def _between_marks(lines: Iterator[_Line], article: Article, *, number: int, show: Show) -> Iterator[_Line]:
    """The lines of a Block; where the show wants it, a quotation is announced at its start and its end."""
    blocks = article.blocks
    is_marked = show.reading.quotations == "announced" and _is_quotation(blocks[number])
    if is_marked and not (number and _is_quotation(blocks[number - 1])):
        yield _Line(display="Quotation.", role=Role.ASIDE, gap=_Gap.SENTENCE)
    yield from lines
    if is_marked and not (number + 1 < len(blocks) and _is_quotation(blocks[number + 1])):
        yield _Line(display="End of quotation.", role=Role.ASIDE)


def _is_quotation(block: Block) -> bool:
    return block.is_spoken and block.kind is BlockKind.QUOTATION


def _closing(article: Article, show: Show) -> Iterator[_Line]:
    yield _Line(display=f"You have been listening to “{article.title}”, from {show.title}.", role=Role.CLOSING)
    for number, block in enumerate(article.blocks):
        if block.is_spoken and block.kind is BlockKind.CREDIT:
            yield from _lines_of_block(block, number, paragraph=None)
    for block in article.blocks:
        if block.kind is BlockKind.CALL and block.fate.said:
            yield _Line(display=block.fate.said, role=Role.CLOSING)


def _lines_of_block(block: Block, number: int, *, paragraph: int | None) -> Iterator[_Line]:
    """The set phrase that stands for a Block or introduces it, and its own words where these are heard."""
    for line in _lines_of(block.fate.said, Role.ASIDE):
        yield msgspec.structs.replace(line, block=number)
    if block.is_spoken and block.kind in _ROLES:
        for line in _lines_of(block.text, _ROLES[block.kind], block=number, offset=0):
            yield msgspec.structs.replace(line, paragraph=paragraph)


def _lines_of(text: str, role: Role, *, block: int | None = None, offset: int = 0) -> Iterator[_Line]:
    """A line for each utterance of ``text`` that has anything to say; spans where the text is a Block's."""
    pieces = list(_pieces(text))
    for number, (span, gap) in enumerate(pieces, start=1):
        yield _Line(
            display=text[span.start : span.end],
            role=role,
            block=block,
            span=None if block is None else Span(span.start + offset, span.end + offset),
            gap=gap if number < len(pieces) else _Gap.BLOCK,
        )


def _pieces(text: str) -> Iterator[tuple[Span, _Gap]]:
    """The sentences of ``text``, the long ones in pieces, and what ends with each; without what nobody can say."""
    for sentence in split_sentences(text):
        spans = [span for span in split_long(text, sentence) if any(map(str.isalnum, text[span.start : span.end]))]
        for number, span in enumerate(spans, start=1):
            yield span, _Gap.CLAUSE if number < len(spans) else _Gap.SENTENCE


def _pauses(lines: list[_Line], pauses: PauseSettings, *, last_ms: int) -> list[int]:
    """The silence after each line of a part of the script; after its last one ``last_ms``."""
    return [*(_pause_after(line, pauses) for line in lines[:-1]), last_ms] if lines else []


def _pause_after(line: _Line, pauses: PauseSettings) -> int:
    if line.gap is _Gap.CLAUSE:
        return pauses.clause_ms
    if line.gap is _Gap.SENTENCE:
        return pauses.sentence_ms
    return {
        Role.SHOW: pauses.title_ms,
        Role.TITLE: pauses.title_ms,
        Role.SUBTITLE: pauses.title_ms,
        Role.BYLINE: pauses.sentence_ms,
        Role.HEADING: pauses.heading_ms,
        Role.LIST_ITEM: pauses.list_item_ms,
    }.get(line.role, pauses.paragraph_ms)


def _utterance(line: _Line, pause_ms: int, *, language: str, lexicon: Lexicon) -> Utterance:
    spoken = speak(line.display, language=language, lexicon=lexicon)
    return Utterance(
        display=line.display,
        spoken=spoken.text,
        forms=spoken.forms,
        role=line.role,
        pause_after_ms=pause_ms,
        block=line.block,
        span=line.span,
        paragraph=line.paragraph,
    )


_ROLE_WIDTH = max(len(role.value) for role in Role)


def render_script(script: Script) -> str:
    """The script as text for proof-reading: a line an utterance, and below it what the voice says where that differs.

    The margin holds the role and the number of the paragraph; a line that begins with ">" is the spoken text.
    """
    lines = [line for utterance in script.utterances for line in _rendered(utterance)]
    return "\n".join([f"{script.title} ({script.language})", "", *lines, ""])


def _rendered(utterance: Utterance) -> Iterator[str]:
    number = "" if utterance.paragraph is None else str(utterance.paragraph)
    yield f"{utterance.role.value:<{_ROLE_WIDTH}} {number:>4}   {_on_one_line(utterance.display)}"
    if utterance.spoken != utterance.display:
        yield f"{'':<{_ROLE_WIDTH}} {'':>4} > {_on_one_line(utterance.spoken)}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
