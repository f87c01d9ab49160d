"""Floor 3, inside audio: one mono stream through one of FFmpeg's encoders, packet by packet into a container."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from msgspec import Struct

from pipeline.audio.formats.library import pyav
from pipeline.audio.loudness import Samples

#: Options of every container that is written: no date, no version, no serial number by chance.
SAME_BYTES = {"fflags": "+bitexact"}


class Coder(Struct, frozen=True, kw_only=True):
    """How to encode. ``sample_format`` is FFmpeg's word for the floats that the encoder takes."""

    codec: str
    sample_format: str
    sample_rate: int
    bitrate_kbps: int
    options: dict[str, str] = {}


def encode_into(container: Any, parts: Iterable[Samples], *, coder: Coder, start: int = 0) -> None:
    """Write ``parts`` into ``container``, an open one of PyAV; the first sample lies at ``start``, which may be < 0."""
    stream = container.add_stream(coder.codec, rate=coder.sample_rate, options=coder.options)
    stream.layout, stream.format = "mono", coder.sample_format
    stream.bit_rate = coder.bitrate_kbps * 1000
    stream.codec_context.flags |= pyav().codec.context.Flags.bitexact
    for frame in _frames(parts, coder, start=start):
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _frames(parts: Iterable[Samples], coder: Coder, *, start: int) -> Iterator[Any]:
    av = pyav()
    for part in parts:
        if not len(part):  # a resampler gives nothing until it has heard enough
            continue
        frame = av.AudioFrame.from_ndarray(part.reshape(1, -1), format=coder.sample_format, layout="mono")
        frame.sample_rate, frame.time_base = coder.sample_rate, Fraction(1, coder.sample_rate)
        frame.pts = start
        start += len(part)
        yield frame
