"""What is the same for all exports."""

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import PostKind
from pipeline.sources.exports.record import Barrier, Found, Record, language_tag, plain, post_of, posts_of


@pytest.mark.parametrize(
    ("written", "tag"),
    [("en", "en"), ("en_gb", "en-GB"), ("EN-us", "en-US"), ("zh-Hant", "zh-Hant"), ("", ""), ("English (UK)", "")],
)
def test_languages(written: str, tag: str) -> None:
    assert language_tag(written) == tag


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("Quiet &amp; <em>cold</em>\n straits", "Quiet & cold straits"),
        ("a < b and c > d", "a < b and c > d"),
        ("1 &lt;b&gt; 2", "1 <b> 2"),
        ("How to use <thing> in C", "How to use <thing> in C"),
        ("Is x<y and y>z? Is x<a and b>c?", "Is x<y and y>z? Is x<a and b>c?"),
        ('One<br/>two <span class="a">three</span>', "One two three"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_titles_lose_their_tags_and_entities_once(markup: str, words: str) -> None:
    assert plain(markup) == words


def test_what_an_export_says_wrongly_is_not_said() -> None:
    record = Record(
        id="x:1", language="English", address="/quiet", name="Тихо", season="two", number="1e5", tags=("a", "", "a")
    )
    post = post_of(record, "<p>Text.</p>")
    assert post.draft is not None
    front = post.draft.front
    assert (front.language, front.source, front.slug, front.season, front.number) == ("", "", "", None, None)
    assert front.tags == ("a",)


def test_a_summary_is_a_piece_of_html() -> None:
    post = post_of(Record(id="x:1", summary="<p>On <b>tolls</b> &amp; rates.</p>"), "<p>Text.</p>")
    assert post.draft is not None
    assert post.draft.front.summary == "On tolls & rates."


def test_the_first_barrier_counts_and_all_are_said() -> None:
    barriers = Barrier(kind=PostKind.DRAFT, why="a draft"), Barrier(kind=PostKind.PAGE, why="a page")
    post = post_of(Record(id="x:1", barriers=barriers), "<p>Text.</p>")
    assert (post.kind, post.why, post.draft is None) == (PostKind.DRAFT, "a draft; a page", False)


def test_only_what_comes_from_the_start_on_is_read() -> None:
    read: list[int] = []

    def found(number: int) -> Found:
        def post():
            read.append(number)
            return post_of(Record(id=f"x:{number}"), "<p>Text.</p>")

        return Found(id=f"x:{number}", title="", post=post)

    assert [post.id for post in posts_of(map(found, range(5)), start=3)] == ["x:3", "x:4"]
    assert read == [3, 4]


def test_an_error_of_one_post_is_its_own() -> None:
    def fail():
        raise SourceError("is damaged", cure="mend it", path=Path("x"))

    (post,) = posts_of([Found(id="x:1", title="One", post=fail)], start=0)
    assert (post.is_broken, post.title, post.why) == (True, "One", "is damaged; mend it")
