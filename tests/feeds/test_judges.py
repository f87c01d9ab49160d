"""Every kind of show, every document of its feed, before every judge: no message, and the values as they were meant."""

import io
import json
import logging
import shutil
import subprocess
from pathlib import Path

import feedparser
import podcastparser
import pytest

from pipeline.feeds.pages import newest_first, pages_of
from pipeline.feeds.reading import verify_pages
from pipeline.feeds.writing import write_pages
from pipeline.model import EpisodeKind
from tests.feeds.shows import ARTWORK, CASES, FULL_EPISODE, SALKA, TRAILER, Case

BASE = "https://audio.harbour-review.example/"


def documents(case: Case) -> dict[str, bytes]:
    return write_pages(case.show, case.ledger, episodes=case.episodes, artwork=ARTWORK)


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


def test_the_proof_accepts_it(case: Case) -> None:
    pages = pages_of(case.show, case.ledger, episodes=case.episodes, artwork=ARTWORK)
    verify_pages(documents(case), pages)


def test_the_schema_accepts_it(case: Case, shared: Path, tmp_path: Path) -> None:
    jing = shutil.which("jing")
    if jing is None:
        pytest.skip("jing, which judges by RelaxNG schemas, is not installed")
    paths = [tmp_path / f"{number}.xml" for number in range(len(documents(case)))]
    for path, data in zip(paths, documents(case).values(), strict=True):
        path.write_bytes(data)
    command = [jing, "-c", shared / "feeds" / "psp1.rnc", *paths]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (judged.returncode, judged.stdout) == (0, "")


