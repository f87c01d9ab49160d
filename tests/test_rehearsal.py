"""How long an episode will be before it is spoken: exact where the store knows, near enough where it does not."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from pipeline.audio import calibration_script
from pipeline.engines import find_engine
from pipeline.model import Narration, Script, VoiceSettings
from pipeline.narration import narrate
from pipeline.progress import Silence
from pipeline.project import open_project
from pipeline.rehearsal import rehearse
from pipeline.store import Store
from pipeline.workflow import Order, read_and_write_script
from pipeline.workshop import Workshop
from tests.test_narration import SECOND, ToneEngine, quoting, script

SEEDS = ("the-quiet-strait.txt", "what-the-ceasefire-line-costs.md")


def workshop(folder: Path) -> Workshop:
    return Workshop(store=Store(folder), workers=2, progress=Silence())


def seconds(narration: Narration) -> float:
    return sum(clip.sample_count / clip.sample_rate for clip in narration.clips)


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest, root: Path) -> Script:
    """The script of a sample article."""
    order = Order(source=root / "seeds" / request.param, now=datetime(2026, 5, 1, tzinfo=UTC))
    return read_and_write_script(open_project(root), order)[1]


@pytest.mark.parametrize("pace_wpm", [120, 165, 220])
def test_a_sample_article_is_as_long_as_estimated(seed: Script, tmp_path: Path, pace_wpm: int) -> None:
    engine, at, voice = find_engine("espeak"), workshop(tmp_path), VoiceSettings(pace_wpm=pace_wpm)
    estimated = rehearse(seed, voice, engine=engine, store=at.store)
    spoken = narrate(seed, voice, engine=engine, workshop=at)
    assert not estimated.is_exact
    assert seconds(estimated.narration) == pytest.approx(seconds(spoken), rel=0.03)


def test_what_is_spoken_is_the_narration_itself(tmp_path: Path) -> None:
    engine, at = ToneEngine(), workshop(tmp_path)
    said = quoting(1, of=script("one", "two", "three"))
    spoken = narrate(said, VoiceSettings(), engine=engine, workshop=at, second_voice=SECOND)
    heard = rehearse(said, VoiceSettings(), engine=engine, store=at.store, second_voice=SECOND)
    assert heard.is_exact
    assert heard.narration == msgspec.structs.replace(spoken, synthesised=0)
    assert sorted(engine.spoken) == ["one", "three", "two"]


def test_only_what_the_store_lacks_is_estimated(tmp_path: Path) -> None:
    engine, at = ToneEngine(), workshop(tmp_path)
    narrate(script("one", "three"), VoiceSettings(), engine=engine, workshop=at)
    heard = rehearse(script("one", "two", "three"), VoiceSettings(), engine=engine, store=at.store)
    assert heard.estimated == (1,)
    assert [bool(clip.key) for clip in heard.narration.clips] == [True, False, True]


def test_a_voice_with_a_pace_of_its_own_is_judged_by_what_it_has_said(tmp_path: Path) -> None:
    """The tone says eight characters a second, whatever it is asked for; pace_wpm would promise eighteen."""
    engine, at = ToneEngine(), workshop(tmp_path)
    said = script("A sentence of forty-eight characters, to be said.")
    before = rehearse(said, VoiceSettings(), engine=engine, store=at.store)
    narrate(calibration_script("en-GB"), VoiceSettings(), engine=engine, workshop=at)
    after = rehearse(said, VoiceSettings(), engine=engine, store=at.store)
    assert seconds(before.narration) == pytest.approx(49 / 18.05, rel=0.05)
    assert seconds(after.narration) == pytest.approx(49 / 8, abs=0.001)


def test_a_few_words_do_not_make_a_pace(tmp_path: Path) -> None:
    engine, at = ToneEngine(), workshop(tmp_path)
    narrate(script("No."), VoiceSettings(), engine=engine, workshop=at)
    heard = rehearse(script("No.", "Yes, for once."), VoiceSettings(), engine=engine, store=at.store)
    assert heard.narration.clips[1].sample_count / 1000 == pytest.approx(14 / 18, rel=0.05)


def test_the_second_voice_has_a_pace_of_its_own(tmp_path: Path) -> None:
    engine, at = ToneEngine(), workshop(tmp_path)
    narrate(calibration_script("en-GB"), VoiceSettings(), engine=engine, workshop=at)
    said = quoting(1, of=script("Said by the first.", "Said by the other."))
    heard = rehearse(said, VoiceSettings(), engine=engine, store=at.store, second_voice=SECOND)
    first, second = (clip.sample_count / 1000 for clip in heard.narration.clips)
    assert first == pytest.approx(18 / 8, abs=0.001)
    assert second == pytest.approx(18 / (0.1094 * 150), rel=0.05)
