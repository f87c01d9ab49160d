"""Chapters: the author's headings win; without them a proposal that keeps its promises, and titles that read well."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chapters import find_chapters, to_chapters_json, to_episode_chapters
from pipeline.chapters.openings import is_continuation
from pipeline.chapters.words import stems_of
from pipeline.errors import ScriptError
from pipeline.model import Chapter, ChapterOrigin, Placement, Role, Script, Timeline, Utterance

RATE = 1000
SECONDS_A_WORD = 0.4

#: Three subjects with words of their own, so that where one ends is beyond dispute.
DREDGING = (
    "The dredging contract for Kestrel Bay was signed in haste and without a survey of the seabed.",
    "Sand drifts back into the channel every winter, and the dredgers cannot keep the channel open.",
    "Engineers from the harbour trust warned that the seabed moves faster than any contract allows.",
    "A shallower channel would have cost the trust half as much sand and half as much money.",
)
ELECTION = (
    "The island parliament votes in October, and neither coalition has named a candidate for premier.",
    "Voters on the outer islands rank ferry fares above every other promise the coalition has made.",
    "Polling by the university gives the governing coalition eleven seats out of thirty in parliament.",
    "A minority premier would need the votes of the fishing party for each budget.",
)
CABLES = (
    "Undersea cables carry nearly all traffic between the archipelago and the mainland exchanges.",
    "Repair ships wait nine days for a permit whenever an anchor cuts one of the cables.",
    "Operators now bury cables deeper and lease satellite capacity while the repair ships wait.",
    "The regulator has drafted a permit that lets repair ships sail within hours of a cut.",
)


def said(text: str, role: Role, *, paragraph: int | None = None, block: int | None = None) -> Utterance:
    return Utterance(
        display=text, spoken=text, forms=(), role=role, pause_after_ms=400, paragraph=paragraph, block=block
    )


#: Headings are Blocks of their own unless a test says otherwise.
HEADING_BLOCKS = iter(range(1000, 1_000_000))


def heading(text: str, *, block: int | None = None) -> Utterance:
    return said(text, Role.HEADING, block=next(HEADING_BLOCKS) if block is None else block)


def paragraphs(*texts: tuple[str, ...], role: Role = Role.BODY, first: int = 1) -> list[Utterance]:
    """Paragraphs given as tuples of sentences, numbered from ``first``."""
    return [
        said(sentence, role, paragraph=number, block=100 + number)
        for number, text in enumerate(texts, start=first)
        for sentence in text
    ]


def placed(*utterances: Utterance, language: str = "en-GB", title: str = "The quiet strait") -> tuple[Script, Timeline]:
    """A Script and its Timeline, 0.4 seconds a word and 0.4 seconds after each Utterance."""
    placements, at = [], 300
    for number, utterance in enumerate(utterances):
        length = round(len(utterance.spoken.split()) * SECONDS_A_WORD * RATE)
        placements.append(Placement(utterance=number, start=at, length=length))
        at += length + 400
    timeline = Timeline(sample_rate=RATE, length=at + 600, placements=tuple(placements))
    return Script(title=title, language=language, utterances=utterances), timeline


def prose() -> list[Utterance]:
    """Three subjects, three paragraphs each: 600 words, four minutes."""
    return paragraphs(*[topic[turn:] + topic[:turn] for topic in (DREDGING, ELECTION, CABLES) for turn in range(3)])


OPENING = (said("Welcome to the show.", Role.SHOW), said("The quiet strait", Role.TITLE))


def titles(chapters: tuple[Chapter, ...]) -> list[str]:
    return [chapter.title for chapter in chapters]


class TestHeadings:
    def test_each_heading_is_a_chapter_from_where_it_is_heard(self) -> None:
        script, timeline = placed(
            *OPENING,
            *paragraphs(DREDGING),
            heading("What the voters want"),
            *paragraphs(ELECTION, first=2),
            heading("Cables"),
            *paragraphs(CABLES, first=3),
        )
        made = find_chapters(script, timeline)
        starts = {script.utterances[place.utterance].display: place.start for place in timeline.placements}
        assert made == (
            Chapter(start=0, title="Introduction", origin=ChapterOrigin.OPENING),
            Chapter(
                start=starts["What the voters want"],
                title="What the voters want",
                origin=ChapterOrigin.HEADING,
                paragraph=2,
            ),
            Chapter(start=starts["Cables"], title="Cables", origin=ChapterOrigin.HEADING, paragraph=3),
        )

    def test_two_chapters_are_enough_and_one_is_none(self) -> None:
        body = paragraphs(DREDGING)
        assert len(find_chapters(*placed(*body, heading("Votes"), *paragraphs(ELECTION, first=2)))) == 2
        assert find_chapters(*placed(heading("Votes"), *body)) == ()

    def test_a_heading_right_after_a_short_opening_begins_at_zero(self) -> None:
        made = find_chapters(
            *placed(*OPENING, heading("Sand"), *paragraphs(DREDGING), heading("Votes"), *paragraphs(ELECTION, first=2))
        )
        assert [(chapter.start > 0, chapter.title) for chapter in made] == [(False, "Sand"), (True, "Votes")]
        assert made[0].origin is ChapterOrigin.HEADING

    def test_a_long_opening_without_body_keeps_its_chapter(self) -> None:
        disclosure = said("word " * 60, Role.DISCLOSURE)
        made = find_chapters(*placed(disclosure, heading("Sand"), *paragraphs(DREDGING)))
        assert titles(made) == ["Introduction", "Sand"]

    def test_headings_with_nothing_between_are_one(self) -> None:
        made = find_chapters(
            *placed(*paragraphs(DREDGING), heading("Part two"), heading("The vote"), *paragraphs(ELECTION, first=2))
        )
        assert titles(made) == ["Introduction", "Part two: The vote"]

    def test_headings_too_long_to_join_leave_the_last(self) -> None:
        long = "Why the ferries matter more than the navy does"
        made = find_chapters(
            *placed(*paragraphs(DREDGING), heading(long), heading("The vote"), *paragraphs(ELECTION, first=2))
        )
        assert titles(made) == ["Introduction", "The vote"]

    def test_a_heading_of_two_sentences_is_one_title(self) -> None:
        made = find_chapters(
            *placed(
                *paragraphs(DREDGING),
                heading("Who votes?", block=7),
                heading("The islanders.", block=7),
                *paragraphs(ELECTION, first=2),
            )
        )
        assert titles(made)[1] == "Who votes? The islanders."

    def test_a_heading_over_nothing_is_no_chapter(self) -> None:
        script, timeline = placed(
            *paragraphs(DREDGING), heading("Votes"), *paragraphs(ELECTION, first=2), heading("Further reading")
        )
        assert titles(find_chapters(script, timeline)) == ["Introduction", "Votes"]

    def test_no_two_titles_are_equal_and_the_author_keeps_his_introduction(self) -> None:
        made = find_chapters(
            *placed(
                *paragraphs(DREDGING),
                heading("Introduction"),
                *paragraphs(ELECTION, first=2),
                heading("Outlook"),
                *paragraphs(CABLES, first=3),
                heading("Outlook"),
                *paragraphs(CABLES, first=4),
            )
        )
        assert titles(made) == ["Opening", "Introduction", "Outlook", "Outlook (2)"]

    def test_too_many_headings_lose_the_shortest(self) -> None:
        sections = [
            utterance
            for number in range(1, 16)
            for utterance in (
                heading(f"Section {number}"),
                *paragraphs(DREDGING[:1] if number in {3, 8, 11, 12} else DREDGING, first=number + 1),
            )
        ]
        made = find_chapters(*placed(*paragraphs(ELECTION), *sections))
        kept = [number for number in range(1, 16) if number not in {3, 8, 11, 12}]
        assert titles(made) == ["Introduction", *(f"Section {number}" for number in kept)]
        assert len(made) == 12

    def test_other_languages_have_their_headings_under_the_title_of_the_article(self) -> None:
        made = find_chapters(
            *placed(
                *paragraphs(DREDGING),
                heading("Die Wahl"),
                *paragraphs(ELECTION, first=2),
                language="de-DE",
                title="Die stille Enge",
            )
        )
        assert titles(made) == ["Die stille Enge", "Die Wahl"]


class TestProse:
    def test_chapters_begin_where_the_subject_changes(self) -> None:
        script, timeline = placed(*OPENING, *prose())
        made = find_chapters(script, timeline)
        assert [chapter.paragraph for chapter in made] == [None, 4, 7]
        assert [chapter.origin for chapter in made] == [
            ChapterOrigin.OPENING,
            ChapterOrigin.AUTO,
            ChapterOrigin.AUTO,
        ]
        firsts = {utterance.paragraph: number for number, utterance in reversed(list(enumerate(script.utterances)))}
        assert made[0].start == 0
        assert all(chapter.start == timeline.placements[firsts[chapter.paragraph]].start for chapter in made[1:])

    def test_titles_speak_of_their_own_chapter(self) -> None:
        made = find_chapters(*placed(*OPENING, *prose()))
        for chapter, own, others in zip(
            made[1:], (ELECTION, CABLES), (DREDGING + CABLES, DREDGING + ELECTION), strict=True
        ):
            mine, theirs = set(stems_of(" ".join(own))), set(stems_of(" ".join(others)))
            assert set(stems_of(chapter.title)) & (mine - theirs)
            assert len(chapter.title) <= 40
            assert chapter.title[0].isupper()
            assert chapter.title.lower() in " ".join(own).lower()

    def test_a_chapter_never_begins_with_what_leans_on_the_paragraph_before(self) -> None:
        body = prose()
        number = next(n for n, utterance in enumerate(body) if utterance.paragraph == 4)
        body[number] = said("But " + body[number].display, Role.BODY, paragraph=4, block=104)
        assert 4 not in {chapter.paragraph for chapter in find_chapters(*placed(*OPENING, *body))}

    @pytest.mark.parametrize("role", [Role.QUOTATION, Role.LIST_ITEM])
    def test_a_chapter_never_begins_with_a_quotation_or_a_list_item(self, role) -> None:
        body = [
            said(u.display, role if u.paragraph == 4 else u.role, paragraph=u.paragraph, block=u.block) for u in prose()
        ]
        assert 4 not in {chapter.paragraph for chapter in find_chapters(*placed(*OPENING, *body))}

    def test_less_than_three_minutes_have_no_chapters(self) -> None:
        script, timeline = placed(*OPENING, *prose()[:26])
        assert timeline.length < 180 * RATE
        assert find_chapters(script, timeline) == ()

    def test_a_piece_that_cannot_be_cut_into_three_has_no_chapters(self) -> None:
        assert find_chapters(*placed(*OPENING, *paragraphs(DREDGING * 5, ELECTION * 5))) == ()

    def test_other_languages_are_not_guessed_at(self) -> None:
        assert find_chapters(*placed(*OPENING, *prose(), language="fr-FR")) == ()

    def test_nothing_said_has_no_chapters(self) -> None:
        assert find_chapters(*placed()) == ()

    @given(
        st.lists(
            st.lists(st.sampled_from(DREDGING + ELECTION + CABLES), min_size=1, max_size=8).map(tuple),
            min_size=1,
            max_size=40,
        )
    )
    def test_whatever_is_proposed_keeps_the_promises(self, texts) -> None:
        script, timeline = placed(*OPENING, *paragraphs(*texts))
        made = find_chapters(script, timeline)
        if not made:
            return
        assert 3 <= len(made) <= 8
        assert made[0].start == 0
        assert len(set(titles(made))) == len(made)
        assert all(0 < len(title) <= 40 for title in titles(made))
        bounds = [chapter.start for chapter in made] + [timeline.length]
        assert all(after - before >= 45 * RATE for before, after in pairwise(bounds))


class TestClosing:
    def closing(self, words: int) -> Utterance:
        return said("word " * words, Role.CLOSING)

    def test_a_long_closing_is_a_chapter(self) -> None:
        script, timeline = placed(*OPENING, *prose(), said("First printed elsewhere.", Role.CREDIT), self.closing(120))
        made = find_chapters(script, timeline)
        assert made[-1] == Chapter(
            start=timeline.placements[-2].start, title="Closing notes", origin=ChapterOrigin.CLOSING
        )

    def test_a_short_closing_belongs_to_the_last_chapter(self) -> None:
        made = find_chapters(*placed(*OPENING, *prose(), self.closing(90)))
        assert made[-1].origin is ChapterOrigin.AUTO

    def test_it_follows_headings_too(self) -> None:
        made = find_chapters(*placed(*paragraphs(DREDGING), heading("Votes"), *paragraphs(ELECTION), self.closing(120)))
        assert titles(made) == ["Introduction", "Votes", "Closing notes"]


def test_script_and_timeline_must_belong_together() -> None:
    script, _ = placed(*prose())
    with pytest.raises(ScriptError, match="36 utterances, its timeline 0 placements"):
        find_chapters(script, Timeline(sample_rate=RATE, length=0, placements=()))


CHAPTERS = (
    Chapter(start=0, title="Introduction", origin=ChapterOrigin.OPENING),
    Chapter(start=2_701_126, title="Löhne & Preise", origin=ChapterOrigin.HEADING, paragraph=4),
)


def test_milliseconds_are_rounded_once() -> None:
    made = to_episode_chapters(CHAPTERS, 44100)
    assert [(chapter.start_ms, chapter.title, chapter.origin, chapter.paragraph) for chapter in made] == [
        (0, "Introduction", ChapterOrigin.OPENING, None),
        (61_250, "Löhne & Preise", ChapterOrigin.HEADING, 4),
    ]


def test_json_is_of_the_podcast_namespace() -> None:
    data = to_chapters_json(to_episode_chapters(CHAPTERS, 44100), title="The quiet strait", address=str)
    assert json.loads(data) == {
        "version": "1.2.0",
        "title": "The quiet strait",
        "chapters": [{"startTime": 0.0, "title": "Introduction"}, {"startTime": 61.25, "title": "Löhne & Preise"}],
    }
    assert "Löhne" in data.decode()
    again = to_chapters_json(to_episode_chapters(CHAPTERS, 44100), title="The quiet strait", address=str)
    assert data == again


def test_the_real_article_has_the_chapters_its_length_asks_for(vortex) -> None:
    lines = vortex.read_text(encoding="utf-8").split("\n")
    texts = [(line,) for line in lines[9:] if len(line.split()) > 15]
    made = find_chapters(*placed(*OPENING, *paragraphs(*texts)))
    assert len(made) == 5
    assert all(len(title) <= 40 for title in titles(made))
    assert all(not is_continuation(texts[chapter.paragraph - 1][0]) for chapter in made[1:])
