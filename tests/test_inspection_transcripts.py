"""Published transcripts, read back: all forms of one text say the same, and what is none is told."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pipeline.inspection.transcripts import read_transcript, words_digest
from pipeline.model import Cue, CueWord, Timing, Transcript
from pipeline.transcript import to_srt, to_transcript_json, to_webvtt

RATE = 44100
TEXTS = st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1), min_size=1, max_size=12)


def transcript_of(words: list[str], speaker: str = "") -> Transcript:
    """A cue of four words each, a second long."""
    cues = []
    for number in range(0, len(words), 4):
        start, end = number // 4 * RATE, (number // 4 + 1) * RATE
        said = words[number : number + 4]
        timed = tuple(CueWord(text=word, start=start, end=end, timing=Timing.EXACT) for word in said)
        cues.append(Cue(start=start, end=end, text=" ".join(said), utterance=number, speaker=speaker, words=timed))
    return Transcript(language="en-GB", sample_rate=RATE, cues=tuple(cues))


def forms_of(transcript: Transcript) -> list[tuple[str, bytes]]:
    return [
        ("text/vtt", to_webvtt(transcript, title="The ferry --> and back")),
        ("application/x-subrip", to_srt(transcript)),
        ("application/json", to_transcript_json(transcript)),
    ]


@given(TEXTS, st.sampled_from(["", "Salka <of> Ostrava & sons"]))
def test_every_form_says_the_same_words_whatever_they_are(words: list[str], speaker: str) -> None:
    transcript = transcript_of(words, speaker)
    for media_type, data in forms_of(transcript):
        found = read_transcript("ferry.x", data, media_type=media_type)
        assert found.fault == ""
        assert found.words_sha256 == words_digest(" ".join(words))
        assert (found.cues, found.end_ms, found.is_in_order) == (
            len(transcript.cues),
            len(transcript.cues) * 1000,
            True,
        )


def test_other_words_have_another_digest() -> None:
    assert words_digest("Nobody waited for the tide.") != words_digest("Nobody waited for the ferry.")
    assert words_digest("Nobody  waited\nfor --> it") == words_digest("Nobody waited for → it")
    assert words_digest(" \n") == ""


@pytest.mark.parametrize(
    ("media_type", "data", "why"),
    [
        ("text/vtt", b"1\n00:00:01.000 --> 00:00:02.000\nAmaro\n", "does not begin with WEBVTT"),
        ("text/vtt", b"WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nAmaro\n", "cue 1 has no times"),
        ("text/vtt", b"WEBVTT\n\n\xff\xfe\n", "no UTF-8"),
        ("application/x-subrip", b"1\n00:00:01.000 --> 00:00:02.000\nAmaro\n", "cue 1 has no times"),
        ("application/json", b'{"version":"1.0.0"}', "segments"),
        ("application/json", b'{"version":"1.0.0","segments":[{"startTime":"1"}]}', "startTime"),
        ("application/json", b"{", "truncated"),
        ("text/html", b"<p>Amaro</p>", "form"),
    ],
)
def test_what_is_no_transcript_is_a_fault(media_type: str, data: bytes, why: str) -> None:
    assert why in read_transcript("ferry.x", data, media_type=media_type).fault


def test_times_that_go_back_are_seen() -> None:
    cues = "00:00:04.000 --> 00:00:05.000\nSalka\n\n00:00:01.000 --> 00:00:02.000\nAmaro\n"
    found = read_transcript("ferry.vtt", f"WEBVTT\n\n{cues}".encode(), media_type="text/vtt")
    assert (found.is_in_order, found.end_ms) == (False, 5000)
    endless = b"WEBVTT\n\n00:04.000 --> 00:04.000 align:start\nSalka\n"
    assert not read_transcript("ferry.vtt", endless, media_type="text/vtt").is_in_order


def test_names_of_cues_comments_and_other_line_ends_are_no_words() -> None:
    cue = b"first\r\n00:01.000 --> 00:02.000\r\n<v Salka><i>Ferries</i> wait\r\n"
    data = b"\xef\xbb\xbfWEBVTT\r\n\r\nNOTE of the editor\r\n\r\n" + cue
    found = read_transcript("ferry.vtt", data, media_type="text/vtt")
    assert (found.fault, found.first_words, found.cues) == ("", "Ferries wait", 1)
