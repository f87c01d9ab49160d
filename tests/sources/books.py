"""Word files and books for tests, packed with zipfile as the programs write them that people use."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from pipeline.sources.draft import Post, Source

#: The namespaces of a Word file; "Strict Open XML" has others for the same.
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_TYPES = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": TYPES,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: Style id -> name, as English Word has them. Its German sister writes "berschrift1" for "heading 1".
WORD_STYLES = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Quote": "Quote",
    "IntenseQuote": "Intense Quote",
    "Caption": "caption",
    "TOCHeading": "TOC Heading",
    "TOC1": "toc 1",
    "ListParagraph": "List Paragraph",
    "FootnoteText": "footnote text",
    "FootnoteReference": "footnote reference",
    "HTMLPreformatted": "HTML Preformatted",
    "Strong": "Strong",
}
OF_WORDS = {"FootnoteReference", "Strong"}
#: List 1 has bullets, list 2 numbers, both nine levels deep.
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">'
    + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/></w:lvl>' for level in range(9))
    + "</w:abstractNum>"
    for number, form in ((1, "bullet"), (2, "decimal"))
) + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))


def source(path: Path) -> Source:
    """The Source that a file is."""
    return Source(path=path, name=path.name)


def pack(path: Path, members: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> Path:
    """A zip archive of ``members`` in their order, with the day of the first one, so that its bytes repeat."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, date_time=(2026, 3, 2, 6, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def run(text: str, *, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; what does not begin with `<` becomes one."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(part if part.startswith("<") else run(part) for part in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def item(text: str, *, level: int = 0, of: int = 1) -> str:
    """An item of list 1 (bullets) or 2 (numbers)."""
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'
    return paragraph(text, style="ListParagraph", properties=numbering)


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain cells, whose first row is its head."""
    lines = [
        f"<w:tr><w:trPr>{'<w:tblHeader/>' if number == 0 else ''}</w:trPr>"
        + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for number, row in enumerate(rows)
    ]
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def field(instruction: str, *shown: str) -> str:
    """A field as runs: its instruction, and what it shows."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    instructions = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return "".join([marks[0], instructions, marks[1], *map(run, shown), marks[2]])


def picture(description: str) -> str:
    """A picture in the line, as Word and Google Docs write it."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{description}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        '<a:blip r:embed="rId99"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def mark(number: int, *, kind: str = "footnote") -> str:
    """The mark of a footnote or endnote in the text."""
    style = '<w:rStyle w:val="FootnoteReference"/>'
    return f'<w:r><w:rPr>{style}</w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(texts: Mapping[int, str], *, kind: str = "footnote") -> str:
    """What a part of notes holds: Word's two lines between text and notes, and the notes."""
    lines = "".join(f'<w:{kind} w:id="{n}" w:type="separator">{paragraph("")}</w:{kind}>' for n in (-1, 0))
    sign = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:{kind}Ref/></w:r>'
    return lines + "".join(
        f'<w:{kind} w:id="{number}">{paragraph(sign, run(f" {text}"), style="FootnoteText")}</w:{kind}>'
        for number, text in texts.items()
    )


def styles(names: Mapping[str, str], *, more: str = "") -> str:
    """What a part of styles holds."""
    return more + "".join(
        f'<w:style w:type="{"character" if style in OF_WORDS else "paragraph"}" w:styleId="{style}">'
        f'<w:name w:val="{name}"/></w:style>'
        for style, name in names.items()
    )


def core(**said: str) -> str:
    """docProps/core.xml: title, creator, language, description; keywords; created."""
    words = {"keywords": "cp:keywords", "created": "dcterms:created"}
    lines = "".join(
        f"<{words.get(name, f'dc:{name}')}>{text}</{words.get(name, f'dc:{name}')}>" for name, text in said.items()
    )
    return (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{lines}</cp:coreProperties>"
    )


def word_file(
    path: Path,
    *body: str,
    parts: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    properties: str = "",
) -> Path:
    """A Word file of ``body``. ``parts`` maps "styles", "footnotes", "header1" ... to what is in the root of each."""
    inside = {"styles": styles(WORD_STYLES), "numbering": NUMBERING, **(parts or {})}
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{TYPES}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for number, name in enumerate(inside)
    ) + "".join(
        f'<Relationship Id="{name}" Type="{TYPES}/hyperlink" Target="{address}" TargetMode="External"/>'
        for name, address in (links or {}).items()
    )
    members = {
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relationships(
            f'<Relationship Id="rId1" Type="{TYPES}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{PACKAGE_TYPES}/metadata/core-properties" Target="docProps/core.xml"/>'
        ),
        "word/document.xml": root("document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relationships(related),
        **{f"word/{name}.xml": root(ROOTS.get(name.rstrip("0123456789"), name), part) for name, part in inside.items()},
        "docProps/core.xml": properties or core(),
    }
    return pack(path, members)


ROOTS = {"header": "hdr", "footer": "ftr"}


def root(name: str, inside: str) -> str:
    """A part of WordprocessingML."""
    return f"{XML}<w:{name} {NAMESPACES}>{inside}</w:{name}>"


def relationships(lines: str) -> str:
    """A part of relationships."""
    return f'{XML}<Relationships xmlns="{PACKAGE_TYPES}">{lines}</Relationships>'


def shown(post: Post) -> str:
    """A Post as text: what it is, what is stated, its body and what was taken out of it."""
    lines = [f"{name}: {getattr(post, name)}" for name in ("id", "title", "date", "why") if getattr(post, name)]
    lines.append(f"kind: {post.kind.value}{' (broken)' if post.is_broken else ''}")
    if post.draft is None:
        return "\n".join([*lines, ""])
    front = post.draft.front
    stated = {name: getattr(front, name) for name in front.__struct_fields__ if not name.startswith("published_")}
    lines += [f"front {name}: {value}" for name, value in stated.items() if value]
    removals = [f"- {removal.reason}: {removal.text}" for removal in post.draft.removals]
    return "\n".join([*lines, "", post.draft.markdown.strip("\n"), "", "removals:", *removals, ""])


XHTML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>'
)
XHTML_2 = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
    '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
)
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = (
    '<dc:identifier id="uid">urn:uuid:5e6f</dc:identifier><dc:title id="t1">Narrow Waters</dc:title>'
    "<dc:creator>Ines Calder</dc:creator><dc:language>en-GB</dc:language><dc:date>2026-03-02</dc:date>"
    "<dc:publisher>The Harbour Review</dc:publisher>"
)


