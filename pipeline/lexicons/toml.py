"""lexicon.toml as its author's document: entries come in and change, and not a comment or blank is lost.

A new entry goes to the end; an entry whose name is there already takes its place, key by key.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from pipeline.errors import ConfigError
from pipeline.files import write_atomically
from pipeline.lexicons.merging import Name, name_of, same_name
from pipeline.model import LexiconEntry


def write_entries(path: Path, entries: Iterable[LexiconEntry]) -> bool:
    """Lay the entries into the file, which may not be there yet, whole or not at all; True if that changed it.

    Raises:
        ConfigError: as `add_entries`, with the path, or it cannot be read.
        StoreError: the disk does not take it; the old file is as it was.
    """
    try:
        text = path.read_bytes().decode() if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", cure="save it as UTF-8 text", path=path) from error
    try:
        changed = add_entries(text, entries)
    except ConfigError as error:
        raise ConfigError(error.what, cure=error.cure, path=path, line=error.line) from error
    return write_atomically(path, changed.encode())


def add_entry(text: str, entry: LexiconEntry) -> str:
    """The text of lexicon.toml with the entry in it, see `add_entries`."""
    return add_entries(text, (entry,))


def add_entries(text: str, entries: Iterable[LexiconEntry]) -> str:
    """The text of lexicon.toml with the entries in it; everything else stays as it is, line ends included.

    An entry takes the place of the one of the same grapheme and language, and what that one had more is gone; one with
    a new name goes to the end. Values are written as they are read: no escapes for letters of any kind.

    Raises:
        ConfigError: the text is no TOML, or its `entries` are no [[entries]] tables; a value holds half a character.
    """
    has_crlf = "\r\n" in text
    document = _parsed(text.replace("\r\n", "\n"))
    places = _places(document)
    new: dict[Name, LexiconEntry] = {}
    for entry in entries:
        _require_whole_characters(entry)
        place = same_name(places, entry)
        if place is None:
            new[name_of(entry)] = entry
        else:
            _replace(place, _values(entry))
    changed = tomlkit.dumps(document)
    for entry in new.values():
        changed = f"{changed.rstrip()}\n\n".lstrip() + entry_lines(entry)
    return changed.replace("\n", "\r\n") if has_crlf else changed


def entry_lines(entry: LexiconEntry) -> str:
    """The entry as it stands in lexicon.toml, from [[entries]] to the last line's end; ready to be pasted."""
    lines = (f"{key} = {tomlkit.item(value).as_string()}" for key, value in _values(entry).items())
    return "\n".join(("[[entries]]", *lines)) + "\n"


def _parsed(text: str) -> tomlkit.TOMLDocument:
    try:
        # What is added to a last line without an end would become part of it.
        return tomlkit.parse(text if text.endswith("\n") or not text else f"{text}\n")
    except TOMLKitError as error:
        raise ConfigError(str(error), cure="mend that line (see toml.io)", line=getattr(error, "line", None)) from error


def _places(document: tomlkit.TOMLDocument) -> dict[Name, Table]:
    """The table of each name; of two of one name the first, which is the one that counts."""
    places: dict[Name, Table] = {}
    for number, table in enumerate(_tables(document), start=1):
        try:
            entry = msgspec.convert(table.unwrap(), LexiconEntry)
        except msgspec.ValidationError as error:
            raise ConfigError(f"entry {number}: {error}", cure="mend that entry") from error
        places.setdefault(name_of(entry), table)
    return places


def _tables(document: tomlkit.TOMLDocument) -> list[Table]:
    entries = document.get("entries", [])
    if isinstance(entries, AoT):
        return list(entries.body)
    if entries:
        raise ConfigError("entries is one list", cure="write each entry as a table of its own, under [[entries]]")
    document.pop("entries", None)
    return []


def _values(entry: LexiconEntry) -> dict[str, str | bool]:
    """What is written of an entry: all that is not its default, in the order of the fields."""
    fields = msgspec.structs.fields(entry)
    values = {field.encode_name: getattr(entry, field.name) for field in fields}
    return {
        field.encode_name: values[field.encode_name] for field in fields if values[field.encode_name] != field.default
    }


def _replace(table: Table, values: dict[str, str | bool]) -> None:
    """Key by key, so that comments beside values stay; what follows the last key, such as the next heading, too."""
    body = table.value.body
    after = []
    while body and body[-1][0] is None:
        after.append(body.pop()[1])
    for key in [key for key in table if key not in values]:
        table.remove(key)
    for key, value in values.items():
        if table.get(key) != value:
            table[key] = value
    for item in reversed(after):
        table.value.add(item)


def _require_whole_characters(entry: LexiconEntry) -> None:
    for key, value in _values(entry).items():
        try:
            str(value).encode()
        except UnicodeEncodeError as error:
            raise ConfigError(f"{key} of {entry.grapheme!r} holds half a character", cure="write it again") from error
