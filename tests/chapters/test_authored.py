"""The author's marks: found in the text as it is heard, kept as they are written, refused where they fit nothing."""

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chapters import find_chapters, mark_places, propose_chapters
from pipeline.chapters.anchors import anchors
from pipeline.errors import ScriptError
from pipeline.model import Chapter, ChapterMark, ChapterOrigin, ReadingSettings, Role, Script, Timeline, Utterance
from tests.chapters.readings import read, timeline_of
from tests.samples import SHOW

ARTICLE = """\
---
title: The quay
---
The harbour of Corvel is older than the state that taxes it. Ships have waited here since the first toll was raised.

The underwriters in Corvel’s exchange — six of them — did their sums first. They asked what a lost hull would cost,
and who would pay for the crew, and after a long winter of letters between the two capitals and the three insurers in
the old town they asked whether anyone at all would still care
to sail, and whether those who would rather not might at least be asked to pay for the others who did. Nobody
ever answered them.

## What the cables say

### From Ostrava

The embassy in Ostrava wrote twice a week. It was seldom thanked.

> The toll is a tax on fear, and fear pays promptly.

- Tolls rose by a third.
- Tolls fell again in spring.

* * *

The “quiet” year followed. Nobody ever answered them.

## Outlook

Outlook is a word for those who need not sail. The next winter decides.
"""

LONG_SENTENCE = (
    "They asked what a lost hull would cost, and who would pay for the crew, and after a long winter of letters "
    "between the two capitals and the three insurers in the old town they asked whether anyone at all would still "
    "care to sail, and whether those who would rather not"
)


@pytest.fixture
def quay(tmp_path: Path) -> tuple[Script, Timeline]:
    return read(ARTICLE, tmp_path)[1:]


def mark(at: int | str, title: str = "A title", **more: object) -> ChapterMark:
    return msgspec.structs.replace(ChapterMark(at=at, title=title), **more)


def begins(script: Script, timeline: Timeline, words: str) -> int:
    """When the one Utterance that begins with ``words`` is heard."""
    (number,) = [number for number, one in enumerate(script.utterances) if one.display.startswith(words)]
    return timeline.placements[number].start


def test_the_whole_way_from_the_file(tmp_path: Path) -> None:
    front = """---
title: The quay
chapters:
  - at: "The underwriters in Corvel's exchange"
    title: Insurers   before admirals
    link: https://example.org/tables
    image: images/corvel.jpg
  - at: What the cables say
  - at: 7
    title: The quiet year
---
"""
    article, script, timeline = read(ARTICLE.replace("---\ntitle: The quay\n---\n", front), tmp_path)
    assert find_chapters(script, timeline, marks=article.chapters) == (
        Chapter(start=0, title="Introduction", origin=ChapterOrigin.OPENING),
        Chapter(
            start=begins(script, timeline, "The underwriters"),
            title="Insurers before admirals",
            origin=ChapterOrigin.AUTHOR,
            paragraph=2,
            link="https://example.org/tables",
            image="images/corvel.jpg",
        ),
        Chapter(
            start=begins(script, timeline, "What the cables"),
            title="What the cables say: From Ostrava",
            origin=ChapterOrigin.AUTHOR,
            paragraph=3,
        ),
        Chapter(
            start=begins(script, timeline, "The “quiet”"),
            title="The quiet year",
            origin=ChapterOrigin.AUTHOR,
            paragraph=7,
        ),
    )


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("THE  UNDERWRITERS in Corvel's exchange --- six", "The underwriters"),
        ('The "quiet" year', "The “quiet”"),
        ("The underwriters in Corvel…", "The underwriters"),
        ("They asked what a lost hull", "They asked"),  # a sentence
        ("The “quiet” year followed. Nobody ever", "The “quiet”"),  # two sentences
        (LONG_SENTENCE, "They asked"),  # one sentence that is said breath by breath
        ("the toll is a tax", "The toll is a tax"),  # a quotation
        ("Tolls fell", "Tolls fell"),  # a list item
        ("From Ostrava", "From Ostrava"),  # a heading below another
        ("The embassy in Ostrava", "What the cables"),  # a paragraph below headings
        ("Outlook", "Outlook"),  # a whole heading wins over a paragraph that only begins so
        (3, "What the cables"),
        (4, "The toll is a tax"),
        (6, "Tolls fell"),
        (7, "The “quiet”"),
        (8, "Outlook"),
    ],
)
def test_places(quay: tuple[Script, Timeline], at: int | str, words: str) -> None:
    script, _ = quay
    (place,) = mark_places(script, [mark(at)])
    assert script.utterances[place].display.startswith(words)


