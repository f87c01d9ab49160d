"""The whole feed, and each promise of it, judged by other readers than the one that wrote it."""

import io
import locale
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import podcastparser
import pytest
from lxml import etree

from pipeline import __version__
from pipeline.errors import FeedError
from pipeline.feeds.extension.elements import NAMESPACES
from pipeline.feeds.pages import whole_feed
from pipeline.feeds.writing import write_feed, write_item, write_page
from pipeline.model import (
    Episode,
    FeedSettings,
    Funding,
    LanguageEdition,
    Listing,
    Person,
    RemoteShow,
    Revision,
    Show,
    ShowType,
)
from tests.feeds.shows import (
    AMARO,
    ARTWORK,
    CASES,
    EPISODES,
    GRAIN,
    LEDGER,
    PORTS,
    SALKA,
    STRAITS,
)
from tests.samples import SHOW, web_file


def feed(show: Show = SHOW, episodes=EPISODES) -> bytes:
    return write_feed(show, LEDGER, episodes=episodes, artwork=ARTWORK)


def channel_of(data: bytes) -> etree._Element:
    channel = etree.fromstring(data).find("channel")
    assert channel is not None
    return channel


def text_of(element: etree._Element, path: str) -> str | None:
    return element.findtext(path, namespaces=NAMESPACES)


def all_of(element: etree._Element, path: str) -> list[dict[str, str]]:
    return [dict(found.attrib) for found in element.iterfind(path, NAMESPACES)]


def test_an_app_lists_the_three_episodes_newest_first() -> None:
    seen = podcastparser.parse(SHOW.feed_url, io.BytesIO(feed()))
    assert seen["title"] == "The Harbour Review"
    assert seen["explicit"] is False
    assert seen["itunes_categories"] == [["News", "Politics"], ["Government"]]
    assert seen["itunes_owner"] == {"name": "The Harbour Review", "email": "podcast@harbour-review.example"}
    assert seen["cover_url"] == "https://audio.harbour-review.example/feeds/cover-aaaaaaaa.jpg"
    assert [item["guid"] for item in seen["episodes"]] == [GRAIN.guid, PORTS.guid, STRAITS.guid]
    newest = seen["episodes"][0]
    assert newest["title"] == "The grain deal & its <quiet> end"
    assert newest["total_time"] == 422
    assert newest["enclosures"] == [
        {
            "url": "https://audio.harbour-review.example/episodes/grain/grain-aaaaaaaa.mp3",
            "file_size": 1000,
            "mime_type": "audio/mpeg",
        }
    ]
    assert [chapter["title"] for chapter in newest["chapters"]] == [
        "Opening",
        "What the insurers saw",
        "The price of waiting",
    ]


def test_items_stand_newest_first_in_the_document_too() -> None:
    titles = [item.findtext("title") for item in channel_of(feed()).iterfind("item")]
    assert titles == [GRAIN.title, PORTS.title, STRAITS.title]


def test_the_channel_says_what_only_the_extension_can() -> None:
    channel = channel_of(feed(msgspec.structs.replace(SHOW, feed=FeedSettings(websub_hub="https://hub.example/"))))
    assert all_of(channel, "atom:link") == [
        {"href": SHOW.feed_url, "rel": "self", "type": "application/rss+xml"},
        {"rel": "hub", "href": "https://hub.example/"},
    ]
    assert text_of(channel, "link") == SHOW.link
    assert text_of(channel, "itunes:explicit") == "false"
    assert text_of(channel, "itunes:type") == "episodic"
    assert text_of(channel, "podcast:guid") == LEDGER.podcast_guid
    assert text_of(channel, "podcast:locked") == "yes"
    assert all_of(channel, "podcast:locked") == [{"owner": SHOW.email}]
    assert text_of(channel, "podcast:medium") == "podcast"
    assert text_of(channel, "podcast:txt[@purpose='ai-content']") == "true"
    assert text_of(channel, "generator") == f"audio-edition {__version__}"


