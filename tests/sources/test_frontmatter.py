"""YAML, TOML and header lines at the top of a file: what is understood, and what is refused with its line."""

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.frontmatter import FrontMatter, joined, read_front_matter

PATH = Path("seeds/quay.md")


def read(text: str) -> FrontMatter:
    return read_front_matter(text, path=PATH)


def test_no_front_matter() -> None:
    assert read("The quay\n\n---\n\ntitle: not this\n---\n") == FrontMatter()


@pytest.mark.parametrize("close", ["---", "...", "---  "])
def test_yaml(close: str) -> None:
    text = (
        '---\ntitle: "The quay: a history"\nsubtitle: >\n  Who built\n  it\nauthor: Ines Calder\ndate: 2026-03-02\n'
        "lang: en-GB\nsource: https://harbour-review.example/quay\nsummary: In short.\ntags: [ships, 'long walls']\n"
        f"slug: the-quay\nvoice: gtts:en-GB\nlayout: {{any: thing}}\nrating: 5\n{close}\nBody"
    )
    front = read(text)
    assert text[front.end :] == "Body"
    assert front == FrontMatter(
        title="The quay: a history",
        subtitle="Who built it",
        author="Ines Calder",
        published="2026-03-02",
        published_key="date",
        published_line=7,
        language="en-GB",
        source="https://harbour-review.example/quay",
        summary="In short.",
        tags=("ships", "long walls"),
        slug="the-quay",
        voice="gtts:en-GB",
        end=front.end,
    )


def test_toml() -> None:
    front = read(
        '\n+++\ntitle = "The quay"\npublished = 2026-03-02T08:00:00+02:00\nauthor = ["A", "B"]\n[extra]\nx = 1\n+++\n'
    )
    assert (front.title, front.author, front.tags) == ("The quay", "A and B", ())
    assert (front.published, front.published_key, front.published_line) == ("2026-03-02T08:00:00+02:00", "published", 4)


def test_empty_values_and_empty_front_matter_say_nothing() -> None:
    assert read("---\n---\nBody") == FrontMatter(end=8)
    assert read('---\ntitle:\nauthor: ""\ntags: []\n---\n') == FrontMatter(end=35)


def test_of_two_names_for_one_thing_the_first_of_the_table_counts() -> None:
    front = read("---\npublished: 2026-01-01\ndate: 2026-02-02\nlanguage: en-US\nlang: en-GB\n---\n")
    assert (front.published, front.published_key, front.language) == ("2026-02-02", "date", "en-GB")


def test_tags_may_stand_in_one_text() -> None:
    assert read("---\ntags: ships, long walls ,\n---\n").tags == ("ships", "long walls")


@pytest.mark.parametrize(
    ("text", "series", "season", "number"),
    [
        ("---\nseries: Straits\nseason: 2\nepisode: 7\n---\n", "Straits", 2, 7),
        ('---\nseries: [Straits, Harbours]\nepisode: "007"\n---\n', "Straits", None, 7),
        ("---\nseries: []\nseason:\n---\n", "", None, None),
        ('+++\nseries = ["Straits"]\nseason = 1\nepisode = 12\n[params]\nseason = "x"\n+++\n', "Straits", 1, 12),
        ("Title: A\nSeries: Straits\nSeason: 3\n", "Straits", 3, None),
    ],
)
def test_series_and_numbers(text: str, series: str, season: int | None, number: int | None) -> None:
    front = read(text)
    assert (front.series, front.season, front.number) == (series, season, number)


@pytest.mark.parametrize(
    ("text", "is_draft"),
    [
        ("---\ndraft: true\n---\n", True),
        ("---\ndraft: no\n---\n", False),
        ('---\ndraft: "true"\n---\n', True),
        ("+++\ndraft = true\n+++\n", True),
        ("---\npublished: false\n---\n", True),
        ("---\npublished: true\ndraft: false\n---\n", False),
        ("---\ndate: 2026-01-01\npublished: false\ndraft: false\n---\n", True),
        ("Title: A\nStatus: draft\n", True),
        ("Title: A\nStatus: published\n", False),
    ],
)
def test_drafts(text: str, is_draft: bool) -> None:
    assert read(text).is_draft is is_draft


def test_the_date_is_read_beside_jekylls_published() -> None:
    front = read("---\npublished: true\ndate: 2026-01-01\n---\n")
    assert (front.published, front.published_key) == ("2026-01-01", "date")


def test_a_header_of_pelican() -> None:
    text = (
        "\nTitle: The quay: a history\nDate: 2026-03-02 10:20\nAuthors: Ines Calder; Tomas Reyl\nTAGS: ships, walls\n"
        "Category:\nSummary: Who built\n    it\n\nNote: the talks failed.\n"
    )
    front = read(text)
    assert text[front.end :] == "\nNote: the talks failed.\n"
    assert (front.title, front.author, front.tags) == (
        "The quay: a history",
        "Ines Calder and Tomas Reyl",
        ("ships", "walls"),
    )
    assert (front.published, front.published_line, front.summary) == ("2026-03-02 10:20", 3, "Who built it")


