"""Choosing who reads: for the show, an article, or once; what it would cost; and that nobody reads instead."""

import json
from pathlib import Path

import pytest

from tests.commands import audio_edition, ready_to_publish, show_in, tree

ARTICLE = """\
---
title: A ferry for Ostrava
date: 2026-04-01
author: Ines Calder
{more}---

The delegation left on a grey morning, and nobody had told the harbour master.

By noon the quay was empty again.
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    folder = show_in(tmp_path / "show")
    write(folder)
    return folder


def write(show: Path, more: str = "") -> None:
    (show / "seeds" / "ferry.md").write_text(ARTICLE.format(more=more), encoding="utf-8")


def build(show: Path, *options: str, status: int = 0) -> dict:
    said = audio_edition("episode", "seeds/ferry.md", "--json", "-q", *options, cwd=show, status=status)
    return json.loads(said.stdout)["episodes"][0] if status == 0 else {"error": said.stderr}


def ledger(show: Path) -> dict:
    return json.loads((show / "episodes" / "ferry" / "episode.json").read_text(encoding="utf-8"))


def test_the_front_matter_chooses_and_the_ledger_and_the_page_say_who_it_was(show: Path) -> None:
    write(show, "voice: tone:low\n")
    assert build(show)["voice"] == "tone:low"
    kept = ledger(show)["voice"]
    assert (kept["engine"], kept["voice"], kept["licence"]) == ("tone", "low", "CC0-1.0")
    assert kept["engine_version"]
    page = (show / "episodes" / "ferry" / "index.html").read_text(encoding="utf-8")
    assert f"Voice: low, spoken by tone {kept['engine_version']}. Licence: CC0-1.0" in page
    assert "This episode is read by an automated voice: tone low (CC0-1.0)." in ledger(show)["notes_html"]
    again = build(show)
    assert again["synthesised_utterances"] == 0
    assert again["is_changed"] is False


def test_the_command_line_chooses_once(show: Path) -> None:
    assert build(show)["voice"] == "espeak:en-gb"
    assert build(show, "--voice", "tone:high")["voice"] == "tone:high"
    assert build(show, "--engine", "tone", "--voice", "low")["voice"] == "tone:low"
    back = build(show)
    assert (back["voice"], back["synthesised_utterances"]) == ("espeak:en-gb", 0)


def test_the_show_chooses_for_all(show: Path) -> None:
    settings = (show / "show.toml").read_text(encoding="utf-8")
    chosen = settings.replace('# engine = "espeak"', 'engine = "tone"').replace('# name = "en-gb" ', 'name = "low" ')
    (show / "show.toml").write_text(chosen, encoding="utf-8")
    assert build(show)["voice"] == "tone:low"
    assert build(show, "--voice", "espeak:en-us")["voice"] == "espeak:en-us"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--engine", "tone"), "voices list --engine tone"),
        (("--engine", "espik", "--voice", "en-gb"), 'no speech engine "espik"'),
        (("--voice", "en-gx"), "en-gb"),
        (("--voice", "piper:en_GB-alba-medium"), "audio-edition voices install piper:en_GB-alba-medium"),
        (("--voice", "kokoro:bf_emma"), "audio-edition voices install kokoro"),
    ],
)
def test_what_is_not_there_stops_the_build_with_the_cure_and_nobody_reads_instead(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], says: str
) -> None:
    monkeypatch.setenv("AUDIO_EDITION_VOICES", str(tmp_path / "no voices"))
    before = tree(show)
    error = build(show, *options, status=1)["error"]
    assert says in error
    assert len(error.strip().splitlines()) == 1
    assert tree(show) == before


def test_a_dry_run_tells_what_would_be_spoken_and_touches_nothing(show: Path) -> None:
    before = tree(show)
    said = json.loads(audio_edition("episode", "seeds/ferry.md", "--dry-run", "--json", cwd=show).stdout)
    (one,) = said["estimates"]
    assert said["total"]["to_speak"] == one["to_speak"] + 10  # to find the level of the voice
    assert (one["engine"], one["voice"], one["usd"], one["is_network"]) == ("espeak", "en-gb", 0.0, False)
    assert one["to_speak"] == one["utterances"] >= 8
    assert 15 < one["duration_s"] < 90
    assert tree(show) == before
    assert not (show / ".cache").exists()
    built = build(show)
    (after,) = json.loads(audio_edition("episode", "seeds/ferry.md", "--dry-run", "--json", cwd=show).stdout)[
        "estimates"
    ]
    assert after["to_speak"] == after["characters"] == 0
    assert abs(after["duration_s"] - built["duration_s"]) < 0.1
    told = audio_edition("episode", "seeds/ferry.md", "--dry-run", cwd=show).stdout
    assert "nothing to be spoken" in told
    assert "Nothing was spoken, asked for or written." in told


def test_status_and_script_go_by_the_articles_voice(show: Path) -> None:
    write(show, "voice: tone:low\n")
    build(show)
    (status,) = json.loads(audio_edition("status", "--json", cwd=show).stdout)["episodes"]
    assert set(status["stages"].values()) == {"fresh"}
    json.loads(audio_edition("script", "seeds/ferry.md", "--json", cwd=show).stdout)
    json.loads(audio_edition("script", "seeds/ferry.md", "--json", "--voice", "espeak:en-us", cwd=show).stdout)
    listed = json.loads(audio_edition("chapters", "seeds/ferry.md", "--exact", "--json", "-q", cwd=show).stdout)
    assert listed["is_exact"]


def published(show: Path, *options: str) -> Path:
    ready_to_publish(show)
    build(show, *options)
    audio_edition("feed", "--published", cwd=show)
    return show


def test_a_published_episode_is_not_read_by_another_voice_because_the_show_is(show: Path) -> None:
    published(show)
    settings = (show / "show.toml").read_text(encoding="utf-8")
    chosen = settings.replace('# engine = "espeak"', 'engine = "tone"').replace('# name = "en-gb" ', 'name = "low" ')
    (show / "show.toml").write_text(chosen, encoding="utf-8")
    write(show, "tags: [ferries]\n")
    for options in ((), ("--correct", "A tag was missing.")):
        error = build(show, *options, status=1)["error"]
        assert "was published read by espeak:en-gb" in error
        assert "write `voice: espeak:en-gb` into its front matter" in error
        assert "--voice tone:low" in error
    (status,) = json.loads(audio_edition("status", "--json", cwd=show).stdout)["episodes"]
    assert "read by espeak:en-gb, and would now be read by tone:low" in status["stages"]["narrate"]
    before = ledger(show)["enclosure"]
    write(show, "voice: espeak:en-gb\n")
    build(show)
    assert ledger(show)["enclosure"] == before
    write(show)
    changed = build(show, "--voice", "tone:low", "--correct", "Another voice.")
    assert changed["voice"] == "tone:low"


def test_what_listeners_have_is_not_changed_by_crediting_the_second_voice(show: Path) -> None:
    quoted = "“We have waited on this quay for a ship for forty years, and none of them has ever come.”"
    (show / "seeds" / "ferry.md").write_text(ARTICLE.format(more="") + f"\n> {quoted}\n", encoding="utf-8")
    settings = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(settings.replace('# name = "en-gb+f3"', 'name = "en-gb+f3"'), encoding="utf-8")
    build(show)
    kept = ledger(show)
    assert kept["second_voice"]["voice"] == "en-gb+f3"
    assert "espeak en-gb." in kept["notes_html"]
    assert "f3" not in kept["notes_html"]
    page = (show / "episodes" / "ferry" / "index.html").read_text(encoding="utf-8")
    assert "quotations by en-gb+f3" in page
    assert "Voice of quotations: en-gb+f3" in page