def test_an_item_names_its_transcripts_chapters_and_author() -> None:
    item = channel_of(feed(episodes=[STRAITS])).find("item")
    assert item is not None
    folder = "https://audio.harbour-review.example/episodes/straits/straits-aaaaaaaa"
    assert all_of(item, "podcast:transcript") == [
        {"url": f"{folder}.vtt", "type": "text/vtt", "language": "en-GB", "rel": "captions"},
        {"url": f"{folder}.srt", "type": "application/x-subrip", "language": "en-GB", "rel": "captions"},
    ]
    assert all_of(item, "podcast:chapters") == [{"url": f"{folder}.chapters.json", "type": "application/json+chapters"}]
    assert all_of(item, "psc:chapters/psc:chapter")[1] == {"start": "00:01:01.250", "title": "What the insurers saw"}
    assert text_of(item, "podcast:person[@role='author'][@group='writing']") == "Ines Calder"
    assert text_of(item, "itunes:episodeType") == "full"
    assert all_of(item, "itunes:image") == [{"href": "https://audio.harbour-review.example/feeds/cover-aaaaaaaa.jpg"}]
    assert text_of(item, "podcast:txt[@purpose='ai-content']") == "true"
    assert text_of(item, "pubDate") == "Mon, 02 Mar 2026 06:00:00 +0000"
    assert all_of(item, "guid") == [{"isPermaLink": "false"}]


def test_a_simple_chapter_says_its_link_and_where_its_image_lies() -> None:
    first, second, third = STRAITS.chapters
    chapters = (
        msgspec.structs.replace(first, link="https://treaties.example/?a=1&b=2", image="episodes/straits/map.png"),
        msgspec.structs.replace(second, image="https://pictures.example/far.png"),
        third,
    )
    item = channel_of(feed(episodes=[msgspec.structs.replace(STRAITS, chapters=chapters)])).find("item")
    assert item is not None
    assert all_of(item, "psc:chapters/psc:chapter") == [
        {
            "start": "00:00:00.000",
            "title": "Opening",
            "href": "https://treaties.example/?a=1&b=2",
            "image": "https://audio.harbour-review.example/episodes/straits/map.png",
        },
        {
            "start": "00:01:01.250",
            "title": "What the insurers saw",
            "image": "https://pictures.example/far.png",
        },
        {"start": "00:04:02.031", "title": "The price of waiting"},
    ]


def test_an_item_without_extras_has_no_empty_elements() -> None:
    channel = channel_of(feed(episodes=[PORTS, GRAIN]))
    assert all_of(channel, "item[2]/podcast:transcript") == []
    assert all_of(channel, "item[2]/podcast:chapters") == []
    assert all_of(channel, "item[2]/psc:chapters") == []
    assert all_of(channel, "item[1]/podcast:person") == []


def test_an_item_links_to_the_article_else_to_its_page() -> None:
    links = [item.findtext("link") for item in channel_of(feed()).iterfind("item")]
    assert links == [
        "https://audio.harbour-review.example/episodes/grain/",
        "https://harbour-review.example/h%C3%A4fen%20und%20mehr",
        "https://harbour-review.example/straits",
    ]


def test_settings_of_the_show_reach_the_feed() -> None:
    show = msgspec.structs.replace(
        SHOW,
        explicit=True,
        type=ShowType.SERIAL,
        copyright="The Harbour Trust",
        categories=("News > Politics", "News > Daily News", "History"),
        feed=FeedSettings(has_owner=False, is_locked=False, license="cc-by-4.0"),
    )
    channel = channel_of(feed(show))
    assert text_of(channel, "itunes:explicit") == text_of(channel, "item/itunes:explicit") == "true"
    assert text_of(channel, "itunes:type") == "serial"
    assert text_of(channel, "copyright") == "The Harbour Trust"
    # Two of one family stay two, as the schema and Apple want; a third is not used by any directory.
    assert all_of(channel, "itunes:category") == [{"text": "News"}, {"text": "News"}]
    assert all_of(channel, "itunes:category/itunes:category") == [{"text": "Politics"}, {"text": "Daily News"}]
    assert text_of(channel, "podcast:locked") == "no"
    assert text_of(channel, "podcast:license") == "cc-by-4.0"
    assert SHOW.email.encode() not in feed(show)


def test_the_same_values_give_the_same_bytes_in_any_order() -> None:
    assert feed() == feed(episodes=EPISODES[::-1])


def test_the_build_date_is_the_newest_change_and_never_now() -> None:
    assert text_of(channel_of(feed()), "lastBuildDate") == "Mon, 04 May 2026 06:00:00 +0000"
    corrected = msgspec.structs.replace(
        STRAITS,
        revisions=(
            Revision(
                published_at=datetime(2026, 6, 1, 9, 30, tzinfo=timezone(timedelta(hours=2))),
                reason="first published",
                enclosure=STRAITS.enclosure,
                content_sha256="c" * 64,
            ),
        ),
    )
    assert text_of(channel_of(feed(episodes=[corrected])), "lastBuildDate") == "Mon, 01 Jun 2026 07:30:00 +0000"


