"""Floor 3, narration: Clips in the store, each as one blob: its rate and marks, then its samples."""

from collections.abc import Iterable

import msgspec

from pipeline.errors import StoreError
from pipeline.model import Clip, Mark, StoredClip
from pipeline.store import Store


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in the store before a clip's samples."""

    sample_rate: int
    marks: tuple[Mark, ...]


def load_clip(store: Store, key: str) -> Clip | None:
    """The whole Clip under ``key``, None if the store has lost it."""
    blob = store.get(key)
    if blob is None:
        return None
    size = int.from_bytes(blob[:4], "big")
    head = msgspec.msgpack.decode(blob[4 : 4 + size], type=_Head)
    return Clip(pcm=blob[4 + size :], sample_rate=head.sample_rate, marks=head.marks)


def require_clip(store: Store, key: str) -> Clip:
    """The whole Clip under ``key``. Raises StoreError if the store has lost it in the meantime."""
    clip = load_clip(store, key)
    if clip is None:
        raise StoreError("the cache lost a piece of sound while it was in use", cure="run the same command again")
    return clip


def save_clip(store: Store, key: str, *, clip: Clip, is_costly: bool) -> StoredClip:
    """What is left of ``clip`` when its sound lies in the store under ``key``.

    What ``is_costly`` outlives a power failure; to wait for the disk after each sentence of an engine of this computer
    takes longer than to have the last few said again. The store takes no broken blob for a whole one.
    """
    head = msgspec.msgpack.encode(_Head(sample_rate=clip.sample_rate, marks=clip.marks))
    store.put(key, len(head).to_bytes(4, "big") + head + clip.pcm, is_synced=is_costly)
    return _without_samples(key, clip)


def recall_clips(store: Store, keys: Iterable[str]) -> dict[str, StoredClip]:
    """Key -> clip, for those that the store has whole."""
    loaded = ((key, load_clip(store, key)) for key in dict.fromkeys(keys))
    return {key: _without_samples(key, clip) for key, clip in loaded if clip is not None}


def _without_samples(key: str, clip: Clip) -> StoredClip:
    return StoredClip(key=key, sample_count=clip.sample_count, sample_rate=clip.sample_rate, marks=clip.marks)
