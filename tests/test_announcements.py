"""Templates of what is said around an article."""

import pytest

from pipeline.announcements import FIELDS, announcements, fields_of
from pipeline.errors import ConfigError

VALUES = dict.fromkeys(FIELDS, "") | {"show": "The Harbour Review", "title": "Who pays?", "date": "2 March 2026"}


def said(*templates, **values):
    return [line.text for line in announcements(templates, VALUES | values)]


def test_fields_are_filled_in():
    assert said("From {show}: {title}", "Of {date}.") == ["From The Harbour Review: Who pays?", "Of 2 March 2026."]


@pytest.mark.parametrize(
    ("author", "line"),
    [("", "“Who pays?”, of 2 March 2026."), ("Ines Calder", "“Who pays?”, by Ines Calder, of 2 March 2026.")],
)
def test_a_missing_byline_drops_its_phrase(author, line):
    assert said("“{title}”[, by {author}][, of {date}].", author=author) == [line]


def test_a_line_without_its_field_is_not_said():
    assert said("{show}", "By {author}.", "{subtitle}") == ["The Harbour Review"]


def test_a_phrase_of_two_fields_needs_both():
    assert said("{show}[, {title} by {author}].") == ["The Harbour Review."]


def test_a_title_with_an_end_mark_gets_no_second_one():
    assert said("{title}.", "“{title}”.") == ["Who pays?", "“Who pays?”"]


def test_a_field_that_stands_alone_is_told_from_one_in_a_sentence():
    bare, other = announcements(("{title}", "Now: {title}"), VALUES)
    assert (bare.is_bare, other.is_bare) == (True, False)
    assert bare.fields == other.fields == ("title",)


def test_a_phrase_that_is_left_out_has_no_fields():
    (line,) = announcements(("[{title}, {author}: ]{show}",), VALUES)
    assert (line.text, line.fields) == ("The Harbour Review", ("show",))


def test_what_is_in_a_value_is_no_template():
    assert said("{title}", title="The {show} [and] me") == ["The {show} [and] me"]


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("{name}", "no field “name”"),
        ("{}", "no field “”"),
        ("{title", "“{” stands alone"),
        ("title}", "“}” stands alone"),
        ("[{title}", "not closed"),
        ("{title}]", "do not pair"),
        ("[a [b] c]", "inside each other"),
    ],
)
def test_a_slip_is_told_with_an_example(template, what):
    with pytest.raises(ConfigError, match=rf"{what}.*") as caught:
        fields_of(template)
    assert "[announcements]" in str(caught.value)
