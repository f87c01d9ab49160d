"""What a host serves for the addresses that a feed names, as far as it was asked: the facts of `check --url`."""

import re
from enum import Enum

from msgspec import Struct

from pipeline.model.document import FeedDocument
from pipeline.model.show import Artwork
from pipeline.patterns import regex

_CONTENT_RANGE = regex(r"bytes\s+(\d{1,18})-(\d{1,18})/(\d{1,18})", re.IGNORECASE)


class ServedKind(Enum):
    """What is at an address, in words for messages."""

    FEED = "the feed"
    PAGE = "a further page of the feed"
    SOUND = "the sound"
    OTHER_FORM = "another form of the sound"
    ARTWORK = "the artwork"
    TRANSCRIPT = "the transcript"
    CHAPTERS = "the chapters"


class Trouble(Enum):
    """Why an answer did not come, or not whole."""

    NAME = "no such host"
    CONNECTION = "no connection"
    CERTIFICATE = "no trust"
    SILENCE = "too slow"
    BROKEN = "broken off"
    NO_HTTP = "no HTTP"
    ASTRAY = "redirected nowhere"


class Failure(Struct, frozen=True, kw_only=True):
    """What went wrong. ``what`` is a predicate, as "takes no connection"."""

    trouble: Trouble
    what: str


class Hop(Struct, frozen=True, kw_only=True):
    """One redirect: its status and where to, as an absolute address fit to be shown."""

    status: int
    to: str


class Answer(Struct, frozen=True, kw_only=True):
    """What came of one request, after ``hops``. ``address`` gave the last answer.

    ``status`` is None where no head of an answer came. The names of ``headers`` are in small letters. ``body_bytes``
    counts what came of the body, as sent; ``is_cut`` where this side hung up, having heard enough.
    """

    address: str
    status: int | None = None
    headers: dict[str, str]
    hops: tuple[Hop, ...] = ()
    body_bytes: int = 0
    is_cut: bool = False
    failure: Failure | None = None

    @property
    def is_good(self) -> bool:
        """Whether it is what was asked for, all or a part of it."""
        return self.failure is None and self.status in {200, 206}

    @property
    def media_type(self) -> str:
        """Content-Type without its parameters, in small letters; "" where none is said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().casefold()

    @property
    def content_length(self) -> int | None:
        """Content-Length in bytes, None where it is not said."""
        said = self.headers.get("content-length", "").strip()
        return int(said) if said.isdecimal() and len(said) < 19 else None

    @property
    def content_range(self) -> tuple[int, int, int] | None:
        """Content-Range as first byte, last byte and length of the whole; None where it is not said so."""
        found = _CONTENT_RANGE.fullmatch(self.headers.get("content-range", "").strip())
        return (int(found[1]), int(found[2]), int(found[3])) if found is not None else None

    @property
    def whole_bytes(self) -> int | None:
        """The length of the whole file that it says or is a part of, None where it does not say."""
        if self.status == 206:
            return self.content_range[2] if self.content_range is not None else None
        return self.content_length if self.status == 200 else None


class Named(Struct, frozen=True, kw_only=True):
    """An address as a feed names it.

    ``where`` is its place in the feed and the address, for messages. ``media_type`` and ``length_bytes`` are what the
    feed says of it, "" and None where it does not.
    """

    kind: ServedKind
    address: str
    where: str
    media_type: str = ""
    length_bytes: int | None = None


class RangeAnswer(Struct, frozen=True, kw_only=True):
    """The answer to ``asked``, as "bytes=0-0". ``meant`` is the first and last byte to come; None past the end."""

    asked: str
    meant: tuple[int, int] | None
    answer: Answer


class Served(Struct, frozen=True, kw_only=True):
    """What came back for one address. ``head``, ``conditional`` and ``ranges`` are missing where they were not asked.

    ``get`` is the first answer: to a plain GET, of a sound to one for its first byte. ``unpacked_bytes`` is what its
    body comes to unpacked. ``content_fault`` says what is wrong in the body, as a predicate, "" for nothing, and
    ``content_cure`` what to do about it, where that is known.
    ``artwork`` is what an image really is, None for what is no whole image.
    """

    named: Named
    get: Answer
    head: Answer | None = None
    conditional: Answer | None = None
    ranges: tuple[RangeAnswer, ...] = ()
    unpacked_bytes: int = 0
    content_fault: str = ""
    content_cure: str = ""
    artwork: Artwork | None = None


class Probe(Struct, frozen=True, kw_only=True):
    """All that a host was asked for one feed.

    ``document`` is None where the feed could not be read. ``episodes`` of them have a sound, ``episodes_asked`` were
    asked for; ``unasked`` addresses were not reached before the time was up, ``seconds`` of it. ``requests`` were sent.
    """

    feed: Served
    document: FeedDocument | None
    others: tuple[Served, ...]
    episodes: int
    episodes_asked: int
    unasked: int
    seconds: float
    requests: int

    @property
    def all(self) -> tuple[Served, ...]:
        """The feed and what it names, in its order."""
        return (self.feed, *self.others)
