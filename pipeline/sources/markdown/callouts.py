"""Floor 3, sources: callouts, which are quotations that open with a sign such as [!note], and their parts. Pure."""

import re
from collections.abc import Sequence

from markdown_it.token import Token
from msgspec import Struct

from pipeline.patterns import regex

SIGN = regex(r"\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][+-]?(?:[ \t]+|(?=\n)|\Z)")
#: The address at the end of an embed's title.
ADDRESS = regex(r"\s*\(<?(https?://[^\s<>]+?)>?\)\s*\Z")


class Callout(Struct, frozen=True, kw_only=True):
    """The parts of a callout's first paragraph; a part that is not there is empty.

    ``kind`` is the word of the sign in small letters. ``title`` and ``words`` are three tokens each: opening, inline,
    closing. ``attribution`` is the title's inline Markdown without the address that it ends in, which is ``url``.
    """

    kind: str
    title: tuple[Token, ...]
    words: tuple[Token, ...]
    attribution: str
    url: str


def kind_of(tokens: Sequence[Token]) -> str:
    """The word of the sign that the quotation ``tokens`` opens with, in small letters; "" if it is no callout."""
    if len(tokens) < 3 or tokens[1].type != "paragraph_open":
        return ""
    sign = SIGN.match(tokens[2].content)
    return sign[1].casefold() if sign else ""


def callout_of(paragraph: Sequence[Token]) -> Callout:
    """The parts of the first paragraph (three tokens) of a callout."""
    inline = paragraph[1]
    sign = SIGN.match(inline.content)
    if sign is None:
        raise ValueError(inline.content)
    line = inline.content.partition("\n")[0][sign.end() :].strip()
    address = ADDRESS.search(line)
    children = _without_sign(inline.children or [], length=sign.end())
    end = next((number for number, child in enumerate(children) if child.type in BREAKS), len(children))
    first, last = paragraph[0].map or [0, 1]
    return Callout(
        kind=sign[1].casefold(),
        title=_paragraph(children[:end], lines=[first, first + 1]) if line else (),
        words=_paragraph(children[end + 1 :], lines=[first + 1, last]) if children[end + 1 :] else (),
        attribution=line[: address.start()] if address else line,
        url=re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", address[1]) if address else "",
    )


BREAKS = {"softbreak", "hardbreak"}


def _without_sign(children: Sequence[Token], *, length: int) -> list[Token]:
    text = children[0].content[length:] if children else ""
    return [Token("text", "", 0, content=text), *children[1:]]


def _paragraph(children: Sequence[Token], *, lines: list[int]) -> tuple[Token, ...]:
    inline = Token("inline", "", 0, children=list(children), content="".join(child.content for child in children))
    return Token("paragraph_open", "p", 1, map=lines), inline, Token("paragraph_close", "p", -1)
