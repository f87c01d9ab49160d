"""Floor 3, sources: the inline tokens of Markdown -> the words a reader sees, their links, pictures and notes. Pure."""

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from markdown_it.token import Token
from msgspec import Struct

from pipeline.model import Link
from pipeline.sources.manuscript import clean

#: Stands for a footnote mark until its surroundings are known. No source has it: `clean` takes it out.
MARK = "\x00"
#: A mark goes, and the blank before it where it would be left over.
MARKS = re.compile(rf"(?: ?{MARK})+(?=[\s.,;:!?)\]”’]|\Z)|\A{MARK}+ ?|{MARK}")
#: Stars of emphasis that is not closed or stands at a wrong place; not those between two letters, figures or blanks.
LEFT_OVER_STARS = re.compile(r"(?<![\w*])\*+(?=[^\s*])|(?<=[^\s*])\*+(?![\w*])")
LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
SHOWN_SCHEMES = {"http", "https", "mailto"}


class Words(Struct, frozen=True, kw_only=True):
    """What a run of inline tokens shows.

    ``pictures`` are the descriptions of its images, ``notes`` the numbers of the footnotes written inside the text.
    """

    text: str
    links: tuple[Link, ...]
    pictures: tuple[str, ...]
    notes: tuple[int, ...]


def words_from(tokens: Sequence[Token], *, base: str) -> Words:
    """The Words of the children of one inline token; relative addresses are completed by ``base``."""
    return Words(
        text=_tidy("".join(_shown(token) for token in tokens)),
        links=tuple(_links(tokens, base=base)),
        pictures=tuple(_description(token) for token in tokens if token.type == "image"),
        notes=tuple(token.meta["id"] for token in tokens if _is_note_inside(token)),
    )


def _shown(token: Token) -> str:
    if token.type == "code_inline":
        return token.content
    if token.type == "text":
        return LEFT_OVER_STARS.sub("", token.content)
    if token.type == "footnote_ref":
        return MARK
    is_break = token.type in {"softbreak", "hardbreak"}
    is_break_tag = token.type == "html_inline" and LINE_BREAK_TAG.fullmatch(token.content)
    # The other tokens open or close emphasis and links, are tags, or are pictures, which become Blocks.
    return " " if is_break or is_break_tag else ""


def _is_note_inside(token: Token) -> bool:
    return token.type == "footnote_ref" and "label" not in token.meta


def _tidy(text: str) -> str:
    # Character references can hold what `clean` took out of the file, hence once more.
    return clean(MARKS.sub("", re.sub(r"[ \t\n]+", " ", text))).strip()


def _description(image: Token) -> str:
    children = image.children or []
    return _tidy("".join(_description(child) if child.type == "image" else _shown(child) for child in children))


def _links(tokens: Sequence[Token], *, base: str) -> list[Link]:
    links = []
    opened = 0
    for position, token in enumerate(tokens):
        if token.type == "link_open":
            opened = position
        elif token.type == "link_close":
            inside = tokens[opened:position]
            url = urljoin(base, str(tokens[opened].attrs["href"]))
            text = _tidy("".join(_shown(part) for part in inside))
            text = text or " ".join(_description(part) for part in inside if part.type == "image").strip()
            if text and urlsplit(url).scheme in SHOWN_SCHEMES:
                links.append(Link(text=text, url=url))
    return links
