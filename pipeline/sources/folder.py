"""Floor 3, sources: files of one's own -> Posts: a Markdown file, or a folder of articles in any format.

A Markdown body stays as its author wrote it; the file's name gives date and slug where Jekyll's form says them
(2026-03-01-quiet-straits.md).
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.draft import Draft, Post, PostKind, Reader, Source
from pipeline.sources.frontmatter import FrontMatter, read_front_matter
from pipeline.sources.manuscript import read_text
from pipeline.sources.markdown import is_like_markdown
from pipeline.sources.metadata import folded

MARKDOWN_SUFFIXES = {".md", ".markdown"}
SUFFIXES = MARKDOWN_SUFFIXES | {".txt", ".html", ".htm", ".docx", ".epub"}
DATED_NAME = regex(r"(\d{4}-\d{2}-\d{2})-(.+)")
HEADING = regex(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def folder_posts(source: Source, start: int, *, read_file: Reader) -> Iterator[Post]:
    """The Posts of every article in a folder and the folders in it, by name; hidden ones are passed over.

    ``read_file`` reads one file of any format; what is wrong with a file is said in its Post.
    """
    number = 0
    for path in _files(source.path):
        name = path.relative_to(source.path).as_posix()
        for post in _posts_of_file(Source(path=path, name=f"{source.name}/{name}"), read_file):
            if number >= start:
                yield _drafted(post, name)
            number += 1
    if number == 0:
        what = "holds no article (" + ", ".join(sorted(SUFFIXES)) + ")"
        raise SourceError(what, cure="name another folder, or an export's file itself", path=source.path)


def text_posts(source: Source, start: int) -> Iterator[Post]:
    """The one Post of a Markdown file.

    Raises:
        SourceError: it cannot be read.
    """
    if start == 0:
        yield _text_post(source)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.casefold() in SUFFIXES and path.is_file() and not is_hidden:
            yield path


def _posts_of_file(source: Source, read_file: Callable[[Source, int], Iterator[Post]]) -> Iterator[Post]:
    try:
        yield from read_file(source, 0)
    except SourceError as error:
        why = f"{error.what}; {error.cure}"
        yield Post(id=f"file:{source.name}", title=source.name, date="", kind=PostKind.OTHER, why=why, is_broken=True)


def _drafted(post: Post, name: str) -> Post:
    """Jekyll keeps unpublished posts in a folder of that name."""
    if post.kind is PostKind.ARTICLE and "_drafts" in name.split("/")[:-1]:
        return replace(post, kind=PostKind.DRAFT, why="a draft, not published")
    return post


def _text_post(source: Source) -> Post:
    text, removals = read_text(source.path)
    front = _with_name(read_front_matter(text, path=source.path), source.path)
    body = text[front.end :].strip("\n")
    heading = HEADING.search(body)
    if not front.title and heading is None and " " in source.path.stem:
        front = replace(front, title=source.path.stem)  # as Obsidian has it: the note's name is its title
    title = front.title or (heading[1] if heading else source.path.stem)
    kind, why = _kind(source.path, front, body=body)
    draft = Draft(front=replace(front, end=0), markdown=body, removals=removals)
    is_readable = kind in {PostKind.ARTICLE, PostKind.DRAFT}
    return Post(
        id=f"file:{source.name}",
        title=title,
        date=front.published,
        kind=kind,
        draft=draft if is_readable else None,
        why=why,
    )


def _kind(path: Path, front: FrontMatter, *, body: str) -> tuple[PostKind, str]:
    if not body.strip():
        return PostKind.EMPTY, "holds nothing below its front matter"
    if path.suffix.casefold() not in MARKDOWN_SUFFIXES and not front.end and not is_like_markdown(body):
        return PostKind.OTHER, "is plain text already; copy it into seeds/ as it is"
    if front.is_draft:
        return PostKind.DRAFT, "a draft, not published"
    return PostKind.ARTICLE, ""


def _with_name(front: FrontMatter, path: Path) -> FrontMatter:
    """The FrontMatter, completed by what the name says: the file's, or its folder's where Hugo keeps it as index.md."""
    stem = path.resolve().parent.name if path.stem in {"index", "_index"} else path.stem
    dated = DATED_NAME.fullmatch(stem)
    published = front.published or (dated[1] if dated else "")
    return replace(front, published=published, slug=front.slug or folded(dated[2] if dated else stem))
