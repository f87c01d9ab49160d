"""Floor 3, sources: what a Word file holds and does not show, taken out of its tree: tracked changes, comments ...

Insertions count as made and deletions too, as with "Accept all changes". Everything taken out is reported.
"""

from collections.abc import Iterator

from lxml import etree

from pipeline.sources.draft import Removal
from pipeline.sources.word.names import PARAGRAPH, RUN, W, is_on, remove, words_in

DELETED = "deleted in Word, with changes tracked"
MOVED = "moved to another place in Word, with changes tracked"
HIDDEN = "hidden text"
COMMENT = "a comment in the margin of the manuscript"
EMBEDDED = "a document inside this one; put its text into this one if it should be read"

GONE = {f"{W}del": DELETED, f"{W}moveFrom": MOVED}
#: In these a deletion is a mark on a paragraph or row, not something around text.
PROPERTIES = {f"{W}rPr", f"{W}trPr"}


def remove_unseen(root: etree._Element) -> Iterator[Removal]:
    """What does not show is out of the tree when all Removals were taken."""
    yield from _deletions(root)
    yield from _hidden(root)
    for element in list(root.iter(f"{W}altChunk")):
        remove(element)
        yield Removal(text="(an embedded document)", reason=EMBEDDED)


def comments_in(root: etree._Element) -> Iterator[Removal]:
    """What stands in the margin, by whom."""
    for comment in root.iter(f"{W}comment"):
        words = words_in([comment])
        author = comment.get(f"{W}author", "").strip()
        if words:
            yield Removal(text=f"{author}: {words}" if author else words, reason=COMMENT)


def _deletions(root: etree._Element) -> Iterator[Removal]:
    for element in list(root.iter(*GONE)):
        parent = element.getparent()
        if parent is None:
            continue
        if parent.tag not in PROPERTIES:
            yield from _removed(element, reason=GONE[element.tag])
        elif parent.tag == f"{W}trPr":
            yield from _removed(_parent_of(parent), reason=DELETED)
        elif not _has_next_paragraph(parent):
            # mammoth puts what is left of a paragraph whose end was deleted before the next one, and else nowhere.
            remove(element)


def _removed(element: etree._Element, *, reason: str) -> Iterator[Removal]:
    words = words_in([element])
    remove(element)
    if words:
        yield Removal(text=words, reason=reason)


def _parent_of(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _has_next_paragraph(mark: etree._Element) -> bool:
    # mark is w:p/w:pPr/w:rPr
    following = _parent_of(_parent_of(mark)).getnext()
    return following is not None and following.tag == PARAGRAPH


def _hidden(root: etree._Element) -> Iterator[Removal]:
    for run in list(root.iter(RUN)):
        if is_on(run.find(f"{W}rPr/{W}vanish")):
            yield from _removed(run, reason=HIDDEN)