@pytest.fixture
def a_locale() -> Iterator[str]:
    """A locale that is not C's, for the whole process."""
    before = locale.setlocale(locale.LC_ALL)
    for name in ("de_DE.UTF-8", "C.UTF-8"):
        try:
            yield locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        break
    else:
        pytest.skip("this machine has no locale but C")
    locale.setlocale(locale.LC_ALL, before)


def test_nobody_else_is_disturbed_by_the_locale_of_dates(a_locale: str) -> None:
    """feedgen turns the locale of the process over for every date; here no date goes through it."""
    expected, seen, is_over = feed(), set(), threading.Event()

    def watch() -> None:
        while not is_over.is_set():
            seen.add(locale.setlocale(locale.LC_ALL))

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: feed(), range(100)))
    is_over.set()
    watcher.join()
    assert seen == {a_locale}
    assert set(made) == {expected}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " \x0b"}, "title"),
        ({"description": ""}, "description"),
        ({"link": "harbour-review.example"}, "link"),
        ({"author": ""}, "author"),
        ({"base_url": "https://höfe.example"}, "not every app"),
    ],
)
def test_a_show_that_no_feed_can_say_is_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(FeedError, match=words) as caught:
        feed(msgspec.structs.replace(SHOW, **changes))
    assert "show.toml" in caught.value.cure


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "\x00 "}, "'straits' has no title"),
        ({"published": datetime(2026, 3, 2)}, "without a time zone"),  # the fault under test
        ({"guid": "\x01"}, "'straits' has a character that XML cannot carry"),
        (
            {
                "enclosure": msgspec.structs.replace(
                    STRAITS.enclosure, file=web_file("a b.mp3", media_type="audio/mpeg")
                )
            },
            "not every app can ask for: .*a b.mp3",
        ),
    ],
)
def test_an_episode_that_no_feed_can_say_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(FeedError, match=words):
        feed(episodes=[msgspec.structs.replace(STRAITS, **changes)])


def test_an_empty_feed_is_refused() -> None:
    with pytest.raises(FeedError, match="at least one episode"):
        feed(episodes=[])


@pytest.mark.parametrize("name", ["cover.jpeg", "cover.webp", "cover"])
def test_artwork_that_feedgen_would_drop_without_a_word_is_refused(name: str) -> None:
    with pytest.raises(FeedError, match=r"only as \.jpg or \.png"):
        write_feed(SHOW, LEDGER, episodes=EPISODES, artwork=web_file(f"feeds/{name}", media_type="image/jpeg"))


def test_revisions_without_a_zone_are_refused() -> None:
    revision = Revision(
        published_at=datetime(2026, 3, 2, 7),  # the fault under test
        reason="first published",
        enclosure=STRAITS.enclosure,
        content_sha256="c" * 64,
    )
    with pytest.raises(FeedError, match="without a time zone"):
        feed(episodes=[msgspec.structs.replace(STRAITS, revisions=(revision,))])


def test_dates_of_other_zones_are_given_in_utc() -> None:
    episode = msgspec.structs.replace(STRAITS, published=datetime(2026, 3, 2, 1, tzinfo=timezone(timedelta(hours=-5))))
    assert text_of(channel_of(feed(episodes=[episode])), "item/pubDate") == "Mon, 02 Mar 2026 06:00:00 +0000"
    assert episode.published == datetime(2026, 3, 2, 6, tzinfo=UTC)


def persons_of(show: Show, episode: Episode) -> list[tuple[str, str]]:
    item = channel_of(feed(show, [episode])).find("item")
    assert item is not None
    return [(str(one.text), one.get("role", "")) for one in item.iterfind("podcast:person", NAMESPACES)]


def test_who_is_named_twice_in_one_role_stands_once_with_all_that_is_known() -> None:
    ines = Person(name=" Ines  Calder", role="Author", group="writing", url="https://harbour-review.example/ines")
    show = msgspec.structs.replace(SHOW, feed=FeedSettings(persons=(AMARO, SALKA, SALKA)))
    episode = msgspec.structs.replace(STRAITS, listing=Listing(persons=(SALKA, ines, Person(name=" "))))
    assert persons_of(show, episode) == [("Salka Ostrava", "editor"), ("Ines Calder", "Author"), ("Amaro", "guest")]
    item = channel_of(feed(show, [episode])).find("item")
    assert item is not None
    assert text_of(item, "podcast:person[@href='https://harbour-review.example/ines']") == "Ines Calder"


