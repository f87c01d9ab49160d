"""The straightforward script makes an episode of our format, whichever way it is levelled."""

import subprocess
import sys
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from benchmarks.metering import loudness_lufs
from benchmarks.piped import missing_programs

PARAGRAPHS = [
    f"The ferry waited in Salka for {number} days. Nobody came, and nobody had been told." for number in "345678"
]


@pytest.mark.skipif(bool(missing_programs()), reason=missing_programs())
@pytest.mark.parametrize("way", ["pyloudnorm", "loudnorm"])
def test_the_script_makes_an_episode_with_chapters(root: Path, tmp_path: Path, way: str) -> None:
    words, out = tmp_path / "words.txt", tmp_path / "out.mp3"
    words.write_text("\n\n".join(PARAGRAPHS), encoding="utf-8")
    script = root / "benchmarks" / "pydub_script.py"
    subprocess.run([sys.executable, script, words, out, way], check=True, timeout=240)
    info, chapters = MP3(out).info, ID3(out).getall("CHAP")
    assert (info.sample_rate, info.channels) == (44100, 1)
    assert info.bitrate == pytest.approx(96000, rel=0.01)
    assert [str(chapter.sub_frames["TIT2"]) for chapter in chapters] == [PARAGRAPHS[0][:40], PARAGRAPHS[5][:40]]
    assert abs(chapters[1].end_time / 1000 - info.length) < 0.1
    assert abs(loudness_lufs(str(out)) + 16) < 2
