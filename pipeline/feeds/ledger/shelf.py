"""Floor 3, inside the ledgers: those of all episodes at once. What did not change is not read and judged again.

Each is told by size, time and place of its file; all that passed the guards lie in one blob of the store. A show of
ten thousand episodes is then known in the time that its folders take to be listed.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline import __version__
from pipeline.errors import StoreError
from pipeline.feeds.ledger.keeping import load_episode
from pipeline.model import Episode
from pipeline.store import Store, recipe_key

_VERSION = 1
_LEDGER = "episode.json"


class Shelved(Struct, frozen=True, array_like=True):
    """An Episode as the ledger in ``folder`` had it when its file was in this ``state``."""

    folder: str
    state: tuple[int, int, int]
    episode: Episode


def load_all_episodes(episodes: Path, *, store: Store) -> list[tuple[str, Episode]]:
    """The Episodes that have a ledger in a folder of ``episodes``, each behind the name of that, in their order.

    Raises: IdentityError where one is damaged or was edited.
    """
    name = recipe_key("ledgers", _VERSION, tool=__version__, fields=Episode.__struct_fields__)
    before = {shelved.folder: shelved for shelved in _kept_in(store, name)}
    found = [_shelved(episodes, folder, state=state, before=before) for folder, state in _states_in(episodes)]
    now = [shelved for shelved in found if shelved is not None]
    if len(now) != len(before) or any(shelved is not before.get(shelved.folder) for shelved in now):
        with suppress(StoreError):  # who only looks need not be able to write
            store.put(name, msgspec.msgpack.encode(now), is_synced=False)
    return [(shelved.folder, shelved.episode) for shelved in now]


def _kept_in(store: Store, name: str) -> tuple[Shelved, ...]:
    with suppress(msgspec.DecodeError, StoreError):
        blob = store.get(name)
        return _decoded(blob) if blob is not None else ()
    return ()


@lru_cache(maxsize=1)
def _decoded(blob: bytes) -> tuple[Shelved, ...]:
    """What ``blob`` says. A build asks for all ledgers again and again, and they seldom changed in between."""
    return msgspec.msgpack.decode(blob, type=tuple[Shelved, ...])


def _states_in(episodes: Path) -> list[tuple[str, tuple[int, int, int]]]:
    """Each folder that has a ledger, and how its file lies there."""
    if not episodes.is_dir():
        return []
    found = []
    with os.scandir(episodes) as entries:
        for entry in entries:
            with suppress(FileNotFoundError, NotADirectoryError):
                stat = os.stat(f"{entry.path}/{_LEDGER}")  # noqa: PTH116 - a Path for each takes longer than the look
                found.append((entry.name, (stat.st_size, stat.st_mtime_ns, stat.st_ino)))
    return sorted(found)


def _shelved(
    episodes: Path, folder: str, *, state: tuple[int, int, int], before: Mapping[str, Shelved]
) -> Shelved | None:
    ready = before.get(folder)
    if ready is not None and ready.state == state:
        return ready
    episode = load_episode(episodes / folder / _LEDGER)
    return Shelved(folder=folder, state=state, episode=episode) if episode is not None else None
