"""What was read: an Article is metadata and Blocks, and every Block has a Fate."""

from datetime import datetime
from enum import Enum

from msgspec import Struct

from pipeline.model.listing import Listing, SoundbiteMark


class Span(Struct, frozen=True):
    """A half-open range of characters, ``start`` included, ``end`` not."""

    start: int
    end: int


class BlockKind(Enum):
    """What a Block is, in the words of the trade."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    LIST_ITEM = "list item"
    TABLE = "table"
    FIGURE = "figure"
    CODE = "code"
    FORMULA = "formula"
    FOOTNOTE = "footnote"
    EMBED = "embed"
    CALL = "call to action"
    CREDIT = "credit note"
    BOILERPLATE = "boilerplate"


class FateKind(Enum):
    """Where a Block goes: into the sound, into the show notes alone, or nowhere."""

    SPOKEN = "spoken"
    NOTES = "notes"
    DROPPED = "dropped"


class Fate(Struct, frozen=True, kw_only=True):
    """What becomes of a Block, and why, in words the author can read.

    ``said`` is what the voice says in a set phrase: in place of a table, a picture, code, a formula, a call to
    subscribe; before the words of an embed. It is "" where the Block's own text is said or nothing is.
    """

    kind: FateKind
    reason: str
    said: str = ""


class Link(Struct, frozen=True, kw_only=True):
    """A hyperlink of the article: its words are spoken, its address goes into the show notes."""

    text: str
    url: str


class Block(Struct, frozen=True, kw_only=True):
    """One piece of the article as it was read.

    ``text`` is what a reader of the page sees, without markup; ``span`` is where it stood in the source text.
    ``level`` counts from 1 for headings and is 0 for everything else.
    ``caption`` is the caption of a table or figure, the language of code, and of an embed whose words it holds and
    where they stand ("Ines Calder on Mastodon"). ``rows`` and ``columns`` are a table's, its head row counted.
    ``label`` names a footnote, and ``marks`` are the labels of the footnotes that the Block refers to, in order.
    """

    kind: BlockKind
    text: str
    span: Span
    fate: Fate
    level: int = 0
    links: tuple[Link, ...] = ()
    caption: str = ""
    rows: int = 0
    columns: int = 0
    label: str = ""
    marks: tuple[str, ...] = ()

    @property
    def is_spoken(self) -> bool:
        """Whether any of it is heard."""
        return self.fate.kind is FateKind.SPOKEN


class ChapterMark(Struct, frozen=True, kw_only=True):
    """A chapter that the author set in the front matter, before it is known when it is heard.

    ``at`` is a number of the body's paragraphs, from 1, or words with which a paragraph, heading or sentence begins;
    0 is the very start of the episode. ``title`` is "" where the chapter keeps the title that is found for it.
    ``link`` is an http(s) address, ``image`` one too or the path of a file beside the article. ``line`` is where it
    stands in the source, for messages.
    """

    at: int | str
    title: str = ""
    link: str = ""
    image: str = ""
    line: int | None = None


class VoiceChoice(Struct, frozen=True, kw_only=True):
    """Another voice than the show's, for one article or one build; "" leaves what the show has.

    A ``name`` without an ``engine`` may hold both, "ENGINE:VOICE", as people write it.
    """

    engine: str = ""
    name: str = ""


#: The kinds of Block that make up the body of an analysis and are numbered from 1 as its paragraphs.
BODY_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM})


class Article(Struct, frozen=True, kw_only=True):
    """One written analysis: metadata and Blocks in the order of the source.

    ``published`` is aware UTC. ``source_url`` is where the article can be read, if that is known. The title and
    subtitle stand here and, where the source has them in its text, as Blocks too, so that every line of the
    source has a fate. ``chapters`` are those that the author set: () asks for none, None leaves them to the headings
    or to a proposal. ``voice`` is who the author wants to read it, ``listing`` how it is to stand in the feed.
    """

    slug: str
    title: str
    subtitle: str
    author: str
    published: datetime
    language: str
    source_url: str
    summary: str
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    chapters: tuple[ChapterMark, ...] | None = None
    voice: VoiceChoice = VoiceChoice()
    listing: Listing = Listing()
    soundbites: tuple[SoundbiteMark, ...] = ()

    @property
    def body(self) -> tuple[Block, ...]:
        """The spoken paragraphs, quotations and list items, in order: number 1 is the first."""
        return tuple(block for block in self.blocks if block.kind in BODY_KINDS and block.is_spoken)

    @property
    def body_words(self) -> int:
        """How many words of the body are spoken, counted between blanks."""
        return sum(len(block.text.split()) for block in self.body)
