"""What anyone would write first: every paragraph into one array, measure, turn up, encode, tag. No cache, no limiter.

`python straightforward.py WORDS.txt OUT.mp3`; WORDS.txt has a paragraph a line.
"""

import sys
from pathlib import Path

import lameenc
import numpy as np
import pyloudnorm  # type: ignore[import-untyped]  # ships no types
import soxr
from numpy.typing import NDArray

from benchmarks.tagged import tag
from pipeline.engines.espeak.library import SAMPLE_RATE, Library
from pipeline.model import VoiceSettings

RATE = 44100
PAUSE = np.zeros(RATE * 600 // 1000)
TARGET_LUFS = -16.0


def main() -> None:
    """The whole episode, in memory."""
    words, out = (Path(argument).resolve() for argument in sys.argv[1:])  # the library changes the folder
    paragraphs = words.read_text(encoding="utf-8").splitlines()
    clips = speak(paragraphs)
    sound = np.concatenate([part for clip in clips for part in (clip, PAUSE)])
    loudness = pyloudnorm.Meter(RATE).integrated_loudness(sound)
    sound = np.clip(sound * 10 ** ((TARGET_LUFS - loudness) / 20), -1.0, 1.0)
    out.write_bytes(encode(sound))
    tag(out, paragraphs, lengths_s=[(len(clip) + len(PAUSE)) / RATE for clip in clips])


def speak(paragraphs: list[str]) -> list[NDArray[np.float64]]:
    """The sound of each paragraph at 44.1 kHz, full scale at 1.0."""
    library, voice = Library(), VoiceSettings()
    identifier = next(known.identifier for known in library.voices() if known.language == voice.name)
    assert library.set_voice(identifier, pace_wpm=voice.pace_wpm)
    return [
        soxr.resample(np.frombuffer(library.speak(paragraph).pcm, dtype="<i2") / 32768, SAMPLE_RATE, RATE)
        for paragraph in paragraphs
    ]


def encode(sound: NDArray[np.float64]) -> bytes:
    """An MP3 stream of 96 kbit/s."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.set_bit_rate(96)
    encoder.set_quality(3)
    return bytes(encoder.encode((sound * 32767).astype("<i2").tobytes()) + encoder.flush())


if __name__ == "__main__":
    main()
