"""Killed before and after every single rename: what is left is whole, and the same command finishes the work."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.dying import DIED
from tests.commands import audio_edition, ready_to_publish, show_in, tree

ARTICLE = """\
---
title: The ferry that waited
date: 2026-04-01
author: Ines Calder
---

The ferry waited in Salka for three days, and nobody could say for whom.
"""

DYING = Path(__file__).with_name("dying.py")
CORRECT = ("--correct", "It was four days.")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with one published episode, and its cache."""
    show = ready_to_publish(show_in(tmp_path_factory.mktemp("kills")))
    (show / "seeds" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    audio_edition("episode", "seeds/ferry.md", cwd=show)
    audio_edition("feed", "--published", cwd=show)
    return show


def killed_everywhere(show: Path, work: Path, *, arguments: tuple[str, ...]) -> Iterator[Path]:
    """A copy of ``show`` for each place at which the command can be killed."""
    for when in ("before", "after"):
        for at in range(1, 60):
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(show, work)
            done = subprocess.run(
                [sys.executable, DYING, str(at), when, *arguments], capture_output=True, cwd=work, check=False
            )
            if done.returncode != DIED:
                assert done.returncode == 0
                break
            yield work


def require_whole(show: Path) -> None:
    """The feed, if there is one, names only files that are there, in their true length."""
    feed = show / "feeds" / "podcast.xml"
    text = feed.read_text() if feed.exists() else ""
    for path, length in re.findall(r'<enclosure url="[^"]*?/(episodes/[^"]+)" length="(\d+)"', text):
        assert (show / path).stat().st_size == int(length)
    for path in re.findall(r'url="[^"]*?/(episodes/[^"]+?\.(?:vtt|srt|json))"', text):
        assert (show / path).is_file()


def words_of(show: Path) -> dict[str, bytes]:
    """Captions and scripts: what is the same in every build, while GUIDs are minted at random."""
    return {name: data for name, (data, _) in tree(show).items() if name.endswith((".vtt", ".srt", ".txt"))}


@pytest.mark.long
def test_a_correction_killed_anywhere(built: Path, tmp_path: Path) -> None:
    show = Path(shutil.copytree(built, tmp_path / "show"))
    guid = re.findall(r"<guid[^>]*>([^<]*)", (show / "feeds" / "podcast.xml").read_text())
    (show / "seeds" / "ferry.md").write_text(ARTICLE.replace("three", "four"), encoding="utf-8")
    arguments = ("episode", "-q", "seeds/ferry.md", *CORRECT)
    places = 0
    for left in killed_everywhere(show, tmp_path / "killed", arguments=arguments):
        places += 1
        require_whole(left)
        audio_edition(*arguments, cwd=left)
        require_whole(left)
        feed = (left / "feeds" / "podcast.xml").read_text()
        assert re.findall(r"<guid[^>]*>([^<]*)", feed) == guid
        assert feed.count("Corrected on") == 1
        assert not list(left.glob("*/**/.*.tmp"))
    assert places > 15


@pytest.mark.long
def test_a_first_build_and_a_publication_killed_anywhere(built: Path, tmp_path: Path) -> None:
    show = Path(shutil.copytree(built, tmp_path / "show"))
    for name in ("episodes", "feeds"):
        shutil.rmtree(show / name)
    arguments = ("episode", "-q", "seeds/ferry.md")
    places = 0
    for left in killed_everywhere(show, tmp_path / "killed", arguments=arguments):
        places += 1
        require_whole(left)
        audio_edition(*arguments, cwd=left)
        require_whole(left)
        assert words_of(left) == words_of(built)
    assert places > 15
    audio_edition("episode", "-q", "seeds/ferry.md", cwd=show)
    for left in killed_everywhere(show, tmp_path / "killed", arguments=("feed", "--published")):
        require_whole(left)
        audio_edition("feed", "--published", cwd=left)
        assert '"first published"' in (left / "episodes" / "ferry" / "episode.json").read_text()
