"""Floor 3, sources: one post of a feed, whichever road it came by (`feedxml`, `feedlenient`) -> the Post."""

import re

from msgspec import Struct

from pipeline.patterns import regex
from pipeline.sources.debris import words_of
from pipeline.sources.draft import Post, PostKind, Removal
from pipeline.sources.exports.dates import FIRST_YEAR, LAST_YEAR, iso_date
from pipeline.sources.exports.paragraphs import paragraphs_of
from pipeline.sources.exports.record import (
    MOST_WORDS_OF_NOTES,
    TAG,
    Barrier,
    Record,
    count_words,
    plain_text,
    post_of,
)

#: A description is believed to be the whole text from so many words on, if nothing at its end says that it is not.
LEAST_WORDS_OF_TEXT = 200
MOST_WORDS_OF_SUMMARY = 80
LONGEST_SUMMARY = 4_000

#: How a text ends that goes on elsewhere. Dots alone may be the author's, unless it is a mere description.
CUT = regex(
    r"(?:\[\s*(?:…|\.\.\.)\s*\]|\b(?:read (?:more|on|the rest|the full \w+|the whole \w+)|continue reading\b.{0,150}"
    r"|keep reading\b.{0,60}|weiterlesen|lire la suite))\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_END = 2_000
DOTS = regex(r"(?:…|\.\.\.)\W*\Z")
#: What WordPress puts below every post in its feed.
FEED_FOOTER = regex(r"<p>\s*The post <a\b[^<>]*>(?:(?!</?p>).)*</a>\.?\s*</p>\s*\Z", re.IGNORECASE | re.DOTALL)


class FeedItem(Struct, frozen=True, kw_only=True):
    """What a feed states about one post. ``title``, ``content`` and ``summary`` are HTML; "" is nothing said.

    ``content`` is what the feed calls the text, ``summary`` what it calls description or summary. ``base`` is the
    address that relative ones in them are completed by.
    """

    id: str
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    address: str = ""
    base: str = ""
    tags: tuple[str, ...] = ()
    season: str = ""
    number: str = ""
    content: str = ""
    summary: str = ""
    has_sound: bool = False


def post_of_item(item: FeedItem) -> Post:
    """The Post that an item of a feed makes; one without its text if the feed has only a part of that.

    Raises:
        SourceError: its HTML cannot be read.
    """
    markup, footers = _text(item)
    is_episode = item.has_sound and count_words(item.content or item.summary) < MOST_WORDS_OF_NOTES
    if not markup and (item.content or item.summary) and not is_episode:
        return _with_summary_only(item)
    why = "a podcast episode with short notes, not an article"
    barriers = (Barrier(kind=PostKind.PODCAST, why=why),) if is_episode else ()
    record, removals = _record(item, markup=markup, barriers=barriers), (*footers, *_wrong_date(item))
    return post_of(record, markup or item.content or item.summary, base=item.base or item.address, removals=removals)


def id_of(told: str, *, address: str, title: str) -> str:
    """The name of an item for good: what the feed calls its id, else its address, else its title."""
    return f"feed:{told or address or plain_text(title)}"


def _text(item: FeedItem) -> tuple[str, tuple[Removal, ...]]:
    """The HTML of the whole text, "" if the feed has it not, and what was taken out."""
    written, removals = _without_footer(item.content or item.summary)
    words = " ".join(plain_text(written[-LONGEST_END:]).split()[-40:])
    is_cut = CUT.search(words) is not None
    if not item.content:
        is_cut = is_cut or DOTS.search(words) is not None or count_words(written) < LEAST_WORDS_OF_TEXT
    if is_cut:
        return "", ()
    return written if TAG.search(written) else paragraphs_of(written), removals


def _without_footer(written: str) -> tuple[str, tuple[Removal, ...]]:
    start = written.rfind("<p>The post ")
    footer = FEED_FOOTER.match(written, start) if start >= 0 else None
    if footer is None:
        return written, ()
    removal = Removal(text=plain_text(footer[0]), reason="a line that WordPress puts below every post in its feed")
    return written[: footer.start()], (removal,)


def _wrong_date(item: FeedItem) -> tuple[Removal, ...]:
    # Nobody who reads a feed can mend it, and the text is whole without its date.
    if not item.date or iso_date(item.date):
        return ()
    reason = f"its date in the feed is no date from {FIRST_YEAR} to {LAST_YEAR}; it is read without one"
    return (Removal(text=plain_text(item.date)[:60], reason=reason),)


def _with_summary_only(item: FeedItem) -> Post:
    cure = f"import the page itself: audio-edition import {item.address}" if item.address else "import the page itself"
    why = f"the feed has only the beginning or a summary of it; {cure}"
    barriers = (Barrier(kind=PostKind.OTHER, why=why),)
    post = post_of(_record(item, markup="", barriers=barriers), item.content or item.summary)
    return post if post.is_broken else Post(id=post.id, title=post.title, date=post.date, kind=post.kind, why=why)


def _record(item: FeedItem, *, markup: str, barriers: tuple[Barrier, ...]) -> Record:
    return Record(
        id=item.id,
        title=item.title,
        summary=_summary(item, markup=markup),
        authors=item.authors,
        date=iso_date(item.date),
        language=item.language,
        address=item.address,
        name=_name_in(item.address),
        tags=item.tags,
        season=item.season,
        number=item.number,
        barriers=barriers,
    )


def _summary(item: FeedItem, *, markup: str) -> str:
    """The description, unless it is the text or its beginning, which programs put there."""
    if not item.summary or len(item.summary) > LONGEST_SUMMARY:
        return ""
    written, _ = _without_footer(item.summary)
    words = plain_text(written)
    is_short = count_words(words) <= MOST_WORDS_OF_SUMMARY
    is_own = not (CUT.search(words) or DOTS.search(words))
    begins_text = words_of(plain_text(markup[: 4 * len(written) + 2_000])).startswith(words_of(words))
    return written if is_short and is_own and not begins_text else ""


def _name_in(address: str) -> str:
    """The last part of an address that has letters: quiet-straits of https://example.org/2026/quiet-straits/?a=b."""
    path = address.partition("?")[0].partition("#")[0].partition("://")[2]
    parts = [part for part in path.split("/")[1:] if any(letter.isalpha() for letter in part)]
    return re.sub(r"\.(?:html?|php|aspx?)\Z", "", parts[-1], flags=re.IGNORECASE) if parts else ""
