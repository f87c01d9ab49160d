"""Inside the notes: their twin in plain text, for directories that show no HTML. Pure.

YouTube refuses angle brackets, Amazon shows none of the tags (feeds.md Y4, Z4).
"""

from html.parser import HTMLParser

#: The most that YouTube takes (feeds.md Y4).
PLAIN_LIMIT_CHARACTERS = 5000

_NO_BRACKETS = str.maketrans({"<": "‹", ">": "›"})
_LISTS = frozenset({"ul", "ol"})


def plain_notes(html: str) -> str:
    """Show notes as text: a blank line between paragraphs, "- " or "1. " before items, links as "text (address)".

    At most 5,000 characters, with a line end at the end; what is longer ends with the last whole line and an ellipsis.
    Angle brackets become single guillemets.
    """
    text = _Reader(html).text.translate(_NO_BRACKETS)
    if len(text) < PLAIN_LIMIT_CHARACTERS:
        return f"{text}\n" if text else ""
    room = PLAIN_LIMIT_CHARACTERS - len("\n…\n")
    lines = text[: room + 1].rpartition("\n")[0].rstrip()
    return f"{lines}\n…\n" if lines else f"{text[: room + 1]}…\n"


class _Reader(HTMLParser):
    """``text`` is what notes say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._written = ""
        self._address = ""
        self._link_start = 0
        self._list, self._items = "", 0
        self.feed(html)
        self.close()
        self.text = self._written.strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a line, a paragraph, an item or a link."""
        if tag == "a":
            self._address, self._link_start = dict(attrs).get("href") or "", len(self._written)
        elif tag == "br":
            self._written = self._written.rstrip(" ") + "\n"
        elif tag == "li":
            self._items += 1
            self._start_line("\n" if self._items > 1 else "\n\n")
            self._written += f"{self._items}. " if self._list == "ol" else "- "
        else:
            self._start_line("\n\n")
            self._list, self._items = (tag if tag in _LISTS else ""), 0

    def handle_endtag(self, tag: str) -> None:
        """Put the address behind the words of a link; part what follows from what ends."""
        if tag == "a":
            words = self._written[self._link_start :].strip()
            if self._address and words != self._address:
                self._written += f" ({self._address})"
            self._address = ""
        elif tag in _LISTS:
            self._list, self._items = "", 0

    def handle_data(self, data: str) -> None:
        """Add words, with single blanks."""
        words = " ".join(data.split())
        before = " " if data[:1].isspace() and self._written[-1:].strip() else ""
        after = " " if words and data[-1:].isspace() else ""
        self._written += before + words + after

    def _start_line(self, gap: str) -> None:
        self._written = self._written.rstrip() + gap if self._written.strip() else ""
