"""The whole feed, and each promise of it, judged by other readers than the one that wrote it."""

import io
import locale
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import podcastparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import __version__
from pipeline.errors import FeedError
from pipeline.feeds.extension import NAMESPACES, one_line
from pipeline.feeds.reading import verify_feed
from pipeline.feeds.writing import write_feed
from pipeline.model import FeedSettings, Revision, Show, ShowType
from pipeline.notes import carried_text
from tests.feeds.shows import ARTWORK, EPISODES, GRAIN, LEDGER, PORTS, STRAITS
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


FULL_SHOW = msgspec.structs.replace(
    SHOW,
    explicit=True,
    copyright="The Harbour Trust",
    categories=("News > Politics", "News > Daily News", "History"),
    feed=FeedSettings(websub_hub="https://hub.example/", license="cc-by-4.0"),
)


@pytest.mark.parametrize("show", [SHOW, FULL_SHOW], ids=["plain", "full"])
def test_the_schema_accepts_the_whole_feed(show: Show, shared: Path, tmp_path: Path) -> None:
    jing = shutil.which("jing")
    if jing is None:
        pytest.skip("jing, which judges by RelaxNG schemas, is not installed")
    path = tmp_path / "podcast.xml"
    path.write_bytes(feed(show))
    judged = subprocess.run(
        [jing, "-c", str(shared / "feeds" / "psp1.rnc"), str(path)], capture_output=True, text=True, check=False
    )
    assert (judged.returncode, judged.stdout) == (0, "")


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


def test_the_locale_is_what_it_was() -> None:
    before = locale.setlocale(locale.LC_ALL)
    feed()
    assert locale.setlocale(locale.LC_ALL) == before


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
        ({"guid": "\x01"}, "cannot be written"),
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


#: Text as careless sources have it: control characters, lone surrogates, markup, the end of a CDATA section.
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            ["]]>", "<script>", "&amp;", "&", "\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "🜁", "\r\n", '"']
        ),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(title=HOSTILE, other=HOSTILE, notes=HOSTILE, repeats=st.sampled_from([1, 1, 1000]))
def test_hostile_text_reads_back_as_it_was_meant(title: str, other: str, notes: str, repeats: int) -> None:
    long = "A" + title * repeats
    show = msgspec.structs.replace(
        SHOW,
        title=long,
        description="B" + other,
        author="C" + other,
        email=f"d{other}@harbour-review.example",
        link="https://harbour-review.example/" + other,
        copyright=other,
        categories=("News > " + "E" + one_line(other).replace(">", ""),),
        feed=FeedSettings(license=other, websub_hub="https://hub.example/" + other),
    )
    marks = tuple(msgspec.structs.replace(chapter, title=other) for chapter in STRAITS.chapters)
    episode = msgspec.structs.replace(
        STRAITS,
        title=long,
        author=other,
        notes_html=notes * repeats,
        source_url="https://harbour-review.example/" + other,
        chapters=marks,
        language="en-GB" + other,
    )
    data = feed(show, [episode])
    verify_feed(data, show, episodes=[episode])
    channel = channel_of(data)
    assert text_of(channel, "title") == text_of(channel, "item/title") == one_line(long)
    assert (text_of(channel, "item/description") or "") == carried_text(notes * repeats)


def test_ten_thousand_characters_read_back() -> None:
    episode = msgspec.structs.replace(STRAITS, title="Ä]]>" * 2500, notes_html="<p>ß</p>" * 1250)
    verify_feed(feed(episodes=[episode]), SHOW, episodes=[episode])
    assert text_of(channel_of(feed(episodes=[episode])), "item/title") == "Ä]]>" * 2500


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
