"""Floor 3, sources: what stands at the top of a file: between `---` (YAML), between `+++` (TOML), or as `Title: ...`.

Only the keys of this table are read. Others belong to other tools and are left alone, but a wrong value under one
of these is an error: a misread byline would be published.
"""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.errors import SourceError
from pipeline.model import ChapterMark, EpisodeKind, Person, SoundbiteMark
from pipeline.patterns import regex
from pipeline.sources.chapter_marks import chapter_marks
from pipeline.sources.entries import Entry, header_entries, text_of, toml_entries, yaml_entries
from pipeline.sources.people import people
from pipeline.sources.soundbites import soundbite_marks

MOST_BYTES = 64_000

#: Key in the file -> field of FrontMatter.
FIELDS = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "authors": "author",
    "date": "published",
    "published": "published",
    "lang": "language",
    "language": "language",
    "source": "source",
    "summary": "summary",
    "description": "summary",
    "tags": "tags",
    "slug": "slug",
    "series": "series",
    "season": "season",
    "episode": "number",
    "draft": "is_draft",
    "chapters": "chapters",
    "voice": "voice",
    "type": "kind",
    "explicit": "is_explicit",
    "embargo": "embargo",
    "people": "persons",
    "soundbites": "soundbites",
    "notes": "notes",
}
LISTS = {"author", "authors", "tags"}
#: Keys beside `title` that only a header has. Prose that opens with "Title: ..." has none of them.
HEADER_KEYS = {
    *FIELDS.keys() - {"chapters", "voice", "type", "explicit", "embargo", "people", "soundbites", "notes"},
    "category",
    "keywords",
    "modified",
    "save_as",
    "status",
    "template",
    "translation",
    "url",
}
WORDS_FOR_YES = {"true", "yes", "on", "y"}
WORDS_FOR_NO = {"false", "no", "off", "n"}
#: What podcast tools wrote for "not explicit" before 2020. Source: Apple, A Podcaster's Guide to RSS.
CLEAN = "clean"
#: Keys of other tools that are one letter from one of these, and have a meaning of their own: Hugo's taxonomies.
KEYS_OF_OTHERS = {"types"}
#: What a header's line has no room for begins so.
LISTS_OF_TABLES = ("chapter", "soundbite")

