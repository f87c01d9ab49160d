"""Floor 2: the documents that the rules over a feed come from; rows are those of the project's table, feeds.md."""

from pipeline.model import Directory
from pipeline.rules.rule import Confidence, Source

#: Who reads podcast: elements, and who of them lists shows for others.
NAMESPACE_READERS = (Directory.PODCASTING20,)
TRANSCRIPT_READERS = (Directory.APPLE, Directory.PODCASTING20)


def rss(row: str) -> Source:
    """www.rssboard.org/rss-specification, and the RSS profile of 2007-10-15."""
    return Source("RSS 2.0.11 and the RSS profile", row, Confidence.STANDARD)


def xml(row: str) -> Source:
    """www.w3.org/TR/xml; Apple and PSP-1 want UTF-8 and the declaration."""
    return Source("XML 1.0; Apple, Podcast requirements (823); PSP-1", row, Confidence.PRIMARY)


def psp(row: str) -> Source:
    """The Podcast Standards Project's first edition."""
    return Source("PSP-1, 2023-08-07", row, Confidence.PRIMARY)


def w3c(row: str) -> Source:
    """What the W3C feed validator says, by the RSS profile."""
    return Source("RSS profile, by the W3C validator", row, Confidence.PRIMARY)


def spotify(row: str) -> Source:
    """Spotify's Podcast Delivery Specification, as people quote it, and its help pages."""
    return Source("Spotify, Podcast Delivery Specification 1.9 and help pages", row, Confidence.SECONDARY)


def clients(row: str, *, seen: str) -> Source:
    """What was seen in apps: measured, or reported by their authors in ``seen``."""
    return Source(seen, row, Confidence.PRIMARY)


def simple_chapters(row: str) -> Source:
    """podlove.org/simple-chapters, 1.2 of 2013-05-18."""
    return Source("Podlove Simple Chapters 1.2", row, Confidence.TRANSCRIBED)
