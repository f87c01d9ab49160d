"""The rules over what is served, over facts as they could be: what a real host of the tests cannot easily be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pipeline.model import Answer, Hop, Named, Probe, RangeAnswer, Served, ServedKind, Severity
from pipeline.rules import judged
from pipeline.rules.serving import SERVING_RULES
from pipeline.rules.serving.bodies import chapters_fault, transcript_fault

FEED_URL = "https://audio.causeway-letter.net/feeds/podcast.xml"
SOUND_URL = "https://audio.causeway-letter.net/episodes/quay/quay-aaaaaaaa.mp3"
MARKS = {"etag": '"a"', "last-modified": "Mon, 02 Mar 2026 06:00:00 GMT"}


def answer(address: str = SOUND_URL, *, status: int = 200, hops: tuple[Hop, ...] = (), **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(address=address, status=status, headers={**MARKS, **named}, hops=hops)


def served(kind: ServedKind, get: Answer, *, media_type: str = "", address: str = SOUND_URL) -> Served:
    return Served(named=Named(kind=kind, address=address, where="here", media_type=media_type), get=get)


FEED = served(ServedKind.FEED, answer(FEED_URL, content_type="text/xml"), address=FEED_URL)


def rules_of(*others: Served, feed: Served = FEED) -> list[str]:
    facts = Probe(
        feed=feed, document=None, others=others, episodes=1, episodes_asked=1, unasked=0, seconds=120, requests=9
    )
    return [finding.rule for finding in judged(SERVING_RULES, facts)]


@pytest.mark.parametrize(
    ("address", "said", "sent"),
    [
        ("https://cdn.example/a.mp3", "audio/mpeg", "audio/mpeg"),
        ("https://cdn.example/a.mp3?source=feed", "audio/mpeg", "Audio/MPEG; charset=utf-8"),
        ("https://cdn.example/a.m4a", "audio/x-m4a", "audio/mp4"),
        ("https://cdn.example/a.m4a", "audio/mp4", "audio/x-m4a"),
        ("https://cdn.example/play/77", "audio/mpeg", "audio/mpeg"),
        ("https://cdn.example/a.mp4", "video/mp4", "video/mp4"),
        ("https://cdn.example/play/77", "", "audio/x-strange"),
        ("https://cdn.example/a.opus", "audio/ogg", "audio/opus"),
    ],
)
def test_types_that_apps_know_are_taken(address: str, said: str, sent: str) -> None:
    get = answer(address, content_type=sent)
    assert rules_of(served(ServedKind.SOUND, get, media_type=said, address=address)) == []


@pytest.mark.parametrize(
    ("said", "sent"), [("audio/mpeg", "audio/mp3"), ("audio/mpeg", "text/html"), ("audio/mpeg", "application/mp3")]
)
def test_types_that_they_do_not_know_are_told_of(said: str, sent: str) -> None:
    assert rules_of(served(ServedKind.SOUND, answer(content_type=sent), media_type=said)) == ["served-type"]


@pytest.mark.parametrize("sent", ["application/rss+xml", "application/xml; charset=utf-8", "text/xml"])
def test_every_usual_type_of_a_feed_is_taken(sent: str) -> None:
    assert rules_of(feed=structs.replace(FEED, get=answer(FEED_URL, content_type=sent))) == []


def test_weak_and_strong_marks_are_the_same_mark() -> None:
    get, head = answer(FEED_URL, content_type="text/xml"), answer(FEED_URL, content_type="text/xml", etag='W/"a"')
    assert rules_of(feed=structs.replace(FEED, get=get, head=head)) == []


def test_the_length_of_the_packed_is_not_compared_with_that_of_the_unpacked() -> None:
    get = answer(
        FEED_URL, content_type="text/xml", content_length="90", content_encoding="gzip", vary="accept-encoding"
    )
    head = answer(FEED_URL, content_type="text/xml", content_length="900")
    assert rules_of(feed=structs.replace(FEED, get=get, head=head)) == []


def test_a_sound_in_parts_says_its_length_in_content_range() -> None:
    get = answer(status=206, content_type="audio/mpeg", content_length="1", content_range="bytes 0-0/500")
    sound = served(ServedKind.SOUND, get, media_type="audio/mpeg")
    assert get.whole_bytes == 500
    head = answer(content_type="audio/mpeg", content_length="500")
    assert rules_of(structs.replace(sound, head=head)) == []
    head = answer(content_type="audio/mpeg", content_length="1")
    assert rules_of(structs.replace(sound, head=head)) == ["head-differs"]


def test_a_part_that_is_not_what_was_asked_for_is_told_of() -> None:
    get = answer(status=206, content_type="audio/mpeg", content_range="bytes 0-0/500")
    wrong = answer(status=206, content_type="audio/mpeg", content_range="bytes 0-15/500")
    part = RangeAnswer(asked="bytes=250-265", meant=(250, 265), answer=structs.replace(wrong, body_bytes=16))
    sound = served(ServedKind.SOUND, get, media_type="audio/mpeg")
    assert rules_of(structs.replace(sound, ranges=(part,))) == ["range-wrong"]


def test_a_redirect_to_what_is_not_encrypted_is_told_of_twice() -> None:
    get = answer("http://cdn.example/a.mp3", content_type="audio/mpeg", hops=(Hop(status=302, to="x"),))
    assert rules_of(served(ServedKind.SOUND, get, media_type="audio/mpeg")) == ["plain-http", "media-redirect"]


def test_one_finding_a_host_says_how_many_addresses_are_not_encrypted() -> None:
    sounds = [
        served(ServedKind.SOUND, answer(f"http://cdn.example/{number}.mp3", content_type="audio/mpeg"))
        for number in range(40)
    ]
    assert rules_of(*sounds) == ["plain-http"]


def test_every_rule_has_an_id_of_its_own_a_source_and_directories() -> None:
    assert len({rule.id for rule in SERVING_RULES}) == len(SERVING_RULES)
    for rule in SERVING_RULES:
        assert rule.directories
        assert rule.source.row
        assert isinstance(rule.severity, Severity)


@pytest.mark.parametrize(
    ("data", "media_type", "fault"),
    [
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\nQuiet.\n", "text/vtt", ""),
        (b"\xef\xbb\xbfWEBVTT - Salka\r\n\r\n", "text/vtt", ""),
        (b"WEBVTTX\n", "text/vtt", "WEBVTT"),
        (b"1\n00:00:00,000 --> 00:00:01,000\nQuiet.\n", "text/vtt", "WEBVTT"),
        (b"Quiet.", "application/srt", "no time"),
        (b'{"version": "1.0.0", "segments": []}', "application/json", ""),
        (b'{"version": "1.0.0"}', "application/json", "segments"),
        (b"[" * 5000, "application/json", "no JSON"),
        (b"<p>Quiet.</p>", "text/html", ""),
        (b"Quiet.", "text/plain", ""),
        (b"Qu\xefet.", "text/plain", "UTF-8"),
        (b" \n", "text/plain", "empty"),
    ],
)
def test_transcripts_are_looked_at_by_what_they_are_said_to_be(data: bytes, media_type: str, fault: str) -> None:
    found = transcript_fault(data, media_type)
    assert (fault in found) if fault else found == ""


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b'{"version": "1.2.0", "chapters": [{"startTime": 0}, {"startTime": 9.5}]}', ""),
        (b'{"chapters": []}', ""),
        (b'{"chapters": [{"startTime": 9}, {"startTime": 0}]}', "order"),
        (b'{"chapters": [{"startTime": 0}, {"startTime": "1:00"}]}', "chapter 2"),
        (b'{"chapters": [{"startTime": true}]}', "chapter 1"),
        (b'{"chapters": {}}', "chapters"),
        (b"[]", "chapters"),
        (b"<html>", "no JSON"),
    ],
)
def test_chapters_are_looked_at(data: bytes, fault: str) -> None:
    found = chapters_fault(data)
    assert (fault in found) if fault else found == ""


@given(
    st.binary(max_size=200), st.sampled_from(["text/vtt", "application/srt", "application/json", "text/html", "x/y"])
)
def test_any_bytes_are_judged_and_nothing_breaks(data: bytes, media_type: str) -> None:
    assert isinstance(transcript_fault(data, media_type), str)
    assert isinstance(chapters_fault(data), str)


@given(st.dictionaries(st.sampled_from(["content-length", "content-range", "content-type"]), st.text(max_size=30)))
def test_any_headers_are_read(headers: dict[str, str]) -> None:
    said = Answer(address=SOUND_URL, status=206, headers=headers)
    assert said.content_length is None or said.content_length >= 0
    assert said.whole_bytes is None or said.content_range is not None
    rules_of(served(ServedKind.SOUND, said, media_type="audio/mpeg"))
