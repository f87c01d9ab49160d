"""The table of the forms."""

from typing import get_args, get_type_hints

import pytest

from pipeline.audio.formats import FORMATS, format_version
from pipeline.model import SoundSettings


def test_every_form_that_show_toml_may_ask_for_is_there() -> None:
    (wanted, _) = get_args(get_type_hints(SoundSettings)["formats"])
    assert set(FORMATS) == set(get_args(wanted))
    assert all(name == form.name and form.ending == f".{name}" for name, form in FORMATS.items())


def test_titles_are_as_short_as_the_namespace_asks() -> None:
    assert all(0 < len(form.title) <= 32 for form in FORMATS.values())


@pytest.mark.parametrize("name", FORMATS)
def test_a_version_names_each_library(name: str) -> None:
    said = format_version(name)
    assert all(f"{library} " in said for library in FORMATS[name].libraries)
    assert any(letter.isdigit() for letter in said)
