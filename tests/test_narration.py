"""Narrating: in order, once, whatever the number of workers; and nothing spoken is lost."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from pipeline.engines import Capabilities, Concurrency, NoOptions, Voice, find_engine
from pipeline.errors import EmptyAudio, EngineError, VoiceNotFound
from pipeline.model import Clip, Role, Script, SpokenForm, Timing, Utterance, VoiceSettings
from pipeline.narration import load_clip, missing_clips, narrate
from pipeline.progress import Silence
from pipeline.store import Store, recipe_key
from pipeline.workshop import Workshop

#: One sample of a sound that nobody takes for silence.
SOUND = b"\x00\x10"


class ToneEngine:
    """An engine of our own: as many samples as the text is long, and a failure where it is told to fail."""

    name = "tone"
    capabilities = Capabilities(
        concurrency=Concurrency.FREE,
        is_deterministic=True,
        is_network=False,
        max_chars=1000,
        timing=None,
    )
    Options = NoOptions

    def __init__(self, speak: Callable[[str], bytes] = lambda text: SOUND * (1000 * len(text))) -> None:
        self.say = speak
        self.spoken: list[str] = []
        self.voices_opened: list[str] = []
        self.open_sessions = 0
        self.most_open_sessions = 0

    def version(self, settings: VoiceSettings) -> str:
        return "1"

    def licence(self, settings: VoiceSettings) -> str:
        return "CC0-1.0"

    def voices(self) -> tuple[Voice, ...]:
        return ()

    def open(self, settings: VoiceSettings) -> "ToneSession":
        if settings.name == "nobody":
            raise VoiceNotFound('tone has no voice "nobody"', cure="set [voice] name in show.toml to one of: any")
        self.voices_opened.append(settings.name)
        self.open_sessions += 1
        self.most_open_sessions = max(self.most_open_sessions, self.open_sessions)
        return ToneSession(self)


class ToneSession:
    def __init__(self, engine: ToneEngine) -> None:
        self.engine = engine

    def speak(self, text: str) -> Clip:
        pcm = self.engine.say(text)
        self.engine.spoken.append(text)
        return Clip(pcm=pcm, sample_rate=8000)

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple("" for _ in texts)

    def close(self) -> None:
        self.engine.open_sessions -= 1


def script(*texts: str) -> Script:
    return Script(
        title="Test",
        language="en-GB",
        utterances=tuple(
            Utterance(display=text, spoken=text, forms=(), role=Role.BODY, pause_after_ms=0) for text in texts
        ),
    )


def workshop(folder: Path, *, workers: int = 2) -> Workshop:
    return Workshop(store=Store(folder), workers=workers, progress=Silence())


def test_espeak_gives_the_same_clips_whatever_the_number_of_workers(tmp_path: Path) -> None:
    said = script(*(f"This is sentence number {word}." for word in ("one", "two", "three", "four", "five", "six")))
    made = []
    for workers in (1, 4):
        at = workshop(tmp_path / str(workers), workers=workers)
        narration = narrate(said, VoiceSettings(), engine=find_engine("espeak"), workshop=at)
        made.append([load_clip(at.store, clip.key) for clip in narration.clips])
        assert narration.synthesised == 6
    assert made[0] == made[1]
    assert None not in made[0]


def test_a_second_narration_speaks_nothing_and_a_changed_sentence_speaks_itself_alone(tmp_path: Path) -> None:
    engine, at = ToneEngine(), workshop(tmp_path)
    first = narrate(script("one", "two", "three"), VoiceSettings(), engine=engine, workshop=at)
    again = narrate(script("one", "two", "three"), VoiceSettings(), engine=engine, workshop=at)
    assert (first.synthesised, again.synthesised) == (3, 0)
    assert first.clips == again.clips
    moved = narrate(script("zero", "one", "2", "three"), VoiceSettings(), engine=engine, workshop=at)
    assert moved.synthesised == 2
    assert sorted(engine.spoken) == ["2", "one", "three", "two", "zero"]
    assert engine.open_sessions == 0


def test_a_sentence_said_twice_is_spoken_once(tmp_path: Path) -> None:
    engine = ToneEngine()
    narration = narrate(script("no", "yes", "no"), VoiceSettings(), engine=engine, workshop=workshop(tmp_path))
    assert sorted(engine.spoken) == ["no", "yes"]
    assert narration.clips[0] == narration.clips[2]


def test_another_voice_or_pace_speaks_again(tmp_path: Path) -> None:
    engine, at = ToneEngine(), workshop(tmp_path)
    for voice in (VoiceSettings(), VoiceSettings(pace_wpm=170), VoiceSettings(name="en-us")):
        assert narrate(script("one"), voice, engine=engine, workshop=at).synthesised == 1


def test_a_failure_keeps_what_was_spoken_before_it(tmp_path: Path) -> None:
    def fail(text: str) -> bytes:
        if text == "bad":
            raise EngineError("it broke", cure="mend it")
        return SOUND * (1000 * len(text))

    at = workshop(tmp_path, workers=1)
    engine = ToneEngine(fail)
    with pytest.raises(EngineError, match="it broke"):
        narrate(script("one", "two", "bad", "three"), VoiceSettings(), engine=engine, workshop=at)
    assert engine.open_sessions == 0
    mended = ToneEngine()
    narrate(script("one", "two", "bad", "three"), VoiceSettings(), engine=mended, workshop=at)
    assert "one" not in mended.spoken
    assert "bad" in mended.spoken


@pytest.mark.parametrize("pcm", [b"", SOUND * 10, bytes(50_000)], ids=["nothing", "too short", "silence"])
def test_a_clip_too_short_for_its_text_is_refused_and_not_kept(tmp_path: Path, pcm: bytes) -> None:
    at = workshop(tmp_path)
    with pytest.raises(EmptyAudio, match="came back"):
        narrate(script("A whole sentence of words."), VoiceSettings(), engine=ToneEngine(lambda _: pcm), workshop=at)
    assert narrate(script("A whole sentence of words."), VoiceSettings(), engine=ToneEngine(), workshop=at).synthesised


def test_a_broken_clip_in_the_cache_is_spoken_again(tmp_path: Path) -> None:
    at = workshop(tmp_path)
    narrate(script("one"), VoiceSettings(), engine=ToneEngine(), workshop=at)
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(path.read_bytes()[:-5])
    assert narrate(script("one"), VoiceSettings(), engine=ToneEngine(), workshop=at).synthesised == 1


def quoting(*numbers: int, of: Script) -> Script:
    """``of`` with the second voice asked for in the utterances of these numbers."""
    utterances = tuple(
        msgspec.structs.replace(utterance, is_second_voice=number in numbers)
        for number, utterance in enumerate(of.utterances)
    )
    return msgspec.structs.replace(of, utterances=utterances)


def named(text: str, name: str, *, ipa: str) -> Utterance:
    """An utterance that says what is written, with the exact sound of ``name`` from the lexicon."""
    start, end = text.index(name), text.index(name) + len(name)
    form = SpokenForm(start=start, end=end, spoken_start=start, spoken_end=end, rule="lexicon", ipa=ipa)
    return Utterance(display=text, spoken=text, forms=(form,), role=Role.BODY, pause_after_ms=0)


SECOND = VoiceSettings(name="en-us", pace_wpm=150)


def test_the_second_voice_says_what_asks_for_it_and_only_that(tmp_path: Path) -> None:
    engine, at = ToneEngine(), workshop(tmp_path)
    said = quoting(1, of=script("one", "two", "three"))
    both = narrate(said, VoiceSettings(), engine=engine, workshop=at, second_voice=SECOND)
    alone = narrate(said, VoiceSettings(), engine=engine, workshop=at)
    assert [clip.key == other.key for clip, other in zip(both.clips, alone.clips, strict=True)] == [True, False, True]
    assert (both.synthesised, alone.synthesised) == (3, 1)
    assert both.clips[1] == narrate(script("two"), SECOND, engine=engine, workshop=at).clips[0]


def test_sessions_are_opened_for_voices_that_have_something_to_say_and_never_more_than_workers(tmp_path: Path) -> None:
    engine, at = ToneEngine(), workshop(tmp_path, workers=2)
    narrate(script("one", "two", "three"), VoiceSettings(), engine=engine, workshop=at, second_voice=SECOND)
    assert set(engine.voices_opened) == {"en-gb"}
    before = len(engine.voices_opened)
    said = quoting(3, 4, 5, of=script("one", "two", "four", "five", "six", "seven"))
    narrate(said, VoiceSettings(), engine=engine, workshop=at, second_voice=SECOND)
    opened = engine.voices_opened[before:]
    assert opened == sorted(opened, key=["en-us", "en-gb"].index)  # the second voice first
    assert opened.count("en-gb") == 1
    assert engine.most_open_sessions <= 2
    assert engine.open_sessions == 0


def test_an_unknown_second_voice_is_told_at_once_with_the_key_to_set(tmp_path: Path) -> None:
    engine = ToneEngine()
    said = quoting(2, of=script("one", "two", "three"))
    with pytest.raises(VoiceNotFound, match=r"nobody.*; set \[second_voice\] name in show.toml"):
        narrate(
            said,
            VoiceSettings(),
            engine=engine,
            workshop=workshop(tmp_path),
            second_voice=VoiceSettings(name="nobody"),
        )
    assert not engine.spoken
    with pytest.raises(VoiceNotFound, match=r"; set \[voice\] name"):
        narrate(said, VoiceSettings(name="nobody"), engine=engine, workshop=workshop(tmp_path))


def test_what_would_have_to_be_spoken_is_told_without_speaking(tmp_path: Path) -> None:
    engine, at = ToneEngine(), workshop(tmp_path)
    said = quoting(2, of=script("one", "two", "three", "two"))
    assert missing_clips(said, VoiceSettings(), engine=engine, store=at.store) == (0, 1, 2, 3)
    assert not engine.voices_opened
    narrate(said, VoiceSettings(), engine=engine, workshop=at)
    assert missing_clips(said, VoiceSettings(), engine=engine, store=at.store) == ()
    assert missing_clips(said, VoiceSettings(), engine=engine, store=at.store, second_voice=SECOND) == (2,)
    assert missing_clips(script("one", "2"), VoiceSettings(), engine=engine, store=at.store) == (1,)


def test_a_clip_without_exact_sounds_keeps_the_key_it_always_had(tmp_path: Path) -> None:
    engine = find_engine("espeak")
    text = "The harbour was closed at noon."
    (clip,) = narrate(script(text), VoiceSettings(), engine=engine, workshop=workshop(tmp_path)).clips
    assert clip.key == recipe_key(
        "narrate", 2, engine="espeak", engine_version=engine.version(VoiceSettings()), voice=VoiceSettings(), text=text
    )


def test_marks_are_places_in_the_spoken_text_though_the_engine_was_given_other_signs(tmp_path: Path) -> None:
    said = named("A convoy left “Kyiv’s” port for Ostrava.", "Kyiv", ipa="ˈkiːv")
    made = Script(title="Test", language="en-GB", utterances=(said,))
    for _ in ("spoken", "from the cache"):
        at = workshop(tmp_path)
        (clip,) = narrate(made, VoiceSettings(), engine=find_engine("espeak"), workshop=at).clips
        assert [said.spoken[mark.char_start : mark.char_end] for mark in clip.marks] == said.spoken.split()
        assert {mark.timing for mark in clip.marks} == {Timing.EXACT}


def test_two_spellings_with_one_sound_are_spoken_once_and_each_has_its_own_marks(tmp_path: Path) -> None:
    spellings = [named(f"From {name} by sea.", name, ipa="ˈkiːv") for name in ("Kiev", "Kyjiw")]
    made = Script(title="Test", language="en-GB", utterances=tuple(spellings))
    narration = narrate(made, VoiceSettings(), engine=find_engine("espeak"), workshop=workshop(tmp_path))
    assert narration.synthesised == 1
    for said, clip in zip(spellings, narration.clips, strict=True):
        assert [said.spoken[mark.char_start : mark.char_end] for mark in clip.marks] == said.spoken.split()


def test_a_failure_carries_the_utterance_as_the_script_has_it(tmp_path: Path) -> None:
    def fail(text: str) -> bytes:
        raise EngineError("it broke", cure="mend it", utterance=f"<{text}>")

    with pytest.raises(EngineError) as caught:
        narrate(script("one"), VoiceSettings(), engine=ToneEngine(fail), workshop=workshop(tmp_path))
    assert caught.value.utterance == "one"
