"""Floor 4: posts from anywhere -> articles in seeds/, one file each.

What a person wrote is never written over: a file that is not as it was imported stays as it is, and is reported.
"""

import fnmatch
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path

from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.files import write_atomically
from pipeline.patterns import regex
from pipeline.progress import Progress, Silence
from pipeline.project import Project
from pipeline.sources import read_posts
from pipeline.sources.draft import Post, PostKind, Removal, Source
from pipeline.sources.fetching import fetch, is_web_address
from pipeline.sources.frontmatter import FrontMatter, read_front_matter
from pipeline.sources.seed import mark_of, quoted_id, seed_text, slug_for

#: An address that was typed without its beginning: example.org/quiet-straits.
_DOMAIN = regex(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)


class Outcome(Enum):
    """What became of a Post."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    CONFLICT = "conflict"
    LEFT_OUT = "left out"
    BROKEN = "broken"


class Wish(Struct, frozen=True, kw_only=True):
    """Which Posts are wanted. ``since`` is YYYY-MM-DD or ""; ``only`` are words or patterns of titles and addresses.

    ``kinds`` are what is imported, articles and whatever else was asked for.
    """

    since: str = ""
    only: tuple[str, ...] = ()
    kinds: frozenset[PostKind] = frozenset({PostKind.ARTICLE})
    is_dry_run: bool = False


class Imported(Struct, frozen=True, kw_only=True):
    """One line of the report. ``path`` is the file in seeds/, None for what did not come in; ``why`` is for people.

    ``missing`` are the keys that an episode needs and the source does not say; ``removals`` what is no part of it.
    """

    id: str
    title: str
    date: str
    kind: PostKind
    outcome: Outcome
    path: Path | None = None
    why: str = ""
    missing: tuple[str, ...] = ()
    removals: tuple[Removal, ...] = ()


def import_from(
    project: Project, name: str, *, wish: Wish, is_private_allowed: bool, progress: Progress
) -> Iterator[Imported]:
    """What becomes of each Post of an address, file or folder, as it is written to seeds/.

    Raises:
        SourceError: it cannot be fetched or read; what came before stays.
        StoreError: a file cannot be written.
    """
    source = open_source(project, name, is_private_allowed=is_private_allowed)
    yield from import_posts(read_posts(source), project.seeds, wish=wish, progress=progress)


def seed_of(project: Project, name: str, *, is_private_allowed: bool) -> Path:
    """The file in seeds/ that the article at an address is taken into.

    Raises:
        SourceError: the address cannot be fetched or read, or holds no article or several.
    """
    rows = tuple(import_from(project, name, wish=Wish(), is_private_allowed=is_private_allowed, progress=Silence()))
    path = rows[0].path if len(rows) == 1 else None
    if path is None:
        what = f"cannot be an episode: {rows[0].why}" if len(rows) == 1 else f"holds {len(rows)} posts"
        raise SourceError(f"{name} {what}", cure=f"look at it with `audio-edition import {name} --dry-run`")
    return path


def open_source(project: Project, name: str, *, is_private_allowed: bool = False) -> Source:
    """The Source that a person names: an address, which is fetched, or a file or folder, which is looked at later.

    A file is called by its path from the show's folder, so that its posts are known again however it is typed.

    Raises:
        SourceError: the address cannot be fetched, or it is the show itself.
    """
    if is_web_address(name):
        return fetch(name, folder=project.root / ".cache" / "fetched", is_private_allowed=is_private_allowed)
    path = Path(name)
    _refuse_misspelt_address(name, path)
    _refuse_the_show_itself(project, path)
    return Source(path=path, name=project.source_name(path))


def _refuse_misspelt_address(name: str, path: Path) -> None:
    if "://" in name:
        raise SourceError(f"{name} is no address of the web", cure="give one that begins with https:// or http://")
    if not path.exists() and _DOMAIN.match(name):
        raise SourceError(f"there is no file {name}", cure=f"if it is an address, write https://{name}")


def _refuse_the_show_itself(project: Project, path: Path) -> None:
    folder, seeds = path.resolve(), project.seeds.resolve()
    if path.is_dir() and (folder.is_relative_to(seeds) or seeds.is_relative_to(folder)):
        cure = "its articles need no import; name the folder that others come from"
        raise SourceError("is this show's own folder, or holds it", cure=cure, path=path)


def import_posts(posts: Iterable[Post], seeds: Path, *, wish: Wish, progress: Progress) -> Iterator[Imported]:
    """What becomes of each Post, as it is written to ``seeds``; nothing is written in a dry run.

    Posts are taken one by one and forgotten, so that an export may be as long as it likes.

    Raises:
        SourceError: from ``posts``, when the source itself cannot be read any further.
        StoreError: a file cannot be written.
    """
    shelf = _Shelf(seeds)
    progress.begin("import", 0)
    count = 0
    for post in posts:
        row = _unwanted(post, wish) or _placed(post, shelf, is_dry_run=wish.is_dry_run)
        count += row.outcome in {Outcome.IMPORTED, Outcome.UPDATED}
        progress.advance()
        yield row
    progress.end(f"{count} written" if not wish.is_dry_run else f"{count} would be written")


class _Shelf:
    """What lies in seeds/: which Post each file came from, and which files are a person's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by_id: dict[str, Path] = {}
        self.own: dict[str, Path] = {}
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            mark = mark_of(_text_of(path)) if path.suffix == ".md" and path.is_file() else None
            if mark is None:
                self.own[path.stem] = path
            else:
                self.by_id.setdefault(mark.id, path)
        self._taken = {path.stem for path in self.by_id.values()} | self.own.keys()

    def add(self, post: Post, slug: str) -> Path:
        """A name that no other Post has: the slug, or the slug with a number."""
        stem, number = slug, 2
        while stem in self._taken:
            stem, number = f"{slug[:76]}-{number}", number + 1
        self._taken.add(stem)
        path = self.folder / f"{stem}.md"
        self.by_id[quoted_id(post.id)] = path
        return path


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _unwanted(post: Post, wish: Wish) -> Imported | None:
    """Why a Post does not come in; None if it does."""
    if post.is_broken:
        return _row(post, Outcome.BROKEN, why=post.why)
    if wish.only and not any(_is_meant(post, pattern) for pattern in wish.only):
        return _row(post, Outcome.LEFT_OUT, why="not asked for (--only)")
    if post.kind not in wish.kinds or post.draft is None:
        return _row(post, Outcome.LEFT_OUT, why=post.why)
    if wish.since and post.date[:10] < wish.since:
        why = f"older than {wish.since} (--since)" if post.date else "has no date (--since)"
        return _row(post, Outcome.LEFT_OUT, why=why)
    return None


