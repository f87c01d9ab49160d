"""Floor 3, sources: the table of contents of a book: what its documents are called, and which are no chapters.

Source: EPUB 3.3, 7 (navigation documents); OPF 2.0.1, 2.4.1.2 (NCX) and 2.6 (guide).
"""

from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.sources.archive import Archive
from pipeline.sources.epub.documents import line_of, tree_of, types_of
from pipeline.sources.epub.places import member_at
from pipeline.sources.xml import parse_xml

OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"

COVER, TITLE_PAGE, CONTENTS = "the cover", "the title page", "the table of contents"
COPYRIGHT, DEDICATION, INDEX, NOTES = "the copyright page", "the dedication", "an index", "the notes"
PICTURES, BIBLIOGRAPHY = "a list of pictures or tables", "a bibliography"

#: What a document is, in the words of EPUB 3, of EPUB 2's guide and of DPUB-ARIA -> why it is no chapter.
PAGES = {
    **dict.fromkeys(("cover", "coverpage"), COVER),
    **dict.fromkeys(("titlepage", "title-page", "halftitlepage", "halftitle", "fulltitle"), TITLE_PAGE),
    **dict.fromkeys(("toc", "landmarks", "page-list"), CONTENTS),
    **dict.fromkeys(("copyright-page", "copyright", "colophon", "imprint", "credits"), COPYRIGHT),
    **dict.fromkeys(("dedication",), DEDICATION),
    **dict.fromkeys(("index", "glossary"), INDEX),
    **dict.fromkeys(("footnotes", "endnotes", "rearnotes", "notes"), NOTES),
    **dict.fromkeys(("loi", "lot", "loa", "lov"), PICTURES),
    **dict.fromkeys(("bibliography",), BIBLIOGRAPHY),
}
#: What such pages are called in the table of contents of books that say nothing else about them.
LABELS = {
    "cover": COVER,
    "title page": TITLE_PAGE,
    "contents": CONTENTS,
    "table of contents": CONTENTS,
    "copyright": COPYRIGHT,
    "copyright page": COPYRIGHT,
    "dedication": DEDICATION,
    "index": INDEX,
    "notes": NOTES,
    "endnotes": NOTES,
    "bibliography": BIBLIOGRAPHY,
}


class Contents(Struct, frozen=True, kw_only=True):
    """``labels``: name of a document -> what the table of contents calls it; ``pages``: -> why it is no chapter."""

    labels: Mapping[str, str]
    pages: Mapping[str, str]


def contents_of(archive: Archive, package: etree._Element, *, place: str) -> Contents:
    """The Contents of the book whose ``package`` stands in the member ``place``."""
    labels: dict[str, str] = {}
    pages = dict(_guide(package, place=place))
    items = [(item, member_at(item.get("href", ""), base=place)[0]) for item in package.iter(f"{OPF}item")]
    for item, name in items:
        if "nav" in item.get("properties", "").split() and name in archive:
            _add_navigation(archive, name, labels=labels, pages=pages)
    for item, name in items:
        if not labels and item.get("media-type") == "application/x-dtbncx+xml" and name in archive:
            labels.update(_ncx_labels(archive, name))
    by_label = {name: LABELS[label.casefold()] for name, label in labels.items() if label.casefold() in LABELS}
    return Contents(labels=labels, pages={**by_label, **pages})


def _guide(package: etree._Element, *, place: str) -> Iterator[tuple[str, str]]:
    for line in package.iter(f"{OPF}reference"):
        why = PAGES.get(line.get("type", "").casefold())
        if why:
            yield member_at(line.get("href", ""), base=place)[0], why


def _add_navigation(archive: Archive, name: str, *, labels: dict[str, str], pages: dict[str, str]) -> None:
    try:
        root = tree_of(archive.read(name), path=archive.path, what=f"{name} in it")
    except SourceError:
        # A book can be read without its contents; its chapters have headings too. They are told one by one.
        return
    pages[name] = CONTENTS
    for nav in root.iter("nav"):
        for link in nav.iter("a"):
            target = member_at(link.get("href", ""), base=name)[0]
            if "toc" in types_of(nav) and line_of(link):
                labels.setdefault(target, line_of(link))
            elif "landmarks" in types_of(nav):
                why = next((PAGES[kind] for kind in types_of(link) if kind in PAGES), "")
                pages.update({target: why} if why and target not in pages else {})


def _ncx_labels(archive: Archive, name: str) -> dict[str, str]:
    try:
        root = parse_xml(archive.read(name), path=archive.path, what=f"{name} in it")
    except SourceError:
        return {}  # as above
    labels: dict[str, str] = {}
    for point in root.iter(f"{NCX}navPoint"):
        content, label = point.find(f"{NCX}content"), point.find(f"{NCX}navLabel")
        if content is not None and label is not None and line_of(label):
            labels.setdefault(member_at(content.get("src", ""), base=name)[0], line_of(label))
    return labels
