"""A Draft that could not be read again is found before anybody keeps it."""

import pytest

from pipeline.sources.draft import Draft, Post, PostKind
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.proving import proved


def post(markdown: str) -> Post:
    draft = Draft(front=FrontMatter(title="The ferry"), markdown=markdown)
    return Post(id="file:ferry.md", title="The ferry", date="", kind=PostKind.ARTICLE, draft=draft)


@pytest.mark.parametrize("markdown", ["The ferry waited.[^1]\n", "<!-- never closed\n", "```\nnever closed\n"])
def test_what_would_be_refused_later_is_broken_now(markdown: str) -> None:
    made = proved(post(markdown))
    assert (made.is_broken, made.draft) == (True, None)
    assert "; " in made.why
    assert "\n" not in made.why


def test_what_can_be_read_passes_as_it_is() -> None:
    whole = post("The ferry waited.[^1]\n\n[^1]: For days.\n")
    assert proved(whole) is whole
    without = Post(id="a", title="b", date="", kind=PostKind.EMPTY, why="has no text")
    assert proved(without) is without
