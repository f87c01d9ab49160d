"""Floor 3, sources: a Draft -> the text of the file that `audio-edition import` writes into seeds/. Pure.

The file is the author's from then on. Its last key, `imported`, says which post it came from and how its text was:
so that importing again finds it under any name, and never writes over what a person changed.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import yaml
from msgspec import Struct

from pipeline.model import ChapterMark, Person, SoundbiteMark
from pipeline.patterns import regex
from pipeline.sources.draft import Draft
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.metadata import folded

#: Field of FrontMatter -> key in the file, in the order in which an author expects them.
KEYS = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "published": "date",
    "language": "lang",
    "source": "source",
    "summary": "summary",
    "tags": "tags",
    "series": "series",
    "season": "season",
    "number": "episode",
    "voice": "voice",
}
#: The same of what is a yes/no value.
SWITCHES = {"is_draft": "draft", "is_explicit": "explicit"}
MARK = regex(r"^imported: \"(?P<id>[^\"\n]*) (?P<digest>[0-9a-f]{16})\"\n", re.MULTILINE)
#: The mark stands in the front matter, which is not longer than this.
MOST_HEAD = 70_000


class Mark(Struct, frozen=True, kw_only=True):
    """What an imported file says of its origin: the Post's ``id``, the ``digest`` of what was written, and whether
    the file is still that."""

    id: str
    digest: str
    is_untouched: bool


def seed_text(draft: Draft, *, post_id: str) -> str:
    """The whole file: front matter with everything that is known, a blank line, the body."""
    head = "".join(_lines(draft.front))
    body = draft.markdown.strip("\n")
    digest = _digest(f"---\n{head}---\n\n{body}\n")
    return f'---\n{head}imported: "{_quotable(post_id)} {digest}"\n---\n\n{body}\n'


def mark_of(text: str) -> Mark | None:
    """Where the text of a file was imported from; None if it was not, or if nobody can tell any more."""
    found = MARK.search(text, 0, MOST_HEAD)
    if found is None or not text.startswith("---\n"):
        return None
    rest = text[: found.start()] + text[found.end() :]
    return Mark(id=found["id"], digest=found["digest"], is_untouched=_digest(rest) == found["digest"])


def quoted_id(post_id: str) -> str:
    """``post_id`` as `mark_of` gives it back."""
    return _quotable(post_id)


def slug_for(front: FrontMatter, *, post_id: str) -> str:
    """The name of the file: the post's own slug, else one made of its title, else of its file's name or its id."""
    kind, _, name = post_id.partition(":")
    last = PurePosixPath(name).stem if kind in {"file", "word", "page"} else post_id
    return front.slug or folded(front.title) or folded(last) or "post"


def _lines(front: FrontMatter) -> Iterator[str]:
    for field, key in KEYS.items():
        value = getattr(front, field)
        if value:
            # The safe dumper knows what must be quoted; a date stays bare, as people write it.
            bare = field == "published"
            yield f"{key}: {value}\n" if bare else _dumped({key: list(value) if field == "tags" else value})
    yield from _listing_lines(front)
    if front.chapters is not None:
        yield _dumped({"chapters": [_chapter(mark) for mark in front.chapters]})
    if front.soundbites:
        yield _dumped({"soundbites": [_soundbite(mark) for mark in front.soundbites]})
    if front.notes:
        yield _dumped({"notes": _Lines(front.notes)})


def _listing_lines(front: FrontMatter) -> Iterator[str]:
    if front.kind is not None:
        yield _dumped({"type": front.kind.value})
    for field, key in SWITCHES.items():
        # A draft is said, that it is none is not; of "explicit" either may be another thing than the show says.
        if getattr(front, field) or (field == "is_explicit" and front.is_explicit is False):
            yield _dumped({key: getattr(front, field)})
    if front.embargo:
        yield f"embargo: {front.embargo}\n"
    if front.persons:
        yield _dumped({"people": [_person(person) for person in front.persons]})


def _chapter(mark: ChapterMark) -> dict[str, object]:
    return _said({"at": mark.at, "title": mark.title, "link": mark.link, "image": mark.image})


def _soundbite(mark: SoundbiteMark) -> dict[str, object]:
    return _said({"from": mark.words, "seconds": mark.seconds, "title": mark.title})


def _person(person: Person) -> str | dict[str, object]:
    keys = _said({name: getattr(person, name) for name in Person.__struct_fields__})
    return person.name if len(keys) == 1 else keys


def _said(keys: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in keys.items() if value != ""}


class _Lines(str):
    """A text that is written line below line, as an author would."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """The safe dumper, and how it writes such a text. What YAML cannot write so it quotes."""


_Dumper.add_representer(_Lines, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"))


def _dumped(entry: dict[str, object]) -> str:
    return yaml.dump(entry, Dumper=_Dumper, allow_unicode=True, width=1_000_000, sort_keys=False)


def _quotable(post_id: str) -> str:
    return re.sub(r"[\"\\\s]+", "_", post_id)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
