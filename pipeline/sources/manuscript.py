"""Floor 3, sources: the bytes of a file -> clean text. Every format starts here; every Span counts characters of it."""

import re
import shlex
import unicodedata
from pathlib import Path

from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.sources.frontmatter import FrontMatter

MOST_BYTES = 10_000_000

#: How other kinds of file begin, and what to call them.
SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive (DOCX, ODT and EPUB are such)",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF87a": "a GIF picture",
    b"GIF89a": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Office document",
}

#: Marks at the start of other encodings than UTF-8, and what `iconv` calls them. The longer ones come first.
OTHER_ENCODINGS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}

#: C0 and C1 controls but tab and newline, soft hyphens, zero-width characters, and everything that turns the
#: direction of writing: none of them is seen, and each of them can be heard or hide something.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
NEW_LINES = re.compile("\r\n?|\x85|\u2029")
#: Line and page breaks inside a paragraph: dropping them would join two words.
SOFT_BREAKS = re.compile("[\x0b\x0c\u2028]")


class Manuscript(Struct, frozen=True, kw_only=True):
    """An article before its format is known: the whole clean text of the file, and what its front matter says."""

    path: Path
    text: str
    front: FrontMatter

    @property
    def body(self) -> str:
        """The text after the front matter; ``front.end`` is where it starts in ``text``."""
        return self.text[self.front.end :]


def read_text(path: Path) -> str:
    """The clean text of the whole file.

    Raises:
        SourceError: there is no such file, or it is not UTF-8 text of at most 10 MB.
    """
    data = _bytes_of(path)
    _refuse_binary(data, path=path)
    text = clean(_decoded(data, path=path))
    if not text.strip():
        raise SourceError("holds no text", cure="put the article into it", path=path)
    return text


def clean(text: str) -> str:
    """``text`` in NFC with ``\\n`` as its only line end and without characters that nobody sees."""
    seen = UNSEEN.sub("", SOFT_BREAKS.sub(" ", NEW_LINES.sub("\n", text)))
    return unicodedata.normalize("NFC", seen)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SourceError("is a folder, not an article", cure="name one file in it", path=path)
        if not path.exists():
            raise SourceError("there is no such file", cure="check the name and the folder", path=path)
        if not path.is_file():
            raise SourceError("is a device or a pipe", cure="save the article to a file and name that", path=path)
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise SourceError(f"holds {size / 1e6:.1f} MB and 10 MB is the most", cure="split it", path=path)
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"cannot be opened ({reason})", cure="check its name and permissions", path=path) from error


def _refuse_binary(data: bytes, *, path: Path) -> None:
    for mark, encoding in OTHER_ENCODINGS.items():
        if data.startswith(mark):
            raise SourceError(f"is {encoding}, not UTF-8", cure=_conversion(path, encoding=encoding), path=path)
    for signature, name in SIGNATURES.items():
        if data.startswith(signature):
            cure = "save the article as plain text or Markdown and name that file"
            raise SourceError(f"is {name}, not text", cure=cure, path=path)
    zero = data.find(b"\0")
    if zero >= 0:
        cure = "save the article as plain text or Markdown in UTF-8 and name that file"
        raise SourceError(f"is binary, not text (a zero byte at offset {zero})", cure=cure, path=path)


def _decoded(data: bytes, *, path: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start})",
            cure=_conversion(path, encoding="WINDOWS-1252"),
            path=path,
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error


def _conversion(path: Path, *, encoding: str) -> str:
    new = path.with_name(f"{path.stem}-utf8{path.suffix}")
    return f"convert it: iconv -f {encoding} -t UTF-8 {shlex.quote(str(path))} > {shlex.quote(str(new))}"
