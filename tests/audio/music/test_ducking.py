"""Music that gives way: down before the word, down through short pauses, up again, and never a click."""

import numpy as np
import pytest

from pipeline.audio.music import ducked

RATE = 44100
DOWN = 10 ** (-6 / 20)


def speech(*spans: tuple[float, float], seconds: float = 12.0, level: float = 0.2) -> np.ndarray:
    voice = np.zeros(round(seconds * RATE), dtype=np.float32)
    for begin, end in spans:
        count = round(end * RATE) - round(begin * RATE)
        voice[round(begin * RATE) : round(end * RATE)] = level * np.sin(np.arange(count) * 0.05)
    return voice


def gain(voice: np.ndarray, *, duck_db: float = 6.0) -> np.ndarray:
    return ducked(np.ones(len(voice), dtype=np.float32), voice, sample_rate=RATE, duck_db=duck_db)


def at(line: np.ndarray, second: float) -> float:
    return float(line[round(second * RATE)])


def test_it_is_down_when_the_word_begins_and_while_it_sounds() -> None:
    line = gain(speech((4.0, 6.0)))
    assert at(line, 3.8) == 1.0
    assert line[4 * RATE : 6 * RATE].max() == pytest.approx(DOWN, abs=1e-4)
    assert at(line, 6.1) == pytest.approx(DOWN, abs=1e-4)
    assert at(line, 6.9) == 1.0


def test_it_stays_down_in_short_pauses_and_comes_back_in_long_ones() -> None:
    line = gain(speech((2.0, 3.0), (3.75, 5.0), (8.0, 9.0)))
    assert line[2 * RATE : 5 * RATE].max() == pytest.approx(DOWN, abs=1e-4)
    assert at(line, 6.5) == 1.0


def test_it_gives_way_to_the_soft_end_of_a_voice_that_is_soft_itself() -> None:
    """At -31 LUFS the peak of speech is near -16 dBFS, and its last sounds are 30 dB below that."""
    ending = speech((2.0, 6.0), level=0.16) + speech((6.0, 8.0), level=0.16 * 10 ** (-30 / 20))
    line = gain(ending)
    assert line[2 * RATE : 8 * RATE].max() == pytest.approx(DOWN, abs=1e-4)
    loud = gain(ending * 5)
    assert np.array_equal(line, loud)


def test_the_gain_moves_without_steps() -> None:
    line = 20 * np.log10(gain(speech((0.02, 1.0), (3.0, 3.1), (4.05, 7.0), (11.9, 12.0)), duck_db=30))
    assert np.abs(np.diff(line)).max() < 30 * 1.5 / (0.15 * RATE) * 1.2
    assert np.abs(np.diff(line, n=2)).max() < 1e-3


def test_without_a_voice_nothing_happens() -> None:
    music = np.linspace(-1, 1, RATE, dtype=np.float32)
    hiss = (0.0001 * np.random.default_rng(1).standard_normal(RATE)).astype(np.float32)
    assert np.array_equal(ducked(music, hiss, sample_rate=RATE, duck_db=6), music)
    assert np.array_equal(ducked(music, np.ones_like(music), sample_rate=RATE, duck_db=0), music)


@pytest.mark.parametrize("length", [0, 1, 219, 220, 221])
def test_any_length(length: int) -> None:
    assert len(gain(np.ones(length, dtype=np.float32))) == length
