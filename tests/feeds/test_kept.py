"""Items that were written and proven are kept: taken as they are, until the show or the episode is another one."""

from pathlib import Path

import msgspec
import pytest

from pipeline.errors import FeedError
from pipeline.feeds.kept import proven_items
from pipeline.feeds.pages import Page, whole_feed
from pipeline.feeds.writing import write_item
from pipeline.model import Episode, FeedSettings, Season, Show
from pipeline.store import Store
from tests.feeds.shows import ARTWORK, EPISODES, GRAIN, LEDGER, PORTS, STRAITS
from tests.samples import SHOW, web_file


def pages(show: Show = SHOW, episodes: tuple[Episode, ...] = EPISODES) -> tuple[Page, ...]:
    return (whole_feed(show, LEDGER, episodes=episodes, artwork=ARTWORK),)


def written(show: Show, episodes: tuple[Episode, ...]) -> dict[str, bytes]:
    return {episode.guid: write_item(show, episode, artwork=ARTWORK) for episode in episodes}


def only_blob(store: Store) -> Path:
    (blob,) = (path for path in store.folder.rglob("*") if path.is_file())
    return blob


def test_items_are_those_that_are_written_the_first_time_and_the_second(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for _ in range(2):
        assert proven_items(SHOW, pages(), store=store) == written(SHOW, EPISODES)


def test_nothing_is_laid_into_the_store_where_nothing_changed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    proven_items(SHOW, pages(), store=store)
    before = only_blob(store).stat()
    proven_items(SHOW, pages(), store=store)
    assert only_blob(store).stat() == before


def test_a_kept_item_is_taken_and_not_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    fine = proven_items(SHOW, pages(), store=store)
    # No feed can have this title, and so nothing that is made anew can be of it.
    unsayable = msgspec.structs.replace(STRAITS, title=" ")
    with pytest.raises(FeedError, match="no title"):
        proven_items(SHOW, pages(episodes=(unsayable, GRAIN, PORTS)), store=store)
    assert proven_items(SHOW, pages(), store=store) == fine


@pytest.mark.parametrize(
    "show",
    [
        msgspec.structs.replace(SHOW, base_url="https://other.example"),
        msgspec.structs.replace(SHOW, explicit=True),
        msgspec.structs.replace(SHOW, seasons=(Season(number=2, name="Ice"),)),
        msgspec.structs.replace(SHOW, feed=FeedSettings(license="cc-by-4.0")),
    ],
    ids=["address", "explicit", "seasons", "feed"],
)
def test_another_show_has_other_items(tmp_path: Path, show: Show) -> None:
    store = Store(tmp_path)
    proven_items(SHOW, pages(), store=store)
    assert proven_items(show, pages(show), store=store) == written(show, EPISODES)


def test_another_cover_stands_in_all_items(tmp_path: Path) -> None:
    store = Store(tmp_path)
    proven_items(SHOW, pages(), store=store)
    cover = web_file("feeds/cover-bbbbbbbb.jpg", media_type="image/jpeg")
    items = proven_items(SHOW, [whole_feed(SHOW, LEDGER, episodes=EPISODES, artwork=cover)], store=store)
    assert all(b"feeds/cover-bbbbbbbb.jpg" in item for item in items.values())


def test_of_one_changed_episode_the_item_is_new_and_all_others_stay(tmp_path: Path) -> None:
    store = Store(tmp_path)
    proven_items(SHOW, pages(), store=store)
    changed = (msgspec.structs.replace(STRAITS, title="The straits are loud"), GRAIN, PORTS)
    assert proven_items(SHOW, pages(episodes=changed), store=store) == written(SHOW, changed)


def test_what_is_broken_in_the_store_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    proven_items(SHOW, pages(), store=store)
    blob = only_blob(store)
    blob.write_bytes(blob.read_bytes()[:-20])
    assert proven_items(SHOW, pages(), store=store) == written(SHOW, EPISODES)
