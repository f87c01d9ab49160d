"""Floor 3, inside tagging: the lines of a Transcript that a player may show while they are heard."""

from pipeline.model import Cue, Timing, Transcript
from pipeline.tagging.episode_tag import TimedLine
from pipeline.units import ms_from_samples


def exact_lines(transcript: Transcript) -> tuple[TimedLine, ...]:
    """A line for each Cue whose start is known exactly; () where the voice tells no word's time exactly.

    The first Cue of an Utterance starts with its Clip, to the sample. One that starts inside an Utterance is exact if
    its first word is; otherwise its text goes on in the line before, so that no time of a line is a guess.
    """
    if not any(word.timing is Timing.EXACT for cue in transcript.cues for word in cue.words):
        return ()
    starts: list[int] = []
    texts: list[list[str]] = []
    previous: int | None = None
    for cue in transcript.cues:
        if cue.utterance != previous or _starts_exactly(cue):
            starts.append(cue.start)
            texts.append([])
        texts[-1].append(cue.text)
        previous = cue.utterance
    return tuple(
        TimedLine(start_ms=ms_from_samples(start, transcript.sample_rate), text=" ".join(parts))
        for start, parts in zip(starts, texts, strict=True)
    )


def _starts_exactly(cue: Cue) -> bool:
    return bool(cue.words) and cue.words[0].timing is Timing.EXACT
