"""Floor 3, engines: what goes to a server and what comes back, as values that show no key and no text of an article."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct, field


class NetworkOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every engine of the network can be told in its table [engines.NAME] of show.toml.

    ``timeout_s``: for one whole answer. ``tries``: how often one thing is asked for. ``first_wait_s``: what may lie
    before the second try; it doubles each time, up to 60 times itself. ``requests_a_minute``: evenly spaced, 0 for no
    limit of our own. ``at_once``: how many requests are under way at a time.
    """

    timeout_s: Annotated[float, Meta(gt=0, le=3600)] = 60.0
    tries: Annotated[int, Meta(ge=1, le=100)] = 8
    first_wait_s: Annotated[float, Meta(gt=0, le=60)] = 1.0
    requests_a_minute: Annotated[float, Meta(ge=0)] = 0
    at_once: Annotated[int, Meta(ge=1, le=64)] = 4


class Request(Struct, frozen=True, kw_only=True):
    """One thing to ask for. Its repr has neither header values nor the query nor the body: keys and texts are there."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __repr__(self) -> str:
        """Method, address without its query, names of the headers, number of bytes."""
        return f"Request({self.method} {_bare(self.url)}, headers {sorted(self.headers)}, {len(self.body)} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """The same for rich, which would ask for every field."""
        return [("", repr(self))]


class Answer(Struct, frozen=True, kw_only=True):
    """What came back. The names in ``headers`` are in small letters.

    ``complaint`` is what the server says of its refusal, short and fit for a message: on one line, without a trace of a
    key; "" for a success, and where nothing of the kind can be made out.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    complaint: str = ""

    def __repr__(self) -> str:
        """Status, media type, number of bytes."""
        return f"Answer({self.status}, {self.headers.get('content-type', 'no type')}, {len(self.body)} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """The same for rich."""
        return [("", repr(self))]


class BadAnswer(Exception):
    """A server works, and this answer of it is of no use; the same thing is asked for again. ``what`` says why.

    It follows on the name of the server: "sent HTML instead of sound".
    """

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def _bare(url: str) -> str:
    """``url`` without what may be secret in it: a user's name and password, the query."""
    host_and_path = url.partition("?")[0].partition("#")[0]
    scheme, between, rest = host_and_path.partition("://")
    return f"{scheme}{between}{rest.rpartition('@')[2]}"
