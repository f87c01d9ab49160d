"""Timeline and Mix -> Master: its pieces made in threads, measured and counted in order, and never all in memory.

The gain is the voice's own (calibration.py), so that a corrected sentence leaves every other one as it was. Only where
the whole comes out more than 0.3 LU off the target is it done again with a correction for all.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import msgspec

from pipeline.audio.encoding import Mp3Stream, require_bitrate
from pipeline.audio.loudness import Meter, Samples
from pipeline.audio.pieces import (
    EncodedPiece,
    Heard,
    Mix,
    Piece,
    load_piece,
    make_piece,
    mastered,
    measure_piece,
    piece_key,
    pieces_of,
    require_piece,
)
from pipeline.errors import AudioError
from pipeline.model import Loudness, Master, SoundSettings, Timeline
from pipeline.store import Store, recipe_key
from pipeline.workshop import Workshop

#: The project's rate in Hz: what every directory takes, and an exact multiple of the draft voice's.
SAMPLE_RATE = 44100

_VERSION = 2
_TOLERANCE_LU = 0.3
_FURTHEST_OFF_LU = 0.5

#: The search for a correction: so many trials at most, in such steps; a dB more brings at least this much in LU.
_TRIALS, _STEP_DB, _LEAST_SLOPE = 8, 0.25, 0.3
_FURTHEST_DB = 24.0  # beyond that it is no correction any more

Item = TypeVar("Item")
Result = TypeVar("Result")


def master(timeline: Timeline, mix: Mix, *, settings: SoundSettings, workshop: Workshop) -> Master:
    """The finished sound of a Timeline; from the store if the same was made before.

    Raises:
        ConfigError: a bit rate that MP3 does not have.
        AudioError: the target cannot be met within 0.5 LU, or a Clip holds no sound.
        StoreError: a Clip has gone from the cache in the meantime, or the disk does not take a piece.
    """
    require_bitrate(settings.bitrate_kbps)
    key = master_key(timeline, mix, settings=settings)
    workshop.progress.begin("master", len(timeline.seams) + 1)
    made = find_master(workshop.store, key)
    # A piece that a power failure broke is made again, and all that is whole is found.
    if made is None or any(load_piece(workshop.store, piece) is None for piece in made.pieces):
        made = _mastered(timeline, mix, settings=settings, workshop=workshop)
        workshop.store.put(key, msgspec.msgpack.encode(made))
        workshop.progress.end(f"{made.after.integrated_lufs:.1f} LUFS, true peak {made.after.true_peak_dbtp:.1f} dB")
    else:
        workshop.progress.end("from the cache")
    return made


def find_master(store: Store, key: str) -> Master | None:
    """The Master under ``key``, if all its pieces are there; whether they are whole, is seen when they are read."""
    kept = store.get(key)
    if kept is None:
        return None
    made = msgspec.msgpack.decode(kept, type=Master)
    return made if all(store.has(piece) for piece in made.pieces) else None


def mp3_stream(store: Store, made: Master) -> Iterator[bytes]:
    """The MP3 stream of a Master, without tags, part after part.

    Raises: StoreError if the store has lost one in the meantime.
    """
    yield made.info_frame
    for key in made.pieces:
        yield require_piece(store, key).frames


def master_samples(
    timeline: Timeline, mix: Mix, *, made: Master, settings: SoundSettings, workshop: Workshop
) -> Iterator[Samples]:
    """What was encoded of ``made``, piece after piece, for other encoders: float32 with full scale at 1.0."""
    mix = mix.louder(made.correction_db)

    def samples(piece: tuple[int, Piece]) -> Samples:
        return mastered(piece[1], settings=settings, store=workshop.store)

    yield from in_order(samples, pieces_of(timeline, mix), workers=workshop.workers)


def in_order(function: Callable[[Item], Result], items: Iterable[Item], *, workers: int) -> Iterator[Result]:
    """The results of ``function`` in the order of ``items``, a few ahead of who takes them, in flat memory."""
    ahead: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            for item in items:
                ahead.append(pool.submit(function, item))
                if len(ahead) > 2 * workers:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)  # on a fault nobody waits for what was to come after it


def master_key(timeline: Timeline, mix: Mix, *, settings: SoundSettings) -> str:
    """The store's key of a Master: the keys of its pieces, and the target."""
    return recipe_key(
        "master",
        _VERSION,
        pieces=[piece_key(piece, settings) for _, piece in pieces_of(timeline, mix)],
        loudness_lufs=settings.loudness_lufs,
    )


