"""A long feed in pages: what stands where, what never changes, and that whoever follows the links finds all of it."""

import io
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import podcastparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.feeds.extension.elements import NAMESPACES
from pipeline.feeds.pages import pages_of
from pipeline.feeds.reading import verify_pages
from pipeline.feeds.writing import write_item, write_pages
from pipeline.model import Episode, FeedSettings, Show
from tests.feeds.shows import ARTWORK, LEDGER, PAGED_SHOW, SHOW, TRAILER, numbered

HEAD = "feeds/podcast.xml"


def documents(episodes: tuple[Episode, ...], show: Show = PAGED_SHOW) -> dict[str, bytes]:
    return write_pages(show, LEDGER, episodes=episodes, artwork=ARTWORK)


def slugs(episodes: tuple[Episode, ...], show: Show = PAGED_SHOW) -> dict[str, list[str]]:
    pages = pages_of(show, LEDGER, episodes=episodes, artwork=ARTWORK)
    return {page.path: [episode.slug for episode in page.episodes] for page in pages}


def links(data: bytes) -> dict[str, str]:
    """Path by rel, as they stand in the document."""
    found = etree.fromstring(data).iterfind("channel/atom:link", NAMESPACES)
    return {link.get("rel"): link.get("href").removeprefix(SHOW.base_url) for link in found}


@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_feed_that_has_no_second_page_is_whole(count: int) -> None:
    assert list(documents(numbered(count))) == [HEAD]
    assert links(documents(numbered(count))[HEAD]) == {"self": HEAD}


def test_a_feed_is_whole_unless_the_show_says_otherwise() -> None:
    assert list(documents(numbered(50), SHOW)) == [HEAD]


def test_pages_are_filled_from_the_oldest_and_trailers_stay_in_the_head() -> None:
    assert slugs((*numbered(11), TRAILER)) == {
        "feeds/podcast-2.xml": ["issue-6", "issue-5", "issue-4"],
        "feeds/podcast-1.xml": ["issue-3", "issue-2", "issue-1"],
        HEAD: ["issue-11", "issue-10", "issue-9", "issue-8", "issue-7", "welcome"],
    }


def test_each_page_says_where_it_stands() -> None:
    made = documents(numbered(12))
    ends = {"first": HEAD, "last": "feeds/podcast-1.xml", "current": HEAD}
    assert {path: links(data) for path, data in made.items()} == {
        HEAD: ends | {"self": HEAD, "next": "feeds/podcast-3.xml"},
        "feeds/podcast-3.xml": ends | {"self": "feeds/podcast-3.xml", "next": "feeds/podcast-2.xml", "prev": HEAD},
        "feeds/podcast-2.xml": ends
        | {"self": "feeds/podcast-2.xml", "next": "feeds/podcast-1.xml", "prev": "feeds/podcast-3.xml"},
        "feeds/podcast-1.xml": ends | {"self": "feeds/podcast-1.xml", "prev": "feeds/podcast-2.xml"},
    }


def test_an_app_is_led_to_the_next_page() -> None:
    seen = podcastparser.parse(SHOW.feed_url, io.BytesIO(documents(numbered(9))[HEAD]))
    assert seen["paged_feed_next"] == SHOW.base_url + "feeds/podcast-2.xml"
    assert seen["paged_feed_first"] == SHOW.feed_url


def test_only_the_head_tells_of_trailers_and_of_a_move() -> None:
    pages = documents((*numbered(9), TRAILER))
    assert {path for path, data in pages.items() if b"podcast:trailer" in data} == {HEAD}


@pytest.mark.parametrize("count", [6, 7, 9, 10, 11, 30])
def test_a_new_episode_changes_the_head_and_at_most_one_link_of_the_newest_old_page(count: int) -> None:
    before, after = documents(numbered(count)), documents(numbered(count + 1))
    changed = [path for path in before if before[path] != after[path]]
    if len(after) == len(before):
        assert changed == [HEAD]
    else:
        newest = f"feeds/podcast-{len(before) - 1}.xml"
        assert changed in ([HEAD], [newest, HEAD])
        for path in set(changed) - {HEAD}:
            new_link = f"podcast-{len(before)}.xml".encode()
            assert before[path].replace(
                b'rel="prev" href="https://audio.harbour-review.example/feeds/podcast.xml"', b""
            ) == (
                after[path].replace(
                    b'rel="prev" href="https://audio.harbour-review.example/feeds/' + new_link + b'"', b""
                )
            )


