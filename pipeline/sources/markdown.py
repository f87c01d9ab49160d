"""Floor 3, sources: Markdown -> Blocks, on the token stream of markdown-it. Pure.

CommonMark with tables, strikethrough and footnotes. The stream is walked once with a stack of the containers that
are open; nothing is rendered and read back, so that every Block keeps the source lines it came from.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, takewhile
from pathlib import Path
from typing import Any

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.model import Block, BlockKind, Fate, FateKind, Link, Span
from pipeline.sources.debris import Verdict, dropped, reason_anywhere, tail_verdicts, words_of
from pipeline.sources.given import Given
from pipeline.sources.inline import Words, words_from
from pipeline.sources.manuscript import Manuscript

READ_ALOUD = Fate(kind=FateKind.SPOKEN, reason="read aloud")
IN_OPENING = Fate(kind=FateKind.SPOKEN, reason="said in the opening")
TABLE_FATE = Fate(kind=FateKind.NOTES, reason="a table is not read aloud; it is in the show notes")
CODE_FATE = Fate(kind=FateKind.NOTES, reason="code is not read aloud; it is in the show notes")
FOOTNOTE_FATE = Fate(kind=FateKind.NOTES, reason="a footnote is not read aloud; it is in the show notes")
FIGURE_FATE = Fate(kind=FateKind.NOTES, reason="a picture is not read aloud; its description is in the show notes")
NAMELESS_FIGURE_FATE = Fate(kind=FateKind.DROPPED, reason="a picture without a description cannot be told of in words")
HTML_FATE = Fate(kind=FateKind.DROPPED, reason="raw HTML is not read aloud; write it as Markdown if it should be")
COMMENT_FATE = Fate(kind=FateKind.DROPPED, reason="a comment in the source, not part of the text")
WORDLESS_FATE = Fate(kind=FateKind.DROPPED, reason="nothing in these lines has words")

CONTAINERS = {
    "blockquote": BlockKind.QUOTATION,
    "list_item": BlockKind.LIST_ITEM,
    "footnote_reference": BlockKind.FOOTNOTE,
    "table": BlockKind.TABLE,
}
MOST_NESTED = 100

#: What plain prose does not have: a heading, footnote, code fence, link or picture, bold words.
SIGNS = re.compile(
    r"^#{1,6} \S|^\[\^[^\]\s]+\]:|^(?:```|~~~)|!?\[[^\[\]\n]*\]\([^()\s]+\)|\*\*[^\s*][^*\n]*\*\*", re.MULTILINE
)

#: A path or address with a blank in it, not words in parentheses after words in brackets.
ADDRESS_WITH_BLANKS = re.compile(r"\]\(((?=[^()\n]*(?:/|\.\w{2,5}\)))[^\s()<>\"']+(?: [^\s()<>\"']+)+)\)")


class _Page(Struct, frozen=True, kw_only=True):
    """The source of the tokens: ``starts`` is where each line of the body begins in ``text``, and the end of it."""

    path: Path
    text: str
    starts: tuple[int, ...]
    first_line: int
    base: str
    notes: dict[int, Any]

    def span(self, lines: Sequence[int]) -> Span:
        start, end = self.starts[lines[0]], self.starts[min(lines[1], len(self.starts) - 1)]
        lead, inside = len(self.text[start:end]) - len(self.text[start:end].lstrip()), self.text[start:end].strip()
        return Span(start + lead, start + lead + len(inside))

    def error(self, what: str, *, cure: str, lines: Sequence[int]) -> SourceError:
        return SourceError(what, cure=cure, path=self.path, line=self.first_line + lines[0])


def is_like_markdown(text: str) -> bool:
    """Whether ``text`` has a sign that only Markdown has."""
    return SIGNS.search(text) is not None


def markdown_blocks(manuscript: Manuscript, given: Given) -> tuple[Block, ...]:
    """All Blocks of a Markdown text, in order of the source.

    Raises:
        SourceError: a comment, code fence or footnote is left open or undefined, or it is nested too deeply.
    """
    environment: dict[str, Any] = {}
    tokens = _parser().parse(_with_whole_addresses(manuscript.body), environment)
    page = _page(manuscript, notes=environment.get("footnotes", {}).get("list", {}))
    _refuse_too_deep(tokens, page)
    _refuse_undefined_notes(tokens, page)
    blocks = _with_title(list(_blocks(tokens, page)), manuscript)
    return tuple(_with_tail(blocks, publication=words_of(given.show_title)))


def _with_whole_addresses(text: str) -> str:
    # `![A fort](the fort.jpg)`: editors write blanks into addresses, CommonMark wants <> around such. Lines stay.
    return ADDRESS_WITH_BLANKS.sub(r"](<\1>)", text)


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": MOST_NESTED}).enable(["table", "strikethrough"])
    # Footnotes stay where they are written, and a mark without a note is seen rather than left in the text.
    return parser.use(footnote_plugin, move_to_end=False, always_match_refs=True)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it gives the name and the argument
        """Always: a refused address would leave the brackets of its link in the text. `inline` sorts them out."""
        return True


def _page(manuscript: Manuscript, *, notes: dict[int, Any]) -> _Page:
    lengths = [len(line) + 1 for line in manuscript.body.split("\n")]
    starts = tuple(accumulate(lengths, initial=manuscript.front.end))
    return _Page(
        path=manuscript.path,
        text=manuscript.text,
        starts=starts,
        first_line=manuscript.text.count("\n", 0, manuscript.front.end) + 1,
        base=manuscript.front.source,
        notes=notes,
    )


def _blocks(tokens: Sequence[Token], page: _Page) -> Iterator[Block]:
    containers: list[BlockKind] = []
    for number, token in enumerate(tokens):
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in CONTAINERS:
            containers = [*containers, CONTAINERS[name]] if token.nesting == 1 else containers[:-1]
        if token.type == "table_open":
            yield _table(list(takewhile(lambda part: part.type != "table_close", tokens[number:])), page)
        elif token.type == "inline" and BlockKind.TABLE not in containers:
            yield from _text_blocks(token, tokens[number - 1], containers=containers, page=page)
        elif token.type in {"fence", "code_block"}:
            yield _code(token, page)
        elif token.type == "html_block":
            yield _html(token, page)


def _text_blocks(token: Token, opener: Token, *, containers: list[BlockKind], page: _Page) -> Iterator[Block]:
    words = words_from(token.children or [], base=page.base)
    span = page.span(opener.map or token.map or [0, 1])
    if words.text:
        kind = _kind(opener, containers)
        fate = FOOTNOTE_FATE if kind is BlockKind.FOOTNOTE else READ_ALOUD
        level = int(opener.tag[1]) if kind is BlockKind.HEADING else 0
        yield Block(kind=kind, text=words.text, span=span, fate=fate, level=level, links=words.links)
    elif not words.pictures and not words.notes:
        yield Block(kind=BlockKind.BOILERPLATE, text=token.content, span=span, fate=WORDLESS_FATE)
    yield from _figures(words, span)
    for note in words.notes:
        inside = words_from(page.notes[note]["tokens"], base=page.base)
        yield Block(kind=BlockKind.FOOTNOTE, text=inside.text, span=span, fate=FOOTNOTE_FATE, links=inside.links)


def _kind(opener: Token, containers: list[BlockKind]) -> BlockKind:
    if BlockKind.FOOTNOTE in containers:
        return BlockKind.FOOTNOTE
    if containers:
        return containers[-1]
    return BlockKind.HEADING if opener.type == "heading_open" else BlockKind.PARAGRAPH


def _figures(words: Words, span: Span) -> Iterator[Block]:
    for number, description in enumerate(words.pictures):
        fate = FIGURE_FATE if description else NAMELESS_FIGURE_FATE
        links = words.links if not words.text and number == 0 else ()
        yield Block(kind=BlockKind.FIGURE, text=description, span=span, fate=fate, links=links)


def _table(tokens: Sequence[Token], page: _Page) -> Block:
    rows: list[list[str]] = []
    links: list[Link] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            words = words_from(token.children or [], base=page.base)
            rows[-1].append(words.text)
            links.extend(words.links)
    text = "\n".join(" | ".join(row) for row in rows)
    span = page.span(tokens[0].map or [0, 1])
    return Block(kind=BlockKind.TABLE, text=text, span=span, fate=TABLE_FATE, links=tuple(links))


def _code(token: Token, page: _Page) -> Block:
    lines = token.map or [0, 1]
    span = page.span(lines)
    if token.type == "fence" and not _is_closed(page.text[span.start : span.end], fence=token.markup):
        what = f"the code that opens with {token.markup} is never closed"
        raise page.error(what, cure=f"write a line {token.markup} below it", lines=lines)
    return Block(kind=BlockKind.CODE, text=token.content.strip("\n"), span=span, fate=CODE_FATE)


def _is_closed(source: str, *, fence: str) -> bool:
    # CommonMark closes a fence at the end of the text; what was meant to be read would be lost without a word.
    _, newline, last = source.rpartition("\n")
    bare = last.lstrip("> \t").rstrip()
    return bool(newline) and bare.startswith(fence) and set(bare) == {fence[0]}


def _html(token: Token, page: _Page) -> Block:
    lines, content = token.map or [0, 1], token.content.strip()
    is_comment = content.startswith("<!--")
    if is_comment and "-->" not in content:
        raise page.error("the comment that opens with <!-- is never closed", cure="write --> after it", lines=lines)
    fate = COMMENT_FATE if is_comment and content.endswith("-->") else HTML_FATE
    return Block(kind=BlockKind.BOILERPLATE, text=content, span=page.span(lines), fate=fate)


def _refuse_too_deep(tokens: Sequence[Token], page: _Page) -> None:
    # markdown-it leaves out what is nested deeper than it allows, and says nothing.
    for token in tokens:
        if token.nesting == 1 and token.level >= MOST_NESTED - 1:
            what = "lists or quotations stand too deep inside each other"
            cure = f"use fewer than {MOST_NESTED // 2} levels"
            raise page.error(what, cure=cure, lines=token.map or [0, 1])


def _refuse_undefined_notes(tokens: Sequence[Token], page: _Page) -> None:
    defined = {token.meta["label"] for token in tokens if token.type == "footnote_reference_open"}
    for token in tokens:
        for child in token.children or []:
            label = child.meta.get("label") if child.type == "footnote_ref" else None
            if label is not None and label not in defined:
                what = f"the footnote mark [^{label}] has no footnote"
                cure = f"write a line `[^{label}]: ...`, or take the mark out"
                raise page.error(what, cure=cure, lines=token.map or [0, 1])


def _with_title(blocks: list[Block], manuscript: Manuscript) -> list[Block]:
    front = manuscript.front
    position = _title_position(blocks, words_of(front.title))
    if position is not None:
        title = msgspec.structs.replace(blocks[position], kind=BlockKind.TITLE, fate=IN_OPENING, level=0)
        blocks = [*blocks[:position], title, *blocks[position + 1 :]]
    after = 0 if position is None else position + 1
    if front.subtitle and after < len(blocks) and words_of(blocks[after].text) == words_of(front.subtitle):
        subtitle = msgspec.structs.replace(blocks[after], kind=BlockKind.SUBTITLE, fate=IN_OPENING, level=0)
        blocks = [*blocks[:after], subtitle, *blocks[after + 1 :]]
    return blocks


def _title_position(blocks: list[Block], wanted: str) -> int | None:
    """Which heading is the title: with ``wanted`` a leading one that says the same, else the first of level 1."""
    headings = (number for number, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level == 1)
    first = next(headings, None)
    if first is None or not wanted:
        return first
    is_leading = not any(block.is_spoken for block in blocks[:first])
    return first if is_leading and words_of(blocks[first].text) == wanted else None


def _with_tail(blocks: list[Block], *, publication: str) -> Iterator[Block]:
    heard = [number for number, block in enumerate(blocks) if block.fate == READ_ALOUD]
    tail = tail_verdicts([blocks[number].text for number in heard], publication=publication)
    verdicts = {heard[number]: verdict for number, verdict in tail.items()}
    for number, block in enumerate(blocks):
        verdict = verdicts.get(number) or _widget_verdict(block)
        yield (
            block if verdict is None else msgspec.structs.replace(block, kind=verdict.kind, fate=verdict.fate, level=0)
        )


def _widget_verdict(block: Block) -> Verdict | None:
    reason = reason_anywhere(block.text) if block.fate == READ_ALOUD else ""
    return dropped(reason) if reason else None