def _mastered(timeline: Timeline, mix: Mix, *, settings: SoundSettings, workshop: Workshop) -> Master:
    """At the target: with a correction for voices and music where they are off as they are."""
    made = _encoded(timeline, mix, settings=settings, workshop=workshop)
    if abs(settings.loudness_lufs - made.after.integrated_lufs) > _TOLERANCE_LU:
        correction_db = _correction(timeline, mix, made=made, settings=settings, workshop=workshop)
        made = _encoded(timeline, mix.louder(correction_db), settings=settings, workshop=workshop)
        made = msgspec.structs.replace(made, correction_db=correction_db)
    if abs(settings.loudness_lufs - made.after.integrated_lufs) > _FURTHEST_OFF_LU:
        lower = "lower [sound] loudness_lufs in show.toml, or take a voice with smaller peaks"
        raise AudioError(
            f"the sound comes to {made.after.integrated_lufs:.1f} LUFS, not {settings.loudness_lufs:.1f}",
            cure=f"set the *_lu of [music] in show.toml nearer to 0; or {lower}" if mix.music.pieces else lower,
        )
    return made


def _correction(timeline: Timeline, mix: Mix, *, made: Master, settings: SoundSettings, workshop: Workshop) -> float:
    """How much louder all has to be, in steps of a quarter of a dB; only levelled and measured, and not encoded.

    In steps, so that a corrected sentence mostly finds the same correction, and the store all the other pieces.
    """
    tried = {0.0: made.after.integrated_lufs}
    correction_db, slope = 0.0, 1.0
    for _ in range(_TRIALS):
        off_lu = settings.loudness_lufs - tried[correction_db]
        following_db = round((correction_db + off_lu / slope) / _STEP_DB) * _STEP_DB
        following_db = min(max(following_db, -_FURTHEST_DB), _FURTHEST_DB)
        if following_db in tried:
            break
        reached = _loudness(timeline, mix.louder(following_db), settings=settings, workshop=workshop)
        # The limiter takes a part of each dB away: how much, the last two trials tell.
        slope = min(max((reached - tried[correction_db]) / (following_db - correction_db), _LEAST_SLOPE), 1.0)
        correction_db, tried[following_db] = following_db, reached
    return min(tried, key=lambda one: abs(settings.loudness_lufs - tried[one]))


def _loudness(timeline: Timeline, mix: Mix, *, settings: SoundSettings, workshop: Workshop) -> float:
    """The integrated loudness of the whole, in LUFS."""
    meter = Meter(timeline.length, timeline.sample_rate)
    pieces = list(pieces_of(timeline, mix))

    def heard(piece: tuple[int, Piece]) -> Heard:
        return measure_piece(piece[1], settings=settings, store=workshop.store)

    for (start, _), one in zip(pieces, in_order(heard, pieces, workers=workshop.workers), strict=True):
        one.add_to(meter, piece_start=start)
    return meter.read().integrated_lufs


def _encoded(timeline: Timeline, mix: Mix, *, settings: SoundSettings, workshop: Workshop) -> Master:
    before, after = (Meter(timeline.length, timeline.sample_rate) for _ in range(2))
    stream = Mp3Stream()
    pieces = list(pieces_of(timeline, mix))

    def make(piece: tuple[int, Piece]) -> EncodedPiece:
        return make_piece(piece[1], settings=settings, store=workshop.store)

    for (start, _), made in zip(pieces, in_order(make, pieces, workers=workshop.workers), strict=True):
        for clip in made.before:
            clip.add_to(before, piece_start=start)
        made.after.add_to(after, piece_start=start)
        stream.add(made.frames)
        workshop.progress.advance()
    info_frame = stream.info_frame(timeline.length)
    return Master(
        pieces=tuple(piece_key(piece, settings) for _, piece in pieces),
        info_frame=info_frame,
        sample_rate=timeline.sample_rate,
        sample_count=timeline.length,
        length_bytes=len(info_frame) + stream.length_bytes,
        bitrate_kbps=settings.bitrate_kbps,
        before=_rounded(before.read()),
        after=_rounded(after.read()),
        correction_db=0.0,
    )


def _rounded(loudness: Loudness) -> Loudness:
    """To ten thousandths: what is beyond that no meter shows, and another machine may add up otherwise."""
    return Loudness(
        integrated_lufs=round(loudness.integrated_lufs, 4),
        true_peak_dbtp=round(loudness.true_peak_dbtp, 4),
        range_lu=round(loudness.range_lu, 4),
    )