def test_a_header_ends_where_its_lines_end() -> None:
    text = "Title: A\nDate: 2026-03-02\nThe quay was built: nobody asked.\n"
    assert text[read(text).end :] == "The quay was built: nobody asked.\n"
    assert read("Title: A\nDate: 2026-03-02").end == 25


@pytest.mark.parametrize(
    "prose",
    [
        "Note: the talks failed.\nDate: nobody knows.\n",
        "Title: none of them kept his.\n\nDate: 2026-03-02\n",
        "Title: none\nMinister: gone\n",
        "The Title: A\nDate: 2026-03-02\n",
        "Title:A\nDate:2026-03-02\n",
        "# Title\nTitle: A\nDate: 2026-03-02\n",
    ],
)
def test_prose_is_no_header(prose: str) -> None:
    assert read(prose) == FrontMatter()


@pytest.mark.parametrize(
    ("names", "text"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
)
def test_names_are_joined_as_a_sentence_has_them(names: tuple[str, ...], text: str) -> None:
    assert joined(names) == text


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\ntitle: The quay\n\nBody", 1, "opens with --- is never closed"),
        ("\n\n+++\ntitle = 'x'\n---\n", 3, r"opens with \+\+\+ is never closed"),
        ("---\nsubtitle: x\ntitle: Talks: no deal\n---\n", 3, r"not YAML \(mapping values.*in quotes"),
        ("---\na: 1\nb: [1, 2\n---\n", 4, "not YAML"),
        ("---\na: \x01\n---\n", 2, "not YAML"),
        ("---\njust a text\n---\n", 2, "not a list of keys and values"),
        ("---\n- one\n- two\n---\n", 2, "not a list of keys and values"),
        ("---\na: &x [1]\nb: *x\n---\n", 2, "anchor or alias"),
        ("---\ntitle: x\nb: *x\n---\n", 3, "anchor or alias"),
        ("---\na: 1\nb: " + "[" * 30_000 + "\n---\n", 3, "nested more than 20 deep"),
        ("---\nsummary: " + "x" * 64_001 + "\n---\n", 1, "longer than 64 KB"),
        ("---\nlayout: x\ntitle: 1984\n---\n", 3, r'`title`.*must be a text, and this is a number 1984; .*"1984"'),
        ("---\nlang: no\n---\n", 2, r'`lang`.*yes/no value no; put it in quotes: "no"'),
        ("---\ntitle: [A, B]\n---\n", 2, "`title`.*must be a text, and this is a list"),
        ("---\nauthor: {name: Ines}\n---\n", 2, "`author`.*a text or a list of texts, and this is a mapping"),
        ("---\ntags:\n  - ships\n  - 2026\n---\n", 4, "`tags`.*number 2026"),
        ("---\nsummary: 2026-01-01\n---\n", 2, "`summary`.*date 2026-01-01"),
        ("---\ntitle: !!python/object:os.system x\n---\n", 2, "`title`.*special value"),
        ("---\ntitle: A\ntitle: B\n---\n", 3, "`title` stands twice.*line 2"),
        ("---\nslug: ../etc\n---\n", 2, r"`slug`.*'\.\./etc'.*a-z, 0-9"),
        ("---\nlang: en_GB\n---\n", 2, "`lang`.*en-GB"),
        ("---\nsource: The Quay\n---\n", 2, "`source`.*full address"),
        ("+++\ntitle = 'x'\nauthor = Ines\n+++\n", 3, "not TOML"),
        ("+++\n\ntitle = 5\n+++\n", 3, "`title`.*number 5"),
        ("+++\ntitle = true\n+++\n", 2, "`title`.*yes/no value"),
        ("+++\n[author]\nname = 'Ines'\n+++\n", 2, "`author`.*mapping"),
        ("+++\nsubtitle = 10:30:00\n+++\n", 2, "`subtitle`.*time 10:30:00"),
        ("---\nseason: 0\n---\n", 2, "`season`.*'0'; write a whole number from 1"),
        ("---\nepisode: -1\n---\n", 2, "`episode`.*whole number"),
        ("---\nepisode: 1.5\n---\n", 2, "`episode`.*whole number"),
        ("---\nepisode: one\n---\n", 2, "`episode`.*'one'.*whole number"),
        ("---\nepisode: [1]\n---\n", 2, "`episode`.*whole number"),
        ("---\nseason: true\n---\n", 2, "`season`.*whole number"),
        ("---\nseries: 3\n---\n", 2, "`series`.*number 3"),
        ("---\ndraft: maybe\n---\n", 2, "`draft`.*'maybe'; write true or false"),
        ("---\nepisodes: 3\n---\n", 2, "`episodes` is no key.*`episode`"),
        ("Title: A\nSlug: A B\n", 2, "`slug`.*a-z"),
        ("\n\nTitle: A\nTitle: B\nDate: 2026-01-01\n", 4, "`title` stands twice.*line 3"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(SourceError, match=message) as error:
        read(text)
    assert error.value.line == line
    assert error.value.path == PATH
    assert "\n" not in str(error.value)
