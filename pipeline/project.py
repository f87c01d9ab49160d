"""Floor 4: a show on disk. Where everything lies, what show.toml and lexicon.toml say, and one build at a time."""

import os
import re
import socket
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from pipeline.announcements import fields_of
from pipeline.engines import options_of
from pipeline.errors import ConfigError, EngineUnavailable
from pipeline.files import remove_leftovers
from pipeline.model import Lexicon, Show
from pipeline.patterns import regex
from pipeline.store import Store

SHOW_FILE = "show.toml"
LEXICON_FILE = "lexicon.toml"

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


class Project(Struct, frozen=True, kw_only=True):
    """A show: its folder, and what its author wrote into it."""

    root: Path
    show: Show
    lexicon: Lexicon

    @property
    def store(self) -> Store:
        """The cache: deletable as a whole."""
        return Store(self.root / ".cache")

    @property
    def seeds(self) -> Path:
        """Where the author keeps the articles; never written."""
        return self.root / "seeds"

    @property
    def feed_path(self) -> Path:
        """The feed."""
        return self.root / "feeds" / "podcast.xml"

    @property
    def show_ledger_path(self) -> Path:
        """The show's ledger of identity."""
        return self.root / "feeds" / "show.json"

    @property
    def artwork_path(self) -> Path:
        """The cover as the author gives it."""
        return self.root / self.show.artwork

    def folder_of(self, slug: str) -> Path:
        """Everything that belongs to one episode."""
        return self.root / "episodes" / slug

    def episode_ledger_path(self, slug: str) -> Path:
        """The episode's ledger of identity."""
        return self.folder_of(slug) / "episode.json"

    def episode_ledger_paths(self) -> list[Path]:
        """The ledgers of every episode, by slug."""
        return sorted(self.root.glob("episodes/*/episode.json"))

    def source_name(self, source: Path) -> str:
        """How the ledgers name an article's file: from the show's folder, the same on every machine."""
        return Path(os.path.relpath(source.resolve(), self.root.resolve())).as_posix()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One build at a time; what a killed one left lying about is cleared away first.

        Raises:
            ConfigError: another build is at work, and which; or the folder cannot be written.
        """
        owner = self.root / ".audio-edition.owner"
        lock = FileLock(self.root / ".audio-edition.lock", timeout=0)
        try:
            lock.acquire()
            owner.write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
            for name in ("episodes", "feeds", "masters"):
                remove_leftovers(self.root / name)
        except Timeout as error:
            name = owner.read_text(encoding="utf-8") if owner.is_file() else "another process"
            raise ConfigError(
                f"{name} is building this show", cure="wait until it is done, or stop it", path=self.root
            ) from error
        except OSError as error:
            raise ConfigError(
                f"cannot be built in: {error.strerror or error}",
                cure="free the disk, or make the folder writable",
                path=self.root,
            ) from error
        try:
            yield
        finally:
            lock.release()


def find_root(start: Path) -> Path:
    """The folder that holds show.toml: ``start`` or the nearest one above it.

    Raises:
        ConfigError: there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SHOW_FILE).is_file():
            return folder
    raise ConfigError(
        f"there is no {SHOW_FILE} here or above",
        cure="make a show with `audio-edition init`, or name its folder with --show DIR",
        path=start,
    )


def open_project(root: Path) -> Project:
    """The show in ``root``.

    Raises:
        ConfigError: a file that does not parse, a key or a value that is not known; with its line.
    """
    show = load_settings(root / SHOW_FILE, Show)
    require_web_address(root / SHOW_FILE, show.base_url)
    require_web_address(root / SHOW_FILE, show.link, key="link")
    _require_templates(root / SHOW_FILE, show)
    _require_engine_options(root / SHOW_FILE, show)
    lexicon_path = root / LEXICON_FILE
    lexicon = load_settings(lexicon_path, Lexicon) if lexicon_path.is_file() else Lexicon()
    _require_no_doubles(lexicon_path, lexicon)
    return Project(root=root, show=show, lexicon=lexicon)


def _require_templates(path: Path, show: Show) -> None:
    """A slip in an announcement is told before an article is read."""
    for key in ("opening", "closing"):
        for template in getattr(show.announcements, key) or ():
            try:
                fields_of(template)
            except ConfigError as error:
                line = _line_of(key, path.read_text(encoding="utf-8"))
                raise ConfigError(error.what, cure=error.cure, path=path, line=line) from error


def _require_engine_options(path: Path, show: Show) -> None:
    """A slip in a table [engines.NAME] is told before an article is read. Raises ConfigError with its line."""
    text = path.read_text(encoding="utf-8")
    for name, table in show.engines.items():
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


def require_web_address(path: Path, url: str, *, key: str = "base_url") -> None:
    """Nothing, if ``url`` can stand in a feed. Raises ConfigError if it is no plain http(s) address in ASCII."""
    if not _WEB_ADDRESS.fullmatch(url):
        raise ConfigError(
            f'{key} = "{url}" is no web address',
            cure='write it like "https://audio.example.org/": no blanks, no "?" and no "#"',
            path=path,
        )
