"""What is shown while it is heard: the exact words, at the right time, in pieces that can be read."""

from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ScriptError
from pipeline.model import Cue, Narration, Script, Timeline
from pipeline.transcript import make_transcript
from pipeline.transcript.breaks import LINE_CHARACTERS, two_lines
from tests.transcript.samples import LONG, RATE, clip, said_and_heard, transcript_of, utterance


def texts(display: str, seconds: float | None = None) -> list[str]:
    """The texts of the cues of one Utterance said at 15 characters a second."""
    made, _ = transcript_of((utterance(display), clip(seconds or len(display) / 15)))
    return [cue.text for cue in made.cues]


def seconds(cue: Cue) -> float:
    return (cue.end - cue.start) / RATE


def test_a_short_sentence_is_one_cue_as_long_as_its_clip() -> None:
    said = "The ferry sails at noon."
    made, timeline = transcript_of((utterance(said), clip(1.5)))
    (cue,) = made.cues
    (placement,) = timeline.placements
    assert (cue.start, cue.end, cue.text, cue.utterance) == (placement.start, placement.end, said, 0)
    assert (made.sample_rate, made.language) == (RATE, "en-GB")


def test_a_long_sentence_is_broken_where_a_reader_would_pause() -> None:
    made = texts(LONG)
    assert made[0].endswith("March,")
    assert " ".join(made) == LONG
    for text in made:
        assert len(two_lines(text)) <= 2
        assert all(len(line) <= LINE_CHARACTERS for line in two_lines(text))
        assert text.split()[-1] not in {"the", "of", "a", "that", "for", "and", "its"}


def test_numbers_keep_their_units_and_names_their_parts() -> None:
    cues = texts(LONG)
    lines = [line for cue in cues for line in two_lines(cue)]
    for whole in ("400 kroner", "Ruben van der Molen"):
        assert any(whole in line for line in lines), lines


def test_a_no_break_space_is_not_broken() -> None:
    text = LONG.replace("dredging fee", "dredging\u00a0fee").replace("northern breakwater", "northern\u00a0breakwater")
    lines = [line for cue in texts(text) for line in two_lines(cue)]
    for whole in ("dredging\u00a0fee", "northern\u00a0breakwater"):
        assert any(whole in line for line in lines), lines


def test_pieces_are_balanced_rather_than_one_full_and_a_tail() -> None:
    text = "The customs union that the two island republics signed in the spring has quietly stopped working again."
    first, second = texts(text)
    assert min(len(first), len(second)) > 30


def test_slow_speech_is_broken_by_time_even_where_the_text_would_fit() -> None:
    made, _ = transcript_of((utterance("The pilots refused the order, and the strait stayed shut."), clip(12.0)))
    assert [cue.text for cue in made.cues] == ["The pilots refused the order,", "and the strait stayed shut."]
    assert all(seconds(cue) <= 7 for cue in made.cues)


def test_the_break_falls_on_the_mark_of_the_next_word() -> None:
    text = "The pilots refused the order, and the strait stayed shut."
    at = text.index("and the")
    marks = ((0, 3, 0.0, 0.2), (at, at + 3, 6.5, 7.0), (at + 4, at + 7, 7.0, 7.2))
    made, timeline = transcript_of((utterance(text), clip(12.0, *marks)))
    first, second = made.cues
    assert first.end == second.start == timeline.placements[0].start + round(6.5 * RATE)
    assert second.end == timeline.placements[0].end


def test_without_marks_time_goes_with_characters() -> None:
    text = "The pilots refused the order, and the strait stayed shut."
    made, timeline = transcript_of((utterance(text), clip(12.0)))
    expected = timeline.placements[0].start + 12.0 * RATE * text.index("and the") / len(text)
    assert made.cues[1].start == pytest.approx(expected, abs=2)


def test_nothing_to_show_is_no_cue() -> None:
    made, _ = transcript_of((utterance(" "), clip(1.0)), (utterance("The pilots agreed."), clip(1.2)))
    assert [(cue.utterance, cue.text) for cue in made.cues] == [(1, "The pilots agreed.")]


def test_parts_that_do_not_belong_together_are_refused() -> None:
    said = utterance("The ferry sails at noon.")
    script = Script(title="Ferries", language="en-GB", utterances=(said, said))
    timeline = Timeline(sample_rate=RATE, length=10, placements=())
    with pytest.raises(ScriptError, match="2 utterances, its narration 1 clips, its timeline 0 placements"):
        make_transcript(script, Narration(clips=(clip(1.0),), synthesised=1), timeline)


