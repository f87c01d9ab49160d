"""The sound in other forms: asked for in show.toml, named in feed and ledger, and encoded once."""

import json
import shutil
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from lxml import etree
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from tests.commands import audio_edition, show_in, tree

RATE = 44100
PODCAST = "{https://podcastindex.org/namespace/1.0}"

ARTICLE = """---
title: The pilots of Ostrava bay
date: 2026-03-01
author: Ines Calder
chapters:
  - at: Every pilot of the bay
    title: Where it began
  - at: The bill came
    title: "Who pays & why"
---

Every pilot of the bay has a story about the spring of the long fog, and Tomas Reyl has two.

The bill came a year later. It was larger than anybody had feared, and the harbour paid it in three parts.
"""


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = show_in(tmp_path_factory.mktemp("forms") / "show")
    settings = (made / "show.toml").read_text(encoding="utf-8")
    settings = settings.replace("# formats = []", 'formats = ["opus", "m4a", "flac"]', 1)
    (made / "show.toml").write_text(settings, encoding="utf-8")
    (made / "seeds" / "pilots.md").write_text(ARTICLE, encoding="utf-8")
    audio_edition("episode", "seeds/pilots.md", cwd=made)
    return made


def only(show: Path, pattern: str) -> Path:
    (found,) = show.glob(pattern)
    return found


def length_of(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(frame.samples for frame in container.decode(audio=0))


def ledger(show: Path) -> dict:
    return json.loads(only(show, "episodes/*/episode.json").read_text())


def test_each_is_as_long_as_the_mp3_to_the_sample(show: Path) -> None:
    count = length_of(only(show, "episodes/*/*.mp3"))
    assert length_of(only(show, "episodes/*/*.m4a")) == count
    assert length_of(only(show, "episodes/*/*.opus")) == pytest.approx(count * 48000 / RATE, abs=1)
    archive = soundfile.info(str(only(show, "masters/*.flac")))
    assert (archive.frames, archive.samplerate, archive.subtype) == (count, RATE, "PCM_24")


def test_the_feed_names_those_for_listeners_with_their_digest(show: Path) -> None:
    feed = etree.parse(str(show / "feeds" / "podcast.xml"))
    named = feed.findall(f".//{PODCAST}alternateEnclosure")
    files = [only(show, "episodes/*/*.m4a"), only(show, "episodes/*/*.opus")]
    assert [one.get("type") for one in named] == ["audio/mp4", "audio/ogg"]
    assert [int(one.get("length")) for one in named] == [file.stat().st_size for file in files]
    for one, file in zip(named, files, strict=True):
        assert one.find(f"{PODCAST}source").get("uri").endswith(file.relative_to(show).as_posix())
        assert one.find(f"{PODCAST}integrity").get("value").startswith("sha256-")
        assert 20_000 < int(one.get("bitrate")) < 130_000
    assert "flac" not in (show / "feeds" / "podcast.xml").read_text()


def test_they_carry_chapters_and_tags(show: Path) -> None:
    chapters = [(chapter["start_ms"], chapter["title"]) for chapter in ledger(show)["chapters"]]
    assert chapters[-1][1] == "Who pays & why"
    m4a = MP4(only(show, "episodes/*/*.m4a"))
    assert [(round(chapter.start * 1000), chapter.title) for chapter in m4a.chapters] == chapters
    assert m4a["\xa9nam"] == ["The pilots of Ostrava bay"]
    opus = OggOpus(only(show, "episodes/*/*.opus"))
    assert opus["title"] == ["The pilots of Ostrava bay"]
    assert opus["chapter002name"] == ["Who pays & why"]


def test_the_page_offers_them_and_check_takes_them(show: Path) -> None:
    page = only(show, "episodes/*/index.html").read_text(encoding="utf-8")
    for pattern in ("episodes/*/*.m4a", "episodes/*/*.opus"):
        assert only(show, pattern).name in page
    assert "0 errors" in audio_edition("check", cwd=show).stdout


def test_building_again_changes_nothing_and_encodes_nothing(show: Path, tmp_path: Path) -> None:
    copy = tmp_path / "show"
    shutil.copytree(show, copy)
    before = tree(copy)
    said = audio_edition("episode", "seeds/pilots.md", cwd=copy)
    assert "nothing changed" in said.stdout
    assert "m4a: from the cache" in said.stderr
    assert tree(copy) == before


def test_another_title_of_a_chapter_encodes_nothing(show: Path, tmp_path: Path) -> None:
    copy = tmp_path / "show"
    shutil.copytree(show, copy)
    seed = copy / "seeds" / "pilots.md"
    seed.write_text(ARTICLE.replace("Who pays & why", "The price"), encoding="utf-8")
    said = audio_edition("episode", "seeds/pilots.md", cwd=copy)
    assert "m4a: from the cache" in said.stderr
    assert MP4(only(copy, "episodes/*/*.m4a")).chapters[-1].title == "The price"


def test_they_sound_like_the_mp3(show: Path) -> None:
    with av.open(str(only(show, "episodes/*/*.mp3"))) as one, av.open(str(only(show, "episodes/*/*.m4a"))) as two:
        mp3, m4a = (
            np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])
            for container in (one, two)
        )
    assert np.mean((mp3 - m4a) ** 2) < 0.01 * np.mean(mp3**2)


def test_ffprobe_finds_nothing_to_complain_of(show: Path) -> None:
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not on this machine")
    for pattern in ("episodes/*/*.m4a", "episodes/*/*.opus", "masters/*.flac"):
        command = ["ffprobe", "-v", "error", "-show_format", "-show_chapters", only(show, pattern)]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stderr == ""
