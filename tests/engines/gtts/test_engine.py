"""The engine with a Google on this computer: what it asks, what it makes of the answers, what it says of failures."""

import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from gtts import gTTS

from pipeline.engines import find_engine
from pipeline.engines.gtts import GttsEngine
from pipeline.engines.gtts.options import GttsOptions
from pipeline.errors import ConfigError, EngineError, Throttled, VoiceNotFound
from pipeline.model import Timing, VoiceSettings
from tests.engines.gtts.google import LETTERS_A_SECOND, PATH, RATE, Fault, google, mp3_of
from tests.engines.gtts.stand import options_for
from tests.engines.network.loopback import Reply

SENTENCE = (
    "The harbour board of Salka, which had paid for the survey and never read it, asked Ines Calder in March whether "
    "the ferries could be sold; she said that nobody would buy them before the engines were mended."
)
SHORT = "The ferry left Salka at nine in the morning."
VOICE = VoiceSettings(engine="gtts", name="en-GB")


def test_a_long_sentence_is_one_clip_of_trimmed_parts() -> None:
    with google() as mind:
        session = GttsEngine(options_for(mind.server.url)).open(VOICE)
        clip = session.speak(SENTENCE)
        session.close()
    assert [asked.text for asked in mind.asked] == [
        "The harbour board of Salka, which had paid for the survey and never read it,",
        "asked Ines Calder in March whether the ferries could be sold;",
        "she said that nobody would buy them before the engines were mended.",
    ]
    letters = sum(character.isalnum() for character in SENTENCE)
    # The tones, the pauses after a comma and a semicolon, and what trimming leaves: no silence of Google's own.
    assert clip.sample_count / clip.sample_rate == pytest.approx(letters / LETTERS_A_SECOND + 0.12 + 0.18, abs=0.15)
    assert clip.sample_rate == RATE
    assert [SENTENCE[mark.char_start : mark.char_end] for mark in clip.marks] == SENTENCE.split()
    starts = {SENTENCE[mark.char_start : mark.char_end]: mark.sample_start for mark in clip.marks}
    loud = np.abs(np.frombuffer(clip.pcm, dtype="<i2").astype(int)) > 1000
    for word in ("asked", "she"):  # silence before, sound after
        assert not loud[starts[word] - RATE // 20 : starts[word]].any()
        assert loud[starts[word] : starts[word] + RATE // 20].any()


def test_what_is_asked_is_the_language_and_the_pace_at_the_right_address() -> None:
    with google() as mind:
        engine = GttsEngine(options_for(mind.server.url + "/{tld}"))
        session = engine.open(VoiceSettings(engine="gtts", name="en-za", pace_wpm=100))
        slow = session.speak(SHORT)
        session.close()
        assert [call.path for call in mind.server.calls] == ["/co.za/_/TranslateWebserverUi/data/batchexecute"]
        assert (mind.asked[0].language, mind.asked[0].is_slow) == ("en", True)
        mind.complaints.clear()  # of the path, which is the test's own
    assert slow.sample_count > 1.5 * 35 / LETTERS_A_SECOND * RATE


def test_this_google_is_one_that_the_library_takes_for_the_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with google() as mind:
        monkeypatch.setattr("gtts.tts._translate_url", lambda **_: mind.server.url + PATH)
        assert list(gTTS(SHORT, lang="en", lang_check=False, timeout=5).stream()) == [mp3_of(SHORT)]


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_got_over_and_leaves_no_trace(fault: Fault) -> None:
    with google([(SHORT, fault)] * 2, slow_s=2.5) as mind:
        engine = GttsEngine(options_for(mind.server.url, timeout_s=1.5))
        session = engine.open(VOICE)
        faulty, well = session.speak(SHORT), session.speak(SHORT)
        session.close()
    assert faulty == well
    assert mind.faults_left == 0
    assert len(mind.asked) == 4


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (Fault.PAGE, "a page instead of sound"),
        (Fault.REDIRECTED, "a page for people"),
        (Fault.NULL, "no sound"),
        (Fault.BASE64, "broken base64"),
        (Fault.HALF, "35 letters, which is not all of them"),
    ],
)
def test_what_stays_is_an_error_that_names_it(fault: Fault, what: str) -> None:
    with google([(SHORT, fault)] * 3) as mind:
        session = GttsEngine(options_for(mind.server.url, tries=3)).open(VOICE)
        with pytest.raises(EngineError, match=f"Google Translate sent .*{what}"):
            session.speak(SHORT)
        session.close()
    assert len(mind.asked) == 3


@pytest.mark.parametrize(("status", "cure"), [(403, "another engine"), (404, r"\[engines.gtts\]")])
def test_a_refusal_is_final_and_says_what_to_do(status: int, cure: str) -> None:
    with google(then=Reply(status=status)) as mind:
        session = GttsEngine(options_for(mind.server.url)).open(VOICE)
        with pytest.raises(EngineError, match=cure):
            session.speak(SHORT)
        session.close()
    assert len(mind.asked) == 1


