"""Where each word begins among the phonemes of a sentence: every case was heard from espeak-ng."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.phoneme_words import Heard, aligned_marks, word_starts
from pipeline.model import Timing


def beginnings(heard: str, *alone: str) -> list[str | None]:
    """What stands in ``heard`` from the beginning of each word to that of the next that has one."""
    starts = word_starts(list(heard), [list(word) for word in alone])
    known = sorted(start for start in starts if start is not None)
    ends = dict(zip(known, [*known[1:], len(heard)], strict=True))
    return [None if start is None else heard[start : ends[start]].strip() for start in starts]


@pytest.mark.parametrize(
    ("heard", "alone", "expected"),
    [
        ("sˈɛd ðætðə pˈɔːt", ("sˈɛd", "ðˈæt", "ðə", "pˈɔːt"), ["sˈɛd", "ðæt", "ðə", "pˈɔːt"]),
        ("lˈaɪn fəðɪʲ ˈəʊld", ("lˈaɪn", "fɔː", "ðə", "ˈəʊld"), ["lˈaɪn", "fə", "ðɪʲ", "ˈəʊld"]),
        ("ˈɔːt təbɪ klˈəʊzd", ("ˈɔːt", "tuː", "bˈiː", "klˈəʊzd"), ["ˈɔːt", "tə", "bɪ", "klˈəʊzd"]),
        ("ʃˈɪps ɒvðə hˈɑːbɐ", ("ʃˈɪps", "ɒv", "ðə", "hˈɑːbɐ"), ["ʃˈɪps", "ɒv", "ðə", "hˈɑːbɐ"]),
        ("ðə fˈɔːɹ ɪn ɐ ɹˈəʊ", ("ðə", "fˈɔː", "ˈɪn", "ˈeɪ", "ɹˈəʊ"), ["ðə", "fˈɔːɹ", "ɪn", "ɐ", "ɹˈəʊ"]),
    ],
)
def test_little_words_that_run_together_are_told_apart(heard: str, alone: tuple[str, ...], expected: list[str]) -> None:
    assert beginnings(heard, *alone) == expected


def test_a_number_of_several_words_is_one() -> None:
    heard = "ɪn tˈuː θˈaʊzənd ən twˈɛntɪ fˈɔː, ðə twˈɛntɪ bˈəʊts"
    alone = ("ˈɪn", "tˈuː θˈaʊzənd twˈɛntɪ fˈɔː, ", "ðə", "twˈɛntɪ", "bˈəʊts")
    assert beginnings(heard, *alone) == ["ɪn", "tˈuː θˈaʊzənd ən twˈɛntɪ fˈɔː,", "ðə", "twˈɛntɪ", "bˈəʊts"]


def test_a_word_that_is_not_heard_has_no_beginning() -> None:
    assert beginnings("jˈɛs “nˈəʊ”", "jˈɛs", "—", "“nˈəʊ”", "") == ["jˈɛs “", None, "nˈəʊ”", None]
    assert word_starts([], [["a"], ["b"]]) == [None, None]
    assert word_starts(["a"], []) == []


def test_a_word_said_twice_is_found_twice() -> None:
    assert beginnings("wˈɜːd wˈɜːd wˈɜːd", *["wˈɜːd"] * 3) == ["wˈɜːd"] * 3


def test_marks_say_how_they_came_about() -> None:
    heard = [Heard(sign, 100 * at) for at, sign in enumerate("ðætðə pɔːt")]
    marks = aligned_marks("that — the port", heard, alone=["ðæt", "", "ðə", "pɔːt"], sample_count=1200)
    assert [(mark.char_start, mark.sample_start, mark.timing) for mark in marks] == [
        (0, 0, Timing.ALIGNED),
        (5, 214, Timing.INTERPOLATED),
        (7, 300, Timing.ALIGNED),
        (11, 600, Timing.ALIGNED),
    ]
    assert marks[-1].sample_end == 1200


WORDS = st.lists(st.text(alphabet="ptkbdɡszʃaɪʊəi", min_size=1, max_size=7), min_size=1, max_size=30)


@given(words=WORDS, gaps=st.data())
def test_words_said_as_alone_are_found_exactly_whether_or_not_they_run_together(
    words: list[str], gaps: st.DataObject
) -> None:
    words = [f"p{word}" for word in words]
    heard, truth = "", []
    for word in words:
        truth.append(len(heard))
        heard += word + (" " if gaps.draw(st.booleans()) else "")
    assert word_starts(list(heard), [list(word) for word in words]) == truth


@given(heard=st.text(alphabet="ptkaɪʊə ˈː,.", max_size=40), alone=st.lists(st.text(alphabet="ptkaɪ ˈ", max_size=6)))
def test_whatever_is_heard_no_word_begins_before_the_one_before_it(heard: str, alone: list[str]) -> None:
    starts = word_starts(list(heard), [list(word) for word in alone])
    known = [start for start in starts if start is not None]
    assert len(starts) == len(alone)
    assert known == sorted(set(known))
    assert all(0 <= start < len(heard) for start in known)


def test_a_sentence_of_a_hundred_words_takes_no_time_worth_mentioning() -> None:
    alone = ["sˈɛd", "ðˈæt", "ðə", "pˈɔːt"] * 25
    heard = list("sˈɛd ðætðə pˈɔːt " * 25)
    began = time.process_time()
    word_starts(heard, alone)
    assert time.process_time() - began < 0.1  # 8 ms on a machine at rest
