"""Builders of export files: each writes what the tool itself would write, of posts that were invented for it."""

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pipeline.sources.draft import Source

COLUMNS = (
    "post_id",
    "post_date",
    "is_published",
    "email_sent_at",
    "inbox_sent_at",
    "type",
    "audience",
    "title",
    "subtitle",
    "podcast_url",
)
NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
}


def source(path: Path) -> Source:
    return Source(path=path, name=str(path))


def written(path: Path, data: bytes | str) -> Source:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return source(path)


# Substack


def row(post_id: str, **cells: str) -> dict[str, str]:
    """A row of posts.csv: a published newsletter for everybody, unless ``cells`` say otherwise."""
    usual = {
        "post_date": "2026-03-02T06:00:00.000Z",
        "is_published": "true",
        "type": "newsletter",
        "audience": "everyone",
        "title": post_id.partition(".")[2].replace("-", " ").capitalize(),
    }
    return {"post_id": post_id, **usual, **cells}


def posts_csv(rows: list[dict[str, str]], *, columns: tuple[str, ...] = COLUMNS, delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", errors="surrogateescape")


def substack(
    path: Path, rows: list[dict[str, str]] | bytes, pages: dict[str, str | bytes], *, folder: str = ""
) -> Source:
    """A Substack export. ``rows`` may also be the bytes of posts.csv; ``pages`` are post_id -> HTML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{folder}posts.csv", rows if isinstance(rows, bytes) else posts_csv(rows))
        for post_id, html in pages.items():
            archive.writestr(f"{folder}posts/{post_id}.html", html)
            archive.writestr(f"{folder}posts/{post_id}.delivers.csv", "post_id,email\n")
        archive.writestr("__MACOSX/._posts.csv", b"\0\5\26\7")
        archive.writestr(f"{folder}.DS_Store", b"\0\0\0\1Bud1")
    return source(path)


# WordPress


def wordpress(path: Path, *items: str, head: str = "") -> Source:
    """A WordPress export with one author, whose login is `icalder`."""
    author = (
        "<wp:author><wp:author_id>2</wp:author_id><wp:author_login><![CDATA[icalder]]></wp:author_login>"
        "<wp:author_email><![CDATA[ines@harbour.example]]></wp:author_email>"
        "<wp:author_display_name><![CDATA[Ines Calder]]></wp:author_display_name></wp:author>"
    )
    channel = (
        "<title>The Harbour Review</title><link>https://harbour.example</link><language>en-GB</language>"
        "<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://harbour.example</wp:base_site_url>"
        f"<wp:base_blog_url>https://harbour.example</wp:base_blog_url>{author}{head}"
    )
    return written(path, rss(channel, *items, wp="http://wordpress.org/export/1.2/"))


def wp_item(number: int, content: str, *, inside: str = "", **told: str) -> str:
    """One item of a WordPress export: a published post, unless ``told`` says otherwise."""
    told = {
        "title": f"Post {number}",
        "creator": "icalder",
        "excerpt": "",
        "date": "2026-03-02 07:00:00",
        "date_gmt": "2026-03-02 06:00:00",
        "name": f"post-{number}",
        "status": "publish",
        "type": "post",
        "password": "",
        **told,
    }
    own = {
        "post_id": str(number),
        "post_date": told["date"],
        "post_date_gmt": told["date_gmt"],
        "post_name": told["name"],
        "status": told["status"],
        "post_type": told["type"],
        "post_password": told["password"],
    }
    return (
        f"<item><title><![CDATA[{told['title']}]]></title><link>https://harbour.example/{told['name']}/</link>"
        f"<dc:creator><![CDATA[{told['creator']}]]></dc:creator>"
        f'<guid isPermaLink="false">https://harbour.example/?p={number}</guid><description></description>'
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{told['excerpt']}]]></excerpt:encoded>"
        + "".join(f"<wp:{name}><![CDATA[{text}]]></wp:{name}>" for name, text in own.items())
        + f"{inside}</item>"
    )


def term(domain: str, nicename: str, text: str) -> str:
    return f"<category domain={quoteattr(domain)} nicename={quoteattr(nicename)}><![CDATA[{text}]]></category>"


def meta(key: str, value: str) -> str:
    keyed = f"<wp:meta_key><![CDATA[{key}]]></wp:meta_key>"
    return f"<wp:postmeta>{keyed}<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"


# Ghost


def ghost_post(number: int, html: str | None, **told: object) -> dict[str, object]:
    """One post of a Ghost export: published and public, unless ``told`` says otherwise."""
    usual = {
        "id": f"6a0{number}",
        "uuid": f"00000000-0000-4000-8000-{number:012}",
        "title": f"Post {number}",
        "slug": f"post-{number}",
        "html": html,
        "lexical": None,
        "mobiledoc": None,
        "status": "published",
        "type": "post",
        "visibility": "public",
        "published_at": "2026-03-02T06:00:00.000Z",
        "canonical_url": None,
        "custom_excerpt": None,
    }
    return {**usual, **told}


def ghost(path: Path, *posts: dict[str, object], wrapped: str = "db", **tables: object) -> Source:
    """A Ghost export. ``wrapped``: "db" as Ghost writes it, "data" as older ones, "" for the tables alone."""
    data: dict[str, object] = {"posts": list(posts), **tables}
    shapes: dict[str, object] = {"db": {"db": [{"meta": {"version": "6.0"}, "data": data}]}, "data": {"data": data}}
    return written(path, json.dumps(shapes.get(wrapped, data), ensure_ascii=False))


def lexical(*children: dict[str, object]) -> str:
    return json.dumps({"root": {"type": "root", "version": 1, "children": list(children)}})


def node(kind: str, *children: dict[str, object], **told: object) -> dict[str, object]:
    return {"type": kind, "version": 1, "children": list(children), **told}


def words(text: str, format: int = 0) -> dict[str, object]:  # noqa: A002  # so Lexical calls it
    return {"type": "extended-text", "version": 1, "text": text, "format": format, "mode": "normal"}


# Feeds


def rss(channel: str, *items: str, **namespaces: str) -> str:
    told = "".join(f" xmlns:{prefix}={quoteattr(home)}" for prefix, home in {**NAMESPACES, **namespaces}.items())
    joined = "\n".join(items)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<rss version="2.0"{told}>\n<channel>{channel}\n{joined}\n</channel></rss>\n'


def rss_item(number: int, *, content: str = "", description: str = "", inside: str = "", date: str = "") -> str:
    """One item of an RSS feed, with its number in everything."""
    text = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        f"<item><title>Post {number}</title><link>https://harbour.example/p/post-{number}</link>"
        f'<guid isPermaLink="false">harbour-{number}</guid>'
        f"<pubDate>{date or 'Mon, 02 Mar 2026 06:00:00 GMT'}</pubDate>"
        f"<description>{escape(description)}</description>{text}{inside}</item>"
    )


def atom(head: str, *entries: str) -> str:
    joined = "\n".join(entries)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{head}\n{joined}\n</feed>\n'
    )
