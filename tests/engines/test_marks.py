"""Word marks: one a word, in order, and honest about how they came about."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.marks import word_marks
from pipeline.model import Timing


def test_a_word_takes_the_first_report_inside_it_and_is_exact() -> None:
    marks = word_marks("In 1994 ships", [(0, 0), (3, 400), (5, 900), (8, 1500)], sample_count=2000)
    assert [(mark.char_start, mark.char_end, mark.sample_start, mark.sample_end) for mark in marks] == [
        (0, 2, 0, 400),
        (3, 7, 400, 1500),
        (8, 13, 1500, 2000),
    ]
    assert {mark.timing for mark in marks} == {Timing.EXACT}


def test_a_word_without_a_report_is_interpolated_and_says_so() -> None:
    marks = word_marks("one of the ports", [(0, 0), (4, 1000), (11, 3000)], sample_count=4000)
    assert [mark.timing for mark in marks] == [Timing.EXACT, Timing.EXACT, Timing.INTERPOLATED, Timing.EXACT]
    assert 1000 < marks[2].sample_start < 3000


def test_a_report_that_runs_backwards_is_not_believed() -> None:
    marks = word_marks("three old piers", [(0, 0), (6, 2000), (10, 1500)], sample_count=3000)
    assert [mark.timing for mark in marks] == [Timing.EXACT, Timing.EXACT, Timing.INTERPOLATED]
    assert 2000 <= marks[2].sample_start < 3000


def test_nothing_reported_still_gives_a_mark_a_word() -> None:
    marks = word_marks("ab cd", [], sample_count=1000)
    assert [mark.sample_start for mark in marks] == [0, 600]
    assert {mark.timing for mark in marks} == {Timing.INTERPOLATED}


@given(
    text=st.text(alphabet="ab \n", max_size=60),
    starts=st.lists(st.tuples(st.integers(-5, 80), st.integers(-5, 5000)), max_size=30),
)
def test_marks_are_in_order_and_inside_whatever_an_engine_reports(text: str, starts: list[tuple[int, int]]) -> None:
    marks = word_marks(text, sorted(starts), sample_count=4000)
    assert [text[mark.char_start : mark.char_end] for mark in marks] == text.split()
    times = [sample for mark in marks for sample in (mark.sample_start, mark.sample_end)]
    assert times == sorted(times)
    assert all(0 <= sample <= 4000 for sample in times)
