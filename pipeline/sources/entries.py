"""Floor 3, sources: YAML, TOML and header lines as Entries, each with its line, so that an error can name it."""

import re
import tomllib
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from pathlib import Path

import yaml
from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import SourceError
from pipeline.patterns import regex

MOST_NESTED = 20

#: YAML's tags -> what an author calls such a value.
TYPES = {
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:timestamp": "date",
    "tag:yaml.org,2002:int": "number",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "yes/no value",
}
EMPTY = "tag:yaml.org,2002:null"

#: A header of Pelican or MultiMarkdown, and a line that goes on with the value above it.
HEADER = regex(r"([A-Za-z][A-Za-z0-9_-]{0,30}):(?:[ \t]+(.*)|[ \t]*)")
CONTINUED = regex(r"(?: {4,}|\t+)\S")
MOST_HEADERS = 200


class Entry(Struct, frozen=True, kw_only=True):
    """One key and its value. ``type`` is text, date, number, yes/no value, list, mapping or special value.

    ``value`` is as it was written, None for nothing at all; the Entries of a list are its ``items``, and so are those
    of a mapping that stands in a list.
    """

    key: str
    type: str
    value: str | None
    line: int
    items: "tuple[Entry, ...]" = ()


def yaml_entries(content: str, *, path: Path, first_line: int) -> tuple[Entry, ...]:
    """The Entries of a YAML mapping whose first line is line ``first_line`` of the file.

    Nothing is constructed: texts stay as they were written, so that no date, number or object comes into being.

    Raises:
        SourceError: it is not YAML, not a mapping, has anchors or aliases, or is nested too deeply.
    """
    try:
        _refuse_dangerous(content, path=path, first_line=first_line)
        node = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _yaml_error(error, path=path, first_line=first_line) from error
    if node is None:
        return ()
    if not isinstance(node, yaml.MappingNode):
        what = "the front matter is not a list of keys and values"
        raise SourceError(what, cure="write lines such as `title: ...`", path=path, line=first_line)
    return tuple(
        _yaml_entry(key.value, value, first_line=first_line)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode)
    )


def toml_entries(content: str, *, path: Path, first_line: int) -> tuple[Entry, ...]:
    """The Entries of a TOML document whose first line is line ``first_line`` of the file.

    Raises:
        SourceError: it is not TOML.
    """
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+)", str(error))
        line = first_line + (int(place[1]) - 1 if place else content.count("\n"))
        what = f"the front matter is not TOML ({str(error).partition(' (at ')[0]})"
        raise SourceError(
            what, cure="correct that line, or write the front matter as YAML", path=path, line=line
        ) from error
    except RecursionError as error:
        raise _too_deep(path=path, line=first_line) from error
    return tuple(
        _toml_entry(
            key,
            value,
            line=first_line + _line_of(key, content),
            tables=[first_line + number for number in _tables_of(key, content)] if isinstance(value, list) else (),
        )
        for key, value in table.items()
    )


def header_entries(text: str, *, first_line: int) -> tuple[tuple[Entry, ...], int]:
    """The Entries of the `Title: ...` lines that ``text`` opens with, and how many characters they take.

    They end at the first line that is none; keys are in small letters. Whether it is a header at all, the caller knows.
    Source: Pelican, "Writing content", and MultiMarkdown, "Metadata".
    """
    entries: list[Entry] = []
    end = 0
    for number, line in enumerate(text.split("\n", MOST_HEADERS)[:MOST_HEADERS]):
        found = HEADER.fullmatch(line)
        if found is not None:
            value = (found[2] or "").strip() or None
            entries.append(Entry(key=found[1].casefold(), type="text", value=value, line=first_line + number))
        elif entries and CONTINUED.match(line):
            entries[-1] = replace(entries[-1], value=f"{entries[-1].value or ''} {line.strip()}".strip())
        else:
            break
        end += len(line) + 1
    return tuple(entries), min(end, len(text))


def text_of(entry: Entry, *, path: Path, wanted: str = "a text", types: Collection[str] = ("text",)) -> str:
    """The value of ``entry`` with single blanks, where it has one of these ``types``.

    Raises:
        SourceError: it has another, and is no ``wanted``.
    """
    if entry.type in types:
        return " ".join(str(entry.value).split())
    is_scalar = entry.type not in {"list", "mapping"}
    found = f"{entry.type} {entry.value}" if is_scalar else entry.type
    raise SourceError(
        f"`{entry.key}` in the front matter must be {wanted}, and this is a {found}",
        cure=f'put it in quotes: "{entry.value}"' if is_scalar else f"write it as {wanted}",
        path=path,
        line=entry.line,
    )


