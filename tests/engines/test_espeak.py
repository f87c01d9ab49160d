"""The traps of espeak-ng: a deep data path, and a library that ends its process."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import espeakng_loader
import pytest

from pipeline.engines import find_engine
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


def test_a_session_whose_worker_died_says_so() -> None:
    session = find_engine("espeak").open(VoiceSettings())
    session.close()
    with pytest.raises(EngineError, match="could not say"):
        session.speak("Is anybody there?")


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
