"""`audio-edition lexicon check` as a person runs it."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.commands import audio_edition, show_in

FERRY = """\
---
title: A ferry for Lviv
date: 2026-04-01
author: Ines Calder
---

The delegation left Geneva for Lviv, where Xi had sent a ship.
"""
HARBOUR = FERRY.replace("A ferry", "A harbour").replace("Xi had", "Qzerbit had")
LEXICON = """\
[[entries]]
grapheme = "Xi"
say = "Shee"

[[entries]]
grapheme = "Lviv"
say = "Luh-veev"
status = "proposed"

[[entries]]
grapheme = "Sejm"
say = "Saym"
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show with two articles and three entries."""
    folder = show_in(tmp_path / "show")
    (folder / "seeds" / "ferry.md").write_text(FERRY, encoding="utf-8")
    (folder / "seeds" / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (folder / "seeds" / ".draft.md").write_text("nothing", encoding="utf-8")
    (folder / "lexicon.toml").write_text(LEXICON, encoding="utf-8")
    return folder


def require(show: Path) -> None:
    settings = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text('names = "require"\n' + settings, encoding="utf-8")


def test_every_article_is_checked_and_the_lines_come_once(show: Path) -> None:
    said = audio_edition("lexicon", "check", "--json", cwd=show)
    found = json.loads(said.stdout)
    assert [one["source"] for one in found["articles"]] == ["seeds/ferry.md", "seeds/harbour.md"]
    names = [[name["name"] for name in one["hard_names"]] for one in found["articles"]]
    assert names == [["Lviv"], ["Lviv", "Qzerbit"]]
    assert [one["unspoken"] == one["utterances"] > 0 for one in found["articles"]] == [True, True]
    assert [entry["grapheme"] for entry in tomllib.loads(found["paste"])["entries"]] == ["Qzerbit"]
    assert [entry["grapheme"] for entry in found["proposed"]] == ["Lviv"]
    assert [entry["grapheme"] for entry in found["unused"]] == ["Sejm"]
    assert found["faults"] == []


def test_the_json_has_the_shape_that_is_documented(show: Path, root: Path) -> None:
    text = (root / "docs" / "the-script.md").read_text(encoding="utf-8")
    shape = json.loads(re.search(r"`lexicon check --json`:\n\n```json\n(.*?)```", text, flags=re.DOTALL)[1])
    (show / "seeds" / "empty.md").write_text("---\ntitle: Nothing\n---\n", encoding="utf-8")
    found = json.loads(audio_edition("lexicon", "check", "--json", cwd=show, status=1).stdout)
    assert list(found) == list(shape)
    for part in ("articles", "faults"):
        assert {tuple(one) for one in found[part]} == {tuple(shape[part][0])}


def test_a_person_reads_the_same(show: Path) -> None:
    said = audio_edition("lexicon", "check", cwd=show)
    assert "seeds/harbour.md (2 names; " in said.stdout
    assert "Qzerbit /" in said.stdout
    assert "      The delegation left Geneva for Lviv, where Qzerbit had sent a ship." in said.stdout
    assert said.stdout.count('grapheme = "Qzerbit"') == 1
    assert "Only proposed, until somebody listens: Lviv" in said.stdout
    assert "In no article: Sejm" in said.stdout
    assert "2 names to listen to in 2 articles." in said.stdout
    assert not said.stderr


def test_one_article_says_nothing_of_the_entries_of_the_others(show: Path) -> None:
    said = audio_edition("lexicon", "check", "seeds/ferry.md", cwd=show)
    assert "harbour" not in said.stdout
    assert "In no article" not in said.stdout


def test_a_show_that_requires_reviewed_names_gets_status_1_until_they_are(show: Path) -> None:
    require(show)
    audio_edition("lexicon", "check", cwd=show, status=1)
    reviewed = LEXICON.replace('status = "proposed"\n', "").replace("Sejm", "Qzerbit")
    (show / "lexicon.toml").write_text(reviewed, encoding="utf-8")
    assert "0 names to listen to" in audio_edition("lexicon", "check", cwd=show).stdout


def test_pasting_the_lines_as_they_are_settles_nothing(show: Path) -> None:
    require(show)
    paste = json.loads(audio_edition("lexicon", "check", "--json", cwd=show, status=1).stdout)["paste"]
    (show / "lexicon.toml").write_text(LEXICON + "\n" + paste, encoding="utf-8")
    said = audio_edition("lexicon", "check", cwd=show, status=1)
    assert "its entry in lexicon.toml is only proposed" in said.stdout
    assert "Lines for lexicon.toml" not in said.stdout


def test_an_article_that_cannot_be_read_does_not_hide_the_others(show: Path) -> None:
    (show / "seeds" / "empty.md").write_text("---\ntitle: Nothing\n---\n", encoding="utf-8")
    said = audio_edition("lexicon", "check", cwd=show, status=1)
    assert "seeds/harbour.md" in said.stdout
    assert "empty.md" in said.stderr
    (show / "seeds" / "empty.md").write_text(FERRY.replace("author", "lang: de\nauthor"), encoding="utf-8")
    said = audio_edition("lexicon", "check", cwd=show, status=1)
    assert "seeds/harbour.md" in said.stdout
    assert "empty.md: the article's language is “de”" in said.stderr
    assert "In no article" not in said.stdout


def test_what_is_spoken_already_is_not_spoken_again(show: Path) -> None:
    audio_edition("episode", "seeds/ferry.md", cwd=show)
    assert "(1 name; nothing to speak again)" in audio_edition("lexicon", "check", "seeds/ferry.md", cwd=show).stdout
    (show / "lexicon.toml").write_text(LEXICON.replace("Shee", "Hsee"), encoding="utf-8")
    assert "(1 name; 1 of " in audio_edition("lexicon", "check", "seeds/ferry.md", cwd=show).stdout
