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


class SpokenForm(Struct, frozen=True, kw_only=True, gc=False):
    """One place where the voice says other characters than the text shows.

    ``start`` and ``end`` are the characters of the Utterance's display text, ``spoken_start`` and ``spoken_end``
    those of its spoken text. ``rule`` names the rule that did it; ``confidence`` lies in (0, 1], and below 1 an
    editor should look. ``ipa`` is the lexicon's exact sound for the voices that take it, "" where it gives none;
    with it the spoken text may be what is written.
    """

    start: int
    end: int
    spoken_start: int
    spoken_end: int
    rule: str
    confidence: float = 1.0
    ipa: str = ""


class Utterance(Struct, frozen=True, kw_only=True):
    """One sentence-sized thing to say.

    ``display`` is what the transcript shows, ``spoken`` what the voice is given; ``forms`` are the places where
    the two differ, in order and without overlap, and everything outside them is the same in both.
    ``block`` is the index of its Block in ``Article.blocks`` and ``span`` its characters in that Block's text;
    ``span`` is None where a set phrase stands for the Block ("A table ... is in the show notes"), and both are None
    where the words come from a template. ``paragraph`` counts the body from 1. ``speaker`` is who is quoted, where
    the whole Utterance is a quotation and the text says whose; ``is_second_voice`` asks for the show's second voice.
    """

    display: str
    spoken: str
    forms: tuple[SpokenForm, ...]
    role: Role
    pause_after_ms: int
    block: int | None = None
    span: Span | None = None
    paragraph: int | None = None
    speaker: str = ""
    is_second_voice: bool = False


class Script(Struct, frozen=True, kw_only=True):
    """Everything that will be said, in order."""

    title: str
    language: str
    utterances: tuple[Utterance, ...]


class LexiconEntry(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, cache_hash=True, rename={"read_as": "as"}
):
    """How the house says one name; at least one of ``say``, ``ipa`` and ``read_as`` is given.

    ``grapheme`` is the name as written, ``case`` whether its capitals matter, ``language`` a BCP 47 tag or "" for all.
    ``say`` is a respelling that any voice can read, ``ipa`` the exact sound for voices that take it. ``read_as``
    (TOML: ``as``) says of capitals whether they are a word or are spelled. ``status`` is "reviewed" once somebody has
    listened; ``by`` whom, ``source`` where the pronunciation comes from, ``note`` what else to know: never spoken.
    """

    grapheme: Annotated[str, Meta(pattern=r"\S")]
    say: str = ""
    ipa: str = ""
    read_as: Literal["", "word", "letters"] = ""
    case: bool = True
    language: str = ""
    status: Literal["proposed", "reviewed"] = "reviewed"
    by: str = ""
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not (self.say.strip() or self.ipa.strip() or self.read_as):
            raise ValueError(f"the entry for “{self.grapheme}” says nothing: give it `say`, `ipa` or `as`")


class Lexicon(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, cache_hash=True):
    """The house's pronunciations, as `lexicon.toml` holds them: ``[[entries]]`` in order."""

    entries: tuple[LexiconEntry, ...] = ()
