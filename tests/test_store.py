"""The cache: whole or a miss, and keys that hold all and only what matters."""

import os
import stat
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.files import remove_leftovers, write_atomically
from pipeline.model import VoiceSettings
from pipeline.store import Store, recipe_key


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    store = Store(tmp_path)
    key = recipe_key("speak", 1, text="Good evening.")
    assert store.get(key) is None
    store.put(key, b"sound")
    assert store.get(key) == b"sound"


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[:-1] + b"x", lambda _: b"", lambda d: d[5:]]
)
def test_a_blob_that_is_not_whole_is_a_miss(tmp_path: Path, spoil) -> None:
    store = Store(tmp_path)
    key = recipe_key("speak", 1, text="Good evening.")
    store.put(key, b"sound")
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(spoil(path.read_bytes()))
    assert store.get(key) is None
    store.put(key, b"sound")
    assert store.get(key) == b"sound"


def test_a_key_depends_on_every_argument_and_not_on_their_order() -> None:
    key = recipe_key("speak", 1, text="a", voice=VoiceSettings())
    assert key == recipe_key("speak", 1, voice=VoiceSettings(), text="a")
    others = [
        recipe_key("speak", 2, text="a", voice=VoiceSettings()),
        recipe_key("hear", 1, text="a", voice=VoiceSettings()),
        recipe_key("speak", 1, text="b", voice=VoiceSettings()),
        recipe_key("speak", 1, text="a", voice=VoiceSettings(pace_wpm=166)),
    ]
    assert len({key, *others}) == 5


def test_a_cache_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="make the folder writable"):
        Store(tmp_path / "cache").put(recipe_key("speak", 1), b"sound")


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file.txt"
    assert write_atomically(path, b"one")
    before = path.stat()
    assert not write_atomically(path, b"one")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [one.name for one in path.parent.iterdir()] == ["file.txt"]


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.mkdir()
    with pytest.raises(StoreError, match=r"file\.txt: cannot be written"):
        write_atomically(path, b"content")
    assert [one.name for one in tmp_path.iterdir()] == ["file.txt"]


def test_new_folders_and_files_are_for_everybody_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "episodes" / "ferry" / "sound.mp3", b"sound")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "episodes").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "episodes" / "ferry").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "episodes" / "ferry" / "sound.mp3").stat().st_mode) == 0o644


def test_leftovers_of_a_killed_build_are_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    write_atomically(tmp_path / "ferry" / "sound.mp3", b"sound")
    (tmp_path / "ferry" / ".sound.mp3.abc.tmp").write_bytes(b"half")
    (tmp_path / "ferry" / "notes.tmp").write_bytes(b"somebody's own")
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in (tmp_path / "ferry").iterdir()) == ["notes.tmp", "sound.mp3"]
