"""Floor 3, sources: Lexical, the JSON tree of Ghost's editor since version 5 -> HTML. Pure.

Only posts that were never published lack the HTML that Ghost makes of it. The tree is walked with a stack.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

import msgspec

from pipeline.errors import SourceError
from pipeline.sources.draft import Removal
from pipeline.sources.exports.cards import html_of_card, text_in

Node = dict[str, Any]

DAMAGED = "open and save the post in Ghost, and export it again"
#: Elements that hold others: kind of node -> element. The rest is a kind with a tag of its own, or a card.
ELEMENTS = {"paragraph": "p", "quote": "blockquote", "aside": "blockquote", "listitem": "li"}
TAGS = {"heading": frozenset({"h1", "h2", "h3", "h4", "h5", "h6"}), "list": frozenset({"ul", "ol"})}
LINKS = frozenset({"link", "autolink", "at-link"})
#: The bits of a text's format, in the order in which their elements stand around it. 8 is underlining, 128 a marker.
FORMATS = {16: "code", 1: "strong", 2: "em", 4: "s", 32: "sub", 64: "sup"}
BREAKS = {"linebreak": "<br>", "tab": " ", "zwnj": ""}


class _Document(msgspec.Struct, frozen=True):
    root: Node


def html_of_lexical(written: str) -> tuple[str, tuple[Removal, ...]]:
    """The HTML of a text in Lexical, and what of it is not known.

    Raises:
        SourceError: it is no Lexical.
    """
    try:
        root = msgspec.json.decode(written, type=_Document).root
    except (msgspec.DecodeError, RecursionError) as error:
        raise SourceError(f"its text in Ghost's format is damaged ({error})", cure=DAMAGED) from error
    removals: list[Removal] = []
    return "".join(_walked(root, removals=removals)), tuple(removals)


def _walked(root: Node, *, removals: list[Removal]) -> Iterator[str]:
    waiting: list[Node | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif "children" in node:
            before, after = _around(node)
            yield before
            waiting += [after, *reversed(list(_children(node)))]
        else:
            yield _leaf(node, removals=removals)


def _around(node: Node) -> tuple[str, str]:
    kind = _kind(node)
    if kind in LINKS:
        return f'<a href="{escape(text_in(node, "url"))}">', "</a>"
    tag = text_in(node, "tag")
    if tag in TAGS.get(kind, ()):
        start = node.get("start")
        told = f' start="{start}"' if tag == "ol" and isinstance(start, int) and start != 1 else ""
        return f"<{tag}{told}>", f"</{tag}>"
    element = ELEMENTS.get(kind)
    return (f"<{element}>", f"</{element}>") if element else ("", "")


def _children(node: Node) -> Iterator[Node]:
    """The nodes inside; a list inside a list stands in an item of its own and belongs to the item before."""
    items = _nodes(node["children"])
    if _kind(node) != "list":
        yield from items
        return
    last: Node | None = None
    for item in items:
        inside = list(_nodes(item.get("children")))
        if last is not None and inside and all(_kind(child) == "list" for child in inside):
            last = {**last, "children": [*_nodes(last.get("children")), *inside]}
            continue
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last


def _leaf(node: Node, *, removals: list[Removal]) -> str:
    kind = _kind(node)
    if kind in BREAKS:
        return BREAKS[kind]
    made = html_of_card(kind, node)
    if made is not None:
        return made
    if isinstance(node.get("text"), str):
        return _formatted(escape(node["text"], quote=False), node.get("format"))
    if kind != "root":
        removals.append(Removal(text=kind, reason="a card of Ghost that is not known here"))
    return ""


def _formatted(text: str, format_: object) -> str:
    bits = format_ if isinstance(format_, int) else 0
    for bit, element in FORMATS.items():
        if bits & bit and text.strip():
            text = f"<{element}>{text}</{element}>"
    return text


def _kind(node: Node) -> str:
    return text_in(node, "type").removeprefix("extended-")


def _nodes(found: object) -> Iterable[Node]:
    return (node for node in found if isinstance(node, dict)) if isinstance(found, list) else ()
