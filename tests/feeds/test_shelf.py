"""All ledgers at once: what did not change is not judged again, and whatever did is."""

import os
import shutil
from pathlib import Path

import msgspec
import pytest

from pipeline.errors import IdentityError
from pipeline.feeds.ledger import content_digest, load_all_episodes, load_episode, save_episode
from pipeline.model import Episode
from pipeline.store import Store
from tests.feeds.shows import EPISODES, STRAITS


@pytest.fixture
def episodes(tmp_path: Path) -> Path:
    folder = tmp_path / "episodes"
    for episode in EPISODES:
        save_episode(folder / episode.slug / "episode.json", whole(episode))
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / ".cache")


def whole(episode: Episode) -> Episode:
    return msgspec.structs.replace(episode, content_sha256=content_digest(episode))


def one_by_one(folder: Path) -> list[tuple[str, Episode | None]]:
    return [(path.parent.name, load_episode(path)) for path in sorted(folder.glob("*/episode.json"))]


def test_they_are_those_that_are_read_one_by_one_from_the_files_and_from_the_shelf(
    episodes: Path, store: Store
) -> None:
    for _ in range(2):
        assert load_all_episodes(episodes, store=store) == one_by_one(episodes)


def test_a_ledger_that_was_written_again_is_read_again(episodes: Path, store: Store) -> None:
    load_all_episodes(episodes, store=store)
    save_episode(
        episodes / STRAITS.slug / "episode.json", whole(msgspec.structs.replace(STRAITS, title="The straits are loud"))
    )
    assert load_all_episodes(episodes, store=store) == one_by_one(episodes)


def test_an_edited_ledger_is_refused_though_an_earlier_state_of_it_is_on_the_shelf(
    episodes: Path, store: Store
) -> None:
    load_all_episodes(episodes, store=store)
    path = episodes / STRAITS.slug / "episode.json"
    text = path.read_text(encoding="utf-8").replace(STRAITS.title, STRAITS.title.swapcase())
    path.write_text(text, encoding="utf-8")
    with pytest.raises(IdentityError, match="edited"):
        load_all_episodes(episodes, store=store)


def test_one_of_the_same_length_at_the_same_time_is_known_as_another_file(episodes: Path, store: Store) -> None:
    load_all_episodes(episodes, store=store)
    path = episodes / STRAITS.slug / "episode.json"
    times = path.stat()
    copy = path.with_suffix(".new")
    copy.write_text(path.read_text(encoding="utf-8").replace("e", "a"), encoding="utf-8")
    os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))
    copy.replace(path)
    with pytest.raises(IdentityError):
        load_all_episodes(episodes, store=store)


def test_a_folder_that_is_gone_or_new_is_told(episodes: Path, store: Store) -> None:
    load_all_episodes(episodes, store=store)
    shutil.rmtree(episodes / STRAITS.slug)
    (episodes / "notes.txt").write_text("no folder", encoding="utf-8")
    (episodes / "empty").mkdir()
    assert [name for name, _ in load_all_episodes(episodes, store=store)] == ["grain", "ports"]
    save_episode(episodes / STRAITS.slug / "episode.json", whole(STRAITS))
    assert load_all_episodes(episodes, store=store) == one_by_one(episodes)


def test_without_a_folder_there_are_none(tmp_path: Path, store: Store) -> None:
    assert load_all_episodes(tmp_path / "episodes", store=store) == []


def test_a_shelf_that_cannot_be_read_or_written_is_done_without(episodes: Path, store: Store) -> None:
    load_all_episodes(episodes, store=store)
    (blob,) = (path for path in store.folder.rglob("*") if path.is_file())
    blob.write_bytes(b"something else")
    assert load_all_episodes(episodes, store=store) == one_by_one(episodes)
    shutil.rmtree(store.folder)
    store.folder.write_text("a file where the folder should be", encoding="utf-8")
    assert load_all_episodes(episodes, store=store) == one_by_one(episodes)
