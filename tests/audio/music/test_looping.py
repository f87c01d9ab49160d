"""A bed that goes round without a click, a dip or a gap."""

import numpy as np
import pytest

from pipeline.audio.music import looped
from pipeline.audio.music.looping import loop_body

RATE = 44100


def melody(seconds: float = 11.3) -> np.ndarray:
    """Chords that change, with some breath of noise: nothing in it repeats by itself."""
    time = np.arange(round(seconds * RATE)) / RATE
    drift = 1 + 0.01 * np.sin(2 * np.pi * 0.13 * time)
    tones = sum(
        np.sin(2 * np.pi * frequency * time * drift + phase) for frequency, phase in ((110, 1), (277, 2), (415, 4))
    )
    return (0.1 * tones + 0.003 * np.random.default_rng(3).standard_normal(len(time))).astype(np.float32)


def bass(seconds: float) -> np.ndarray:
    return (0.4 * np.sin(2 * np.pi * 61.7 * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def stretches(samples: np.ndarray, length: int) -> np.ndarray:
    return samples[: len(samples) // length * length].reshape(-1, length)


@pytest.mark.parametrize("sound", [melody(), bass(7.77), bass(0.9)], ids=["melody", "bass", "short"])
def test_the_joint_is_heard_nowhere(sound: np.ndarray) -> None:
    body = loop_body(sound)
    assert len(body) > len(sound) // 2
    twice = np.tile(body, 2)
    joint = slice(len(body) - 30, len(body) + 30)
    assert np.abs(np.diff(twice))[joint].max() <= np.abs(np.diff(body)).max() * 1.05
    assert np.abs(np.diff(twice, n=2))[joint].max() <= np.abs(np.diff(body, n=2)).max() * 1.05
    assert twice[len(body) - 1] < 0 <= twice[len(body)]  # it rises through zero where it turns round


def test_level_and_spectrum_at_the_joint_are_those_of_elsewhere() -> None:
    body = loop_body(melody())
    window = 4096
    around = np.tile(body, 2)[len(body) - window // 2 :][:window]
    elsewhere = stretches(body, window)
    levels = 10 * np.log10(np.mean(elsewhere**2, axis=1))
    assert levels.min() - 1 < 10 * np.log10(np.mean(around**2)) < levels.max() + 1

    def treble(part: np.ndarray) -> np.ndarray:
        """The power above 3 kHz, where there is but noise: a click would be loud there."""
        return (np.abs(np.fft.rfft(part * np.hanning(window)))[..., 280:] ** 2).sum(axis=-1)

    assert treble(around) < 2 * np.median(treble(elsewhere))


def test_a_piece_that_is_faded_at_its_ends_does_not_dip_when_it_turns() -> None:
    sound = melody(16)
    sound[: 2 * RATE] *= np.linspace(0, 1, 2 * RATE, dtype=np.float32)
    sound[-3 * RATE :] *= np.linspace(1, 0, 3 * RATE, dtype=np.float32)
    levels = np.sqrt(np.mean(stretches(np.tile(loop_body(sound), 3), RATE // 2) ** 2, axis=1))
    assert levels.min() > 0.4 * levels.max()


def test_a_bed_is_as_long_as_asked_and_faded_at_its_ends() -> None:
    body = loop_body(bass(4))
    bed = looped(body, 10 * RATE)
    assert len(bed) == 10 * RATE
    assert bed[0] == bed[-1] == 0
    middle = np.abs(bed[RATE : 8 * RATE]).max()
    assert np.abs(bed[: RATE // 10]).max() < 0.15 * middle
    assert np.abs(bed[-RATE // 10 :]).max() < 0.05 * middle
    assert np.array_equal(bed[len(body) : len(body) + 1000], body[:1000])


@pytest.mark.parametrize("length", [0, 1, 2, 1000, 50_000])
def test_short_beds(length: int) -> None:
    assert len(looped(loop_body(bass(4)), length)) == length


def test_what_never_crosses_zero_is_looped_all_the_same() -> None:
    assert len(loop_body(np.full(2 * RATE, 0.3, dtype=np.float32))) > RATE
