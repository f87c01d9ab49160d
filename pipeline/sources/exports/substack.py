"""Floor 3, sources: a Substack export (zip of posts.csv and posts/<post_id>.html) -> Posts.

Nothing in it says where the publication is or who wrote a post: both stay empty, and are given by `--author` or the
show's settings. The html of a post is its body alone.
"""

import csv
import io
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.sources.archive import Archive, open_archive
from pipeline.sources.draft import Post, PostKind, Source
from pipeline.sources.exports.record import Barrier, Found, Record, broken, post_of, posts_of

LIST = "posts.csv"
FOLDER = "posts/"
COLUMNS = ("post_id", "title")
EXPORT_AGAIN = "export again from Substack (Settings, Import / Export) and import that zip as it is"
MOST_BYTES = 50_000_000

AUDIENCES = {
    "only_paid": "for paying subscribers only",
    "founding": "for founding members only",
}
TYPES = {
    "podcast": Barrier(kind=PostKind.PODCAST, why="a podcast episode, not an article"),
    "page": Barrier(kind=PostKind.PAGE, why="a page of the site, not an article"),
    "thread": Barrier(kind=PostKind.OTHER, why="a discussion thread, not an article"),
    "restack": Barrier(kind=PostKind.OTHER, why="a post of somebody else, passed on"),
    "adhoc_email": Barrier(kind=PostKind.OTHER, why="an e-mail to subscribers, not a post"),
    "video": Barrier(kind=PostKind.OTHER, why="a video, not an article"),
}


class Row(Struct, frozen=True, kw_only=True):
    """One row of posts.csv: its number as people count (the head is 1), column -> text, and how many more texts."""

    number: int
    cells: dict[str, str]
    more: int

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def substack_posts(source: Source, start: int) -> Iterator[Post]:
    """The Posts of a Substack export in the order of its posts.csv, from number ``start`` on.

    Files that posts.csv does not list come last, as broken Posts.

    Raises:
        SourceError: it is no whole zip archive, or has no posts.csv that can be read.
    """
    with open_archive(source.path, wanted=_is_wanted) as archive:
        yield from posts_of(_found(archive), start=start)


def _is_wanted(name: str) -> bool:
    # The logs of who was sent what are most of an export, and private.
    return name == LIST or name.endswith((f"/{LIST}", ".html"))


def _found(archive: Archive) -> Iterator[Found]:
    root = _root(archive)
    listed = set()
    for row in _rows(archive.read(root + LIST, most_bytes=MOST_BYTES), archive):
        name = f"{root}{FOLDER}{row['post_id']}.html"
        listed.add(name)
        yield _row_found(row, partial(_markup, archive, name))
    for name in archive.names:
        if name.startswith(root + FOLDER) and name.endswith(".html") and name not in listed:
            yield _unlisted(name.removeprefix(root + FOLDER).removesuffix(".html"))


def _root(archive: Archive) -> str:
    """The folder in which everything stands: "", or its name if the files were packed again in one."""
    found = sorted((name for name in archive.names if name.endswith(LIST)), key=len)
    if not found:
        raise SourceError("has no posts.csv in it", cure=EXPORT_AGAIN, path=archive.path)
    return found[0].removesuffix(LIST)


def _rows(data: bytes, archive: Archive) -> Iterator[Row]:
    text = data.decode("utf-8-sig", errors="surrogateescape")
    head = text.partition("\n")[0]
    # A spreadsheet that saves it again may put semicolons or tabs.
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [name.strip().casefold() for name in next(reader, [])]
        missing = [name for name in COLUMNS if name not in columns]
        if missing:
            what = f"posts.csv in it has no column {' and no column '.join(missing)}"
            raise SourceError(what, cure=EXPORT_AGAIN, path=archive.path)
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                named = dict(zip(columns, map(str.strip, cells), strict=False))
                yield Row(number=number, cells=named, more=len(cells) - len(columns))
    except csv.Error as error:
        what = f"posts.csv in it cannot be read ({error})"
        raise SourceError(what, cure=EXPORT_AGAIN, path=archive.path, line=reader.line_num) from error


def _row_found(row: Row, markup: Callable[[], str | None]) -> Found:
    id_ = f"substack:{row['post_id'] or f'row {row.number}'}"
    return Found(id=id_, title=_shown(row["title"]), post=partial(_post, row, id_=id_, markup=markup))


def _post(row: Row, *, id_: str, markup: Callable[[], str | None]) -> Post:
    title = _shown(row["title"])
    if wrong := _wrong_with(row):
        return broken(id_, title=title, why=f"row {row.number} of posts.csv {wrong}; {EXPORT_AGAIN}")
    body = markup()
    barriers = tuple(_barriers(row, has_text=bool(body)))
    if body is None and not barriers:
        why = f"posts/{row['post_id']}.html is not in the export; {EXPORT_AGAIN}"
        return broken(id_, title=title, why=why)
    return post_of(_record(row, id_=id_, barriers=barriers), body or "")


def _wrong_with(row: Row) -> str:
    if not row["post_id"]:
        return "has no post_id"
    if row.more > 0:
        return f"has {row.more} cells more than the head, so that nobody knows which is which"
    if any("\udc80" <= letter <= "\udcff" for cell in row.cells.values() for letter in cell):
        return "holds bytes that are not UTF-8"
    return ""


def _record(row: Row, *, id_: str, barriers: tuple[Barrier, ...]) -> Record:
    return Record(
        id=id_,
        title=row["title"],
        subtitle=row["subtitle"],
        date=row["post_date"],
        date_name="post_date in posts.csv",
        name=row["post_id"].partition(".")[2],
        barriers=barriers,
    )


def _barriers(row: Row, *, has_text: bool) -> Iterator[Barrier]:
    if row["is_published"].casefold() in {"false", "0", "no"}:
        yield Barrier(kind=PostKind.DRAFT, why="a draft, not published")
    if row["audience"] in AUDIENCES:
        yield Barrier(kind=PostKind.PAID, why=AUDIENCES[row["audience"]])
    if row["type"] in TYPES:
        yield TYPES[row["type"]]
    elif row["podcast_url"] and not has_text:
        yield TYPES["podcast"]
    elif row["type"] not in {"newsletter", "post", ""}:
        yield Barrier(kind=PostKind.OTHER, why=f"of a kind that Substack calls “{row['type']}”, not an article")


def _markup(archive: Archive, name: str) -> str | None:
    if name not in archive:
        return None
    try:
        return archive.read(name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"{name} is not UTF-8 (byte 0x{error.object[error.start]:02x} at offset {error.start})"
        raise SourceError(what, cure=EXPORT_AGAIN) from error


def _unlisted(post_id: str) -> Found:
    id_ = f"substack:{post_id}"
    why = f"posts/{post_id}.html has no row in posts.csv, so nobody knows its title and date; {EXPORT_AGAIN}"
    post = broken(id_, title=post_id, why=why)
    return Found(id=id_, title=post_id, post=lambda: post)


def _shown(title: str) -> str:
    return title.encode(errors="surrogateescape").decode(errors="replace")
