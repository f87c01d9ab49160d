"""An engine, a server of this computer, and what passes between them."""

import base64
from collections.abc import Iterator
from threading import Timer
from time import monotonic
from typing import Any

import pytest

from pipeline.engines.elevenlabs import ElevenLabsEngine
from pipeline.errors import ConfigError, EngineError, VoiceNotFound
from pipeline.model import Clip, Timing, VoiceSettings
from tests.engines.elevenlabs.stand import (
    AMARO,
    INES,
    JSON,
    KEY,
    LEAD_MS,
    VARIABLE,
    aligned,
    at_stand,
    refusal,
    speech,
    spoken,
)
from tests.engines.network.loopback import Reply
from tests.engines.openai.tones import onsets, speak

SENTENCE = "Two ferries left Salka, and “neither” — said Calder — came back the same way."
RATE = 24_000


def say(engine: ElevenLabsEngine, text: str = SENTENCE, **settings: Any) -> Clip:
    session = engine.open(VoiceSettings(engine="elevenlabs", **{"name": "Amaro", **settings}))
    try:
        return session.speak(text)
    finally:
        session.close()


def in_order(*replies: Reply | None):
    """An answer to each request for speech in turn; None, and everything after the last, is answered well."""
    left: Iterator[Reply | None] = iter(replies)
    return lambda call: next(left, None) if call.method == "POST" else None


def words_with_sound(clip: Clip, text: str) -> dict[str, int]:
    """Word -> where its mark says that it begins, of the words that are heard."""
    assert [text[mark.char_start : mark.char_end] for mark in clip.marks] == text.split()
    words = {text[mark.char_start : mark.char_end]: mark for mark in clip.marks}
    return {word: mark.sample_start for word, mark in words.items() if any(sign.isalnum() for sign in word)}


@pytest.mark.parametrize("output_format", ["pcm_16000", "pcm_22050", "pcm_24000", "pcm_44100"])
def test_words_are_heard_where_their_marks_say(monkeypatch: pytest.MonkeyPatch, output_format: str) -> None:
    with at_stand(monkeypatch, output_format=output_format) as (engine, server):
        clip = say(engine)
        assert server.calls[-1].path == f"/v1/text-to-speech/{AMARO}/with-timestamps?output_format={output_format}"
    rate = int(output_format.split("_")[1])
    assert clip.sample_rate == rate
    assert clip.pcm == speak(SENTENCE, rate=rate, lead_samples=LEAD_MS * rate // 1000)
    truth = onsets(clip.pcm, rate=rate)
    found = list(words_with_sound(clip, SENTENCE).values())
    assert len(found) == len(truth)
    # The server gives whole milliseconds: half of one, and what rounding to samples adds.
    assert max(abs(one - other) for one, other in zip(found, truth, strict=True)) <= 0.0005 * rate + 1


def test_times_that_are_exact_give_marks_to_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = Reply(headers=JSON, body=speech(SENTENCE, decimals=9))
    with at_stand(monkeypatch, in_order(exact)) as (engine, _):
        clip = say(engine)
    assert list(words_with_sound(clip, SENTENCE).values()) == onsets(clip.pcm, rate=RATE)


def test_words_of_an_mp3_are_heard_within_60_ms_of_their_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch, output_format="mp3_44100_128") as (engine, _):
        clip = say(engine)
    truth = onsets(clip.pcm, rate=clip.sample_rate)
    found = list(words_with_sound(clip, SENTENCE).values())
    assert len(found) == len(truth)
    assert max(abs(one - other) for one, other in zip(found, truth, strict=True)) <= 0.060 * clip.sample_rate


def test_marks_say_that_they_were_aligned_or_how_else_they_came_about(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, _):
        assert engine.capabilities.timing is Timing.ALIGNED
        clip = say(engine)
    kinds = {SENTENCE[mark.char_start : mark.char_end]: mark.timing for mark in clip.marks}
    assert {word for word, timing in kinds.items() if timing is not Timing.ALIGNED} == {"—"}
    times = [sample for mark in clip.marks for sample in (mark.sample_start, mark.sample_end)]
    assert times == sorted(times)
    assert times[-1] <= clip.sample_count


