"""Floor 3, sources: what host and reading room say to each other: a 4-byte length, big-endian, and msgpack."""

import os
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from pipeline.model import Article
from pipeline.sources.draft import Post, Source
from pipeline.sources.given import Given

#: The longest answer that the host takes: what it becomes in memory is several times as large.
MOST_FRAME_BYTES = 32_000_000

#: How a worker ends whose memory ran out.
MEMORY_STATUS = 77


class NextPost(Struct, frozen=True, tag=True):
    """Request: Post ``number`` (from 0) of a source.

    ``visit`` names one way through the source, from its start to its end. A worker that does not know it opens the
    source at that number, so that the request is the same before and after a worker's death.
    """

    visit: int
    source: Source
    number: int


class ReadArticle(Struct, frozen=True, tag=True):
    """Request: the Article in a source."""

    source: Source
    given: Given


class Ask(Struct, frozen=True, kw_only=True):
    """A request, the seconds of computing that it may take, and the visits that are over although there was more."""

    request: NextPost | ReadArticle
    patience_s: float
    left: tuple[int, ...] = ()


class OnePost(Struct, frozen=True, tag=True):
    """Answer to NextPost: here it is."""

    post: Post


class NoMore(Struct, frozen=True, tag=True):
    """Answer to NextPost: the source has no Post of that number."""


class WholeArticle(Struct, frozen=True, tag=True):
    """Answer to ReadArticle: here it is."""

    article: Article


class Refused(Struct, frozen=True, tag=True, kw_only=True):
    """Answer to either: a SourceError or ConfigError, taken apart."""

    is_config: bool
    what: str
    cure: str
    path: Path | None
    line: int | None


class Beaten(Struct, frozen=True, tag=True):
    """Answer to either: it was too much, and why: "is nested too deeply to be read"."""

    why: str


class Failed(Struct, frozen=True, tag=True):
    """Answer to either: the reader has a bug, and this is where."""

    traceback: str


Answer = OnePost | NoMore | WholeArticle | Refused | Beaten | Failed


def _plain(value: object) -> bytes:
    # As bytes, because a file name need not be text.
    if isinstance(value, Path):
        return os.fsencode(value)
    raise TypeError(value)


def _path(wanted: type, value: Any) -> Path:
    if wanted is Path and isinstance(value, bytes):
        return Path(os.fsdecode(value))
    raise TypeError(value)


encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode
decode_ask = msgspec.msgpack.Decoder(Ask, dec_hook=_path).decode
decode_answer = msgspec.msgpack.Decoder(Answer, dec_hook=_path).decode


def whole_characters(text: str) -> str:
    """``text`` with ? for halves of characters: a file name that is no text leaves such, and they cannot be sent."""
    return text.encode("utf-8", "replace").decode()
