"""Floor 2, inside the transcript: every Utterance becomes one Cue or, where it is long, several. Pure.

The text is what the reader of the page sees; the times come from the sound. A Cue starts exactly with its first word
and stays until the next one starts. What is said last before a pause may stay on the screen into it, until it can
have been read: the end of a Cue is for the eye, that of its last word for the ear.
"""

from itertools import chain

from msgspec.structs import replace

from pipeline.errors import ScriptError
from pipeline.model import Cue, CueWord, Narration, Placement, Script, StoredClip, Timeline, Transcript, Utterance
from pipeline.transcript.breaks import LONGEST_S, SHORTEST_S, pieces, words_of
from pipeline.transcript.times import word_times

#: How fast a Cue is to be read where a pause leaves the time for it. Source: Netflix Timed Text Style Guide, English.
CHARACTERS_A_SECOND = 17


def make_transcript(  # noqa: PLR0917  the three things it is made of, in the order of the pipeline
    script: Script, narration: Narration, timeline: Timeline
) -> Transcript:
    """The Cues of everything that is said, in Timeline samples, in order and without overlap.

    The texts of the Cues of one Utterance, joined by blanks, are its display text with runs of blanks made one
    (no-break spaces stay); the words of a Cue, joined by blanks, are its text. Words lie inside the placement of
    their Utterance, and so do starts of Cues; the last end may lie in the pause after it, but never beyond the next
    placement's start.

    Raises: ScriptError where Script, Narration and Timeline do not belong together.
    """
    _expect_the_same_number(script, narration, timeline=timeline)
    limits = [*(placement.start for placement in timeline.placements[1:]), timeline.length]
    cues = (
        _with_time_to_read(
            _cues(utterance, clip, placement=placement, sample_rate=timeline.sample_rate),
            limit=limit,
            sample_rate=timeline.sample_rate,
        )
        for utterance, clip, placement, limit in zip(
            script.utterances, narration.clips, timeline.placements, limits, strict=False
        )
    )
    return Transcript(sample_rate=timeline.sample_rate, language=script.language, cues=tuple(chain.from_iterable(cues)))


def _expect_the_same_number(script: Script, narration: Narration, *, timeline: Timeline) -> None:
    numbers = len(script.utterances), len(narration.clips), len(timeline.placements)
    if len(set(numbers)) > 1:
        raise ScriptError(
            "the script of “{}” has {} utterances, its narration {} clips, its timeline {} placements".format(
                script.title, *numbers
            ),
            cure="narrate and arrange this very script again",
        )


def _cues(utterance: Utterance, clip: StoredClip, *, placement: Placement, sample_rate: int) -> list[Cue]:
    """The Cues of one Utterance, from the start of its placement to the end of it without a gap."""
    shown = words_of(utterance.display)
    words = word_times(utterance, shown, clip=clip, placement=placement, sample_rate=sample_rate)
    # Before its first word and after its last one an Utterance may draw breath: it is shown all the same.
    times = [placement.start, *(word.start for word in words[1:]), placement.end]
    return [
        _cue(utterance, words[first:after], placement=placement, times=(times[first], times[after]))
        for first, after in pieces(shown, [time / sample_rate for time in times])
    ]


def _cue(utterance: Utterance, words: tuple[CueWord, ...], *, placement: Placement, times: tuple[int, int]) -> Cue:
    return Cue(
        start=times[0],
        end=times[1],
        text=" ".join(word.text for word in words),
        utterance=placement.utterance,
        speaker=utterance.speaker,
        words=words,
    )


def _with_time_to_read(cues: list[Cue], *, limit: int, sample_rate: int) -> list[Cue]:
    """The Cues, the last one on the screen until it can have been read, at least a second, but not after ``limit``."""
    if not cues:
        return cues
    last = cues[-1]
    seconds = min(LONGEST_S, max(SHORTEST_S, len(last.text) / CHARACTERS_A_SECOND))
    end = max(last.end, min(limit, last.start + round(seconds * sample_rate)))
    return [*cues[:-1], replace(last, end=end)]
