"""No article makes chapters fail: what is odd in it is read, scripted and divided as far as it can be."""

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chapters import find_chapters, propose_chapters
from pipeline.chapters.words import STOP_WORDS
from pipeline.model import (
    AnnouncementSettings,
    Chapter,
    ChapterOrigin,
    ReadingSettings,
    Role,
    Script,
    Timeline,
    Utterance,
)
from tests.chapters.readings import read, timeline_of
from tests.samples import SHOW

SUBJECTS = (
    (
        "The toll board of Corvel met in {}, and its members quarrelled over the tolls.",
        "Tolls pay for the harbour in {}.",
    ),
    (
        "Ostrava sent an envoy to the talks in {}, and the envoy signed nothing.",
        "The talks went on without an envoy in {}.",
    ),
    (
        "Insurers priced the hulls of {} by the week, and owners left the hulls ashore.",
        "Hulls rusted in {} at the quay.",
    ),
)
MONTHS = ("January", "March", "April", "June", "August", "October", "November")


def paragraph(subject: int, turn: int, *, sentences: int = 5) -> str:
    """Sentences on one of three subjects, about 13 words each."""
    forms = SUBJECTS[subject % len(SUBJECTS)]
    months = [MONTHS[(turn + number) % len(MONTHS)] for number in range(sentences)]
    return " ".join(forms[number % 2].format(month) for number, month in enumerate(months))


