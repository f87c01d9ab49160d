"""Floor 3, sources: what a web page says of its article: title, byline, date, language, address. Nothing is guessed.

JSON-LD first, then OpenGraph and the other meta elements, then what the page shows. Where a site adds its own name to
the title it is taken off; where several places give the title, the heading that readers see is believed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from msgspec import Struct
from msgspec.structs import replace

from pipeline.patterns import regex
from pipeline.sources.debris import is_byline
from pipeline.sources.exports.dates import iso_date
from pipeline.sources.exports.record import language_tag, plain, plain_text
from pipeline.sources.frontmatter import ADDRESS, FrontMatter, joined
from pipeline.sources.html.linked_data import LinkedArticle, linked_article
from pipeline.sources.html.runs import letters_of

MOST_TAGS = 20
LONGEST_NAME = 100
MOST_NAME_WORDS = 12
LONGEST_STANDFIRST = 400
#: How many elements below the heading a standfirst may be.
MOST_BELOW = 12

TITLES = ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "parsely-title")
AUTHORS = ("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
DATES = (
    *("article:published_time", "datepublished", "citation_publication_date", "citation_date", "citation_online_date"),
    *("parsely-pub-date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "date", "pubdate"),
    *("publish-date", "publish_date", "publication_date", "og:article:published_time", "article.published"),
)
SUMMARIES = ("og:description", "description", "twitter:description", "dc.description")

SEPARATOR = regex(r"\s+[|·•»–—-]\s+|\s*::\s*|\s*\|\s*|:\s+")
ADDRESS_LIKE = regex(r"://|@|\A\S+\.[a-z]{2,}\Z")
BY = regex(r"\A(?:by|written by|words by|von|par|por)\b:?\s+", re.IGNORECASE)
#: What a person is called at a publisher or institute, behind the name and a comma.
OFFICE = regex(
    r"\b(?:fellow|editor|correspondent|director|professor|analyst|researcher|reporter|columnist)\b", re.IGNORECASE
)
STANDFIRST = regex(
    r"(?:^|[-_])(?:sub-?title(?:-paragraph)?|standfirst|stand-first|dek|deck|sub-?head(?:line)?|sub-?heading|gh-article-excerpt)$"
)
PUBLISHED = regex(r"(?:^|[-_])(?:published|pub-?date|publish-?date|post-date|entry-date|date|dateline|posted-on)$")
BEFORE_DATE = regex(r"\A(?:first )?(?:published|posted)(?: on)?\b:?\s+", re.IGNORECASE)
AMERICAN = regex(r"\A(?:[A-Za-z]+day,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\Z")
NUMBERED = regex(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
DOTTED = regex(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Stated(Struct, frozen=True, kw_only=True):
    """What a page says of its article. ``words`` is their number as it says it, or 0.

    ``is_paid`` if it says that not everybody may read it, ``is_free`` if it says that everybody may.
    """

    front: FrontMatter
    site: str
    is_paid: bool
    is_free: bool
    words: int


class _Told(Struct, frozen=True, kw_only=True):
    """All that the page says: its tree, its meta elements by name, its JSON-LD, and the name of its site."""

    root: HtmlElement
    meta: dict[str, list[str]]
    linked: LinkedArticle
    site: str

    def first(self, *names: str) -> str:
        return next((self.meta[name][0] for name in names if name in self.meta), "")


def stated_on(root: HtmlElement, *, url: str) -> Stated:
    """What the page of ``root``, which must be whole, says of its article. ``url`` is where it was fetched from."""
    address = _address(root, url=url)
    told = _told(root, addresses=(address, url))
    authors = _authors(told)
    title = _title(told, authors=authors)
    subtitle = plain(told.linked.subtitle) or _standfirst(root, title=title)
    summary = plain_text(told.linked.summary or told.first(*SUMMARIES))
    front = FrontMatter(
        title=title,
        subtitle="" if letters_of(subtitle) == letters_of(title) else subtitle,
        author=joined(authors),
        published=_published(told),
        language=_language(told),
        source=address,
        summary="" if letters_of(summary) in {letters_of(subtitle), letters_of(title)} else summary,
        tags=_tags(told),
    )
    linked = told.linked
    return Stated(front=front, site=told.site, is_paid=linked.is_paid, is_free=linked.is_free, words=linked.words)


def _told(root: HtmlElement, *, addresses: tuple[str, ...]) -> _Told:
    linked = linked_article(root, addresses=addresses)
    told = _Told(root=root, meta=_meta(root), linked=linked, site="")
    site = plain(told.first("og:site_name") or linked.site or told.first("application-name"))
    return replace(told, site=site)


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    """Every meta element's content by its name, property or itemprop in small letters."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for key in ("name", "property", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().casefold()
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def _address(root: HtmlElement, *, url: str) -> str:
    """Where the article can be read for good. One that leads to the site's front page is a slip of its template."""
    canonical = [link.get("href") or "" for link in root.iter("link") if "canonical" in _rel(link)]
    for written in [*canonical, *_meta(root).get("og:url", []), url]:
        address = whole_address(written, url=url)
        is_front = not urlsplit(address).path.strip("/") and bool(urlsplit(url).path.strip("/"))
        if ADDRESS.fullmatch(address) and not is_front:
            return address
    return ""


