"""Floor 3, sources: raw HTML inside a paragraph of Markdown: its words stay, its tags become what they mean. Pure."""

import html
from collections.abc import Iterator, Sequence
from itertools import takewhile

from markdown_it.token import Token

from pipeline.patterns import regex
from pipeline.sources.html.writing.vocabulary import POWER, RAISED

TAG = regex(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
ATTRIBUTE = regex(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
#: Elements whose inside is no text.
WORDLESS = {"script", "style", "template", "noscript", "svg", "audio", "video", "iframe", "object"}
SCRIPT = "a script or mark-up of the web page, not part of the text"
NOTE_MARK = "the mark of a footnote that is written in HTML"
MARK_SIGNS = regex(r"[\W\d]*")
#: What is struck out on a page.
STRUCK = {"del", "s", "strike"}


def without_tags(tokens: Sequence[Token]) -> Sequence[Token]:
    """``tokens`` with what the tags mean: links, pictures, line breaks, powers, words struck out; other tags go."""
    if not any(token.type == "html_inline" for token in tokens):
        return tokens
    return list(_meant(tokens))


def _meant(tokens: Sequence[Token]) -> Iterator[Token]:
    number = 0
    while number < len(tokens):
        token = tokens[number]
        length = _length(tokens, number) if token.type == "html_inline" else 1
        if _name(token) == "sup" and _is_power(tokens[number + 1 : number + 3]):
            yield Token("text_special", "", 0, content=tokens[number + 1].content.translate(RAISED))
            length = 3
        elif length > 1:
            yield _hidden(tokens[number : number + length])
        elif token.type == "html_inline":
            yield from _of_tag(token)
        else:
            yield token
        number += length


def _length(tokens: Sequence[Token], number: int) -> int:
    """How many tokens belong together: all up to the closing tag where the inside is no text, else 1."""
    name = _name(tokens[number])
    if name not in WORDLESS and name != "sup":
        return 1
    inside = list(takewhile(lambda token: _name(token) != f"/{name}", tokens[number + 1 : number + 200]))
    is_closed = number + len(inside) + 1 < len(tokens) and _name(tokens[number + len(inside) + 1]) == f"/{name}"
    return len(inside) + 2 if is_closed and (name != "sup" or _is_mark(inside)) else 1


def _is_power(inside: Sequence[Token]) -> bool:
    """Whether figures alone are raised: written as raised figures they are not taken for more figures."""
    is_text = len(inside) == 2 and inside[0].type == "text" and _name(inside[1]) == "/sup"
    return is_text and POWER.fullmatch(inside[0].content) is not None


def _is_mark(inside: Sequence[Token]) -> bool:
    """Whether it is the number of a footnote that was written in HTML: figures or signs that are a link."""
    text = "".join(token.content for token in inside if token.type in {"text", "text_special"})
    is_link = any(token.type == "link_open" or _name(token) == "a" for token in inside)
    return is_link and MARK_SIGNS.fullmatch(text) is not None


def _hidden(tokens: Sequence[Token]) -> Token:
    content = "".join(token.content for token in tokens)
    return Token("comment", "", 0, content=content, meta={"reason": NOTE_MARK if _name(tokens[0]) == "sup" else SCRIPT})


def _of_tag(token: Token) -> Iterator[Token]:
    name = _name(token)
    if token.content.startswith("<!--"):
        yield Token("comment", "", 0, content=token.content)
    elif name == "br":
        yield Token("softbreak", "", 0)
    elif name == "img":
        yield _image(token)
    elif name == "a" and "href" in _attributes(token):
        yield Token("link_open", "a", 1, attrs={"href": _attributes(token)["href"]})
    elif name == "/a":
        yield Token("link_close", "a", -1)
    elif name.removeprefix("/") in STRUCK:
        yield Token("s_close", "s", -1) if name.startswith("/") else Token("s_open", "s", 1)


def _image(token: Token) -> Token:
    attributes = _attributes(token)
    alternative = Token("text_special", "", 0, content=attributes.get("alt", ""))
    return Token("image", "img", 0, children=[alternative], attrs={"title": attributes.get("title", "")})


def _name(token: Token) -> str:
    found = TAG.match(token.content) if token.type == "html_inline" else None
    return found[1] + found[2].casefold() if found else ""


def _attributes(token: Token) -> dict[str, str]:
    pairs = ((found[1].casefold(), found[2]) for found in ATTRIBUTE.finditer(token.content))
    return {key: html.unescape(value.strip("\"'")) for key, value in pairs}
