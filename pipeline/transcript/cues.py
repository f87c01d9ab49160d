"""Floor 2, inside the transcript: every Utterance becomes one Cue or, where it is long, several. Pure.

The text is what the reader of the page sees; the times come from the sound. Where a sentence is broken, the place
is followed from the display text through the spoken forms into the spoken text, and from there to the mark that the
engine set on the next word. Where an engine sets no marks, time goes with characters.
"""

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from pipeline.errors import ScriptError
from pipeline.model import (
    Cue,
    Mark,
    MarkKind,
    Narration,
    Placement,
    Script,
    StoredClip,
    Timeline,
    Transcript,
    Utterance,
)
from pipeline.transcript.breaks import Word, pieces, words_of
from pipeline.units import rescale_samples


def make_transcript(  # noqa: PLR0917  the three things it is made of, in the order of the pipeline
    script: Script, narration: Narration, timeline: Timeline
) -> Transcript:
    """The Cues of everything that is said, in Timeline samples, none outside the placement of its Utterance.

    The texts of the Cues of one Utterance, joined by blanks, are its display text with runs of blanks made one.

    Raises: ScriptError where Script, Narration and Timeline do not belong together.
    """
    _expect_the_same_number(script, narration, timeline=timeline)
    return Transcript(
        sample_rate=timeline.sample_rate,
        language=script.language,
        cues=tuple(
            cue
            for utterance, clip, placement in zip(script.utterances, narration.clips, timeline.placements, strict=True)
            for cue in _cues(utterance, clip, placement=placement, sample_rate=timeline.sample_rate)
        ),
    )


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
    words = words_of(utterance.display)
    times = _word_starts(utterance, words, clip=clip, placement=placement, sample_rate=sample_rate)
    return [
        Cue(
            start=times[first],
            end=times[last],
            text=" ".join(utterance.display[words[first].start : words[last - 1].end].split()),
            utterance=placement.utterance,
            speaker=utterance.speaker,
        )
        for first, last in pieces(words, [time / sample_rate for time in times])
    ]


def _word_starts(
    utterance: Utterance, words: tuple[Word, ...], *, clip: StoredClip, placement: Placement, sample_rate: int
) -> list[int]:
    """The Timeline sample at which each word begins, rising, and after the last one the end of the placement."""
    sample_at = _clock_of(utterance, clip)
    times = [placement.start]
    for word in words[1:]:
        sample = sample_at(spoken_offset(utterance, word.start))
        scaled = rescale_samples(sample, clip.sample_rate, to_rate=sample_rate)
        times.append(max(times[-1], placement.start + min(scaled, placement.length)))
    return [*times[: len(words)], placement.end] if words else [placement.end]


def spoken_offset(utterance: Utterance, offset: int) -> int:
    """Where the character ``offset`` of the display text is in the spoken text; in proportion inside a form."""
    shift = 0
    for form in utterance.forms:
        if offset <= form.start:
            break
        if offset < form.end:
            share = (offset - form.start) / (form.end - form.start)
            return form.spoken_start + round(share * (form.spoken_end - form.spoken_start))
        shift = form.spoken_end - form.end
    return offset + shift


def _clock_of(utterance: Utterance, clip: StoredClip) -> Callable[[int], int]:
    """What tells the sample of the Clip at which a character of the spoken text is heard."""
    marks = sorted((mark for mark in clip.marks if mark.kind is MarkKind.WORD), key=lambda mark: mark.char_start)
    length = len(utterance.spoken)
    if not marks or not _is_rising(marks):
        return partial(_in_proportion, of=length, samples=clip.sample_count)
    return partial(_at_mark, marks=marks, ends_at=(length, clip.sample_count))


def _is_rising(marks: list[Mark]) -> bool:
    """Whether the marks make sense as a clock: text and sound go the same way."""
    return all(one.sample_start <= other.sample_start for one, other in pairwise(marks))


def _at_mark(offset: int, *, marks: list[Mark], ends_at: tuple[int, int]) -> int:
    """The start of the mark at or after ``offset``; beyond the last one in proportion to the end of the Clip."""
    number = bisect_left(marks, offset, key=lambda mark: mark.char_start)
    if number < len(marks):
        return marks[number].sample_start
    last, (length, samples) = marks[-1], ends_at
    rest = _in_proportion(offset - last.char_start, of=length - last.char_start, samples=samples - last.sample_start)
    return last.sample_start + rest


def _in_proportion(offset: int, *, of: int, samples: int) -> int:
    return samples * offset // of if of > 0 else 0