def test_a_long_sentence_is_said_in_pieces(quay: tuple[Script, Timeline]) -> None:
    # Or the test above would not test what it says.
    displays = [one.display for one in quay[0].utterances]
    assert not any(display.startswith("They asked") and "would rather not" in display for display in displays)


def test_a_paragraph_of_which_nothing_is_said_stands_for_the_next(quay: tuple[Script, Timeline]) -> None:
    body = (said("Tolls rose.", block=1, paragraph=1), said("Tolls fell.", block=3, paragraph=3))
    assert mark_places(msgspec.structs.replace(quay[0], utterances=body), [mark(2)]) == (1,)


def test_the_paragraph_wins_over_a_sentence_and_the_text_over_what_surrounds_it(quay: tuple[Script, Timeline]) -> None:
    script, _ = quay
    body = [
        said("Nobody sails.", block=1, paragraph=1),
        said("The toll rose.", block=1, paragraph=1),
        said("The toll rose again.", block=2, paragraph=2),
        said("You have been listening.", role=Role.CLOSING),
    ]
    titled = said("The toll rose", role=Role.TITLE)
    made = msgspec.structs.replace(script, utterances=(titled, *body))
    assert mark_places(made, [mark("The toll rose")]) == (3,)
    assert mark_places(made, [mark("You have been")]) == (4,)


def said(text: str, *, role: Role = Role.BODY, block: int | None = None, paragraph: int | None = None) -> Utterance:
    return Utterance(
        display=text, spoken=text, forms=(), role=role, pause_after_ms=400, block=block, paragraph=paragraph
    )


class TestTheStart:
    def test_zero_is_the_start(self, quay: tuple[Script, Timeline]) -> None:
        (made,) = find_chapters(*quay, marks=[mark(0, "All of it")])
        assert made == Chapter(start=0, title="All of it", origin=ChapterOrigin.AUTHOR, paragraph=1)

    @pytest.mark.parametrize("at", [1, "The harbour of Corvel"])
    def test_a_short_opening_belongs_to_the_first_paragraph(self, quay: tuple[Script, Timeline], at: int | str) -> None:
        assert [(one.start, one.title) for one in find_chapters(*quay, marks=[mark(at, "A")])] == [(0, "A")]

    def test_zero_and_the_first_paragraph_are_two_places(self, quay: tuple[Script, Timeline]) -> None:
        script, timeline = quay
        made = find_chapters(script, timeline, marks=[mark(0, "A"), mark(1, "B")])
        assert [(one.start, one.title) for one in made] == [(0, "A"), (begins(script, timeline, "The harbour"), "B")]

    def test_a_sentence_of_the_first_paragraph_leaves_the_opening_alone(self, quay: tuple[Script, Timeline]) -> None:
        made = find_chapters(*quay, marks=[mark("Ships have waited", "A")])
        assert [(one.title, one.origin, one.paragraph) for one in made] == [
            ("Introduction", ChapterOrigin.OPENING, None),
            ("A", ChapterOrigin.AUTHOR, 1),
        ]

    def test_the_heading_over_the_first_paragraph(self, tmp_path: Path) -> None:
        _, script, timeline = read("# The quay\n\n## Tolls\n\nTolls rose.\n\nTolls fell.\n", tmp_path)
        for at in ("Tolls", 1):
            (made,) = find_chapters(script, timeline, marks=[mark(at, "")])
            assert (made.start, made.title, made.paragraph) == (0, "Tolls", 1)

    def test_a_long_opening_is_a_chapter(self, tmp_path: Path) -> None:
        announcements = msgspec.structs.replace(SHOW.announcements, disclosure="This is said at length. " * 20)
        show = msgspec.structs.replace(SHOW, announcements=announcements)
        _, script, timeline = read(ARTICLE, tmp_path, show=show)
        made = find_chapters(script, timeline, marks=[mark(1, "Introduction")])
        # Our own word gives way to the author's.
        assert [one.title for one in made] == ["Opening", "Introduction"]


class TestTheClosing:
    def long(self, folder: Path) -> tuple[Script, Timeline]:
        announcements = msgspec.structs.replace(SHOW.announcements, closing=("Goodbye from us.", "And so on. " * 30))
        return read(ARTICLE, folder, show=msgspec.structs.replace(SHOW, announcements=announcements))[1:]

    def test_it_comes_by_itself(self, tmp_path: Path) -> None:
        made = find_chapters(*self.long(tmp_path), marks=[mark(0), mark(8, "Closing notes")])
        assert [(one.title, one.origin) for one in made[-2:]] == [
            ("Closing notes", ChapterOrigin.AUTHOR),
            ("Credits", ChapterOrigin.CLOSING),
        ]

    def test_it_does_not_where_the_author_has_one(self, tmp_path: Path) -> None:
        made = find_chapters(*self.long(tmp_path), marks=[mark(0), mark("Goodbye from us", "Thanks")])
        assert [(one.title, one.origin, one.paragraph) for one in made[1:]] == [("Thanks", ChapterOrigin.AUTHOR, None)]


