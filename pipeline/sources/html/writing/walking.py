"""Floor 3, sources: where a walk through a tree is, and what it has written so far.

Words and marks gather in a frame until a block begins or ends; then they are a paragraph. A frame of one line, such
as a heading or a cell, takes everything inside it as words.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from lxml.html import HtmlElement
from msgspec import Struct

from pipeline.patterns import regex
from pipeline.sources.draft import Removal
from pipeline.sources.html.tables import Cell
from pipeline.sources.html.writing.escaping import address, escaped, escaped_caption, title
from pipeline.sources.html.writing.inline import CODE, LINK, Mark, Piece, Sign, atom, paragraph_of
from pipeline.sources.html.writing.outline import Container, Kind, Outline

Closer = Callable[[], None]

#: What stands for a footnote mark: private-use characters that no extractor and no cleaning takes out.
NOTE_MARK = regex("\ue000(\\d{1,6})\ue001")


class Picture(Struct, frozen=True, kw_only=True):
    """An image: its description, its address, and the address that it links to, each of them perhaps ""."""

    alt: str
    src: str
    href: str = ""

    def markdown(self, caption: str = "") -> str:
        """The picture alone in its paragraph, with its caption."""
        end = f' "{title(caption)}"' if caption else ""
        src = address(self.src) or ("<>" if caption else "")
        image = f"![{escaped(self.alt)}]({src}{end})"
        return f"[{image}]({address(self.href)})" if self.href else image


class Frame:
    """What gathers words: paragraphs one after the other, or one line. ``is_fresh``: no word is in it yet."""

    __slots__ = ("is_cell", "is_fresh", "is_line", "pictures", "pieces")

    def __init__(self, *, marks: Sequence[Mark] = (), is_line: bool = False, is_cell: bool = False) -> None:
        self.pieces: list[Piece] = [mark.open for mark in marks]
        self.pictures: list[Picture] = []
        self.is_line = is_line
        self.is_cell = is_cell
        self.is_fresh = True


class List:
    """A list that is open: ``number`` is that of its next item; ``items`` names the list that they belong to."""

    __slots__ = ("is_close", "is_ordered", "items", "marker", "number", "parent", "step")

    def __init__(self, *, items: object, parent: Container, marker: str) -> None:
        self.items = items
        self.parent = parent
        self.marker = marker
        self.is_ordered = marker in {".", ")"}
        self.is_close = False
        self.number = self.step = 1


class Grid:
    """A table of data that is open."""

    __slots__ = ("caption", "rows")

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.caption = ""


class Walk:
    """One walk through a tree. ``labels`` are those of the footnotes that have words, ``seen`` those met with."""

    def __init__(self, *, base: str, labels: frozenset[str], container: Container, outline: Outline) -> None:
        self.base = base
        self.labels = labels
        self.outline = outline
        self.container = container
        self.seen: dict[str, None] = {}
        self.removals: dict[Removal, None] = {}
        self.frames = [Frame()]
        self.marks: list[Mark] = []
        self.active: Counter[str] = Counter()
        self.languages: list[str] = []
        self.quote_depth = 0
        self.lists: list[List] = []
        self.grids: list[Grid | None] = []
        self.data_tables: frozenset[HtmlElement] = frozenset()
        self.pulled: frozenset[HtmlElement] = frozenset()
        self.last_quotation: Container | None = None
        self.events: Any = None
        self.is_skipping = False

    @property
    def frame(self) -> Frame:
        """The one that words go into now."""
        return self.frames[-1]

    @property
    def is_line(self) -> bool:
        """Whether everything is words now."""
        return self.frames[-1].is_line

    @property
    def grid(self) -> Grid | None:
        """The table of data that rows and cells belong to now."""
        return self.grids[-1] if self.grids and not self.is_line else None

    def skip(self) -> None:
        """Leave out everything inside the element that has just begun."""
        self.is_skipping = True
        self.events.skip_subtree()

    def remove(self, element: HtmlElement, reason: str) -> None:
        """Leave it out, and say so if it has words."""
        self.skip()
        self.remember(str(element.text_content()), reason)

    def remember(self, text: str, reason: str) -> None:
        """Say that ``text`` was left out, if it has words."""
        words = " ".join(NOTE_MARK.sub("", text).split())
        if words:
            self.removals[Removal(text=words, reason=reason)] = None

    def say(self, text: str) -> None:
        """Words, with blanks as they stand in the source and marks of footnotes."""
        frame = self.frames[-1]
        if "\ue000" in text:
            self._say_with_notes(text)
        elif not frame.is_fresh:
            frame.pieces.append(text)
        elif not text.isspace():
            frame.is_fresh = False
            frame.pieces.append(text)

    def put(self, sign: Sign) -> None:
        """Markdown in the middle of words."""
        self.frame.is_fresh = False
        self.frame.pieces.append(sign)

    def boundary(self) -> None:
        """A block begins or ends here."""
        frame = self.frames[-1]
        if frame.is_line:
            frame.pieces.append(" ")
        elif frame.pictures or not frame.is_fresh:
            self._end_paragraph(frame)

    def add(self, lines: list[str], *, kind: Kind = Kind.OTHER) -> None:
        """A whole block, written where the walk is; the paragraph before it is ended."""
        self.boundary()
        self.outline.add(lines, self.container, kind=kind)

    def enter(self, container: Container) -> Closer:
        """Go into ``container``; the answer leaves it."""
        self.boundary()
        before, self.container = self.container, container

        def leave() -> None:
            self.boundary()
            self.container = before

        return leave

    def open(self, mark: Mark) -> Closer | None:
        """Begin a mark unless one of its kind is open, or code, which holds no marks."""
        if self.active[mark.sign] or self.active[CODE]:
            return None
        self.active[mark.sign] += 1
        self.marks.append(mark)
        self.frame.pieces.append(mark.open)
        return self._close

    def start_line(self, *, is_cell: bool = False) -> None:
        """Everything from here on is one line."""
        self.boundary()
        self.frames.append(Frame(marks=self.marks, is_line=True, is_cell=is_cell))

    def end_line(self) -> Frame:
        """The frame of the line that ends here, its marks closed."""
        frame = self.frames.pop()
        frame.pieces += [mark.close for mark in reversed(self.marks)]
        return frame

    def show(self, picture: Picture) -> None:
        """A picture: at once if nothing stands before it, else after its paragraph; in a cell its description."""
        frame = self.frames[-1]
        if frame.is_cell:
            self.say(f" {picture.alt} ")
        elif frame.is_line or not frame.is_fresh:
            frame.pictures.append(picture)
        else:
            self.add([picture.markdown()])

    def _close(self) -> None:
        mark = self.marks.pop()
        self.active[mark.sign] -= 1
        self.frame.pieces.append(mark.close)

    def _end_paragraph(self, frame: Frame) -> None:
        text = escaped_caption(paragraph_of([*frame.pieces, *(mark.close for mark in reversed(self.marks))]))
        self.frames[-1] = Frame(marks=self.marks)
        if text:
            self.outline.add(text.split("\n"), self.container, kind=Kind.PARAGRAPH)
        for picture in frame.pictures:
            self.outline.add([picture.markdown()], self.container)

    def _say_with_notes(self, text: str) -> None:
        parts = NOTE_MARK.split(text)
        for number, part in enumerate(parts):
            if number % 2 == 0:
                self.say(part.replace("\ue000", ""))
            elif part in self.labels:
                self._put_note(part)

    def _put_note(self, label: str) -> None:
        # A mark inside a link would be a link inside a link, and one inside code would be code.
        marks = self.marks if self.active[LINK] or self.active[CODE] else []
        self.seen[label] = None
        self.frame.pieces += [mark.close for mark in reversed(marks)]
        self.put(atom(f"[^{label}]"))
        self.frame.pieces += [mark.open for mark in marks]
