"""Bad input: one line with the cure, exit status 1, nothing half-written, and the old feed untouched."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.commands import audio_edition, show_in, tree

ARTICLE = """\
---
title: The ferry that waited
date: 2026-04-01
author: Ines Calder
---

The ferry waited in Salka for three days, and nobody could say for whom.

On the fourth day it left without passengers, which the port authority called a success.
"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with one episode."""
    show = show_in(tmp_path_factory.mktemp("live"))
    (show / "seeds" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    audio_edition("episode", "seeds/ferry.md", cwd=show)
    return show


@pytest.fixture
def show(live: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(live, tmp_path / "show"))


def assert_refused(show: Path, *arguments: object, says: str) -> None:
    """The command fails with one line that says so, and the show is as it was."""
    before = tree(show)
    done = audio_edition(*arguments, cwd=show, status=1)
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert says in errors[0]
    assert ";" in errors[0]  # what; cure
    assert tree(show) == before


SPOILED = {
    "empty.md": (b"", "empty"),
    "blank.txt": (b" \n\n \n", "no text"),
    "binary.md": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "PNG"),
    "nul.txt": (b"A title\n\nSome\0thing.\n", "zero byte"),
    "latin.md": (ARTICLE.replace("Salka", "Sålka").encode("latin-1"), "UTF-8"),
    "yaml.md": (ARTICLE.replace("title: The", "title: The: a: b [").encode(), "line 2"),
    "unclosed.md": (ARTICLE.replace("Calder\n---", "Calder\n").encode(), "---"),
    "undated.md": (ARTICLE.replace("date: 2026-04-01\n", "").encode(), "--published"),
    "misdated.md": (ARTICLE.replace("2026-04-01", "the first of April").encode(), "date"),
    "untitled.md": (ARTICLE.replace("title: The ferry that waited\n", "").encode(), "title"),
    "wordless.md": (ARTICLE.split("\n\n", maxsplit=1)[0].encode() + b"\n\n***\n", "body"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_an_article_that_cannot_be_read(show: Path, name: str) -> None:
    data, says = SPOILED[name]
    (show / "seeds" / name).write_bytes(data)
    assert_refused(show, "episode", f"seeds/{name}", says=says)


def test_options_may_not_contradict_the_article(show: Path) -> None:
    assert_refused(show, "episode", "seeds/ferry.md", "--author", "Tomas Reyl", says="is by Ines Calder")
    assert_refused(show, "episode", "seeds/ferry.md", "--published", "2026-04-02", says="is dated 2026-04-01")
    audio_edition("episode", "seeds/ferry.md", "--author", "Ines Calder", "--published", "2026-04-01", cwd=show)


def test_a_byline_on_the_page_is_not_overruled_in_silence(show: Path) -> None:
    (show / "seeds" / "page.txt").write_text(
        "---\ndate: 2026-04-01\n---\nThe ferry that waited again\n0:00\n\nBy Tomas Reyl\n\n"
        "It waited in Salka for three days, and nobody could say for whom.\n",
        encoding="utf-8",
    )
    assert_refused(show, "episode", "seeds/page.txt", says='--author "Tomas Reyl"')


def test_a_slip_in_the_front_matter(show: Path) -> None:
    (show / "seeds" / "slip.md").write_text(ARTICLE.replace("author:", "authr:"), encoding="utf-8")
    assert_refused(show, "episode", "seeds/slip.md", says="did you mean `author`")


def test_a_file_that_is_no_article(show: Path) -> None:
    assert_refused(show, "episode", "show.toml", "--published", "2026-04-01", says="is settings, which is not read")


def test_an_empty_pronunciation_or_two_for_one_name(show: Path) -> None:
    lexicon = (show / "lexicon.toml").read_text(encoding="utf-8")
    (show / "lexicon.toml").write_text(lexicon + '[[entries]]\ngrapheme = "Salka"\nsay = ""\n', encoding="utf-8")
    assert_refused(show, "episode", "seeds/ferry.md", says="“Salka” says nothing; give it `say`, `ipa` or `as`")
    (show / "lexicon.toml").write_text(lexicon + '[[entries]]\ngrapheme = "Kyiv"\nsay = "Kiev"\n', encoding="utf-8")
    assert_refused(show, "episode", "seeds/ferry.md", says="two entries")


def test_an_article_with_another_slug_than_before(show: Path) -> None:
    text = (show / "seeds" / "ferry.md").read_text(encoding="utf-8")
    (show / "seeds" / "ferry.md").write_text(text.replace("---\n", "---\nslug: waiting\n", 1), encoding="utf-8")
    assert_refused(show, "episode", "seeds/ferry.md", says="slug: ferry")


def test_an_article_without_a_byline(show: Path) -> None:
    settings = (show / "show.toml").read_text().replace("default_author", "# default_author", 1)
    (show / "show.toml").write_text(settings)
    (show / "seeds" / "anon.md").write_text(ARTICLE.replace("author: Ines Calder\n", ""), encoding="utf-8")
    assert_refused(show, "episode", "seeds/anon.md", says="--author")


def test_an_article_that_is_not_there_or_a_folder(show: Path) -> None:
    assert_refused(show, "episode", "seeds/nowhere.md", says="nowhere.md")
    assert_refused(show, "episode", "seeds", says="folder")


def test_an_unknown_key_in_show_toml_is_named_with_the_nearest(show: Path) -> None:
    settings = (show / "show.toml").read_text()
    (show / "show.toml").write_text(settings + "\n[sound2]\n")
    assert_refused(show, "episode", "seeds/ferry.md", says='did you mean "sound"')


def test_an_unknown_voice_or_engine(show: Path) -> None:
    settings = (show / "show.toml").read_text()
    voice = settings[settings.index("[voice]") :]
    (show / "show.toml").write_text(settings.replace(voice, '[voice]\nname = "en-gbb"\n'))
    assert_refused(show, "episode", "seeds/ferry.md", says="en-gb")
    (show / "show.toml").write_text(settings.replace(voice, '[voice]\nengine = "espeek"\n'))
    assert_refused(show, "episode", "seeds/ferry.md", says="espeak")


@pytest.mark.parametrize(
    ("size", "mode", "says"),
    [((1200, 1200), "RGB", "1400"), ((1600, 1500), "RGB", "square"), ((1600, 1600), "CMYK", "RGB")],
)
def test_artwork_that_apple_would_refuse(show: Path, size: tuple[int, int], mode: str, says: str) -> None:
    Image.new(mode, size).save(show / "cover.jpg")
    assert_refused(show, "episode", "seeds/ferry.md", says=says)


def test_artwork_that_is_not_there(show: Path) -> None:
    (show / "cover.jpg").unlink()
    assert_refused(show, "feed", says="cover.jpg")


def test_two_articles_of_one_name(show: Path) -> None:
    (show / "seeds" / "other").mkdir()
    (show / "seeds" / "other" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    assert_refused(show, "episode", "seeds/other/ferry.md", says="slug")


def test_a_renamed_article_does_not_become_a_second_episode(show: Path) -> None:
    (show / "seeds" / "ferry.md").rename(show / "seeds" / "the-ferry.md")
    assert_refused(show, "episode", "seeds/the-ferry.md", says="slug: ferry")
    text = (show / "seeds" / "the-ferry.md").read_text()
    (show / "seeds" / "the-ferry.md").write_text(text.replace("---\n", "---\nslug: ferry\n", 1))
    audio_edition("episode", "seeds/the-ferry.md", cwd=show)
    assert [path.name for path in show.glob("episodes/*/")] == ["ferry"]


def test_a_damaged_ledger(show: Path) -> None:
    ledger = show / "episodes" / "ferry" / "episode.json"
    ledger.write_bytes(ledger.read_bytes()[:100])
    assert_refused(show, "episode", "seeds/ferry.md", says="git checkout")
    assert_refused(show, "feed", says="git checkout")


def test_a_sound_that_went_missing(show: Path) -> None:
    (sound,) = show.glob("episodes/ferry/*.mp3")
    sound.unlink()
    assert_refused(show, "feed", says="build it again")
    audio_edition("episode", "seeds/ferry.md", cwd=show)
    assert sound.is_file()


def test_an_impossible_bit_rate(show: Path) -> None:
    settings = (show / "show.toml").read_text()
    assert "\n[sound]\n" in settings
    (show / "show.toml").write_text(settings.replace("\n[sound]\n", "\n[sound]\nbitrate_kbps = 95\n"))
    assert_refused(show, "episode", "seeds/ferry.md", says="128")


def test_a_show_that_is_not_there(tmp_path: Path) -> None:
    done = audio_edition("episode", "x.md", cwd=tmp_path, status=1)
    assert "audio-edition init" in done.stderr


def test_usage_errors_have_status_2(show: Path) -> None:
    audio_edition("episode", cwd=show, status=2)
    audio_edition("nonsense", cwd=show, status=2)
    audio_edition("episode", "--jobs", "0", "seeds/ferry.md", cwd=show, status=2)
    audio_edition("episode", "--silent", "seeds/ferry.md", cwd=show, status=2)
    audio_edition("episode", "--correct", " ", "seeds/ferry.md", cwd=show, status=2)


def test_two_builds_at_once_one_is_told(show: Path) -> None:
    (show / "seeds" / "long.md").write_text(ARTICLE + "\nAnother paragraph, to take a while.\n" * 400, encoding="utf-8")
    first = subprocess.Popen(
        [Path(sys.executable).with_name("audio-edition"), "episode", "seeds/long.md"], cwd=show, stderr=subprocess.PIPE
    )
    try:
        wait_for(show / ".audio-edition.owner", pid=first.pid)
        done = audio_edition("episode", "seeds/ferry.md", cwd=show, status=1)
        assert f"process {first.pid}" in done.stderr
    finally:
        first.kill()
        first.communicate()


def wait_for(owner: Path, *, pid: int) -> None:
    for _ in range(400):
        if owner.is_file() and f"process {pid} " in owner.read_text():
            return
        time.sleep(0.05)
    pytest.fail("the first build never took the lock")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("after_s", [0.8, 1.6, 2.4, 3.2])
def test_a_build_that_is_stopped_leaves_a_whole_show(show: Path, how: signal.Signals, after_s: float) -> None:
    published = {name: data for name, (data, _) in tree(show).items()}
    (show / "seeds" / "long.md").write_text(
        ARTICLE.replace("ferry", "train") + "".join(f"\nStation {n} was closed that week.\n" for n in range(120)),
        encoding="utf-8",
    )
    build = subprocess.Popen(
        [Path(sys.executable).with_name("audio-edition"), "episode", "seeds/long.md"],
        cwd=show,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    time.sleep(after_s)
    os.kill(build.pid, how)
    build.wait(timeout=20)
    now = {name: data for name, (data, _) in tree(show).items()}
    if "episodes/long/episode.json" not in now:
        assert {name: now[name] for name in published} == published
    audio_edition("feed", cwd=show)  # reads every ledger and compares every file with it


@pytest.mark.parametrize("value", ["music/nowhere.wav", "seeds/ferry.md"])
def test_music_that_will_not_do_is_told_by_check_and_stops_a_build(show: Path, value: str) -> None:
    settings = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(settings.replace('outro = "house"', f'outro = "{value}"'), encoding="utf-8")
    assert "outro" in audio_edition("check", cwd=show, status=1).stdout
    before = tree(show)
    for command in (("episode", "seeds/ferry.md"), ("episode", "--dry-run", "seeds/ferry.md")):
        assert "outro" in audio_edition(*command, cwd=show, status=1).stderr
    assert tree(show) == before


def test_a_bit_rate_that_mp3_has_not_is_told_before_anything_is_spoken(show: Path) -> None:
    settings = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(settings.replace("# bitrate_kbps = 96", "bitrate_kbps = 100"), encoding="utf-8")
    shutil.rmtree(show / ".cache")
    done = audio_edition("episode", "seeds/ferry.md", cwd=show, status=1)
    assert "bitrate_kbps = 100" in done.stderr
    assert "narrate" not in done.stderr