def test_titles_stay_whole_even_twice(quay: tuple[Script, Timeline]) -> None:
    long = "What the insurers of the old town asked of the two capitals, and what the answer cost them"
    made = find_chapters(*quay, marks=[mark(0, long), mark(3, "Tolls"), mark(8, "Tolls")])
    assert [one.title for one in made] == [long, "Tolls", "Tolls"]


def test_a_long_heading_that_gives_the_title_is_cut(tmp_path: Path) -> None:
    heading = "The long quarrel over tolls and hulls in the harbour of Corvel and beyond"
    _, script, timeline = read(f"# The quay\n\nTolls rose.\n\n## {heading}\n\nTolls fell.\n", tmp_path)
    made = find_chapters(script, timeline, marks=[mark("The long quarrel", "")])
    assert [one.title for one in made] == ["Introduction", "The long quarrel over tolls and hulls…"]


def test_two_marks_share_headings_that_stand_together(quay: tuple[Script, Timeline]) -> None:
    made = find_chapters(*quay, marks=[mark("What the cables", ""), mark("From Ostrava", "")])
    assert [one.title for one in made] == ["Introduction", "What the cables say", "From Ostrava"]


def test_none_asked_for_and_nothing_said(quay: tuple[Script, Timeline]) -> None:
    assert find_chapters(*quay, marks=()) == ()
    assert [one.title for one in find_chapters(*quay)] == [
        "Introduction",
        "What the cables say: From Ostrava",
        "Outlook",
    ]


def test_other_languages_have_marks_too(quay: tuple[Script, Timeline]) -> None:
    script, timeline = quay
    german = msgspec.structs.replace(script, language="de-DE", title="Der Kai")
    assert [one.title for one in find_chapters(german, timeline, marks=[mark(8, "Ausblick")])] == [
        "Der Kai",
        "Ausblick",
    ]


def test_words_without_blanks_between_them(quay: tuple[Script, Timeline]) -> None:
    body = [said("海港很古老，", block=1, paragraph=1), said("船在此等候。", block=1, paragraph=1)]
    script = msgspec.structs.replace(quay[0], language="zh-CN", utterances=tuple(body))
    assert mark_places(script, [mark("海港很古老，船在")]) == (0,)
    assert mark_places(script, [mark("船在此")]) == (1,)


@pytest.mark.parametrize(
    ("marks", "line", "message"),
    [
        (
            [mark("The underwriter of Corvel", line=6)],
            6,
            "chapter 1 .*“The underwriter of Corvel”, and no .* begins so; .* nearest are “The underwriters in",
        ),
        ([mark(0), mark("Nobody", line=9)], 9, r"chapter 2 .*“Nobody”, and 2 places begin so; give more words$"),
        (
            [mark("Tolls", line=6)],
            6,
            "“Tolls”, and 2 places begin so; give more words, or the number .*: `at: 5`, `at: 6`$",
        ),
        ([mark(40, line=6)], 6, "chapter 1 .* begins at paragraph 40, and the body has 8; write a number from 0 to 8"),
        ([mark(-1, line=6)], 6, "begins at paragraph -1"),
        ([mark(3, line=6), mark("What the cables", line=8)], 8, "chapters 1 and 2 .* at the same place; take one"),
        ([mark(4), mark(0, line=8)], 8, "chapter 2 .* begins before chapter 1; write the chapters in the order"),
        ([mark(4, " ", line=6)], 6, "chapter 1 .* has no title, and is at no heading .*; add `title: ...` to it"),
        ([mark(0, "", line=6)], 6, "chapter 1 .* has no title"),
    ],
)
def test_what_fits_nothing_is_refused_with_its_line(
    quay: tuple[Script, Timeline], marks: list[ChapterMark], line: int, message: str
) -> None:
    with pytest.raises(ScriptError, match=message) as error:
        find_chapters(*quay, marks=marks)
    assert error.value.line == line
    assert "\n" not in str(error.value)


def test_three_beginnings_are_named(quay: tuple[Script, Timeline]) -> None:
    with pytest.raises(ScriptError) as error:
        mark_places(quay[0], [mark("The embassy in Osttrava wrote" + " and wrote" * 500)])
    assert error.value.cure.count("”, “") == 2
    assert "“The embassy in Ostrava wrote twice a week.”" in error.value.cure
    assert len(str(error.value)) < 500


