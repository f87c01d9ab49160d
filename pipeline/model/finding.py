"""What a check found: the rule, how bad it is, where, and the cure."""

from enum import Enum

from msgspec import Struct


class Severity(Enum):
    """An error keeps the feed out of a directory; a warning hurts listeners; advice makes it better."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Directory(Enum):
    """Who reads the feed."""

    APPLE = "Apple Podcasts"
    SPOTIFY = "Spotify"
    AMAZON = "Amazon Music/Audible"
    YOUTUBE = "YouTube Music"
    PSP = "PSP-1"
    PODCASTING20 = "Podcasting 2.0"


class Finding(Struct, frozen=True, kw_only=True):
    """One thing a check found. ``rule`` is the rule's id, ``source`` the document that says so."""

    rule: str
    severity: Severity
    directories: tuple[Directory, ...]
    where: str
    what: str
    cure: str
    source: str