def test_the_pages_of_a_private_show_lie_beside_its_feed() -> None:
    show = msgspec.structs.replace(PAGED_SHOW, token="c2VjcmV0")
    made = documents(numbered(6), show)
    assert list(made) == ["feeds/c2VjcmV0/podcast-1.xml", "feeds/c2VjcmV0/podcast.xml"]
    assert links(made["feeds/c2VjcmV0/podcast-1.xml"])["self"] == "feeds/c2VjcmV0/podcast-1.xml"


def test_ready_items_give_the_same_bytes_on_every_page() -> None:
    episodes = (*numbered(10), TRAILER)
    ready = {one.guid: write_item(PAGED_SHOW, one, artwork=ARTWORK) for one in episodes[2:]}
    again = write_pages(PAGED_SHOW, LEDGER, episodes=episodes, artwork=ARTWORK, items=ready)
    assert again == documents(episodes)
    verify_pages(again, pages_of(PAGED_SHOW, LEDGER, episodes=episodes, artwork=ARTWORK), items=ready)


def reached(served: dict[str, bytes]) -> set[str]:
    """Every document that links lead to from the head; a link to what is not there is a KeyError."""
    seen: set[str] = set()
    waiting = [HEAD] if HEAD in served else []
    while waiting:
        path = waiting.pop()
        seen.add(path)
        waiting += [target for target in links(served[path]).values() if target not in seen]
    return seen


@settings(max_examples=40)
@given(
    before=st.integers(0, 14),
    after=st.integers(1, 14),
    sizes=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    are_oldest_gone=st.booleans(),
)
def test_no_link_dangles_between_any_two_writes(
    before: int, after: int, sizes: tuple[int, int], are_oldest_gone: bool
) -> None:
    old, new = (msgspec.structs.replace(SHOW, feed=FeedSettings(items_per_page=size)) for size in sizes)
    last = numbered(20)[20 - after :] if are_oldest_gone else numbered(after)
    served = documents(numbered(before), old) if before else {}
    reached(served)
    for path, data in documents(last, new).items():
        served[path] = data
        reached(served)
    unnamed = served.keys() - documents(last, new).keys()
    assert not unnamed & reached(served)


def test_all_episodes_of_all_pages_are_there_once() -> None:
    episodes = (*numbered(23), TRAILER)
    listed = [slug for page in slugs(episodes).values() for slug in page]
    assert sorted(listed) == sorted(one.slug for one in episodes)


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder in silence."""

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which it is served on this machine."""
    folder = tmp_path / "web"
    (folder / "feeds").mkdir(parents=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield folder, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def gpo(home: Path, *words: str) -> str:
    """What gPodder's command line says; it is another program with a Python of its own."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment |= {"GPODDER_HOME": str(home), "HOME": str(home), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["gpo", *words], env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("gpo", path="/usr/bin:/bin") is None, reason="gPodder is not installed here")
@pytest.mark.skipif(sys.platform != "linux", reason="where it is installed elsewhere is not known")
def test_gpodder_gets_every_episode_once_at_any_moment(served: tuple[Path, str], tmp_path: Path) -> None:
    folder, address = served
    show = msgspec.structs.replace(PAGED_SHOW, base_url=address)
    first, then = numbered(9), numbered(15)
    for path, data in documents(first, show).items():
        (folder / path).write_bytes(data)
    said = gpo(tmp_path / "home", "-q", "subscribe", f"{address}/feeds/podcast.xml")
    assert "not found" not in said
    assert titles(tmp_path / "home", address) == sorted(one.title for one in first)
    for number, (path, data) in enumerate(documents(then, show).items()):
        (folder / path).write_bytes(data)
        # Somebody who subscribes between two writes is not turned away either.
        gpo(tmp_path / f"home-{number}", "-q", "subscribe", f"{address}/feeds/podcast.xml")
        assert set(titles(tmp_path / f"home-{number}", address)) >= {one.title for one in first}
    gpo(tmp_path / "home", "update")
    assert titles(tmp_path / "home", address) == sorted(one.title for one in then)


def titles(home: Path, address: str) -> list[str]:
    """The titles that gPodder lists, each as often as it lists it."""
    said = gpo(home, "-q", "episodes", "--guid", f"{address}/feeds/podcast.xml")
    return sorted("Issue " + line.rpartition("Issue ")[2].strip() for line in said.splitlines() if "Issue " in line)
