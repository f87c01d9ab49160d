"""`audio-edition script` as a person and a program run it."""

import json
import re
from pathlib import Path

import pytest

from tests.commands import audio_edition, show_in, tree

ARTICLE = """\
---
title: A ferry for Lviv
date: 2026-04-01
author: Ines Calder
---

The delegation left for Qzerbit on 3/4/2025, where a a ship was waiting.

Tomas Reyl said: “We have waited on this quay for a ship for forty years, and none has come.”

| Year | Ships |
|---|---|
| 2025 | none |
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show with one article, which has something for each part of the script."""
    folder = show_in(tmp_path / "show")
    (folder / "seeds" / "ferry.md").write_text(ARTICLE, encoding="utf-8")
    settings = (folder / "show.toml").read_text(encoding="utf-8")
    (folder / "show.toml").write_text(settings.replace('# name = "en-gb+f3"', 'name = "en-gb+f3"'), encoding="utf-8")
    return folder


def documented(root: Path) -> dict:
    """The example of `script --json` in the documentation."""
    text = (root / "docs" / "the-script.md").read_text(encoding="utf-8")
    return json.loads(re.search(r"`script --json`:\n\n```json\n(.*?)```", text, flags=re.DOTALL)[1])


def test_the_json_has_the_shape_that_is_documented(show: Path, root: Path) -> None:
    said = json.loads(audio_edition("script", "seeds/ferry.md", "--json", cwd=show).stdout)
    shape = documented(root)
    assert list(said) == list(shape)
    for part in ("utterances", "hard_names", "doubts", "copy_queries", "fates"):
        assert {tuple(one) for one in said[part]} == {tuple(shape[part][0])}, part
    spans = [span for utterance in said["utterances"] for span in utterance["spans"]]
    assert {tuple(span) for span in spans} == {tuple(shape["utterances"][0]["spans"][0])}
    (quoted,) = [one for one in said["utterances"] if one["is_second_voice"]]
    assert quoted["speaker"] == "Tomas Reyl"


def test_the_proof_is_told_in_numbers_and_nothing_is_made(show: Path) -> None:
    before = tree(show)
    said = json.loads(audio_edition("script", "seeds/ferry.md", "--proof", "--json", cwd=show).stdout)
    assert set(said["proof"]) == {"utterances", "blocks", "characters", "spoken_forms"}
    told = audio_edition("script", "seeds/ferry.md", "--proof", cwd=show).stdout
    assert told.startswith(f"Proved: {said['proof']['characters']} characters of {said['proof']['blocks']} blocks ")
    assert tree(show) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("author:", "lang: de\nauthor:"), "seeds/ferry.md: the article's language is “de”"),
        ((ARTICLE.split("---\n\n", maxsplit=1)[1], "* * *\n"), "seeds/ferry.md: “A ferry for Lviv” has no body to say"),
    ],
)
def test_an_article_that_cannot_be_said_is_named(show: Path, change: tuple[str, str], says: str) -> None:
    (show / "seeds" / "ferry.md").write_text(ARTICLE.replace(*change, 1), encoding="utf-8")
    assert says in audio_edition("script", "seeds/ferry.md", cwd=show, status=1).stderr


def test_a_slip_in_an_announcement_stops_every_command(show: Path) -> None:
    settings = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(settings.replace('# opening = ["{show}"', 'opening = ["{shwo}"'), encoding="utf-8")
    for command in (("status",), ("lexicon", "list"), ("script", "seeds/ferry.md"), ("episode", "seeds/ferry.md")):
        stderr = audio_edition(*command, cwd=show, status=1).stderr
        assert re.search(r"show\.toml, line \d+: the announcement “{shwo}” cannot be filled in", stderr)
        assert stderr.count("\n") == 1