def test_a_person_may_have_two_roles() -> None:
    editor = Person(name="Ines Calder", role="editor")
    episode = msgspec.structs.replace(STRAITS, listing=Listing(persons=(editor,)))
    assert persons_of(SHOW, episode) == [("Ines Calder", "author"), ("Ines Calder", "editor")]


def test_the_newest_season_of_a_serial_show_comes_first_and_its_newest_part() -> None:
    channel = channel_of(write_feed(*CASES["serial"][:2], episodes=CASES["serial"].episodes, artwork=ARTWORK))
    numbers = [
        (item.findtext("itunes:season", namespaces=NAMESPACES), item.findtext("itunes:episode", namespaces=NAMESPACES))
        for item in channel.iterfind("item")
    ]
    assert numbers == [("2", "3"), ("2", "2"), ("2", "1"), ("1", "3"), ("1", "2"), ("1", "1")]
    assert all_of(channel, "item[1]/podcast:season") == [{"name": "Ice"}]


def test_a_moved_feed_tells_its_new_address_until_the_move_is_done() -> None:
    moved = CASES["moved"]
    show = msgspec.structs.replace(SHOW, token="c2VjcmV0")
    data = write_feed(show, moved.ledger, episodes=EPISODES, artwork=ARTWORK)
    assert text_of(channel_of(data), "itunes:new-feed-url") == show.feed_url
    done = msgspec.structs.replace(moved.ledger.moves[0], done_at=datetime(2026, 7, 1, tzinfo=UTC))
    ledger = msgspec.structs.replace(moved.ledger, moves=(done,))
    assert b"new-feed-url" not in write_feed(show, ledger, episodes=EPISODES, artwork=ARTWORK)


def test_a_private_feed_asks_everybody_to_keep_away() -> None:
    private = CASES["private"]
    channel = channel_of(write_feed(private.show, private.ledger, episodes=private.episodes, artwork=ARTWORK))
    assert text_of(channel, "itunes:block") == "Yes"
    assert text_of(channel, "podcast:block") == "yes"
    robots = channel.find("{http://www.w3.org/1999/xhtml}meta")
    assert robots is not None
    assert dict(robots.attrib) == {"name": "robots", "content": "noindex"}


def test_what_directories_dropped_or_validators_mistake_is_not_said() -> None:
    for case in CASES.values():
        data = write_feed(case.show, case.ledger, episodes=case.episodes, artwork=ARTWORK)
        for name in (b"<ttl", b"itunes:summary", b"itunes:subtitle", b"itunes:keywords", b"itunes:title", b"<content:"):
            assert name not in data
        for item in channel_of(data).iterfind("item"):
            assert item.find("itunes:author", NAMESPACES) is None


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (FeedSettings(funding=(Funding(url="harbour-review.example", text="Give"),)), "“Give” in feed.funding"),
        (FeedSettings(license="own", license_url="terms.html"), "feed.license_url"),
        (FeedSettings(websub_hub="hub"), "feed.websub_hub"),
        (FeedSettings(persons=(Person(name="Amaro", url="amaro"),)), "the page of Amaro"),
        (FeedSettings(persons=(Person(name="Amaro", image="ftp://amaro"),)), "the image of Amaro"),
        (FeedSettings(podroll=(RemoteShow(feed_guid="a", feed_url="b"),)), "an address in feed.podroll"),
        (FeedSettings(publisher=RemoteShow(feed_guid="a", feed_url="https://" + "b" * 2000)), "2,000 bytes"),
    ],
)
def test_an_address_that_is_none_is_refused(settings: FeedSettings, words: str) -> None:
    with pytest.raises(FeedError, match=words) as caught:
        feed(msgspec.structs.replace(SHOW, feed=settings))
    assert "show.toml" in caught.value.cure


def test_a_bad_feed_of_another_language_is_refused() -> None:
    edition = LanguageEdition(language="de", feed_url="de.xml")
    with pytest.raises(FeedError, match="the feed of the de edition"):
        feed(msgspec.structs.replace(SHOW, language_editions=(edition,)))


def test_ready_items_give_the_same_bytes() -> None:
    page = whole_feed(SHOW, LEDGER, episodes=EPISODES, artwork=ARTWORK)
    ready = {one.guid: write_item(SHOW, one, artwork=ARTWORK) for one in EPISODES[1:]}
    assert write_page(page, items=ready) == feed()
    assert ready[GRAIN.guid] in feed()
