"""What is shown while it is heard: the exact words, at the right time, in pieces that can be read."""

import html
import io
import json
from itertools import groupby, pairwise

import msgspec
import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ScriptError
from pipeline.model import (
    Cue,
    Mark,
    MarkKind,
    Narration,
    PauseSettings,
    Role,
    Script,
    SpokenForm,
    StoredClip,
    Timeline,
    Timing,
    Transcript,
    Utterance,
)
from pipeline.timeline import arrange
from pipeline.transcript import make_transcript, to_srt, to_transcript_json, to_webvtt
from pipeline.transcript.breaks import LINE_CHARACTERS, two_lines
from pipeline.transcript.cues import spoken_offset

RATE = 44100
CLIP_RATE = 22050

LONG = (
    "When the harbour board met in March, its chairman Ruben van der Molen told the shipping lines that the new "
    "dredging fee of 400 kroner a tonne would finance the northern breakwater, but the lines answered that they had "
    "already paid for it twice."
)


def utterance(
    display: str, *, spoken: str | None = None, forms: tuple[SpokenForm, ...] = (), speaker: str = ""
) -> Utterance:
    return Utterance(
        display=display, spoken=spoken or display, forms=forms, role=Role.BODY, pause_after_ms=350, speaker=speaker
    )


def clip(seconds: float, *marks: tuple[int, int, float, float], rate: int = CLIP_RATE) -> StoredClip:
    """A Clip of so many seconds; marks are character range and seconds."""
    return StoredClip(
        key="0",
        sample_count=round(seconds * rate),
        sample_rate=rate,
        marks=tuple(
            Mark(
                kind=MarkKind.WORD,
                char_start=first,
                char_end=last,
                sample_start=round(start * rate),
                sample_end=round(end * rate),
                timing=Timing.EXACT,
            )
            for first, last, start, end in marks
        ),
    )


def transcript_of(*pairs: tuple[Utterance, StoredClip]) -> tuple[Transcript, Timeline]:
    script = Script(title="Dredging", language="en-GB", utterances=tuple(said for said, _ in pairs))
    narration = Narration(clips=tuple(sound for _, sound in pairs), synthesised=0)
    timeline = arrange(script, narration, sample_rate=RATE, pauses=PauseSettings())
    return make_transcript(script, narration, timeline), timeline


def texts(display: str, seconds: float | None = None) -> list[str]:
    """The texts of the cues of one Utterance said at 15 characters a second."""
    made, _ = transcript_of((utterance(display), clip(seconds or len(display) / 15)))
    return [cue.text for cue in made.cues]


def seconds(cue: Cue) -> float:
    return (cue.end - cue.start) / RATE


def test_a_short_sentence_is_one_cue_as_long_as_its_clip() -> None:
    made, timeline = transcript_of((utterance("The ferry sails at noon."), clip(1.5)))
    (cue,) = made.cues
    (placement,) = timeline.placements
    assert cue == Cue(start=placement.start, end=placement.end, text="The ferry sails at noon.", utterance=0)
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
    for whole in ("dredging fee", "northern breakwater"):
        assert any(whole in cue for cue in texts(text))


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


def test_offsets_inside_a_form_go_in_proportion() -> None:
    form = SpokenForm(start=4, end=8, spoken_start=4, spoken_end=24, rule="number")
    said = utterance("It: 1234 ok", spoken="It: " + "x" * 20 + " ok", forms=(form,))
    assert [spoken_offset(said, place) for place in (0, 4, 6, 8, 9)] == [0, 4, 14, 24, 25]


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


MIXTURE = """the of and harbour Kestrel Bay 400 tonnes $3.5bn “sails later” is, done. (north) Dr. Ansa—Veld U.S. fleet;
intercontinental-shipping-and-dredging-federation æøå <b> --> & it"""
WORDS = st.sampled_from(MIXTURE.split())
BLANKS = st.sampled_from([" ", "  ", "\n", "\u00a0", "\t"])


@st.composite
def said_and_heard(draw: st.DrawFn) -> tuple[Utterance, StoredClip]:
    """Any words between any blanks, with or without marks that need not be sensible."""
    parts = draw(st.lists(st.tuples(WORDS, BLANKS), max_size=60))
    text = "".join(word + blank for word, blank in parts)
    length = draw(st.integers(0, 30))
    marks = draw(
        st.lists(
            st.tuples(st.integers(0, len(text)), st.floats(0, 30)).map(
                lambda pair: (pair[0], pair[0], pair[1], pair[1])
            ),
            max_size=12,
        )
    )
    return utterance(text), clip(length, *marks)


@given(st.lists(said_and_heard(), min_size=1, max_size=4))
def test_every_word_is_shown_once_in_order_and_inside_its_placement(pairs) -> None:
    made, timeline = transcript_of(*pairs)
    shown = {number: list(cues) for number, cues in groupby(made.cues, key=lambda cue: cue.utterance)}
    for placement, (said, _) in zip(timeline.placements, pairs, strict=True):
        cues = shown.get(placement.utterance, [])
        assert " ".join(cue.text for cue in cues) == " ".join(said.display.split())
        assert all(placement.start <= cue.start <= cue.end <= placement.end for cue in cues)
    assert all(one.end <= other.start for one, other in pairwise(made.cues))


