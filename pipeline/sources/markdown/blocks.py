"""Floor 3, sources: the pieces of a page of Markdown -> Blocks, and what makes it unreadable. Pure."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from msgspec.structs import replace

from pipeline.model import Block, BlockKind, Link
from pipeline.patterns import regex
from pipeline.sources.debris import dropped
from pipeline.sources.fates import BY_POLICY, READ_ALOUD
from pipeline.sources.markdown.callouts import callout_of
from pipeline.sources.markdown.faults import refuse_faults
from pipeline.sources.markdown.inline_html import SCRIPT
from pipeline.sources.markdown.others import other_blocks
from pipeline.sources.markdown.page import Page
from pipeline.sources.markdown.parser import inline_tokens_of
from pipeline.sources.markdown.pieces import Container, Piece, pieces_of
from pipeline.sources.markdown.raw_html import comments_in, page_of_html
from pipeline.sources.markdown.remains import WORDLESS
from pipeline.sources.markdown.tables import table_blocks
from pipeline.sources.markdown.tags import COMMENT_REASON
from pipeline.sources.markdown.words import Words, words_from
from pipeline.sources.phrases import DIVIDER

#: Whole paragraphs that the site's generator reads and no reader sees.
UNSEEN = (
    (regex(r"(?:.*\n)?\{:\s*toc\s*\}|\[\[?_?toc_?\]\]?", re.IGNORECASE), "the place of the table of contents"),
    (regex(r"(?:\*\[[^\]\n]+\]:.*(?:\n|\Z))+"), "abbreviations written out, shown when pointed at"),
)
SCRIPTS = regex(r"<(?:script|style|template|noscript)\b", re.IGNORECASE)
TASK = regex(r"\[[ xX]\]\s+")


def blocks_of(page: Page) -> Iterator[Block]:
    """The Blocks on ``page``, in its order.

    Raises:
        SourceError: a comment, code fence or footnote is left open or undefined, or it is nested too deeply.
    """
    refuse_faults(page)
    for piece in pieces_of(page.tokens):
        yield from _MAKERS[piece.name](piece, page)


def _text(piece: Piece, page: Page) -> Iterator[Block]:
    inline = piece.tokens[1]
    unseen = next((reason for pattern, reason in UNSEEN if pattern.fullmatch(inline.content)), "")
    words = words_from(inline.children or [], base=page.base)
    if unseen:
        yield _boilerplate(inline.content, unseen, piece=piece, page=page)
    elif words.text:
        yield _spoken(words, piece=piece, page=page)
    elif not words.others:
        block = _boilerplate(inline.content, WORDLESS, piece=piece, page=page)
        yield replace(block, marks=words.marks)
    yield from other_blocks(words, page, span=page.span(piece.lines))


def _spoken(words: Words, *, piece: Piece, page: Page) -> Block:
    kind, label = _place(piece)
    text = TASK.sub("", words.text, count=1) if kind is BlockKind.LIST_ITEM and _is_task(piece) else words.text
    return Block(
        kind=kind,
        text=text,
        span=page.span(piece.lines),
        fate=BY_POLICY if kind is BlockKind.FOOTNOTE else READ_ALOUD,
        level=int(piece.tokens[0].tag[1]) if kind is BlockKind.HEADING else 0,
        links=words.links,
        label=label,
        marks=words.marks,
    )


def _is_task(piece: Piece) -> bool:
    return TASK.match(piece.tokens[1].content) is not None


def _place(piece: Piece) -> tuple[BlockKind, str]:
    """What text is where it stands, and the label of the footnote that it is part of."""
    note = next((place for place in reversed(piece.containers) if place.kind is BlockKind.FOOTNOTE), None)
    if note is not None:
        return BlockKind.FOOTNOTE, note.label
    if piece.name == "term":
        return BlockKind.LIST_ITEM, ""
    innermost = piece.containers[-1].kind if piece.containers else None
    own = BlockKind.HEADING if piece.tokens[0].type == "heading_open" else BlockKind.PARAGRAPH
    return innermost or own, ""


def _definition(piece: Piece, page: Page) -> Iterator[Block]:
    # "Term: definition" is one thing to say: a term alone would be followed by the pause of a list item.
    term = words_from(piece.tokens[1].children or [], base=page.base)
    words = words_from(piece.tokens[4].children or [], base=page.base)
    colon = "" if term.text.endswith((":", ".", "?", "!")) else ":"
    joined = Words(
        text=f"{term.text}{colon} {words.text}".strip(": ") if words.text else term.text,
        links=term.links + words.links,
        marks=term.marks + words.marks,
        others=term.others + words.others,
    )
    if joined.text:
        yield _spoken(joined, piece=piece, page=page)
    yield from other_blocks(joined, page, span=page.span(piece.lines))


def _callout(piece: Piece, page: Page) -> Iterator[Block]:
    callout = callout_of(piece.tokens)
    for part in (callout.title, callout.words):
        if part:
            yield from _text(replace(piece, tokens=part), page)
    if not callout.title and not callout.words:
        yield _boilerplate(f"[!{callout.kind}]", WORDLESS, piece=piece, page=page)


def _embed(piece: Piece, page: Page) -> Iterator[Block]:
    callout = callout_of(piece.tokens[1:4])
    title = words_from(inline_tokens_of(callout.attribution, page.environment), base=page.base)
    caption = title.text or urlsplit(callout.url).netloc
    inside = page.with_tokens([*callout.words, *piece.tokens[4:-1]], page.environment)
    blocks = [block for part in pieces_of(inside.tokens) for block in _MAKERS[part.name](part, inside)]
    words = [block for block in blocks if block.fate == READ_ALOUD]
    links = (*title.links, *(Link(text=caption, url=url) for url in [callout.url] if url))
    yield Block(
        kind=BlockKind.EMBED,
        text=" ".join(block.text for block in words) or caption,
        span=page.span(piece.lines),
        fate=BY_POLICY,
        links=links + tuple(link for block in words for link in block.links),
        caption=caption,
        marks=tuple(mark for block in words for mark in block.marks),
    )
    yield from (block for block in blocks if block.fate != READ_ALOUD)


def _table(piece: Piece, page: Page) -> Iterator[Block]:
    yield from table_blocks(piece, page)


def _code(piece: Piece, page: Page) -> Iterator[Block]:
    token = piece.tokens[0]
    # ```python, ```{.python} and ``` {r, echo=FALSE}
    language = re.match(r"[\s{.]*([^\s{}.,]*)", token.info)
    yield Block(
        kind=BlockKind.CODE,
        text=token.content.strip("\n"),
        span=page.span(piece.lines),
        fate=BY_POLICY,
        caption=language[1] if language else "",
    )


def _formula(piece: Piece, page: Page) -> Iterator[Block]:
    text = piece.tokens[0].content.strip()
    yield Block(kind=BlockKind.FORMULA, text=text, span=page.span(piece.lines), fate=BY_POLICY)


def _enclosed(piece: Piece, page: Page) -> Iterator[Block]:
    holds = piece.tokens[0].meta["holds"]
    if holds == "comment":
        yield _boilerplate(piece.tokens[0].content, COMMENT_REASON, piece=piece, page=page)
    else:
        yield from _code(piece, page) if holds == "code" else _formula(piece, page)


def _comment(piece: Piece, page: Page) -> Iterator[Block]:
    yield _boilerplate(piece.tokens[0].content.strip(), COMMENT_REASON, piece=piece, page=page)


def _rule(piece: Piece, page: Page) -> Iterator[Block]:
    yield _boilerplate(page.source(piece.lines), DIVIDER, piece=piece, page=page)


def _html(piece: Piece, page: Page) -> Iterator[Block]:
    content = "\n".join(token.content for token in piece.tokens).strip()
    inside, removals = page_of_html(content, page, lines=piece.lines)
    is_script = SCRIPTS.match(content) is not None
    comments = [] if is_script else [(text, COMMENT_REASON) for text in comments_in(content)]
    blocks = [_placed(block, piece.containers) for block in blocks_of(inside)]
    blocks += [_boilerplate(text, reason, piece=piece, page=page) for text, reason in (*comments, *removals)]
    reason = SCRIPT if is_script else WORDLESS
    yield from blocks or [_boilerplate(content, reason, piece=piece, page=page)]


def _placed(block: Block, containers: tuple[Container, ...]) -> Block:
    """The Block as what it is inside a quotation, list item or footnote that is not written in HTML."""
    note = next((place for place in reversed(containers) if place.kind is BlockKind.FOOTNOTE), None)
    kind = containers[-1].kind if containers else None
    if block.fate != READ_ALOUD or kind is None:
        return block
    if note is not None:
        return replace(block, kind=BlockKind.FOOTNOTE, fate=BY_POLICY, label=note.label, level=0)
    is_plain = block.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
    return replace(block, kind=kind, level=0) if is_plain else block


def _boilerplate(text: str, reason: str, *, piece: Piece, page: Page) -> Block:
    verdict = dropped(reason)
    return Block(kind=verdict.kind, text=text, span=page.span(piece.lines), fate=verdict.fate)


_MAKERS: dict[str, Callable[[Piece, Page], Iterator[Block]]] = {
    "text": _text,
    "term": _text,
    "callout": _callout,
    "embed": _embed,
    "definition": _definition,
    "table": _table,
    "code": _code,
    "formula": _formula,
    "enclosed": _enclosed,
    "comment": _comment,
    "html": _html,
    "rule": _rule,
}
