"""The silence that an engine puts around its words is no part of the clip, and marks go along."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines import find_engine
from pipeline.errors import EngineError
from pipeline.model import Clip, Mark, MarkKind, Timing, VoiceSettings
from pipeline.trimming import trimmed

RATE = 22050


def clip(*parts: np.ndarray, marks: tuple[Mark, ...] = ()) -> Clip:
    samples = np.concatenate(parts) if parts else np.zeros(0)
    return Clip(pcm=np.round(samples).astype("<i2").tobytes(), sample_rate=RATE, marks=marks)


def hum(seconds: float, *, level: float = 8000.0) -> np.ndarray:
    return level * np.sin(np.arange(round(seconds * RATE)) * 2 * np.pi * 150 / RATE)


def quiet(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE))


def mark(start: int, end: int) -> Mark:
    return Mark(kind=MarkKind.WORD, char_start=0, char_end=3, sample_start=start, sample_end=end, timing=Timing.EXACT)


def test_silence_around_the_sound_goes_and_a_breath_of_it_stays() -> None:
    made = trimmed(clip(quiet(0.12), hum(0.5), quiet(0.4)))
    assert 0.5 <= made.sample_count / RATE <= 0.55
    samples = np.abs(np.frombuffer(made.pcm, dtype="<i2"))
    assert int(np.flatnonzero(samples > 100)[0]) <= 0.011 * RATE


def test_silence_inside_stays() -> None:
    made = trimmed(clip(hum(0.2), quiet(0.7), hum(0.2)))
    assert made.sample_count == round(0.2 * RATE) * 2 + round(0.7 * RATE)


def test_a_soft_beginning_is_sound() -> None:
    breath = np.random.default_rng(1).normal(0, 60, round(0.1 * RATE))  # 42 dB below the hum
    made = trimmed(clip(quiet(0.2), breath, hum(0.3)))
    assert made.sample_count / RATE >= 0.4


def test_noise_of_a_voice_is_silence() -> None:
    hiss = np.random.default_rng(2).normal(0, 8, round(0.3 * RATE))  # 57 dB below the hum
    assert trimmed(clip(hiss, hum(0.3), hiss)).sample_count / RATE < 0.36


def test_marks_stay_with_their_words() -> None:
    sound = clip(quiet(0.2), hum(0.3), quiet(0.2), marks=(mark(round(0.2 * RATE), round(0.5 * RATE)),))
    (moved,) = trimmed(sound).marks
    assert 0 <= moved.sample_start <= 0.011 * RATE
    assert moved.sample_end - moved.sample_start == round(0.5 * RATE) - round(0.2 * RATE)


@pytest.mark.parametrize("parts", [(), (quiet(0.5),)])
def test_nothing_but_silence_leaves_nothing(parts: tuple[np.ndarray, ...]) -> None:
    made = trimmed(clip(*parts, marks=(mark(0, 0),)))
    assert made.sample_count == 0
    assert made.marks[0].sample_end == 0


@given(st.binary(max_size=4000).map(lambda raw: raw[: len(raw) // 2 * 2]), st.integers(0, 2000), st.integers(0, 2000))
def test_any_sound_keeps_its_marks_inside_and_trims_once(pcm: bytes, start: int, length: int) -> None:
    made = trimmed(Clip(pcm=pcm, sample_rate=RATE, marks=(mark(start, start + length),)))
    assert pcm.find(made.pcm) >= 0
    assert 0 <= made.marks[0].sample_start <= made.marks[0].sample_end <= made.sample_count
    assert trimmed(made) == made


def test_the_draft_voice_begins_at_once_after_a_quotation_mark() -> None:
    session = find_engine("espeak").open(VoiceSettings())
    try:
        spoken = session.speak("“We sail at noon,” he said.")
    finally:
        session.close()
    assert spoken.sample_count - trimmed(spoken).sample_count > 0.1 * spoken.sample_rate


def test_half_a_sample_is_the_engines_fault() -> None:
    with pytest.raises(EngineError, match="3 bytes came back"):
        trimmed(Clip(pcm=b"abc", sample_rate=RATE))
