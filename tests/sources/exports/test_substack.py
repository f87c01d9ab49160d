"""Substack's zip."""

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import Post, PostKind, Source
from pipeline.sources.exports import substack_posts
from tests.sources.exports.made import COLUMNS, posts_csv, row, substack

QUIET = "101.quiet-straits"
TEXT = "<p>Tolls rose by a fifth.</p>"


def only(source: Source) -> Post:
    (post,) = substack_posts(source, 0)
    return post


def test_a_post_says_all_that_the_export_knows(tmp_path: Path) -> None:
    post = only(
        substack(
            tmp_path / "a.zip",
            [row(QUIET, title="Quiet &amp; cold straits", subtitle="On <em>tolls</em>")],
            {QUIET: TEXT},
        )
    )
    assert (post.id, post.kind, post.why, post.is_broken) == (f"substack:{QUIET}", PostKind.ARTICLE, "", False)
    assert post.draft is not None
    front = post.draft.front
    assert (front.title, front.subtitle) == ("Quiet & cold straits", "On tolls")
    assert (front.published, front.slug) == ("2026-03-02T06:00:00+00:00", "quiet-straits")
    assert (front.author, front.source, front.language) == ("", "", "")
    assert post.draft.markdown.strip() == "Tolls rose by a fifth."


@pytest.mark.parametrize(
    ("cells", "kind", "why"),
    [
        ({"is_published": "FALSE"}, PostKind.DRAFT, "a draft, not published"),
        ({"audience": "only_paid"}, PostKind.PAID, "for paying subscribers only"),
        ({"audience": "founding"}, PostKind.PAID, "for founding members only"),
        ({"audience": "only_free"}, PostKind.ARTICLE, ""),
        ({"type": "podcast"}, PostKind.PODCAST, "a podcast episode, not an article"),
        ({"podcast_url": "https://harbour.example/a.mp3"}, PostKind.ARTICLE, ""),
        ({"type": "page"}, PostKind.PAGE, "a page of the site, not an article"),
        ({"type": "thread"}, PostKind.OTHER, "a discussion thread, not an article"),
        ({"type": "adhoc_email"}, PostKind.OTHER, "an e-mail to subscribers, not a post"),
        ({"type": "restack"}, PostKind.OTHER, "a post of somebody else, passed on"),
        ({"type": "hologram"}, PostKind.OTHER, "of a kind that Substack calls “hologram”, not an article"),
        # What must not get out counts first, and everything is said.
        (
            {"is_published": "false", "audience": "only_paid", "type": "podcast"},
            PostKind.DRAFT,
            "a draft, not published; for paying subscribers only; a podcast episode, not an article",
        ),
    ],
)
def test_kinds(tmp_path: Path, cells: dict[str, str], kind: PostKind, why: str) -> None:
    post = only(substack(tmp_path / "a.zip", [row(QUIET, **cells)], {QUIET: TEXT}))
    assert (post.kind, post.why) == (kind, why)
    assert post.draft is not None, "who asks for such posts gets the text"


def test_a_podcast_is_told_by_its_sound_if_there_is_no_text(tmp_path: Path) -> None:
    cells = row(QUIET, podcast_url="https://harbour.example/a.mp3")
    post = only(substack(tmp_path / "a.zip", [cells], {QUIET: ""}))
    assert (post.kind, post.draft) == (PostKind.PODCAST, None)


def test_posts_without_text(tmp_path: Path) -> None:
    rows = [row("1.empty"), row("2.draft", is_published="false"), row("3.lost")]
    empty, draft, lost = substack_posts(substack(tmp_path / "a.zip", rows, {"1.empty": "<p> </p>"}), 0)
    assert (empty.kind, empty.why, empty.is_broken) == (PostKind.EMPTY, "has no text", False)
    assert (draft.kind, draft.why, draft.is_broken) == (PostKind.DRAFT, "a draft, not published; it has no text", False)
    assert lost.is_broken
    assert lost.why.startswith("posts/3.lost.html is not in the export; ")


def test_broken_posts_do_not_stop_the_others(tmp_path: Path) -> None:
    rows = [
        row("1.date", post_date="3/2/2026 6:00"),
        row("2.bytes"),
        row("3.again"),
        row("3.again", title="The other"),
        row("", title="Nameless"),
        row("4.title", title="Caf\udce9"),
        row("5.fine"),
    ]
    pages: dict[str, str | bytes] = dict.fromkeys(("1.date", "3.again", "4.title", "5.fine", "6.unlisted"), TEXT)
    posts = list(substack_posts(substack(tmp_path / "a.zip", rows, {**pages, "2.bytes": b"<p>Caf\xe9</p>"}), 0))
    assert [post.title for post in posts if not post.is_broken] == ["Again", "Fine"]
    told = {post.id: post.why for post in posts if post.is_broken}
    assert "post_date in posts.csv is '3/2/2026 6:00'" in told["substack:1.date"]
    assert "not UTF-8 (byte 0xe9 at offset 6)" in told["substack:2.bytes"]
    assert "has the id of post 3 of this export" in told["substack:3.again (again)"]
    assert "row 6 of posts.csv has no post_id" in told["substack:row 6"]
    assert "row 7 of posts.csv holds bytes that are not UTF-8" in told["substack:4.title"]
    assert "has no row in posts.csv" in told["substack:6.unlisted"]


def test_columns_are_found_by_name_and_a_folder_around_it_all_is_looked_into(tmp_path: Path) -> None:
    columns = ("word_count", *reversed(COLUMNS))
    data = "\ufeff".encode() + posts_csv([row(QUIET, word_count="5")], columns=columns, delimiter=";")
    post = only(substack(tmp_path / "a.zip", data, {QUIET: TEXT}, folder="Harbour export/"))
    assert (post.title, post.date) == ("Quiet straits", "2026-03-02T06:00:00+00:00")


def test_a_title_over_two_lines_and_with_commas(tmp_path: Path) -> None:
    post = only(substack(tmp_path / "a.zip", [row(QUIET, title='Tolls,\nand "tariffs"')], {QUIET: TEXT}))
    assert post.title == 'Tolls, and "tariffs"'


def test_a_row_with_too_many_cells_is_not_guessed_at(tmp_path: Path) -> None:
    data = posts_csv([row(QUIET)]).replace(b"Quiet straits", b"Quiet, straits")
    post = only(substack(tmp_path / "a.zip", data, {QUIET: TEXT}))
    assert post.is_broken
    assert "row 2 of posts.csv has 1 cells more than the head" in post.why


@pytest.mark.parametrize("start", [0, 1, 2, 3, 9])
def test_starts_anywhere(tmp_path: Path, start: int) -> None:
    rows = [row("1.a"), row("2.b"), row("2.b")]
    source = substack(tmp_path / "a.zip", rows, {"1.a": TEXT, "2.b": TEXT})
    assert list(substack_posts(source, start)) == list(substack_posts(source, 0))[start:]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"title,subtitle\nOne,two\n", "posts.csv in it has no column post_id"),
        (b"", "posts.csv in it has no column post_id and no column title"),
        (b'post_id,title\n1.a,"' + b"x" * 200_000, "posts.csv in it cannot be read"),
    ],
)
def test_a_list_that_cannot_be_read(tmp_path: Path, data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what):
        list(substack_posts(substack(tmp_path / "a.zip", data, {}), 0))


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    source = substack(tmp_path / "a.zip", [], {}, folder="x/")
    source.path.write_bytes(source.path.read_bytes().replace(b"posts.csv", b"pests.csv"))
    with pytest.raises(SourceError, match=r"has no posts\.csv in it"):
        list(substack_posts(source, 0))
