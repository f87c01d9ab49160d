"""Floor 3, inside audio: M4A, AAC, WMA, video files and all else that FFmpeg's libraries take, by PyAV -> OpenSound.

PyAV comes with the extra `formats`; without it slices.py reads the same files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.audio.reading.ffmpeg import as_long_as_stated, codec_word, container_word
from pipeline.audio.reading.values import BLOCK_ROWS, Block, OpenSound, SoundFile, is_damaged, is_no_sound

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream

_MICROSECONDS = 1_000_000

#: The flag of a stream that is a cover and no film. Source: FFmpeg, AV_DISPOSITION_ATTACHED_PIC.
_ATTACHED_PICTURE = 0x400


@contextmanager
def open_with_pyav(path: Path) -> Iterator[OpenSound]:
    """``path`` open for reading. Raises AudioError if there is no sound in it."""
    # An extra: it may not be there, and loading it is slow.
    import av  # noqa: PLC0415

    try:
        container = av.open(str(path), **any_metadata())
    except (av.FFmpegError, UnicodeDecodeError) as error:
        raise is_no_sound(path) from error
    with container:
        stream = next(filter(_is_decodable, container.streams.audio), None)
        if stream is None:
            raise is_no_sound(path)
        facts = _facts(container, stream)
        blocks = _joined(_decoded(container, stream, path=path))
        yield OpenSound(facts=facts, blocks=as_long_as_stated(blocks, facts, path=path))


def any_metadata() -> dict[str, Any]:
    """What tells PyAV that the words a file has about itself may be in any encoding; from version 19 on it knows."""
    return {"metadata_errors": "replace"} if int(version("av").partition(".")[0]) < 19 else {}


def _is_decodable(stream: "AudioStream") -> bool:
    """Whether FFmpeg has a decoder for it; without one it has no rate either, as one that is damaged has none."""
    # Typed as if it were always there.
    codec: Any = stream.codec_context
    return codec is not None and bool(stream.sample_rate) and bool(stream.channels)


def _facts(container: Any, stream: "AudioStream") -> SoundFile:
    is_video = any(not stream.disposition & _ATTACHED_PICTURE for stream in container.streams.video)
    return SoundFile(
        container=container_word(container.format.name, is_video=is_video),
        codec=codec_word(stream.codec_context.name),
        sample_rate=stream.sample_rate,
        channels=stream.channels,
        duration_s=_duration_s(container, stream),
        bitrate_kbps=round((stream.bit_rate or container.bit_rate or 0) / 1000) or None,
    )


def _duration_s(container: Any, stream: "AudioStream") -> float:
    """As stated; 0.0 if nothing is."""
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / _MICROSECONDS


def _decoded(container: Any, stream: "AudioStream", *, path: Path) -> Iterator[Block]:
    import av  # noqa: PLC0415 - as above

    rate, channels, count = stream.sample_rate, stream.channels, 0
    try:
        for floats in _in_one_form(container.decode(stream), stream):
            block = floats.to_ndarray().reshape(-1, channels).astype(np.float32, copy=False)
            count += len(block)
            yield block
    except av.FFmpegError as error:
        raise is_damaged(path, at_s=count / rate) from error


def _in_one_form(frames: "Iterator[AudioFrame]", stream: "AudioStream") -> "Iterator[AudioFrame]":
    """All ``frames`` as floats with the channels and at the rate with which ``stream`` begins.

    Both may change on the way, as in AAC files that were joined. A resampler takes one form of frames alone, so each
    stretch has its own.
    """
    from av import AudioResampler  # noqa: PLC0415 - as above

    # The stream's own change with what is decoded.
    layout, rate = stream.layout, stream.sample_rate
    for _, stretch in groupby(frames, key=lambda frame: (frame.format.name, frame.layout.name, frame.sample_rate)):
        resampler = AudioResampler(format="flt", layout=layout, rate=rate)
        for frame in chain(stretch, (None,)):
            # What needs no change is handed back as it is, the None that ends a stretch too.
            yield from filter(None, resampler.resample(frame))


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """The same samples in blocks of about BLOCK_ROWS."""
    waiting: list[Block] = []
    for block in blocks:
        waiting.append(block)
        if sum(map(len, waiting)) >= BLOCK_ROWS:
            yield np.concatenate(waiting)
            waiting.clear()
    if waiting:
        yield np.concatenate(waiting)
