"""Soundbites in time: found by their words in what is said, ended with a sentence, refused before anything is said."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ScriptError
from pipeline.model import Cue, CueWord, Role, Script, Soundbite, SoundbiteMark, Timing, Transcript, Utterance
from pipeline.soundbites import LONGEST_S, SHORTEST_S, find_soundbites, soundbite_places
from tests.chapters.readings import RATE, read

ARTICLE = """\
---
title: The quay
---
The harbour of Corvel is older than the state that taxes it. Ships have waited here since the first toll was raised.

## Who pays

The underwriters in Corvel’s exchange — six of them — did their sums first. They asked what a lost hull would cost,
and who would pay for the crew, and after a long winter of letters between the two capitals and the three insurers in
the old town they asked whether anyone at all would still care to sail, and whether those who would rather not might at
least be asked to pay for the others who did. Nobody ever answered them.

> The toll is a tax on fear, and fear pays promptly.

- Tolls rose by a third.
- Tolls fell again in spring.

The year went by. Nobody ever answered them.
"""


@pytest.fixture
def quay(tmp_path: Path) -> Script:
    return read(ARTICLE, tmp_path)[1]


def mark(words: str, *, seconds: float = 30, title: str = "", line: int | None = 7) -> SoundbiteMark:
    return SoundbiteMark(words=words, seconds=seconds, title=title, line=line)


def heard(script: Script, *, word_s: float = 0.4, pause_s: float = 1.0) -> Transcript:
    """Each word takes ``word_s``, each pause ``pause_s``; the last Cue before a pause stays until the next one."""
    cues, at = [], 300
    for number, utterance in enumerate(script.utterances):
        words = []
        for text in utterance.display.split():
            end = at + round(word_s * RATE)
            words.append(CueWord(text=text, start=at, end=end, timing=Timing.EXACT))
            at = end
        at += round(pause_s * RATE)
        cues.append(Cue(start=words[0].start, end=at, text=utterance.display, utterance=number, words=tuple(words)))
    return Transcript(sample_rate=RATE, language="en-GB", cues=tuple(cues))


def end_of(transcript: Transcript, ending: str) -> int:
    """When the last word of the last Cue that ends so has been said, in milliseconds."""
    cue = [cue for cue in transcript.cues if cue.text.endswith(ending)][-1]
    return cue.words[-1].end * 1000 // RATE


@pytest.mark.parametrize(
    ("words", "display"),
    [
        ("The harbour of Corvel", "The harbour of Corvel is"),
        ("Ships have waited", "Ships have waited"),  # a sentence inside a paragraph
        ("the underwriters in corvel's exchange - six of them", "The underwriters in"),  # however it is written
        ("Ships  have …", "Ships have waited"),
        ("They asked what a lost hull", "They asked what"),
        ("The toll is a tax", "The toll is a tax"),  # a quotation
        ("Tolls fell", "Tolls fell"),  # a list item
        ("Who pays", "Who pays"),  # a heading
        ("The year went by. Nobody ever", "The year went by."),  # two sentences
    ],
)
def test_a_place_is_where_a_sentence_begins(quay: Script, words: str, display: str) -> None:
    (place,) = soundbite_places(quay, [mark(words)])
    assert quay.utterances[place].display.startswith(display)


def test_a_sentence_that_is_spoken_in_parts_is_one(quay: Script) -> None:
    parts = [one.display for one in quay.utterances if one.display.startswith("They asked what")]
    assert not parts[0].endswith("did."), "or this would not test what it says"
    whole = (
        "They asked what a lost hull would cost, and who would pay for the crew, and after a long winter of letters "
        "between the two capitals and the three insurers in the old town they asked whether anyone at all"
    )
    assert len(soundbite_places(quay, [mark(whole)])) == 1
    # The second part is no beginning of a sentence, and the first is no end of one.
    second = quay.utterances[[one.display for one in quay.utterances].index(parts[0]) + 1].display
    with pytest.raises(ScriptError, match="no sentence begins so"):
        soundbite_places(quay, [mark(second)])
    transcript = heard(quay)
    (found,) = find_soundbites(quay, transcript, marks=[mark("They asked what", seconds=15)])
    assert found.start_ms + found.duration_ms == end_of(transcript, "others who did.")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "The underwriters of Corvel",
            "soundbite 2 .*“The underwriters of Corvel”, and no sentence begins so; .*“The under",
        ),
        ("waited here since", "no sentence begins so"),
        ("— …", "no sentence begins so"),
        ("You have been listening", "no sentence begins so"),
        ("Nobody ever answered", "“Nobody ever answered”, and 2 sentences begin so; give more words"),
        ("Tolls", "2 sentences begin so"),
        ("Tolls fell again in spring. The year", "no sentence begins so"),  # not beyond its Block
    ],
)
def test_words_that_nothing_or_two_begin_with_are_refused_with_their_line(
    quay: Script, words: str, message: str
) -> None:
    with pytest.raises(ScriptError, match=message) as error:
        soundbite_places(quay, [mark("Ships have"), mark(words, line=12)])
    assert error.value.line == 12


@pytest.mark.parametrize(
    ("seconds", "ending"),
    # Seconds from "Ships": 12.4 to "first.", 40 to "did.", 42.6 to "them.", 48 to "promptly.", 59.2 to the last "them."
    [(15, "others who did."), (41, "others who did."), (46, "pays promptly."), (120, "Nobody ever answered them.")],
)
def test_it_ends_with_the_sentence_nearest_to_the_seconds_asked(quay: Script, seconds: float, ending: str) -> None:
    transcript = heard(quay)
    (found,) = find_soundbites(quay, transcript, marks=[mark("Ships have", seconds=seconds, title="Waiting")])
    start = next(cue for cue in transcript.cues if cue.text.startswith("Ships have")).words[0].start
    assert found == Soundbite(
        start_ms=start * 1000 // RATE,
        duration_ms=end_of(transcript, ending) - start * 1000 // RATE,
        title="Waiting",
    )


def test_where_no_sentence_makes_it_long_or_short_enough_the_nearest_counts(quay: Script) -> None:
    fast, slow = heard(quay, word_s=0.05, pause_s=0.1), heard(quay, word_s=30.0)
    (short,) = find_soundbites(quay, fast, marks=[mark("Ships have", seconds=60)])
    # The closing is no part of the article.
    assert short.start_ms + short.duration_ms == max(
        cue.words[-1].end for cue in fast.cues if quay.utterances[cue.utterance].role is Role.BODY
    ), "the last sentence before the closing"
    assert short.duration_ms < SHORTEST_S * 1000
    (long,) = find_soundbites(quay, slow, marks=[mark("The harbour", seconds=30)])
    assert long.start_ms + long.duration_ms == end_of(slow, "taxes it.")


def test_none_are_asked_and_none_found(quay: Script) -> None:
    assert find_soundbites(quay, heard(quay), marks=()) == ()


def test_they_stay_in_the_order_of_the_author(quay: Script) -> None:
    found = find_soundbites(quay, heard(quay), marks=[mark("Tolls fell"), mark("The harbour")])
    assert found[0].start_ms > found[1].start_ms


SENTENCES = st.lists(st.integers(1, 60), min_size=1, max_size=40)


@given(lengths=SENTENCES, number=st.integers(0, 39), seconds=st.floats(SHORTEST_S, LONGEST_S), word_s=st.floats(0.2, 1))
def test_whatever_is_asked_it_is_whole_sentences_and_short_where_it_can_be(
    lengths: list[int], number: int, seconds: float, word_s: float
) -> None:
    number %= len(lengths)
    utterances = tuple(
        Utterance(
            display=f"Number{place}x " + "word " * (length - 1) + "end.",
            spoken="x",
            forms=(),
            role=Role.BODY,
            pause_after_ms=0,
            block=place // 3,
            paragraph=place // 3,
        )
        for place, length in enumerate(lengths)
    )
    script = Script(title="A", language="en-GB", utterances=utterances)
    transcript = heard(script, word_s=word_s)
    (found,) = find_soundbites(script, transcript, marks=[mark(f"Number{number}x", seconds=seconds)])
    ends = [cue.words[-1].end for cue in transcript.cues[number:]]
    assert found.start_ms == transcript.cues[number].words[0].start
    assert found.start_ms + found.duration_ms in ends
    possible = [end - found.start_ms for end in ends]
    fitting = [one for one in possible if SHORTEST_S * RATE <= one <= LONGEST_S * RATE]
    assert found.duration_ms in (fitting or possible)
    assert abs(found.duration_ms - seconds * 1000) == min(abs(one - seconds * 1000) for one in fitting or possible)
