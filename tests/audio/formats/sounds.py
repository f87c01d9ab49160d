"""What the tests of the forms have in common: sounds to encode, and what others hear in the result."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import av
import numpy as np

from pipeline.audio.loudness import Samples

RATE = 44100

_WORDS = (
    "The harbour at Salka froze in the second week of January, and for nine days nothing left it. "
    "Ines Calder had counted on three ships. She got one, late, with half of what it should have carried. "
    "Was it the weather alone? The Causeway Letter asked the question in March, when the ice had gone, and "
    "the answer was less simple than the ministry would have liked."
)


def spoken(tmp_path: Path) -> Samples:
    """Some 20 seconds of speech at 44.1 kHz, its peak at -3 dB, as espeak-ng and FFmpeg make them."""
    raw, path = tmp_path / "spoken.wav", tmp_path / "spoken.f32"
    subprocess.run(["espeak-ng", "-v", "en-gb", "-w", raw, _WORDS], check=True)
    subprocess.run(["ffmpeg", "-v", "error", "-i", raw, "-ar", str(RATE), "-f", "f32le", path], check=True)
    samples = np.fromfile(path, dtype="<f4")
    return (samples * (0.708 / np.abs(samples).max())).astype(np.float32)


def tone(count: int, *, peak: float = 0.25) -> Samples:
    return (peak * np.sin(np.arange(count) * 2 * np.pi * 440 / RATE)).astype(np.float32)


def in_blocks(samples: Samples, size: int = 10_007) -> Iterator[Samples]:
    """``samples`` as they might come: of no special length, and sometimes none."""
    for start in range(0, len(samples), size):
        yield samples[start : start + size]
        yield samples[:0]


def heard_by_pyav(sound: bytes) -> Samples:
    with av.open(BytesIO(sound)) as container:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])


def heard_by_ffmpeg(path: Path) -> Samples:
    """What the program decodes, which has another version than the libraries; it must have nothing to say."""
    command = ["ffmpeg", "-v", "warning", "-i", path, "-map", "0:a", "-f", "f32le", "-"]
    result = subprocess.run(command, capture_output=True, check=True)
    assert result.stderr == b""
    return np.frombuffer(result.stdout, dtype="<f4")


def level_db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2)))


def signal_to_noise_db(samples: Samples, heard: Samples) -> float:
    return level_db(samples) - level_db(heard - samples)
