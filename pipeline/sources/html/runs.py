"""Floor 3, sources: a tree of HTML -> the runs of text in it, each what a reader sees as one paragraph, and back.

What an extractor keeps of a page is known by its words alone. With the runs it can be found again in the tree, so that
what is read aloud, tables with spans and notes come from the page as it was and not from what the extractor made of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.patterns import regex

_BLOCKS = (
    "address article aside audio blockquote body caption center dd details dialog div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul video"
)
#: Elements that end a paragraph. All others stand within one.
BLOCKS = frozenset(_BLOCKS.split())
NOT_LETTERS = regex(r"[\W_]+")


class Slot(Struct, frozen=True, kw_only=True):
    """A string of the tree: the text of ``element``, or what follows it. ``is_linked`` if it stands in a link."""

    element: HtmlElement
    place: Literal["text", "tail"]
    is_linked: bool

    @property
    def text(self) -> str:
        return (self.element.text if self.place == "text" else self.element.tail) or ""

    def clear(self) -> None:
        if self.place == "text":
            self.element.text = None
        else:
            self.element.tail = None


class Run(Struct, frozen=True, kw_only=True):
    """One run of text: its Slots in order, and the innermost block that it stands in.

    ``letters`` are its letters and digits alone: what is the same however it was taken apart and joined again.
    ``words`` and ``linked_words`` count what stands between blanks, in all and in links.
    """

    block: HtmlElement
    slots: tuple[Slot, ...]
    text: str
    letters: str
    words: int
    linked_words: int

    @property
    def linked_share(self) -> float:
        """How much of it stands in links, from 0 to 1."""
        return min(1.0, self.linked_words / self.words)


def letters_of(text: str) -> str:
    """Letters and digits of ``text`` in small letters, nothing else."""
    return NOT_LETTERS.sub("", text).casefold()


def runs_of(root: HtmlElement) -> list[Run]:
    """All runs of text below ``root`` that have letters, in order of the page."""
    return [run for block, slots in _parted(root) if slots and (run := _run(block, slots)).letters]


def _run(block: HtmlElement, slots: Sequence[Slot]) -> Run:
    words = "".join(slot.text for slot in slots).split()
    text = " ".join(words)
    return Run(
        block=block,
        slots=tuple(slots),
        text=text,
        letters=letters_of(text),
        words=len(words),
        linked_words=sum(len(slot.text.split()) for slot in slots if slot.is_linked),
    )


def _parted(root: HtmlElement) -> Iterator[tuple[HtmlElement, list[Slot]]]:
    """The strings below ``root`` by paragraphs, each with the innermost block that it stands in."""
    blocks, links, breaks = [root], 0, 0
    slots: list[Slot] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_block, is_start = element.tag in BLOCKS, event == "start"
        # Two line breaks with nothing between them end a paragraph, as old pages write them.
        breaks += is_start and element.tag == "br"
        if is_block or breaks == 2:
            yield blocks[-1], slots
            slots, breaks = [], 0
        if element is root and not is_start:
            return
        links += (element.tag == "a") * (1 if is_start else -1)
        if is_block and is_start:
            blocks.append(element)
        elif is_block:
            blocks.pop()
        slot = Slot(element=element, place="text" if is_start else "tail", is_linked=links > 0)
        if slot.text:
            breaks = breaks if slot.text.isspace() else 0
            slots.append(slot)
    yield root, slots


def keep_only(root: HtmlElement, kept: Sequence[Run], *, runs: Sequence[Run]) -> None:
    """Change the tree of ``root``: of all its ``runs`` only ``kept`` are left, and pictures that stand among them."""
    staying = set(map(id, kept))
    gone = [run for run in runs if id(run) not in staying]
    alive, dead = _holders(root, kept), _holders(root, gone)
    among = _among(root, kept)
    for run in gone:
        for slot in run.slots:
            slot.clear()
    for element in list(root.iterdescendants()):
        if element not in alive and (element in dead or element not in among) and element.getparent() is not None:
            element.drop_tree()


def _holders(root: HtmlElement, runs: Iterable[Run]) -> set[HtmlElement]:
    """Every element that has text of ``runs`` inside."""
    holders = {root}
    for run in runs:
        for slot in run.slots:
            element = slot.element if slot.place == "text" else slot.element.getparent()
            while element is not None and element not in holders:
                holders.add(element)
                element = element.getparent()
    return holders


def _among(root: HtmlElement, kept: Sequence[Run]) -> set[HtmlElement]:
    """Every element between the first and the last that has words of ``kept``, or inside a paragraph of them."""
    elements = list(root.iterdescendants())
    carriers = {slot.element for run in kept for slot in run.slots}
    places = [number for number, element in enumerate(elements) if element in carriers]
    among = set(elements[places[0] : places[-1] + 1]) if places else set()
    return among.union(*({*run.block.iterdescendants()} for run in kept[-1:]))
