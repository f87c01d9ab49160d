"""A show that is built in no time: the voice is a tone, and there is no music."""

from pathlib import Path

from tests.commands import ready_to_publish, show_in

ARTICLE = """\
---
title: {title}
date: {date}
author: Ines Calder
---

The ferry waited in Salka for three days, and nobody could say for whom.
"""

_QUICK = {
    '# engine = "espeak"': 'engine = "tone"',
    'engine = "espeak"': 'engine = "tone"',
    '# name = "en-gb" ': 'name = "low" ',
    'name = "en-gb"': 'name = "low"',
    '"house"': '""',
}


def quick_show(folder: Path) -> Path:
    """The sample show without articles, ready to be published."""
    show = ready_to_publish(show_in(folder))
    quicken(show / "show.toml")
    return show


def quicken(settings: Path) -> None:
    """Let a tone read what this file of settings is for."""
    text = settings.read_text(encoding="utf-8")
    for old, new in _QUICK.items():
        text = text.replace(old, new, 1) if old != '"house"' else text.replace(old, new)
    settings.write_text(text, encoding="utf-8")


def write_article(path: Path, title: str, *, date: str = "2026-03-02") -> Path:
    """An article of one sentence."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ARTICLE.format(title=title, date=date), encoding="utf-8")
    return path
