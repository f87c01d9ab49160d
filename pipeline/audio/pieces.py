"""One piece of the sound, from silence to silence: mixed, levelled, limited, measured, encoded, and kept in the store.

A piece knows nothing of where it lies, so that a corrected sentence makes its own piece again and no other. It begins
with a frame of the MP3 and ends in silence: its frames, from an encoder of its own, can stand before and after any
others.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from typing import TypeVar

import msgspec
import numpy as np
import soxr
from msgspec import Struct

from pipeline.audio.chain import gentle
from pipeline.audio.encoding import encoded_frames, encoder_version
from pipeline.audio.limiter import limit
from pipeline.audio.loudness import Meter, Samples, block_energies, true_peak
from pipeline.audio.music import ducked, looped, music_samples
from pipeline.audio.room_tone import room_tone
from pipeline.errors import StoreError
from pipeline.model import Clip, Music, MusicKind, Narration, SoundSettings, StoredMusic, Timeline
from pipeline.narration import require_clip
from pipeline.store import Store, recipe_key

_VERSION = 2

#: Encoding and decoding adds 0.3 to 0.6 dB to true peaks: so much room is left below what a decoder may give back.
_CODEC_HEADROOM_DB = 1.0


class Mix(Struct, frozen=True, kw_only=True):
    """What is heard: the Clips with a gain for each, in dB, and the ``music``, which gives way by ``duck_db``."""

    narration: Narration
    gains_db: tuple[float, ...]
    music: Music = Music()
    music_gain_db: float = 0.0
    duck_db: float = 0.0

    def louder(self, by_db: float) -> "Mix":
        """The same with voices and music so much louder."""
        return msgspec.structs.replace(
            self,
            gains_db=tuple(round(gain_db + by_db, 2) for gain_db in self.gains_db),
            music_gain_db=round(self.music_gain_db + by_db, 2),
        )


class PlacedClip(Struct, frozen=True, kw_only=True):
    """A Clip in a piece: its key in the store, where it lies in samples of the piece, and its gain."""

    key: str
    start: int
    length: int
    gain_db: float


class PlacedMusic(Struct, frozen=True, kw_only=True):
    """Music in a piece, likewise: it is never cut by a seam."""

    music: StoredMusic
    start: int
    length: int
    gain_db: float


class Piece(Struct, frozen=True, kw_only=True):
    """What is heard from one seam to the next: ``length`` in samples, whole frames of them but for the last piece's."""

    length: int
    sample_rate: int
    clips: tuple[PlacedClip, ...]
    music: tuple[PlacedMusic, ...]
    duck_db: float
    is_last: bool


class Heard(Struct, frozen=True, kw_only=True):
    """What a meter needs of a sound that begins with sample ``start`` of its piece.

    ``energies`` are those of loudness.block_energies, ``peak`` is the true peak as a ratio to full scale.
    """

    start: int
    energies: bytes
    peak: float

    def add_to(self, meter: Meter, *, piece_start: int) -> None:
        """Let ``meter`` hear it where it lies."""
        energies = np.frombuffer(self.energies, dtype=np.float32)
        meter.add(energies, start=piece_start + self.start, peak=self.peak)


class EncodedPiece(Struct, frozen=True, kw_only=True):
    """A piece as it lies in the store: its MP3 ``frames``, and what a meter needs of each bare Clip and of it all."""

    before: tuple[Heard, ...]
    after: Heard
    frames: bytes


def pieces_of(timeline: Timeline, mix: Mix) -> Iterator[tuple[int, Piece]]:
    """Each piece with the sample at which it starts, in order."""
    borders = [0, *timeline.seams, timeline.length]
    clips, music = _placed_clips(timeline, mix), _placed_music(timeline, mix)
    for start, end in pairwise(borders):
        spoken, played = (tuple(_taken(placed, start=start, end=end)) for placed in (clips, music))
        piece = Piece(
            length=end - start,
            sample_rate=timeline.sample_rate,
            clips=spoken,
            music=played,
            duck_db=mix.duck_db if spoken and played else 0.0,
            is_last=end == timeline.length,
        )
        yield start, piece


def piece_key(piece: Piece, settings: SoundSettings) -> str:
    """The store's key: all that is heard in it, how it is encoded, and the versions of what does that."""
    return recipe_key("piece", _VERSION, bitrate_kbps=settings.bitrate_kbps, **_heard_recipe(piece, settings))


def _heard_recipe(piece: Piece, settings: SoundSettings) -> dict[str, object]:
    return {
        "piece": piece,
        "true_peak_dbtp": settings.true_peak_dbtp,
        "voice_chain": settings.voice_chain,
        "room_tone": settings.room_tone,
        "tools": _tools(),
    }


@cache  # to ask what is installed takes a millisecond, and there are hundreds of pieces
def _tools() -> tuple[str, ...]:
    return encoder_version(), f"soxr {version('soxr')}", f"numpy {version('numpy')}"


def load_piece(store: Store, key: str) -> EncodedPiece | None:
    """The piece under ``key``, None if the store has none."""
    blob = store.get(key)
    return None if blob is None else msgspec.msgpack.decode(blob, type=EncodedPiece)


def require_piece(store: Store, key: str) -> EncodedPiece:
    """The piece under ``key``. Raises StoreError if the store has lost it in the meantime."""
    piece = load_piece(store, key)
    if piece is None:
        raise StoreError("the cache lost a piece of sound while it was in use", cure="run the same command again")
    return piece


