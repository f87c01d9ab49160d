"""Floor 3, sources: what a page says of its article in JSON-LD. Pure. Source: schema.org/Article and its kinds."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.patterns import regex

MOST_CHARACTERS = 1_000_000
MOST_NODES = 20_000

ARTICLE = regex(r"(?:article|blogposting|report|review|liveblogposting|socialmediaposting)$", re.IGNORECASE)
#: A page may wrap its JSON in what browsers ignored thirty years ago.
WRAPPING = regex(
    r"\A\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/?/?\*?\s*\]\]>\s*(?:\*/)?)\s*;?\s*\Z"
)

Node = dict[str, Any]


class LinkedArticle(Struct, frozen=True, kw_only=True):
    """What the JSON-LD says, as it is written there; "" and () where it says nothing. ``words`` is its wordCount.

    ``is_paid`` and ``is_free`` are both wrong where it does not say who may read it.
    """

    headline: str = ""
    subtitle: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    address: str = ""
    site: str = ""
    tags: tuple[str, ...] = ()
    is_paid: bool = False
    is_free: bool = False
    words: int = 0


def linked_article(root: HtmlElement, *, addresses: Iterable[str]) -> LinkedArticle:
    """The article that the page of ``root`` is about; an empty one where it names none, or several others.

    ``addresses`` are those of the page: of several articles the one with such an address is it.
    """
    nodes = list(_nodes(root))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node) and ("headline" in node or "name" in node)]
    here = {_bare(address) for address in addresses if address}
    ours = [node for node in articles if _bare(_address(node)) in here] or articles
    distinct = {_text(node.get("headline")) for node in ours}
    return _understood(max(ours, key=len), by_id) if ours and len(distinct) == 1 else LinkedArticle()


def _nodes(root: HtmlElement) -> Iterator[Node]:
    waiting: list[Any] = [_parsed(script.text or "") for script in root.iter("script") if _is_linked_data(script)]
    waiting.reverse()
    seen = 0
    while waiting and seen < MOST_NODES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed([part for part in value.values() if isinstance(part, dict | list)]))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _is_linked_data(script: HtmlElement) -> bool:
    return (script.get("type") or "").split(";")[0].strip().casefold() == "application/ld+json"


def _parsed(text: str) -> Any:
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        return json.loads(WRAPPING.sub("", text).strip(), strict=False)
    except (ValueError, RecursionError):
        return None  # what is no JSON says nothing; the page has other places where it says the same


def _is_article(node: Node) -> bool:
    return any(ARTICLE.search(kind) for kind in _texts(node.get("@type")))


def _understood(node: Node, by_id: dict[str, Node]) -> LinkedArticle:
    words, free = str(node.get("wordCount")), str(node.get("isAccessibleForFree")).casefold()
    return LinkedArticle(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        subtitle=_text(node.get("alternativeHeadline")),
        summary=_text(node.get("description")),
        authors=_names(node.get("author") or node.get("creator"), by_id),
        published=_text(node.get("datePublished")),
        language=_text(node.get("inLanguage")),
        address=_address(node),
        site=next(iter(_names(node.get("publisher") or node.get("isPartOf"), by_id)), ""),
        tags=_tags(node.get("keywords")),
        is_paid=free in {"false", "no", "0"},
        is_free=free in {"true", "yes", "1"},
        words=int(words) if words.isdecimal() and len(words) < 8 else 0,
    )


def _address(node: Node) -> str:
    main = node.get("mainEntityOfPage")
    own = main.get("@id") or main.get("url") if isinstance(main, dict) else main
    return _text(node.get("url")) or _text(own)


def _bare(address: str) -> str:
    """An address without what two ways of writing the same one differ in."""
    return re.sub(r"^https?://(?:www\.)?|[?#].*$", "", address.casefold()).rstrip("/")


def _names(value: Any, by_id: dict[str, Node]) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    whole = [
        by_id.get(str(one.get("@id")), one) if isinstance(one, dict) and "name" not in one else one for one in values
    ]
    names = [name for one in whole for name in _texts(one.get("name") if isinstance(one, dict) else one)]
    return tuple(dict.fromkeys(name for name in names if "://" not in name))


def _tags(value: Any) -> tuple[str, ...]:
    written = _texts(value)
    return tuple(part.strip() for text in written for part in (text.split(",") if len(written) == 1 else [text]))


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for one in values if (text := _text(one))]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if isinstance(value, list):
        value = value[0] if value and isinstance(value[0], str) else ""
    return " ".join(value.split()) if isinstance(value, str) else ""
