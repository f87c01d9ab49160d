"""`people:` in the front matter: names and tables, the roles that podcast apps know, and what is refused."""

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.model import Person
from pipeline.sources.frontmatter import read_front_matter
from pipeline.sources.people import ROLES

PATH = Path("seeds/quay.md")

YAML = """\
---
title: The quay
people:
  - Ines Calder
  - name: Tomas  Reyl
    role: Guest
    url: https://harbour-review.example/reyl
    image: https://harbour-review.example/reyl.jpg
  - name: Salka
    role: editor
  - name: Amaro
    role: editor
    group: Video Post-Production
  -
---
"""
TOML = """\
+++
title = "The quay"
[[people]]
name = "Ines Calder"

[[people]]
name = "Tomas Reyl"
role = "Guest"
url = "https://harbour-review.example/reyl"
image = "https://harbour-review.example/reyl.jpg"

[[people]]
name = "Salka"
role = "editor"

[[people]]
name = "Amaro"
role = "editor"
group = "Video Post-Production"
+++
"""
PEOPLE = (
    Person(name="Ines Calder"),
    Person(
        name="Tomas Reyl",
        role="guest",
        group="cast",
        url="https://harbour-review.example/reyl",
        image="https://harbour-review.example/reyl.jpg",
    ),
    Person(name="Salka", role="editor", group="writing"),
    Person(name="Amaro", role="editor", group="video post-production"),
)


def read(text: str) -> tuple[Person, ...]:
    return read_front_matter(text, path=PATH).persons


def test_yaml_and_toml_say_the_same() -> None:
    assert read(YAML) == PEOPLE
    assert read(TOML) == PEOPLE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("---\npeople: Ines Calder\n---\n", ["Ines Calder"]),
        ("---\npeople: [Ines Calder, Tomas Reyl]\n---\n", ["Ines Calder", "Tomas Reyl"]),
        ('+++\npeople = ["Ines Calder"]\n+++\n', ["Ines Calder"]),
        ("Title: A\nDate: 2026-03-02\nPeople: Ines Calder; Tomas Reyl\n", ["Ines Calder", "Tomas Reyl"]),
        ("---\npeople: []\n---\n", []),
        ("---\npeople:\n---\n", []),
        ('---\npeople: ""\n---\n', []),
    ],
)
def test_names_alone(text: str, names: list[str]) -> None:
    assert read(text) == tuple(Person(name=name) for name in names)


def test_every_role_brings_its_group() -> None:
    # A reader that is told no group takes a role for one of the cast.
    for group, roles in ROLES.items():
        for role in roles:
            (alone,) = read(f"---\npeople:\n  - name: Salka\n    role: {role}\n---\n")
            (said,) = read(f"---\npeople:\n  - name: Salka\n    role: {role}\n    group: {group}\n---\n")
            assert role in ROLES[alone.group]
            assert (said.role, said.group) == (role, group)


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("people: 7", 2, "`people`.*a list of people, and this is a number; write `- Ines Calder`"),
        ("people: {name: Salka}", 2, "`people`.*a list of people, and this is a mapping"),
        ("people:\n  - 7", 3, "`people`.*number 7"),
        ("people:\n  - [Salka]", 3, "`people`.*list"),
        ("people:\n  - role: guest", 3, "person 1.*no `name`"),
        ("people:\n  - Salka\n  - name:", 4, "person 2.*no `name`"),
        ("people:\n  - name: Salka\n    role: narator", 4, "`role`.*'narator'.*the nearest.*`narrator`"),
        ("people:\n  - name: Salka\n    role: queen", 4, "`role`.*'queen'.*the nearest"),
        ("people:\n  - name: Salka\n    role: [guest]", 4, "`role`.*list"),
        ("people:\n  - name: Salka\n    role: guest\n    group: castt", 5, "`group`.*'castt'.*`cast`"),
        (
            "people:\n  - name: Salka\n    role: guest\n    group: visuals",
            5,
            "no role of the group visuals.*`group: cast`",
        ),
        ("people:\n  - name: Salka\n    group: visuals", 4, "no role.*add `role: graphic designer`"),
        ("people:\n  - name: Salka\n    href: https://a.example/", 4, "`href` is no key of a person.*`url`"),
        ("people:\n  - name: Salka\n    shelf: 41", 4, "`shelf` is no key of a person.*take it out"),
        ("people:\n  - name: Salka\n    name: Amaro", 4, "`name` stands twice in person 1"),
        ("people:\n  - name: Salka\n    url: a.example", 4, "`url`.*full address"),
        ("people:\n  - name: Salka\n    image: salka.jpg", 4, "`image`.*full address"),
        ("people:\n  - name: Salka\n    url: ftp://a.example/", 4, "`url`.*full address"),
        ("people:\n  - " + "x" * 129, 3, "129 characters; write at most 128"),
        ("person: Salka", 2, ""),
    ],
)
def test_what_is_refused_is_refused_with_its_line(lines: str, line: int, message: str) -> None:
    text = f"---\n{lines}\n---\n"
    if not message:  # a key of another tool
        assert read(text) == ()
        return
    with pytest.raises(SourceError, match=message) as error:
        read(text)
    assert (error.value.line, error.value.path) == (line, PATH)
