"""Floor 3, inside the feeds: items that were written and proven once are kept, so that a feed of thousands is quick.

An item hangs on the show's settings, its cover and the episode alone: what it was written from is its key. All of them
lie in one blob of the store, which is a megabyte for a few hundred episodes, and is read and written as a whole.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from pipeline import __version__
from pipeline.feeds.pages import Page
from pipeline.feeds.reading import prove_item
from pipeline.feeds.writing import write_item
from pipeline.model import Episode, Show
from pipeline.store import Store, recipe_key

#: To be counted up when the same show and episode give other bytes than before, or the proof of them is another one.
_VERSION = 2


class KeptItem(Struct, frozen=True, array_like=True):
    """One item as it stands in the feed, proven; ``key`` is the digest of all that it was written from."""

    key: bytes
    item: bytes


class _Kept(Struct, frozen=True, array_like=True):
    items: dict[str, KeptItem]


def proven_items(show: Show, pages: Sequence[Page], *, store: Store) -> dict[str, bytes]:
    """The items of all ``pages`` by GUID, each proven; only those are written anew whose show or episode changed.

    Raises: FeedError for what no feed can say, or an item that does not read back as it was meant.
    """
    name = recipe_key("feed items", _VERSION, feed_url=show.feed_url)
    kept = _kept_in(store, name)
    items = {episode.guid: one for page in pages for episode, one in _of_page(page, kept=kept)}
    if items != kept:
        store.put(name, msgspec.msgpack.encode(_Kept(items)), is_synced=False)
    return {guid: one.item for guid, one in items.items()}


def _of_page(page: Page, *, kept: Mapping[str, KeptItem]) -> Iterator[tuple[Episode, KeptItem]]:
    asked = _digest_of(page)
    for episode in page.episodes:
        key, ready = _key(asked, episode), kept.get(episode.guid)
        yield episode, ready if ready is not None and ready.key == key else _proven(page, episode, key=key)


def _proven(page: Page, episode: Episode, *, key: bytes) -> KeptItem:
    item = write_item(page.show, episode, artwork=page.artwork)
    prove_item(item, page.show, episode=episode, artwork=page.artwork)
    return KeptItem(key=key, item=item)


def _kept_in(store: Store, name: str) -> dict[str, KeptItem]:
    blob = store.get(name)
    return msgspec.msgpack.decode(blob, type=_Kept).items if blob is not None else {}


def _digest_of(page: Page) -> bytes:
    asked = msgspec.msgpack.encode((_VERSION, __version__, page.show, page.artwork.path), order="deterministic")
    return hashlib.sha256(asked).digest()


def _key(asked: bytes, episode: Episode) -> bytes:
    return hashlib.sha256(asked + msgspec.msgpack.encode(episode, order="deterministic")).digest()
