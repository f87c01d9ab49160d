"""Floor 3, sources: the inline tokens of Markdown -> the words a reader sees, and what stands among them. Pure."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from markdown_it.token import Token
from msgspec import Struct

from pipeline.model import Link
from pipeline.patterns import regex
from pipeline.sources.manuscript import clean
from pipeline.sources.markdown.inline_html import without_tags
from pipeline.sources.markdown.mathematics import FORMULA_SHOWN, shown_formula

#: Stands for a footnote mark until its surroundings are known. No source has it: `clean` takes it out.
MARK = "\x00"
#: A mark goes, and the blank before it where it would be left over.
MARKS = regex(rf"(?: ?{MARK})+(?=[\s.,;:!?)\]”’]|\Z)|\A{MARK}+ ?|{MARK}")
#: What is shown elsewhere leaves one blank between the words around it, and none before a full stop.
GAP = "\x01"
GAPS = regex(rf"[ \t\n]*{GAP}[ \t\n{GAP}]*(?=[.,;:!?)\]”’]|\Z)|{GAP}")
#: Stars of emphasis that is not closed or stands at a wrong place; not those between two letters, figures or blanks.
LEFT_OVER_STARS = regex(r"(?<![\w*])\*+(?=[^\s*])|(?<=[^\s*])\*+(?![\w*])")
#: Obsidian's ==marks== and the ^name of a paragraph at its end.
HIGHLIGHTS = regex(r"(?<![\w=])==(?=[^\s=]|\Z)|(?:(?<=[^\s=])|\A)==(?![\w=])")
BLOCK_NAME = regex(r"(?:\A|(?<=\s))\^(?=[\w-]*[A-Za-z])[\w-]{2,}\s*\Z")
SHOWN_SCHEMES = {"http", "https", "mailto"}
#: Tokens without words of their own. Those that open or close emphasis or a link leave nothing.
STANDS_FOR = {
    **dict.fromkeys(["softbreak", "hardbreak"], " "),
    **dict.fromkeys(["image", "tag", "comment", "embed"], GAP),
    "footnote_ref": MARK,
    "math_inline_double": FORMULA_SHOWN,
}
#: Tokens that become Blocks of their own, below the one that they stand in.
OTHERS = {"image", "tag", "comment", "embed", "math_inline_double"}


STRUCK_REASON = "struck out by its author"


class Words(Struct, frozen=True, kw_only=True):
    """What a run of inline tokens shows.

    ``marks`` are the labels of the footnotes it refers to. ``others`` are its pictures, formulas, tags, comments,
    embeds, words struck out and the footnotes written inside it: all that becomes a Block of its own.
    """

    text: str
    links: tuple[Link, ...] = ()
    marks: tuple[str, ...] = ()
    others: tuple[Token, ...] = ()


def words_from(children: Sequence[Token], *, base: str) -> Words:
    """The Words of the children of one inline token; relative addresses are completed by ``base``."""
    tokens = _standing(children)
    return Words(
        text=_text(tokens),
        links=tuple(_links(tokens, base=base)),
        marks=tuple(label_of(token) for token in tokens if token.type == "footnote_ref"),
        others=tuple(token for token in tokens if _is_other(token)),
    )


def label_of(mark: Token) -> str:
    """The label of the footnote that ``mark`` refers to. One written inside the text gets one that nobody can write."""
    return str(mark.meta["label"]) if "label" in mark.meta else f"note {mark.meta['id'] + 1}"


def description_of(image: Token) -> str:
    """The alternative text of an image, as a reader would see it."""
    children = _standing(image.children or [])
    return _tidy("".join(description_of(child) if child.type == "image" else _shown(child) for child in children))


def plain(text: str) -> str:
    """``text`` on one line, without what nobody sees: character references can hold what `clean` took out."""
    return clean(re.sub(r"[ \t\n]+", " ", text)).strip()


def _standing(children: Sequence[Token]) -> Sequence[Token]:
    """The tokens without tags; words that are struck out are a comment, as their author does not stand by them."""
    tokens = without_tags(children)
    return list(_without_struck(tokens)) if any(token.type == "s_open" for token in tokens) else tokens


def _without_struck(tokens: Sequence[Token]) -> Iterator[Token]:
    ends = _ends_of_struck(tokens)
    number = 0
    while number < len(tokens):
        end = ends.get(number, number)
        if end == number:
            yield tokens[number]
        elif text := _struck_text(tokens[number:end]):
            yield Token("comment", "", 0, content=text, meta={"reason": STRUCK_REASON})
        number = end + 1


def _ends_of_struck(tokens: Sequence[Token]) -> dict[int, int]:
    """Where what is struck out ends, by where it begins; what is never closed is not struck out."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for number, token in enumerate(tokens):
        if token.type == "s_open":
            opened.append(number)
        elif token.type == "s_close" and opened:
            ends[opened.pop()] = number
    return ends


def _struck_text(tokens: Sequence[Token]) -> str:
    parts = (f" {description_of(token)} " if token.type == "image" else _shown(token) for token in tokens)
    return _tidy("".join(parts))


def _is_other(token: Token) -> bool:
    if token.type == "math_inline":
        return shown_formula(token.content) == FORMULA_SHOWN
    return token.type in OTHERS or (token.type == "footnote_ref" and "label" not in token.meta)


def _text(tokens: Sequence[Token]) -> str:
    if all(token.type in {"math_inline_double", "softbreak"} for token in tokens):
        return ""
    shown = [_shown(token) for token in tokens]
    if tokens[-1].type == "text":
        shown[-1] = BLOCK_NAME.sub("", shown[-1])
    return _tidy("".join(shown))


def _shown(token: Token) -> str:
    match token.type:
        case "text":
            return HIGHLIGHTS.sub("", LEFT_OVER_STARS.sub("", token.content))
        case "code_inline" | "text_special":
            return token.content
        case "math_inline":
            return shown_formula(token.content)
        case _:
            return STANDS_FOR.get(token.type, "")


def _tidy(text: str) -> str:
    return plain(MARKS.sub("", GAPS.sub("", re.sub(r"[ \t\n]+", " ", text))))


def _links(tokens: Sequence[Token], *, base: str) -> list[Link]:
    links = []
    opened: int | None = None
    for position, token in enumerate(tokens):
        if token.type == "link_open":
            opened = position
        elif token.type == "link_close" and opened is not None:
            link = _link(tokens[opened:position], base=base)
            links += [link] if link else []
    return links


def _link(tokens: Sequence[Token], *, base: str) -> Link | None:
    url = _joined(base, str(tokens[0].attrs["href"]))
    text = _tidy("".join(_shown(part) for part in tokens))
    text = text or " ".join(description_of(part) for part in tokens if part.type == "image").strip()
    return Link(text=text, url=url) if text and url else None


def _joined(base: str, address: str) -> str:
    """The whole address, or "" where it is none that can be shown."""
    try:
        url = urljoin(base, address)
        return url if urlsplit(url).scheme in SHOWN_SCHEMES else ""
    except ValueError:  # a host in brackets that is no number: no address at all
        return ""