def _refuse_dangerous(content: str, *, path: Path, first_line: int) -> None:
    # Aliases can make a small file endless when it is walked, and depth can exhaust the stack when it is composed;
    # the events of the parser show both before anything is built.
    depth = 0
    for event in yaml.parse(content, Loader=yaml.SafeLoader):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if getattr(event, "anchor", None) is not None:
            what = "the front matter has a YAML anchor or alias (& or *)"
            raise SourceError(what, cure="write the value out, or put it in quotes", path=path, line=line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_NESTED:
            raise _too_deep(path=path, line=line)


def _too_deep(*, path: Path, line: int) -> SourceError:
    what = f"the front matter is nested more than {MOST_NESTED} deep"
    return SourceError(what, cure="take out what the article does not need", path=path, line=line)


def _yaml_error(error: yaml.YAMLError, *, path: Path, first_line: int) -> SourceError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    return SourceError(
        f"the front matter is not YAML ({problem})",
        cure='put a value that holds a colon or another sign of YAML in quotes: title: "Talks: no deal"',
        path=path,
        line=first_line + (mark.line if mark else 0),
    )


def _yaml_entry(key: str, node: yaml.Node, *, first_line: int) -> Entry:
    line = first_line + (node.start_mark.line if node.start_mark else 0)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_yaml_item(key, item, first_line=first_line) for item in node.value)
        return Entry(key=key, type="list", value="list", line=line, items=items)
    if isinstance(node, yaml.MappingNode):
        return Entry(key=key, type="mapping", value="mapping", line=line)
    value = None if node.tag == EMPTY else str(node.value)
    return Entry(key=key, type=TYPES.get(node.tag, "special value"), value=value, line=line)


def _yaml_item(key: str, node: yaml.Node, *, first_line: int) -> Entry:
    """What stands in a list: of a mapping, what is in it as well."""
    entry = _yaml_entry(key, node, first_line=first_line)
    if not isinstance(node, yaml.MappingNode):
        return entry
    items = tuple(_yaml_entry(str(name.value), value, first_line=first_line) for name, value in node.value)
    return replace(entry, items=items)


def _toml_entry(key: str, value: object, *, line: int, tables: Sequence[int] = ()) -> Entry:
    """``tables`` are the lines at which the tables of a list begin, where it is written as tables."""
    if isinstance(value, list):
        lines = tables if len(tables) == len(value) else [line] * len(value)
        items = tuple(_toml_item(key, item, line=its_line) for item, its_line in zip(value, lines, strict=True))
        return Entry(key=key, type="list", value="list", line=line, items=items)
    if isinstance(value, dict):
        return Entry(key=key, type="mapping", value="mapping", line=line)
    if isinstance(value, datetime | date):
        return Entry(key=key, type="date", value=value.isoformat(), line=line)
    kinds = {str: "text", bool: "yes/no value", int: "number", float: "number", time: "time"}
    return Entry(key=key, type=kinds[type(value)], value=str(value), line=line)


def _toml_item(key: str, value: object, *, line: int) -> Entry:
    """What stands in a list: of a table, what is in it as well."""
    entry = _toml_entry(key, value, line=line)
    if not isinstance(value, dict):
        return entry
    return replace(entry, items=tuple(_toml_entry(name, item, line=line) for name, item in value.items()))


def _tables_of(key: str, content: str) -> list[int]:
    """The numbers, from 0, of the lines that open a table of the list ``key``."""
    opening = re.compile(rf"[ \t]*\[\[[ \t]*{re.escape(key)}[ \t]*\]\]")
    return [number for number, line in enumerate(content.split("\n")) if opening.match(line)]


def _line_of(key: str, content: str) -> int:
    found = re.search(
        rf"""^[ \t]*["']?{re.escape(key)}["']?[ \t]*[=.]|^[ \t]*\[+[ \t]*{re.escape(key)}\b""", content, re.MULTILINE
    )
    return content.count("\n", 0, found.start()) if found else 0
