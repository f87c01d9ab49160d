"""Floor 3, sources: a WordPress export (WXR: RSS 2.0 with the site's own elements) -> Posts.

Pictures, menus, revisions and the settings of the site stand in it as items, too. They are no posts and are passed
over; a kind of post that the site has made for itself ("report") is told.
Source: wp-admin/includes/export.php of WordPress, WXR 1.0 to 1.2.
"""

from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from pipeline.patterns import regex
from pipeline.sources.draft import Post, PostKind, Source
from pipeline.sources.exports.blocks import html_of_content
from pipeline.sources.exports.record import MOST_WORDS_OF_NOTES, Barrier, Found, Record, count_words, post_of, posts_of
from pipeline.sources.exports.stream import open_xml
from pipeline.sources.xml import iterate_xml

VERSIONS = ("1.2", "1.1", "1.0")
HOME = "http://wordpress.org/export/"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
HEAD = ("author", "base_blog_url", "base_site_url")
TAGS = frozenset({"item", "language", *(f"{{{HOME}{version}/}}{name}" for version in VERSIONS for name in HEAD)})

#: Types of item that are parts of the site and nothing that was written to be read.
PARTS = regex(
    r"attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_.*|acf-.*|elementor_.*"
    r"|.*_templates?|wpcf7_contact_form|jp_pay_.*|shop_.*|scheduled-action|feedback|amp_.*|et_.*|guest-author"
)
#: What a status means, if it is not "publish". Source: get_post_statuses() and register_post_status() of WordPress.
STATUSES = {
    "draft": "a draft, not published",
    "auto-draft": "a draft, not published",
    "pending": "waits for review, not published",
    "future": "scheduled, not published yet",
    "private": "private, seen only by the people of the site",
    "trash": "in the bin of the site",
}
NO_DATE = "0000-00-00"


class Site(Struct, kw_only=True):
    """What the head of the export says: ``authors`` are login -> name."""

    url: str = ""
    language: str = ""
    authors: dict[str, str]


def wordpress_posts(source: Source, start: int) -> Iterator[Post]:
    """The Posts of a WordPress export in its order, from number ``start`` on.

    Raises:
        SourceError: it is no XML, or breaks off; the Posts before come all the same.
    """
    with open_xml(source.path) as stream:
        elements = iterate_xml(stream, tags=TAGS, path=source.path, what="the export")
        yield from posts_of(_found(elements), start=start)


def _found(elements: Iterator[etree._Element]) -> Iterator[Found]:
    site = Site(authors={})
    for element in elements:
        if element.tag != "item":
            _learn(site, element)
        elif not PARTS.fullmatch(_own(element, "post_type")):
            id_ = _id(element, site)
            yield Found(id=id_, title=_text(element, "title"), post=partial(_post, element, id_=id_, site=site))


def _learn(site: Site, element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name == "author":
        site.authors[_own(element, "author_login").casefold()] = _own(element, "author_display_name")
    elif name == "language":
        site.language = (element.text or "").strip()
    elif name == "base_blog_url" or not site.url:
        site.url = (element.text or "").strip()


def _id(item: etree._Element, site: Site) -> str:
    # WordPress makes the guid once and never changes it, even when the site moves.
    return f"wordpress:{_text(item, 'guid') or site.url + '?p=' + _own(item, 'post_id')}"


def _post(item: etree._Element, *, id_: str, site: Site) -> Post:
    content = _text(item, CONTENT)
    markup, removals = html_of_content(content, footnotes=_meta(item, "footnotes"))
    return post_of(_record(item, id_=id_, site=site), markup, base=_text(item, "link"), removals=removals)


def _record(item: etree._Element, *, id_: str, site: Site) -> Record:
    return Record(
        id=id_,
        title=_text(item, "title"),
        summary=_own(item, "encoded", home="excerpt"),
        authors=_authors(item, site),
        date=_date(item),
        date_name="wp:post_date",
        language=next(iter(_terms(item, "language", attribute="nicename")), site.language),
        # A draft has an address only for those who write it.
        address=_text(item, "link") if _own(item, "status") in {"publish", ""} else "",
        name=unquote(_own(item, "post_name")),
        tags=(
            *(name for name in _terms(item, "category") if name != "Uncategorized"),
            *_terms(item, "post_tag"),
        ),
        series=next(iter(_terms(item, "series")), ""),
        barriers=tuple(_barriers(item)),
    )


def _barriers(item: etree._Element) -> Iterator[Barrier]:
    status, type_ = _own(item, "status"), _own(item, "post_type")
    if status not in {"publish", ""}:
        yield Barrier(kind=PostKind.DRAFT, why=STATUSES.get(status, f"its status is “{status}”, not published"))
    if _own(item, "post_password"):
        yield Barrier(kind=PostKind.PAID, why="protected by a password")
    if type_ == "page":
        yield Barrier(kind=PostKind.PAGE, why="a page of the site, not an article")
    elif type_ not in {"post", ""}:
        yield Barrier(kind=PostKind.OTHER, why=f"of the site's own kind “{type_}”, not a post")
    # Plugins for podcasts keep address, length and type of the sound on three lines.
    if "audio/" in _meta(item, "enclosure") and count_words(_text(item, CONTENT)) < MOST_WORDS_OF_NOTES:
        yield Barrier(kind=PostKind.PODCAST, why="a podcast episode with short notes, not an article")


def _date(item: etree._Element) -> str:
    """The date in UTC; a draft has none, and of its local time only the day is sure, as no export says the zone."""
    utc, local = _own(item, "post_date_gmt"), _own(item, "post_date")
    if utc and not utc.startswith(NO_DATE):
        return utc
    return "" if local.startswith(NO_DATE) else local[:10]


def _authors(item: etree._Element, site: Site) -> tuple[str, ...]:
    """The names; a login that the head of the export does not explain is no name to publish."""
    # Co-Authors Plus: the names stand beside the logins, which it puts "cap-" before.
    several = [
        site.authors.get((term.get("nicename") or "").removeprefix("cap-").casefold()) or (term.text or "").strip()
        for term in item.iterfind("category")
        if term.get("domain") == "author"
    ]
    one = site.authors.get(_text(item, CREATOR).casefold(), "")
    return tuple(several) or ((one,) if one else ())


def _terms(item: etree._Element, domain: str, *, attribute: str = "") -> tuple[str, ...]:
    terms = (term for term in item.iterfind("category") if term.get("domain") == domain)
    return tuple(((term.get(attribute) if attribute else term.text) or "").strip() for term in terms)


def _meta(item: etree._Element, key: str) -> str:
    for version in VERSIONS:
        home = f"{{{HOME}{version}/}}"
        for meta in item.iterfind(f"{home}postmeta"):
            if meta.findtext(f"{home}meta_key") == key:
                return meta.findtext(f"{home}meta_value") or ""
    return ""


def _own(element: etree._Element, name: str, *, home: str = "") -> str:
    """The text of one of WordPress's own elements, whatever the version of the export."""
    folder = f"{home}/" if home else ""
    found = (element.findtext(f"{{{HOME}{version}/{folder}}}{name}") for version in VERSIONS)
    return next((text.strip() for text in found if text is not None), "")


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(name) or "").strip()
