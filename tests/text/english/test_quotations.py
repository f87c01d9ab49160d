"""Who is quoted where: the marks of real prose, speakers who are named and never guessed, and hostile text."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.english.quotations import find_quotations
from pipeline.text.pack import Quotation
from pipeline.text.tables import word_list

DATA = Path(__file__).parents[2] / "data" / "quotations"


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def written(paragraphs: list[str], quotation: Quotation) -> str:
    return paragraphs[quotation.paragraph][quotation.start : quotation.end]


def speakers(*paragraphs: str) -> list[str]:
    return [each.speaker for each in find_quotations(paragraphs)]


@pytest.mark.parametrize(("text", "expected"), rows("marks.tsv"))
def test_marks_are_told_from_apostrophes_and_paired(text: str, expected: str) -> None:
    found = [written([text], each) for each in find_quotations([text])]
    assert found == ([] if expected == "-" else expected.split(" | "))


@pytest.mark.parametrize(("text", "expected", "whole"), rows("speakers.tsv"))
def test_speakers_are_those_the_text_names(text: str, expected: str, whole: str) -> None:
    found = [each for each in find_quotations([text]) if each.depth == 1]
    assert [each.speaker or "-" for each in found] == expected.split(" | ")
    assert ["yes" if each.is_self_contained else "no" for each in found] == whole.split()


def test_what_is_quoted_inside_a_quotation_has_depth_and_no_voice_of_its_own() -> None:
    outer, inner = find_quotations(["“Calder said, ‘We shall never sail.’ I believed her,” Reyl recalled."])
    assert (outer.depth, outer.speaker, outer.is_self_contained) == (1, "Reyl", True)
    assert (inner.depth, inner.speaker, inner.is_self_contained) == (2, "", False)


def test_a_quotation_over_paragraphs_is_open_until_its_last_and_one_persons() -> None:
    paragraphs = ["Amaro said: “The port is old.", "“The ships are older.", "“Nobody is young.”", "They left."]
    found = find_quotations(paragraphs)
    assert [(each.paragraph, each.is_open, each.speaker) for each in found] == [
        (0, True, "Amaro"),
        (1, True, "Amaro"),
        (2, False, "Amaro"),
    ]
    assert all(each.is_self_contained for each in found)
    assert {each.words for each in found} == {4 + 4 + 3}
    assert written(paragraphs, found[0]) == "“The port is old."


def test_the_name_may_stand_in_the_last_paragraph_of_a_quotation() -> None:
    assert speakers("“The port is old.", "“The ships are older,” said Amaro.") == ["Amaro", "Amaro"]
    assert speakers("‘The port is old.", "‘The ships are older,’ said Amaro.") == ["Amaro", "Amaro"]
    assert speakers("Calder said: “The port is old.", "“The ships are older,” said Amaro.") == ["", ""]


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    paragraphs = ["Amaro said: “The port is old.", "The ships are older.", "“Nobody is young,” said Reyl."]
    first, second = find_quotations(paragraphs)
    assert (first.paragraph, written(paragraphs, first)) == (0, "“The port is old.")
    assert (first.is_open, first.is_self_contained) == (False, False)
    assert (second.paragraph, second.speaker) == (2, "Reyl")


def test_a_name_after_a_dash_signs_the_quotation_above_it() -> None:
    motto = "We sail at dawn, and nobody will stop us."
    assert speakers(f"“{motto}”", "— Ines Calder, foreign minister", "Then they left.") == ["Ines Calder"]
    (in_one,) = find_quotations([f"{motto}\n— Ines Calder"])
    assert (in_one.start, in_one.end, in_one.speaker) == (0, len(motto), "Ines Calder")
    (above,) = find_quotations([motto, "— Ines Calder", "Then they left."])
    assert (above.paragraph, above.end, above.is_self_contained) == (0, len(motto), True)


def test_a_name_after_a_dash_at_the_very_end_is_the_authors() -> None:
    assert find_quotations(["They left.", "Nobody came back.", "— Tomas Reyl"]) == ()
    assert find_quotations(["The port — Ostrava — is old.", "They left — for good."]) == ()


def test_a_plural_at_the_start_of_a_sentence_is_a_name_only_where_the_text_knows_it() -> None:
    quoted = "Barnes said: “The port is old.”"
    assert speakers(quoted) == [""]
    assert speakers("The board sent for Barnes at once.", quoted) == ["Barnes"]


def test_a_word_that_the_text_writes_small_elsewhere_is_no_name() -> None:
    quoted = "Dockworker said: “The port is old.”"
    assert speakers(quoted) == ["Dockworker"]
    assert speakers("One dockworker stayed.", quoted) == [""]


def test_halves_of_a_sentence_are_counted_together() -> None:
    first, second = find_quotations(["“If they pay,” Amaro said, “the fleet will sail at dawn.”"])
    assert first.words == second.words == 9
    alone, other = find_quotations(["“They pay.” Amaro said: “The fleet will sail.”"])
    assert alone.words == other.words == 0


PIECES = word_list(
    """“ ” ‘ ’ " ' « » „ ‹ › — – ... . , ? ! : ( ) [ ] 6'2" ’90s dockers’ it’s said Amaro Ines Calder he told reporters
    the President Mr. Gen. of We sail 'em O'Neill according to as put it in words"""
)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from([" ", " ", "\n", ""])), max_size=40).map("".join)


@given(st.lists(st.one_of(TEXTS, st.text(max_size=30)), max_size=5))
def test_quotations_nest_and_stay_inside_their_paragraph(paragraphs: list[str]) -> None:
    found = find_quotations(paragraphs)
    assert list(found) == sorted(found, key=lambda each: (each.paragraph, each.start))
    for each in found:
        assert 0 <= each.start < each.end <= len(paragraphs[each.paragraph])
        assert any(map(str.isalnum, written(paragraphs, each)))
        assert each.depth == 1 or not (each.speaker or each.is_self_contained or each.is_open)
    for one, other in pairwise(found):
        if one.paragraph == other.paragraph:
            assert other.start >= one.end or (other.end <= one.end and other.depth == one.depth + 1)


@given(st.lists(TEXTS, max_size=5))
def test_a_speaker_is_written_in_the_text(paragraphs: list[str]) -> None:
    text = " ".join(" ".join(paragraphs).split())
    assert all(" ".join(each.speaker.split()) in text for each in find_quotations(paragraphs))


HOSTILE = {
    "only curly marks": "“”" * 50_000,
    "only opening marks": "“a " * 50_000,
    "deep": "“a" * 50_000 + "b”" * 50_000,
    "straight": '"a ' * 50_000,
    "straight and single": "\"a' " * 30_000,
    "single": "‘a’ " * 50_000,
    "possessives": "‘dockers’ " * 30_000,
    "mixed": "“‘«‹\"' a" * 15_000,
    "attributions": "“We go,” said Amaro. " * 10_000,
    "pronouns": "“We go,” he said. " * 10_000,
    "names": "Amaro " * 50_000 + "“a,” said Amaro",
    "verbs": "said " * 50_000 + "“a”",
    "one long word": "“" + "n" * 1_000_000 + "t”",
    "blanks": "“" + " " * 500_000 + "a”",
    "dashes": ". — " * 50_000,
    "lone surrogates": "\ud800“a\udfff” " * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_costs_linear_time(text: str) -> None:
    start = time.process_time()
    find_quotations([text])
    assert time.process_time() - start < 15


def test_real_articles_have_speakers_that_they_name(shared: Path) -> None:
    """Few of these articles quote at length: one quotation in twenty has a speaker, and most are of a few words."""
    found: list[Quotation] = []
    for path in sorted((shared / "archive").glob("*.md")):
        paragraphs = path.read_text(encoding="utf-8").split("\n\n")
        for each in find_quotations(paragraphs):
            found.append(each)
            assert each.speaker in " ".join("\n".join(paragraphs).split())
            assert not each.speaker.startswith(("The ", "President ", "Secretary "))
    assert len(found) > 400
    assert len([each for each in found if each.speaker]) >= 20
    assert len([each for each in found if each.is_self_contained]) >= 25
