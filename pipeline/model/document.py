"""A feed as it stands, of this project or of any other: elements, attributes, texts, and the line of each."""

from collections.abc import Iterator

from msgspec import Struct


class FeedElement(Struct, frozen=True, kw_only=True):
    """One element. ``name`` has the usual prefix of its namespace, whatever the document calls it: "itunes:image".

    An element of no namespace has none ("enclosure"), one of an unknown namespace has that in braces
    ("{urn:other}tag"); so have the names of attributes. ``text`` is what stands in it before its first child, as it
    is; ``line`` counts from 1.
    """

    name: str
    attributes: dict[str, str]
    text: str
    line: int
    children: tuple["FeedElement", ...] = ()

    def all(self, name: str) -> Iterator["FeedElement"]:
        """Its children of that name, in order."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "FeedElement | None":
        """The first of its children of that name."""
        return next(self.all(name), None)

    def text_of(self, name: str) -> str:
        """The text of its first child of that name, without blanks at the ends; "" where there is none."""
        found = self.first(name)
        return found.text.strip() if found is not None else ""


class FeedDocument(Struct, frozen=True, kw_only=True):
    """A whole feed. ``address`` is where it was asked for, "" for a file; ``length_bytes`` as it came, unpacked.

    ``namespaces`` are the prefixes that the root declares, as it spells them. ``has_declaration`` says whether it
    begins with an XML declaration, ``encoding`` what that says.
    """

    root: FeedElement
    address: str
    length_bytes: int
    namespaces: dict[str, str]
    has_declaration: bool
    encoding: str

    @property
    def channel(self) -> FeedElement | None:
        """The channel, None where the root has none."""
        return self.root.first("channel")

    @property
    def items(self) -> tuple[FeedElement, ...]:
        """Its items, in their order."""
        return tuple(self.channel.all("item")) if self.channel is not None else ()
