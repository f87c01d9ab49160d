"""The finished sound of real articles, by other programs than ours: loudness, peaks, length, seeking, players.

Every article of the archive in `make test-all`, every other one with music; a few of them always.
"""

import re
import shutil
import subprocess
import wave
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import av
import msgspec
import numpy as np
import pytest
from mutagen.mp3 import MP3

from pipeline.model import Episode
from pipeline.progress import Silence
from pipeline.project import Project, open_project
from pipeline.workflow import Order, build_episode
from pipeline.workshop import Workshop
from tests.commands import show_in

RATE = 44100
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

#: A bed under opening and closing beside the sample show's intro and outro.
BED = 'bed = "bed.wav"\nbump = "bed.wav"'


def need(*programs: str) -> None:
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")


@lru_cache(maxsize=2)
def show_of(folder: Path, *, has_music: bool) -> Project:
    """A show, with all music that there can be, or with none."""
    show = show_in(folder / ("music" if has_music else "plain"))
    settings = (show / "show.toml").read_text(encoding="utf-8")
    if has_music:
        time = np.arange(20 * RATE) / RATE
        chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220, 277.2, 329.6)) / 6
        write_wav(show / "bed.wav", chord)
        settings = settings.replace("[music]", f"[music]\n{BED}", 1)
    else:
        settings = re.sub(r'^(intro|outro) = "house".*$', "", settings, flags=re.MULTILINE)
    (show / "show.toml").write_text(settings, encoding="utf-8")
    return open_project(show)


def write_wav(path: Path, samples: np.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes((samples * 30000).astype("<i2").tobytes())


def built(project: Project, article: Path) -> tuple[Episode, Path]:
    """The episode of ``article``, and its MP3."""
    source = project.root / "seeds" / article.name
    source.write_bytes(article.read_bytes())
    workshop = Workshop(store=project.store, workers=2, progress=Silence())
    episode = build_episode(project, Order(source=source, now=NOW), workshop=workshop).episode
    return episode, project.root / episode.enclosure.file.path


def measured(path: Path) -> tuple[float, float]:
    """Integrated loudness and true peak of the decoded file, by FFmpeg's meter."""
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"]
    # It shows the tags too, and cuts them wherever a line is full.
    said = subprocess.run(command, capture_output=True, text=True, errors="replace", check=True).stderr
    summary = said[said.rindex("Summary:") :]
    loudness, peak = (re.search(rf"{name}:\s+(-?[\d.]+|-inf)", summary) for name in ("I", "Peak"))
    assert loudness
    assert peak
    return float(loudness[1]), float(peak[1])


def articles_of(shared: Path) -> Iterator[Path]:
    """Those that have anything to say."""
    for path in sorted((shared / "archive").glob("*.md")):
        if len(path.read_text(encoding="utf-8").split()) > 100:
            yield path


def require_broadcast_quality(path: Path, episode: Episode) -> None:
    loudness, peak = measured(path)
    assert loudness == pytest.approx(-16, abs=0.5), path
    assert loudness == pytest.approx(episode.loudness.integrated_lufs, abs=0.15), path
    assert peak <= -1.0, path


def test_a_few_articles_measure_what_they_should(shared: Path, tmp_path: Path) -> None:
    need("ffmpeg")
    for number, article in enumerate(list(articles_of(shared))[20::70]):
        episode, path = built(show_of(tmp_path, has_music=number % 2 == 1), article)
        require_broadcast_quality(path, episode)


@pytest.mark.long
def test_every_article_measures_what_it_should(shared: Path, tmp_path: Path) -> None:
    need("ffmpeg")
    for number, article in enumerate(articles_of(shared)):
        project = show_of(tmp_path, has_music=number % 2 == 1)
        episode, path = built(project, article)
        require_broadcast_quality(path, episode)
        path.unlink()
    assert number > 190


@pytest.fixture(scope="module")
def essay(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Episode, Path]:
    """A real article with chapters and music."""
    folder = tmp_path_factory.mktemp("essay")
    article = folder / "nuremberg.md"
    article.write_bytes((shared / "archive" / "1945-1952-nuremberg.md").read_bytes())
    return built(show_of(folder, has_music=True), article)


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])


def test_all_programs_agree_on_the_length(essay: tuple[Episode, Path]) -> None:
    need("mp3val", "ffprobe", "mpg123")
    episode, path = essay
    count = round(episode.enclosure.duration_s * RATE)
    said = subprocess.run(["mp3val", path], capture_output=True, text=True, check=True).stdout
    assert "WARNING" not in said
    assert "PROBLEM" not in said
    assert len(decoded(path)) == count
    played = subprocess.run(["mpg123", "-q", "-s", "-e", "s16", path], capture_output=True, check=True)
    assert (len(played.stdout), played.stderr) == (2 * count, b"")
    probe = ["ffprobe", "-v", "warning", "-show_entries", "format=duration", "-of", "csv=p=0", path]
    said = subprocess.run(probe, capture_output=True, text=True, check=True)
    assert said.stderr == ""
    # It counts whole frames, encoder delay and padding included; decoders leave those out.
    assert float(said.stdout) == pytest.approx(count / RATE, abs=3 * 1152 / RATE)
    assert MP3(path).info.length == pytest.approx(count / RATE, abs=2 * 1152 / RATE)
    assert not MP3(path).info.sketchy


def test_a_seek_to_a_chapter_lands_within_a_frame_of_it(essay: tuple[Episode, Path]) -> None:
    episode, path = essay
    whole = decoded(path)
    assert len(episode.chapters) >= 3
    with av.open(str(path)) as container:
        for chapter in episode.chapters[1:]:
            wanted = round(chapter.start_ms * RATE / 1000)
            # FFmpeg's clock starts with the encoder's delay, before the first sample that is heard.
            container.seek(round(chapter.start_ms * av.time_base / 1000) + container.start_time, any_frame=True)
            frames = container.decode(audio=0)
            skipped = [next(frames) for _ in range(3)]  # the decoder is not warm yet
            heard = np.concatenate([next(frames).to_ndarray().reshape(-1) for _ in range(40)])
            found = place_of(heard, whole, near=wanted + 3 * 1152) - sum(frame.samples for frame in skipped)
            assert abs(found - wanted) <= 1152, chapter


def place_of(piece: np.ndarray, whole: np.ndarray, *, near: int) -> int:
    """Where ``piece`` lies in ``whole``, looked for within a second."""
    start = max(0, near - RATE)
    area = whole[start : near + RATE + len(piece)]
    return start + int(np.correlate(area, piece, mode="valid").argmax())


def test_the_ledger_knows_its_music_and_its_loudness(essay: tuple[Episode, Path]) -> None:
    episode, _ = essay
    assert "audio-edition" in episode.music_credit
    assert "CC0" in episode.notes_html
    assert episode.loudness_before.integrated_lufs < -18
    assert msgspec.json.decode(msgspec.json.encode(episode), type=Episode) == episode