@given(st.lists(said_and_heard(), min_size=1, max_size=2))
def test_a_cue_is_at_most_two_lines_unless_a_word_is_longer(pairs) -> None:
    made, _ = transcript_of(*pairs)
    for cue in made.cues:
        lines = two_lines(cue.text)
        assert " ".join(lines) == cue.text
        assert len(lines) <= 2
        longest = max(map(len, cue.text.split()))
        assert longest > LINE_CHARACTERS or all(len(line) <= LINE_CHARACTERS for line in lines)


def real_looking() -> Transcript:
    said = [LONG, "Profits & losses: <b>nobody</b> asked.", "From A --> B, she wrote; the year was\n1994", "1994"]
    return transcript_of(*((utterance(text), clip(len(text) / 15)) for text in said))[0]


def stamps(transcript: Transcript) -> list[tuple[float, float]]:
    return [(round(cue.start / RATE, 3), round(cue.end / RATE, 3)) for cue in transcript.cues]


def test_webvtt_reads_back_exactly() -> None:
    transcript = real_looking()
    data = to_webvtt(transcript)
    assert data.startswith(b"WEBVTT\n\n00:00:00.300 --> ")
    assert data.endswith(b"\n")
    assert b"\r" not in data
    captions = webvtt.from_buffer(io.BytesIO(data)).captions
    # webvtt-py reads tags but leaves character references as they are.
    assert [html.unescape(" ".join(caption.lines)) for caption in captions] == [cue.text for cue in transcript.cues]
    assert [(c.start, c.end) for c in captions] == [clocks(pair) for pair in stamps(transcript)]
    assert all(str(caption.settings) == "" for caption in captions)
    assert all(len(caption.lines) <= 2 for caption in captions)


def test_webvtt_escapes_what_would_be_markup() -> None:
    data = to_webvtt(real_looking()).decode()
    assert "Profits &amp; losses: &lt;b&gt;nobody&lt;/b&gt; asked." in data
    assert "A --&gt; B" in data


def test_srt_reads_back_exactly() -> None:
    transcript = real_looking()
    data = to_srt(transcript)
    assert data.startswith(b"1\n00:00:00,300 --> ")
    captions = webvtt.from_buffer(io.BytesIO(data), format="srt").captions
    assert [" ".join(caption.lines) for caption in captions] == [
        cue.text.replace("-->", "→") for cue in transcript.cues
    ]
    assert [(c.start, c.end) for c in captions] == [clocks(pair) for pair in stamps(transcript)]


def clocks(pair: tuple[float, float]) -> tuple[str, ...]:
    return tuple(f"00:{int(time) // 60:02}:{time % 60:06.3f}" for time in pair)


def test_json_has_the_times_and_words_of_the_cues() -> None:
    transcript = real_looking()
    document = json.loads(to_transcript_json(transcript))
    assert document["version"] == "1.0.0"
    assert [(part["startTime"], part["endTime"]) for part in document["segments"]] == stamps(transcript)
    assert [part["body"] for part in document["segments"]] == [cue.text for cue in transcript.cues]
    assert all(part.keys() == {"startTime", "endTime", "body"} for part in document["segments"])


def quoting() -> Transcript:
    """The author, a quotation of several cues, and a name that would be markup."""
    pairs = [
        (utterance("The board met in March."), clip(2.0)),
        (utterance(LONG, speaker="Ines Calder"), clip(len(LONG) / 15)),
        (utterance("“We sail.”", speaker="Calder & Sons <Ostrava>\nLtd"), clip(1.0)),
    ]
    return transcript_of(*pairs)[0]


def test_every_cue_of_a_quotation_has_its_speaker() -> None:
    cues = quoting().cues
    assert len(cues) > 3
    assert {cue.speaker for cue in cues if cue.utterance == 0} == {""}
    assert {cue.speaker for cue in cues if cue.utterance == 1} == {"Ines Calder"}


def test_webvtt_names_the_speaker_in_a_voice_tag() -> None:
    transcript = quoting()
    captions = webvtt.from_buffer(io.BytesIO(to_webvtt(transcript))).captions
    voices = [caption.voice and html.unescape(caption.voice) for caption in captions]
    assert voices == [" ".join(cue.speaker.split()) or None for cue in transcript.cues]
    # The text of a caption is without its tags: it stays the article's own.
    assert [html.unescape(" ".join(caption.text.split())) for caption in captions] == [
        cue.text for cue in transcript.cues
    ]
    assert b"\n<v Calder &amp; Sons &lt;Ostrava&gt; Ltd>\xe2\x80\x9cWe sail.\xe2\x80\x9d\n" in to_webvtt(transcript)


def test_json_names_the_speaker_where_there_is_one() -> None:
    transcript = quoting()
    parts = json.loads(to_transcript_json(transcript))["segments"]
    assert [part.get("speaker", "") for part in parts] == [" ".join(cue.speaker.split()) for cue in transcript.cues]
    assert "speaker" not in parts[0]


def test_srt_has_no_speakers() -> None:
    transcript = quoting()
    silent = msgspec.structs.replace(
        transcript, cues=tuple(msgspec.structs.replace(cue, speaker="") for cue in transcript.cues)
    )
    assert to_srt(transcript) == to_srt(silent)


def test_no_cue_is_an_empty_but_valid_file() -> None:
    nothing = Transcript(sample_rate=RATE, language="en-GB", cues=())
    assert to_webvtt(nothing) == b"WEBVTT\n"
    assert to_srt(nothing) == b""
    assert json.loads(to_transcript_json(nothing)) == {"version": "1.0.0", "segments": []}
