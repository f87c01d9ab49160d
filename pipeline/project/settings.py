"""Inside the project: TOML files read strictly. Every slip is told with its line, what was meant, and the cure."""

import re
import tomllib
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct

from pipeline.announcements import fields_of
from pipeline.engines import options_of
from pipeline.errors import ConfigError, EngineUnavailable
from pipeline.model import Lexicon, ShowSettings
from pipeline.patterns import regex

#: Source: RFC 3986, without query and fragment.
_WEB_ADDRESS = regex(r"https?://[A-Za-z0-9.\-]+(:\d+)?(/[A-Za-z0-9._~:@!$&'()*+,;=%/\-]*)?")

#: What msgspec says of a wrong value, and its names of types in plain words.
#: How the message of a text ends that must hold something.
_NOT_EMPTY = r"matching regex '\\S'"
#: What an entry of the lexicon says of itself, with its cure.
_SAYS_NOTHING = "” says nothing: "
_WRONG_TYPE = regex(r"Expected `([^`]+)`(?:, got `([^`]+)`)?")
_PLAIN_TYPES = {
    "array": 'a list, such as ["..."]',
    "bool": "true or false",
    "date": "a date",
    "datetime": "a date",
    "float": "a number",
    "int": "a whole number",
    "null": "nothing",
    "object": "a table of its own",
    "str": 'a text, such as "..."',
    "time": "a time of day",
}

Settings = TypeVar("Settings", bound=Struct)


def load_show_settings(path: Path) -> ShowSettings:
    """What show.toml says, or a file of its kind, proved as far as the file alone can be.

    Raises:
        ConfigError: a file that does not parse, a key or a value that is not known; with its line.
    """
    settings = load_settings(path, ShowSettings)
    require_web_address(path, settings.base_url)
    require_web_address(path, settings.link, key="link")
    _require_templates(path, settings)
    _require_engine_options(path, settings)
    return settings


def load_lexicon(path: Path) -> Lexicon:
    """What a file of pronunciations says; nothing where there is none.

    Raises:
        ConfigError: as `load_settings`, or a name has two entries.
    """
    lexicon = load_settings(path, Lexicon) if path.is_file() else Lexicon()
    _require_no_doubles(path, lexicon)
    return lexicon


