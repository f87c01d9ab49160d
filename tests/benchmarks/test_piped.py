"""The bare pipe makes what it is said to make, and says what it needs."""

from pathlib import Path

import pytest
from mutagen.mp3 import MP3, BitrateMode

from benchmarks.piped import missing_programs, pipe
from benchmarks.running import run_pipe


@pytest.mark.skipif(bool(missing_programs()), reason=missing_programs())
def test_the_pipe_makes_our_format(tmp_path: Path) -> None:
    words, out = tmp_path / "words.txt", tmp_path / "out.mp3"
    words.write_text("The Harbour Review.\n\nThe ferry waited in Salka for three days.", encoding="utf-8")
    run_pipe(pipe(words, out))
    info = MP3(out).info
    assert (info.sample_rate, info.channels) == (44100, 1)
    assert info.bitrate == pytest.approx(96000, rel=0.01)
    assert info.bitrate_mode in {BitrateMode.CBR, BitrateMode.UNKNOWN}
    assert 3 < info.length < 8


def test_missing_programs_are_named_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ffmpeg").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert missing_programs() == ("not on PATH: espeak-ng, lame; they come with: apt-get install espeak-ng lame")
