"""The floor: espeak-ng, resampling and LAME for the same words and the same format, and nothing else.

No loudness, no limiter, no tags, no pauses but the voice's own. `python bare.py WORDS.txt OUT.mp3`; WORDS.txt has a
paragraph a line.
"""

import sys
from pathlib import Path

import lameenc
import numpy as np
import soxr

from pipeline.engines.espeak.library import SAMPLE_RATE, Library
from pipeline.model import VoiceSettings


def main() -> None:
    """Read, speak, resample, encode and write, a paragraph at a time."""
    words, out = (Path(argument).resolve() for argument in sys.argv[1:])  # the library changes the folder
    library, voice = Library(), VoiceSettings()
    identifier = next(known.identifier for known in library.voices() if known.language == voice.name)
    assert library.set_voice(identifier, pace_wpm=voice.pace_wpm)
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(44100)
    encoder.set_bit_rate(96)
    encoder.set_quality(3)
    with out.open("wb") as stream:
        for paragraph in words.read_text(encoding="utf-8").splitlines():
            spoken = np.frombuffer(library.speak(paragraph).pcm, dtype="<i2")
            stream.write(encoder.encode(soxr.resample(spoken, SAMPLE_RATE, 44100).tobytes()))
        stream.write(encoder.flush())


if __name__ == "__main__":
    main()