def whole_address(written: str, *, url: str) -> str:
    """An address of the page, completed by its own; "" if it cannot be one."""
    try:
        return urljoin(url, written.strip())
    except ValueError:  # "http://[half an IPv6 address"
        return ""


def _rel(element: HtmlElement) -> list[str]:
    return str(element.get("rel") or "").casefold().split()


def _title(told: _Told, *, authors: Sequence[str]) -> str:
    """The heading that the page says is its title; else the title that it says first; else its only heading."""
    headings = [plain(heading.text_content()) for heading in told.root.iter("h1")]
    tab = next((plain(title.text_content()) for title in told.root.iter("title")), "")
    written = [plain(text) for text in (told.linked.headline, *(told.first(name) for name in TITLES), tab)]
    # Where the site's own name is its heading, that of the article is one level below.
    lower = {letters_of(heading.text_content()) for heading in told.root.iter("h2")} - {""}
    whole = [_without_author(_before_name(text, lower, headings=headings), authors) for text in written if text]
    titles = [_without_site(text, site=told.site, known=(*headings, *written)) for text in whole]
    seen = next((heading for heading in headings if _is_told(heading, titles)), "")
    only = headings[0] if len(headings) == 1 and letters_of(headings[0]) != letters_of(told.site) else ""
    return seen or next(iter(titles), "") or only


def _is_told(heading: str, titles: Iterable[str]) -> bool:
    own = letters_of(heading)
    return bool(own) and any(own == letters_of(title) or _is_shortened(letters_of(title), own) for title in titles)


def _is_shortened(short: str, whole: str) -> bool:
    return len(short) >= 12 and whole.startswith(short) and len(whole) < 2 * len(short)


def _without_site(title: str, *, site: str, known: Iterable[str]) -> str:
    """``title`` without the name of the site before or after it."""
    names = {letters_of(site)} - {""}
    others = {letters_of(text) for text in known if text != title}
    for cut in SEPARATOR.finditer(title):
        before, after = title[: cut.start()].strip(), title[cut.end() :].strip()
        if before and (letters_of(after) in names or letters_of(before) in others):
            return before
        if after and (letters_of(before) in names or letters_of(after) in others):
            return after
    return title


def _before_name(title: str, lower: set[str], *, headings: Iterable[str]) -> str:
    """``title`` up to the name behind it, if a lower heading has it so and no first one has it whole."""
    if any(letters_of(heading) == letters_of(title) for heading in headings):
        return title
    parts = (title[: cut.start()].strip() for cut in SEPARATOR.finditer(title) if ":" not in cut[0])
    return next((part for part in parts if letters_of(part) in lower), title)


def _without_author(title: str, authors: Iterable[str]) -> str:
    """``title`` without "| Ines Calder" at its end."""
    before, _, after = title.rpartition("|")
    is_author = letters_of(after) in {letters_of(author) for author in authors} - {""}
    return before.strip() if before.strip() and is_author else title


def _standfirst(root: HtmlElement, *, title: str) -> str:
    """What is called the standfirst and stands right below the heading with the title."""
    heading = next((one for one in root.iter("h1", "h2") if letters_of(one.text_content()) == letters_of(title)), None)
    below = () if heading is None else heading.xpath("following::*[self::h2 or self::h3 or self::p or self::div]")
    for element in below[:MOST_BELOW]:
        marks = (element.get(name) or "" for name in ("class", "itemprop", "data-gu-name"))
        if any(STANDFIRST.search(name) for name in " ".join(marks).casefold().split()):
            text = plain(element.text_content())
            return text if len(text.split()) >= 3 and len(text) <= LONGEST_STANDFIRST else ""
    return ""


