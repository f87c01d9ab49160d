"""Floor 3, sources: a Ghost export (JSON) -> Posts.

The file is mapped, not loaded, and of each post only its place is kept until its turn comes: an export of 100 MB needs
no more memory than one of 1 MB. Authors and tags stand after the posts, so that a file that breaks off is refused as a
whole: bylines would be missing.
"""

import codecs
import mmap
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape, unescape
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.draft import Post, PostKind, Removal, Source
from pipeline.sources.exports.dates import iso_date_of_milliseconds
from pipeline.sources.exports.lexical import html_of_lexical
from pipeline.sources.exports.mobiledoc import html_of_mobiledoc
from pipeline.sources.exports.record import Barrier, Found, Record, broken, post_of, posts_of
from pipeline.sources.exports.stream import require_size

EXPORT_AGAIN = "export it again from Ghost (Settings, Import/Export) and import that file as it is"
#: What stands in every address of the site itself, whose own address the export does not know.
PLACEHOLDER = "__GHOST_URL__"
OWN_LINK = regex(rf'\shref="{PLACEHOLDER}([^"]*)"')
NO_ADDRESS = "a link into the site itself, whose address the export does not say; its words stay"
STATUSES = {"draft": "a draft, not published", "scheduled": "scheduled, not published yet"}
AUDIENCES = {
    "members": "for members only",
    "paid": "for paying members only",
    "tiers": "for members of some tiers only",
}

#: What decoding raises; text that is no UTF-8 is found only where it is read.
NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

Id = str | int
Text = str | None


class Named(Struct, frozen=True):
    """An author or a tag."""

    id: Id
    name: Text = None
    visibility: Text = None


class TagOf(Struct, frozen=True):
    """That a post has a tag."""

    post_id: Id
    tag_id: Id
    sort_order: int | None = None


class AuthorOf(Struct, frozen=True):
    """That a post has an author."""

    post_id: Id
    author_id: Id
    sort_order: int | None = None


class MetaOf(Struct, frozen=True):
    """What is stated about a post beside it."""

    post_id: Id
    meta_description: Text = None


class Setting(Struct, frozen=True):
    """One of the site's settings."""

    key: Text = None
    value: object = None


class Tables(Struct, frozen=True):
    """The tables of an export that are read. Posts are left as they stand until their turn comes."""

    posts: list[msgspec.Raw] | None = None
    users: list[Named] = []
    tags: list[Named] = []
    posts_tags: list[TagOf] = []
    posts_authors: list[AuthorOf] = []
    posts_meta: list[MetaOf] = []
    settings: list[Setting] = []


class Database(Struct, frozen=True):
    """What stands in `db`."""

    data: Tables


class Export(Struct, frozen=True):
    """The file. Older ones begin with `data`, and those of other programs with the tables themselves."""

    db: Annotated[list[Database], Meta(min_length=1)] | None = None
    data: Tables | None = None


class Head(Struct, frozen=True):
    """What a post is called: enough to pass it over."""

    id: Id = ""
    uuid: Text = None
    title: Text = None


class GhostPost(Struct, frozen=True):
    """One post as the export has it."""

    id: Id = ""
    title: Text = None
    slug: Text = None
    html: Text = None
    lexical: Text = None
    mobiledoc: Text = None
    status: Text = "published"
    type: Text = "post"
    page: int | bool | None = None
    visibility: Text = "public"
    custom_excerpt: Text = None
    meta_description: Text = None
    published_at: str | int | float | None = None
    canonical_url: Text = None
    author_id: Id | None = None
    locale: Text = None
    language: Text = None


class Site(Struct, frozen=True):
    """What the tables say, by post: names of authors and tags in order, and descriptions."""

    url: str
    language: str
    users: dict[Id, str]
    authors: dict[Id, tuple[str, ...]]
    tags: dict[Id, tuple[str, ...]]
    descriptions: dict[Id, str]


def ghost_posts(source: Source, start: int) -> Iterator[Post]:
    """The Posts of a Ghost export in its order, from number ``start`` on.

    Raises:
        SourceError: it is no JSON, breaks off, or has no posts in the place where Ghost puts them.
    """
    tables = _tables(source)
    site = _site(tables, source)
    found = (_found(raw, number=number, site=site) for number, raw in enumerate(tables.posts or ()))
    yield from posts_of(found, start=start)


def _tables(source: Source) -> Tables:
    text = _mapped(source)
    try:
        export = msgspec.json.decode(text, type=Export)
        tables = export.db[0].data if export.db else export.data
        tables = tables or msgspec.json.decode(text, type=Tables)
    except NOT_JSON as error:
        raise SourceError(f"is no whole Ghost export ({error})", cure=EXPORT_AGAIN, path=source.path) from error
    if tables.posts is None:
        what = "has no `posts` in the place where Ghost puts them"
        raise SourceError(what, cure=EXPORT_AGAIN, path=source.path)
    return tables


def _mapped(source: Source) -> memoryview:
    require_size(source.path)
    try:
        with source.path.open("rb") as file:
            # Left to be unmapped with the last post that points into it.
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except ValueError as error:
        raise SourceError("is empty", cure=EXPORT_AGAIN, path=source.path) from error
    return memoryview(data)[3 if data[:3] == codecs.BOM_UTF8 else 0 :]


