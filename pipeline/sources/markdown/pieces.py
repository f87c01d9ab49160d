"""Floor 3, sources: the flat tokens of Markdown -> the pieces of a page, each with what it stands in. Pure."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import BlockKind
from pipeline.patterns import regex
from pipeline.sources.markdown.callouts import kind_of
from pipeline.sources.markdown.raw_html import is_comment, open_elements

#: A paragraph that is the caption of the table above or below it. Source: Pandoc, "Tables".
CAPTION = regex(r"(?:Table:|:)\s+(?=\S)|(?=Table \d{1,3}[.:]\s)", re.IGNORECASE)
LONGEST_CAPTION = 400

#: Tokens that are a piece by themselves, and its name.
ALONE = {
    "fence": "code",
    "code_block": "code",
    "math_block": "formula",
    "math_block_label": "formula",
    "enclosed": "enclosed",
    "hr": "rule",
}


class Container(Struct, frozen=True, kw_only=True):
    """A quotation, list item, callout or footnote that is open. ``kind`` is None of a callout: it changes nothing."""

    kind: BlockKind | None
    label: str = ""


class Piece(Struct, frozen=True, kw_only=True):
    """One thing on the page: its tokens, and the containers that it stands in, the outermost first.

    ``name`` says what it is: text, callout, embed, definition, table, code, formula, enclosed, comment, html or rule.
    ``captions`` are the paragraphs around a table that are part of it.
    """

    name: str
    tokens: tuple[Token, ...]
    containers: tuple[Container, ...] = ()
    captions: tuple["Piece", ...] = ()

    @property
    def lines(self) -> tuple[int, int]:
        """The first line of it, and the one after its last."""
        maps = [token.map for token in self.tokens if token.map] + [list(piece.lines) for piece in self.captions]
        if not maps:
            return 0, 1
        # The term of a definition says that it begins and ends in the same line.
        return min(lines[0] for lines in maps), max(max(lines[1], lines[0] + 1) for lines in maps)


def pieces_of(tokens: Sequence[Token]) -> list[Piece]:
    """All Pieces, in their order; the caption of a table is part of it."""
    return list(_with_captions(list(_pieces(tokens))))


QUOTATION = Container(kind=BlockKind.QUOTATION)
ITEM = Container(kind=BlockKind.LIST_ITEM)
CALLOUT = Container(kind=None)


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    containers: tuple[Container, ...] = ()
    number = 0
    while number < len(tokens):
        name, length = _next(tokens, number)
        opened = _opened(tokens[number], name=name)
        containers = (*containers, opened) if opened else containers
        if name:
            yield Piece(name=name, tokens=_own(tokens[number : number + length], name=name), containers=containers)
        if tokens[number].type in {"blockquote_close", "list_item_close", "dd_close", "footnote_reference_close"}:
            containers = containers[:-1]
        number += length


def _own(tokens: Sequence[Token], *, name: str) -> tuple[Token, ...]:
    """The tokens of a piece without the one that opens what it stands in, whose lines are more than its own."""
    opening = {"callout": "blockquote_open", "definition": "dd_open"}.get(name)
    return tuple(token for token in tokens if token.type != opening)


def _opened(token: Token, *, name: str) -> Container | None:
    """The Container that begins with ``token``, if one does."""
    if token.type == "blockquote_open" and name != "embed":
        is_other = name == "callout" and token.meta["callout"] != "quote"
        return CALLOUT if is_other else QUOTATION
    if token.type in {"list_item_open", "dd_open"} or name == "definition":
        return ITEM
    if token.type == "footnote_reference_open":
        return Container(kind=BlockKind.FOOTNOTE, label=token.meta["label"])
    return None


def _next(tokens: Sequence[Token], number: int) -> tuple[str, int]:
    """The name of the piece that begins with this token, "" if none does, and how many tokens belong to it."""
    token = tokens[number]
    match token.type:
        case "paragraph_open" | "heading_open":
            return "text", 3
        case "table_open":
            return "table", _length(tokens, number)
        case "blockquote_open":
            return _quotation(tokens, number)
        case "dt_open":
            return _term(tokens, number)
        case "html_block":
            return _html(tokens, number)
        case _:
            return ALONE.get(token.type, ""), 1


def _length(tokens: Sequence[Token], number: int) -> int:
    """From an opening token to the one that closes it."""
    depth = 0
    for end in range(number, len(tokens)):
        depth += tokens[end].nesting
        if depth == 0:
            return end - number + 1
    return len(tokens) - number


def _quotation(tokens: Sequence[Token], number: int) -> tuple[str, int]:
    kind = kind_of(tokens[number : number + 3])
    if not kind:
        return "", 1
    tokens[number].meta["callout"] = kind
    return ("embed", _length(tokens, number)) if kind == "embed" else ("callout", 4)


def _term(tokens: Sequence[Token], number: int) -> tuple[str, int]:
    # The term belongs to the first paragraph of its definition: `dt_open inline dt_close dd_open paragraph_open ...`.
    following = [token.type for token in tokens[number + 3 : number + 5]]
    return ("definition", 7) if following == ["dd_open", "paragraph_open"] else ("term", 3)


def _html(tokens: Sequence[Token], number: int) -> tuple[str, int]:
    if is_comment(tokens[number].content):
        return "comment", 1
    # A blank line inside a table of HTML parts it for Markdown. Together its halves are a table again.
    opened = open_elements(tokens[number].content)
    end = number + 1
    while opened > 0 and end < len(tokens) and tokens[end].type == "html_block":
        opened += open_elements(tokens[end].content)
        end += 1
    return "html", end - number


def _with_captions(pieces: list[Piece]) -> Iterator[Piece]:
    number = 0
    while number < len(pieces):
        here, after = pieces[number], pieces[number + 1 : number + 2]
        if after and after[0].name == "table" and _is_caption(here, after[0]):
            yield replace(after[0], captions=(here,))
            number += 2
        elif here.name == "table" and after and _is_caption(after[0], here):
            yield replace(here, captions=(after[0],))
            number += 2
        else:
            yield here
            number += 1


def _is_caption(piece: Piece, table: Piece) -> bool:
    if piece.name != "text" or piece.containers != table.containers or piece.tokens[0].type != "paragraph_open":
        return False
    content = piece.tokens[1].content
    return len(content) <= LONGEST_CAPTION and CAPTION.match(content) is not None