def _authors(told: _Told) -> tuple[str, ...]:
    shown = (list(_shown_authors(told.root)), _named_authors(told.root))
    for written in (told.linked.authors, *(told.meta.get(name, []) for name in AUTHORS), *shown):
        names = [_without_office(BY.sub("", plain(name))) for name in written]
        fine = [name for name in names if _is_name(name) and not _is_site(name, told.site)]
        if fine:
            return tuple(dict.fromkeys(fine))
    return ()


def _without_office(name: str) -> str:
    """ "Ines Calder" of "Ines Calder, Senior Fellow"; where more than one may be named, all that is written."""
    first, _, rest = name.partition(",")
    return first.strip() if OFFICE.search(rest) and " and " not in rest else name


def _is_name(name: str) -> bool:
    is_short = 0 < len(name) <= LONGEST_NAME and len(name.split()) <= MOST_NAME_WORDS
    return is_short and not ADDRESS_LIKE.search(name) and name.casefold() != "admin"


def _is_site(name: str, site: str) -> bool:
    return bool(site) and letters_of(site).startswith(letters_of(name))


def _shown_authors(root: HtmlElement) -> Iterator[str]:
    for element in root.iter():
        if element.get("itemprop") == "author" or (element.tag == "a" and "author" in _rel(element)):
            inner = next((part for part in element.iter() if part.get("itemprop") == "name"), element)
            yield inner.get("content") or inner.text_content()


def _named_authors(root: HtmlElement) -> list[str]:
    """Those whom a theme's markup names by its classes, first of all on the page: the others are of other articles."""
    for element in root.iter("a", "address", "b", "div", "h3", "h4", "h5", "p", "section", "span", "strong"):
        classes = (element.get("class") or "").casefold().split()
        is_line = any(name.endswith("byline") for name in classes)
        is_name = "wp-block-post-author-name" in classes or ("fn" in classes and _is_in_card(element))
        text = plain(element.text_content()) if is_line or is_name else ""
        if text and (is_name or is_byline(text)) and not _is_aside(element):
            return [text]
    return []


def _is_in_card(element: HtmlElement) -> bool:
    return any("vcard" in (one.get("class") or "").split() for one in (element, *element.iterancestors()))


def _is_aside(element: HtmlElement) -> bool:
    """Whether it stands in a comment, in a list of other articles, or below and beside the page's own."""
    around = list(element.iterancestors())
    return any(one.tag in {"aside", "footer", "li"} or "comment-" in (one.get("class") or "") for one in around)


def _published(told: _Told) -> str:
    meta = [text for name in DATES for text in told.meta.get(name, [])]
    return next(
        (date for text in (told.linked.published, *meta, *_shown_dates(told.root)) if (date := _date(text))), ""
    )


def _date(written: str) -> str:
    text = BEFORE_DATE.sub("", " ".join(written.split()))
    numbered, dotted = NUMBERED.fullmatch(text), DOTTED.fullmatch(text)
    if numbered:
        text = f"{numbered[1]}-{int(numbered[2]):02}-{int(numbered[3]):02}"
    if dotted:
        text = f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}"
    return iso_date(AMERICAN.sub(r"\2 \1 \3", text))


def _shown_dates(root: HtmlElement) -> Iterator[str]:
    """Dates that the page shows as its own: marked as such, or the only one that it marks as a date."""
    times = [element.get("datetime") or "" for element in root.iter("time")]
    for element in root.iter("time", "span", "p", "div", "abbr", "li"):
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".casefold().split()
        is_marked = "pubdate" in element.attrib or any(
            PUBLISHED.search(name) or name == "datepublished" for name in names
        )
        if is_marked and len(element) < 5:
            yield element.get("datetime") or element.get("content") or element.text_content()
    if len({text[:10] for text in times}) == 1:
        yield times[0]


def _language(told: _Told) -> str:
    root = told.root
    own = root.get("lang") or root.get("xml:lang") or ""
    places = (own, told.linked.language, told.first("og:locale", "content-language"))
    return next((tag for text in places if (tag := language_tag(text))), "")


def _tags(told: _Told) -> tuple[str, ...]:
    listed = [text for name in ("keywords", "news_keywords") for text in told.meta.get(name, [])]
    listed = [part for text in listed for part in text.split(",")]
    shown = [link.text_content() for link in told.root.iter("a") if "tag" in _rel(link)]
    for written in (told.meta.get("article:tag", []), told.linked.tags, shown, listed):
        tags = [tag for text in written if (tag := plain(text))]
        if tags:
            return tuple(dict.fromkeys(tags))[:MOST_TAGS]
    return ()
