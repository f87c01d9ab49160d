"""Files of one's own -> Posts: a folder of Markdown as Jekyll, Hugo or Obsidian keep it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import Post, PostKind, Source
from pipeline.sources.folder import folder_posts, text_posts


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def posts_in(folder: Path, start: int = 0) -> list[Post]:
    return list(folder_posts(Source(path=folder, name="letters"), start, read_file=read_text_file))


def read_text_file(source: Source, start: int) -> Iterator[Post]:
    return text_posts(source, start)


def only(path: Path) -> Post:
    (post,) = text_posts(Source(path=path, name=path.name), 0)
    return post


def test_a_post_of_jekyll_has_its_date_and_slug_in_its_name(tmp_path: Path) -> None:
    post = only(put(tmp_path, "2026-03-01-quiet-straits.md", "---\ntitle: Quiet\n---\n\nOne ferry.\n"))
    assert post.draft is not None
    assert (post.draft.front.published, post.draft.front.slug) == ("2026-03-01", "quiet-straits")
    assert (post.id, post.title, post.date) == ("file:2026-03-01-quiet-straits.md", "Quiet", "2026-03-01")
    assert (post.draft.markdown, post.draft.front.end) == ("One ferry.", 0)


def test_what_the_front_matter_says_counts_more_than_the_name(tmp_path: Path) -> None:
    text = "---\ntitle: Quiet\ndate: 2026-04-02\nslug: ferries\n---\n\nOne ferry.\n"
    post = only(put(tmp_path, "2026-03-01-quiet.md", text))
    assert post.draft is not None
    assert (post.draft.front.published, post.draft.front.slug) == ("2026-04-02", "ferries")


def test_the_body_stays_as_its_author_wrote_it(tmp_path: Path) -> None:
    body = '# The ferry\n\nIt waited in [[Salka|the port]].[^1] {{< figure src="a.png" >}}\n\n[^1]: For days.'
    post = only(put(tmp_path, "ferry.md", body))
    assert post.draft is not None
    assert post.draft.markdown == body
    assert post.title == "The ferry"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("empty.md", "---\ntitle: Quiet\n---\n\n", PostKind.EMPTY),
        ("plain.txt", "The ferry\n\nIt waited for days, and nobody could say for whom.\n", PostKind.OTHER),
        ("draft.md", "---\ntitle: Quiet\ndraft: true\n---\n\nOne ferry.\n", PostKind.DRAFT),
    ],
)
def test_what_does_not_come_in_says_why(tmp_path: Path, name: str, text: str, kind: PostKind) -> None:
    post = only(put(tmp_path, name, text))
    assert (post.kind, bool(post.why)) == (kind, True)


def test_a_folder_is_read_by_name_and_hidden_files_are_not(tmp_path: Path) -> None:
    put(tmp_path, "b/two.md", "# Two\n\nThe second.\n")
    put(tmp_path, "a.md", "# One\n\nThe first.\n")
    put(tmp_path, ".obsidian/three.md", "# Three\n\nNot to be read.\n")
    put(tmp_path, "_drafts/four.md", "# Four\n\nNot yet.\n")
    put(tmp_path, "notes.csv", "a,b\n")
    assert [(post.id, post.kind) for post in posts_in(tmp_path)] == [
        ("file:letters/_drafts/four.md", PostKind.DRAFT),
        ("file:letters/a.md", PostKind.ARTICLE),
        ("file:letters/b/two.md", PostKind.ARTICLE),
    ]
    assert [post.id for post in posts_in(tmp_path, 2)] == ["file:letters/b/two.md"]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "---\ntitle: never closed\n\nThe first.\n")
    put(tmp_path, "b.md", "# Two\n\nThe second.\n")
    bad, good = posts_in(tmp_path)
    assert (bad.is_broken, bad.title) == (True, "letters/a.md")
    assert "never closed" in bad.why
    assert (good.is_broken, good.title) == (False, "Two")
    with pytest.raises(SourceError, match="never closed"):
        only(tmp_path / "a.md")


def test_a_folder_without_an_article_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "notes.csv", "a,b\n")
    with pytest.raises(SourceError, match="holds no article"):
        posts_in(tmp_path)


@pytest.mark.parametrize(
    ("name", "slug", "title"),
    [
        ("quiet-straits/index.md", "quiet-straits", "index"),
        ("Where the cables land.md", "where-the-cables-land", "Where the cables land"),
    ],
)
def test_the_name_of_a_bundle_or_a_note_counts(tmp_path: Path, name: str, slug: str, title: str) -> None:
    post = only(put(tmp_path, name, "One ferry.\n"))
    assert post.draft is not None
    assert (post.draft.front.slug, post.title) == (slug, title)
