"""Narrating: in order, once, whatever the number of workers; and nothing spoken is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.engines import Capabilities, Concurrency, Voice, find_engine
from pipeline.errors import EmptyAudio, EngineError
from pipeline.model import Clip, Role, Script, Utterance, VoiceSettings
from pipeline.narration import load_clip, narrate
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.workshop import Workshop


class ToneEngine:
    """An engine of our own: as many samples as the text is long, and a failure where it is told to fail."""

    name = "tone"
    capabilities = Capabilities(
        concurrency=Concurrency.FREE,
        is_deterministic=True,
        is_network=False,
        max_chars=1000,
        timing=None,
        licence="CC0-1.0",
    )

    def __init__(self, speak: Callable[[str], bytes] = lambda text: bytes(2000 * len(text))) -> None:
        self.say = speak
        self.spoken: list[str] = []
        self.open_sessions = 0

    def version(self) -> str:
        return "1"

    def voices(self) -> tuple[Voice, ...]:
        return ()

    def open(self, settings: VoiceSettings) -> "ToneSession":
        self.open_sessions += 1
        return ToneSession(self)


class ToneSession:
    def __init__(self, engine: ToneEngine) -> None:
        self.engine = engine

    def speak(self, text: str) -> Clip:
        pcm = self.engine.say(text)
        self.engine.spoken.append(text)
        return Clip(pcm=pcm, sample_rate=8000)

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
        return bytes(2000 * len(text))

    at = workshop(tmp_path, workers=1)
    engine = ToneEngine(fail)
    with pytest.raises(EngineError, match="it broke"):
        narrate(script("one", "two", "bad", "three"), VoiceSettings(), engine=engine, workshop=at)
    assert engine.open_sessions == 0
    mended = ToneEngine()
    narrate(script("one", "two", "bad", "three"), VoiceSettings(), engine=mended, workshop=at)
    assert "one" not in mended.spoken
    assert "bad" in mended.spoken


@pytest.mark.parametrize("pcm", [b"", bytes(20)])
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
