"""Floor 3, sources: which format a file is in, by its content, and the reader of that format.

Content decides: the first bytes, the members of a zip archive, the root element of XML, the first keys of JSON. The
name breaks ties alone: an .md that opens with a line of HTML is Markdown, an .html without a tag is text. Only the
first 64 KB of a file and the directory of an archive are looked at; what is a folder, a device or too large is not
opened at all.
"""

import codecs
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from pathlib import Path
from pkgutil import resolve_name

from lxml import etree

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.archive import open_archive
from pipeline.sources.draft import Post, Reader, Source
from pipeline.sources.folder import folder_posts
from pipeline.sources.kinds import (
    JSON_FEED,
    OLD_OFFICE,
    OPENINGS,
    PROMISES,
    READ_JSON,
    READ_XML,
    ROOTS,
    SIGNATURES,
    SUFFIXES,
    TAR,
    TAR_MARK,
    TAR_OFFSET,
    ZIP,
    ZIP_MEMBERS,
    Kind,
)
from pipeline.sources.proving import proved


class Format(Enum):
    """What a file is written in. Whether TEXT is Markdown or a scrape shows in its words, to those who read them."""

    TEXT = "text"
    HTML = "web page"
    WORD = "Word file"
    EPUB = "book"
    SUBSTACK = "Substack export"
    WORDPRESS = "WordPress export"
    GHOST = "Ghost export"
    FEED = "feed"


#: Where the reader of each format is; importing it costs time and memory, so that it waits until it is needed.
READERS: dict[Format, str] = {
    Format.TEXT: "pipeline.sources.folder:text_posts",
    Format.HTML: "pipeline.sources.html.page:page_posts",
    Format.WORD: "pipeline.sources.word:word_posts",
    Format.EPUB: "pipeline.sources.epub:epub_posts",
    Format.SUBSTACK: "pipeline.sources.exports.substack:substack_posts",
    Format.WORDPRESS: "pipeline.sources.exports.wordpress:wordpress_posts",
    Format.GHOST: "pipeline.sources.exports.ghost:ghost_posts",
    Format.FEED: "pipeline.sources.exports.syndication:feed_posts",
}

HEAD_BYTES = 64 * 1024
MOST_BYTES = 500_000_000
#: Texts and pages are read whole, into memory.
MOST_TEXT_BYTES = 10_000_000

ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

WORD_SUFFIXES = frozenset({".docx", ".docm", ".dotx"})

FENCE = regex(r"(?:---|\+\+\+)[ \t]*\r?\n")
#: What may stand before the first tag: blanks, comments, the XML declaration and other instructions.
BEFORE_TAGS = regex(r"\A(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
PAGE = regex(r"<!doctype\s+html\b|<(?:html|head|body)[\s>]", re.IGNORECASE)
TAG = regex(r"<!?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht"})
TEXT_SUFFIXES = frozenset({".md", ".markdown"})

JSON = regex(r"\{\s*[\"}]|\[\s*[\[{\"]")
GHOST = regex(r"\{\s*\"(?:db|data|meta)\"\s*:\s*[\[{]")
GHOST_KEYS = regex(r"\"(?:exported_on|posts|posts_meta)\"\s*:")

#: The excerpts of an ordinary feed have a namespace below it.
WORDPRESS_NAMESPACE = regex(r"http://wordpress\.org/export/[\d.]+/")
FEED_ROOTS = frozenset({"rss", "feed", "RDF"})


def format_of(source: Source) -> Format:
    """The format of the file.

    Raises:
        SourceError: it is no file, empty, too large, or in a format that is not read; the message names which.
    """
    path = source.path
    size = _size_of(path)
    head = _head_of(path)
    if head.startswith(b"PK\x03\x04"):
        return _zip_format(path)
    if head.startswith(OLD_OFFICE) and path.suffix.casefold() in WORD_SUFFIXES:
        return Format.WORD  # one with a password: that reader knows what to say
    _refuse_binary(head, path=path)
    text = _text_of(head)
    found = _markup_format(text, head, path=path)
    if found in {Format.TEXT, Format.HTML} and size > MOST_TEXT_BYTES:
        raise SourceError(_too_large(size, most=MOST_TEXT_BYTES), cure="split it", path=path)
    if found is Format.TEXT:
        _refuse_other_texts(text, path=path)
    return found


def read_posts(source: Source, start: int = 0) -> Iterator[Post]:
    """The Posts of a file or folder from number ``start`` (from 0) on, one by one, in this process.

    Raises:
        SourceError: as `format_of`, and as the reader of its format says.
    """
    if source.path.is_dir():
        yield from folder_posts(source, start, read_file=read_posts)
    else:
        yield from map(proved, reader_of(format_of(source))(source, start))


def reader_of(known: Format) -> Reader:
    """The reader of a format, imported now."""
    reader: Reader = resolve_name(READERS[known])
    return reader


def _size_of(path: Path) -> int:
    try:
        status = path.stat()
    except OSError as error:
        raise _cannot_open(error, path=path) from error
    if stat.S_ISDIR(status.st_mode):
        raise SourceError("is a folder, not an article", cure="name one file in it", path=path)
    if not stat.S_ISREG(status.st_mode):
        raise SourceError("is a device or a pipe", cure="save the article to a file and name that", path=path)
    if status.st_size > MOST_BYTES:
        raise SourceError(_too_large(status.st_size, most=MOST_BYTES), cure="split it", path=path)
    return status.st_size


def _cannot_open(error: OSError, *, path: Path) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceError("there is no such file", cure="check the name and the folder", path=path)
    reason = error.strerror or str(error)
    return SourceError(f"cannot be opened ({reason})", cure="check its name and permissions", path=path)