def paragraphs(count: int, *, sentences: int = 5) -> list[str]:
    """The three subjects, one after the other."""
    return [paragraph(number * 3 // count, number, sentences=sentences) for number in range(count)]


def article(*blocks: str) -> str:
    return "\n\n".join(["# The quay", *blocks]) + "\n"


def sections(*headings: str) -> str:
    """Each heading above two paragraphs."""
    texts = [(f"## {text}", paragraph(number, 0), paragraph(number, 3)) for number, text in enumerate(headings)]
    return article(*(block for section in texts for block in section))


def titles(chapters: tuple[Chapter, ...]) -> list[str]:
    return [chapter.title for chapter in chapters]


def expect_sound(chapters: tuple[Chapter, ...], script: Script, timeline: Timeline) -> None:
    """Whatever was found can be shown by every player."""
    if not chapters:
        return
    assert chapters[0].start == 0
    assert all(before.start < after.start for before, after in pairwise(chapters))
    starts = {placement.start for placement in timeline.placements}
    assert all(chapter.start in starts for chapter in chapters[1:])
    assert len({chapter.title.casefold() for chapter in chapters}) == len(chapters)
    for chapter in chapters:
        assert 0 < len(chapter.title) <= 45
        assert chapter.title == " ".join(chapter.title.split())
    numbers = [chapter.paragraph for chapter in chapters if chapter.paragraph]
    assert numbers == sorted(set(numbers))
    assert set(numbers) <= {one.paragraph for one in script.utterances}


LONG = (
    "The quarrel over the tolls of Corvel and what the insurers, the embassies and both of the capitals made of it in "
)

#: What an article is like, its text, and the titles of its chapters; None where only the promises are of interest.
ARTICLES: dict[str, tuple[str, list[str] | None]] = {
    "one sentence": (article("Tolls rose."), []),
    "one long paragraph": (article(paragraph(0, 0, sentences=120)), []),
    "a heading and one paragraph": (article("## Tolls", "Tolls rose."), []),
    "400 paragraphs": (article(*paragraphs(400)), None),
    "400 short paragraphs": (article(*["Tolls rose again."] * 400), None),
    "nothing but headings and three words": (article(*(f"## Tolls {n}" for n in range(50)), "Tolls rose again."), []),
    "headings with nothing under them": (
        article(
            paragraph(0, 0), "## Ports", "### Tolls", paragraph(1, 0), "## Hulls", "### Prices", "## Further reading"
        ),
        ["Introduction", "Ports: Tolls"],
    ),
    "the same heading again": (
        sections("Outlook", "Outlook", "outlook"),
        ["Outlook", "Outlook (2)", "outlook (3)"],
    ),
    "the same heading twenty times": (sections(*["Outlook"] * 20), None),
    "headings of 300 characters": (
        sections((LONG * 3)[:300].strip(), "x" * 300, "Hafen" * 60),
        ["The quarrel over the tolls of Corvel…", "x" * 44 + "…", ("Hafen" * 9)[:44] + "…"],
    ),
    "the same long heading twice": (
        sections((LONG * 3)[:300].strip(), (LONG * 3)[:300].strip()),
        ["The quarrel over the tolls of Corvel…", "The quarrel over the tolls of Corvel… (2)"],
    ),
    "emoji": (sections("🚢 Ships 🚢", "🚢", "🇺🇦🇵🇱 Two flags"), ["🚢 Ships 🚢", "🇺🇦🇵🇱 Two flags"]),
    "right to left": (
        sections("مرفأ كورفيل", "הנמל של קורבל", "The port (מרפא) again"),
        ["مرفأ كورفيل", "הנמל של קורבל", "The port (מרפא) again"],
    ),
    "right to left all through": (article(*["السفن تنتظر في الميناء منذ أن رفعت الرسوم أول مرة."] * 60), None),
    "only list items": (article("\n".join(f"- {text}" for text in paragraphs(40))), []),
    "only quotations": (article("\n>\n".join(f"> {text}" for text in paragraphs(40))), []),
    "headings of punctuation": (sections("???", "—", "* * *", "!!!", "…"), None),
    "headings of punctuation and one of words": (sections("???", "Tolls", "—"), ["Introduction", "Tolls"]),
    "a heading with marks and links": (
        sections("**Tolls** and [hulls](https://a.example)", "`Prices`"),
        ["Tolls and hulls", "Prices"],
    ),
    "a heading that asks and answers": (
        sections("Who pays? The crews do.", "Hulls"),
        ["Who pays? The crews do.", "Hulls"],
    ),
    "a table below a heading": (
        article("Tolls rose.", "## Tolls", "| year | toll |\n|---|---|\n| 2024 | 3 |", paragraph(1, 0)),
        ["Introduction", "Tolls"],
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_whatever_the_article_is_like(tmp_path: Path, name: str) -> None:
    text, expected = ARTICLES[name]
    _, script, timeline = read(text, tmp_path)
    made = find_chapters(script, timeline)
    expect_sound(made, script, timeline)
    expect_sound(propose_chapters(script, timeline), script, timeline)
    assert find_chapters(script, timeline, marks=()) == ()
    if expected is not None:
        assert titles(made) == expected


def test_an_article_of_headings_alone_is_said_and_has_no_chapters(tmp_path: Path) -> None:
    _, script, timeline = read(article("## Tolls", "## Hulls"), tmp_path)
    assert [one.display for one in script.utterances if one.role is Role.HEADING] == ["Tolls", "Hulls"]
    assert find_chapters(script, timeline) == propose_chapters(script, timeline) == ()


def test_a_long_heading_is_cut_where_a_title_can_end(tmp_path: Path) -> None:
    words = LONG.split()
    for first in range(len(words)):
        heading = " ".join((words[first:] + words * 3)[:60])[:300].strip()
        _, script, timeline = read(sections(f"A {heading}", "Hulls"), tmp_path)
        title = find_chapters(script, timeline)[0].title
        kept = title.removesuffix("…")
        assert title.endswith("…")
        assert 20 <= len(title) <= 45
        assert f"A {heading}"[len(kept)] in " ,"
        assert kept.split()[-1] not in STOP_WORDS


def test_a_paragraph_below_a_table_gives_the_number(tmp_path: Path) -> None:
    text, _ = ARTICLES["a table below a heading"]
    _, script, timeline = read(text, tmp_path)
    assert [chapter.paragraph for chapter in find_chapters(script, timeline)] == [None, 2]


def test_one_heading_over_everything_divides_nothing(tmp_path: Path) -> None:
    _, script, timeline = read(article("## Analysis", *paragraphs(12)), tmp_path)
    made = find_chapters(script, timeline)
    assert len(made) >= 3
    assert {chapter.origin for chapter in made[1:]} == {ChapterOrigin.AUTO}
    assert made == propose_chapters(script, timeline)
    assert find_chapters(script, timeline, propose=False) == ()


def test_nothing_is_proposed_where_the_show_wants_nothing(tmp_path: Path) -> None:
    _, script, timeline = read(article(*paragraphs(12)), tmp_path)
    assert find_chapters(script, timeline, propose=False) == ()
    assert find_chapters(script, timeline) == propose_chapters(script, timeline) != ()


def test_headings_do_not_count_for_a_proposal(tmp_path: Path) -> None:
    texts = paragraphs(12)
    _, script, timeline = read(article(*texts[:2], "## Early", *texts[2:]), tmp_path)
    assert titles(find_chapters(script, timeline)) == ["Introduction", "Early"]
    proposed = propose_chapters(script, timeline)
    assert {chapter.origin for chapter in proposed[1:]} == {ChapterOrigin.AUTO}
    assert [chapter.paragraph for chapter in proposed] == [None, 5, 9]


def test_spoken_footnotes_are_a_chapter_and_no_division_of_the_text(tmp_path: Path) -> None:
    show = msgspec.structs.replace(SHOW, reading=ReadingSettings(footnotes="at the end"))
    texts = paragraphs(12)
    texts[3] += "[^1]"
    note = "[^1]: " + " ".join(["By a third of what they had been, as the trust has written in its own report."] * 12)
    _, script, timeline = read(article(*texts, note), tmp_path, show=show)
    made = find_chapters(script, timeline)
    assert [chapter.paragraph for chapter in made] == [None, 5, 9, None]
    assert (made[-1].title, made[-1].origin) == ("Notes", ChapterOrigin.HEADING)
    assert titles(find_chapters(script, timeline, propose=False)) == ["Introduction", "Notes"]


def test_short_footnotes_join_the_last_chapter_of_a_proposal(tmp_path: Path) -> None:
    show = msgspec.structs.replace(SHOW, reading=ReadingSettings(footnotes="at the end"))
    texts = paragraphs(12)
    texts[3] += "[^1]"
    _, script, timeline = read(article(*texts, "[^1]: By a third of what they had been."), tmp_path, show=show)
    assert {chapter.origin for chapter in find_chapters(script, timeline)[1:]} == {ChapterOrigin.AUTO}


def test_one_heading_and_a_long_closing_divide_nothing_either(tmp_path: Path) -> None:
    words = " ".join(["You have been listening to the whole of it, and there is a good deal more to say."] * 12)
    show = msgspec.structs.replace(SHOW, announcements=AnnouncementSettings(closing=(words,)))
    _, script, timeline = read(article("## Analysis", *paragraphs(12)), tmp_path, show=show)
    assert ChapterOrigin.AUTO in {chapter.origin for chapter in find_chapters(script, timeline)}


def test_of_many_equal_headings_an_even_choice_is_left(tmp_path: Path) -> None:
    blocks = (block for number in range(90) for block in (f"## Part {number}", "Tolls rose again in the spring."))
    _, script, timeline = read(article(*blocks), tmp_path)
    made = find_chapters(script, timeline)
    assert len(made) == 11
    lengths = [after - before for before, after in pairwise([*(chapter.start for chapter in made), timeline.length])]
    assert max(lengths) < 4 * min(lengths)


WORDS = st.text(st.sampled_from("aeT éß海ا🚢?!—.:*_#`[]()0\u0301"), max_size=60)


@given(st.lists(st.tuples(st.sampled_from([Role.HEADING, Role.BODY, Role.QUOTATION, Role.ASIDE]), WORDS), max_size=30))
def test_whatever_is_said(lines) -> None:
    script = script_of([(role, text if any(map(str.isalnum, text)) else f"{text}a") for role, text in lines])
    timeline = timeline_of(script)
    expect_sound(find_chapters(script, timeline), script, timeline)


def script_of(lines: list[tuple[Role, str]]) -> Script:
    """A Script of one Utterance a Block, after a title."""
    utterances, paragraph = [], 0
    for block, (role, text) in enumerate([(Role.TITLE, "The quay"), *lines]):
        is_body = role in {Role.BODY, Role.QUOTATION}
        paragraph += is_body
        number = paragraph if is_body else None
        utterances.append(
            Utterance(display=text, spoken=text, forms=(), role=role, pause_after_ms=400, block=block, paragraph=number)
        )
    return Script(title="The quay", language="en-GB", utterances=tuple(utterances))


@pytest.mark.parametrize("is_divided", [False, True])
def test_sixty_thousand_words(is_divided: bool) -> None:
    texts = paragraphs(1020)
    lines = [(Role.BODY, text) for text in texts]
    if is_divided:
        lines = [line for number, body in enumerate(lines) for line in ((Role.HEADING, f"Part {number}"), body)]
    script = script_of(lines)
    assert sum(len(one.display.split()) for one in script.utterances) > 60_000
    timeline = timeline_of(script)
    made = find_chapters(script, timeline)
    assert len(made) >= 8
    expect_sound(made, script, timeline)
