"""A whole script by the engine elevenlabs: what came back is kept, whatever happens after it."""

from pathlib import Path

import pytest

from pipeline.errors import EngineError
from pipeline.model import Role, Script, Utterance, VoiceSettings
from pipeline.narration import narrate, stored_clips
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.workshop import Workshop
from tests.engines.elevenlabs.stand import at_stand, refusal, spoken
from tests.engines.network.loopback import Call, Reply


def test_a_failure_keeps_what_was_spoken_and_a_second_run_asks_for_the_rest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = tuple(f"Sentence number {number} of the Harbour Review." for number in range(8))
    said = Script(
        title="Test",
        language="en-GB",
        utterances=tuple(
            Utterance(display=text, spoken=text, forms=(), role=Role.BODY, pause_after_ms=0) for text in texts
        ),
    )
    voice = VoiceSettings(engine="elevenlabs", name="Amaro")
    workshop = Workshop(store=Store(tmp_path), workers=2, progress=Silence())
    is_empty = True

    def answer(call: Call) -> Reply | None:
        is_late = is_empty and b"number 6 " in call.body
        return refusal(401, "quota_exceeded", message="Nothing is left.") if is_late else None

    with at_stand(monkeypatch, answer) as (engine, server):
        with pytest.raises(EngineError, match="no credit left"):
            narrate(said, voice, engine=engine, workshop=workshop)
        kept = stored_clips(said, voice, engine=engine, store=workshop.store)
        there = {text for text, clip in zip(texts, kept, strict=True) if clip is not None}
        assert len(there & set(texts[:6])) >= 5  # the other worker may have been at one of them
        before, is_empty = len(spoken(server)), False
        whole = narrate(said, voice, engine=engine, workshop=workshop)
        assert {asked["text"] for asked in spoken(server)[before:]} == set(texts) - there
        assert all(clip.marks for clip in whole.clips)
        count = len(server.calls)
        assert narrate(said, voice, engine=engine, workshop=workshop).clips == whole.clips
        assert len(server.calls) == count