def test_a_server_that_wants_to_be_left_alone_is() -> None:
    with google(then=Reply(status=429, headers={"Retry-After": "3600"})) as mind:
        session = GttsEngine(options_for(mind.server.url)).open(VOICE)
        with pytest.raises(Throttled) as raised:
            session.speak(SHORT)
        session.close()
    assert raised.value.retry_after_s > 3500
    assert len(mind.asked) == 1


@pytest.mark.parametrize("text", ["", "   ", "\n", "...", "—", "“”", "\u200b", "\0\ud800"])
def test_blank_text_is_an_empty_clip_and_no_request(text: str) -> None:
    with google() as mind:
        session = GttsEngine(options_for(mind.server.url)).open(VOICE)
        assert session.speak(text).sample_count == 0
        session.close()
    assert mind.asked == []


def test_odd_text_is_made_sendable() -> None:
    with google() as mind:
        session = GttsEngine(options_for(mind.server.url)).open(VOICE)
        for text in ("a\0b c", "half \ud800 a pair", "naïve Łódź 北京", "one\r\ntwo\x07three", 'say "no" & <b>\\n'):
            clip = session.speak(text)
            assert [text[mark.char_start : mark.char_end] for mark in clip.marks] == text.split()
        session.close()
    assert mind.asked[0].text == "a b c"
    assert mind.asked[1].text == "half   a pair"
    assert mind.asked[4].text == 'say "no" & <b>\\n'


def test_a_session_that_is_closed_meanwhile_ends_within_a_second() -> None:
    with google(then=Reply(delay_s=30)) as mind:
        session = GttsEngine(options_for(mind.server.url, timeout_s=60)).open(VOICE)
        timer = threading.Timer(0.2, session.close)
        timer.start()
        began = time.monotonic()
        with pytest.raises(EngineError, match="closed"):
            session.speak(SHORT)
        assert time.monotonic() - began < 1.2
        timer.join()
        session.close()
    with pytest.raises(EngineError, match="closed"):
        session.speak(SHORT)
    with pytest.raises(EngineError, match="closed"):
        session.phonemes(["Salka"])


def test_it_knows_no_phonemes_and_asks_nobody() -> None:
    with google() as mind:
        session = GttsEngine(options_for(mind.server.url)).open(VOICE)
        assert session.phonemes(["Salka", ""]) == ("", "")
        session.close()
    assert mind.asked == []


@pytest.mark.parametrize("pace_wpm", [80, 150, 166, 240])
def test_a_pace_that_google_does_not_have_is_refused(pace_wpm: int) -> None:
    with pytest.raises(ConfigError, match="pace_wpm = 165, or 100 for slow"):
        GttsEngine().open(VoiceSettings(engine="gtts", name="en-GB", pace_wpm=pace_wpm))


def test_more_than_it_takes_is_refused_at_once() -> None:
    session = GttsEngine().open(VOICE)
    with pytest.raises(EngineError, match="takes 10000 characters"):
        session.speak("word " * 400_000)
    session.close()


def test_it_says_what_it_is() -> None:
    engine = GttsEngine()
    assert engine.version(VOICE) == GttsEngine(options_for("http://127.0.0.1:1")).version(VOICE)
    assert engine.version(VOICE).startswith("gTTS 2.")
    # A mirror has every accent; one server for all of them has its own.
    assert engine.version(VOICE) == GttsEngine(GttsOptions(address="https://mirror.example/{tld}")).version(VOICE)
    assert engine.version(VOICE) != GttsEngine(GttsOptions(address="https://mirror.example")).version(VOICE)
    assert "terms of use" in engine.licence(VOICE)
    assert engine.capabilities.is_network
    assert not engine.capabilities.is_deterministic
    assert engine.capabilities.timing is Timing.INTERPOLATED
    assert engine.capabilities.at_once == 2
    assert {"en-GB", "de", "zh-TW"} <= {voice.name for voice in engine.voices()}
    with pytest.raises(VoiceNotFound, match="en-GB"):
        engine.open(VoiceSettings(engine="gtts", name="en-gg"))


def test_the_table_of_show_toml_makes_it() -> None:
    engine = find_engine("gtts", {"gtts": {"at_once": 3}})
    assert engine.capabilities.at_once == 3
    with pytest.raises(ConfigError, match=r"\[engines.gtts\].*address is no web address"):
        find_engine("gtts", {"gtts": {"address": "nowhere"}})


def test_without_the_library_it_says_how_to_get_it() -> None:
    program = """
import sys
sys.modules["gtts"] = None  # as if it were not installed
from pipeline.engines.gtts import GttsEngine
from pipeline.errors import EngineUnavailable
from pipeline.model import VoiceSettings
engine, voice = GttsEngine(), VoiceSettings(engine="gtts", name="en-GB")
for ask in (engine.voices, lambda: engine.version(voice), lambda: engine.open(voice)):
    try:
        ask()
    except EngineUnavailable as error:
        print(error.cure)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{sys.executable} -m pip install gtts"] * 3


def test_neither_the_library_nor_the_network_is_loaded_for_help() -> None:
    program = "import sys, pipeline.engines.gtts; print(sorted({'gtts', 'requests'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
