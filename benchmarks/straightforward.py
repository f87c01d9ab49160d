"""What anyone would write first: every paragraph into one array, measure, turn up, encode, tag. No cache, no limiter.

`python straightforward.py WORDS.txt OUT.mp3`; WORDS.txt has a paragraph a line.
"""

import sys
from pathlib import Path

import lameenc
import numpy as np
import pyloudnorm  # type: ignore[import-untyped]  # ships no types
import soxr
from mutagen import id3
from numpy.typing import NDArray

from pipeline.engines.espeak.library import SAMPLE_RATE, Library
from pipeline.model import VoiceSettings

RATE = 44100
PAUSE = np.zeros(RATE * 600 // 1000)
TARGET_LUFS = -16.0
PARAGRAPHS_A_CHAPTER = 5


def main() -> None:
    """The whole episode, in memory."""
    words, out = (Path(argument).resolve() for argument in sys.argv[1:])  # the library changes the folder
    paragraphs = words.read_text(encoding="utf-8").splitlines()
    clips = speak(paragraphs)
    sound = np.concatenate([part for clip in clips for part in (clip, PAUSE)])
    loudness = pyloudnorm.Meter(RATE).integrated_loudness(sound)
    sound = np.clip(sound * 10 ** ((TARGET_LUFS - loudness) / 20), -1.0, 1.0)
    out.write_bytes(encode(sound))
    tag(out, paragraphs, lengths=[len(clip) + len(PAUSE) for clip in clips])


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


def tag(path: Path, paragraphs: list[str], *, lengths: list[int]) -> None:
    """A title and a chapter every five paragraphs."""
    edges = [round(sum(lengths[:number]) * 1000 / RATE) for number in range(0, len(lengths), PARAGRAPHS_A_CHAPTER)]
    edges.append(round(sum(lengths) * 1000 / RATE))
    names = [f"chp{number}" for number in range(len(edges) - 1)]
    tags = id3.ID3()
    tags.add(id3.TIT2(text=[paragraphs[0]]))
    tags.add(id3.CTOC(element_id="toc", flags=3, child_element_ids=names, sub_frames=[]))
    for number, name in enumerate(names):
        title = id3.TIT2(text=[paragraphs[number * PARAGRAPHS_A_CHAPTER][:40]])
        tags.add(id3.CHAP(element_id=name, start_time=edges[number], end_time=edges[number + 1], sub_frames=[title]))
    tags.save(path, v2_version=3)


if __name__ == "__main__":
    main()
