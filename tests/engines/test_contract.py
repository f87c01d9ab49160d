"""What every engine must hold to, run over all that are installed."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import entry_points
from threading import Timer

import pytest

from pipeline.engines import Engine, find_engine
from pipeline.engines.espeak.worker import PATIENCE_S
from pipeline.errors import EngineError, EngineUnavailable, VoiceNotFound
from pipeline.model import VoiceSettings

SENTENCE = "Two ferries left Salka on the third of June, and neither of them came back the same way."
WORDS = [f"{one}{two}" for one in ("Ost", "Cal", "Rey", "Tom", "Zab") for two in ("rava", "der", "lich", "as", "orya")]


@pytest.fixture(params=[point.name for point in entry_points(group="audio_edition.engines")])
def engine(request: pytest.FixtureRequest) -> Engine:
    return find_engine(request.param)


def test_it_speaks_with_marks_inside_the_clip_and_the_text(engine: Engine) -> None:
    session = engine.open(VoiceSettings())
    clip = session.speak(SENTENCE)
    session.close()
    assert 3.0 < clip.sample_count / clip.sample_rate < 12.0
    assert len(clip.pcm) == 2 * clip.sample_count
    assert [SENTENCE[mark.char_start : mark.char_end] for mark in clip.marks] == SENTENCE.split()
    times = [sample for mark in clip.marks for sample in (mark.sample_start, mark.sample_end)]
    assert times == sorted(times)
    assert times[-1] <= clip.sample_count


def test_the_same_text_gives_the_same_bytes_in_any_session_cold_or_warm(engine: Engine) -> None:
    if not engine.capabilities.is_deterministic:
        pytest.skip(f"{engine.name} does not promise it")
    digests = set()
    for warm_up in ("", "Something else before it.", "A third thing, longer than the others, to stir its state."):
        session = engine.open(VoiceSettings())
        session.speak(warm_up)
        digests |= {hashlib.sha256(session.speak(SENTENCE).pcm).hexdigest() for _ in range(3)}
        session.close()
    assert len(digests) == 1


@pytest.mark.parametrize("text", ["", "   ", "\n", "...", "—", "“”"])
def test_text_without_a_word_gives_no_sound_and_no_error(engine: Engine, text: str) -> None:
    session = engine.open(VoiceSettings())
    assert session.speak(text).sample_count == 0
    session.close()


@pytest.mark.parametrize(
    "text", ["a\0b c", "naïve Łódź Ærø 北京", "word " * 400, "[[phonemes]] <b>&amp;", "half \ud800 a pair"]
)
def test_odd_text_is_spoken_and_the_session_goes_on(engine: Engine, text: str) -> None:
    session = engine.open(VoiceSettings())
    assert session.speak(text).sample_count > 0
    assert session.speak(SENTENCE).sample_count > 0
    session.close()


def test_phonemes_come_for_each_text_whatever_was_asked_before_it(engine: Engine) -> None:
    session = engine.open(VoiceSettings())
    texts = ["The vote is over. Nobody won.", *WORDS, "", "...", "a\0b", "\ud800b", "北京", "x" * 5000]
    together = session.phonemes(texts)
    assert len(together) == len(texts)
    assert together == tuple(session.phonemes([text])[0] for text in texts)
    assert session.phonemes(list(reversed(texts))) == together[::-1]
    assert session.phonemes([]) == ()
    assert not any("\n" in ipa for ipa in together)
    session.close()


def test_asking_for_phonemes_changes_no_sound(engine: Engine) -> None:
    if not engine.capabilities.is_deterministic:
        pytest.skip(f"{engine.name} does not promise it")
    session = engine.open(VoiceSettings())
    before = session.speak(SENTENCE)
    session.phonemes(WORDS)
    assert session.speak(SENTENCE) == before
    session.close()


def test_phonemes_of_a_closed_session_are_an_error(engine: Engine) -> None:
    session = engine.open(VoiceSettings())
    session.close()
    with pytest.raises(EngineError):
        session.phonemes(["Salka"])


@pytest.mark.parametrize("name", ["en-gg", "nobody", "en-us+nobody"])
def test_an_unknown_voice_is_refused_with_the_nearest_names(engine: Engine, name: str) -> None:
    with pytest.raises(VoiceNotFound, match="en-"):
        engine.open(VoiceSettings(name=name))


def test_two_sessions_speak_at_once(engine: Engine) -> None:
    def lengths(_: int) -> list[int]:
        session = engine.open(VoiceSettings())
        counts = [session.speak(SENTENCE).sample_count for _ in range(5)]
        session.close()
        return counts

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lengths, range(2)))
    assert len({count for counts in results for count in counts}) == 1


def test_closing_from_another_thread_ends_a_call_at_once(engine: Engine) -> None:
    session = engine.open(VoiceSettings(pace_wpm=80))
    timer = Timer(0.2, session.close)
    timer.start()
    with pytest.raises(EngineError):
        session.speak("word " * 400_000)
    timer.join()
    session.close()
    assert PATIENCE_S > 10  # it was the close that ended it, not the worker's own patience


def test_version_and_voices_say_what_speaks(engine: Engine) -> None:
    assert engine.version(VoiceSettings())
    assert engine.licence(VoiceSettings())
    names = [voice.name for voice in engine.voices()]
    assert "en-gb" in names
    assert len(names) == len(set(names))


def test_an_engine_nobody_offers_is_named_with_those_there_are() -> None:
    with pytest.raises(EngineUnavailable, match="espeak"):
        find_engine("espik")