def test_podcastparser_reads_it_without_a_word(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        seen = [podcastparser.parse(case.show.feed_url, io.BytesIO(data)) for data in documents(case).values()]
    assert caplog.records == []
    listed = [item for document in seen[::-1] for item in document["episodes"]]
    in_order = sorted(newest_first(case.episodes), key=lambda one: one.listing.kind is EpisodeKind.TRAILER)
    assert {item["guid"] for item in listed} == {one.guid for one in in_order}
    assert len(listed) == len(in_order)
    by_guid = {one.guid: one for one in in_order}
    for item in listed:
        meant = by_guid[item["guid"]]
        assert (item["title"], item["published"]) == (meant.title, int(meant.published.timestamp()))
        assert item.get("number", meant.listing.number) == meant.listing.number
        assert item.get("season", meant.listing.season) == meant.listing.season
        assert item["type"] == meant.listing.kind.value


def test_feedparser_finds_no_fault_in_it(case: Case) -> None:
    for data in documents(case).values():
        seen = feedparser.parse(data)
        assert not seen.bozo
        assert seen.version == "rss20"
        assert seen.feed.title == case.show.title


@pytest.fixture(scope="module")
def by_node(case: Case, root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the readers in tests/npm find in the head."""
    folder = root / "tests" / "npm"
    if shutil.which("node") is None:
        pytest.skip("node is not installed here")
    if not (folder / "node_modules").is_dir():
        pytest.skip("the readers of tests/npm are not installed: npm ci --prefix tests/npm")
    path = tmp_path_factory.mktemp("feed") / "podcast.xml"
    path.write_bytes(documents(case)[case.show.feed_path])
    command = ["node", folder / "read_feed.mjs", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_partytime_reads_every_item_of_the_head(case: Case, by_node: dict) -> None:
    channel, items = by_node["channels"]["partytime"], by_node["partytime"]
    assert channel["guid"] == case.ledger.podcast_guid
    assert channel["itunesBlock"] is case.show.feed.is_private
    assert channel["podcastBlocked"] == ("yes" if case.show.feed.is_private else "no")
    assert channel["itunesComplete"] is case.show.feed.is_complete
    assert channel.get("itunesNewFeedUrl") == (case.show.feed_url if case.ledger.moves else None)
    head = pages_of(case.show, case.ledger, episodes=case.episodes, artwork=ARTWORK)[-1]
    assert [one["guid"] for one in items] == [one.guid for one in head.episodes]
    for one, meant in zip(items, head.episodes, strict=True):
        item, listing = one["item"], meant.listing
        is_explicit = case.show.explicit if listing.is_explicit is None else listing.is_explicit
        assert item["explicit"] is is_explicit
        assert item["itunesEpisodeType"] == listing.kind.value
        assert (item.get("itunesSeason"), item.get("itunesEpisode")) == (listing.season, listing.number)
        assert item.get("podcastSeason", {}).get("number") == listing.season
        assert item.get("podcastEpisode", {}).get("number") == listing.number


def test_feedsmith_reads_all_of_the_channel_back(case: Case, by_node: dict) -> None:
    settings, found = case.show.feed, by_node["channels"]["feedsmith"]["podcast"]
    assert found["medium"] == "podcast"
    assert found["locked"]["value"] is True
    assert found["images"] == [
        {
            "href": BASE + ARTWORK.path,
            "alt": case.show.title,
            "aspectRatio": "1/1",
            "type": "image/jpeg",
            "purpose": "artwork",
        }
    ]
    assert found.get("fundings", []) == [{"url": one.url, "display": one.text} for one in settings.funding]
    assert [one["display"] for one in found.get("persons", [])] == [one.name for one in settings.persons]
    assert [one["display"] for one in found.get("trailers", [])] == [
        one.title for one in case.episodes if one.listing.kind is EpisodeKind.TRAILER
    ]
    texts = [{"display": "true", "purpose": "ai-content"}]
    texts += [{"display": settings.apple_verify, "purpose": "applepodcastsverify"}] if settings.apple_verify else []
    texts += [{"display": one.text} | ({"purpose": one.purpose} if one.purpose else {}) for one in settings.texts]
    assert found["txts"] == texts


@pytest.mark.parametrize("case", ["full"], indirect=True)
def test_the_full_show_says_everything(case: Case, by_node: dict) -> None:
    party, smith = by_node["channels"]["partytime"], by_node["channels"]["feedsmith"]
    assert party["license"] == {"identifier": "house-terms", "url": "https://harbour-review.example/terms"}
    assert party["podroll"] == [
        {
            "feedGuid": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
            "feedUrl": "https://causeway-letter.example/feed.xml",
            "title": "The Causeway Letter",
        },
        {"feedGuid": "5a1d4f3e-0c44-5ba3-9f0e-2b6d1b2f7c11"},
    ]
    assert party["podcastPublisher"]["feedGuid"] == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    salka = {"name": "Salka Ostrava", "role": "Editor", "group": "Writing", "img": SALKA.image, "href": SALKA.url}
    assert party["podcastPeople"] == [salka]
    assert party["pubsub"] == {"self": BASE + "feeds/podcast.xml", "hub": "https://hub.example/"}
    assert smith["itunes"]["applePodcastsVerify"] == "code-123"
    frequency = {"display": "Every Monday", "complete": True, "rrule": "FREQ=WEEKLY;BYDAY=MO"}
    assert smith["podcast"]["updateFrequency"] == frequency
    assert {"rel": "alternate", "hreflang": "de"}.items() <= smith["atom"]["links"][1].items()
    (trailer,) = party["trailers"]
    assert trailer == {
        "title": TRAILER.title,
        "url": BASE + TRAILER.enclosure.file.path,
        "pubdate": "2025-12-01T06:00:00.000Z",
        "type": "audio/mpeg",
        "length": 1000,
        "season": 2,
    }
    (item,) = (one["item"] for one in by_node["partytime"] if one["guid"] == FULL_EPISODE.guid)
    assert item["podcastSeason"] == {"number": 2, "name": "Ice & winter"}
    assert item["podcastSoundbites"] == [
        {"startTime": 73.5, "duration": 30, "title": "Who “moved” first?"},
        {"startTime": 1, "duration": 20.005, "title": FULL_EPISODE.title},
    ]
    # The channel's people again: an item's list takes its place. The voice is nobody.
    assert [(one["name"], one["role"]) for one in item["podcastPeople"]] == [
        ("Ines Calder", "Author"),
        ("Amaro", "Guest"),
        ("Salka Ostrava", "Editor"),
    ]
    (alternate,) = item["alternativeEnclosures"]
    assert alternate["source"][0]["uri"] == BASE + "episodes/straits/straits-bbbbbbbb.m4a"
    assert (alternate["bitrate"], alternate["codecs"], alternate["title"]) == (64000, "mp4a.40.2", "AAC")
    assert alternate["integrity"]["type"] == "sri"
