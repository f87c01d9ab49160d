"""Floor 3, sources: a fetched page <-> two files, its body and beside it a small JSON with what the server said of it.

Whatever does not read back whole (gone, changed, half written) is as if it had never been fetched.
"""

from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from pipeline.files import sha256_of, write_atomically

#: What bodies are called on disk. Only for people: readers go by the content.
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/json": ".json",
    "application/zip": ".zip",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
#: What a server says of files whose kind it does not know; then their own ending is as good.
_VAGUE = {"", "text/plain", "application/octet-stream", "binary/octet-stream"}
_ENDINGS = {".md", ".markdown", *_SUFFIXES.values()}


class Said(Struct, frozen=True, kw_only=True):
    """What the server said of a page ("" for nothing); ``url`` is where the redirects ended.

    ``etag`` and ``last_modified`` are what to ask with the next time.
    """

    url: str
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""


class Page(Struct, frozen=True, kw_only=True):
    """What an address led to: the body without any packing, and what was said of it."""

    said: Said
    body: bytes


class _Record(Struct, frozen=True, kw_only=True):
    """The JSON. ``digest`` is the SHA-256 of the body that it belongs to."""

    address: str
    digest: str
    said: Said


def kept_page(folder: Path, address: str) -> Page | None:
    """The Page that was kept for ``address``, or None if there is none that is whole."""
    try:
        record = msgspec.json.decode(_record_path(folder, address).read_bytes(), type=_Record)
        body = _body_path(folder, address, said=record.said).read_bytes()
    except (OSError, msgspec.DecodeError):
        return None
    is_whole = record.address == address and record.digest == sha256_of(body)
    return Page(said=record.said, body=body) if is_whole else None


def keep(page: Page, *, folder: Path, address: str) -> Path:
    """Where the body of ``page``, to which ``address`` led, now lies in ``folder``.

    Raises:
        StoreError: the disk does not take it.
    """
    path, record_path = _body_path(folder, address, said=page.said), _record_path(folder, address)
    record = _Record(address=address, digest=sha256_of(page.body), said=page.said)
    # If all ends between these two, the old record does not fit the new body, and the page is fetched again.
    write_atomically(path, page.body)
    write_atomically(record_path, msgspec.json.format(msgspec.json.encode(record)) + b"\n")
    for old in set(folder.glob(f"{_stem(address)}.*")) - {path, record_path}:
        old.unlink(missing_ok=True)  # the body of a time when the page was of another type
    return path


def _record_path(folder: Path, address: str) -> Path:
    return folder / f"{_stem(address)}.record.json"


def _body_path(folder: Path, address: str, *, said: Said) -> Path:
    ending = PurePosixPath(urlsplit(said.url).path).suffix.casefold()
    if said.media_type in _VAGUE and ending in _ENDINGS:
        return folder / f"{_stem(address)}{ending}"
    return folder / f"{_stem(address)}{_SUFFIXES.get(said.media_type, '.page')}"


def _stem(address: str) -> str:
    return sha256_of(address.encode("utf-8"))[:32]