def load_settings(path: Path, kind: type[Settings]) -> Settings:
    """What a TOML file says, as a value of ``kind``.

    Raises:
        ConfigError: with the line, and for an unknown key the nearest known one.
    """
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", cure="save it as UTF-8 text", path=path) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        what, number = str(error).split(" (at")[0], int(line[1]) if line else None
        cure = 'use straight quotes: "like this"' if re.search("[“”„]", text) else "mend that line (see toml.io)"
        raise ConfigError(what, cure=cure, path=path, line=number) from error
    _require_known_keys(raw, kind, path=path, text=text)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise _wrong_value(error, kind, path=path, text=text) from error


def require_web_address(path: Path, url: str, *, key: str = "base_url") -> None:
    """Nothing, if ``url`` can stand in a feed. Raises ConfigError if it is no plain http(s) address in ASCII."""
    if not _WEB_ADDRESS.fullmatch(url):
        raise ConfigError(
            f'{key} = "{url}" is no web address',
            cure='write it like "https://audio.example.org/": no blanks, no "?" and no "#"',
            path=path,
        )


def _require_templates(path: Path, settings: ShowSettings) -> None:
    """A slip in an announcement is told before an article is read."""
    for key in ("opening", "closing"):
        for template in getattr(settings.announcements, key) or ():
            try:
                fields_of(template)
            except ConfigError as error:
                line = _line_of(key, path.read_text(encoding="utf-8"))
                raise ConfigError(error.what, cure=error.cure, path=path, line=line) from error


def _require_engine_options(path: Path, settings: ShowSettings) -> None:
    """A slip in a table [engines.NAME] is told before an article is read. Raises ConfigError with its line."""
    text = path.read_text(encoding="utf-8")
    for name, table in settings.engines.items():
        _, heading, below = text.partition(f"[engines.{name}]")
        before = text.count("\n", 0, len(text) - len(below)) if heading else 0
        try:
            kind = options_of(name)
        except EngineUnavailable as error:
            line = before + 1 if heading else None
            cure = f"take the table [engines.{name}] out, or install the package that brings this engine"
            raise ConfigError(error.what, cure=cure, path=path, line=line) from error
        try:
            _require_known_keys(table, kind, path=path, text="\n" * before + below)
            msgspec.convert(table, kind)
        except msgspec.ValidationError as error:
            raise _wrong_value(error, kind, path=path, text="\n" * before + below) from error


def _require_no_doubles(path: Path, lexicon: Lexicon) -> None:
    """Of two entries for one name only one would count, and nobody would see which."""
    seen: dict[tuple[str, str, bool], int] = {}
    for number, entry in enumerate(lexicon.entries):
        first = seen.setdefault((entry.grapheme, entry.language.lower(), entry.case), number)
        if first != number:
            text = path.read_text(encoding="utf-8")
            lines = [_line_of_place(f"entries[{place}]", text) for place in (first, number)]
            # In a list on one line nothing has a line of its own.
            where = f", the first in line {lines[0]}" if lines[0] else ""
            language = f" for {entry.language}" if entry.language else ""
            what = f'"{entry.grapheme}" has two entries{language}{where}'
            raise ConfigError(what, cure="keep one of them", path=path, line=lines[1])


def _require_known_keys(raw: dict[str, Any], kind: type[Struct], *, path: Path, text: str) -> None:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in raw.items():
        if key not in fields:
            near = get_close_matches(key, fields, n=1, cutoff=0.5)
            cure = f'did you mean "{near[0]}"?' if near else f"known here are: {', '.join(fields)}"
            raise ConfigError(f'unknown key "{key}"', cure=cure, path=path, line=_line_of(key, text))
        inner = _struct_in(fields[key])
        for part in value if isinstance(value, list) else [value]:
            if inner is not None and isinstance(part, dict):
                _require_known_keys(part, inner, path=path, text=text)


def _struct_in(annotation: object) -> type[Struct] | None:
    """The Struct that a field holds, be it alone, in a tuple or optional."""
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return annotation
    if isinstance(annotation, UnionType) or get_args(annotation):
        return next((found for part in get_args(annotation) if (found := _struct_in(part))), None)
    return None


def _wrong_value(error: msgspec.ValidationError, kind: type[Struct], *, path: Path, text: str) -> ConfigError:
    what, _, place = str(error).partition(" - at `$.")
    key = place.rstrip("`")
    if not key:
        return ConfigError(what, cure="add that key; `audio-edition init` shows an example", path=path)
    line = _line_of_place(key, text)
    if what.startswith("Object missing"):
        return ConfigError(f"{key}: {what}", cure="add that key", path=path, line=line)
    if what.startswith("Invalid enum value"):
        allowed = ", ".join(f'"{value}"' for value in _allowed(key, kind))
        given = what.removeprefix("Invalid enum value").strip()
        return ConfigError(f"{key} cannot be {given}", cure=f"give it one of {allowed}", path=path, line=line)
    if _SAYS_NOTHING in what:
        what, _, cure = what.partition(": ")
        return ConfigError(what, cure=cure, path=path, line=line)
    if what.endswith(_NOT_EMPTY):
        return ConfigError(f"{key} is empty", cure="write something there", path=path, line=line)
    what = _WRONG_TYPE.sub(_in_plain_words, what)
    return ConfigError(f"{key} {what}", cure="give it a value of that kind", path=path, line=line)


def _in_plain_words(wrong: re.Match[str]) -> str:
    """\"must be a whole number, not a text" for "Expected `int`, got `str`"."""
    wanted = " or ".join(_PLAIN_TYPES.get(name, name) for name in wrong[1].split(" | "))
    given = _PLAIN_TYPES.get(wrong[2] or "", wrong[2] or "").partition(",")[0]
    return f"must be {wanted}, not {given}" if given else f"must be {wanted}"


def _allowed(place: str, kind: type[Struct]) -> tuple[object, ...]:
    """The values that the field at ``place``, such as "reading.footnotes", can have."""
    annotation: object = kind
    for name in re.sub(r"\[[^\]]*\]", "", place).split("."):
        inner = _struct_in(annotation)
        if inner is not None:
            annotation = {field.encode_name: field.type for field in msgspec.structs.fields(inner)}[name]
    return _choices(annotation)


def _choices(annotation: object) -> tuple[object, ...]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(member.value for member in annotation)
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(value for part in get_args(annotation) for value in _choices(part))


def _line_of_place(place: str, text: str) -> int | None:
    """The line of "sound.bitrate_kbps", or of the fifth [[entries]] for "entries[4].say"."""
    table = re.match(r"(\w+)\[(\d+)\]", place)
    if table is None:
        return _line_of(place.rsplit(".", maxsplit=1)[-1].partition("[")[0], text)
    headings = [n for n, line in enumerate(text.splitlines(), start=1) if line.strip() == f"[[{table[1]}]]"]
    return headings[int(table[2])] if int(table[2]) < len(headings) else None


def _line_of(key: str, text: str) -> int | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf'\s*\[*\s*["\']?{re.escape(key)}["\']?\s*[=\].]', line):
            return number
    return None
