"""Floor 3, inside the feeds: an Element, the XML that it becomes, and the cleaning of what is to stand in it."""

from collections.abc import Iterable

from msgspec import Struct

from pipeline.errors import FeedError
from pipeline.notes import carried_text, web_address

#: Prefix and URI of every namespace of ours that the root declares. Source: feeds.md X3.
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
}

#: Of a private feed alone, and declared where it stands.
XHTML = "http://www.w3.org/1999/xhtml"

#: The most characters of a podcast:person, podcast:soundbite, podcast:trailer. Source: podcast-namespace, docs/tags.
LONGEST_LABEL = 128


class Element(Struct, frozen=True, kw_only=True, gc=False):
    """One element of the feed: ``name`` with its usual prefix, as in "podcast:guid", and what stands in it.

    What XML cannot carry may be in the values: it is left out when they are written.
    """

    name: str
    attributes: dict[str, str] = {}
    text: str = ""
    children: tuple["Element", ...] = ()


def xml_of(element: Element, *, indent: str = "") -> str:
    """``element`` on a line of its own, and each of its children too."""
    start = f"{indent}<{element.name}"
    for key, value in element.attributes.items():
        start += f' {key}="{value if _is_plain(value) else as_attribute(value)}"'
    if element.children:
        children = "".join([xml_of(child, indent=indent + "  ") for child in element.children])
        return f"{start}>\n{children}{indent}</{element.name}>\n"
    text = element.text
    if not text:
        return f"{start}/>\n"
    return f"{start}>{text if _is_plain(text) else as_text(text)}</{element.name}>\n"


def as_text(text: str) -> str:
    """``text`` as it is written between tags, without what XML cannot carry."""
    return _escaped(clean(text)).replace("\r", "&#13;")  # a parser makes a bare one a line end


def as_attribute(value: str) -> str:
    """``value`` as it is written between quotation marks, without what XML cannot carry."""
    quoted = _escaped(clean(value)).replace('"', "&quot;")
    # A parser makes bare ones blanks. Source: XML 1.0, section 3.3.3.
    return quoted.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def carried(element: Element) -> Element:
    """``element`` as it is meant to be read back."""
    return Element(
        name=element.name,
        attributes={key: clean(value) for key, value in element.attributes.items()},
        text=clean(element.text),
        children=tuple(carried(child) for child in element.children),
    )


def clean(text: str) -> str:
    """``text`` without what XML cannot carry. What Python calls printable is carried, which is found out at once."""
    return text if text.isprintable() else carried_text(text)


def one_line(text: str) -> str:
    """``text`` as a title may stand: what XML can carry, single blanks, none at the ends. Source: feeds.md X13."""
    return " ".join(clean(text).split())


def label(text: str) -> str:
    """``text`` on one line of at most 128 characters; what is longer ends in "…"."""
    line = one_line(text)
    return line if len(line) <= LONGEST_LABEL else line[: LONGEST_LABEL - 1].rstrip() + "…"


def address(url: str, what: str, *, cure: str) -> str:
    """``url`` as every app can ask for it. Raises: FeedError if it is none, or longer than 2,000 bytes."""
    found = web_address(url)
    if not found:
        raise FeedError(f"{what} is no http(s) address of at most 2,000 bytes: {url[:100]!r}", cure=cure)
    return found


def given(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The attributes that have a value."""
    return {key: value for key, value in pairs if value}


def _is_plain(value: str) -> bool:
    """Whether ``value`` can stand as it is. Nearly all do, and asking is ten times as fast as escaping."""
    return value.isprintable() and not ("&" in value or "<" in value or ">" in value or '"' in value)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
