"""`soundbites:` in the front matter: what is understood, in YAML and TOML, and what is refused with its line."""

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.model import SoundbiteMark
from pipeline.sources.frontmatter import read_front_matter

PATH = Path("seeds/quay.md")

YAML = """\
---
soundbites:
  - from: "The toll is a   tax on fear"
    seconds: 22.5
    title: "Fear: promptly paid"
  - from: "2026"
    seconds: "60"
  - from: Nobody asked
---
"""
TOML = """\
+++
[[soundbites]]
from = "The toll is a   tax on fear"
seconds = 22.5
title = "Fear: promptly paid"

[[soundbites]]
from = "2026"
seconds = "60"

[[soundbites]]
from = "Nobody asked"
+++
"""


def read(text: str) -> tuple[SoundbiteMark, ...]:
    return read_front_matter(text, path=PATH).soundbites


@pytest.mark.parametrize(("text", "lines"), [(YAML, (3, 6, 8)), (TOML, (2, 7, 11))])
def test_yaml_and_toml_say_the_same(text: str, lines: tuple[int, int, int]) -> None:
    assert read(text) == (
        SoundbiteMark(words="The toll is a tax on fear", seconds=22.5, title="Fear: promptly paid", line=lines[0]),
        SoundbiteMark(words="2026", seconds=60.0, line=lines[1]),
        SoundbiteMark(words="Nobody asked", seconds=30.0, line=lines[2]),
    )


def test_none() -> None:
    assert read("---\nsoundbites: []\n---\n") == ()
    assert read("---\nsoundbites:\n---\n") == ()


def test_a_header_has_no_room_for_them() -> None:
    front = read_front_matter("Title: A\nDate: 2026-03-02\nSoundbites: 3\nSoundbite: x\n\nBody", path=PATH)
    assert (front.title, front.soundbites) == ("A", ())


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("soundbites: The toll", 2, "`soundbites`.*a list of soundbites, and this is a text; write `- from:"),
        ("soundbites: {from: The toll}", 2, "list of soundbites, and this is a mapping"),
        ("soundbites:\n  - The toll", 3, "soundbite 1.*no `from`"),
        ("soundbites:\n  - seconds: 30", 3, "soundbite 1.*no `from`"),
        ("soundbites:\n  - from: x\n  - from:\n    seconds: 30", 4, "soundbite 2.*no `from`"),
        ("soundbites:\n  - from: x\n    seconds: 14.9", 4, "`seconds`.*'14.9'; write a number from 15 to 120"),
        ("soundbites:\n  - from: x\n    seconds: 121", 4, "from 15 to 120"),
        ("soundbites:\n  - from: x\n    seconds: .nan", 4, "from 15 to 120"),
        ("soundbites:\n  - from: x\n    seconds: half a minute", 4, "'half a minute'"),
        ("soundbites:\n  - from: x\n    seconds: [30]", 4, "from 15 to 120"),
        ("soundbites:\n  - from: x\n    duration: 30", 4, "`duration` is no key of a soundbite.*`seconds`"),
        ("soundbites:\n  - from: 2026", 3, '`from`.*number 2026.*"2026"'),
        ("soundbites:\n  - from: x\n    title: " + "x" * 129, 4, "129 characters; write at most 128"),
        ("soundbite:\n  - from: x", 3, "`soundbite` is no key.*`soundbites`"),
    ],
)
def test_what_is_refused_is_refused_with_its_line(lines: str, line: int, message: str) -> None:
    with pytest.raises(SourceError, match=message) as error:
        read(f"---\n{lines}\n---\n")
    assert (error.value.line, error.value.path) == (line, PATH)
