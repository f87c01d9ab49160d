"""How an episode stands in the feed: what its article says of that, beside what is heard."""

from datetime import datetime
from enum import Enum

from msgspec import Struct


class EpisodeKind(Enum):
    """What an episode is to the show (RSS: item/itunes:episodeType)."""

    FULL = "full"
    TRAILER = "trailer"
    BONUS = "bonus"


class Person(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who took part (RSS: podcast:person). "" as ``role`` is the namespace's default, a host of the cast.

    ``url`` is about them, ``image`` shows them. Source: podcast-namespace, docs/tags/person.md.
    """

    name: str
    role: str = ""
    group: str = ""
    url: str = ""
    image: str = ""


class SoundbiteMark(Struct, frozen=True, kw_only=True):
    """A stretch that stands for the whole, as the author marks it: the words it begins with, before it is known when.

    ``title`` is "" for the episode's own; ``line`` is where it stands in the source, for messages.
    """

    words: str
    seconds: float
    title: str = ""
    line: int | None = None


class Soundbite(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same in the finished sound, in whole milliseconds (RSS: item/podcast:soundbite)."""

    start_ms: int
    duration_ms: int
    title: str = ""


class Listing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an article says of its place in the feed.

    ``season`` and ``number`` count from 1, None where it says nothing (RSS: itunes:season, itunes:episode).
    ``is_explicit`` is None where the show decides. A draft is built and never listed; under an embargo it is not
    listed before ``embargo_until``, aware UTC, whatever its date. ``notes_html`` are the author's own words for the
    show notes, as clean HTML.
    """

    kind: EpisodeKind = EpisodeKind.FULL
    season: int | None = None
    number: int | None = None
    is_explicit: bool | None = None
    is_draft: bool = False
    embargo_until: datetime | None = None
    persons: tuple[Person, ...] = ()
    notes_html: str = ""
