"""The engine of tones: what stands in a mark is heard there, and nowhere else."""

import time
from pathlib import Path
from threading import Timer

import numpy as np
import pytest

from pipeline.engines.tone import SAMPLE_RATE, ToneEngine
from pipeline.errors import EngineError, VoiceNotFound
from pipeline.model import Clip, Role, Script, Timing, Utterance, VoiceSettings
from pipeline.narration import narrate
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.trimming import trimmed
from pipeline.workshop import Workshop

LOW = VoiceSettings(engine="tone", name="low")
HIGH = VoiceSettings(engine="tone", name="high")

SENTENCE = "The harbour of Salka was closed, and the harbour master would never say why."


def spoken(text: str, voice: VoiceSettings = LOW) -> Clip:
    session = ToneEngine().open(voice)
    clip = session.speak(text)
    session.close()
    return clip


def tone_of(clip: Clip, number: int) -> int:
    """The loudest frequency, in Hz, between the marks of that word."""
    mark = clip.marks[number]
    samples = np.frombuffer(clip.pcm, dtype="<i2")[mark.sample_start : mark.sample_end]
    return round(float(np.argmax(np.abs(np.fft.rfft(samples, SAMPLE_RATE)))))


def test_each_word_is_a_tone_of_its_own_where_its_mark_lies() -> None:
    clip = spoken(SENTENCE)
    words = [SENTENCE[mark.char_start : mark.char_end] for mark in clip.marks]
    assert words == SENTENCE.split()
    assert {mark.timing for mark in clip.marks} == {Timing.EXACT}
    tones = {word: tone_of(clip, number) for number, word in enumerate(words)}
    assert len(set(tones.values())) == len({word.strip(",.").lower() for word in words})
    assert tone_of(clip, 1) == tone_of(clip, 8)  # "harbour", twice


def test_a_word_is_the_same_tone_in_any_company_and_with_any_comma() -> None:
    assert tone_of(spoken("Salka"), 0) == tone_of(spoken("To salka, by sea"), 1)


def test_a_word_is_as_long_as_its_letters_and_a_silence_lies_between_words() -> None:
    clip = spoken("of harbours")
    letter = clip.marks[0].sample_end // 3  # two letters, and a silence as long as one
    assert clip.sample_count == (2 + 1 + 8) * letter
    samples = np.frombuffer(clip.pcm, dtype="<i2")
    assert not samples[2 * letter : 3 * letter].any()
    assert samples[:letter].any()
    assert samples[3 * letter :].any()


@pytest.mark.parametrize("pace_wpm", [80, 165, 450])
def test_it_says_as_many_words_a_minute_as_it_is_told(pace_wpm: int) -> None:
    clip = spoken("ports " * 60, VoiceSettings(engine="tone", name="low", pace_wpm=pace_wpm))
    minutes = clip.sample_count / SAMPLE_RATE / 60
    assert 60 / minutes == pytest.approx(pace_wpm, rel=0.01)


def test_the_high_voice_is_higher() -> None:
    low, high = spoken(SENTENCE), spoken(SENTENCE, HIGH)
    assert low.marks == high.marks
    numbers = range(len(low.marks))
    assert all(tone_of(low, number) < tone_of(high, number) for number in numbers)


def test_the_host_finds_no_silence_to_cut_off() -> None:
    clip = spoken(SENTENCE)
    assert clip.sample_count - trimmed(clip).sample_count < SAMPLE_RATE // 100


def test_a_sign_between_words_is_a_silence_with_a_mark() -> None:
    clip = spoken("Salka — Ostrava")
    assert len(clip.marks) == 3
    dash = clip.marks[1]
    assert not any(clip.pcm[2 * dash.sample_start : 2 * dash.sample_end])


def test_closing_ends_the_longest_word_there_could_be() -> None:
    session = ToneEngine().open(LOW)
    closed: list[float] = []

    def close() -> None:
        closed.append(time.monotonic())
        session.close()

    timer = Timer(0.1, close)
    timer.start()
    with pytest.raises(EngineError, match="stopped"):
        session.speak("x" * 300_000)
    assert time.monotonic() - closed[0] < 1
    timer.join()


def test_another_voice_is_refused_and_the_nearest_comes_first() -> None:
    with pytest.raises(VoiceNotFound, match=r'"hihg".*one of: high, low'):
        ToneEngine().open(VoiceSettings(engine="tone", name="hihg"))


def test_a_narration_of_tones_has_the_words_where_they_are_heard(tmp_path: Path) -> None:
    utterance = Utterance(display=SENTENCE, spoken=SENTENCE, forms=(), role=Role.BODY, pause_after_ms=0)
    script = Script(title="Test", language="en-GB", utterances=(utterance,))
    workshop = Workshop(store=Store(tmp_path), workers=2, progress=Silence())
    (clip,) = narrate(script, LOW, engine=ToneEngine(), workshop=workshop).clips
    marks = spoken(SENTENCE).marks
    assert [(mark.char_start, mark.char_end) for mark in clip.marks] == [(m.char_start, m.char_end) for m in marks]
    assert all(
        abs(a.sample_start - b.sample_start) < SAMPLE_RATE // 100 for a, b in zip(clip.marks, marks, strict=True)
    )
