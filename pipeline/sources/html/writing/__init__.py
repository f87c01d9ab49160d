"""Floor 3, sources: an HTML tree -> Markdown, read downwards.

`elements` knows what each tag means, `walking` is where a walk through the tree is, `inline` makes a paragraph of what
it gathered, `escaping` keeps its words what they are, and `outline` puts it into its lists and quotations. The walk is
a loop: trees may be as deep as they like.
"""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.sources.draft import Removal
from pipeline.sources.html.footnotes import NONE, Footnote, Footnotes
from pipeline.sources.html.tables import data_tables
from pipeline.sources.html.writing.elements import start
from pipeline.sources.html.writing.gaps import is_glued
from pipeline.sources.html.writing.leavings import pull_quotes
from pipeline.sources.html.writing.outline import Container, Outline
from pipeline.sources.html.writing.vocabulary import ORPHAN
from pipeline.sources.html.writing.walking import NOTE_MARK, Closer, Walk


class Written(Struct, frozen=True, kw_only=True):
    """The Markdown of a tree, and what of its words is not in there, each with its reason."""

    markdown: str
    removals: tuple[Removal, ...] = ()


def markdown_of(root: HtmlElement, *, base: str, footnotes: Footnotes = NONE) -> Written:
    """The Markdown of everything inside ``root``.

    ``base`` is the address that relative ones are completed by, or "". ``footnotes`` are what `gather_footnotes` took
    out of the tree; those whose marks are in the text follow it in the order of the marks.
    """
    labels = frozenset(note.label for note in footnotes.notes if _walked(note, base=base).outline.markdown)
    text = _walked(root, base=base, labels=labels)
    notes = dict(_notes(text, footnotes, base=base))
    orphans = [note for note in footnotes.notes if note.label not in notes]
    walks = [text, *notes.values()]
    removals = {
        **dict.fromkeys(footnotes.removals),
        **{removal: None for walk in walks for removal in walk.removals},
        **dict.fromkeys(removal for note in orphans for removal in _orphaned(note)),
    }
    markdown = "\n\n".join(part for part in (walk.outline.markdown for walk in walks) if part)
    return Written(markdown=markdown, removals=tuple(removals))


def _notes(text: Walk, footnotes: Footnotes, *, base: str) -> Iterator[tuple[str, Walk]]:
    """Label -> walk of each note that is referred to in the text, or in such a note, in the order of the marks."""
    notes = {note.label: note for note in footnotes.notes}
    waiting = list(text.seen)
    known = set(waiting)
    for label in waiting:
        walk = _walked(notes[label], base=base, labels=text.labels)
        yield label, walk
        new = [other for other in walk.seen if other not in known]
        known.update(new)
        waiting += new


def _orphaned(note: Footnote) -> Iterator[Removal]:
    words = " ".join(NOTE_MARK.sub("", str(note.element.text_content())).split())
    if words:
        yield Removal(text=words, reason=ORPHAN)


def _walked(what: HtmlElement | Footnote, *, base: str, labels: frozenset[str] = frozenset()) -> Walk:
    outline = Outline()
    container = outline.page
    if isinstance(what, Footnote):
        container = Container(outline.page, first=f"[^{what.label}]: ", rest="    ")
    root = what.element if isinstance(what, Footnote) else what
    walk = Walk(base=base, labels=labels, container=container, outline=outline)
    walk.data_tables, walk.pulled = data_tables(root), pull_quotes(root)
    walk.languages = [language for language in [root.get("lang")] if language]
    _go_through(root, walk)
    return walk


def _go_through(root: HtmlElement, walk: Walk) -> None:
    walk.events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    closers: list[Closer | None] = []
    for event, element in walk.events:
        if event == "start":
            closers.append(_begun(walk, element))
        elif event == "end":
            closer = closers.pop()
            if closer is not None:
                closer()
        if event != "start" and element.tail and element is not root:
            walk.say(element.tail)
    walk.boundary()


def _begun(walk: Walk, element: HtmlElement) -> Closer | None:
    walk.is_skipping = False
    if is_glued(element):
        walk.say(" ")
    closer = start(walk, element)
    if element.text and not walk.is_skipping:
        walk.say(element.text)
    language = element.get("lang")
    return closer if language is None else _with_language(walk, language, closer=closer)


def _with_language(walk: Walk, language: str, *, closer: Closer | None) -> Closer:
    walk.languages.append(language)

    def end() -> None:
        if closer is not None:
            closer()
        walk.languages.pop()

    return end
