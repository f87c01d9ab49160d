"""What a language must bring before anything is read in it: one small interface.

A pack is pure: tables and functions. ``pipeline.text.english`` is one; others come by the entry-point group
`audio_edition.languages`, which ``pipeline/languages.py`` looks into. A language without a pack is refused, never
read by another language's rules.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from pipeline.model import Article, CopyQuery, HardName, Lexicon, Script, Span
from pipeline.text.passes import Spoken


class Wording(Struct, frozen=True, kw_only=True):
    """The set phrases of a Script; ``opening`` and ``closing`` are templates as in show.toml [announcements]."""

    opening: tuple[str, ...]
    closing: tuple[str, ...]
    disclosure: str
    correction: str
    notes_heading: str
    note: str
    footnote: str
    quotation: str
    end_of_quotation: str


class Quotation(Struct, frozen=True, kw_only=True):
    """One quotation in one paragraph of a text.

    ``paragraph`` is the index of the paragraph; ``start`` and ``end`` are its characters with the marks. ``depth`` is
    1, and 2 for one inside another. ``is_open`` says that it goes on in the next paragraph. ``speaker`` is whom the
    text names beside it, "" where it names nobody. ``is_self_contained`` says that it is one or more whole sentences,
    which a second voice could say. ``words`` are those of the whole, with the half that its attribution parts from it
    and with its other paragraphs; 0 where it has neither.
    """

    paragraph: int
    start: int
    end: int
    depth: int = 1
    speaker: str = ""
    is_open: bool = False
    is_self_contained: bool = False
    words: int = 0


class Suspect(Struct, frozen=True, kw_only=True):
    """A word that a voice may say wrong, before the voice has been asked; ``sentence`` is the first that holds it.

    ``plural`` is the plural that the text has beside it, counted with it; the lexicon needs an entry of its own for it.
    """

    name: str
    why: str
    sentence: str
    count: int
    plural: str = ""


class LanguagePack(Protocol):
    """The rules of one language. Spans are characters of the text that was given.

    ``language`` arguments are BCP 47 tags of this very language, "en-GB" or "en-US".
    """

    #: The primary subtag of the tags it reads, "en".
    primary: str

    def sentences(self, text: str) -> tuple[Span, ...]:
        """The sentences of a paragraph; nothing but blanks lies outside them."""
        ...

    def breaths(self, text: str, sentence: Span) -> tuple[Span, ...]:
        """The pieces in which a sentence is said, one or more; nothing but blanks lies outside them."""
        ...

    def speak(self, text: str, *, language: str, lexicon: Lexicon) -> Spoken:
        """What the voice is given, tied to what is written."""
        ...

    def wording(self, language: str) -> Wording:
        """The set phrases."""
        ...

    def date(self, day: date, *, language: str) -> str:
        """A date as it is written in the opening, "19 May 2025"."""
        ...

    def quotations(self, paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
        """The quotations of a text, by paragraph and then by start."""
        ...

    def copy_queries(self, article: Article) -> tuple[CopyQuery, ...]:
        """What a copy editor would ask about, in the order of the text."""
        ...

    def suspects(
        self, script: Script, lexicon: Lexicon, *, dictionary: Mapping[str, tuple[str, ...]]
    ) -> tuple[Suspect, ...]:
        """Every word that is worth asking the voice about.

        ``dictionary`` has the pronunciations of each known word, lower case, in the notation of its source.
        """
        ...

    def hard_names(
        self, suspects: Sequence[Suspect], ipa: Mapping[str, str], *, dictionary: Mapping[str, tuple[str, ...]]
    ) -> tuple[HardName, ...]:
        """Those suspects that the editor should hear, given how the voice would say each ("" where it cannot tell)."""
        ...
