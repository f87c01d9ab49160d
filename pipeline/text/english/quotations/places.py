"""Inside the quotations: a quotation with the author's words on both sides of it, up to its neighbours."""

from collections.abc import Sequence

from msgspec import Struct

from pipeline.text.english.quotations.marks import SIGNS, Marked
from pipeline.text.english.quotations.speakers import REACH


class Place(Struct, frozen=True, kw_only=True):
    """One quotation: where it starts, its ``content`` between the marks, and the author's words beside it.

    ``before`` is all of them since the quotation before, ``head`` the last and ``tail`` the next of them, as far as
    an attribution may reach.
    """

    start: int
    content: str
    before: str
    tail: str

    @property
    def ending(self) -> str:
        """The last sign of the content, the marks of a quotation inside it left aside; "" where there is none."""
        return self.content.rstrip(SIGNS + ")]")[-1:]

    @property
    def head(self) -> str:
        """The author's words right before the opening mark."""
        return self.before[-REACH:]


def places_of(text: str, found: Sequence[Marked]) -> list[Place]:
    """The place of each of ``found``, which lie one after another."""
    ends = [0, *(each.end for each in found)]
    starts = [*(each.start for each in found[1:]), len(text)]
    return [
        Place(
            start=each.start,
            content=text[each.start + 1 : each.end - each.is_closed].strip(),
            before=text[before : each.start],
            tail=text[each.end : min(behind, each.end + REACH)],
        )
        for each, before, behind in zip(found, ends, starts, strict=False)
    ]