def _site(tables: Tables, source: Source) -> Site:
    users = {user.id: user.name or "" for user in tables.users}
    tags = {tag.id: tag.name or "" for tag in tables.tags if not _is_internal(tag)}
    settings = {setting.key: setting.value for setting in tables.settings}
    written = settings.get("locale") or settings.get("lang") or settings.get("default_locale")
    address = urlsplit(source.url)
    return Site(
        url=f"{address.scheme}://{address.netloc}" if address.netloc else "",
        language=written if isinstance(written, str) else "",
        users=users,
        authors=_by_post((one.post_id, one.sort_order, users.get(one.author_id)) for one in tables.posts_authors),
        tags=_by_post((one.post_id, one.sort_order, tags.get(one.tag_id)) for one in tables.posts_tags),
        descriptions={one.post_id: one.meta_description or "" for one in tables.posts_meta},
    )


def _is_internal(tag: Named) -> bool:
    return tag.visibility == "internal" or (tag.name or "").startswith("#")


def _by_post(rows: Iterable[tuple[Id, int | None, str | None]]) -> dict[Id, tuple[str, ...]]:
    found: dict[Id, list[tuple[int, str]]] = {}
    for post_id, order, name in rows:
        if name:
            found.setdefault(post_id, []).append((order or 0, name))
    return {id_: tuple(name for _, name in sorted(names, key=lambda one: one[0])) for id_, names in found.items()}


def _found(raw: msgspec.Raw, *, number: int, site: Site) -> Found:
    try:
        head = msgspec.json.decode(raw, type=Head)
    except NOT_JSON:
        head = Head(id=f"post {number + 1}")
    id_ = f"ghost:{head.uuid or head.id or f'post {number + 1}'}"
    return Found(id=id_, title=head.title or "", post=partial(_post, raw, id_=id_, title=head.title or "", site=site))


def _post(raw: msgspec.Raw, *, id_: str, title: str, site: Site) -> Post:
    try:
        post = msgspec.json.decode(raw, type=GhostPost)
    except NOT_JSON as error:
        return broken(id_, title=escape(title), why=f"is not as Ghost writes posts ({error}); {EXPORT_AGAIN}")
    written, removals = _markup(post)
    markup, links = _with_addresses(written, site)
    return post_of(_record(post, id_=id_, site=site), markup, base=site.url, removals=(*removals, *links))


def _markup(post: GhostPost) -> tuple[str, tuple[Removal, ...]]:
    if post.html:
        return post.html, ()
    if post.lexical:
        return html_of_lexical(post.lexical)
    return html_of_mobiledoc(post.mobiledoc) if post.mobiledoc else ("", ())


def _with_addresses(markup: str, site: Site) -> tuple[str, tuple[Removal, ...]]:
    """The HTML with the site's address in its links; without one they are no links, and that is told."""
    if site.url:
        return markup.replace(PLACEHOLDER, site.url), ()
    own = dict.fromkeys(OWN_LINK.findall(markup))
    removals = tuple(Removal(text=unescape(path) or "/", reason=NO_ADDRESS) for path in own)
    return OWN_LINK.sub("", markup).replace(PLACEHOLDER, ""), removals


def _record(post: GhostPost, *, id_: str, site: Site) -> Record:
    author = site.users.get(post.author_id, "") if post.author_id is not None else ""
    # Titles, names and descriptions are plain text in Ghost.
    return Record(
        id=id_,
        title=_plain(post.title),
        # Ghost shows it below the title, on the page as in the e-mail, where it calls it the subtitle.
        subtitle=_plain(post.custom_excerpt),
        summary=_plain(site.descriptions.get(post.id) or post.meta_description),
        authors=tuple(map(_plain, site.authors.get(post.id) or ((author,) if author else ()))),
        date=_date(post.published_at),
        date_name="published_at",
        language=post.locale or post.language or site.language,
        address=(post.canonical_url or "").replace(PLACEHOLDER, site.url),
        name=post.slug or "",
        tags=tuple(map(_plain, site.tags.get(post.id, ()))),
        barriers=tuple(_barriers(post)),
    )


def _barriers(post: GhostPost) -> Iterator[Barrier]:
    status = post.status or ""
    if status not in {"published", "sent"}:
        yield Barrier(kind=PostKind.DRAFT, why=STATUSES.get(status, f"its status is “{status}”, not published"))
    if post.visibility != "public":
        why = AUDIENCES.get(post.visibility or "", f"not public, but for “{post.visibility}”")
        yield Barrier(kind=PostKind.PAID, why=why)
    if post.type == "page" or post.page:
        yield Barrier(kind=PostKind.PAGE, why="a page of the site, not an article")
    elif status == "sent":
        yield Barrier(kind=PostKind.OTHER, why="sent as an e-mail only, not on the site")


def _date(written: str | float | None) -> str:
    """The date as text; exports of old versions count milliseconds."""
    if written is None or isinstance(written, str):
        return written or ""
    return iso_date_of_milliseconds(written) or str(written)


def _plain(text: str | None) -> str:
    return escape(text or "", quote=False)
