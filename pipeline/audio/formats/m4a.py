"""Floor 3, inside audio: AAC in an MP4 file, its index in front, its length exact to the sample.

FFmpeg's "fast" coder: at the same size it keeps 9 dB more of speech than "twoloop", in a third of the time.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import numpy as np

from pipeline.audio.formats.coding import SAME_BYTES, Coder, encode_into
from pipeline.audio.formats.library import faults_named, pyav
from pipeline.audio.formats.sound import within_full_scale
from pipeline.audio.loudness import Samples
from pipeline.errors import AudioError

_FRAME_SAMPLES = 1024  # of AAC-LC


def encode_m4a(
    blocks: Iterable[Samples], *, sample_rate: int, bitrate_kbps: int, sample_count: int | None = None
) -> bytes:
    """``blocks``, float32 with full scale at 1.0, as a whole M4A file; the same bytes each time.

    The edit list says where the sound begins and ends, to the sample. Decoders that only heed its beginning, FFmpeg's
    among them, play the last frame to its end, up to 23 ms of silence more; where the ``sample_count`` is known
    beforehand, the sound is laid so that it ends with a frame, and they too give back exactly as many.

    Raises: AudioError where there is no sound, it is not as long as stated, or FFmpeg cannot encode it.
    """
    target = BytesIO()
    coder = Coder(
        codec="aac",
        sample_format="fltp",
        sample_rate=sample_rate,
        bitrate_kbps=bitrate_kbps,
        options={"aac_coder": "fast"},
    )
    lead = _lead(sample_count)
    parts = _led_in(_counted(within_full_scale(blocks), sample_count), lead)
    with faults_named("M4A"), open_m4a(target, sample_rate) as container:
        encode_into(container, parts, coder=coder, start=-lead)
    return target.getvalue()


def open_m4a(target: BytesIO, sample_rate: int) -> Any:
    """A container of PyAV that puts an M4A file into ``target`` when it is closed.

    The movie counts time in samples, so that its edit list can be exact; its own unit would be a millisecond.
    """
    options = SAME_BYTES | {"movflags": "+faststart", "movie_timescale": str(sample_rate)}
    return pyav().open(target, "w", format="ipod", container_options=options, io_open=lambda *_: _SecondReader(target))


def _lead(sample_count: int | None) -> int:
    """How much silence goes before the sound, so that it ends with a frame."""
    # FFmpeg decodes nothing at all where the sound begins in the second half of the only frame.
    if sample_count is None or sample_count <= _FRAME_SAMPLES:
        return 0
    return -sample_count % _FRAME_SAMPLES


class _SecondReader:
    """Reads what is being written to ``target``: to put the index in front, FFmpeg opens the file once more."""

    def __init__(self, target: BytesIO) -> None:
        self._target = target
        self._position = 0

    def read(self, size: int) -> bytes:
        with self._target.getbuffer() as view:
            found = bytes(view[self._position : self._position + size])
        self._position += len(found)
        return found

    def seek(self, offset: int, whence: int = 0) -> int:
        with self._target.getbuffer() as view:
            self._position = (0, self._position, len(view))[whence] + offset
        return self._position

    def tell(self) -> int:
        return self._position


def _led_in(parts: Iterable[Samples], count: int) -> Iterator[Samples]:
    """``count`` samples of silence, which the edit list cuts off again, and ``parts``."""
    yield np.zeros(count, dtype=np.float32)
    yield from parts


def _counted(parts: Iterable[Samples], sample_count: int | None) -> Iterator[Samples]:
    count = 0
    for part in parts:
        count += len(part)
        yield part
    if sample_count not in {None, count}:
        raise AudioError(
            f"{sample_count} samples were announced and {count} came",
            cure="delete the folder .cache and build again",
        )
