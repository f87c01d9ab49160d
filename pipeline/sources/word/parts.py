"""Floor 3, sources: a Word file -> the parts of it that hold text, as trees.

Source: ECMA-376 part 2 (packages and relationships) and part 1, 11.3 (the parts of a document).
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.sources.archive import Archive, open_archive
from pipeline.sources.xml import parse_xml

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The name of the one stream that an encrypted DOCX has, as the directory of the old format writes it.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
HEADER_LENGTH = 512
DIRECTORY_BYTES = 4096
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"

SAVE_AS_DOCX = "open it in Word or LibreOffice and save it as .docx"
NO_DOCUMENT = "has no Word document in it"

#: Office writes the first names; "Strict Open XML" is the same format under others.
STRICT = {
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}

#: The name under which all pictures stand for mammoth: their files are not read.
PICTURE = "picture"

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION = f"{{{RELATIONSHIPS}}}Relationship"
#: What mammoth reads beside the document itself.
BESIDE = ("styles", "numbering", "footnotes", "endnotes")
#: What is read here alone.
ASIDE = ("comments", "header", "footer")
PROPERTIES = ("core-properties", "customXml")
MOST_PARTS = 200
#: lxml needs ten times the size of a part, and mammoth fifty: 4 MB are a book of 100,000 words.
MOST_BYTES = 5_000_000
#: Text that a zip member of these kinds holds is not the document's.
UNREAD = ("word/media/", "word/embeddings/", "word/theme/", "word/fonts/")


class Parts(Struct, frozen=True, kw_only=True):
    """The parts of a Word file. ``beside`` maps "styles", "footnotes" ... to the root of that part, where it has one.

    ``links`` maps for "document", "footnotes" and "endnotes" the ids of links to their addresses. ``asides`` are the
    roots of comments, headers and footers with the names of their kinds; ``properties`` those of what Word says about
    the document: core properties and the data of its cover page.
    """

    document: etree._Element
    beside: Mapping[str, etree._Element]
    links: Mapping[str, Mapping[str, str]]
    asides: tuple[tuple[str, etree._Element], ...]
    properties: tuple[etree._Element, ...]


class _Related(Struct, frozen=True, kw_only=True):
    """A line of a .rels part. ``kind`` is the last word of its type, ``target`` a part or an address outside."""

    id: str
    kind: str
    target: str
    is_outside: bool


def read_parts(path: Path) -> Parts:
    """The parts of the Word file at ``path``.

    Raises:
        SourceError: it is an old or encrypted one or none at all, or it is damaged or made to do harm.
    """
    _refuse_old(path)
    with open_archive(path, wanted=_is_wanted) as archive:
        _refuse_open_document(archive)
        package = _related(archive, part="")
        main = next((item.target for item in package if item.kind == "officeDocument"), "word/document.xml")
        if main not in archive:
            raise SourceError(NO_DOCUMENT, cure=SAVE_AS_DOCX, path=path)
        related = _related(archive, part=main)
        beside = {item.kind: item.target for item in related if item.kind in BESIDE and item.target in archive}
        return Parts(
            document=_document(archive, main),
            beside={kind: _root(archive, part) for kind, part in beside.items()},
            links={
                "document": _links(related),
                **{kind: _links(_related(archive, part=part)) for kind, part in beside.items()},
            },
            asides=tuple(_roots(archive, related, kinds=ASIDE)),
            properties=tuple(root for _, root in _roots(archive, (*package, *related), kinds=PROPERTIES)),
        )


def packed(parts: Parts) -> io.BytesIO:
    """A new Word file of nothing but these parts, for mammoth: under the usual names, with links and no pictures."""
    file = io.BytesIO()
    roots = {"document": parts.document, **parts.beside}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, root in roots.items():
            archive.writestr(f"word/{name}.xml", etree.tostring(root, encoding="utf-8", xml_declaration=True))
            links = etree.tostring(_relations(parts.links.get(name, {})), encoding="utf-8")
            archive.writestr(f"word/_rels/{name}.xml.rels", links)
    file.seek(0)
    return file


def _refuse_old(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(HEADER_LENGTH)
        if not header.startswith(OLD_OFFICE) or len(header) < HEADER_LENGTH:
            return
        # Source: [MS-CFB] 2.2: the size of a sector as a power of two, and in which of them the directory begins.
        sector_bytes, directory = 1 << min(header[30], 16), int.from_bytes(header[48:52], "little")
        file.seek((directory + 1) * sector_bytes)
        is_encrypted = ENCRYPTED in file.read(DIRECTORY_BYTES)
    if is_encrypted:
        cure = "open it in Word and save it without one (File, Info, Protect Document)"
        raise SourceError("needs a password", cure=cure, path=path)
    raise SourceError("is a Word file of the old kind (.doc)", cure=SAVE_AS_DOCX, path=path)


def _is_wanted(name: str) -> bool:
    return name == "mimetype" or (name.endswith((".xml", ".rels")) and not name.startswith(UNREAD))


def _refuse_open_document(archive: Archive) -> None:
    if "mimetype" in archive and archive.read("mimetype", most_bytes=1000).startswith(OPEN_DOCUMENT):
        raise SourceError("is an OpenDocument text (.odt)", cure=SAVE_AS_DOCX, path=archive.path)


def _related(archive: Archive, *, part: str) -> tuple[_Related, ...]:
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive:
        return ()
    return tuple(
        _Related(
            id=line.get("Id", ""),
            kind=line.get("Type", "").rsplit("/", 1)[-1],
            target=line.get("Target", "") if is_outside else _part_name(line.get("Target", ""), folder=folder),
            is_outside=is_outside,
        )
        for line in _root(archive, relations).iter(RELATION)
        for is_outside in (line.get("TargetMode") == "External",)
    )


def _part_name(target: str, *, folder: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")


def _links(related: tuple[_Related, ...]) -> dict[str, str]:
    return {item.id: item.target for item in related if item.kind == "hyperlink" and item.is_outside}


def _roots(
    archive: Archive, related: tuple[_Related, ...], *, kinds: tuple[str, ...]
) -> Iterator[tuple[str, etree._Element]]:
    for item in related[:MOST_PARTS]:
        if item.kind in kinds and item.target in archive:
            yield item.kind, _root(archive, item.target)


def _document(archive: Archive, part: str) -> etree._Element:
    root = _root(archive, part)
    if etree.QName(root).localname != "document":
        raise SourceError(NO_DOCUMENT, cure=SAVE_AS_DOCX, path=archive.path)
    return root


def _root(archive: Archive, part: str) -> etree._Element:
    data = archive.read(part, most_bytes=MOST_BYTES)
    for strict, usual in STRICT.items():
        data = data.replace(strict, usual)
    return parse_xml(data, path=archive.path, what=f"{part} in it")


def _relations(links: Mapping[str, str]) -> etree._Element:
    root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships")
    for name, address in {**links, PICTURE: "media/picture"}.items():
        etree.SubElement(root, RELATION, {"Id": name, "Type": "hyperlink", "Target": address})
    return root
