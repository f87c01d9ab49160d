"""Script and Transcript become passages: the words of the one, the times of the other."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import ChapterOrigin, EpisodeChapter, Role, Transcript
from pipeline.site.passages import make_passages
from tests.site.readings import script_of, transcript_of


def chapter(start_ms: int) -> EpisodeChapter:
    return EpisodeChapter(start_ms=start_ms, title="A chapter", origin=ChapterOrigin.AUTO)


def test_sentences_of_one_block_are_one_passage_and_those_of_a_template_stand_alone() -> None:
    script = script_of()
    passages = make_passages(script, transcript_of(script), chapters=())
    assert [(passage.role, len(passage.sentences)) for passage in passages] == [
        (Role.SHOW, 1),
        (Role.TITLE, 1),
        (Role.BODY, 2),
        (Role.HEADING, 1),
        (Role.BODY, 1),
        (Role.QUOTATION, 1),
        (Role.LIST_ITEM, 1),
        (Role.LIST_ITEM, 1),
        (Role.CLOSING, 1),
    ]


def test_nothing_is_left_out_and_an_utterance_lasts_over_all_its_cues() -> None:
    script = script_of()
    passages = make_passages(script, transcript_of(script), chapters=())
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    assert [sentence.text for sentence in sentences] == [utterance.display for utterance in script.utterances]
    assert [(sentence.start_ms, sentence.end_ms) for sentence in sentences] == [
        (number * 10_000 + 300, number * 10_000 + 8_300) for number in range(len(sentences))
    ]
    assert passages[2].start_ms == 20_300


def test_a_passage_has_a_speaker_where_all_of_it_is_quoted() -> None:
    script = script_of()
    said = list(script.utterances)
    said[5] = msgspec.structs.replace(said[5], speaker="Ines\nCalder")
    said[2] = msgspec.structs.replace(said[2], speaker="Tomas Reyl")  # the second sentence of the paragraph is not
    script = msgspec.structs.replace(script, utterances=tuple(said))
    passages = make_passages(script, transcript_of(script), chapters=())
    assert [passage.speaker for passage in passages] == ["", "", "", "", "Ines Calder", "", "", "", ""]


def test_what_is_not_heard_is_not_shown() -> None:
    script = script_of()
    transcript = transcript_of(script)
    silent_end = msgspec.structs.replace(transcript, cues=transcript.cues[:-2])
    assert make_passages(script, silent_end, chapters=())[-1].role is Role.LIST_ITEM
    assert make_passages(script, Transcript(sample_rate=1, language="en", cues=()), chapters=(chapter(0),)) == ()


def test_a_chapter_belongs_to_the_passage_that_follows_it() -> None:
    script = script_of()
    chapters = tuple(map(chapter, (0, 39_800, 40_300, 999_000)))
    passages = make_passages(script, transcript_of(script), chapters=chapters)
    found = {passage.start_ms: passage.chapters_ms for passage in passages if passage.chapters_ms}
    # 40,300 is the very start of a passage and has its name already; the last one comes after every word.
    assert found == {300: (0,), 40_300: (39_800,), 90_300: (999_000,)}


@given(st.lists(st.integers(0, 120_000), unique=True).map(sorted))
def test_every_chapter_leads_somewhere_and_to_one_place(starts: list[int]) -> None:
    script = script_of()
    passages = make_passages(script, transcript_of(script), chapters=tuple(map(chapter, starts)))
    places = [moment for passage in passages for moment in (passage.start_ms, *passage.chapters_ms)]
    assert len(places) == len(set(places))
    assert set(starts) <= set(places)
