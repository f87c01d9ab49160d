"""The traps of espeak-ng: a deep data path, and a library that ends its process."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

import espeakng_loader
import pytest

from pipeline.engines import Session, find_engine
from pipeline.engines.espeak.protocol import (
    Failed,
    Ready,
    SetVoice,
    Speak,
    Spoken,
    decode_answer,
    encode,
)
from pipeline.errors import EngineError
from pipeline.frames import read_frame, write_frame
from pipeline.model import VoiceSettings


def test_it_starts_from_a_data_path_longer_than_the_library_can_hold(tmp_path: Path) -> None:
    deep = tmp_path / ("a-deep-virtual-environment-" * 3) / ("and-deeper-" * 8) / "site-packages"
    shutil.copytree(Path(espeakng_loader.__file__).parent, deep / "espeakng_loader")
    assert len(str(deep)) > 160
    worker = subprocess.Popen(
        [sys.executable, "-m", "pipeline.engines.espeak.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(deep)},
    )
    assert worker.stdin
    assert worker.stdout
    try:
        assert read_frame(worker.stdout)
        for request, answer in ((SetVoice("gmw/en", 165), Ready), (Speak("Good evening."), Spoken)):
            write_frame(worker.stdin, encode(request))
            frame = read_frame(worker.stdout)
            assert frame
            assert isinstance(decode_answer(frame), answer)
    finally:
        worker.kill()
        worker.communicate()


def test_a_worker_refuses_a_voice_it_does_not_have_and_goes_on() -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "pipeline.engines.espeak.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert worker.stdin
    assert worker.stdout
    try:
        assert read_frame(worker.stdout)
        write_frame(worker.stdin, encode(SetVoice("gmw/nowhere", 165)))
        frame = read_frame(worker.stdout)
        assert frame
        assert isinstance(decode_answer(frame), Failed)
    finally:
        worker.kill()
        worker.communicate()


def process_of(session: Session) -> int:
    return session._worker._process.pid


def test_a_closed_session_says_so() -> None:
    session = find_engine("espeak").open(VoiceSettings())
    session.close()
    with pytest.raises(EngineError, match="is closed"):
        session.speak("Is anybody there?")


def test_a_session_whose_worker_died_says_so_and_nobody_gets_that_worker() -> None:
    session = find_engine("espeak").open(VoiceSettings())
    died = process_of(session)
    os.kill(died, signal.SIGKILL)
    with pytest.raises(EngineError, match="could not say"):
        session.speak("Is anybody there?")
    session.close()
    idle = find_engine("espeak").open(VoiceSettings())
    waiting, process = process_of(idle), idle._worker._process
    idle.close()
    os.kill(waiting, signal.SIGKILL)
    process.wait()
    again = find_engine("espeak").open(VoiceSettings())
    assert process_of(again) not in {died, waiting}
    assert again.speak("Somebody is.").sample_count
    again.close()


def test_the_next_session_of_a_voice_has_the_worker_of_the_last_one_that_ended_well() -> None:
    engine = find_engine("espeak")
    first = engine.open(VoiceSettings(pace_wpm=171))
    before = first.speak("The tide was out.")
    process = process_of(first)
    first.close()
    other = engine.open(VoiceSettings(pace_wpm=172))
    assert process_of(other) != process
    again = engine.open(VoiceSettings(pace_wpm=171))
    assert process_of(again) == process
    assert again.speak("The tide was out.") == before
    timer = Timer(0.2, again.close)
    timer.start()
    with pytest.raises(EngineError):
        again.speak("word " * 400_000)
    timer.join()
    last = engine.open(VoiceSettings(pace_wpm=171))
    assert process_of(last) != process
    for session in (other, last):
        session.close()


def test_it_tells_how_it_would_say_two_hundred_words_in_far_less_than_a_second() -> None:
    session = find_engine("espeak").open(VoiceSettings())
    words = [f"{one}{two}{three}" for one in "KLMNT" for two in "aeiou" for three in ("rev", "zin", "shko", "bai")] * 2
    start = time.monotonic()
    told = session.phonemes(words)
    assert time.monotonic() - start < 1
    session.close()
    assert len(told) == 200
    assert all(told)


def test_it_says_a_name_as_its_voice_would() -> None:
    session = find_engine("espeak").open(VoiceSettings())
    assert session.phonemes(["Xi", "Kyiv", "The vote. The law."]) == ("zˈaɪ", "kjˈɪv", "ðə vˈəʊt ðə lˈɔː")
    session.close()


def test_mnemonics_are_understood_in_double_brackets_and_leave_the_next_text_alone() -> None:
    session = find_engine("espeak").open(VoiceSettings())
    before = session.speak("Kyiv")
    assert session.speak("[[k'i:v]]") != before
    assert session.speak("Kyiv") == before
    assert session.phonemes(["[[k'i:v]]", "Kyiv"]) == ("kˈiːv", "kjˈɪv")
    session.close()
