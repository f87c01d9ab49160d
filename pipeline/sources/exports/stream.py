"""Floor 3, sources: the bytes of an XML export, with a mark in the place of every byte that is not UTF-8.

A parser stops for good at the first such byte. With the mark, the one post that holds it is broken and the others are
read. What the byte was meant to be is not guessed.
"""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import SourceError

MOST_BYTES = 500_000_000

#: A code point that Unicode keeps free of characters for good and XML lets through.
MARK = "\ufdd0"
BROKEN_BYTES = "holds bytes that are not UTF-8; mend the post on the site and export it again"
CHUNK = 64 * 1024


@contextmanager
def open_xml(path: Path) -> Iterator[IO[bytes]]:
    """The file as a stream for `iterate_xml`, for a `with`.

    Raises:
        SourceError: it is more than 500 MB.
    """
    require_size(path)
    with path.open("rb") as file:
        head = file.read(200)
        file.seek(0)
        yield io.BufferedReader(_Marked(file), CHUNK) if _is_utf8(head) else file


def require_size(path: Path) -> None:
    """Nothing, unless the file is larger than any export.

    Raises:
        SourceError: it is more than 500 MB, or no file that can be opened.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        what = f"cannot be opened ({error.strerror or error})"
        raise SourceError(what, cure="check its name and permissions", path=path) from error
    if size > MOST_BYTES:
        what = f"holds {size / 1e6:,.0f} MB and {MOST_BYTES / 1e6:,.0f} MB is the most"
        raise SourceError(what, cure="export it year by year, or author by author", path=path)


class _Marked(io.RawIOBase):
    """A UTF-8 stream whose broken bytes are marked."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # always given one by BufferedReader
        while not self._left:
            data = self._file.read(CHUNK)
            self._left = _marked(self._decoder.decode(data, final=not data))
            if not data:
                break
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def _marked(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return "".join(MARK if "\ud800" <= letter <= "\udfff" else letter for letter in text).encode()


def _is_utf8(head: bytes) -> bool:
    # UTF-16 begins with a mark or a zero byte; everything else says what it is in ASCII.
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]:
        return False
    declaration = head.split(b"?>")[0].lower() if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") else b""
    return b"encoding" not in declaration or b"utf-8" in declaration or b"ascii" in declaration
