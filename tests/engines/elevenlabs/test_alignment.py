"""Times of characters -> times of words: right ones, or none."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.elevenlabs.alignment import Alignment, find_starts

WORDS = st.lists(st.text("abc'é5,—", min_size=1, max_size=5), min_size=1, max_size=12)


def timed(text: str, *, step: float = 0.1) -> Alignment:
    """A text of which each character takes ``step`` seconds."""
    return Alignment(tuple(text), tuple(number * step for number in range(len(text))))


@given(WORDS)
def test_every_letter_has_its_own_time_where_the_text_is_the_same(words: list[str]) -> None:
    text = " ".join(words)
    starts = find_starts(text, timed(text), normalized=None)
    assert starts == tuple((at, at * 0.1) for at, sign in enumerate(text) if sign.isalnum())


@given(WORDS, WORDS)
def test_a_time_is_only_taken_from_the_same_word(given_words: list[str], said_words: list[str]) -> None:
    text, said = " ".join(given_words), " ".join(said_words)

    def letters_at(whole: str, at: int) -> str:
        start = whole.rfind(" ", 0, at) + 1
        return "".join(sign for sign in whole[start:].partition(" ")[0] if sign.isalnum()).casefold()

    starts = find_starts(text, None, normalized=timed(said))
    assert all(one < other for one, other in pairwise(character for character, _ in starts))
    assert all(one < other for one, other in pairwise(seconds for _, seconds in starts))
    for character, seconds in starts:
        assert letters_at(text, character) == letters_at(said, round(seconds / 0.1))


def test_entries_of_several_characters_are_counted_by_their_length() -> None:
    alignment = Alignment(("a", " 👩", "‍🚀", " ", "b"), (0.0, 0.1, 0.2, 0.3, 0.4))
    text = alignment.text
    assert find_starts(text, alignment, normalized=None) == ((0, 0.0), (text.index("b"), 0.4))


def test_what_was_spoken_is_preferred_where_the_text_came_back_as_another() -> None:
    text = "Pier 5 opens"
    found = find_starts(text, timed("Pier opens", step=9.0), normalized=timed("Pier five opens"))
    assert found == ((0, 0.0), (7, 10 * 0.1))


def test_two_words_of_five_are_too_few() -> None:
    assert find_starts("one two three four five", None, normalized=timed("one two drei vier fünf")) == ()
    assert find_starts("one two three four five", None, normalized=timed("one two three vier fünf")) != ()
