"""Floor 3, sources: which runs of a page are its article, where no site selector says so. trafilatura is the judge.

It is handed a copy of the tree and never fetches. Only its verdict is used, not its text: every run of the page whose
letters it kept stays where it is in the page's own tree, with all that stands around it.
"""

import logging
from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml.html import HtmlElement
from msgspec import Struct
from trafilatura import bare_extraction
from trafilatura.settings import Document

from pipeline.sources.html.runs import Run, letters_of
from pipeline.sources.html.widgets import is_id_of_text

#: trafilatura logs what it thinks of a page; what comes of it is said by us, once and with a cure.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

#: A run of so many letters is found wherever it stands; a shorter one only between its neighbours.
DISTINCT_LETTERS = 24
#: Of a run in which the judge left something out, so much must be there, in pieces of so many letters.
LEAST_SHARE = 0.6
LEAST_PIECE = 16
#: If less than this of a page's prose is called its article, the judge is asked again.
LEAST_OF_PROSE = 0.2
MOST_LINKED = 0.5
MOST_RUNS = 1500
#: Deeper than this its functions, which call themselves, would run out of stack.
DEEPEST = 150


class _Place(Struct, frozen=True):
    """Where a run stands in the letters that the judge kept."""

    start: int
    end: int


def judged(root: HtmlElement, runs: Sequence[Run]) -> list[Run]:
    """Those of ``runs`` that are the article, in order of the page; none where the judge finds no article.

    Its own rules are asked first. Where they find next to nothing it may ask the two other extractors that it knows:
    one of them takes time that grows with the square of the paragraphs, so that of very many it is not asked.
    """
    kept = _verdict(root, runs, is_fast=True)
    if _words(kept) >= LEAST_OF_PROSE * _words(run for run in runs if run.linked_share < MOST_LINKED):
        return kept
    second = _verdict(root, runs, is_fast=False) if len(runs) <= MOST_RUNS else []
    return max(kept, second, key=_words)


def _words(runs: Iterable[Run]) -> int:
    return sum(run.words for run in runs)


def _verdict(root: HtmlElement, runs: Sequence[Run], *, is_fast: bool) -> list[Run]:
    verdict = bare_extraction(
        _shallow(root), fast=is_fast, favor_precision=True, include_comments=False, include_tables=True
    )
    if not isinstance(verdict, Document) or verdict.body is None:
        return []
    return _found(runs, letters_of("".join(map(str, verdict.body.itertext()))))


def _shallow(root: HtmlElement) -> HtmlElement:
    """A copy of the tree in which nothing is nested deeper than the judge can follow; no word of it is lost.

    It is without what would mislead the judge: ids made of the author's words, and paragraphs marked as unseen.
    """
    copy = deepcopy(root)
    _unmark(copy)
    depths = {copy: 0}
    for element in list(copy.iterdescendants()):
        parent = element.getparent()
        depths[element] = depths[parent] + 1
        if depths[element] > DEEPEST:
            depths[element] = depths[parent]
            element.drop_tag()
    return copy


def _unmark(root: HtmlElement) -> None:
    for element in root.iterdescendants():
        if is_id_of_text(element):
            del element.attrib["id"]
        # Publishers hide paragraphs from the screen readers of those who have not paid, and show them to the others.
        if element.tag == "p":
            element.attrib.pop("aria-hidden", None)


def _found(runs: Sequence[Run], letters: str) -> list[Run]:
    places = _places(runs, letters)
    kept: list[Run] = []
    here = 0
    for run, place, following in zip(runs, places, _following(places, end=len(letters)), strict=True):
        if place is not None:
            kept.append(run)
            here = max(here, place.end)
        elif len(run.letters) < DISTINCT_LETTERS:
            start = letters.find(run.letters, here, max(here, following))
            if start >= 0:
                kept.append(run)
                here = start + len(run.letters)
    return kept


def _places(runs: Sequence[Run], letters: str) -> list[_Place | None]:
    """Where the longer runs stand, each after the last one if it can be."""
    places: list[_Place | None] = []
    here = 0
    for run in runs:
        place = _place(run, letters, here=here) if len(run.letters) >= DISTINCT_LETTERS else None
        places.append(place)
        here = place.end if place is not None else here
    return places


def _place(run: Run, letters: str, *, here: int) -> _Place | None:
    start = letters.find(run.letters, here)
    start = letters.find(run.letters) if start < 0 else start
    if start >= 0:
        return _Place(start, start + len(run.letters))
    pieces = [letters_of(slot.text) for slot in run.slots]
    there = sum(len(piece) for piece in pieces if len(piece) >= LEAST_PIECE and piece in letters)
    return _Place(here, here) if there >= LEAST_SHARE * len(run.letters) else None


def _following(places: Sequence[_Place | None], *, end: int) -> list[int]:
    """For each run where the next one that was found begins."""
    starts: list[int] = []
    for place in reversed(places):
        starts.append(end)
        end = place.start if place is not None else end
    return starts[::-1]
