"""The author's chapters in a whole build: they are published; what fits nowhere stops it before a word is said."""

import json
from pathlib import Path

from tests.commands import audio_edition, show_in

ARTICLE = """\
---
title: The quay
date: 2026-03-02
author: Ines Calder
chapters:
  - at: "Ships have"
    title: Waiting ships
    link: https://example.org/tables
  - at: Tolls
---
The harbour of Corvel is older than the state that taxes it. Ships have waited here since the first toll was raised.

## Tolls

Tolls rose by a third last year, and nobody asked why.
"""


def test_they_are_published(tmp_path: Path) -> None:
    show = show_in(tmp_path / "show")
    (show / "seeds" / "quay.md").write_text(ARTICLE, encoding="utf-8")
    audio_edition("episode", "seeds/quay.md", cwd=show)
    (path,) = (show / "episodes" / "quay").glob("*.chapters.json")
    chapters = json.loads(path.read_text(encoding="utf-8"))["chapters"]
    assert [(one["title"], one.get("url")) for one in chapters] == [
        ("Introduction", None),
        ("Waiting ships", "https://example.org/tables"),
        ("Tolls", None),
    ]


def test_words_that_nothing_begins_with_stop_the_build_before_a_word_is_said(tmp_path: Path) -> None:
    show = show_in(tmp_path / "show")
    article = show / "seeds" / "quay.md"
    article.write_text(ARTICLE.replace("Ships have", "Shops have", 1), encoding="utf-8")
    for command in ("episode", "script"):
        refused = audio_edition(command, "seeds/quay.md", cwd=show, status=1).stderr
        assert "quay.md, line 6: chapter 1 in the front matter begins at “Shops have”" in refused
        assert "“Ships have waited here" in refused
    assert not list((show / "episodes").glob("*/*.mp3"))
    assert not [path for path in (show / ".cache").rglob("*") if path.is_file() and path.stat().st_size > 10_000]
