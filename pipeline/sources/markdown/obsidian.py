"""Floor 3, sources: what Obsidian adds to Markdown: `[[links]]`, `![[embeds]]`, `%%comments%%`. Pure.

Its callouts are quotations with a sign and are read by `callouts`, its ==marks== and ^block names by `words`.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from msgspec import Struct

from pipeline.patterns import regex

#: A link to another note; not the words of an ordinary link that stand in brackets themselves: `[[1]](address)`.
WIKI_LINK = regex(r"(!?)\[\[([^\[\]|\n]{1,300})((?:\|[^\[\]|\n]{0,300})*)\]\](?![(\[])")
PICTURE = regex(r".+\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)", re.IGNORECASE)
SIZE = regex(r"\d+(?:x\d+)?|left|right|center|")
COMMENT = "%%"


class Embedded(Struct, frozen=True, kw_only=True):
    """What `![[quay.png|The quay|300]]` shows: ``name`` is the file's or note's, ``shown`` the words given to it."""

    name: str
    shown: str
    is_picture: bool


def obsidian_plugin(parser: MarkdownIt) -> None:
    """Links and embeds of notes, and comments inside a paragraph."""
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    parser.inline.ruler.before("link", "wiki_comment", _comment)


def embedded(source: str) -> Embedded:
    """What the embed ``source``, brackets included, shows."""
    found = WIKI_LINK.fullmatch(source)
    if found is None:
        raise ValueError(source)
    shown = [part.strip() for part in found[3].split("|") if not SIZE.fullmatch(part.strip())]
    return Embedded(name=_name(found[2]), shown=" ".join(shown), is_picture=PICTURE.fullmatch(found[2]) is not None)


def _wiki_link(state: StateInline, silent: bool) -> bool:
    found = WIKI_LINK.match(state.src, state.pos, state.posMax) if state.src[state.pos] in "![" else None
    if found is None:
        return False
    if not silent:
        token = state.push("embed" if found[1] else "text", "", 0)
        token.content = found[0] if found[1] else found[3].removeprefix("|").strip() or _name(found[2])
    state.pos = found.end()
    return True


def _name(target: str) -> str:
    """How a note is called aloud: `essays/The quay#Prices` is "The quay, Prices"."""
    note, _, part = target.partition("#")
    names = note.rpartition("/")[2].removesuffix(".md"), "" if part.startswith("^") else part.replace("#", ", ")
    return ", ".join(name.strip() for name in names if name.strip())


def _comment(state: StateInline, silent: bool) -> bool:
    start = state.pos
    # "100%%" is a slip of the pen, not a comment.
    if not state.src.startswith(COMMENT, start) or state.src[max(start - 1, 0) : start].isdigit():
        return False
    end = state.src.find(COMMENT, start + 2, state.posMax)
    if end < 0:
        state.env.setdefault("open comments", []).append(state.src)
        return False
    if not silent:
        state.push("comment", "", 0).content = state.src[start : end + 2]
    state.pos = end + 2
    return True