def test_words_that_were_changed_before_they_were_spoken_are_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    given, said = "Pier 5 opens in May, says Amaro.", "Pier five opens in May, says Amaro."
    body = speech(said, alignment=None, normalized_alignment=aligned(said, rate=RATE, decimals=9))
    with at_stand(monkeypatch, in_order(Reply(headers=JSON, body=body))) as (engine, _):
        clip = say(engine, given)
    truth = onsets(clip.pcm, rate=RATE)
    found = words_with_sound(clip, given)
    assert [found[word] for word in given.split() if word != "5"] == truth[:1] + truth[2:]
    assert truth[0] < found["5"] < truth[2]
    assert [mark.timing for mark in clip.marks].count(Timing.INTERPOLATED) == 1


def _broken(**changes: Any) -> dict[str, Any]:
    return aligned(SENTENCE, rate=RATE) | changes


@pytest.mark.parametrize(
    "alignment",
    [
        None,
        _broken(character_start_times_seconds=[0.1]),
        _broken(
            character_start_times_seconds=list(reversed(aligned(SENTENCE, rate=RATE)["character_start_times_seconds"]))
        ),
        aligned("Something else is what was spoken here", rate=RATE),
        _broken(characters=[], character_start_times_seconds=[]),
    ],
    ids=["none", "too few times", "backwards", "another text", "empty"],
)
def test_no_marks_are_better_than_wrong_ones(monkeypatch: pytest.MonkeyPatch, alignment: dict[str, Any] | None) -> None:
    body = speech(SENTENCE, alignment=alignment, normalized_alignment=alignment)
    with at_stand(monkeypatch, in_order(Reply(headers=JSON, body=body))) as (engine, server):
        clip = say(engine)
        assert len(spoken(server)) == 1  # the sound is good, and paid for
    assert clip.marks == ()
    assert clip.sample_count > 0


def test_only_what_was_said_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        say(engine)
    assert spoken(server) == [{"text": SENTENCE, "model_id": "eleven_multilingual_v2"}]


def test_everything_that_was_said_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"stability": 0.7, "similarity_boost": 0.0, "style": 0.25, "use_speaker_boost": False}
    told = {"model": "eleven_flash_v2_5", "seed": 0, "language_code": "en", **settings}
    with at_stand(monkeypatch, **told) as (engine, server):
        say(engine, pace_wpm=150)
    assert spoken(server) == [
        {
            "text": SENTENCE,
            "model_id": "eleven_flash_v2_5",
            "voice_settings": {**settings, "speed": 0.909},
            "seed": 0,
            "language_code": "en",
        }
    ]


@pytest.mark.parametrize(("pace_wpm", "nearest"), [(115, 116), (199, 198)])
def test_a_pace_that_it_cannot_do_is_refused_with_the_bounds(
    monkeypatch: pytest.MonkeyPatch, pace_wpm: int, nearest: int
) -> None:
    with at_stand(monkeypatch) as (engine, server):
        with pytest.raises(ConfigError, match=f"cannot speak {pace_wpm} words.* from 116 to 198"):
            say(engine, pace_wpm=pace_wpm)
        say(engine, pace_wpm=nearest)
        assert 0.7 <= spoken(server)[0]["voice_settings"]["speed"] <= 1.2


def test_a_language_for_a_model_that_takes_none_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch, language_code="en") as (engine, server):
        with pytest.raises(ConfigError, match="eleven_multilingual_v2 hears the language from the text"):
            say(engine)
        assert server.calls == ()