def test_no_cue_flashes_up_where_the_pause_leaves_time_for_it() -> None:
    made, timeline = transcript_of((utterance("No."), clip(0.3)), (utterance("Nobody sailed."), clip(0.9)))
    first, last = made.cues
    # 350 ms of pause are not enough for a second; at the end of everything there are 1,000.
    assert first.end == last.start == timeline.placements[1].start
    assert last.end == last.start + RATE
    assert last.words[-1].end == timeline.placements[1].end


def test_a_fast_cue_stays_until_it_can_have_been_read() -> None:
    text = "The pilots refused, the strait stayed shut."
    made, _ = transcript_of((utterance(text), clip(2.0)))
    assert seconds(made.cues[0]) == pytest.approx(len(text) / 17, abs=0.001)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "After two days of talks about the price, president Havel signed the note for the harbours.",
            "president Havel",
        ),
        ("The lines that use the northern port of the republic will have to pay $2 billion by 2031.", "$2 billion"),
        ("The northern breakwater of the old republic would then be as long as 40 kilometres by May.", "40 kilometres"),
        ("The northern breakwater was to have been opened by the two governments on 3 March at noon.", "3 March"),
        ("All the ports of the northern republic have lost something like 40 per cent of their trade.", "40 per cent"),
        (
            "The note about the northern breakwater was signed by both of the parties on May 3, 1994, too.",
            "May 3, 1994",
        ),
        ("The northern breakwater was at last inspected by one of its critics, Gen. Ostrava of Amaro.", "Gen. Ostrava"),
        ("The northern breakwater was then built by two million workers in less than eleven years.", "two million"),
    ],
)
def test_what_belongs_together_stays_together(text: str, whole: str) -> None:
    for place in range(len(text) - 20):
        lines = [line for cue in texts(text[place:].lstrip()) for line in two_lines(cue)]
        assert whole not in text[place:] or any(whole in line for line in lines), lines


def test_a_year_is_no_number_of_something() -> None:
    (text,) = texts("The long war over the harbours of 1994 ended with a note on the breakwater.")
    assert two_lines(text)[0].endswith("1994")


def test_a_long_office_is_parted_from_its_nation_and_not_inside_the_name() -> None:
    lines = [
        line
        for cue in texts("The note was then signed by British Foreign Minister George Canning Calder.")
        for line in two_lines(cue)
    ]
    assert any("Foreign Minister George Canning Calder" in line for line in lines), lines


@pytest.mark.parametrize(
    "text",
    [
        "x" * 300,
        "See https://harbour-review.example/" + "very-long-path/" * 20 + " for the whole of it.",
        "港口在三月关闭，没有人问为什么。" * 12,
        "أغلق الميناء في آذار ولم يسأل أحد عن السبب حتى جاءت السفن الأولى من الشمال في الصباح الباكر جدا",
        "The port 🚢⚓ closed 🏴‍☠️ in March 👩🏽‍✈️ and nobody 🤷 asked why, which is strange 🧐 indeed.",
        "— “” … ( [ -",
    ],
)
def test_no_script_or_length_breaks_it(text: str) -> None:
    cues = texts(text)
    assert " ".join(cues) == text
    assert all(1 <= len(two_lines(cue)) <= 2 for cue in cues)


@given(st.lists(said_and_heard(), min_size=1, max_size=4))
def test_every_word_is_shown_once_in_order_and_inside_its_placement(pairs) -> None:
    made, timeline = transcript_of(*pairs)
    shown = {number: list(cues) for number, cues in groupby(made.cues, key=lambda cue: cue.utterance)}
    for placement, (said, _) in zip(timeline.placements, pairs, strict=True):
        cues = shown.get(placement.utterance, [])
        assert " ".join(cue.text for cue in cues).split() == said.display.split()
        assert all(placement.start <= cue.start <= placement.end for cue in cues)
        assert not cues or cues[-1].end >= placement.end
    assert all(cue.start <= cue.end <= timeline.length for cue in made.cues)
    assert all(one.end <= other.start for one, other in pairwise(made.cues))


@given(st.lists(said_and_heard(), min_size=1, max_size=2))
def test_a_cue_is_at_most_two_lines_unless_a_word_is_longer(pairs) -> None:
    made, _ = transcript_of(*pairs)
    for cue in made.cues:
        lines = two_lines(cue.text)
        assert " ".join(lines) == cue.text
        assert len(lines) <= 2
        longest = max(map(len, cue.text.split(" ")))
        assert longest > LINE_CHARACTERS or all(len(line) <= LINE_CHARACTERS for line in lines)
