"""Floor 3, sources: what becomes of each Block, by the house policy that `show.toml` sets. Pure.

The readers say what a Block is and take debris out; here it is decided what is heard of the rest. Everything that is
not heard word by word says why, and what is said in its place is written here, in set phrases.
"""

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from pipeline.model import Block, BlockKind, Fate, FateKind, ReadingSettings
from pipeline.patterns import regex
from pipeline.sources.phrases import CALL

READ_ALOUD = Fate(kind=FateKind.SPOKEN, reason="read aloud")
IN_OPENING = Fate(kind=FateKind.SPOKEN, reason="said in the opening")

#: What a reader gives to tables, figures, code, formulas, footnotes and embeds: the policy decides afterwards.
BY_POLICY = Fate(kind=FateKind.NOTES, reason="as the show's settings say")

#: What a call to subscribe or share becomes for someone who is already listening.
CALL_SAID = "If this was worth your time, follow the show and share the episode."

_ADDRESS = regex(r"<?(?:https?://|www\.)\S+>?", re.IGNORECASE)
_MOST_COLUMNS_NAMED = 6
#: What the page numbers by: the set phrase says already that it is a table or a picture.
_NUMBERED = regex(r"(?:table|tab\.|figure|fig\.|chart|map) ?\d+[a-z]?(?:[.:] ?| [-–—] )(?=\S)", re.IGNORECASE)


def with_house_policy(blocks: tuple[Block, ...], settings: ReadingSettings) -> tuple[Block, ...]:
    """The Blocks with the fates that the show's settings give them; their order and texts stay."""
    debris = _debris_pattern(settings.debris)
    return tuple(_with_links(block, settings) for block in _with_fates(blocks, settings, debris=debris))


def _with_fates(
    blocks: tuple[Block, ...], settings: ReadingSettings, *, debris: re.Pattern[str] | None
) -> Iterator[Block]:
    is_call_said = settings.calls == "dropped"
    for block in blocks:
        if block.fate.kind is FateKind.DROPPED and block.fate.reason == CALL:
            yield replace(block, kind=BlockKind.CALL, fate=_call_fate(is_said=is_call_said))
            is_call_said = True
        elif debris is not None and block.is_spoken and debris.fullmatch(_plain(block.text)):
            reason = "a line that show.toml names under [reading] debris"
            yield replace(block, kind=BlockKind.BOILERPLATE, fate=Fate(kind=FateKind.DROPPED, reason=reason), level=0)
        else:
            yield replace(block, fate=_fate(block, settings))


def _debris_pattern(lines: tuple[str, ...]) -> re.Pattern[str] | None:
    patterns = (".*".join(re.escape(part) for part in _plain(line).split("*")) for line in lines)
    return re.compile("|".join(patterns)) if lines else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _with_links(block: Block, settings: ReadingSettings) -> Block:
    return replace(block, links=()) if settings.links == "dropped" else block


def _fate(block: Block, settings: ReadingSettings) -> Fate:
    if block.fate != BY_POLICY:
        return _fate_of_text(block, settings)
    return _POLICIES[block.kind](block, settings)


def _fate_of_text(block: Block, settings: ReadingSettings) -> Fate:
    if block.kind is BlockKind.CREDIT and block.is_spoken and settings.credits == "notes":
        return _in_notes("a note on where it was published before; it is in the show notes")
    if settings.bare_urls == "notes" and block.fate == READ_ALOUD and _ADDRESS.fullmatch(block.text):
        return _in_notes("an address on a line of its own; it is in the show notes")
    return block.fate


def _call_fate(*, is_said: bool) -> Fate:
    if is_said:
        return Fate(kind=FateKind.DROPPED, reason=CALL)
    reason = "a call to those who read; listeners get one short sentence in the closing"
    return Fate(kind=FateKind.DROPPED, reason=reason, said=CALL_SAID)