@pytest.mark.parametrize("text", ["", "  \n", "...", "—", "“”"])
def test_nobody_is_asked_for_text_without_a_word(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with at_stand(monkeypatch) as (engine, server):
        assert say(engine, text) == Clip(pcm=b"", sample_rate=24000)
    assert spoken(server) == []


@pytest.mark.parametrize("text", ["a\0b c", "half \ud800 a pair", 'a "quoted" <b>&amp;</b>', "Łódź 北京 😀 d"])
def test_odd_text_keeps_its_marks_in_their_places(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with at_stand(monkeypatch) as (engine, _):
        clip = say(engine, text)
    assert [text[mark.char_start : mark.char_end] for mark in clip.marks] == text.split()


@pytest.mark.parametrize(
    "name",
    ["Amaro - Calm Reader", "amaro", "AMARO - CALM READER", AMARO],
)
def test_a_voice_is_found_by_its_name_or_its_id(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with at_stand(monkeypatch) as (engine, server):
        say(engine, name=name)
        assert f"/{AMARO}/" in server.calls[-1].path


def test_the_list_of_voices_is_read_to_its_end_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        say(engine, name="Salka")  # on the second page
        say(engine, name="Amaro")
        voices = engine.voices()
        assert [call.path for call in server.calls if call.method == "GET"] == [
            "/v2/voices?page_size=100",
            "/v2/voices?page_size=100&next_page_token=page-3",
        ]
    assert [voice.name for voice in voices] == ["Amaro - Calm Reader", "Salka", INES, "ines00000000000000C3"]
    assert (voices[0].language, voices[0].quality) == ("en-GB", "premade")
    assert voices[0].label == "Amaro - Calm Reader (british, middle aged, male)"
    assert voices[1].language == "und"


def test_a_list_that_does_not_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Reply(headers=JSON, body=b'{"voices":[],"has_more":true,"next_page_token":"again"}')
    with at_stand(monkeypatch, lambda call: page if call.method == "GET" else None) as (engine, server):
        assert engine.voices() == ()
        assert len(server.calls) < 1000


def test_an_unknown_voice_is_refused_with_the_nearest_names(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        with pytest.raises(VoiceNotFound, match=r'no voice "Amarro"; set \[voice\] name .*: Amaro - Calm Reader'):
            engine.open(VoiceSettings(engine="elevenlabs", name="Amarro"))
        with pytest.raises(VoiceNotFound, match=f'2 voices called "Ines"; .*{INES}'):
            engine.open(VoiceSettings(engine="elevenlabs", name="Ines"))
        assert spoken(server) == []


def test_an_id_that_is_not_in_the_list_is_tried_and_refused_by_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        at_stand(monkeypatch) as (engine, _),
        pytest.raises(VoiceNotFound, match=r"Nobody here is.*\[voice\] name"),
    ):
        say(engine, name="ostrava0000000000000")


def test_a_key_that_may_not_see_the_voices_is_enough_for_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    blind = refusal(401, "missing_permissions", message="No permission for voices_read.")
    with at_stand(monkeypatch, lambda call: blind if call.method == "GET" else None) as (engine, server):
        assert say(engine, name=AMARO).sample_count > 0
        with pytest.raises(EngineError, match=r"may not see the voices.*voices_read.*id"):
            say(engine, name="Amaro")
        with pytest.raises(VoiceNotFound, match="Nobody here is"):
            say(engine, name="ostrava0000000000000")
        assert len(spoken(server)) == 2


GOOD = speech(SENTENCE)


@pytest.mark.parametrize(
    "bad",
    [
        Reply(headers={"content-type": "text/html"}, body=b"<html>Please sign in</html>"),
        Reply(headers=JSON, body=b""),
        Reply(headers=JSON, body=GOOD[: len(GOOD) // 2]),
        Reply(headers=JSON, body=GOOD, cut_after=3000),
        Reply(headers=JSON, body=b'{"audio_base64":"&&&"}'),
        Reply(headers=JSON, body=b'{"audio_base64":""}'),
        Reply(headers=JSON, body=b'{"audio_base64":null}'),
        Reply(headers=JSON, body=b'{"alignment":null}'),
        Reply(headers=JSON, body=speech(SENTENCE, audio_base64=base64.b64encode(b"\1" * 4001).decode())),
        Reply(status=500, headers=JSON, body=b"{}"),
        refusal(429, "too_many_concurrent_requests", message="Two at a time."),
        refusal(429, "system_busy", message="Later, please."),
    ],
)
def test_what_is_of_no_use_is_asked_for_again(monkeypatch: pytest.MonkeyPatch, bad: Reply) -> None:
    with at_stand(monkeypatch, in_order(bad, bad)) as (engine, server):
        assert say(engine).pcm == speak(SENTENCE, rate=RATE, lead_samples=LEAD_MS * RATE // 1000)
    assert len(spoken(server)) == 3


def test_an_mp3_that_is_none_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page = speech(SENTENCE, audio_base64=base64.b64encode(b"<html>no sound</html>").decode())
    with at_stand(monkeypatch, in_order(Reply(body=page)), output_format="mp3_44100_128") as (engine, server):
        assert say(engine).sample_count > 0
    assert len(spoken(server)) == 2


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (refusal(401, "quota_exceeded", message="0 left, 20 wanted."), r"no credit left.*0 left, 20 wanted"),
        (refusal(429, "quota_exceeded", message="0 left."), r"no credit left"),
        (
            Reply(status=402, headers=JSON, body=b'{"detail":{"code":"payment_required","message":"Pay."}}'),
            "no credit.*Pay",
        ),
        (refusal(401, "invalid_api_key", message="No."), rf"does not accept the key in {VARIABLE} \(401\)"),
        (refusal(401, "missing_permissions", message="No speech for you."), "does not let the key.*No speech for you"),
        (refusal(403, "output_format_not_allowed", message="Pro only."), r'pcm_24000 \(Pro only\.\).*"mp3_44100_128"'),
        (refusal(403, "output_format_not_allowed", message="Pro only."), "plan"),
        (refusal(400, "max_character_limit_exceeded", message="Too long."), r"does not take the request \(Too long"),
        (Reply(status=404, headers=JSON, body=b'{"detail":"Not Found"}'), "knows no such address"),
    ],
)
def test_a_refusal_is_explained_and_final(monkeypatch: pytest.MonkeyPatch, reply: Reply, words: str) -> None:
    with at_stand(monkeypatch, in_order(reply)) as (engine, server):
        with pytest.raises(EngineError, match=words):
            say(engine)
        assert len(spoken(server)) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refused_key_is_never_shown(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    echo = refusal(401, "invalid_api_key", message=f"{KEY} is wrong")
    with at_stand(monkeypatch, lambda call: echo if call.method == method else None) as (engine, _):
        with pytest.raises(EngineError, match=VARIABLE) as caught:
            say(engine)
        shown = [caught.value, vars(caught.value), str(caught.value), engine, engine.version(VoiceSettings())]
    assert KEY not in repr(shown)


def test_the_key_goes_into_the_header_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        say(engine)
        for call in server.calls:
            assert call.headers["xi-api-key"] == KEY
            assert KEY not in call.path
            assert KEY.encode() not in call.body


def test_a_key_does_not_leave_this_computer_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        at_stand(monkeypatch, url="http://speech.example.org") as (engine, _),
        pytest.raises(ConfigError, match=r"\[engines\.elevenlabs\].*not encrypted"),
    ):
        say(engine)


def test_closing_ends_a_call_at_once_and_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch, lambda call: Reply(delay_s=30) if call.method == "POST" else None) as (engine, _):
        session = engine.open(VoiceSettings(engine="elevenlabs", name="Amaro"))
        timer = Timer(0.05, session.close)
        timer.start()
        start = monotonic()
        with pytest.raises(EngineError):
            session.speak(SENTENCE)
        assert monotonic() - start < 1
        timer.join()
        session.close()
        for call in (lambda: session.speak(SENTENCE), lambda: session.phonemes(["Salka"])):
            with pytest.raises(EngineError, match="closed"):
                call()


def test_the_longest_text_is_that_of_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"eleven_multilingual_v2": 10_000, "eleven_flash_v2_5": 40_000, "eleven_turbo_v2_5": 40_000, "new": 5_000}
    for model, most in limits.items():
        with at_stand(monkeypatch, model=model) as (engine, _):
            assert engine.capabilities.max_chars == most


def test_what_changes_the_sound_changes_the_version_and_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(**options: Any) -> str:
        with at_stand(monkeypatch, **{"url": "https://api.elevenlabs.io", **options}) as (engine, _):
            return engine.version(VoiceSettings(engine="elevenlabs", name="Amaro"))

    same = [
        version(),
        version(usd_per_million_chars=99.0, at_once=5, licence="mine"),
        version(url="https://api.elevenlabs.io/v1"),
    ]
    changes = ("stability", "similarity_boost", "style")
    others = [version(**{name: 0.5}) for name in changes]
    others += [
        version(seed=0),
        version(use_speaker_boost=False),
        version(language_code="en"),
        version(model="eleven_v3"),
    ]
    others += [version(output_format="mp3_44100_128"), version(url="https://api.us.elevenlabs.io")]
    assert len(set(same)) == 1
    assert len({*others, same[0]}) == len(others) + 1
