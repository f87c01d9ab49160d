"""Regular expressions that wait until they are used: the same as others, and every one of ours compiles."""

import gc
import re
from importlib import import_module

import pytest

from pipeline.patterns import regex
from tests.test_floors import MODULES

TEXT = "The ferry of 1907 sailed at noon, and that of 1912 at dusk."


@pytest.mark.parametrize("method", ["findall", "fullmatch", "match", "search", "split"])
def test_it_finds_what_others_find(method: str) -> None:
    ours, theirs = (made(r"(the) ferry|\d{4}", re.IGNORECASE) for made in (regex, re.compile))
    found, expected = getattr(ours, method)(TEXT), getattr(theirs, method)(TEXT)
    if isinstance(expected, re.Match):
        found, expected = (found.span(), found.groups()), (expected.span(), expected.groups())
    assert found == expected


def test_it_replaces_and_tells_what_it_is() -> None:
    year = regex(r"(?P<year>\d{4})")
    assert year.pattern == r"(?P<year>\d{4})"
    assert year.sub("then", TEXT) == "The ferry of then sailed at noon, and that of then at dusk."
    assert year.subn("then", TEXT)[1] == 2
    assert [found["year"] for found in year.finditer(TEXT)] == ["1907", "1912"]
    assert (dict(year.groupindex), year.groups) == ({"year": 1}, 1)
    assert year.flags == re.compile(year.pattern).flags


def test_it_is_compiled_when_it_is_used_and_not_before() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search(TEXT)


def test_what_it_has_not_it_has_not() -> None:
    with pytest.raises(AttributeError):
        regex("a").no_such_method  # type: ignore[attr-defined] # noqa: B018 - that is what is asked


def test_every_one_of_ours_compiles() -> None:
    for module in MODULES:
        if not module.endswith("__main__"):
            import_module(module)
    waiting = [one for one in gc.get_objects() if type(one) is type(regex("a"))]
    assert len(waiting) > 700
    for one in waiting:
        assert one.flags is not None
