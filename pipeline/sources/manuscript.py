"""Floor 3, sources: the bytes of a file -> clean text. Every format starts here; every Span counts characters of it."""

import shlex
import unicodedata
from collections import Counter
from pathlib import Path

from msgspec import Struct

from pipeline.errors import SourceError
from pipeline.patterns import regex
from pipeline.sources.draft import Removal
from pipeline.sources.frontmatter import FrontMatter

MOST_BYTES = 10_000_000

#: Marks at the start of other encodings than UTF-8, and what `iconv` calls them. The longer ones come first.
OTHER_ENCODINGS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}

#: C0 and C1 controls but tab and newline, soft hyphens, zero-width characters, halves of characters, and everything
#: that turns the direction of writing: none of them is seen, and each of them can be heard or hide something. A joiner
#: between two signs beyond Latin letters is part of how they are written: an emoji of four people, a word of Persian.
UNSEEN = regex(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
    "|(?<![\u0590-\u1fff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
    "|[\u200c\u200d](?![\u0590-\u1fff\u2190-\u2bff\U0001f000-\U0001faff])"
)
NEW_LINES = regex("\r\n?|\x85|\u2029")
#: Line and page breaks inside a paragraph: dropping them would join two words.
SOFT_BREAKS = regex("[\x0b\x0c\u2028]")


class Manuscript(Struct, frozen=True, kw_only=True):
    """An article before it is Blocks: the whole clean text, what its front matter says, and what was taken out."""

    path: Path
    text: str
    front: FrontMatter
    removals: tuple[Removal, ...] = ()

    @property
    def body(self) -> str:
        """The text after the front matter; ``front.end`` is where it starts in ``text``."""
        return self.text[self.front.end :]


def read_text(path: Path) -> tuple[str, tuple[Removal, ...]]:
    """The clean text of the whole file, and what was taken out of it. What kind of file it is, `formats` has seen.

    Raises:
        SourceError: it cannot be opened, or is not UTF-8 text of at most 10 MB.
    """
    data = _bytes_of(path)
    _refuse_binary(data, path=path)
    written = _decoded(data, path=path).removeprefix("\ufeff")
    text = clean(written)
    if not text.strip():
        raise SourceError("holds no text", cure="put the article into it", path=path)
    return text, unseen_in(written)


def clean(text: str) -> str:
    """``text`` in NFC with ``\\n`` as its only line end and without characters that nobody sees."""
    seen = UNSEEN.sub("", SOFT_BREAKS.sub(" ", NEW_LINES.sub("\n", text)))
    return unicodedata.normalize("NFC", seen)


def unseen_in(text: str) -> tuple[Removal, ...]:
    """What `clean` takes out of ``text``: "3 x soft hyphen", with the reason; nothing for nothing."""
    counts = Counter(UNSEEN.findall(text))
    if not counts:
        return ()
    named = (f"{count} x {_name_of(character)}" for character, count in sorted(counts.items()))
    return (Removal(text=", ".join(named), reason="characters that nobody sees; a voice may say them"),)


def _name_of(character: str) -> str:
    return unicodedata.name(character, "control character").lower() + f" (U+{ord(character):04X})"


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"cannot be opened ({reason})", cure="check its name and permissions", path=path) from error
    if len(data) > MOST_BYTES:
        raise SourceError("holds more than 10 MB", cure="split it", path=path)
    return data


def _refuse_binary(data: bytes, *, path: Path) -> None:
    for mark, encoding in OTHER_ENCODINGS.items():
        if data.startswith(mark):
            raise SourceError(f"is {encoding}, not UTF-8", cure=_conversion(path, encoding=encoding), path=path)
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