def test_equal_headings_are_told_apart_by_the_paragraphs_below(tmp_path: Path) -> None:
    text = "# The quay\n\nTolls.\n\n## Outlook\n\nTolls rose.\n\n## Outlook\n\nTolls fell.\n"
    _, script, timeline = read(text, tmp_path)
    with pytest.raises(ScriptError, match=r"2 places begin so.*`at: 2`, `at: 3`"):
        mark_places(script, [mark("Outlook", "")])
    made = find_chapters(script, timeline, marks=[mark(2, ""), mark(3, "")])
    assert [one.title for one in made] == ["Introduction", "Outlook", "Outlook"]


def test_spoken_footnotes_can_be_marked(tmp_path: Path) -> None:
    show = msgspec.structs.replace(SHOW, reading=ReadingSettings(footnotes="at the end"))
    text = "# The quay\n\nTolls rose.[^1]\n\nTolls fell.\n\n[^1]: By a third of what they had been.\n"
    _, script, _ = read(text, tmp_path, show=show)
    (place,) = mark_places(script, [mark("Notes", "")])
    assert script.utterances[place].role is Role.HEADING
    (place,) = mark_places(script, [mark("By a third")])
    assert script.utterances[place].role is Role.ASIDE


SENTENCES = st.lists(
    st.sampled_from(["Tolls", "Hulls", "Crews", "Ships"]).flatmap(
        lambda name: st.sampled_from(
            ["rose.", "fell.", "went to sea in spring.", "were seldom asked for — or paid."]
        ).map(lambda rest: f"{name} {rest}")
    ),
    min_size=1,
    max_size=4,
)
BLOCKS = st.lists(st.tuples(st.sampled_from([Role.HEADING, Role.BODY, Role.LIST_ITEM]), SENTENCES), max_size=8)


def script_of(blocks: list[tuple[Role, list[str]]]) -> Script:
    """The Script of such Blocks between an opening and one last paragraph."""
    utterances, paragraph = [said("The quay", role=Role.TITLE)], 0
    for block, (role, sentences) in enumerate([*blocks, (Role.BODY, ["The end."])], start=1):
        paragraph += role is not Role.HEADING
        number = None if role is Role.HEADING else paragraph
        utterances += [said(text, role=role, block=block, paragraph=number) for text in sentences]
    return Script(title="The quay", language="en-GB", utterances=tuple(utterances))


@given(BLOCKS, st.sets(st.integers(1, 12)))
def test_every_paragraph_can_be_named_by_its_number(blocks, wanted) -> None:
    script = script_of(blocks)
    most = max(one.paragraph or 0 for one in script.utterances)
    numbers = sorted(number for number in wanted if number <= most)
    timeline = timeline_of(script)
    made = find_chapters(script, timeline, marks=[mark(number, f"Part {number}") for number in numbers])
    assert [one.paragraph for one in made if one.origin is ChapterOrigin.AUTHOR] == numbers
    assert not made or made[0].start == 0
    starts = {placement.start for placement in timeline.placements}
    assert all(one.start in starts for one in made[1:])
    assert all(before.start < after.start for before, after in pairwise(made))


@given(BLOCKS)
def test_what_the_command_prints_is_found_again(blocks) -> None:
    script = script_of(blocks)
    firsts = [
        number
        for number, (before, one) in enumerate(pairwise(script.utterances), start=1)
        if one.block != before.block and one.role is not Role.HEADING
    ]
    for number, anchor in zip(firsts, anchors(script, firsts), strict=True):
        (place,) = mark_places(script, [mark(anchor)])
        between = script.utterances[place:number]
        assert all(one.role is Role.HEADING for one in between)


def test_a_proposal_pasted_is_the_same_again(shared: Path, tmp_path: Path) -> None:
    compared = 0
    texts = [path for path in sorted((shared / "archive").glob("*.md")) if path.stat().st_size > 5000]
    for path in texts[::8]:
        _, script, timeline = read(path.read_text(encoding="utf-8"), tmp_path)
        proposed = propose_chapters(script, timeline)
        numbers = {placement.start: placement.utterance for placement in timeline.placements}
        ours = [one for one in proposed if one.origin is ChapterOrigin.AUTO]
        names = anchors(script, [numbers[one.start] for one in ours])
        pasted = [mark(0, "Introduction"), *(mark(at, one.title) for at, one in zip(names, ours, strict=True))]
        found = find_chapters(script, timeline, marks=pasted) if proposed else ()
        assert [one.title for one in found] == [one.title for one in proposed]
        assert all(
            pasted.start == one.start or script.utterances[numbers[pasted.start]].role is Role.HEADING
            for pasted, one in zip(found, proposed, strict=True)
        )
        compared += bool(proposed)
    assert compared > 5
