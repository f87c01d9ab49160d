"""Lines for players: one for each Cue whose start is known, and none that begins at a guess."""

from pipeline.model import Cue, CueWord, Timing, Transcript
from pipeline.tagging import TimedLine, exact_lines


def cue(utterance: int, start: int, *words: tuple[str, Timing]) -> Cue:
    return Cue(
        start=start,
        end=start + 100,
        text=" ".join(text for text, _ in words),
        utterance=utterance,
        words=tuple(CueWord(text=text, start=start, end=start + 10, timing=timing) for text, timing in words),
    )


def lines(*cues: Cue) -> tuple[TimedLine, ...]:
    return exact_lines(Transcript(sample_rate=1000, language="en", cues=cues))


EXACT, ALIGNED, GUESSED = Timing.EXACT, Timing.ALIGNED, Timing.INTERPOLATED


def test_a_line_for_each_cue_that_starts_with_a_known_word() -> None:
    assert lines(
        cue(0, 0, ("Ships", EXACT), ("wait", EXACT)),
        cue(0, 1_500, ("outside.", EXACT)),
        cue(1, 4_000, ("Nobody", EXACT), ("pays.", EXACT)),
    ) == (
        TimedLine(start_ms=0, text="Ships wait"),
        TimedLine(start_ms=1_500, text="outside."),
        TimedLine(start_ms=4_000, text="Nobody pays."),
    )


def test_a_cue_that_starts_at_a_guess_goes_on_in_the_line_before() -> None:
    assert lines(
        cue(0, 0, ("Ships", EXACT)),
        cue(0, 1_500, ("$2.5bn", GUESSED), ("outside.", EXACT)),
        cue(0, 2_500, ("And", EXACT)),
    ) == (TimedLine(start_ms=0, text="Ships $2.5bn outside."), TimedLine(start_ms=2_500, text="And"))


def test_an_utterance_starts_exactly_whatever_its_first_word() -> None:
    assert lines(cue(0, 0, ("Ships", EXACT)), cue(1, 900, ("$2.5bn", GUESSED))) == (
        TimedLine(start_ms=0, text="Ships"),
        TimedLine(start_ms=900, text="$2.5bn"),
    )


def test_a_voice_without_exact_times_gives_no_lines() -> None:
    assert lines(cue(0, 0, ("Ships", ALIGNED)), cue(1, 900, ("wait", GUESSED))) == ()
    assert lines() == ()
