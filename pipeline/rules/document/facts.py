"""Floor 2: all that the rules over a feed document may know, and how they name a place in it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

from msgspec import Struct

from pipeline.model import FeedDocument, FeedElement
from pipeline.rules.document.namespaces import meant_prefix
from pipeline.rules.markup import Markup, read_markup
from pipeline.rules.rule import Fault

#: The elements whose text may be HTML.
MARKED_UP = ("description", "content:encoded")

#: The most of a title or value that stands in a message.
_SHOWN = 80


class Part(Struct, frozen=True, dict=True):
    """The channel or one of its items. ``named`` holds its children by name, each in their order.

    ``path`` is "channel" or "channel/item[3]", ``title`` that of an item.
    """

    element: FeedElement
    path: str
    title: str
    named: dict[str, list[FeedElement]]

    def all(self, name: str) -> list[FeedElement]:
        """Its children of that name."""
        return self.named.get(name, [])

    def first(self, name: str) -> FeedElement | None:
        """The first of its children of that name."""
        found = self.named.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The text of the first of them, without blanks at the ends; "" where there is none."""
        found = self.named.get(name)
        return found[0].text.strip() if found else ""

    @cached_property
    def ways(self) -> dict[int, str]:
        """The path from here to every element in it, by its identity; those in items are for the items to tell."""
        return dict(_ways(self.element))

    def at(self, element: FeedElement | None = None) -> str:
        """Where ``element`` in it stands, None for the part itself: "channel/item[3]/enclosure (line 57), “Title”"."""
        found = element or self.element
        way = "" if element is None else self.ways.get(id(element), "")
        title = f", “{shown(self.title)}”" if self.title else ""
        return f"{self.path}{way} (line {found.line}){title}"


class DocumentFacts(Struct, frozen=True, dict=True):
    """A feed, and when it is judged: ``now`` is aware UTC. ``dict`` lets it keep what several rules ask for."""

    document: FeedDocument
    now: datetime

    @cached_property
    def channel(self) -> Part:
        """The channel; an empty one where the root has none."""
        nothing = FeedElement(name="channel", attributes={}, text="", line=self.document.root.line)
        return _part(self.document.channel or nothing, "channel", title="")

    @cached_property
    def items(self) -> tuple[Part, ...]:
        """The items, in their order."""
        return tuple(
            _part(item, f"channel/item[{number}]", title=item.text_of("title"))
            for number, item in enumerate(self.document.items, start=1)
        )

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The channel, then the items."""
        return (self.channel, *self.items)

    @cached_property
    def episodes(self) -> tuple[Part, ...]:
        """The items that are meant to be heard: with an enclosure, or with anything else of a podcast in them."""
        return tuple(item for item in self.items if any(is_of_podcast(name) for name in item.named))

    @cached_property
    def marked_up(self) -> tuple[tuple[Part, FeedElement, Markup], ...]:
        """The texts that may be HTML, and are, with what is to be seen of it."""
        return tuple(
            (part, element, read_markup(element.text))
            for name in MARKED_UP
            for part, element in each(self.parts, name)
            if "<" in element.text or "&lt;" in element.text
        )

    @cached_property
    def lost_prefixes(self) -> frozenset[str]:
        """The prefixes whose namespace is spelt wrongly, so that nobody sees what is in it."""
        uris = set(self.document.namespaces.items())
        uris |= {("", name[1:].partition("}")[0]) for name in self.channel.named if name.startswith("{")}
        return frozenset(prefix for given, uri in uris if (prefix := meant_prefix(given, uri=uri)))

    def is_missing(self, part: Part, name: str) -> bool:
        """Whether ``part`` has no ``name``, nor one that another rule tells of: in other letters, or lost."""
        if name in part.named or name.partition(":")[0] in self.lost_prefixes:
            return False
        return not any(other.lower() == name.lower() for other in part.named)


def each(parts: Iterable[Part], name: str) -> Iterator[tuple[Part, FeedElement]]:
    """Every child called ``name`` of ``parts``, with the part it is in."""
    return ((part, element) for part in parts for element in part.named.get(name, ()))


def one_fault(places: list[str], *, of: int, what: str, cure: str) -> Iterator[Fault]:
    """One Fault for what many items have in common: at the first of ``places``, with the number of the others."""
    if places:
        more = len(places) - 1
        yield Fault(places[0], f"{what}{f', and so it is with {more} more of {of}' if more else ''}", cure)


def is_of_podcast(name: str) -> bool:
    """Whether an element of that name makes an item an episode."""
    return name.lower() == "enclosure" or name.startswith(("itunes:", "podcast:", "psc:"))


def shown(text: str) -> str:
    """``text`` on one line and not too long, for a message."""
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"


def quoted(text: str) -> str:
    """The same in quotation marks, with what cannot be seen made visible."""
    return repr(shown(text))


def _part(element: FeedElement, path: str, *, title: str) -> Part:
    named: dict[str, list[FeedElement]] = {}
    for child in element.children:
        named.setdefault(child.name, []).append(child)
    return Part(element, path, title, named)


def _ways(outer: FeedElement) -> Iterator[tuple[int, str]]:
    """Identity and path of every element in ``outer``, numbered where several have the same name."""
    counts = Counter(child.name for child in outer.children)
    seen: Counter[str] = Counter()
    for child in outer.children:
        seen[child.name] += 1
        number = f"[{seen[child.name]}]" if counts[child.name] > 1 else ""
        yield id(child), f"/{child.name}{number}"
        for identity, deeper in _ways(child) if child.name != "item" else ():
            yield identity, f"/{child.name}{number}{deeper}"
