"""What will be said: a Script is Utterances in order, each tied to the text it came from."""

from enum import Enum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from pipeline.model.article import Span


class Role(Enum):
    """What an Utterance is in the episode; pauses and chapters follow from it."""

    SHOW = "show"
    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DISCLOSURE = "disclosure"
    HEADING = "heading"
    BODY = "body"
    QUOTATION = "quotation"
    LIST_ITEM = "list item"
    ASIDE = "aside"
    CLOSING = "closing"
    CREDIT = "credit note"


class SpokenForm(Struct, frozen=True, kw_only=True):
    """One place where the voice says other characters than the text shows.

    ``start`` and ``end`` are the characters of the Utterance's display text, ``spoken_start`` and ``spoken_end``
    those of its spoken text. ``rule`` names the rule that did it; ``confidence`` lies in (0, 1], and below 1 an
    editor should look.
    """

    start: int
    end: int
    spoken_start: int
    spoken_end: int
    rule: str
    confidence: float = 1.0


class Utterance(Struct, frozen=True, kw_only=True):
    """One sentence-sized thing to say.

    ``display`` is what the transcript shows, ``spoken`` what the voice is given; ``forms`` are the places where
    the two differ, in order and without overlap, and everything outside them is the same in both.
    ``block`` is the index of its Block in ``Article.blocks`` and ``span`` its characters in that Block's text;
    ``span`` is None where a set phrase stands for the Block ("A table ... is in the show notes"), and both are None
    where the words come from a template. ``paragraph`` counts the body from 1.
    """

    display: str
    spoken: str
    forms: tuple[SpokenForm, ...]
    role: Role
    pause_after_ms: int
    block: int | None = None
    span: Span | None = None
    paragraph: int | None = None


class Script(Struct, frozen=True, kw_only=True):
    """Everything that will be said, in order."""

    title: str
    language: str
    utterances: tuple[Utterance, ...]


class LexiconEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the house says one name: ``grapheme`` as written, ``say`` as a respelling any voice can read."""

    grapheme: Annotated[str, Meta(pattern=r"\S")]
    say: Annotated[str, Meta(pattern=r"\S")]
    case: bool = True
    language: str = ""
    status: Literal["proposed", "reviewed"] = "reviewed"
    note: str = ""


class Lexicon(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The house's pronunciations, as `lexicon.toml` holds them: ``[[entries]]`` in order."""

    entries: tuple[LexiconEntry, ...] = ()
