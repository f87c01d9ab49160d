"""Speech whose truth is known: a tone for each letter or digit, as long as that letter says, and silence for the rest.

Also what is needed to find the tones again in the sound itself.
"""

import io
import struct

import lameenc
import numpy as np

_LOUD = 12_000


def letter_samples(letter: str, *, rate: int) -> int:
    """How long ``letter`` sounds: 40 to 70 ms, another for each."""
    return round((40 + 5 * (ord(letter) % 7)) * rate / 1000)


def character_starts(text: str, *, rate: int, lead_samples: int = 0) -> list[int]:
    """Where each character of ``text`` begins, in samples, and where the last one ends."""
    lengths = [letter_samples(letter, rate=rate) for letter in text]
    return [lead_samples + sum(lengths[:number]) for number in range(len(lengths) + 1)]


def speak(text: str, *, rate: int, lead_samples: int = 0) -> bytes:
    """The sound of ``text`` as int16 little-endian mono, after ``lead_samples`` of silence."""
    parts = [np.zeros(lead_samples)]
    for letter in text:
        count = letter_samples(letter, rate=rate)
        tone = np.cos(2 * np.pi * 440 * np.arange(count) / rate)  # a cosine: loud from its first sample
        parts.append(_LOUD * tone if letter.isalnum() else np.zeros(count))
    return np.concatenate(parts).astype("<i2").tobytes()


def onsets(pcm: bytes, *, rate: int, quiet_ms: int = 15) -> list[int]:
    """The samples at which sound begins after ``quiet_ms`` or more without any (or at the very beginning)."""
    loud = np.flatnonzero(np.abs(np.frombuffer(pcm, dtype="<i2").astype(int)) > _LOUD // 10)
    gaps = np.diff(loud, prepend=-rate)
    return [int(sample) for sample in loud[gaps > quiet_ms * rate / 1000]]


def wav(pcm: bytes, *, rate: int, is_streamed: bool = False) -> bytes:
    """A WAV file. Streamed: its header says that it is as long as can be, as those do whose end is not known yet."""
    length = 0xFFFFFFFF if is_streamed else len(pcm)
    whole = 0xFFFFFFFF if is_streamed else 36 + len(pcm)
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", whole, b"WAVE", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", length
    )
    return head + pcm


def mp3(pcm: bytes, *, rate: int, kbps: int = 128) -> bytes:
    """An MP3 file of it."""
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_bit_rate(kbps)
    encoder.silence()
    file = io.BytesIO()
    file.write(encoder.encode(pcm))
    file.write(encoder.flush())
    return file.getvalue()
