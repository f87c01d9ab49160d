"""Floor 3: Script -> Narration. Asks the store first, then the engine, several Sessions at a time.

The host's part of the contract in pipeline/engines/contract.py: takes.py says what each Utterance is in the engine's
notation, and the key under which its clip is kept; speaking.py has it said; clips.py keeps it; bill.py says before any
of it what it will cost.
"""

from collections.abc import Sequence

import msgspec

from pipeline.engines import Engine
from pipeline.engines.notation import Rendered, carry_back
from pipeline.errors import EngineError
from pipeline.model import Narration, Script, StoredClip, VoiceSettings
from pipeline.narration.bill import bill_of, bill_of_takes, bill_of_texts
from pipeline.narration.clips import load_clip, recall_clips, require_clip
from pipeline.narration.speaking import Speaker
from pipeline.narration.takes import Take, takes_of
from pipeline.store import Store
from pipeline.workshop import Workshop

__all__ = ["bill_of", "bill_of_texts", "load_clip", "missing_clips", "narrate", "require_clip", "stored_clips"]


def narrate(
    script: Script,
    voice: VoiceSettings,
    *,
    engine: Engine,
    workshop: Workshop,
    second_voice: VoiceSettings | None = None,
) -> Narration:
    """The Clips of every Utterance, in order; what the store holds is not spoken again.

    ``second_voice`` is another voice of the same ``engine`` for the utterances that ask for it; without one, ``voice``
    says them too. Each clip is stored as soon as it is there, so that a run that is stopped loses nothing.
    Marks are characters of the spoken text, whatever the engine was given for it.

    Raises:
        EngineError: and its children, from the engine; EmptyAudio for a clip too short for its text.
        PipelineError: whatever is raised by who was asked for consent to an engine of the network, and did not give it.
        StoreError: the cache cannot be written.
    """
    takes = takes_of(script, voice, engine=engine, second_voice=second_voice)
    known = recall_clips(workshop.store, (take.key for take in takes))
    missing = {take.key: take for take in takes if take.key not in known}
    if missing and engine.capabilities.is_network:
        _require_consent(list(missing.values()), engine, workshop=workshop)
    workshop.progress.begin("narrate", len(missing))
    if missing:
        known |= Speaker(engine, workshop=workshop).speak_all(list(missing.values()))
    workshop.progress.end(f"{len(missing)} spoken, {len(takes) - len(missing)} from the cache")
    clips = tuple(_with_marks_of_spoken(known[take.key], take.rendered) for take in takes)
    return Narration(clips=clips, synthesised=len(missing))


def _require_consent(takes: Sequence[Take], engine: Engine, *, workshop: Workshop) -> None:
    if workshop.is_offline:
        raise EngineError(
            f"{len(takes)} utterances are not spoken yet, and {engine.name} is not asked by who only looks",
            cure="build the episode",
        )
    if workshop.consent is not None:
        workshop.consent.require(bill_of_takes(takes, engine), engine=engine.name)


def missing_clips(
    script: Script,
    voice: VoiceSettings,
    *,
    engine: Engine,
    store: Store,
    second_voice: VoiceSettings | None = None,
) -> tuple[int, ...]:
    """The numbers of the Utterances, from 0, that `narrate` would have to speak, because the store lacks them.

    Nothing is spoken. Raises EngineError where an Utterance cannot be said at all.
    """
    clips = stored_clips(script, voice, engine=engine, store=store, second_voice=second_voice)
    return tuple(number for number, clip in enumerate(clips) if clip is None)


def stored_clips(
    script: Script,
    voice: VoiceSettings,
    *,
    engine: Engine,
    store: Store,
    second_voice: VoiceSettings | None = None,
) -> tuple[StoredClip | None, ...]:
    """The Clips of every Utterance as `narrate` would give them, in order; None for each that the store lacks.

    Nothing is spoken. Raises EngineError where an Utterance cannot be said at all.
    """
    takes = takes_of(script, voice, engine=engine, second_voice=second_voice)
    known = recall_clips(store, (take.key for take in takes))
    return tuple(_with_marks_of_spoken(known[take.key], take.rendered) if take.key in known else None for take in takes)


def _with_marks_of_spoken(clip: StoredClip, rendered: Rendered) -> StoredClip:
    """The store keeps marks as the engine gave them: two spellings of a name can have one sound, and one clip."""
    marks = carry_back(clip.marks, rendered, sample_count=clip.sample_count)
    return msgspec.structs.replace(clip, marks=marks)
