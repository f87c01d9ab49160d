"""Floor 3, sources: text as WordPress's classic editor keeps it -> HTML with paragraphs. Pure.

A blank line there is a new paragraph and a single line end a line break, wherever no block element says otherwise.
Between the blocks of the newer editor stand pieces of the same.
"""

import re
from collections import Counter

from pipeline.patterns import regex

_BLOCKS = (
    r"address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]"
    r"|header|hr|li|main|menu|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
TAG = regex(rf"<(?P<closes>/?)(?P<name>{_BLOCKS})\b(?P<rest>[^<>]*)>", re.IGNORECASE)
BLANK_LINE = regex(r"\n[ \t]*(?:\n[ \t]*)+")
#: A line end, unless a tag holds it or a break stands before it.
LINE_END = regex(r"(?P<kept><br\s*/?>[ \t]*\n?|<[^<>]*>)|(?<![ \t])[ \t]*\n[ \t]*", re.IGNORECASE)

#: Text that stands directly in one of these, or in nothing, is a paragraph; in a line of these it only has breaks.
WITH_PARAGRAPHS = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "div",
        "fieldset",
        "footer",
        "form",
        "header",
        "main",
        "nav",
        "section",
    ]
)
WITH_BREAKS = frozenset(
    ["address", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "summary", "td", "th"]
)
VERBATIM = frozenset({"pre", "script", "style"})


def paragraphs_of(text: str) -> str:
    """``text`` with `<p>` around each piece between blank lines and `<br>` at each line end, where HTML needs them."""
    source = _without_comments(text.replace("\r\n", "\n").replace("\r", "\n"))
    written: list[str] = []
    open_ = _OpenElements()
    at = 0
    for tag in TAG.finditer(source):
        written += (_filled(source[at : tag.start()], open_.inmost), tag[0])
        open_.follow(tag)
        at = tag.end()
    return "".join([*written, _filled(source[at:], open_.inmost)])


class _OpenElements:
    """The names of the block elements that stand open, and how many of each."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._counts: Counter[str] = Counter()

    @property
    def inmost(self) -> str:
        """The last one that opened, or ""."""
        return self._names[-1] if self._names else ""

    def follow(self, tag: re.Match[str]) -> None:
        """Go past ``tag``."""
        name = tag["name"].lower()
        if self.inmost in VERBATIM and self.inmost != name:
            return
        if tag["closes"]:
            while self._counts[name] and self._close() != name:
                pass
            return
        if self.inmost == "p":
            self._close()
        if name != "hr" and not tag["rest"].endswith("/"):
            self._names.append(name)
            self._counts[name] += 1

    def _close(self) -> str:
        name = self._names.pop()
        self._counts[name] -= 1
        return name


def _without_comments(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _filled(text: str, inmost: str) -> str:
    if not text.strip() or inmost in VERBATIM:
        return text
    if inmost in WITH_BREAKS:
        return _with_breaks(text)
    if inmost and inmost not in WITH_PARAGRAPHS:
        return text
    pieces = (piece.strip() for piece in BLANK_LINE.split(text))
    return "\n".join(f"<p>{_with_breaks(piece)}</p>" for piece in pieces if piece)


def _with_breaks(text: str) -> str:
    return LINE_END.sub(lambda found: found["kept"] or "<br>\n", text.strip("\n"))