def _too_large(size: int, *, most: int) -> str:
    return f"holds {size / 1e6:,.1f} MB and {most // 1_000_000} MB is the most"


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise _cannot_open(error, path=path) from error
    if not head.strip():
        raise SourceError("holds no text", cure="put the article into it", path=path)
    return head


def _zip_format(path: Path) -> Format:
    names: list[str] = []
    # Nothing is unpacked here: the archive is looked over, and asked for its names.
    with open_archive(path, wanted=lambda name: bool(names.append(name))):  # type: ignore[func-returns-value]
        pass
    folders = {name.partition("/")[0] for name in names}
    if "word" in folders and "[Content_Types].xml" in names:
        return Format.WORD
    if "META-INF/container.xml" in names:
        return Format.EPUB
    if any(name.rpartition("/")[2] == "posts.csv" for name in names):
        return Format.SUBSTACK
    kinds = (kind for pattern, kind in ZIP_MEMBERS if any(pattern.fullmatch(name) for name in names))
    raise _not_read(next(kinds, ZIP), path=path)


def _refuse_binary(head: bytes, *, path: Path) -> None:
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            raise _not_read(kind, path=path)
    if head.startswith(TAR_MARK, TAR_OFFSET):
        raise _not_read(TAR, path=path)
    zero = head.find(b"\0")
    if zero >= 0 and _encoding_of(head) == "utf-8":
        what = f"is binary, not text (a zero byte at offset {zero})"
        raise SourceError(what, cure="save the article as plain text or Markdown in UTF-8 and name that", path=path)


def _encoding_of(head: bytes) -> str:
    if head[:2] in {b"<\0", b"\0<"}:  # markup in UTF-16 that does not say so
        return "utf-16-le" if head[0] else "utf-16-be"
    return next((name for mark, name in ENCODINGS if head.startswith(mark)), "utf-8")


def _text_of(head: bytes) -> str:
    """The first characters, good enough to know tags and keys by."""
    return head.decode(_encoding_of(head), errors="replace").lstrip("\ufeff \t\r\n")


def _markup_format(text: str, head: bytes, *, path: Path) -> Format:
    if FENCE.match(text):  # front matter; what is below it may be HTML and is still read as Markdown
        return Format.TEXT
    tags = text[BEFORE_TAGS.match(text).end() :]  # type: ignore[union-attr]  # it matches the empty string
    if PAGE.match(tags):
        return Format.HTML
    if text.startswith("<"):
        return _tagged_format(text, head, path=path)
    if JSON.match(text):
        return _json_format(text, path=path)
    is_page = path.suffix.casefold() in PAGE_SUFFIXES and TAG.search(text)
    return Format.HTML if is_page else Format.TEXT


def _tagged_format(text: str, head: bytes, *, path: Path) -> Format:
    """Of a file that begins with a tag: a feed, an export, a piece of a web page, Markdown with a tag at its top."""
    suffix = path.suffix.casefold()
    if suffix in TEXT_SUFFIXES:
        return Format.TEXT
    root = _root_of(head)
    name = "" if root is None else etree.QName(root).localname
    if root is not None and name in FEED_ROOTS:
        is_wordpress = any(WORDPRESS_NAMESPACE.fullmatch(uri) for uri in root.nsmap.values())
        return Format.WORDPRESS if is_wordpress else Format.FEED
    if name == "html":
        return Format.HTML
    if name in ROOTS:
        raise _not_read(ROOTS[name], path=path)
    if text.startswith("<?xml") or suffix in {".xml", ".rss", ".atom"}:
        raise SourceError(_unknown_xml(name), cure=READ_XML, path=path)
    return Format.HTML if TAG.match(text[BEFORE_TAGS.match(text).end() :]) else Format.TEXT  # type: ignore[union-attr]


def _root_of(head: bytes) -> etree._Element | None:
    # Whatever lxml does not load here it does not load anywhere; collect_ids stays on, because lxml without it loads
    # what external parameter entities name.
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    with suppress(etree.XMLSyntaxError, ValueError):  # what came before the mistake still counts
        parser.feed(head.lstrip(b" \t\r\n"))  # feeds often have a blank line too many
    event = next(iter(parser.read_events()), None)
    return None if event is None else event[1]  # type: ignore[return-value]  # of "start" alone it is an element


def _unknown_xml(name: str) -> str:
    return (
        f"is XML of a kind that is not read (<{name[:40]}>)" if name else "is XML that cannot be read, or a part of it"
    )


def _json_format(text: str, *, path: Path) -> Format:
    if GHOST.match(text) and GHOST_KEYS.search(text):
        return Format.GHOST
    if "https://jsonfeed.org/version/" in text:
        raise _not_read(JSON_FEED, path=path)
    raise SourceError("is JSON of a kind that is not read", cure=READ_JSON, path=path)


def _refuse_other_texts(text: str, *, path: Path) -> None:
    suffix = path.suffix.casefold()
    for pattern, kind in OPENINGS:
        if pattern.match(text):
            raise _not_read(kind, path=path)
    if suffix in SUFFIXES:
        raise _not_read(SUFFIXES[suffix], path=path)
    if suffix in PROMISES:
        what = f"is called {suffix} and is none, or only a part of one"
        raise SourceError(what, cure="save or download it again; if it is a plain text, call it .txt", path=path)


def _not_read(kind: Kind, *, path: Path) -> SourceError:
    return SourceError(f"is {kind.what}, which is not read", cure=kind.cure, path=path)
