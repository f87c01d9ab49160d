"""Floor 2: the HTML of show notes as apps see it: the names of its tags, its addresses, what it would run. Pure.

It is looked at with two patterns and not parsed: there may be 10,000 of them, and what is asked is little.
"""

import re
from html import unescape

from msgspec import Struct

from pipeline.patterns import regex

#: What apps keep of HTML in show notes. Source: feeds.md A25, S7 and section 5, number 13.
KEPT_TAGS = frozenset({"p", "br", "a", "ul", "ol", "li"})

#: What asks for input, changes the page or embeds another one: nothing of it works in an app.
PAGE_TAGS = frozenset(
    (
        *("style", "object", "embed", "applet", "form", "input", "button", "link", "meta"),
        *("iframe", "frame", "audio", "video", "canvas"),
    )
)

_TAG = regex(r"<(/?)([A-Za-z][A-Za-z0-9]*+)([^<>]*+)>")
_ADDRESS = regex(r"\b(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_HANDLER = regex(r"\son[a-z]+\s*=", re.IGNORECASE)
_SCHEME = regex(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_RUNS = regex(r"(javascript|vbscript):", re.IGNORECASE)


class Markup(Struct, frozen=True):
    """The names of the tags, in small letters, and the addresses of links and images, each as it stands."""

    tags: frozenset[str]
    addresses: tuple[str, ...]
    has_handlers: bool

    @property
    def scripts(self) -> list[str]:
        """What in it would run, as one writes it."""
        tags = ["<script>"] if "script" in self.tags else []
        handlers = ["an attribute of the kind onclick="] if self.has_handlers else []
        return tags + handlers + [address for address in self.addresses if _RUNS.match(address)]

    @property
    def page_tags(self) -> list[str]:
        """What in it works on a page alone."""
        return [f"<{tag}>" for tag in sorted(self.tags & PAGE_TAGS)]

    @property
    def relative(self) -> list[str]:
        """The addresses that lead nowhere outside of the page they were written for."""
        return [address for address in self.addresses if not _SCHEME.match(address)]

    @property
    def plain_http(self) -> list[str]:
        """The addresses without encryption."""
        return [address for address in self.addresses if address.lower().startswith("http://")]


def read_markup(html: str) -> Markup:
    """What is to be seen of ``html``."""
    tags: set[str] = set()
    addresses: list[str] = []
    has_handlers = False
    for closing, name, attributes in _TAG.findall(html):
        if closing:
            continue
        tags.add(name.lower())
        if attributes:
            found = _ADDRESS.findall(attributes)
            addresses.extend(unescape("".join(forms)).strip() for forms in found)
            has_handlers = has_handlers or _HANDLER.search(attributes) is not None
    return Markup(frozenset(tags), tuple(addresses), has_handlers)


def visible_text(html: str) -> str:
    """``html`` without its tags, and with its entities resolved."""
    return unescape(_TAG.sub("", html))


def is_empty(html: str) -> bool:
    """Whether there is nothing to read in ``html``, as in "<p>&nbsp;</p>"."""
    return not visible_text(html).strip()