OPENING = regex(r"(?:[ \t]*\n)*(---|\+\+\+)[ \t]*(?:\n|\Z)")
CLOSING = {
    "---": regex(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": regex(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}

LANGUAGE = regex(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
SLUG = regex(r"(?=.{1,80}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
NUMBER = regex(r"0{0,3}([1-9]\d{0,4})")
ADDRESS = regex(r"https?://[^\s/]\S*", re.IGNORECASE)


class FrontMatter(Struct, frozen=True, kw_only=True):
    """What the front matter says; "" where it says nothing. ``end`` is the character at which the body starts.

    ``published`` is the date as written, ``published_key`` the key that it stood under, ``published_line`` where.
    ``season`` and ``number`` count from 1, None where it says nothing; so are ``chapters``, and () asks for none.
    ``voice`` is as it was written, "VOICE" or "ENGINE:VOICE". ``kind`` and ``is_explicit`` are None where it says
    nothing, ``embargo`` is as it was written in line ``embargo_line``, and ``notes`` are Markdown.
    """

    title: str = ""
    subtitle: str = ""
    author: str = ""
    published: str = ""
    published_key: str = "date"
    published_line: int | None = None
    language: str = ""
    source: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    slug: str = ""
    series: str = ""
    season: int | None = None
    number: int | None = None
    is_draft: bool = False
    chapters: tuple[ChapterMark, ...] | None = None
    voice: str = ""
    kind: EpisodeKind | None = None
    is_explicit: bool | None = None
    embargo: str = ""
    embargo_line: int | None = None
    persons: tuple[Person, ...] = ()
    soundbites: tuple[SoundbiteMark, ...] = ()
    notes: str = ""
    end: int = 0


def read_front_matter(text: str, *, path: Path) -> FrontMatter:
    """What the front matter at the top of ``text`` says; an empty FrontMatter where there is none.

    Raises:
        SourceError: it is not closed, too long, not YAML or TOML, or has a value that its key cannot have.
    """
    opening = OPENING.match(text)
    if opening is None:
        return _header(text, path=path)
    fence, first_line = opening[1], text.count("\n", 0, opening.start(1)) + 1
    closing = CLOSING[fence].search(text, opening.end())
    if closing is None:
        what = f"the front matter that opens with {fence} is never closed"
        raise SourceError(what, cure=f"write a line {fence} below its last key", path=path, line=first_line)
    content = text[opening.end() : closing.start()]
    if len(content.encode()) > MOST_BYTES:
        what = f"the front matter is longer than {MOST_BYTES // 1000} KB"
        raise SourceError(what, cure=f"close it with {fence} above the article", path=path, line=first_line)
    return _understood(ENTRIES[fence](content, path=path, first_line=first_line + 1), path=path, end=closing.end())


ENTRIES: dict[str, Callable[..., tuple[Entry, ...]]] = {"---": yaml_entries, "+++": toml_entries}


def _header(text: str, *, path: Path) -> FrontMatter:
    """What `Title: ...` lines say: at least a title and another key that only a header has; else it is prose."""
    start = len(text) - len(text.lstrip())
    entries, length = header_entries(text[start : start + MOST_BYTES], first_line=text.count("\n", 0, start) + 1)
    keys = {entry.key for entry in entries}
    if "title" not in keys or not keys & (HEADER_KEYS - {"title"}):
        return FrontMatter()
    # A line has no room for a list of tables: what a header says under such a key is another tool's.
    ours = (_of_header(entry) for entry in entries if not entry.key.startswith(LISTS_OF_TABLES))
    return _understood(ours, path=path, end=start + length)


def _of_header(entry: Entry) -> Entry:
    """``entry`` with the meaning that it has in Pelican: several authors, `Status: draft`."""
    if entry.key in {"authors", "people"} and entry.value:
        items = tuple(replace(entry, value=name.strip()) for name in re.split("[;,]", entry.value) if name.strip())
        return replace(entry, type="list", items=items)
    if entry.key == "status":
        return replace(entry, key="draft", type="yes/no value", value=str((entry.value or "").casefold() == "draft"))
    return entry


def _understood(entries: Iterable[Entry], *, path: Path, end: int) -> FrontMatter:
    values: dict[str, object] = {"end": end}
    seen: dict[str, Entry] = {}
    for entry in entries:
        field = FIELDS.get(entry.key)
        if field is None:
            _refuse_slip(entry, path=path)
        if field is None or entry.value is None:
            continue
        if entry.key in seen:
            what = f"`{entry.key}` stands twice in the front matter (first in line {seen[entry.key].line})"
            raise SourceError(what, cure="keep one of them", path=path, line=entry.line)
        seen[entry.key] = entry
        if field == "is_draft" or (field == "published" and entry.type == "yes/no value"):
            # Jekyll's `published: false` says what Hugo's `draft: true` says; either of them keeps it back.
            values["is_draft"] = values.get("is_draft", False) or _is_yes(entry, path=path) is (field == "is_draft")
            continue
        # Of two keys for one field the first in FIELDS counts, wherever it stands.
        if not any(other in seen for other in _better_keys(entry.key)):
            values |= _field(field, entry, path=path)
    return FrontMatter(**values)  # type: ignore[arg-type]  # _field gives each field the type it has


def _refuse_slip(entry: Entry, *, path: Path) -> None:
    """A key of another tool is left alone; one that is a key of ours but for a letter is not, or nobody would see."""
    near = get_close_matches(entry.key.casefold(), FIELDS, n=1, cutoff=0.85)
    if near and entry.key.casefold() not in KEYS_OF_OTHERS:
        what = f"`{entry.key}` is no key of the front matter"
        raise SourceError(what, cure=f"did you mean `{near[0]}`?", path=path, line=entry.line)


def _better_keys(key: str) -> list[str]:
    same = [other for other, field in FIELDS.items() if field == FIELDS[key]]
    return same[: same.index(key)]


def _field(field: str, entry: Entry, *, path: Path) -> dict[str, object]:
    if field in READERS:
        return {field: READERS[field](entry, path=path)}
    if field in {"published", "embargo"}:
        date = text_of(entry, path=path, types=("text", "date"))
        where = {f"{field}_line": entry.line}
        return {field: date, **where, **({"published_key": entry.key} if field == "published" else {})}
    if entry.key in LISTS:
        items = _texts(entry, path=path)
        return {field: items if field == "tags" else joined(items)}
    if field == "series" and entry.type == "list":
        return {field: next(iter(_texts(entry, path=path)), "")}
    text = _text(entry, path=path)
    _refuse_wrong_form(field, text, entry=entry, path=path)
    return {field: text}


def _is_yes(entry: Entry, *, path: Path) -> bool:
    word = str(entry.value).casefold()
    if word in WORDS_FOR_YES | WORDS_FOR_NO:
        return word in WORDS_FOR_YES
    what = f"`{entry.key}` in the front matter says {str(entry.value)[:60]!r}"
    raise SourceError(what, cure="write true or false", path=path, line=entry.line)


def _is_explicit(entry: Entry, *, path: Path) -> bool | None:
    if entry.type == "text" and str(entry.value).strip().casefold() in {"", CLEAN}:
        return False if entry.value else None
    return _is_yes(entry, path=path)


def _kind(entry: Entry, *, path: Path) -> EpisodeKind | None:
    """What the episode is to the show; None for the `type` of another tool, such as "post" or "page"."""
    written = str(entry.value).strip().casefold() if entry.type == "text" else ""
    kinds = {kind.value: kind for kind in EpisodeKind}
    near = get_close_matches(written, kinds, n=1, cutoff=0.8)
    if not near or written in kinds:
        return kinds.get(written)
    what = f"`{entry.key}` in the front matter says {written[:60]!r}"
    raise SourceError(what, cure=f"did you mean `{near[0]}`?", path=path, line=entry.line)


def _markdown(entry: Entry, *, path: Path) -> str:
    """The text as it stands, with its lines."""
    text_of(entry, path=path)
    return str(entry.value).strip()


def _number(entry: Entry, *, path: Path) -> int:
    written = NUMBER.fullmatch(str(entry.value).strip()) if entry.type in {"number", "text"} else None
    if written is None:
        what = f"`{entry.key}` in the front matter says {str(entry.value)[:60]!r}"
        raise SourceError(what, cure="write a whole number from 1 to 99999", path=path, line=entry.line)
    return int(written[1])


#: Field -> what reads it, where that is more than a text.
READERS: dict[str, Callable[..., object]] = {
    "season": _number,
    "number": _number,
    "chapters": chapter_marks,
    "kind": _kind,
    "is_explicit": _is_explicit,
    "persons": people,
    "soundbites": soundbite_marks,
    "notes": _markdown,
}


def joined(names: tuple[str, ...]) -> str:
    """Names as a sentence has them: "A", "A and B", "A, B and C"."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _texts(entry: Entry, *, path: Path) -> tuple[str, ...]:
    if entry.type == "list":
        return tuple(_text(item, path=path) for item in entry.items if item.value)
    text = _text(entry, path=path)
    parts = text.split(",") if entry.key == "tags" else [text]
    return tuple(part.strip() for part in parts if part.strip())


def _text(entry: Entry, *, path: Path) -> str:
    wanted = "a text or a list of texts" if entry.key in LISTS else "a text"
    return text_of(entry, path=path, wanted=wanted)


def _refuse_wrong_form(field: str, text: str, *, entry: Entry, path: Path) -> None:
    forms = {
        "language": (LANGUAGE, "a language tag such as en-GB"),
        "slug": (SLUG, "at most 80 characters of a-z, 0-9 and single hyphens, such as quiet-straits"),
        "source": (ADDRESS, "the full address of the article, such as https://example.org/quiet-straits"),
    }
    form = forms.get(field)
    if form is not None and text and not form[0].fullmatch(text):
        what = f"`{entry.key}` in the front matter says {text[:60]!r}"
        raise SourceError(what, cure=f"write {form[1]}", path=path, line=entry.line)