def _is_meant(post: Post, pattern: str) -> bool:
    """Whether the pattern is in the title, the slug, the id or the address, or matches the whole of one."""
    front = post.draft.front if post.draft else None
    names = (post.title, post.id, *((front.slug, front.source) if front else ()))
    wanted = pattern.casefold()
    return any(wanted in name.casefold() or fnmatch.fnmatchcase(name.casefold(), wanted) for name in names if name)


def _placed(post: Post, shelf: _Shelf, *, is_dry_run: bool) -> Imported:
    """Write the Post's file, unless a person's work would be lost."""
    assert post.draft is not None  # noqa: S101 - `_unwanted` kept out whatever has none
    known = shelf.by_id.get(quoted_id(post.id))
    text = seed_text(post.draft, post_id=post.id)
    if known is None:
        slug = slug_for(post.draft.front, post_id=post.id)
        if slug in shelf.own:
            why = "a file of your own has that name and is kept; rename it to take this one in as well"
            return _row(post, Outcome.CONFLICT, path=shelf.own[slug], why=why)
        path = shelf.add(post, slug)
        return _written(post, path, text=text, outcome=Outcome.IMPORTED, is_dry_run=is_dry_run)
    present = _text_of(known)
    if present == text:
        return _row(post, Outcome.UNCHANGED, path=known)
    kept = _reason_to_keep(present, text, path=known)
    if kept is not None:
        return _row(post, kept[0], path=known, why=kept[1])
    return _written(post, known, text=text, outcome=Outcome.UPDATED, is_dry_run=is_dry_run)


def _reason_to_keep(present: str, text: str, *, path: Path) -> tuple[Outcome, str] | None:
    """Why the file that is there may not be written over; None if nobody would lose anything."""
    mark, new = mark_of(present), mark_of(text)
    if mark is None or new is None:
        return Outcome.CONFLICT, "edited here since it was imported; your file is kept"
    if not mark.is_untouched and mark.digest == new.digest:
        return Outcome.KEPT, "edited here and as before at the source, so there is no conflict; your file is kept"
    if not mark.is_untouched:
        return Outcome.CONFLICT, "edited here and changed at the source since; your file is kept"
    if _is_another_article(read_front_matter(present, path=path), read_front_matter(text, path=path)):
        why = "another article came in under the same name before; it is kept: give one of the two another name"
        return Outcome.CONFLICT, why
    return None


def _is_another_article(present: FrontMatter, new: FrontMatter) -> bool:
    # A new title or a new date is a correction; of both nobody would say so.
    return present.title != new.title and (present.published != new.published or not new.published)


def _written(post: Post, path: Path, *, text: str, outcome: Outcome, is_dry_run: bool) -> Imported:
    if not is_dry_run:
        write_atomically(path, text.encode())
    return _row(post, outcome, path=path)


def _row(post: Post, outcome: Outcome, *, path: Path | None = None, why: str = "") -> Imported:
    is_in = path is not None and post.draft is not None
    front = post.draft.front if post.draft else FrontMatter()
    needed = {"author": front.author, "date": front.published}
    return Imported(
        id=post.id,
        title=post.title,
        date=post.date,
        kind=post.kind,
        outcome=outcome,
        path=path,
        why=why,
        missing=tuple(key for key, value in needed.items() if is_in and not value),
        removals=post.draft.removals if is_in and post.draft else (),
    )