def _table_fate(block: Block, settings: ReadingSettings) -> Fate:
    if settings.tables == "notes":
        return _in_notes("a table is not read aloud; it is in the show notes")
    return _in_notes("a table is announced, not read aloud; it is in the show notes", said=_table_said(block))


def _table_said(block: Block) -> str:
    rows = max(block.rows - 1, 0)
    size = f"{_counted(block.columns, 'column')} and {_counted(rows, 'row')}"
    if block.caption:
        return f"A table is in the show notes: {_sentence(_unnumbered(block.caption))} It has {size}."
    names = [name.strip() for name in block.text.partition("\n")[0].split(" | ")]
    is_named = len(names) == block.columns <= _MOST_COLUMNS_NAMED and all(names)
    return f"A table of {size} is in the show notes{': ' + ', '.join(names) if is_named else ''}."


def _figure_fate(block: Block, settings: ReadingSettings) -> Fate:
    if settings.figures == "notes":
        return _in_notes("a picture is not read aloud; its description is in the show notes")
    parts = _without_repetition(_unnumbered(block.text), _unnumbered(block.caption))
    said = " ".join(_sentence(part) for part in parts)
    return Fate(kind=FateKind.SPOKEN, reason="a picture; its description is read", said=f"Picture: {said}")


def _unnumbered(caption: str) -> str:
    return _NUMBERED.sub("", caption, count=1) if _NUMBERED.match(caption) else caption


def _without_repetition(description: str, caption: str) -> list[str]:
    """Both, unless one says all that the other says."""
    one, other = _plain(description).rstrip("."), _plain(caption).rstrip(".")
    if one in other:
        return [caption]
    return [description] if other in one else [description, caption]


def _code_fate(block: Block, settings: ReadingSettings) -> Fate:
    if settings.code == "notes":
        return _in_notes("code is not read aloud; it is in the show notes")
    language = f"{block.caption[:1].upper()}{block.caption[1:]} code" if block.caption.isalpha() else "Code"
    reason = "code is announced, not read aloud; it is in the show notes"
    return _in_notes(reason, said=f"{language} is in the show notes.")


def _formula_fate(block: Block, settings: ReadingSettings) -> Fate:
    del block
    if settings.formulas == "notes":
        return _in_notes("a formula is not read aloud; it is in the show notes")
    reason = "a formula is announced, not read aloud; it is in the show notes"
    return _in_notes(reason, said="A formula is in the show notes.")


def _footnote_fate(block: Block, settings: ReadingSettings) -> Fate:
    del block
    if settings.footnotes == "in place":
        return Fate(kind=FateKind.SPOKEN, reason="a footnote, read after the paragraph that refers to it")
    if settings.footnotes == "at the end":
        return Fate(kind=FateKind.SPOKEN, reason="a footnote, read at the end")
    return _in_notes("a footnote is not read aloud; it is in the show notes")


def _embed_fate(block: Block, settings: ReadingSettings) -> Fate:
    if settings.embeds == "notes":
        return _in_notes("embedded from elsewhere, not read aloud; it is in the show notes")
    if block.text in {"", block.caption}:
        return _in_notes("embedded from elsewhere without words to read; it is in the show notes")
    said = f"{block.caption.rstrip('.:')}:" if block.caption else ""
    return Fate(kind=FateKind.SPOKEN, reason="embedded from elsewhere; its words are read", said=said)


_POLICIES: dict[BlockKind, Callable[[Block, ReadingSettings], Fate]] = {
    BlockKind.TABLE: _table_fate,
    BlockKind.FIGURE: _figure_fate,
    BlockKind.CODE: _code_fate,
    BlockKind.FORMULA: _formula_fate,
    BlockKind.FOOTNOTE: _footnote_fate,
    BlockKind.EMBED: _embed_fate,
}


def _in_notes(reason: str, *, said: str = "") -> Fate:
    return Fate(kind=FateKind.NOTES, reason=reason, said=said)


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _sentence(text: str) -> str:
    """``text`` with an end mark."""
    return text if text.rstrip("\"”’')").endswith((".", "!", "?", "…")) else f"{text}."
