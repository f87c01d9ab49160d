"""Timeline and Clips -> Master: every clip mastered beside the encoder, encoded in order, in one stream.

The gain is the voice's own (calibration.py), so that a corrected sentence leaves every other one as it was. Only where
the whole comes out more than 0.3 LU off the target is it done again with a correction for all.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.metadata import version
from typing import TypeVar

import msgspec

from pipeline.audio.clips import Levels, Mastered, master_clip
from pipeline.audio.encoding import Mp3Encoder, encoder_version
from pipeline.audio.loudness import Meter
from pipeline.errors import AudioError, StoreError
from pipeline.model import Loudness, Master, Narration, Placement, SoundSettings, Timeline
from pipeline.narration import require_clip
from pipeline.store import Store, recipe_key
from pipeline.workshop import Workshop

#: The project's rate in Hz: what every directory takes, and an exact multiple of the draft voice's.
SAMPLE_RATE = 44100

_VERSION = 1
_TOLERANCE_LU = 0.3
_FURTHEST_OFF_LU = 0.5
_PASSES = 3

#: Encoding and decoding adds 0.3 to 0.6 dB to true peaks: so much room is left below what a decoder may give back.
_CODEC_HEADROOM_DB = 1.0

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in the store before the MP3 stream."""

    before: Loudness
    after: Loudness


def master(
    timeline: Timeline, narration: Narration, *, settings: SoundSettings, gain_db: float, workshop: Workshop
) -> Master:
    """The finished sound of a Timeline; from the store if the same was made before.

    Raises:
        ConfigError: a bit rate that MP3 does not have.
        AudioError: the target cannot be met within 0.5 LU.
        StoreError: a clip has gone from the cache in the meantime.
    """
    key = master_key(timeline, narration, settings=settings, gain_db=gain_db)
    workshop.progress.begin("master", len(timeline.placements))
    if (kept := _recall(workshop.store, key)) is not None:
        head, stream = kept
        workshop.progress.end("from the cache")
    else:
        head, stream = _Mastering(timeline, narration, settings=settings, workshop=workshop).run(gain_db)
        _save(workshop.store, key, head=head, stream=stream)
        workshop.progress.end(f"{head.after.integrated_lufs:.1f} LUFS, true peak {head.after.true_peak_dbtp:.1f} dB")
    return Master(
        key=key,
        sample_rate=timeline.sample_rate,
        sample_count=timeline.length,
        length_bytes=len(stream),
        bitrate_kbps=settings.bitrate_kbps,
        before=head.before,
        after=head.after,
    )


def master_blob(store: Store, made: Master) -> bytes:
    """The MP3 stream of a Master, without tags."""
    kept = _recall(store, made.key)
    if kept is None:
        raise StoreError("the cache lost the master while it was in use", cure="run the same command again")
    return kept[1]


def ceiling_of(settings: SoundSettings) -> float:
    """The highest true peak before encoding, as a ratio of amplitude."""
    return 10 ** ((settings.true_peak_dbtp - _CODEC_HEADROOM_DB) / 20)


def in_order(function: Callable[[Item], Result], items: Iterable[Item], *, workers: int) -> Iterator[Result]:
    """The results of ``function`` in the order of ``items``, a few ahead of who takes them, in flat memory."""
    ahead: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for item in items:
            ahead.append(pool.submit(function, item))
            if len(ahead) > 2 * workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def master_key(timeline: Timeline, narration: Narration, *, settings: SoundSettings, gain_db: float) -> str:
    """The store's key of a Master: clips, where they lie, how loud, and the versions of what masters and encodes."""
    return recipe_key(
        "master",
        _VERSION,
        clips=[clip.key for clip in narration.clips],
        timeline=timeline,
        settings=settings,
        gain_db=gain_db,
        tools=[encoder_version(), f"soxr {version('soxr')}", f"numpy {version('numpy')}"],
    )


class _Mastering:
    """One Timeline on its way to one Master."""

    def __init__(
        self, timeline: Timeline, narration: Narration, *, settings: SoundSettings, workshop: Workshop
    ) -> None:
        self._timeline = timeline
        self._narration = narration
        self._settings = settings
        self._workshop = workshop

    def run(self, gain_db: float) -> tuple[_Head, bytes]:
        """Loudness before and after, and the MP3 stream at the target."""
        for _ in range(_PASSES):
            head, stream = self._encode(gain_db)
            off_lu = self._settings.loudness_lufs - head.after.integrated_lufs
            if abs(off_lu) <= _TOLERANCE_LU:
                break
            gain_db += off_lu
        if abs(off_lu) > _FURTHEST_OFF_LU:
            raise AudioError(
                f"the sound comes to {head.after.integrated_lufs:.1f} LUFS, not {self._settings.loudness_lufs:.1f}",
                cure="lower [sound] loudness_lufs in show.toml, or take a voice with smaller peaks",
            )
        return head, stream

    def _encode(self, gain_db: float) -> tuple[_Head, bytes]:
        timeline, workshop = self._timeline, self._workshop
        encoder = Mp3Encoder(timeline.sample_rate, self._settings.bitrate_kbps)
        before = Meter(timeline.length, timeline.sample_rate)
        after = Meter(timeline.length, timeline.sample_rate)
        levels = Levels(sample_rate=timeline.sample_rate, gain=10 ** (gain_db / 20), ceiling=ceiling_of(self._settings))
        position = 0
        clips = in_order(lambda place: self._clip(place, levels), timeline.placements, workers=workshop.workers)
        for place, clip in zip(timeline.placements, clips, strict=True):
            encoder.write_silence(place.start - position)
            encoder.write(clip.samples)
            before.add(clip.weighted_before, start=place.start, peak=clip.peak_before)
            after.add(clip.weighted_after, start=place.start, peak=clip.peak_after)
            position = place.end
            workshop.progress.advance()
        encoder.write_silence(timeline.length - position)
        return _Head(before=before.read(), after=after.read()), encoder.finish()

    def _clip(self, place: Placement, levels: Levels) -> Mastered:
        clip = require_clip(self._workshop.store, self._narration.clips[place.utterance].key)
        return master_clip(clip, levels, length=place.length)


def _recall(store: Store, key: str) -> tuple[_Head, bytes] | None:
    blob = store.get(key)
    if blob is None:
        return None
    size = int.from_bytes(blob[:4], "big")
    return msgspec.msgpack.decode(blob[4 : 4 + size], type=_Head), blob[4 + size :]


def _save(store: Store, key: str, *, head: _Head, stream: bytes) -> None:
    encoded = msgspec.msgpack.encode(head)
    store.put(key, len(encoded).to_bytes(4, "big") + encoded + stream)
