"""`chapters:` in the front matter: what is understood, in YAML and TOML, and what is refused with its line."""

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.model import Article, ChapterMark
from pipeline.sources import Given, Source, read_article
from pipeline.sources.chapter_marks import MOST
from pipeline.sources.draft import Draft
from pipeline.sources.frontmatter import FrontMatter, read_front_matter
from pipeline.sources.seed import seed_text

PATH = Path("seeds/quay.md")
GIVEN = Given(language="en-GB", publish_time="06:00", show_title="The Harbour Review")

YAML = """\
---
title: The quay
date: 2026-03-02
author: Ines Calder
chapters:
  - at: 0
    title: Before the vote
  - at: "The underwriters in  Corvel"
    title: "Insurers: first of all"
    link: https://example.org/tables
    image: images/corvel map.jpg
  - at: 7
    title:
    image: https://example.org/cable.png
---
"""
TOML = """\
+++
title = "The quay"
[[chapters]]
at = 0
title = "Before the vote"

[[ chapters ]]
at = "The underwriters in  Corvel"
title = "Insurers: first of all"
link = "https://example.org/tables"
image = "images/corvel map.jpg"

[[chapters]]
at = 7
image = "https://example.org/cable.png"
+++
"""


def read(text: str) -> tuple[ChapterMark, ...] | None:
    return read_front_matter(text, path=PATH).chapters


def marks(*lines: int) -> tuple[ChapterMark, ...]:
    """What both texts say; ``lines`` is where each chapter stands."""
    first, second, third = lines
    return (
        ChapterMark(at=0, title="Before the vote", line=first),
        ChapterMark(
            at="The underwriters in Corvel",
            title="Insurers: first of all",
            link="https://example.org/tables",
            image="images/corvel map.jpg",
            line=second,
        ),
        ChapterMark(at=7, image="https://example.org/cable.png", line=third),
    )


def test_yaml() -> None:
    assert read(YAML) == marks(6, 8, 12)


def test_toml() -> None:
    assert read(TOML) == marks(3, 7, 13)
    inline = "+++\ntitle = 'x'\nchapters = [{at = 7, title = 'A'}, {at = 9, title = 'B'}]\n+++\n"
    assert read(inline) == (ChapterMark(at=7, title="A", line=3), ChapterMark(at=9, title="B", line=3))


def test_none_asked_for_is_not_nothing_said() -> None:
    assert read("---\nchapters: []\n---\n") == ()
    assert read("+++\nchapters = []\n+++\n") == ()
    assert read("---\nchapters:\n---\n") is None
    assert read("---\ntitle: x\n---\n") is None


def test_a_number_in_quotes_is_words() -> None:
    assert read('---\nchapters:\n  - at: "2026"\n    title: x\n---\n') == (ChapterMark(at="2026", title="x", line=3),)


def test_a_header_has_no_room_for_chapters() -> None:
    front = read_front_matter("Title: A\nDate: 2026-03-02\nChapters: 3\nChapter: 4\n\nBody", path=PATH)
    assert (front.title, front.chapters) == ("A", None)
    # Prose that opens with a title and a line on chapters is still prose.
    assert read_front_matter("Title: A\nChapters: three of them.\n", path=PATH) == FrontMatter()


def article(folder: Path, text: str, *, name: str) -> Article:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_article(Source(path=path, name=name), GIVEN)


@pytest.mark.parametrize("name", ["quay.md", "quay.txt"])
def test_the_article_has_them(tmp_path: Path, name: str) -> None:
    assert article(tmp_path, f"{YAML}\nThe quay is long.\n\nThe vote is near.\n", name=name).chapters == marks(6, 8, 12)
    plain = "---\ntitle: The quay\ndate: 2026-03-02\nauthor: Ines Calder\n---\nThe quay is long.\n"
    assert article(tmp_path, plain, name=name).chapters is None


def test_what_is_refused_is_refused_across_the_reading_room(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"quay\.md, line 4: chapter 1 .* no `at`") as error:
        article(tmp_path, "---\ntitle: x\nchapters:\n  - title: A\n---\nThe quay.\n", name="quay.md")
    assert error.value.line == 4


def test_import_keeps_them() -> None:
    front = FrontMatter(title="The quay", chapters=read(YAML))
    text = seed_text(Draft(front=front, markdown="The quay is long."), post_id="file:quay.md")
    assert read(text) == marks(4, 6, 10)
    none = seed_text(Draft(front=FrontMatter(title="x", chapters=()), markdown="x"), post_id="file:x.md")
    assert read(none) == ()


@pytest.mark.parametrize(
    "image", ["map.png", "a/b/map.jpeg", "./map.jpg", "Karte für alle.webp", "HTTPS://a.example/b"]
)
def test_images_that_can_be_found(image: str) -> None:
    (mark,) = read(f'---\nchapters:\n  - {{at: 1, image: "{image}"}}\n---\n') or ()
    assert mark.image == image


