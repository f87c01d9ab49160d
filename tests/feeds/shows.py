"""A show of three episodes, the newest in the middle, and six shows that use all that a feed can say: for the tests."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from pipeline.feeds.ledger import podcast_guid
from pipeline.model import (
    AlternateEnclosure,
    Episode,
    EpisodeKind,
    FeedSettings,
    FeedText,
    Funding,
    LanguageEdition,
    Listing,
    Move,
    Person,
    RemoteShow,
    Season,
    Show,
    ShowLedger,
    ShowType,
    Soundbite,
    UpdateFrequency,
)
from tests.samples import SHOW, episode, web_file

LEDGER = ShowLedger(podcast_guid=podcast_guid(SHOW.feed_url))
ARTWORK = web_file("feeds/cover-aaaaaaaa.jpg", media_type="image/jpeg")

STRAITS = episode()
GRAIN = episode(
    "grain",
    guid="0d6f2a0e-51b5-4d8c-8f2c-5b1c7e1b7a02",
    title="The grain deal & its <quiet> end",
    author="",
    published=datetime(2026, 5, 4, 6, tzinfo=UTC),
    source_url="",
    notes_html='<p>Who pays &amp; who <a href="https://harbour-review.example/?a=1&amp;b=2">waits</a>.</p>',
)
PORTS = episode(
    "ports",
    guid="9b1f7c3e-2f0f-4c57-9a34-0a5c8f2d6e03",
    title="Two ports, one lender",
    published=datetime(2026, 4, 6, 6, tzinfo=UTC),
    source_url="https://harbour-review.example/häfen und mehr",
    chapters=(),
    chapters_file=None,
    transcripts=(),
)
EPISODES = (STRAITS, GRAIN, PORTS)

SALKA = Person(
    name="Salka Ostrava",
    role="editor",
    group="writing",
    url="https://harbour-review.example/salka?a=1&b=2",
    image="https://harbour-review.example/salka.jpg",
)
AMARO = Person(name="Amaro", role="guest")

FULL_SHOW = msgspec.structs.replace(
    SHOW,
    explicit=True,
    copyright="The Harbour Trust",
    categories=("News > Politics", "News > Daily News", "History"),
    seasons=(Season(number=2, name="Ice & winter"),),
    feed=FeedSettings(
        websub_hub="https://hub.example/",
        license="house-terms",
        license_url="https://harbour-review.example/terms",
        funding=(Funding(url="https://harbour-review.example/support?a=1&b=2", text="Keep us afloat"),),
        persons=(SALKA,),
        update_frequency=UpdateFrequency(text="Every Monday", rrule="FREQ=WEEKLY;BYDAY=MO"),
        podroll=(
            RemoteShow(
                feed_guid="917393e3-1b1e-5cef-ace4-edaa54e1f810",
                feed_url="https://causeway-letter.example/feed.xml",
                title="The Causeway Letter",
            ),
            RemoteShow(feed_guid="5a1d4f3e-0c44-5ba3-9f0e-2b6d1b2f7c11"),
        ),
        publisher=RemoteShow(
            feed_guid="9b024349-ccf0-5f69-a609-6b82873eab3c", feed_url="https://harbour-review.example/all.xml"
        ),
        texts=(FeedText(text="first line\nsecond <line>", purpose="verify"), FeedText(text="free & easy")),
        apple_verify="code-123",
        is_complete=True,
    ),
    language_editions=(
        LanguageEdition(language="de", feed_url="https://audio.harbour-review.example/feeds/de/podcast.xml", title="H"),
    ),
)
FULL_EPISODE = msgspec.structs.replace(
    STRAITS,
    listing=Listing(season=2, number=3, is_explicit=False, persons=(AMARO,)),
    soundbites=(
        Soundbite(start_ms=73_500, duration_ms=30_000, title="Who “moved” first?"),
        Soundbite(start_ms=1_000, duration_ms=20_005),
    ),
    alternates=(
        AlternateEnclosure(
            file=web_file("episodes/straits/straits-bbbbbbbb.m4a", media_type="audio/mp4"),
            bitrate_kbps=64,
            title="AAC",
            codecs="mp4a.40.2",
        ),
    ),
)
TRAILER = episode(
    "welcome",
    guid="3c9d6b55-8a53-4a05-8f3e-6d2c6b0c7d04",
    title="What this show is",
    published=datetime(2025, 12, 1, 6, tzinfo=UTC),
    listing=Listing(kind=EpisodeKind.TRAILER, season=2),
)
BONUS = episode(
    "letters",
    guid="7e1f0a66-1c1e-4c3b-bb5d-0f5d7f0e9e05",
    title="Your letters",
    published=datetime(2026, 5, 11, 6, tzinfo=UTC),
    listing=Listing(kind=EpisodeKind.BONUS, season=2),
)


class Case(NamedTuple):
    """A show, its ledger and its episodes."""

    show: Show
    ledger: ShowLedger
    episodes: tuple[Episode, ...]


def numbered(count: int, *, first: datetime = datetime(2026, 1, 1, 6, tzinfo=UTC)) -> tuple[Episode, ...]:
    """``count`` episodes, a day apart, the oldest first; number 7 is called "issue-7"."""
    return tuple(
        episode(
            f"issue-{number}",
            guid=f"00000000-0000-4000-8000-{number:012}",
            title=f"Issue {number}",
            published=first + timedelta(days=number),
            source_url="",
        )
        for number in range(1, count + 1)
    )


def serial(season: int, number: int, *, month: int) -> Episode:
    return episode(
        f"part-{season}-{number}",
        guid=f"00000000-0000-4000-8000-{season:06}{number:06}",
        title=f"Part {number}",
        published=datetime(2026, month, number, 6, tzinfo=UTC),
        listing=Listing(season=season, number=number),
    )


PAGED_SHOW = msgspec.structs.replace(SHOW, feed=FeedSettings(items_per_page=3))

CASES = {
    "minimal": Case(msgspec.structs.replace(SHOW, email="", feed=FeedSettings(has_owner=False)), LEDGER, (PORTS,)),
    "plain": Case(SHOW, LEDGER, EPISODES),
    "full": Case(FULL_SHOW, LEDGER, (FULL_EPISODE, GRAIN, TRAILER, BONUS)),
    "serial": Case(
        msgspec.structs.replace(
            SHOW, type=ShowType.SERIAL, seasons=(Season(number=1, name="Sand"), Season(number=2, name="Ice"))
        ),
        LEDGER,
        tuple(serial(season, number, month=season) for season in (1, 2) for number in (1, 2, 3)),
    ),
    "private": Case(
        msgspec.structs.replace(SHOW, token="c2VjcmV0", feed=FeedSettings(is_private=True)), LEDGER, EPISODES
    ),
    "moved": Case(
        SHOW,
        msgspec.structs.replace(
            LEDGER,
            moves=(
                Move(
                    at=datetime(2026, 6, 1, tzinfo=UTC),
                    old_url="https://old.harbour-review.example",
                    new_url="https://audio.harbour-review.example/",
                ),
            ),
        ),
        EPISODES,
    ),
    "paged": Case(PAGED_SHOW, LEDGER, (*numbered(11), TRAILER)),
}
