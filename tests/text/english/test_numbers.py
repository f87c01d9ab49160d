"""Numbers in words, in both Englishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.english.locale import AMERICAN, BRITISH
from pipeline.text.english.numbers import cardinal, decade, decimal, ordinal, pairs, plural_of, year


@pytest.mark.parametrize(
    ("number", "british", "american"),
    [
        (0, "zero", "zero"),
        (21, "twenty-one", "twenty-one"),
        (100, "one hundred", "one hundred"),
        (368, "three hundred and sixty-eight", "three hundred sixty-eight"),
        (1005, "one thousand and five", "one thousand five"),
        (1100, "one thousand one hundred", "one thousand one hundred"),
        (2_000_010, "two million and ten", "two million ten"),
        (10**15 - 1, None, None),
    ],
)
def test_cardinals(number, british, american):
    if british:
        assert (cardinal(number, BRITISH), cardinal(number, AMERICAN)) == (british, american)
    assert cardinal(number, BRITISH).replace(" and ", " ") == cardinal(number, AMERICAN)


@given(st.integers(0, 10**15 - 2))
def test_two_numbers_never_sound_the_same(number):
    assert cardinal(number, AMERICAN) != cardinal(number + 1, AMERICAN)


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "first"), (12, "twelfth"), (20, "twentieth"), (42, "forty-second"), (103, "one hundred and third")],
)
def test_ordinals(number, said):
    assert ordinal(number, BRITISH) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1066, "ten sixty-six"),
        (1800, "eighteen hundred"),
        (1905, "nineteen oh five"),
        (1991, "nineteen ninety-one"),
        (2000, "two thousand"),
        (2008, "two thousand and eight"),
        (2025, "twenty twenty-five"),
        (44, "forty-four"),
    ],
)
def test_years(number, said):
    assert year(number, BRITISH) == said


def test_the_american_year_has_no_and():
    assert year(2008, AMERICAN) == "two thousand eight"


@pytest.mark.parametrize(
    ("number", "said"), [(1990, "nineteen nineties"), (2010, "twenty tens"), (1700, "seventeen hundreds")]
)
def test_decades(number, said):
    assert decade(number, BRITISH) == said


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("16", "sixteen"),
        ("101", "one oh one"),
        ("300", "three hundred"),
        ("2231", "twenty-two thirty-one"),
        ("055", "zero five five"),
        ("5000", "five thousand"),
    ],
)
def test_designations_are_read_in_pairs(figures, said):
    assert pairs(figures) == said


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("1,234.50", "one thousand two hundred and thirty-four point five zero"),
        (".5", "point five"),
        ("007", "zero zero seven"),
        ("1" * 5000, " ".join(["one"] * 5000)),
    ],
)
def test_numbers_as_written(figures, said):
    assert decimal(figures, BRITISH) == said


@pytest.mark.parametrize(
    ("figures", "british", "american"),
    [
        ("0.5", "nought point five", "zero point five"),
        ("0.05", "nought point nought five", "zero point zero five"),
        ("10.05", "ten point zero five", "ten point zero five"),
        ("2.0", "two point zero", "two point zero"),
        (".5", "point five", "point five"),
        ("0", "zero", "zero"),
    ],
)
def test_only_below_one_the_british_say_nought(figures, british, american):
    assert (decimal(figures, BRITISH), decimal(figures, AMERICAN)) == (british, american)


def test_plurals():
    assert [plural_of(word) for word in ("sixty", "six", "seven")] == ["sixties", "sixes", "sevens"]
