"""Floor 2, between narrating and everything that needs to know when: Script and Narration -> Timeline. Pure.

The sound is joined by samples, so where each Clip lies is known exactly before a single one is joined: the lead-in,
then each Clip and the silence after it, and at the end the lead-out in place of the last pause.
"""

from itertools import accumulate

from pipeline.errors import AudioError, ScriptError
from pipeline.model import Narration, PauseSettings, Placement, Script, StoredClip, Timeline
from pipeline.units import rescale_samples, samples_from_ms


def arrange(script: Script, narration: Narration, *, sample_rate: int, pauses: PauseSettings) -> Timeline:
    """Where every Clip lies, in whole samples at ``sample_rate`` Hz.

    Every length is rounded by itself (a Clip of another rate, a pause of milliseconds), so that a changed Utterance
    moves the ones after it and leaves their lengths alone.

    Raises: ScriptError where nothing is to be said; AudioError where Clips and Utterances are not equally many.
    """
    _expect_a_clip_each(script, narration)
    lengths = [_length(clip, sample_rate=sample_rate) for clip in narration.clips]
    silences = [samples_from_ms(ms, sample_rate) for ms in _silences_ms(script, pauses)]
    lead_in = samples_from_ms(pauses.lead_in_ms, sample_rate)
    ends = list(
        accumulate((length + silence for length, silence in zip(lengths, silences, strict=True)), initial=lead_in)
    )
    return Timeline(
        sample_rate=sample_rate,
        length=ends[-1],
        placements=tuple(
            Placement(utterance=number, start=start, length=length)
            for number, (start, length) in enumerate(zip(ends, lengths, strict=False))
        ),
    )


def _expect_a_clip_each(script: Script, narration: Narration) -> None:
    utterances, clips = len(script.utterances), len(narration.clips)
    if not utterances:
        raise ScriptError(
            f"the script of “{script.title}” has 0 utterances",
            cure="nothing of the article is spoken: look at the fates that `audio-edition script` lists",
        )
    if utterances != clips:
        raise AudioError(
            f"the script of “{script.title}” has {utterances} utterances, its narration {clips} clips",
            cure="narrate this very script again",
        )


def _length(clip: StoredClip, *, sample_rate: int) -> int:
    return rescale_samples(clip.sample_count, clip.sample_rate, to_rate=sample_rate)


def _silences_ms(script: Script, pauses: PauseSettings) -> list[int]:
    """The silence after each Utterance; the last one's is the lead-out."""
    return [*(utterance.pause_after_ms for utterance in script.utterances[:-1]), pauses.lead_out_ms]
