"""Floor 3, sources: what an EPUB says about itself: title, author, date, and its documents in the order of reading.

Source: EPUB 3.3, 4.2.6 (META-INF) and 5 (package documents); OPF 2.0.1 for EPUB 2.
"""

from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.archive import DAMAGED, Archive
from pipeline.sources.epub.contents import Contents, contents_of
from pipeline.sources.epub.places import member_at
from pipeline.sources.frontmatter import LANGUAGE, FrontMatter, joined
from pipeline.sources.manuscript import clean
from pipeline.sources.metadata import DATE
from pipeline.sources.xml import parse_xml

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
#: Fonts are scrambled in many books that are free otherwise, and nobody needs them here.
FONT_SCRAMBLING = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}

ROOT_FILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
METHOD = "{http://www.w3.org/2001/04/xmlenc#}EncryptionMethod"
OPF = "{http://www.idpf.org/2007/opf}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"

TEXTS = {"application/xhtml+xml", "text/html", "application/xml", "text/xml", ""}
#: Calibre writes the year 101 for a date that it does not know.
REAL_YEAR = regex(r"(?:19|20|21)\d\d-")


class Document(Struct, frozen=True, kw_only=True):
    """A document of the spine: ``name`` in the archive, "" if the spine names what the book does not list."""

    id: str
    name: str
    is_linear: bool = True
    is_text: bool = True


class Book(Struct, frozen=True, kw_only=True):
    """``front`` is what holds for every chapter; its ``series`` is the title of the book.

    ``names`` are those of all its ``documents``.
    """

    identifier: str
    front: FrontMatter
    documents: tuple[Document, ...]
    names: frozenset[str]
    contents: Contents


def read_book(archive: Archive) -> Book:
    """The Book in an open archive.

    Raises:
        SourceError: it is no EPUB, or is locked by its seller, or says nothing that can be read about itself.
    """
    _refuse_locked(archive)
    place = _package_name(archive)
    package = parse_xml(archive.read(place), path=archive.path, what=f"{place} in it")
    items = {item.get("id", ""): item for item in package.iter(f"{OPF}item")}
    documents = tuple(_documents(package, items, place=place))
    return Book(
        identifier=_identifier(package),
        front=_front(package),
        documents=documents,
        names=frozenset(document.name for document in documents),
        contents=contents_of(archive, package, place=place),
    )


def _refuse_locked(archive: Archive) -> None:
    if ENCRYPTION not in archive:
        return
    root = parse_xml(archive.read(ENCRYPTION), path=archive.path, what=f"{ENCRYPTION} in it")
    if any(method.get("Algorithm") not in FONT_SCRAMBLING for method in root.iter(METHOD)):
        cure = "ask its publisher for a copy without DRM, or for the manuscript"
        raise SourceError("is locked by its seller (DRM)", cure=cure, path=archive.path)


def _package_name(archive: Archive) -> str:
    if CONTAINER not in archive:
        raise SourceError(f"is no EPUB: it has no {CONTAINER}", cure="name the book itself", path=archive.path)
    root = parse_xml(archive.read(CONTAINER), path=archive.path, what=f"{CONTAINER} in it")
    name = next((member_at(file.get("full-path", ""), base="")[0] for file in root.iter(ROOT_FILE)), "")
    if name not in archive:
        raise SourceError(f"is no whole EPUB: {name or 'its package'} is missing", cure=DAMAGED, path=archive.path)
    return name


def _documents(package: etree._Element, items: Mapping[str, etree._Element], *, place: str) -> Iterator[Document]:
    for line in package.iter(f"{OPF}itemref"):
        name = line.get("idref", "")
        item = items.get(name)
        if item is None:
            yield Document(id=name, name="")
            continue
        yield Document(
            id=name,
            name=member_at(item.get("href", ""), base=place)[0],
            is_linear=line.get("linear") != "no",
            is_text=item.get("media-type", "") in TEXTS,
        )


def _identifier(package: etree._Element) -> str:
    wanted = package.get("unique-identifier")
    found = {item.get("id"): _line(item) for item in package.iter(f"{DUBLIN_CORE}identifier")}
    return found.get(wanted) or next(iter(found.values()), "")


def _front(package: etree._Element) -> FrontMatter:
    language = _first(package, "language")
    return FrontMatter(
        author=joined(tuple(_authors(package))),
        published=_published(package),
        language=language if LANGUAGE.fullmatch(language) else "",
        tags=tuple(dict.fromkeys(_line(item) for item in package.iter(f"{DUBLIN_CORE}subject") if _line(item))),
        series=_title(package),
    )


def _title(package: etree._Element) -> str:
    kinds = _refinements(package, "title-type")
    titles = list(package.iter(f"{DUBLIN_CORE}title"))
    main = next((title for title in titles if kinds.get(title.get("id", "")) == "main"), None)
    return _line(main) if main is not None else _first(package, "title")


def _authors(package: etree._Element) -> Iterator[str]:
    roles = _refinements(package, "role")
    for creator in package.iter(f"{DUBLIN_CORE}creator"):
        role = roles.get(creator.get("id", "")) or creator.get(f"{OPF}role") or "aut"
        if role == "aut" and _line(creator):
            yield _line(creator)


def _refinements(package: etree._Element, name: str) -> dict[str, str]:
    """What EPUB 3 says about other lines by their id: roles of people, kinds of titles."""
    return {
        line.get("refines", "").removeprefix("#"): _line(line)
        for line in package.iter(f"{OPF}meta")
        if line.get("property") == name
    }


def _published(package: etree._Element) -> str:
    dates = {date.get(f"{OPF}event", ""): _line(date) for date in package.iter(f"{DUBLIN_CORE}date")}
    date = dates.get("publication") or dates.get("", "")
    # A year alone is no date that an episode can have.
    return date if DATE.fullmatch(date) and REAL_YEAR.match(date) else ""


def _first(package: etree._Element, name: str) -> str:
    return next((_line(item) for item in package.iter(DUBLIN_CORE + name) if _line(item)), "")


def _line(element: etree._Element) -> str:
    return " ".join(clean(element.text or "").split())
