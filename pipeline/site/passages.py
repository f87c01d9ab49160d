"""Inside the site: Script and Transcript become the passages of the episode page, each with its time."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from pipeline.model import EpisodeChapter, Role, Script, Transcript, Utterance
from pipeline.units import ms_from_samples


class Sentence(Struct, frozen=True, kw_only=True):
    """One Utterance as it is read, and from when to when its Cues are shown, in whole milliseconds."""

    start_ms: int
    end_ms: int
    text: str


class Passage(Struct, frozen=True, kw_only=True):
    """A paragraph, heading, quotation or list item of the transcript.

    ``speaker`` is who is quoted in all of it, "" where nobody is. ``chapters_ms`` are the starts of the chapters that
    begin with it and not at its own first sample: a chapter may take in the silence before its first word.
    """

    role: Role
    speaker: str
    sentences: tuple[Sentence, ...]
    chapters_ms: tuple[int, ...]

    @property
    def start_ms(self) -> int:
        """When its first word is heard."""
        return self.sentences[0].start_ms


def make_passages(script: Script, transcript: Transcript, *, chapters: Sequence[EpisodeChapter]) -> tuple[Passage, ...]:
    """The passages of an episode in order: what is heard, in the words of the article and in its paragraphs.

    Utterances of one Block make one passage; those from a template make one for each role.
    """
    times = _times(transcript)
    heard = [(number, utterance) for number, utterance in enumerate(script.utterances) if number in times]
    made: list[tuple[Role, str, tuple[Sentence, ...]]] = []
    for _, group in groupby(heard, key=lambda numbered: _place(numbered[1])):
        members = list(group)
        sentences = (
            Sentence(start_ms=times[number][0], end_ms=times[number][1], text=utterance.display)
            for number, utterance in members
        )
        made.append((members[0][1].role, _speaker([utterance for _, utterance in members]), tuple(sentences)))
    starts = [sentences[0].start_ms for *_, sentences in made]
    return tuple(
        Passage(
            role=role,
            speaker=speaker,
            sentences=sentences,
            chapters_ms=_chapters_at(number, starts, chapters=chapters),
        )
        for number, (role, speaker, sentences) in enumerate(made)
    )


def _speaker(utterances: Sequence[Utterance]) -> str:
    """Who is quoted in all of them. Inside a paragraph of the author's the author says it."""
    names = {" ".join(utterance.speaker.split()) for utterance in utterances}
    return names.pop() if len(names) == 1 else ""


def _times(transcript: Transcript) -> dict[int, tuple[int, int]]:
    """The number of each Utterance that is heard -> its first and last millisecond, over all its Cues."""
    times: dict[int, tuple[int, int]] = {}
    for cue in transcript.cues:
        start, end = (ms_from_samples(sample, transcript.sample_rate) for sample in (cue.start, cue.end))
        first, last = times.get(cue.utterance, (start, end))
        times[cue.utterance] = (min(first, start), max(last, end))
    return times


def _place(utterance: Utterance) -> tuple[object, ...]:
    return (utterance.role,) if utterance.block is None else (utterance.block, utterance.paragraph)


def _chapters_at(number: int, starts: Sequence[int], *, chapters: Sequence[EpisodeChapter]) -> tuple[int, ...]:
    """The chapters whose first passage is this one, the first to start with them or after; else the last of all."""
    return tuple(
        chapter.start_ms
        for chapter in chapters
        if min(bisect_left(starts, chapter.start_ms), len(starts) - 1) == number and chapter.start_ms != starts[number]
    )
