"""Floor 3, sources: an RSS or Atom feed -> Posts.

Two roads that agree: lxml for feeds that are well-formed XML, one item at a time; from where one is not, feedparser,
which mends what it meets but holds all of it. A feed that breaks off is not mended: the posts before the break come,
then an error, or nobody would see that some are missing.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from pipeline.errors import SourceError
from pipeline.sources.draft import Post, Source
from pipeline.sources.exports.feedlenient import MOST_BYTES, items_of_anything
from pipeline.sources.exports.feedxml import items_of_xml
from pipeline.sources.exports.record import Found, posts_of
from pipeline.sources.exports.stream import open_xml

#: How the end of a whole feed reads, and how far from the end of the file: programs that cache it sign below.
END = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
TAIL = 2_000


def feed_posts(source: Source, start: int) -> Iterator[Post]:
    """The Posts of a feed in its order, from number ``start`` on.

    Raises:
        SourceError: it is no feed, has no posts, breaks off, or is not well-formed and larger than 5 MB.
    """
    yield from posts_of(_found(source), start=start)


def _found(source: Source) -> Iterator[Found]:
    count = 0
    try:
        with open_xml(source.path) as stream:
            for found in items_of_xml(stream, source):
                yield found
                count += 1
    except SourceError as error:
        data = _mendable(source, error)
        for found in islice(items_of_anything(data), count, None):
            yield found
            count += 1
    if not count:
        raise SourceError(
            "holds no posts of an RSS or Atom feed", cure="name the address of the feed", path=source.path
        )


def _mendable(source: Source, error: SourceError) -> bytes:
    """The bytes of the feed, if it is one that feedparser may mend.

    Raises:
        SourceError: ``error``, or that the feed breaks off.
    """
    # What is refused for its entities is not handed to the next parser.
    if not isinstance(error.__cause__, etree.XMLSyntaxError) or source.path.stat().st_size > MOST_BYTES:
        raise error
    with open_xml(source.path) as stream:
        data = stream.read()
    if b"<!ENTITY" in data:
        raise error
    if END.search(data, max(0, len(data) - TAIL)) is None:
        raise SourceError("breaks off in the middle", cure="download it again", path=source.path) from error
    return data
