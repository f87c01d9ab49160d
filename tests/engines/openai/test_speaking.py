"""An engine, a server of this computer, and what passes between them."""

import struct
from collections.abc import Iterator
from threading import Timer
from time import monotonic

import pytest

from pipeline.engines.openai import OpenAIEngine
from pipeline.errors import ConfigError, EngineError, VoiceNotFound
from pipeline.model import Clip, VoiceSettings
from tests.engines.network.loopback import Call, Reply
from tests.engines.openai.stand import KEY, RATE, VOICES, answer_well, at_stand, refusal, spoken
from tests.engines.openai.tones import mp3, onsets, speak, wav

SENTENCE = "Two ferries left Salka on the third of June."
PCM = speak(SENTENCE, rate=RATE)


def say(engine: OpenAIEngine, text: str = SENTENCE, **settings: object) -> Clip:
    session = engine.open(VoiceSettings(engine="openai", **{"name": "af_sky", **settings}))
    try:
        return session.speak(text)
    finally:
        session.close()


def in_order(*replies: Reply | None):
    """An answer to each request for sound in turn; None, and everything after the last, is answered well."""
    left: Iterator[Reply | None] = iter(replies)
    return lambda call: next(left, None) if call.method == "POST" else None


def test_a_sentence_comes_back_as_the_server_spoke_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        assert say(engine) == Clip(pcm=PCM, sample_rate=RATE)
    assert spoken(server) == [{"model": "kokoro", "input": SENTENCE, "voice": "af_sky", "response_format": "wav"}]


@pytest.mark.parametrize("text", ["", "  \n", "...", "—", "“”"])
def test_nobody_is_asked_for_text_without_a_word(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with at_stand(monkeypatch) as (engine, server):
        assert say(engine, text) == Clip(pcm=b"", sample_rate=24000)
    assert spoken(server) == []


@pytest.mark.parametrize(("pace_wpm", "speed"), [(165, None), (198, 1.2), (80, 0.485)])
def test_the_pace_is_a_share_of_the_voices_own(
    monkeypatch: pytest.MonkeyPatch, pace_wpm: int, speed: float | None
) -> None:
    with at_stand(monkeypatch) as (engine, server):
        say(engine, pace_wpm=pace_wpm)
    assert spoken(server)[0].get("speed") == speed


@pytest.mark.parametrize(("pace_wpm", "nearest"), [(41, 42), (661, 660)])
def test_a_pace_that_no_server_can_do_is_refused_with_the_bounds(
    monkeypatch: pytest.MonkeyPatch, pace_wpm: int, nearest: int
) -> None:
    with at_stand(monkeypatch) as (engine, server):
        with pytest.raises(ConfigError, match=f"cannot speak {pace_wpm} words.* from 42 to 660"):
            say(engine, pace_wpm=pace_wpm)
        say(engine, pace_wpm=nearest)
        assert 0.25 <= spoken(server)[0]["speed"] <= 4.0


def test_instructions_are_sent_where_there_are_any(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch, instructions="Calm, like the shipping forecast.") as (engine, server):
        say(engine)
    assert spoken(server)[0]["instructions"] == "Calm, like the shipping forecast."


@pytest.mark.parametrize(
    "body",
    [
        wav(PCM, rate=RATE),
        wav(PCM, rate=RATE, is_streamed=True),
        wav(b"".join(struct.pack("<hh", one, one) for (one,) in struct.iter_unpack("<h", PCM)), rate=RATE).replace(
            struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16), struct.pack("<HHIIHH", 1, 2, RATE, 4 * RATE, 4, 16)
        ),
    ],
    ids=["whole", "streamed", "stereo"],
)
def test_every_kind_of_wav_gives_the_same_samples(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    with at_stand(monkeypatch, in_order(Reply(body=body))) as (engine, _):
        assert say(engine) == Clip(pcm=PCM, sample_rate=RATE)


def test_an_mp3_that_nobody_asked_for_is_sound_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch, in_order(Reply(body=mp3(PCM, rate=RATE)))) as (engine, server):
        clip = say(engine)
    assert spoken(server)[0]["response_format"] == "wav"
    truth, found = onsets(PCM, rate=RATE), onsets(clip.pcm, rate=clip.sample_rate)
    assert len(found) == len(truth) == len(SENTENCE.split())
    shifts = [one - other for one, other in zip(found, truth, strict=True)]
    assert max(shifts) - min(shifts) < 0.010 * RATE  # words keep their distance, to one frame's smear


def test_raw_sound_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch, response_format="pcm") as (engine, _):
        assert say(engine) == Clip(pcm=PCM, sample_rate=RATE)