def page(body: str, *, of_body: str = "", head: str = XHTML) -> str:
    """A document of a book; ``of_body`` is what stands in the tag of its body."""
    return f"{head}<body{of_body and ' ' + of_body}>{body}</body></html>"


def navigation(labels: Mapping[str, str], *, landmarks: Mapping[str, str] | None = None) -> str:
    """An EPUB 3 navigation document: place -> label, and place -> type of landmark."""
    lines = "".join(f'<li><a href="{place}">{label}</a></li>' for place, label in labels.items())
    marks = "".join(
        f'<li><a epub:type="{kind}" href="{place}">{kind}</a></li>' for place, kind in (landmarks or {}).items()
    )
    return page(
        f'<nav epub:type="toc"><h2>Contents</h2><ol>{lines}</ol></nav>'
        f'<nav epub:type="landmarks" hidden=""><ol>{marks}</ol></nav>'
    )


def ncx(labels: Mapping[str, str]) -> str:
    """The table of contents of an EPUB 2."""
    points = "".join(
        f'<navPoint id="p{number}" playOrder="{number}"><navLabel><text>{label}</text></navLabel>'
        f'<content src="{place}"/></navPoint>'
        for number, (place, label) in enumerate(labels.items(), start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" '
        '"http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'
    )


def book_file(
    path: Path,
    documents: Mapping[str, str | bytes | None],
    *,
    metadata: str = METADATA,
    spine: Mapping[str, str] | None = None,
    more: Mapping[str, str | bytes] | None = None,
    guide: str = "",
) -> Path:
    """An EPUB whose spine is ``documents`` (name in OEBPS -> text, None if it is missing).

    ``more`` are other files of it, ``toc.ncx`` or those of META-INF. ``spine`` maps a name to more attributes of its
    line, ``guide`` is EPUB 2's.
    """
    others = {name: data for name, data in (more or {}).items() if not name.startswith("META-INF/")}
    items = "".join(
        f'<item id="id-{number}" href="{quote(name)}" media-type="{media_type(name)}"'
        f"{' properties=' + chr(34) + 'nav' + chr(34) if name == 'nav.xhtml' else ''}/>"
        for number, name in enumerate([*documents, *others])
    )
    lines = "".join(
        f'<itemref idref="id-{number}" {(spine or {}).get(name, "")}/>' for number, name in enumerate(documents)
    )
    package = (
        '<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="uid"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata><manifest>{items}</manifest>'
        f"<spine>{lines}</spine><guide>{guide}</guide></package>"
    )
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        **{name: data for name, data in (more or {}).items() if name.startswith("META-INF/")},
        "OEBPS/content.opf": package,
        **{f"OEBPS/{name}": data for name, data in {**documents, **others}.items() if data is not None},
    }
    return pack(path, members, stored=("mimetype",))


def media_type(name: str) -> str:
    """What the manifest of a book calls a file of that name."""
    endings = {".ncx": "application/x-dtbncx+xml", ".svg": "image/svg+xml", ".jpg": "image/jpeg"}
    return next((kind for ending, kind in endings.items() if name.endswith(ending)), "application/xhtml+xml")
