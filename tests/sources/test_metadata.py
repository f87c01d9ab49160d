"""Date, byline and slug."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError, SourceError
from pipeline.sources import Given
from pipeline.sources.frontmatter import SLUG, FrontMatter
from pipeline.sources.metadata import byline, folded, published_at, require_one_byline, slug_of

GIVEN = Given(language="en-GB", publish_time="06:15", show_title="The Harbour Review", default_author="The Editors")
PATH = Path("seeds/quay.md")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-02", datetime(2026, 3, 2, 6, 15, tzinfo=UTC)),
        ("2026-03-02T10:00", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("2026-03-02 10:00:05", datetime(2026, 3, 2, 10, 0, 5, tzinfo=UTC)),
        ("2026-03-02T10:00:00Z", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("2026-03-02t10:00:00.25z", datetime(2026, 3, 2, 10, 0, 0, 250_000, tzinfo=UTC)),
        ("2026-03-02T01:00:00+02:00", datetime(2026, 3, 1, 23, tzinfo=UTC)),
        ("2026-03-02 10:00:00 -0500", datetime(2026, 3, 2, 15, tzinfo=UTC)),
    ],
)
def test_dates(written: str, expected: datetime) -> None:
    for found in (
        published_at(FrontMatter(published=written), GIVEN, path=PATH),
        published_at(FrontMatter(), msgspec.structs.replace(GIVEN, published=written), path=PATH),
        published_at(FrontMatter(published=written), msgspec.structs.replace(GIVEN, published=written), path=PATH),
        published_at(FrontMatter(), msgspec.structs.replace(GIVEN, remembered_published=written), path=PATH),
        published_at(
            FrontMatter(published=written), msgspec.structs.replace(GIVEN, remembered_published="1999-01-01"), path=PATH
        ),
    ):
        assert found == expected
        assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "written",
    ["May 20, 2025", "2026-13-01", "2026-02-30", "02/03/2026", "2026-3-2", "0001-01-01T00:00+05:00", "1969-07-20"],
)
def test_what_is_no_date_is_refused_by_key(written: str) -> None:
    front = FrontMatter(published=written, published_key="published", published_line=3)
    with pytest.raises(SourceError, match=r"line 3: `published` in the front matter is .*YYYY-MM-DD") as error:
        published_at(front, GIVEN, path=PATH)
    assert repr(written) in error.value.what


def test_an_option_may_not_contradict_the_front_matter() -> None:
    with pytest.raises(SourceError, match="is dated 1999-01-01, and --published says 2026-03-02"):
        published_at(
            FrontMatter(published="1999-01-01"), msgspec.structs.replace(GIVEN, published="2026-03-02"), path=PATH
        )
    with pytest.raises(SourceError, match="is by Ines Calder, and --author says Tomas Reyl"):
        require_one_byline(
            FrontMatter(author="Ines Calder"), msgspec.structs.replace(GIVEN, author="Tomas Reyl"), path=PATH
        )
    require_one_byline(FrontMatter(), msgspec.structs.replace(GIVEN, author="Tomas Reyl"), path=PATH)


def test_no_date_is_no_date() -> None:
    assert published_at(FrontMatter(), GIVEN, path=PATH) is None


@pytest.mark.parametrize("publish_time", ["6 am", "24:00", "06:00:00", ""])
def test_a_wrong_publish_time_is_refused(publish_time: str) -> None:
    with pytest.raises(ConfigError, match="publish_time"):
        published_at(FrontMatter(), msgspec.structs.replace(GIVEN, publish_time=publish_time), path=PATH)


def test_the_byline_comes_from_the_nearest() -> None:
    front = FrontMatter(author="Ines Calder")
    remembering = msgspec.structs.replace(GIVEN, remembered_author="Tomas Reyl")
    assert byline(FrontMatter(), msgspec.structs.replace(remembering, author="Jo Adair")) == "Jo Adair"
    assert byline(front, remembering) == "Ines Calder"
    assert byline(FrontMatter(), remembering) == "Tomas Reyl"
    assert byline(front, GIVEN) == "Ines Calder"
    assert byline(FrontMatter(), GIVEN) == "The Editors"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("navigating-the-quay", "navigating-the-quay"),
        ("The Quay’s  Größe_(final) v2.1", "the-quays-grosse-final-v2-1"),
        ("Łódź & Malmö: an Ærø tale", "lodz-malmo-an-aero-tale"),
        ("海峡", ""),
        ("x" * 79 + "-yz", "x" * 79),
    ],
)
def test_slugs_are_folded(name: str, slug: str) -> None:
    assert folded(name) == slug


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_a_folded_name_is_a_slug_or_nothing(name: str) -> None:
    assert folded(name) == "" or SLUG.fullmatch(folded(name))


def test_a_slug_is_the_front_matters_or_the_files() -> None:
    assert slug_of(FrontMatter(slug="from-matter"), path=PATH) == "from-matter"
    assert slug_of(FrontMatter(), path=PATH) == "quay"
    with pytest.raises(SourceError, match=r"write `slug: \.\.\.`"):
        slug_of(FrontMatter(), path=Path("海峡.md"))
