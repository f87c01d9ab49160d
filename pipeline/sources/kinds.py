"""Floor 3, sources: the kinds of file that are not read, as data: how they begin or are called, and what helps.

`formats` asks this table after it has asked for what is read, so that everybody hears what their file is.
"""

import re

from msgspec import Struct

from pipeline.patterns import regex


class Kind(Struct, frozen=True):
    """What a file is, and what to do with it so that it can be read."""

    what: str
    cure: str


SAVE_AS = "save the article as a Word file (.docx), a web page (.html) or Markdown (.md) and name that"
TEXT_OUT = "export it as a Word file (.docx) and name that"
NAME_THE_TEXT = "name the file that holds the article's text"
UNPACK = "unpack it and name what is in it"
CONVERT = "convert it to Markdown: pandoc --to markdown --output NEW.md FILE"
EXPORT_ZIP = "for a Substack export, name its .zip file as it was downloaded"

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: How files begin, the longer signatures before the shorter.
SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind("a PDF", SAVE_AS)),
    (b"%!PS", Kind("a PostScript file", SAVE_AS)),
    (b"{\\rtf", Kind("an RTF document", SAVE_AS)),
    (OLD_OFFICE, Kind("an old Office document (.doc, .xls, .ppt)", "save it as .docx")),
    (b"bplist00", Kind("a Safari web archive or another property list", "save the page as HTML (page source)")),
    (b"SQLite format 3\0", Kind("a database (SQLite)", "export its articles as WXR, RSS, or Markdown files")),
    (b"\x89PNG\r\n", Kind("a PNG picture", NAME_THE_TEXT)),
    (b"\xff\xd8\xff", Kind("a JPEG picture", NAME_THE_TEXT)),
    (b"GIF87a", Kind("a GIF picture", NAME_THE_TEXT)),
    (b"GIF89a", Kind("a GIF picture", NAME_THE_TEXT)),
    (b"II*\0", Kind("a TIFF picture", NAME_THE_TEXT)),
    (b"MM\0*", Kind("a TIFF picture", NAME_THE_TEXT)),
    (b"RIFF", Kind("a picture or sound (RIFF)", NAME_THE_TEXT)),
    (b"ID3", Kind("sound (MP3)", NAME_THE_TEXT)),
    (b"fLaC", Kind("sound (FLAC)", NAME_THE_TEXT)),
    (b"OggS", Kind("sound (Ogg)", NAME_THE_TEXT)),
    (b"\x1f\x8b", Kind("a gzip archive", UNPACK)),
    (b"BZh", Kind("a bzip2 archive", UNPACK)),
    (b"\xfd7zXZ\0", Kind("an xz archive", UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind("a zstd archive", UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7z archive", UNPACK)),
    (b"Rar!\x1a\x07", Kind("a RAR archive", UNPACK)),
    (b"\x7fELF", Kind("a program", NAME_THE_TEXT)),
    (b"MZ\x90\0", Kind("a program", NAME_THE_TEXT)),
)

#: A tape archive says what it is in the middle of its first header.
TAR_MARK, TAR_OFFSET = b"ustar", 257
TAR = Kind("a tar archive", UNPACK)

#: What a zip archive is by one of its members; the first that is there decides.
ZIP_MEMBERS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (regex(r"xl/.*"), Kind("a spreadsheet (Excel)", SAVE_AS)),
    (regex(r"ppt/.*"), Kind("a presentation (PowerPoint)", SAVE_AS)),
    (regex(r"Index/.*\.iwa|Index\.zip"), Kind("a Pages, Numbers or Keynote document", TEXT_OUT)),
    (regex(r"META-INF/manifest\.xml|content\.xml"), Kind("an OpenDocument file (.odt)", "save it as .docx")),
    (regex(r"(?:.*/)?[^/]+\.xml"), Kind("an archive with XML in it", "unpack it and name the .xml file")),
    (regex(r"(?:.*/)?[^/]+\.json"), Kind("an archive with JSON in it", "unpack it and name the .json file")),
    (regex(r"(?:.*/)?[^/]+\.(?:md|markdown)"), Kind("an archive of Markdown", "unpack it and name its folder")),
)
ZIP = Kind("a zip archive of no kind that is read (DOCX, EPUB, Substack export)", UNPACK)

#: What XML is by the local name of its root.
ROOTS: dict[str, Kind] = {
    "opml": Kind("a list of feeds (OPML)", "name one of the feeds in it"),
    "svg": Kind("a picture (SVG)", NAME_THE_TEXT),
    "urlset": Kind("a site map", "name the site's feed, or pages of it"),
    "sitemapindex": Kind("a site map", "name the site's feed, or pages of it"),
    "document": Kind("an OpenDocument or Word XML file", SAVE_AS),
    "wordDocument": Kind("a Word 2003 XML file", SAVE_AS),
    "package": Kind("a Word XML file or a part of an EPUB", SAVE_AS),
    "plist": Kind("a property list", NAME_THE_TEXT),
}
READ_XML = "name an RSS or Atom feed, a WordPress export (WXR) or a web page"
READ_JSON = "name a Ghost export, or save the articles as Markdown (.md)"
JSON_FEED = Kind("a JSON feed", "name the site's RSS or Atom feed")

#: What a text is by its first words.
OPENINGS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        regex(r"(?:From: <?Saved by|MIME-Version:|Snapshot-Content-Location:)", re.IGNORECASE),
        Kind("a web archive (MHTML)", "save the page as HTML only"),
    ),
    (regex(r"\\documentclass\b|\\documentstyle\b"), Kind("a LaTeX document", CONVERT)),
    (regex(r"#!"), Kind("a program", NAME_THE_TEXT)),
)

#: Texts in other markup than Markdown, by name: all of it would be read aloud.
SUFFIXES: dict[str, Kind] = {
    ".toml": Kind("settings", NAME_THE_TEXT),
    ".yaml": Kind("settings", NAME_THE_TEXT),
    ".yml": Kind("settings", NAME_THE_TEXT),
    ".csv": Kind("a table", EXPORT_ZIP),
    ".tsv": Kind("a table", EXPORT_ZIP),
    ".py": Kind("a program", NAME_THE_TEXT),
    ".js": Kind("a program", NAME_THE_TEXT),
    ".css": Kind("a style sheet", NAME_THE_TEXT),
    ".tex": Kind("a LaTeX document", CONVERT),
    ".rst": Kind("reStructuredText", CONVERT),
    ".adoc": Kind("AsciiDoc", CONVERT),
    ".org": Kind("Org markup", CONVERT),
    ".textile": Kind("Textile", CONVERT),
}

#: Names that promise a binary format or markup; a text under one of them is a piece of it, or something else.
PROMISES = frozenset(
    {".docx", ".docm", ".doc", ".odt", ".pages", ".epub", ".zip", ".pdf", ".rtf", ".xml", ".rss", ".atom", ".json"}
)
