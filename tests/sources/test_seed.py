"""A Draft -> a file of seeds/: what it says reads back, and its mark knows whether a person touched it."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.draft import Draft
from pipeline.sources.frontmatter import FrontMatter, read_front_matter
from pipeline.sources.seed import KEYS, mark_of, quoted_id, seed_text, slug_for

FRONT = FrontMatter(
    title="The straits: no deal",
    subtitle='What "quiet" costs',
    author="Ines Calder and Tomas Reyl",
    published="2026-03-02T06:00:00+00:00",
    language="en-GB",
    source="https://harbour-review.example/straits",
    summary="Insurers moved first.",
    tags=("shipping", "insurance: marine"),
    slug="quiet-straits",
    series="The narrow seas",
    season=2,
    number=7,
)
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\ufeff\x85")).map(
    lambda text: " ".join(text.split())
)


def test_everything_known_reads_back() -> None:
    text = seed_text(Draft(front=FRONT, markdown="The first paragraph.\n"), post_id="substack:7.quiet-straits")
    read = read_front_matter(text, path=Path("quiet-straits.md"))
    assert {field: getattr(read, field) for field in KEYS} == {field: getattr(FRONT, field) for field in KEYS}
    assert text[read.end :] == "\nThe first paragraph.\n"
    assert "date: 2026-03-02T06:00:00+00:00\n" in text


def test_what_is_not_known_is_not_written() -> None:
    text = seed_text(Draft(front=FrontMatter(title="Alone"), markdown="One."), post_id="feed:1")
    assert [line.partition(":")[0] for line in text.split("---")[1].strip().split("\n")] == ["title", "imported"]


@given(title=WORDS.filter(bool), subtitle=WORDS)
def test_any_title_reads_back(title: str, subtitle: str) -> None:
    text = seed_text(Draft(front=FrontMatter(title=title, subtitle=subtitle), markdown="One."), post_id="feed:1")
    read = read_front_matter(text, path=Path("x.md"))
    assert (read.title, read.subtitle) == (title, subtitle)


@given(post_id=st.text(min_size=1, max_size=60))
def test_the_mark_knows_its_post(post_id: str) -> None:
    mark = mark_of(seed_text(Draft(front=FRONT, markdown="One."), post_id=post_id))
    assert mark is not None
    assert (mark.id, mark.is_untouched) == (quoted_id(post_id), True)


def test_any_change_by_a_person_is_seen() -> None:
    text = seed_text(Draft(front=FRONT, markdown="One sentence."), post_id="feed:1")
    for changed in (
        text.replace("One", "A"),
        text + "\n",
        text.replace("no deal", "a deal"),
        text.replace("\n", "\r\n"),
    ):
        mark = mark_of(changed)
        assert mark is None or not mark.is_untouched


def test_a_file_of_ones_own_has_no_mark() -> None:
    assert mark_of("---\ntitle: Alone\n---\n\nOne.\n") is None
    assert mark_of('imported: "feed:1 0123456789abcdef"\n') is None


def test_a_file_is_named_by_slug_or_title_or_id() -> None:
    assert slug_for(FRONT, post_id="feed:1") == "quiet-straits"
    assert slug_for(FrontMatter(title="Où va l’Élysée?"), post_id="feed:1") == "ou-va-lelysee"
    assert slug_for(FrontMatter(title="海峡"), post_id="feed:17") == "feed-17"
    assert slug_for(FrontMatter(), post_id="海") == "post"
