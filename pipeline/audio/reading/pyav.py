"""Floor 3, inside audio: M4A, AAC, WMA, video files and all else that FFmpeg's libraries take, by PyAV -> OpenSound.

PyAV comes with the extra `formats`; without it slices.py reads the same files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.audio.reading.ffmpeg import as_long_as_stated, codec_word, container_word
from pipeline.audio.reading.values import BLOCK_ROWS, Block, OpenSound, SoundFile, is_damaged, is_no_sound

if TYPE_CHECKING:
    from av.audio.stream import AudioStream

_MICROSECONDS = 1_000_000


@contextmanager
def open_with_pyav(path: Path) -> Iterator[OpenSound]:
    """``path`` open for reading. Raises AudioError if there is no sound in it."""
    # An extra: it may not be there, and loading it is slow.
    import av  # noqa: PLC0415

    try:
        container = av.open(str(path))
    except av.FFmpegError as error:
        raise is_no_sound(path) from error
    with container:
        stream = next((stream for stream in container.streams.audio if stream.sample_rate), None)
        if stream is None:
            raise is_no_sound(path)
        facts = _facts(container, stream)
        blocks = _joined(_decoded(container, stream, path=path))
        yield OpenSound(facts=facts, blocks=as_long_as_stated(blocks, facts, path=path))


def _facts(container: Any, stream: "AudioStream") -> SoundFile:
    return SoundFile(
        container=container_word(container.format.name),
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

    to_floats = av.AudioResampler(format="flt")
    try:
        for frame in container.decode(stream):
            for floats in to_floats.resample(frame):
                yield floats.to_ndarray().reshape(-1, stream.channels).astype(np.float32, copy=False)
    except av.FFmpegError as error:
        raise is_damaged(path, why=str(error.strerror)) from error


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
