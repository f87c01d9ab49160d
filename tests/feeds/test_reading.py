"""A feed that says anything else than the values do is refused, and the message names the place."""

import re

import msgspec
import pytest

from pipeline.errors import FeedError
from pipeline.feeds.reading import verify_feed
from pipeline.feeds.writing import write_feed
from tests.feeds.shows import ARTWORK, EPISODES, LEDGER, STRAITS
from tests.samples import SHOW

GOOD = write_feed(SHOW, LEDGER, episodes=EPISODES, artwork=ARTWORK)


def test_what_was_written_is_accepted() -> None:
    verify_feed(GOOD, SHOW, episodes=EPISODES)


@pytest.mark.parametrize(
    ("written", "instead", "named"),
    [
        (b'length="1000"', b'length="999"', "enclosure of episode '(grain|ports|straits)'"),
        (b'length="1000"', b'length="0"', "enclosure of episode"),
        (b'type="audio/mpeg"', b'type="audio/mp3"', "enclosure of episode"),
        (b"straits-aaaaaaaa.mp3", b"straits-bbbbbbbb.mp3", "enclosure of episode 'straits'"),
        (b"<title>Two ports, one lender</title>", b"<title>Two ports</title>", "title of episode 'ports'"),
        (b"02 Mar 2026 06:00:00 +0000</pubDate>", b"03 Mar 2026 06:00:00 +0000</pubDate>", "date of episode 'straits'"),
        (b"02 Mar 2026 06:00:00 +0000</pubDate>", b"maerz</pubDate>", "date of episode 'straits'"),
        (b"<itunes:duration>422</itunes:duration>", b"<itunes:duration>42</itunes:duration>", "duration of episode"),
        (STRAITS.guid.encode(), b"other", "list of GUIDs"),
        (b'isPermaLink="false"', b'isPermaLink="true"', "isPermaLink of episode"),
        (b"<title>The Harbour Review</title>", b"<title>The Harbor Review</title>", "title reads"),
        (b"<language>en-GB</language>", b"<language>en</language>", "language reads"),
        (b"/feeds/podcast.xml", b"/feeds/other.xml", "the feed's own address"),
        (b"<itunes:explicit>false", b"<itunes:explicit>no", "itunes:explicit"),
        (b'text="Politics"', b'text="Polemics"', "categories"),
        (b"straits-aaaaaaaa.vtt", b"straits-bbbbbbbb.vtt", "transcripts of episode 'straits'"),
        (b"straits-aaaaaaaa.chapters", b"straits-bbbbbbbb.chapters", "chapters file of episode 'straits'"),
        (b'start="00:04:02.031"', b'start="00:04:02.000"', "chapters of episode"),
        (b"Insurers moved first.", b"Insurers moved.", "show notes of episode"),
        (b"<link>https://harbour-review.example/straits<", b"<link>https://harbour-review.example<", "link of episode"),
    ],
)
def test_a_feed_that_says_something_else_is_refused(written: bytes, instead: bytes, named: str) -> None:
    assert written in GOOD
    with pytest.raises(FeedError, match=named) as caught:
        verify_feed(GOOD.replace(written, instead), SHOW, episodes=EPISODES)
    assert "audio-edition feed" in caught.value.cure


def test_a_lost_episode_is_named() -> None:
    fewer = write_feed(SHOW, LEDGER, episodes=EPISODES[1:], artwork=ARTWORK)
    with pytest.raises(FeedError, match=f"list of GUIDs .*{STRAITS.guid}.*more differences"):
        verify_feed(fewer, SHOW, episodes=EPISODES)


def test_an_episode_too_many_is_refused() -> None:
    with pytest.raises(FeedError, match="list of GUIDs"):
        verify_feed(GOOD, SHOW, episodes=EPISODES[1:])


def test_another_order_is_refused() -> None:
    items = re.findall(rb"    <item>.*?</item>\n", GOOD, re.DOTALL)
    swapped = GOOD.replace(items[0], b"<!-- -->").replace(items[1], items[0]).replace(b"<!-- -->", items[1])
    with pytest.raises(FeedError, match="list of GUIDs"):
        verify_feed(swapped, SHOW, episodes=EPISODES)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not well-formed"),
        (GOOD[:-20], "not well-formed"),
        (GOOD.replace(b"&lt;", b"<", 1), "not well-formed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "not RSS 2.0"),
        (b"<rss version='2.0'/>", "not RSS 2.0"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(FeedError, match=words):
        verify_feed(data, SHOW, episodes=EPISODES)


def test_entities_are_not_expanded() -> None:
    bomb = GOOD.replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY a "Two ports, one lender">]><rss', 1).replace(
        b"<title>Two ports, one lender<", b"<title>&a;<"
    )
    with pytest.raises(FeedError):
        verify_feed(bomb, SHOW, episodes=[msgspec.structs.replace(of, title="Two ports") for of in EPISODES])


def test_links_and_images_of_chapters_are_compared_too() -> None:
    first, second, third = STRAITS.chapters
    chapters = (
        msgspec.structs.replace(first, link="https://treaties.example/?a=1&b=2"),
        msgspec.structs.replace(second, image="episodes/straits/straits-bbbbbbbb.png"),
        third,
    )
    rich = msgspec.structs.replace(STRAITS, chapters=chapters)
    data = write_feed(SHOW, LEDGER, episodes=[rich], artwork=ARTWORK)
    verify_feed(data, SHOW, episodes=[rich])
    for written, instead in (
        (b' href="https://treaties.example/?a=1&amp;b=2"', b""),
        (b"?a=1&amp;b=2", b"?a=1"),
        (b' image="https://audio.harbour-review.example/episodes/straits/straits-bbbbbbbb.png"', b""),
        (b"straits-bbbbbbbb.png", b"straits-cccccccc.png"),
    ):
        assert written in data
        with pytest.raises(FeedError, match="chapters of episode 'straits'"):
            verify_feed(data.replace(written, instead), SHOW, episodes=[rich])
