"""Floor 3, inside audio: MusicSettings -> Music, each piece made once and kept in the store.

What a piece is made of is in its key: the digest of its file, how much of it is heard, how loud, and the versions of
what reads and resamples. Where the store has it, no sound is read.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from msgspec import Struct

from pipeline.audio.loudness import Samples
from pipeline.audio.music.house import HOUSE_CREDIT, HOUSE_VERSION, house_intro, house_outro
from pipeline.audio.music.levelling import at_level, faded
from pipeline.audio.music.looping import loop_body
from pipeline.audio.music.taking import Taken, take, taken_of
from pipeline.errors import AudioError, ConfigError, StoreError
from pipeline.model import Music, MusicKind, MusicSettings, StoredMusic
from pipeline.store import Store, recipe_key

#: What show.toml says for a piece of our own.
HOUSE = "house"

#: Changes with every change to what is heard of the same file.
_VERSION = 2

_HOUSE_PIECES = {MusicKind.INTRO: house_intro, MusicKind.OUTRO: house_outro}

#: The most of a bed's file that is taken: an opening or a closing is seldom longer, and there it begins again.
_BED_S = 60.0

_TOOLS = ("numpy", "soxr", "soundfile", "av", "pydub")


class _Order(Struct, frozen=True, kw_only=True):
    """One piece as the settings want it: ``source`` is "house" or a path, ``most_s`` the most that is heard of it."""

    kind: MusicKind
    source: str
    most_s: float
    loudness_lufs: float

    def __str__(self) -> str:
        return f'[music] {self.kind.value} = "{self.source}"'


def prepare_music(settings: MusicSettings, *, folder: Path, loudness_lufs: float, store: Store) -> Music:
    """All pieces of ``settings`` at their level beside a voice of ``loudness_lufs``; paths are relative to ``folder``.

    Raises:
        ConfigError: a file is not there, or "house" is asked for where there is no such piece.
        AudioError: a file is empty, cut, damaged, silent, too short, or needs a library that is not installed.
        StoreError: the cache does not take it.
    """
    orders = _orders(settings, loudness_lufs=loudness_lufs)
    return Music(pieces=tuple(_stored(order, folder=folder, store=store) for order in orders if order.source))


def music_samples(store: Store, piece: StoredMusic) -> Samples:
    """The samples of ``piece`` at 44.1 kHz. Raises StoreError if the store has lost them in the meantime."""
    blob = store.get(piece.key)
    if blob is None:
        raise StoreError(
            f"the cache lost the {piece.kind.value} music while it was in use", cure="run the same command again"
        )
    return _samples(blob)


def credit_of(settings: MusicSettings) -> str:
    """Who made the music and under which licence, in one line; "" where there is none, or nothing is said of it."""
    sources = [source for source in (settings.intro, settings.outro, settings.bed, settings.bump) if source]
    credits_ = [settings.credit.strip()] if sources else []
    if HOUSE in sources:
        credits_.append(HOUSE_CREDIT)
    return "; ".join(filter(None, credits_))


def _orders(settings: MusicSettings, *, loudness_lufs: float) -> tuple[_Order, ...]:
    wanted = (
        (MusicKind.INTRO, settings.intro, settings.intro_s, settings.intro_lu),
        (MusicKind.BED, settings.bed, _BED_S, settings.bed_lu),
        (MusicKind.BUMP, settings.bump, settings.bump_s, settings.bump_lu),
        (MusicKind.OUTRO, settings.outro, settings.outro_s, settings.outro_lu),
    )
    return tuple(
        _Order(kind=kind, source=source, most_s=most_s, loudness_lufs=loudness_lufs + by_lu)
        for kind, source, most_s, by_lu in wanted
    )


def _stored(order: _Order, *, folder: Path, store: Store) -> StoredMusic:
    with _named(order):
        key = _key(order, path=folder / order.source)
        blob = store.get(key)
        if blob is None:
            blob = _made(order, path=folder / order.source).astype("<f4").tobytes()
            # Not synced: what a power failure takes is made again in a moment.
            store.put(key, blob, is_synced=False)
    return StoredMusic(kind=order.kind, key=key, length=len(_samples(blob)))


@contextmanager
def _named(order: _Order) -> Iterator[None]:
    """Around all that is done for ``order``: what goes wrong says which line of show.toml it is about."""
    try:
        yield
    except AudioError as error:
        raise AudioError(f"{order}: {error.what}", cure=error.cure, path=error.path) from error


def _key(order: _Order, *, path: Path) -> str:
    return recipe_key(
        "music",
        _VERSION,
        kind=order.kind,
        sound=_digest(order, path=path),
        most_s=order.most_s,
        loudness_lufs=order.loudness_lufs,
        tools={name: _version(name) for name in _TOOLS},
    )


def _digest(order: _Order, *, path: Path) -> str:
    """SHA-256 of the file, a little at a time; a piece of the house's has a version in its place."""
    if order.source == HOUSE:
        return HOUSE_VERSION
    if path.is_dir():
        raise ConfigError(f"{order}: is a folder", cure='name a sound file in it, or "" for none', path=path)
    if not path.is_file():
        raise ConfigError(
            f"{order}: there is no such file",
            cure='put it there, name another by its path from the folder of show.toml, or "" for none',
            path=path,
        )
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ConfigError(
            f"{order}: cannot be read: {error.strerror or error}", cure="make the file readable", path=path
        ) from error


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""  # an extra that is not installed


def _made(order: _Order, *, path: Path) -> Samples:
    taken = _house(order) if order.source == HOUSE else take(path, most_s=order.most_s)
    shaped = loop_body(taken.samples) if order.kind is MusicKind.BED else faded(taken)
    return at_level(shaped, loudness_lufs=order.loudness_lufs)


def _house(order: _Order) -> Taken:
    piece = _HOUSE_PIECES.get(order.kind)
    if piece is None:
        raise ConfigError(
            f"{order}: the house has no such piece",
            cure='name a sound file, or "" for none; "house" is for intro and outro',
        )
    return taken_of(piece(), most_s=order.most_s)


def _samples(blob: bytes) -> Samples:
    return np.frombuffer(blob, dtype="<f4").astype(np.float32, copy=False)
