"""The files that players read, read back by others' readers."""

import html
import io
import json

import msgspec
import pytest
import webvtt

from pipeline.model import ChapterOrigin, Cue, EpisodeChapter, Transcript
from pipeline.transcript import to_srt, to_transcript_json
from pipeline.transcript import to_webvtt as to_titled_webvtt
from pipeline.units import ms_from_samples
from tests.transcript.samples import LONG, RATE, clip, transcript_of, utterance


def to_webvtt(transcript: Transcript) -> bytes:
    return to_titled_webvtt(transcript, title="")


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
    assert all(part.keys() == {"startTime", "endTime", "body", "words"} for part in document["segments"])
    for part, cue in zip(document["segments"], transcript.cues, strict=True):
        assert " ".join(word["body"] for word in part["words"]) == part["body"]
        assert [word["timing"] for word in part["words"]] == [word.timing.value for word in cue.words]
        assert [word["startTime"] * 1000 for word in part["words"]] == [
            pytest.approx(ms_from_samples(word.start, RATE)) for word in cue.words
        ]
        assert part["startTime"] <= part["words"][0]["startTime"]
        assert part["words"][-1]["endTime"] <= part["endTime"]


def test_json_takes_a_line_a_cue_and_stays_small() -> None:
    data = to_transcript_json(real_looking())
    words = sum(len(cue.words) for cue in real_looking().cues)
    assert data.count(b"\n") == len(real_looking().cues) + 2
    assert len(data) < 100 * words


def chapter(start_ms: int, title: str) -> EpisodeChapter:
    return EpisodeChapter(start_ms=start_ms, title=title, origin=ChapterOrigin.AUTHOR)


def test_webvtt_has_the_title_and_the_chapters_where_they_start() -> None:
    transcript = real_looking()
    starts = [ms_from_samples(cue.start, RATE) for cue in transcript.cues]
    chapters = [
        chapter(0, "Opening"),
        chapter(starts[1] - 1, "Who --> pays\nfor it & why"),
        chapter(starts[1], "The breakwater"),
        chapter(starts[-1] + 1, "Silence"),
    ]
    data = to_titled_webvtt(transcript, title="Dredging --> and\n<who> pays", chapters=chapters)
    assert data.startswith("WEBVTT - Dredging → and <who> pays\n\nNOTE Chapter: Opening\n\n00:00:00.300".encode())
    read = webvtt.from_buffer(io.BytesIO(data))
    assert [(number, caption.comments) for number, caption in enumerate(read.captions) if caption.comments] == [
        (1, ["Chapter: Who → pays for it & why", "Chapter: The breakwater"]),
    ]
    assert (read.header_comments, read.footer_comments) == (["Chapter: Opening"], ["Chapter: Silence"])
    plain = webvtt.from_buffer(io.BytesIO(to_webvtt(transcript)))
    assert [(c.start, c.end, c.lines) for c in read.captions] == [(c.start, c.end, c.lines) for c in plain.captions]


def quoting() -> Transcript:
    """The author, a quotation of several cues, and a name that would be markup."""
    pairs = [
        (utterance("The board met in March."), clip(2.0)),
        (utterance(LONG, speaker="Ines Calder"), clip(len(LONG) / 15)),
        (utterance("“We sail.”", speaker="Calder & Sons <Ostrava>\nLtd"), clip(1.0)),
    ]
    return transcript_of(*pairs)[0]


def speaker(cue: Cue) -> str:
    return " ".join(cue.speaker.split()) or "Narrator"


def test_nobody_is_named_where_nobody_is_quoted_by_name() -> None:
    assert b"<v " not in to_webvtt(real_looking())
    assert b"speaker" not in to_transcript_json(real_looking())


def test_the_author_is_never_heard_as_the_one_just_quoted() -> None:
    """Players give a cue without a name to the speaker before it."""
    pairs = [(utterance("“We sail.”", speaker="Ines Calder"), clip(1.0)), (utterance("Nobody did."), clip(1.0))]
    data = to_webvtt(transcript_of(*pairs)[0]).decode()
    assert "<v Ines Calder>“We sail.”\n" in data
    assert "<v Narrator>Nobody did.\n" in data


def test_every_cue_of_a_quotation_has_its_speaker() -> None:
    cues = quoting().cues
    assert len(cues) > 3
    assert {cue.speaker for cue in cues if cue.utterance == 0} == {""}
    assert {cue.speaker for cue in cues if cue.utterance == 1} == {"Ines Calder"}


def test_webvtt_names_the_speaker_in_a_voice_tag() -> None:
    transcript = quoting()
    captions = webvtt.from_buffer(io.BytesIO(to_webvtt(transcript))).captions
    voices = [caption.voice and html.unescape(caption.voice) for caption in captions]
    assert voices == [speaker(cue) for cue in transcript.cues]
    # The text of a caption is without its tags: it stays the article's own.
    assert [html.unescape(" ".join(caption.text.split())) for caption in captions] == [
        cue.text for cue in transcript.cues
    ]
    assert b"\n<v Calder &amp; Sons &lt;Ostrava&gt; Ltd>\xe2\x80\x9cWe sail.\xe2\x80\x9d\n" in to_webvtt(transcript)


def test_json_names_the_speaker_where_there_is_one() -> None:
    transcript = quoting()
    parts = json.loads(to_transcript_json(transcript))["segments"]
    assert [part["speaker"] for part in parts] == [speaker(cue) for cue in transcript.cues]


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
