"""Floor 3: Script -> Narration as far as it has been spoken; how long the rest will take is estimated.

For whoever wants to know when something is heard before a build. Nothing is spoken here, and nothing is fetched.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from pipeline.audio import calibration_script
from pipeline.engines import Engine
from pipeline.model import Narration, Script, StoredClip, Utterance, VoiceSettings
from pipeline.narration import stored_clips
from pipeline.store import Store

#: Characters a second at one word a minute, as espeak-ng keeps its pace: the one voice that is always there.
_CHARACTERS_A_SECOND = 0.1094

#: So much must have been spoken before a voice is judged by it. The minute that finds its gain has about 880.
_ENOUGH_CHARACTERS = 500

#: Estimates are no finer than a millisecond.
_ESTIMATED_RATE = 1000


class Rehearsal(Struct, frozen=True, kw_only=True):
    """A Narration, and the numbers of the Utterances, from 0, whose Clips in it are estimates without any sound."""

    narration: Narration
    estimated: tuple[int, ...]

    @property
    def is_exact(self) -> bool:
        """Whether every length in it is that of a Clip."""
        return not self.estimated


def rehearse(
    script: Script,
    voice: VoiceSettings,
    *,
    engine: Engine,
    store: Store,
    second_voice: VoiceSettings | None = None,
) -> Rehearsal:
    """The Clips of every Utterance, in order; those that the store lacks have an estimated length and no sound.

    What is not spoken yet takes as long as its characters do at the speed of its voice. That is measured where the
    store holds enough of the voice, in this Script or in the minute that every first build speaks; else it follows
    from ``pace_wpm``.

    Raises: EngineError where an Utterance cannot be said at all.
    """
    known = _with_the_minute(script)
    clips = stored_clips(known, voice, engine=engine, store=store, second_voice=second_voice)
    voices = [second_voice if utterance.is_second_voice and second_voice else voice for utterance in known.utterances]
    said = list(zip(known.utterances, voices, clips, strict=True))
    speeds = {one: _speed(one, ((text, clip) for text, by, clip in said if by == one)) for one in set(voices)}
    asked = said[: len(script.utterances)]
    return Rehearsal(
        narration=Narration(
            clips=tuple(clip or _estimate(text, speeds[by]) for text, by, clip in asked),
            synthesised=0,
        ),
        estimated=tuple(number for number, (_, _, clip) in enumerate(asked) if clip is None),
    )


def _with_the_minute(script: Script) -> Script:
    """``script``, and after it the minute of speech that every first build speaks to find the voice's gain."""
    minute = calibration_script(script.language).utterances
    return msgspec.structs.replace(script, utterances=(*script.utterances, *minute))


def _speed(voice: VoiceSettings, said: Iterable[tuple[Utterance, StoredClip | None]]) -> float:
    """How many characters ``voice`` says in a second."""
    characters, seconds = 0, 0.0
    for utterance, clip in said:
        if clip is not None:
            characters += len(utterance.spoken)
            seconds += clip.sample_count / clip.sample_rate
    is_enough = characters >= _ENOUGH_CHARACTERS and seconds > 0
    return characters / seconds if is_enough else _CHARACTERS_A_SECOND * voice.pace_wpm


def _estimate(utterance: Utterance, speed: float) -> StoredClip:
    """As long as its characters take, and nothing to be found in the store."""
    length = round(len(utterance.spoken) / speed * _ESTIMATED_RATE)
    return StoredClip(key="", sample_count=length, sample_rate=_ESTIMATED_RATE)
