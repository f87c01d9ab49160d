"""Floor 3, sources: the tree of a page -> the tree of its article, and what stands on the page outside it.

Where the page is one of a platform whose markup names the article, its element is the article. Everywhere else
`judging` says which runs of text are; what it leaves out between them is looked at again, because it goes by
paragraphs: a heading over what is kept, a caption, a quotation, a table is part of the article around it.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.patterns import regex
from pipeline.sources.draft import Removal
from pipeline.sources.html.judging import judged
from pipeline.sources.html.runs import Run, keep_only, letters_of, runs_of
from pipeline.sources.html.sites import article_element
from pipeline.sources.html.widgets import names_of, shortened

OUTSIDE = "outside the article on its page"
AMONG = "among the paragraphs of the article on its page, but hardly part of it"
#: What is shorter, or has more links than words of its own, is no prose that anybody would miss.
LEAST_PROSE_WORDS = 12
MOST_LINKED = 0.5
ENDS = (".", "!", "?", "…", ":", ".”", "!”", "?”", '."', '!"', '?"', ".’", ".)")

#: How pages call the paragraph above the first one, and how many runs (byline, date, caption) may be between them.
LEAD = regex(r"(?:^|[-_])(?:lead|lede|intro|introduction|standfirst|perex|chapo)(?:$|[-_])")
FARTHEST_LEAD = 8

PARAGRAPHS = {"p", "div", "blockquote", "li", "dd", "dt", "pre"}
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
WHOLES = {"figure", "blockquote", "table", "pre"}


class MainText(Struct, frozen=True, kw_only=True):
    """The article: the element of the tree that holds it and nothing else, its words, how many stand in links, and
    what else could be prose on the page."""

    root: HtmlElement
    words: int
    linked_words: int
    outside: tuple[Removal, ...]


def main_text(root: HtmlElement, *, titles: Sequence[str]) -> MainText:
    """The article in the tree of ``root``, which is changed. Without those of its ``titles`` that stand above it."""
    runs = runs_of(root)
    known = {letters_of(title) for title in titles}
    home = article_element(root)
    article = _without_bare_headings(runs, _filled(runs, judged(root, runs))) if home is None else _inside(home, runs)
    kept = _without_titles(article, known)
    outside = _outside([run for run in runs if run.letters not in known], kept)
    if home is None or len(kept) < len(article):
        keep_only(root, kept, runs=runs)
    return MainText(
        root=root if home is None else _with_language(home, root),
        words=sum(run.words for run in kept),
        linked_words=sum(run.linked_words for run in kept),
        outside=outside,
    )


def _inside(home: HtmlElement, runs: Sequence[Run]) -> list[Run]:
    elements = set(home.iter())
    return [run for run in runs if run.block in elements]


def _with_language(home: HtmlElement, root: HtmlElement) -> HtmlElement:
    """``home``, which no longer stands in its page, with what the page says of its language."""
    language = home.get("lang") or root.get("lang")
    if language:
        home.set("lang", language)
    return home


def _filled(runs: Sequence[Run], kept: Sequence[Run]) -> list[Run]:
    """``kept``, and what belongs to the article although the judge left it out: among them, and right beside them."""
    staying = set(map(id, kept))
    places = [place for place, run in enumerate(runs) if id(run) in staying]
    if not places:
        return []
    homes = {parent for parent, count in Counter(run.block.getparent() for run in kept).items() if count > 1}
    first, last = _first(runs, places[0], homes=homes), _last(runs, places[-1], homes=homes)
    return [
        run
        for run, following in pairwise([*runs[first : last + 1], runs[last]])
        if id(run) in staying or _belongs(run, homes) or _is_lead(run) or _is_heading_of(run, following, kept=staying)
    ]


def _first(runs: Sequence[Run], first: int, *, homes: set[HtmlElement | None]) -> int:
    """Where the article begins: with the paragraphs right above the first that is kept, and the one called its lead."""
    while first > 0 and _belongs(runs[first - 1], homes):
        first -= 1
    return next((place for place in range(max(0, first - FARTHEST_LEAD), first) if _is_lead(runs[place])), first)


def _last(runs: Sequence[Run], last: int, *, homes: set[HtmlElement | None]) -> int:
    while last + 1 < len(runs) and _belongs(runs[last + 1], homes):
        last += 1
    return last


def _is_heading_of(run: Run, following: Run, *, kept: set[int]) -> bool:
    is_beside = run.block.getparent() is following.block.getparent()
    return _is_heading(run) and is_beside and id(following) in kept


def _is_heading(run: Run) -> bool:
    return run.block.tag in HEADINGS or run.block.get("role") == "heading"


def _is_lead(run: Run) -> bool:
    names = names_of(run.block)
    return run.words >= LEAST_PROSE_WORDS and run.linked_share < MOST_LINKED and any(map(LEAD.search, names))


def _belongs(run: Run, homes: set[HtmlElement | None]) -> bool:
    if run.linked_share >= MOST_LINKED:
        return False
    if run.block in homes or (run.block.tag in PARAGRAPHS and run.block.getparent() in homes):
        return run.words >= LEAST_PROSE_WORDS
    # A quotation may stand in a figure, which stands in the article.
    around = (run.block, *run.block.iterancestors())
    return any(one.tag in WHOLES and one.getparent() in homes for one in around)


def _without_bare_headings(runs: Sequence[Run], kept: Sequence[Run]) -> list[Run]:
    """The runs that are kept, but for the headings of boxes of which nothing else is."""
    inside, staying = _counted(runs), _counted(kept)
    homes = {run.block.getparent() for run in kept if _is_heading(run)}
    bare = {home for home in homes if staying[home] == 1 < inside[home]}
    return [run for run in kept if not _is_heading(run) or run.block.getparent() not in bare]


def _counted(runs: Sequence[Run]) -> Counter[HtmlElement | None]:
    """How many of the runs each element has inside."""
    return Counter(ancestor for run in runs for ancestor in run.block.iterancestors())


def _without_titles(runs: Sequence[Run], titles: set[str]) -> list[Run]:
    """The runs; title and subtitle are not said twice if they stand above the first paragraph."""
    first = next((place for place, run in enumerate(runs) if run.words > 30), len(runs))
    return [run for place, run in enumerate(runs) if place > first or run.letters not in titles]


def _outside(runs: Sequence[Run], kept: Sequence[Run]) -> tuple[Removal, ...]:
    """What is not in the article and could be prose, and all that stands among its paragraphs, each once."""
    staying = set(map(id, kept))
    places = [place for place, run in enumerate(runs) if id(run) in staying]
    among = range(places[0], places[-1]) if places else range(0)
    reasons: dict[str, str] = {}
    for place, run in enumerate(runs):
        if id(run) not in staying and (_is_prose(run) or place in among):
            reasons.setdefault(shortened(run.text), OUTSIDE if _is_prose(run) else AMONG)
    return tuple(Removal(text=text, reason=reason) for text, reason in reasons.items())


def _is_prose(run: Run) -> bool:
    return run.words >= LEAST_PROSE_WORDS and run.linked_share < MOST_LINKED and run.text.endswith(ENDS)