@pytest.mark.parametrize(
    "bad",
    [
        Reply(headers={"content-type": "text/html"}, body=b"<!doctype html><title>Sign in</title>"),
        Reply(headers={"content-type": "application/json"}, body=b'{"error":{"message":"busy"}}'),
        Reply(body=b""),
        Reply(body=PCM[:-1]),
    ],
    ids=["html", "json", "empty", "half a sample"],
)
def test_what_is_no_raw_sound_is_asked_for_again(monkeypatch: pytest.MonkeyPatch, bad: Reply) -> None:
    with at_stand(monkeypatch, in_order(bad), response_format="pcm") as (engine, server):
        assert say(engine).pcm == PCM
    assert len(spoken(server)) == 2


def test_a_file_in_the_place_of_raw_sound_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch, in_order(Reply(body=wav(PCM, rate=RATE))), response_format="pcm") as (engine, _):
        assert say(engine).pcm == PCM


@pytest.mark.parametrize(
    "bad",
    [
        Reply(headers={"content-type": "text/html"}, body=b"<html><body>Please sign in</body></html>"),
        Reply(body=b""),
        Reply(body=wav(PCM, rate=RATE)[:-5000]),
        Reply(body=wav(b"", rate=RATE)),
        Reply(body=wav(b"", rate=RATE, is_streamed=True)),
        Reply(body=wav(PCM, rate=RATE), cut_after=3000),
        Reply(status=500, body=b"model fell over"),
        refusal(429, message="slow down, please", code="rate_limit_exceeded"),
        refusal(429, message="slow down, please", retry_after="0"),
    ],
    ids=["html", "empty", "truncated", "no samples", "none streamed", "cut", "500", "429", "429 at once"],
)
def test_what_is_of_no_use_is_asked_for_again(monkeypatch: pytest.MonkeyPatch, bad: Reply) -> None:
    with at_stand(monkeypatch, in_order(bad, bad)) as (engine, server):
        assert say(engine) == Clip(pcm=PCM, sample_rate=RATE)
    assert len(spoken(server)) == 3


def test_a_server_that_gives_nothing_of_use_is_named_with_what_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Reply(headers={"content-type": "text/html"}, body=b"<html>Please sign in</html>")
    with at_stand(monkeypatch, in_order(*[page] * 9), tries=3) as (engine, server):
        with pytest.raises(EngineError, match=rf"127\.0\.0\.1:{server.port}.*HTML") as caught:
            say(engine)
        assert len(spoken(server)) == 3
    assert caught.value.cure


def test_no_credit_is_final(monkeypatch: pytest.MonkeyPatch) -> None:
    reply = refusal(429, message="The account is empty.", code="insufficient_quota")
    with at_stand(monkeypatch, in_order(reply)) as (engine, server):
        with pytest.raises(EngineError, match=r"no credit left at 127\.0\.0\.1.*The account is empty.*add some"):
            say(engine)
        assert len(spoken(server)) == 1


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (
            refusal(404, message="No model causeway-2.", code="model_not_found"),
            r"no model 'kokoro'.*No model causeway-2.*url",
        ),
        (Reply(status=404, body=b'{"detail":"Not Found"}'), r"knows no such address.*/v1"),
        (refusal(400, message="Too much at once."), r"does not take the request \(Too much at once\.\)"),
        (
            refusal(403, message="Not in your project."),
            r"does not let the key in HARBOUR_SPEECH_KEY.*Not in your project",
        ),
        (Reply(status=402, body=b"pay first"), r"no credit left.*pay first"),
        (Reply(status=301, headers={"location": "https://elsewhere.example/"}), r"elsewhere\.example"),
    ],
)
def test_a_refusal_is_explained_and_final(monkeypatch: pytest.MonkeyPatch, reply: Reply, words: str) -> None:
    with at_stand(monkeypatch, in_order(reply)) as (engine, server):
        with pytest.raises(EngineError, match=words):
            say(engine)
        assert len(spoken(server)) == 1


@pytest.mark.parametrize(
    "reply",
    [
        refusal(400, message="Not one of ours.", param="voice"),
        refusal(400, message="The voice 'af_sky' retired."),
        Reply(status=422, body=b'{"detail":[{"type":"enum","loc":["body","voice"],"msg":"Input should be another"}]}'),
        Reply(status=422, body=b'{"detail":"Voice af_sky is of another model"}'),
        Reply(status=400, body=b'{"detail":{"error":"validation_error","message":"Voice af_sky not here","type":"x"}}'),
    ],
)
def test_a_voice_that_is_refused_when_it_speaks_is_named_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, reply: Reply
) -> None:
    with (
        at_stand(monkeypatch, in_order(reply)) as (engine, _),
        pytest.raises(VoiceNotFound, match=r"\[voice\].*af_sky"),
    ):
        say(engine)


