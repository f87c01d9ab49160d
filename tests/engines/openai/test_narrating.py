"""A whole script by the engine openai: what came back is kept, whatever happens after it."""

from pathlib import Path

import pytest

from pipeline.engines import Engine
from pipeline.errors import EngineError
from pipeline.model import Narration, Role, Script, Utterance, VoiceSettings
from pipeline.narration import narrate, stored_clips
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.workshop import Workshop
from tests.engines.network.loopback import Call, Reply
from tests.engines.openai.stand import at_stand, refusal, spoken

VOICE = VoiceSettings(engine="openai", name="bf_emma")
TEXTS = tuple(f"Sentence number {number} of the Causeway Letter." for number in range(12))


def script(*texts: str) -> Script:
    return Script(
        title="Test",
        language="en-GB",
        utterances=tuple(
            Utterance(display=text, spoken=text, forms=(), role=Role.BODY, pause_after_ms=0) for text in texts
        ),
    )


def narrated(engine: Engine, folder: Path) -> Narration:
    workshop = Workshop(store=Store(folder), workers=2, progress=Silence())
    return narrate(script(*TEXTS), VOICE, engine=engine, workshop=workshop)


def test_a_second_run_asks_for_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with at_stand(monkeypatch) as (engine, server):
        first = narrated(engine, tmp_path)
        assert sorted(asked["input"] for asked in spoken(server)) == sorted(TEXTS)
        count = len(server.calls)
        assert narrated(engine, tmp_path).clips == first.clips
        assert len(server.calls) == count


def test_what_was_spoken_before_a_failure_is_not_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    is_empty = True

    def answer(call: Call) -> Reply | None:
        if is_empty and b"number 7 " in call.body:
            return refusal(429, message="The account is empty.", code="insufficient_quota")
        return None

    with at_stand(monkeypatch, answer, at_once=2) as (engine, server):
        with pytest.raises(EngineError, match="no credit left"):
            narrated(engine, tmp_path)
        kept = stored_clips(script(*TEXTS), VOICE, engine=engine, store=Store(tmp_path))
        there = {text for text, clip in zip(TEXTS, kept, strict=True) if clip is not None}
        assert len(there & set(TEXTS[:7])) >= 6  # the other worker may have been at one of them
        assert TEXTS[7] not in there
        before, is_empty = len(spoken(server)), False
        narrated(engine, tmp_path)
        assert {asked["input"] for asked in spoken(server)[before:]} == set(TEXTS) - there


def test_no_more_is_asked_for_at_a_time_than_at_once_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with at_stand(monkeypatch, at_once=3, delay_s=0.1) as (engine, server):
        narrated(engine, tmp_path)
        assert server.most_at_once == 3
