"""Floor 3, sources: any HTML -> the few tags that podcast apps keep of show notes; and the proof that notes are such.

Everything becomes paragraphs and lists of one level, which is what every app shows and what can be cut between any two
of its pieces.
"""

import html
import re
from html.parser import HTMLParser

import nh3

from pipeline.errors import FeedError
from pipeline.notes import carried_text, web_address
from pipeline.patterns import regex

#: Source: feeds.md A25 and S7: what Apple and Spotify both keep.
TAGS = frozenset({"p", "br", "a", "ul", "ol", "li"})
ADDRESSES_OPEN_WITH = frozenset({"http", "https"})

#: What parts one text from the next, and is no tag of ours.
_PARTING = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "pre", "section", "summary"}
    | {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
#: What is gone with all that is in it. What an author struck out is not read aloud either.
_GONE = frozenset(
    {"del", "iframe", "math", "noscript", "object", "s", "script", "select", "strike", "style", "svg", "template"}
    | {"textarea", "title"}
)
_LISTS = frozenset({"ul", "ol"})
_ATTRIBUTES = {"a": {"href"}}
_NO_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": set()}  # "*": nh3 lets `title` and `lang` stand everywhere
_BREAK = "<br>"
_BREAKS = regex(rf"(?:\s*{_BREAK}\s*)+")
_LINK = regex(r'<a href="https?://[!#-;=?-~]+">')


def clean_notes(markup: str) -> str:
    """``markup`` as p, br, ul, ol, li, and a with an http(s) address: "<p>...</p><ul><li>...</li></ul>".

    Nothing is nested but a list's items in it, and links and line breaks in either: what stands in a list of a list is
    an item of it. Words of other tags are kept, what no app can show (scripts, frames, drawings) is not.
    """
    known = nh3.clean(
        carried_text(markup),
        tags=set(TAGS | _PARTING),
        clean_content_tags=set(_GONE),
        attributes=_ATTRIBUTES,
        url_schemes=set(ADDRESSES_OPEN_WITH),
        link_rel=None,
    )
    return _Notes(known).text


def require_clean(notes: str) -> None:
    """Nothing, if ``notes`` hold no tag and no attribute but those above, each closed in its order.

    Addresses are only judged by how they open: nh3 drops those that nobody can follow, and that is the article's.

    Raises:
        FeedError: they hold another.
    """
    bare = _LINK.sub("<a>", notes)
    if bare != nh3.clean(bare, tags=set(TAGS), attributes=_NO_ATTRIBUTES, link_rel=None):
        raise FeedError(
            f"the show notes hold HTML that podcast apps refuse: {notes[:80]!r} ...",
            cure="take HTML out of the article's subtitle, summary and `notes:`, and tell the makers of audio-edition",
        )


class _Notes(HTMLParser):
    """``text`` is what `clean_notes` gives for HTML that is well nested."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self._blocks: list[str] = []
        self._items: list[str] = []
        self._inline: list[str] = []
        self._depth, self._preformatted, self._address = 0, 0, ""
        self.feed(markup)
        self.close()
        self._end_piece()
        self.text = "".join(self._blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part the text where ``tag`` does; keep the address of a link."""
        if tag == "a":
            self._address = web_address(dict(attrs).get("href") or "")
        elif tag == "br":
            self._inline.append(_BREAK)
        else:
            self._part(tag)
            self._preformatted += tag == "pre"
            self._depth += tag in _LISTS

    def handle_endtag(self, tag: str) -> None:
        """Part the text where ``tag`` ends, and write a list down when its outermost one does."""
        if tag == "a":
            self._address = ""
        elif tag != "br":
            self._part(tag)
            self._preformatted -= tag == "pre"
            self._depth -= tag in _LISTS
            if tag in _LISTS and not self._depth:
                self._end_list(tag)

    def handle_data(self, data: str) -> None:
        """Add text, as a link where it stands in one."""
        for number, line in enumerate(data.split("\n") if self._preformatted else [data]):
            self._inline += [_BREAK] if number else []
            text = html.escape(" ".join(re.split(r"\s+", line)), quote=False)
            is_link = bool(self._address) and bool(text.strip())
            href = html.escape(self._address, quote=False)
            self._inline.append(f'<a href="{href}">{text}</a>' if is_link else text)

    def _part(self, tag: str) -> None:
        """Paragraphs of one item stay in it, on lines of their own."""
        if self._depth and tag not in _LISTS | {"li"}:
            self._inline.append(_BREAK)
        else:
            self._end_piece()

    def _end_piece(self) -> None:
        lines = _BREAKS.sub(_BREAK, "".join(self._inline)).removeprefix(_BREAK).removesuffix(_BREAK)
        self._inline.clear()
        written = re.sub(r"\s+", " ", lines).strip()
        if written and self._depth:
            self._items.append(f"<li>{written}</li>")
        elif written:
            self._blocks.append(f"<p>{written}</p>")

    def _end_list(self, tag: str) -> None:
        if self._items:
            self._blocks.append(f"<{tag}>{''.join(self._items)}</{tag}>")
        self._items.clear()
