"""Killed before and after every single change of a file: what is left is whole, and the same command finishes it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.project import Project, open_project
from pipeline.standing import carry_out, renaming_of, withdrawal_of
from pipeline.workflow import build_feed
from tests.cli.dying import DIED
from tests.commands import audio_edition, ready_to_publish, show_in, tree
from tests.kept_shows import GUIDS, NOW, keep, made, published_show

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
    """The feed, if there is one, names only files that are there, in their true length; so do the pages it leads to."""
    text = "".join(path.read_text() for path in pages_from(show, "feeds/podcast.xml"))
    for path, length in re.findall(r'<enclosure url="[^"]*?/(episodes/[^"]+)" length="(\d+)"', text):
        assert (show / path).stat().st_size == int(length)
    for path in re.findall(r'url="[^"]*?/(episodes/[^"]+?\.(?:vtt|srt|json))"', text):
        assert (show / path).is_file()


def pages_from(show: Path, head: str) -> list[Path]:
    """The feed and every page that links lead to from it; all must be there."""
    found = [head] if (show / head).exists() else []
    for name in found:
        named = re.findall(r'href="[^"]*?/(feeds/podcast[^"]*\.xml)"', (show / name).read_text())
        found += [path for path in dict.fromkeys(named) if path not in found]
    return [show / name for name in found]


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


def approved(project: Project) -> None:
    """A new episode, which waits until somebody lets it go out."""
    path = project.root / "show.toml"
    path.write_text(path.read_text().replace('# approval = "off" ', 'approval = "required" '))
    keep(project, made(project, "later"))


def withdrawn(project: Project) -> None:
    carry_out(project, withdrawal_of(project, "ferry", reason="why", now=NOW), now=NOW)


def renamed(project: Project) -> None:
    carry_out(project, renaming_of(project, "ferry", new="boat"), now=NOW)


def paged(project: Project) -> None:
    """A feed in one piece that is to be parted."""
    path = project.root / "show.toml"
    path.write_text(path.read_text().replace("# has_owner = true", "items_per_page = 1 # one", 1))


#: What is done to the show first, the command, and the episodes that are in the feed then.
COMMANDS = {
    "withdraw": (None, ("withdraw", "ferry", "why"), ("grain", "ports")),
    "restore": (withdrawn, ("restore", "ferry"), ("ferry", "grain", "ports")),
    "rename": (None, ("rename", "ferry", "boat"), ("ferry", "grain", "ports")),
    "rename back": (renamed, ("rename", "boat", "ferry"), ("ferry", "grain", "ports")),
    "rename what is withdrawn": (withdrawn, ("rename", "ferry", "boat"), ("grain", "ports")),
    "approve": (approved, ("approve", "later", "--by", "Tomas Reyl"), ("ferry", "grain", "later", "ports")),
    "feed": (paged, ("feed",), ("ferry", "grain", "ports")),
}


@pytest.mark.long
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_on_a_published_show_killed_anywhere(name: str, tmp_path: Path) -> None:
    prepare, arguments, slugs = COMMANDS[name]
    show = published_show(tmp_path / "show", "ferry", "grain", "ports").root
    if prepare is not None:
        prepare(open_project(show))
    done = Path(shutil.copytree(show, tmp_path / "done"))
    audio_edition(*arguments, cwd=done)
    places = 0
    for left in killed_everywhere(show, tmp_path / "killed", arguments=arguments):
        places += 1
        require_whole(left)
        require_one_of_each(left)
        # Any command that writes the feed finishes what was begun, and so does the same one.
        other = Path(shutil.copytree(left, tmp_path / "other", dirs_exist_ok=True))
        with open_project(other).lock():
            build_feed(open_project(other), now=NOW)
        require_whole(other)
        require_one_of_each(other)
        shutil.rmtree(other)
        audio_edition(*arguments, cwd=left)
        require_whole(left)
        assert guids_of(left) == {GUIDS[slug] for slug in slugs}
        assert settled(left) == settled(done)
    assert places >= 6


def guids_of(show: Path) -> set[str]:
    """All GUIDs of the feed and its pages."""
    return {guid for feed in show.glob("feeds/*.xml") for guid in re.findall(r"<guid[^>]*>([^<]*)", feed.read_text())}


def require_one_of_each(show: Path) -> None:
    """No episode stands twice in the feed, and what was published still has its ledger."""
    for feed in show.glob("feeds/*.xml"):
        guids = re.findall(r"<guid[^>]*>([^<]*)", feed.read_text())
        assert len(guids) == len(set(guids))
    ledgers = "".join(path.read_text() for path in show.glob("episodes/*/episode.json"))
    assert all(GUIDS[slug] in ledgers for slug in ("ferry", "grain", "ports"))


def settled(show: Path) -> dict[str, bytes]:
    """All files but the ledgers, without the moments of this run."""
    kept = {name: data for name, (data, _) in tree(show).items() if not name.endswith(".json")}
    return {name: re.sub(rb'datetime="[^"]*"', b"", data) for name, data in kept.items()}
