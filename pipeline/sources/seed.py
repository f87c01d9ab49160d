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

from pipeline.model import ChapterMark
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
    if front.chapters is not None:
        yield _dumped({"chapters": [_chapter(mark) for mark in front.chapters]})


def _chapter(mark: ChapterMark) -> dict[str, object]:
    keys = {"at": mark.at, "title": mark.title, "link": mark.link, "image": mark.image}
    return {key: value for key, value in keys.items() if value != ""}


def _dumped(entry: dict[str, object]) -> str:
    return yaml.safe_dump(entry, allow_unicode=True, width=1_000_000, sort_keys=False)


def _quotable(post_id: str) -> str:
    return re.sub(r"[\"\\\s]+", "_", post_id)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
