"""Floor 3, sources: Mobiledoc, the JSON of Ghost's editor from version 1 to 4 -> HTML. Pure.

Lists of numbers and texts: a section is [1, tag, markers], [2, picture], [3, tag, items] or [10, card]; a marker is
[is it an atom, numbers of the markups that open, how many close, text or number of the atom].
Source: MOBILEDOC.md of bustle/mobiledoc-kit, version 0.3.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import msgspec

from pipeline.errors import SourceError
from pipeline.sources.draft import Removal
from pipeline.sources.exports.cards import html_of_card

CARD = 10
DAMAGED = "open and save the post in Ghost, and export it again"
SECTIONS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "pull-quote"])
LISTS = frozenset({"ul", "ol"})
MARKUPS = frozenset(["a", "b", "code", "em", "i", "s", "strong", "sub", "sup", "u"])


class Document(msgspec.Struct, frozen=True):
    """A text in Mobiledoc: sections, and what they refer to by number."""

    sections: list[list[Any]]
    atoms: list[list[Any]] = []
    cards: list[list[Any]] = []
    markups: list[list[Any]] = []


def html_of_mobiledoc(written: str) -> tuple[str, tuple[Removal, ...]]:
    """The HTML of a text in Mobiledoc, and what of it is not known.

    Raises:
        SourceError: it is no Mobiledoc.
    """
    removals: list[Removal] = []
    try:
        document = msgspec.json.decode(written, type=Document)
        markup = "".join(_section(section, document, removals=removals) for section in document.sections)
    except (msgspec.DecodeError, RecursionError, LookupError, TypeError, ValueError) as error:
        # Numbers that point nowhere, and lists that are too short.
        raise SourceError(f"its text in Ghost's older format is damaged ({error})", cure=DAMAGED) from error
    return markup, tuple(removals)


def _section(section: list[Any], document: Document, *, removals: list[Removal]) -> str:
    if section[0] == CARD:
        return _card(document.cards[section[1]], removals=removals)
    render = RENDERERS.get(section[0])
    if render is None:
        removals.append(Removal(text=f"section {section[0]}", reason="a part of Ghost's format that is not known here"))
        return ""
    return render(section, document)


def _text_section(section: list[Any], document: Document) -> str:
    tag = section[1] if section[1] in SECTIONS else "p"
    element = "blockquote" if tag in {"aside", "pull-quote"} else tag
    return f"<{element}>{''.join(_markers(section[2], document))}</{element}>"


def _picture_section(section: list[Any], _: Document) -> str:
    return f'<figure><img src="{escape(str(section[1]))}" alt=""></figure>'


def _list_section(section: list[Any], document: Document) -> str:
    tag = section[1] if section[1] in LISTS else "ul"
    items = (f"<li>{''.join(_markers(item, document))}</li>" for item in section[2])
    return f"<{tag}>{''.join(items)}</{tag}>"


def _card(written: list[Any], *, removals: list[Removal]) -> str:
    name, card = written
    made = html_of_card(name, card)
    if made is None:
        removals.append(Removal(text=str(name), reason="a card of Ghost that is not known here"))
    return made or ""


RENDERERS: dict[int, Callable[[list[Any], Document], str]] = {
    1: _text_section,
    2: _picture_section,
    3: _list_section,
}


def _markers(markers: list[list[Any]], document: Document) -> Iterator[str]:
    open_: list[str] = []
    for is_atom, opening, closing, value in markers:
        for number in opening:
            markup = document.markups[number]
            open_.append(markup[0] if markup[0] in MARKUPS else "span")
            yield f"<{open_[-1]}{_address(markup)}>"
        yield _atom(document.atoms[value]) if is_atom else escape(value, quote=False)
        for _ in range(closing):
            yield f"</{open_.pop()}>"


def _address(markup: list[Any]) -> str:
    attributes = markup[1] if len(markup) > 1 else []
    named = dict(zip(attributes[::2], attributes[1::2], strict=False))
    return f' href="{escape(str(named["href"]))}"' if markup[0] == "a" and "href" in named else ""


def _atom(atom: list[Any]) -> str:
    return "<br>" if atom[0] == "soft-return" else escape(str(atom[1]), quote=False)