@pytest.mark.parametrize(
    "image",
    [
        "/etc/map.png",
        "../map.png",
        "a/../../map.png",
        "http://a.example/b.png",
        "//a.example/b.png",
        "C:\\a.png",
        "images\\\\a.png",
        "file:///a.png",
        "data:image/png;base64,AA",
        "images/",
        "map",
    ],
)
def test_images_that_cannot_be_found_or_published(image: str) -> None:
    with pytest.raises(SourceError, match=r"`image` .* says .*; write the path of a file beside the article.*https://"):
        read(f"---\nchapters:\n  - at: 1\n    image: '{image}'\n---\n")


@pytest.mark.parametrize(
    ("chapters", "line", "message"),
    [
        ("chapters: chapters.json", 2, r"must be a list of chapters, and this is a text.*no chapters write \[\]"),
        ("chapters: {at: 1}", 2, "a list of chapters, and this is a mapping"),
        ("chapters: false", 2, "a list of chapters, and this is a yes/no value"),
        ("chapters:\n  - at: 1\n  - Insurers", 4, "chapter 2 .* has no keys; write `- at: "),
        ("chapters:\n  - at: 1\n  -", 4, "chapter 2 .* has no keys"),
        ("chapters:\n  - [1, A]", 3, "chapter 1 .* has no keys"),
        ("chapters:\n  - title: A", 3, "chapter 1 .* has no `at`.*; add `at:` with"),
        ("chapters:\n  -\n    title: A\n    at: ' '", 4, "chapter 1 .* has no `at`"),
        ("chapters:\n  - at: 1\n    titel: A", 4, r"`titel` is no key of a chapter \(chapter 1.*did you mean `title`"),
        ("chapters:\n  - start: 1", 3, "`start` is no key.*did you mean `at`"),
        ("chapters:\n  - at: 1\n    url: https://a.example", 4, "`url` is no key.*did you mean `link`"),
        ("chapters:\n  - at: 1\n    zzz: 1", 4, "`zzz` is no key.*`at`, `title`, `link` and `image`: take it out"),
        ("chapters:\n  - at: 1\n    title: A\n    title: B", 5, "`title` stands twice in chapter 1"),
        ("chapters:\n  - at: 1\n    title: 1984", 4, '`title`.*a text, and this is a number 1984; .*: "1984"'),
        ("chapters:\n  - at: 1\n    title: 2026-03-02", 4, '`title`.*this is a date.*quotes: "2026-03-02"'),
        ("chapters:\n  - at: 1\n    title: no", 4, '`title`.*this is a yes/no value no; put it in quotes: "no"'),
        ("chapters:\n  - at: 1\n    title: [A]", 4, "`title`.*this is a list"),
        ("chapters:\n  - at: 2026-03-02", 3, '`at`.*this is a date 2026-03-02; .*`at: "2026-03-02"`'),
        ("chapters:\n  - at: 1.5", 3, "`at`.*this is a number 1.5; .*a whole number from 0"),
        ("chapters:\n  - at: -1", 3, "`at`.*this is a number -1"),
        ("chapters:\n  - at: 2:04", 3, "`at`.*this is a number 2:04"),
        ("chapters:\n  - at: yes", 3, "`at`.*this is a yes/no value yes; write words in quotes"),
        ("chapters:\n  - at: [1]", 3, "`at`.*this is a list; write `at: 7` or"),
        ("chapters:\n  - at: 1\n    link: example.org", 4, "`link`.*says 'example.org'; write a full address"),
        ("chapters:\n  - at: 1\n    link: ftp://example.org", 4, "`link`.*says 'ftp://example.org'"),
        ("chapters:\n  - at: 1\n    link: https://a b", 4, "`link`.*says 'https://a b'"),
        ("chapters:" + "\n  - at: 1" * (MOST + 1), 3, "lists 254 chapters, and an MP3 has room for 253; take out 1"),
        ("chapter:\n  - at: 1", 3, "`chapter` is no key.*`chapters`"),
        ("chapters: []\nchapters: []", 3, "`chapters` stands twice"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_line(chapters: str, line: int, message: str) -> None:
    with pytest.raises(SourceError, match=message) as error:
        read(f"---\n{chapters}\n---\n")
    assert error.value.line == line
    assert error.value.path == PATH
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("chapters", "line", "message"),
    [
        ("chapters = 'a.json'", 2, "a list of chapters"),
        ("[chapters]\nat = 1", 2, "a list of chapters, and this is a mapping"),
        ("[[chapters]]\nat = 1\n[[chapters]]\ntitle = 'A'", 4, "chapter 2 .* has no `at`"),
        ("[[chapters]]\nat = 1.0", 2, "`at`.*this is a number 1.0"),
        ("[[chapters]]\nat = 2026-03-02", 2, "`at`.*this is a date"),
        ("[[chapters]]\nat = 02:04:00", 2, "`at`.*this is a time 02:04:00"),
        ("[[chapters]]\nat = 1\ntitle = 5", 2, "`title`.*number 5"),
        ("chapters = [1]", 2, "chapter 1 .* has no keys"),
        ("[[chapters]]\n" + "at." * 5000 + "at = 1", 2, "`at`.*this is a mapping"),
    ],
)
def test_toml_is_refused_with_its_line_too(chapters: str, line: int, message: str) -> None:
    with pytest.raises(SourceError, match=message) as error:
        read(f"+++\n{chapters}\n+++\n")
    assert error.value.line == line