def test_an_unknown_voice_is_refused_before_anything_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        with pytest.raises(VoiceNotFound, match=r'no voice "bf_ema"; set \[voice\] name .*: bf_emma') as caught:
            engine.open(VoiceSettings(engine="openai", name="bf_ema"))
        assert spoken(server) == []
    assert "6 in all" in caught.value.cure


def test_the_list_of_voices_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        assert [voice.name for voice in engine.voices()] == list(VOICES)
        say(engine)
        say(engine, name="bm_george")
        assert [call.method for call in server.calls] == ["GET", "POST", "POST"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=404),
        Reply(status=405),
        Reply(status=422, body=b'{"detail":"which model?"}'),
        Reply(status=501),
        Reply(headers={"content-type": "text/html"}, body=b"<html>a page for people</html>"),
        Reply(body=b'{"voices":[]}'),
        Reply(body=b'{"object":"list","data":[]}'),
    ],
)
def test_a_server_without_a_list_takes_any_name(monkeypatch: pytest.MonkeyPatch, reply: Reply) -> None:
    def answer(call: Call) -> Reply | None:
        return reply if call.method == "GET" else Reply(body=wav(PCM, rate=RATE))

    with at_stand(monkeypatch, answer) as (engine, server):
        assert engine.voices() == ()
        assert say(engine, name="house voice").pcm == PCM
        assert [call.method for call in server.calls] == ["GET", "POST"]


def test_a_voice_that_only_the_server_knows_is_refused_with_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(call: Call) -> Reply | None:
        return (
            Reply(status=404) if call.method == "GET" else refusal(400, message="No voice of that name.", param="voice")
        )

    with at_stand(monkeypatch, answer) as (engine, _), pytest.raises(VoiceNotFound, match="No voice of that name"):
        say(engine, name="house voice")


def test_a_mix_of_known_voices_is_sent_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        say(engine, name="af_bella(2)+af_sky(1)")
        with pytest.raises(VoiceNotFound, match=r'"af_skye"; .*: af_sky'):
            say(engine, name="af_bella(2)+af_skye(1)")
    assert [asked["voice"] for asked in spoken(server)] == ["af_bella(2)+af_sky(1)"]


def test_closing_ends_a_call_at_once_and_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(call: Call) -> Reply | None:
        return Reply(delay_s=30) if call.method == "POST" else None

    with at_stand(monkeypatch, slowly) as (engine, server):
        session = engine.open(VoiceSettings(engine="openai", name="af_sky"))
        timer = Timer(0.05, session.close)
        timer.start()
        start = monotonic()
        with pytest.raises(EngineError, match=str(server.port)):
            session.speak(SENTENCE)
        assert monotonic() - start < 1
        timer.join()
        session.close()
        for call in (lambda: session.speak(SENTENCE), lambda: session.speak(""), lambda: session.phonemes(["Salka"])):
            with pytest.raises(EngineError, match="closed"):
                call()


def test_it_tells_no_phonemes(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        session = engine.open(VoiceSettings(engine="openai", name="af_sky"))
        assert session.phonemes(["Salka", ""]) == ("", "")
        session.close()
        assert spoken(server) == []


@pytest.mark.parametrize("text", ["a\0b", "half \ud800 a pair", 'a "quoted" <b>&amp;</b>', "Łódź 北京"])
def test_odd_text_arrives_with_every_character_in_its_place(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with at_stand(monkeypatch) as (engine, server):
        assert say(engine, text).sample_count > 0
    assert spoken(server)[0]["input"] == text.replace("\0", " ").replace("\ud800", "?")


def test_the_key_goes_into_the_header_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (engine, server):
        say(engine)
        for call in server.calls:
            assert call.headers["authorization"] == f"Bearer {KEY}"
            assert KEY not in call.path
            assert KEY.encode() not in call.body


def test_the_stand_is_as_strict_as_it_should_be() -> None:
    call = Call(number=1, method="POST", path="/v1/audio/speech", headers={}, body=b"{}", at=0.0)
    assert answer_well(call).status == 401


def test_a_slash_at_the_end_of_the_address_is_none_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    with at_stand(monkeypatch) as (_, server):
        address = f"{server.url}/v1/"
        with at_stand(monkeypatch, url=address) as (engine, _):
            say(engine)
        assert {call.path for call in server.calls} == {"/v1/audio/voices", "/v1/audio/speech"}
