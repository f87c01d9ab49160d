"""The commands as a person meets them: help that teaches, a new show that works, results for programs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from tests.commands import audio_edition

ARTICLE = """\
---
title: The ferry that waited
date: 2026-04-01
author: Ines Calder
---

The ferry waited in Salka for three days, and nobody could say for whom.
"""

HEAVY = {"numpy", "soxr", "lameenc", "mutagen", "lxml", "feedgen", "PIL", "jinja2", "starlette", "yaml", "markdown_it"}


def test_help_imports_no_audio_and_no_xml_library() -> None:
    code = "import sys; from pipeline.cli import cli; cli(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded & HEAVY == set()
    assert "click" in loaded


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_explains_itself(name: str) -> None:
    said = CliRunner(mix_stderr=False).invoke(cli, [name, "--help"]).output
    assert len(said.split("Options:")[0].split()) > 10
    assert all(parameter.help for parameter in cli.commands[name].params if parameter.param_type_name == "option")
    assert "--show" in said or name == "init"


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_readme_names_every_command(name: str, root: Path) -> None:
    assert f"audio-edition {name}" in (root / "README.md").read_text(encoding="utf-8")


def test_a_new_show_builds_at_once_and_passes_the_check(tmp_path: Path) -> None:
    said = audio_edition(
        "init",
        "review",
        "--title",
        'The "Harbour" Review',
        "--base-url",
        "https://a.harbour-review.net",
        "--link",
        "https://harbour-review.net",
        "--email",
        "audio@harbour-review.net",
        cwd=tmp_path,
    )
    show = tmp_path / "review"
    assert "audio-edition episode" in said.stdout
    assert sorted(path.name for path in show.iterdir()) == [
        ".gitignore",
        "cover.jpg",
        "lexicon.toml",
        "seeds",
        "show.toml",
    ]
    (show / "seeds" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    made = json.loads(audio_edition("episode", "seeds/ferry.md", "--json", cwd=show).stdout)["episodes"]
    assert [episode["slug"] for episode in made] == ["ferry"]
    assert set(made[0]) >= {
        "slug",
        "enclosure",
        "length_bytes",
        "duration_s",
        "integrated_lufs",
        "true_peak_dbtp",
        "spoken_utterances",
        "synthesised_utterances",
    }
    findings = json.loads(audio_edition("check", "--json", cwd=show).stdout)["findings"]
    assert [finding for finding in findings if finding["severity"] == "error"] == []
    keys = {"rule", "severity", "directories", "where", "what", "cure", "source"}
    assert all(set(finding) == keys for finding in findings)

    (status,) = json.loads(audio_edition("status", "--json", cwd=show / "seeds").stdout)["episodes"]
    assert status["slug"] == "ferry"
    assert status["published"] is False
    assert set(status["stages"].values()) == {"fresh"}

    (show / "seeds" / "ferry.md").write_text(ARTICLE.replace("three", "four"), encoding="utf-8")
    (status,) = json.loads(audio_edition("status", "--json", cwd=show).stdout)["episodes"]
    assert status["stages"]["read"].startswith("stale: ")
    assert status["stages"]["narrate"] == "stale: 1 of 7 utterances to speak (not in the cache)"

    audio_edition("episode", "seeds/ferry.md", cwd=show)
    marked = json.loads(audio_edition("feed", "--published", "--json", cwd=show).stdout)
    assert marked["published"] == ["ferry"]
    (status,) = json.loads(audio_edition("status", "--json", cwd=show).stdout)["episodes"]
    assert status["published"] is True


def test_a_check_that_finds_an_error_has_status_1(tmp_path: Path) -> None:
    audio_edition("init", ".", "--title", "Empty", cwd=tmp_path)
    done = audio_edition("check", cwd=tmp_path, status=1)
    assert "error" in done.stdout


def test_a_show_is_not_founded_twice(tmp_path: Path) -> None:
    audio_edition("init", cwd=tmp_path)
    before = (tmp_path / "show.toml").read_bytes()
    done = audio_edition("init", cwd=tmp_path, status=1)
    assert "a show here already" in done.stderr
    assert (tmp_path / "show.toml").read_bytes() == before


def test_the_show_is_the_one_the_article_lies_in(tmp_path: Path) -> None:
    audio_edition("init", "inner", cwd=tmp_path)
    audio_edition("init", "other", cwd=tmp_path)
    (tmp_path / "inner" / "seeds" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    audio_edition("episode", "../inner/seeds/ferry.md", cwd=tmp_path / "other")
    assert (tmp_path / "inner" / "feeds" / "podcast.xml").is_file()
    assert not (tmp_path / "other" / "feeds").exists()
    audio_edition("episode", "inner/seeds/ferry.md", "--show", "other", cwd=tmp_path)
    assert (tmp_path / "other" / "feeds" / "podcast.xml").is_file()


def test_what_the_command_line_said_of_an_article_is_remembered(tmp_path: Path) -> None:
    audio_edition("init", cwd=tmp_path)
    article = tmp_path / "seeds" / "ferry.md"
    article.write_text("# The ferry that waited\n\nIt waited in Salka for three days.\n", encoding="utf-8")
    told = ("--published", "2026-04-01", "--author", "Ines Calder")
    audio_edition("episode", article, *told, cwd=tmp_path)
    first = (tmp_path / "episodes" / "ferry" / "episode.json").read_bytes()
    again = audio_edition("episode", article, cwd=tmp_path)
    assert "by Ines Calder, 2026-04-01" in again.stdout
    assert (tmp_path / "episodes" / "ferry" / "episode.json").read_bytes() == first


def test_what_was_told_of_one_article_is_not_told_of_the_next_under_its_name(tmp_path: Path) -> None:
    audio_edition("init", "--title", "The Harbour Review", cwd=tmp_path)
    settings = (tmp_path / "show.toml").read_text(encoding="utf-8")
    (tmp_path / "show.toml").write_text(settings.replace("# default_author", "default_author"), encoding="utf-8")
    article = tmp_path / "seeds" / "scrape.md"
    article.write_text("# The ferry that waited\n\nIt waited in Salka for three days.\n", encoding="utf-8")
    audio_edition("episode", article, "--published", "2026-04-01", "--author", "Ines Calder", cwd=tmp_path)
    ledger = tmp_path / "episodes" / "scrape" / "episode.json"
    first = ledger.read_bytes()

    article.write_text("# The train that left\n\nIt left Salka on time.\n", encoding="utf-8")
    assert "--published" in audio_edition("episode", article, cwd=tmp_path, status=1).stderr
    undersigned = audio_edition("episode", article, "--published", "2026-04-01", cwd=tmp_path, status=1)
    assert "was “The ferry that waited”" in undersigned.stderr  # not the show's default over her name
    assert ledger.read_bytes() == first
    told = ("--published", "2026-04-08", "--author", "Tomas Reyl")
    assert "takes the place of: The ferry" in audio_edition("episode", article, *told, cwd=tmp_path).stdout
    assert "by Tomas Reyl, 2026-04-08" in audio_edition("episode", article, cwd=tmp_path).stdout


def test_the_summary_shows_what_may_have_been_prose(tmp_path: Path) -> None:
    audio_edition("init", cwd=tmp_path)
    (tmp_path / "seeds" / "ferry.txt").write_text(
        "---\ndate: 2026-04-01\nauthor: Ines Calder\n---\nThe ferry that waited\n0:00\n\n"
        "It waited in Salka for three days. Nobody could say for whom it did so.\n\nDiscussion about this post\n\n"
        "I was on that ferry myself and can tell you exactly for whom it was that we all waited.\n",
        encoding="utf-8",
    )
    said = audio_edition("episode", "seeds/ferry.txt", cwd=tmp_path).stdout
    assert "left out: I was on that ferry myself" in said
    assert "3 pieces of the article not spoken" in said


def test_progress_goes_to_stderr_and_results_to_stdout(tmp_path: Path) -> None:
    audio_edition("init", cwd=tmp_path)
    (tmp_path / "seeds" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    done = audio_edition("episode", "seeds/ferry.md", cwd=tmp_path)
    assert "narrate: 7 spoken" in done.stderr
    assert "master: " in done.stderr
    assert "Next: " in done.stdout
    assert audio_edition("episode", "-q", "seeds/ferry.md", cwd=tmp_path).stderr == ""
