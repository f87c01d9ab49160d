"""When each word is heard: from the marks through the spoken forms, and honest about what is only a guess."""

from itertools import chain, pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import CueWord, SpokenForm, StoredClip, Timing, Utterance
from tests.transcript.samples import RATE, clip, said_and_heard, transcript_of, utterance

START = 0.3  # the lead-in


def heard(said: Utterance, sound: StoredClip) -> list[tuple[str, float, float, str]]:
    """The words, their seconds from the start of the Clip, and their timing."""
    made, _ = transcript_of((said, sound))
    words = [word for cue in made.cues for word in cue.words]
    return [
        (word.text, round(word.start / RATE - START, 3), round(word.end / RATE - START, 3), word.timing.value)
        for word in words
    ]


def test_marks_count_in_spoken_text() -> None:
    display = "The levy brings in $3.5bn a year, and the ports keep all of it."
    spoken = display.replace("$3.5bn", "three point five billion dollars")
    start = display.index("$3.5bn")
    shift = len(spoken) - len(display)
    form = SpokenForm(
        start=start,
        end=start + len("$3.5bn"),
        spoken_start=start,
        spoken_end=start + len("$3.5bn") + shift,
        rule="money",
    )
    said = utterance(display, spoken=spoken, forms=(form,))
    at = spoken.index("and the ports")
    # A second mark stands where the words would be if display and spoken text were the same.
    marks = ((0, 3, 0.0, 0.2), (display.index("and the ports"), at - 1, 4.0, 4.2), (at, at + 3, 6.0, 6.2))
    made, timeline = transcript_of((said, clip(9.0, *marks)))
    first, second = made.cues
    assert second.text == "and the ports keep all of it."
    assert second.start == timeline.placements[0].start + 6 * RATE
    assert first.text.startswith("The levy brings in $3.5bn")


def with_form(display: str, written: str, read: str) -> Utterance:
    start = display.index(written)
    form = SpokenForm(
        start=start, end=start + len(written), spoken_start=start, spoken_end=start + len(read), rule="number"
    )
    return utterance(display, spoken=display.replace(written, read), forms=(form,))


def test_a_word_ends_with_its_own_mark_and_the_pause_is_no_word() -> None:
    sound = clip(3.0, (0, 3, 0.1, 0.3), (4, 10, 0.3, 1.0), (11, 15, 1.8, 2.5))
    assert heard(utterance("The pilot, gone."), sound) == [
        ("The", 0.1, 0.3, "exact"),
        ("pilot,", 0.3, 1.0, "exact"),
        ("gone.", 1.8, 2.5, "exact"),
    ]


def test_a_word_said_as_several_lasts_over_all_of_them() -> None:
    said = with_form("It cost $2.5bn then.", "$2.5bn", "two point five billion dollars")
    spoken = said.spoken.split()
    assert len(spoken) == 8
    marks, at = [], 0
    for number, word in enumerate(spoken):
        marks.append((at, at + len(word), number * 0.5, number * 0.5 + 0.4))
        at += len(word) + 1
    assert heard(said, clip(4.0, *marks)) == [
        ("It", 0.0, 0.4, "exact"),
        ("cost", 0.5, 0.9, "exact"),
        ("$2.5bn", 1.0, 3.4, "exact"),
        ("then.", 3.5, 3.9, "exact"),
    ]


def test_words_that_share_a_form_share_its_time_and_are_guesses() -> None:
    said = with_form("On 3 March it closed.", "3 March", "the third of March")
    spoken = said.spoken.split()
    marks, at = [], 0
    for number, word in enumerate(spoken):
        marks.append((at, at + len(word), number * 0.5, number * 0.5 + 0.5))
        at += len(word) + 1
    words = heard(said, clip(3.5, *marks))
    assert [timing for *_, timing in words] == ["exact", "interpolated", "interpolated", "exact", "exact"]
    assert (words[1][1], words[2][2]) == (0.5, 2.5)
    assert 0.5 < words[1][2] <= words[2][1] < 2.5


def test_what_no_mark_tells_lies_between_its_neighbours() -> None:
    sound = clip(4.0, (0, 3, 0.0, 0.4), (11, 15, 2.0, 2.5))
    words = heard(utterance("The aaaaaa bbbb."), sound)
    assert [timing for *_, timing in words] == ["exact", "interpolated", "exact"]
    assert words[1][1:3] == (pytest.approx(0.4 + 1.6 / 8, abs=0.002), pytest.approx(2.0 - 1.6 / 8, abs=0.002))


def test_no_word_is_better_known_than_its_marks() -> None:
    marks = ((0, 3, 0.0, 0.5), (4, 10, 0.5, 1.0), (11, 16, 1.0, 2.0))
    for timing in Timing:
        words = heard(utterance("The pilots left."), clip(2.0, *marks, timing=timing))
        assert {word[3] for word in words} == {timing.value}


def test_an_end_that_is_the_start_of_a_guess_is_a_guess() -> None:
    sound = clip(2.0, (0, 3, 0.0, 0.5), (4, 10, 0.5, 1.0), (11, 16, 1.0, 2.0))
    marks = list(sound.marks)
    marks[1] = msgspec.structs.replace(marks[1], timing=Timing.INTERPOLATED)
    words = heard(utterance("The pilots left."), msgspec.structs.replace(sound, marks=tuple(marks)))
    assert [timing for *_, timing in words] == ["interpolated", "interpolated", "exact"]


def test_marks_that_go_back_in_time_are_no_clock() -> None:
    words = heard(utterance("The pilots left."), clip(1.6, (0, 3, 1.0, 1.2), (4, 10, 0.5, 0.9)))
    assert words[0] == ("The", 0.0, 0.3, "interpolated")


def test_marks_beyond_the_end_of_the_sound_are_no_clock() -> None:
    words = heard(utterance("The pilots left."), clip(1.6, (0, 3, 0.0, 0.8), (4, 10, 0.8, 1.7), (11, 16, 1.7, 2.4)))
    assert {timing for *_, timing in words} == {"interpolated"}
    assert all(start < end for _, start, end, _ in words)


@given(st.lists(said_and_heard(), min_size=1, max_size=3))
def test_words_rise_inside_their_cue_and_are_its_text(pairs) -> None:
    made, timeline = transcript_of(*pairs)
    for cue in made.cues:
        assert " ".join(word.text for word in cue.words) == cue.text
        inside = [time for word in cue.words for time in (word.start, word.end)]
        assert inside == sorted(inside)
        assert cue.start <= inside[0] <= inside[-1] <= min(cue.end, timeline.placements[cue.utterance].end)
    words: list[CueWord] = list(chain.from_iterable(cue.words for cue in made.cues))
    assert all(one.end <= other.start for one, other in pairwise(words))


@given(said_and_heard())
def test_without_a_mark_nothing_is_called_exact(pair) -> None:
    said, sound = pair
    made, _ = transcript_of((said, msgspec.structs.replace(sound, marks=())))
    assert {word.timing for cue in made.cues for word in cue.words} <= {Timing.INTERPOLATED}