def make_piece(piece: Piece, *, settings: SoundSettings, store: Store) -> EncodedPiece:
    """The piece, from the store if the same was made before.

    Raises: StoreError if a Clip or a piece of music has gone from the store; AudioError for sound that is none.
    """
    key = piece_key(piece, settings)
    made = load_piece(store, key)
    if made is None:
        made = _made(piece, settings=settings, store=store)
        # Not synced: what a power failure takes is made again in a moment.
        store.put(key, msgspec.msgpack.encode(made), is_synced=False)
    return made


def measure_piece(piece: Piece, *, settings: SoundSettings, store: Store) -> Heard:
    """What a meter needs of ``piece``, from the store if it was measured before. Raises as `make_piece`."""
    key = recipe_key("heard", _VERSION, **_heard_recipe(piece, settings))
    kept = store.get(key)
    if kept is not None:
        return msgspec.msgpack.decode(kept, type=Heard)
    heard = _heard(mastered(piece, settings=settings, store=store), piece.sample_rate)
    store.put(key, msgspec.msgpack.encode(heard), is_synced=False)
    return heard


def mastered(piece: Piece, *, settings: SoundSettings, store: Store) -> Samples:
    """The samples of ``piece`` as every encoder is given them. Raises as `make_piece`."""
    clips = [require_clip(store, placed.key) for placed in piece.clips]
    return _mastered(piece, clips, settings=settings, store=store)


def prepare_clip(clip: Clip, sample_rate: int, *, length: int, chain: str = "off") -> Samples:
    """``clip`` at ``sample_rate`` in exactly ``length`` samples, through the voice's chain, before its gain."""
    samples = _samples(clip)
    if clip.sample_rate != sample_rate:
        samples = soxr.resample(samples, clip.sample_rate, sample_rate)
    # The resampler's length may be one off the Timeline's, and that one is silence.
    samples = np.pad(samples[:length], (0, max(0, length - len(samples))))
    return gentle(samples, sample_rate) if chain == "gentle" else samples


def ceiling_of(settings: SoundSettings) -> float:
    """The highest true peak before encoding, as a ratio of amplitude."""
    return float(10 ** ((settings.true_peak_dbtp - _CODEC_HEADROOM_DB) / 20))


def _made(piece: Piece, *, settings: SoundSettings, store: Store) -> EncodedPiece:
    clips = [require_clip(store, placed.key) for placed in piece.clips]
    samples = _mastered(piece, clips, settings=settings, store=store)
    return EncodedPiece(
        # At its own rate, which costs less.
        before=tuple(
            _heard(_samples(clip), clip.sample_rate, start=placed.start)
            for placed, clip in zip(piece.clips, clips, strict=True)
        ),
        after=_heard(samples, piece.sample_rate),
        frames=encoded_frames(
            samples,
            piece.sample_rate,
            bitrate_kbps=settings.bitrate_kbps,
            has_music=bool(piece.music),
            are_all_kept=piece.is_last,
        ),
    )


def _heard(samples: Samples, sample_rate: int, *, start: int = 0) -> Heard:
    energies = block_energies(samples, sample_rate).tobytes()
    return Heard(start=start, energies=energies, peak=true_peak(samples))


def _mastered(piece: Piece, clips: Sequence[Clip], *, settings: SoundSettings, store: Store) -> Samples:
    samples = _voices(piece, clips, chain=settings.voice_chain)
    if piece.music:
        samples += ducked(_music(piece, store=store), samples, sample_rate=piece.sample_rate, duck_db=piece.duck_db)
    if settings.room_tone:
        samples += room_tone(piece.length, piece.sample_rate)
    return limit(samples, ceiling=ceiling_of(settings), sample_rate=piece.sample_rate)


def _voices(piece: Piece, clips: Sequence[Clip], *, chain: str) -> Samples:
    """The narration of the piece, each voice at its level."""
    total = np.zeros(piece.length, dtype=np.float32)
    for placed, clip in zip(piece.clips, clips, strict=True):
        samples = prepare_clip(clip, piece.sample_rate, length=placed.length, chain=chain)
        total[placed.start : placed.start + placed.length] = samples * np.float32(10 ** (placed.gain_db / 20))
    return total


def _samples(clip: Clip) -> Samples:
    return np.frombuffer(clip.pcm, dtype="<i2").astype(np.float32) / np.float32(32768)


def _music(piece: Piece, *, store: Store) -> Samples:
    total = np.zeros(piece.length, dtype=np.float32)
    for placed in piece.music:
        samples = music_samples(store, placed.music)
        if placed.music.kind is MusicKind.BED:
            samples = looped(samples, placed.length)
        total[placed.start : placed.start + placed.length] += samples * np.float32(10 ** (placed.gain_db / 20))
    return total


def _placed_clips(timeline: Timeline, mix: Mix) -> deque[PlacedClip]:
    return deque(
        PlacedClip(
            key=mix.narration.clips[place.utterance].key,
            start=place.start,
            length=place.length,
            gain_db=mix.gains_db[place.utterance],
        )
        for place in timeline.placements
    )


def _placed_music(timeline: Timeline, mix: Mix) -> deque[PlacedMusic]:
    laid = [(place, mix.music.of(place.kind)) for place in sorted(timeline.music, key=lambda place: place.start)]
    return deque(
        PlacedMusic(music=music, start=place.start, length=place.length, gain_db=mix.music_gain_db)
        for place, music in laid
        if music is not None
    )


Placed = TypeVar("Placed", PlacedClip, PlacedMusic)


def _taken(placed: deque[Placed], *, start: int, end: int) -> Iterator[Placed]:
    """Those that begin before ``end``, from the front of ``placed``, in samples after ``start``."""
    while placed and placed[0].start < end:
        one = placed.popleft()
        yield msgspec.structs.replace(one, start=one.start - start)
