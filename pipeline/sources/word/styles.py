"""Floor 3, sources: what the styles of a Word file stand for, and the map of them that mammoth reads by. Pure.

Every paragraph style is followed up to the one that it is based on until one has a name that says what it is. Word
and its kin keep the English names of their own styles in every language; outline levels do the rest.
"""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from pipeline.patterns import regex
from pipeline.sources.word.names import W, value_of

#: Name of a style, in lower case -> what it is. Word, LibreOffice, Google Docs, Pages, Pandoc.
ROLES = {
    "title": "title",
    "subtitle": "subtitle",
    **dict.fromkeys(("quote", "intense quote", "block text", "quotations", "block quotation"), "quotation"),
    **dict.fromkeys(("caption", "image caption", "table caption", "illustration", "figure"), "caption"),
    **dict.fromkeys(("html preformatted", "preformatted text", "source code", "code", "code block"), "code"),
    **dict.fromkeys(("toc heading", "contents heading", "table of figures", "figure index 1"), "contents"),
    **dict.fromkeys(("index heading", "user index heading", "table of authorities", "toa heading"), "contents"),
    **dict.fromkeys(("html code", "source text", "verbatim char", "code char"), "code words"),
    **dict.fromkeys(("strong", "strong emphasis", "intense emphasis"), "strong"),
    **dict.fromkeys(("emphasis", "subtle emphasis"), "emphasis"),
}
HEADING = regex(r"heading (\d)")
CONTENTS = regex(r"(?:toc|contents|index|user index) \d")
#: Pages calls its largest heading so; in LibreOffice it is only what all headings are based on.
BARE_HEADING = "heading"

DEEPEST = 6
#: Styles that are put into a file for what has none in it, and their roles.
FORMULA = "Formula of audio-edition"
OUTLINE = "Outline of audio-edition "
OWN_ROLES = {FORMULA: "formula", **{f"{OUTLINE}{level}": f"heading {level}" for level in range(1, DEEPEST + 1)}}

#: What mammoth makes of a role. `fresh` begins a new element; quotations and code in a row are one.
HTML = {
    "title": "p.title:fresh",
    "subtitle": "p.subtitle:fresh",
    "quotation": "blockquote > p:fresh",
    "caption": "p.caption:fresh",
    "code": "pre:separator('\\n')",
    "code words": "code",
    "strong": "strong",
    "emphasis": "em",
    "formula": "span.formula:fresh",
    **{f"heading {level}": f"h{level}:fresh" for level in range(1, DEEPEST + 1)},
}
IS_OF_WORDS = {"code words", "strong", "emphasis", "formula"}
LIST_LEVELS = 9


def style_roles(styles: etree._Element | None) -> dict[str, str]:
    """Id of a style -> what it is, for all that are something."""
    if styles is None:
        return dict(OWN_ROLES)
    by_id = {style.get(f"{W}styleId", ""): style for style in reversed(list(styles.iter(f"{W}style")))}
    roles = {name: _role(name, by_id) for name in by_id}
    return {**{name: role for name, role in roles.items() if role and name.isprintable()}, **OWN_ROLES}


def style_map(roles: Mapping[str, str], *, used: Iterable[str], has_lists: bool) -> str:
    """The lines that mammoth reads: one for each of the ``used`` styles, and lists of every depth.

    It tries every line on every paragraph, so that there are none for what does not occur.
    """
    lines = [
        f"{'r' if roles[name] in IS_OF_WORDS else 'p'}.{_escaped(name)} => {HTML[roles[name]]}"
        for name in used
        if roles.get(name) in HTML
    ]
    return "\n".join([*lines, *(_list_lines() if has_lists else ())])


def heading_role(level: str) -> str:
    """The role of what stands on an outline level, which Word counts from 0; "" for body text, which is 9."""
    return f"heading {min(int(level) + 1, DEEPEST)}" if level in set("012345678") else ""


def _role(name: str, by_id: Mapping[str, etree._Element]) -> str:
    seen: set[str] = set()
    style, is_own = by_id.get(name), True
    while style is not None and name not in seen:
        seen.add(name)
        role = _own_role(style, is_own=is_own)
        if role:
            return role
        name, is_own = value_of(style, "basedOn"), False
        style = by_id.get(name)
    return ""


def _own_role(style: etree._Element, *, is_own: bool) -> str:
    name = " ".join(value_of(style, "name").casefold().split())
    heading = HEADING.fullmatch(name)
    if heading:
        return heading_role(str(int(heading[1]) - 1))
    if CONTENTS.fullmatch(name):
        return "contents"
    if name == BARE_HEADING and is_own:
        return "heading 1"
    properties = style.find(f"{W}pPr")
    return ROLES.get(name) or ("" if properties is None else heading_role(value_of(properties, "outlineLvl")))


def _escaped(name: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalpha() else f"\\{letter}" for letter in name)


def _list_lines() -> Iterator[str]:
    for depth in range(1, LIST_LEVELS + 1):
        outer = "ul|ol > li > " * (depth - 1)
        yield f"p:unordered-list({depth}) => {outer}ul > li:fresh"
        yield f"p:ordered-list({depth}) => {outer}ol > li:fresh"
