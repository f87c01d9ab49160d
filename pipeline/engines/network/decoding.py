"""Floor 3, engines: the bytes of a sound file from a server -> int16 mono samples, or BadAnswer if it is not whole.

libsndfile decodes and says nothing of what is missing: of an MP3, WAV or OGG that was cut it gives what there is. So
mp3.py, wav.py and ogg.py walk through the file first; where a FLAC is cut it notices, and flac.py says how long one is.

Measured with libsndfile 1.2.2 (24,000 samples in, at 24 kHz): an MP3 whose first frame is LAME's comes back with
24,000 samples, delay and padding taken off. One without it, as Google and most streaming servers send, comes back with
24,815: the 34 ms too many are silence at both ends, and the trimming of the host takes them off.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.engines.network.exchange import BadAnswer
from pipeline.engines.network.flac import flac_with_length
from pipeline.engines.network.mp3 import is_mp3, mp3_with_length
from pipeline.engines.network.ogg import require_whole_ogg
from pipeline.engines.network.wav import wav_with_lengths

if TYPE_CHECKING:
    import numpy as np

#: What one answer can hold at most: 46 minutes at 24 kHz. Half an hour of silence is no more than a few bytes of FLAC.
_MOST_SAMPLES = 64 * 1024 * 1024

_BLOCK = 65536

#: How much of what is no sound is shown.
_SHOWN = 40


def decode(body: bytes, *, hint: str = "") -> tuple[bytes, int]:
    """The samples of a WAV, MP3, FLAC or OGG file as int16 little-endian mono PCM, and their rate in Hz.

    What it is shows in its first bytes; ``hint`` is what was asked for ("mp3"), for the message. Channels are averaged,
    what is too loud is clipped.

    Raises:
        BadAnswer: it is none of them, is not whole, or has no sample.
    """
    pcm, rate = _decoded(_whole(body, hint=hint))
    if not pcm:
        raise BadAnswer(f"sent {hint or 'sound'} without a sample in it")
    return pcm, rate


def _whole(body: bytes, *, hint: str) -> bytes:
    """``body`` as libsndfile is to be given it."""
    if body.startswith(b"RIFF") and body[8:12] == b"WAVE":
        return wav_with_lengths(body)
    if is_mp3(body):
        return mp3_with_length(body)
    if body.startswith(b"OggS"):
        require_whole_ogg(body)
        return body
    if body.startswith(b"fLaC"):
        return flac_with_length(body)
    raise BadAnswer(f"sent {_kind(body)} instead of {hint or 'sound'}")


def _kind(body: bytes) -> str:
    """What ``body`` is, if it is no sound, and how it begins."""
    start = body[:400].decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    shown = "".join(char for char in start if char.isprintable() and char != "\N{REPLACEMENT CHARACTER}")[:_SHOWN]
    if not body.strip():
        return "nothing"
    kinds = {"<": "HTML or XML", "{": "JSON", "[": "JSON"}
    kind = kinds.get(start[:1], "something else")
    return f'{kind} ("{shown}")' if shown else kind


def _decoded(body: bytes) -> tuple[bytes, int]:
    # Slow to load, and whoever only lists voices never decodes.
    import soundfile  # noqa: PLC0415

    try:
        with soundfile.SoundFile(io.BytesIO(body)) as sound:
            pcm = b"".join(map(_pcm, _blocks(sound)))
            _require_all(sound, count=len(pcm) // 2)
            return pcm, int(sound.samplerate)
    except soundfile.LibsndfileError as error:
        raise BadAnswer(f"sent sound that cannot be decoded ({error.error_string})") from error


def _blocks(sound: Any) -> Iterator["np.ndarray[Any, np.dtype[np.float32]]"]:
    """The samples, a row an instant and a column a channel, full scale at 1.0."""
    count = 0
    while len(block := sound.read(_BLOCK, dtype="float32", always_2d=True)):
        count += len(block)
        if count > _MOST_SAMPLES:
            raise BadAnswer(f"sent more than {_MOST_SAMPLES} samples of sound")
        yield block


def _pcm(block: "np.ndarray[Any, np.dtype[np.float32]]") -> bytes:
    import numpy as np  # noqa: PLC0415 - as above

    if not np.isfinite(block).all():
        raise BadAnswer("sent samples that are no numbers")
    mono = block.mean(axis=1, dtype=np.float64)
    pcm: bytes = np.clip(np.rint(mono * 32768), -32768, 32767).astype("<i2").tobytes()
    return pcm


def _require_all(sound: Any, *, count: int) -> None:
    """Nothing, if the file has as many samples as it says of itself; what is streamed says none, or far too many."""
    if count < sound.frames <= _MOST_SAMPLES:
        raise BadAnswer(f"sent sound that is cut: {count} of {sound.frames} samples")
