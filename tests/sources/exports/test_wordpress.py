"""WordPress's WXR."""

import json
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import Post, PostKind, Source
from pipeline.sources.exports import wordpress_posts
from tests.sources.exports.made import meta, term, wordpress, wp_item, written


def only(source: Source) -> Post:
    (post,) = wordpress_posts(source, 0)
    return post


def markdown(tmp_path: Path, content: str, *, inside: str = "") -> str:
    post = only(wordpress(tmp_path / "a.xml", wp_item(1, content, inside=inside)))
    assert post.draft is not None, post.why
    return post.draft.markdown.strip()


def test_a_post_says_all_that_the_export_knows(tmp_path: Path) -> None:
    terms = (
        term("category", "uncategorized", "Uncategorized")
        + term("category", "trade", "Trade &amp; tolls")
        + term("post_tag", "straits", "Straits")
        + term("series", "sea-lanes", "Sea Lanes")
        + term("post_format", "post-format-aside", "Aside")
    )
    item = wp_item(7, "Tolls rose.", title="Quiet &#8212; &amp; cold", excerpt="What <b>tolls</b> do", inside=terms)
    post = only(wordpress(tmp_path / "a.xml", item))
    assert (post.id, post.kind, post.why) == ("wordpress:https://harbour.example/?p=7", PostKind.ARTICLE, "")
    assert post.draft is not None
    front = post.draft.front
    assert (front.title, front.summary, front.author) == ("Quiet — & cold", "What tolls do", "Ines Calder")
    assert (front.published, front.language) == ("2026-03-02T06:00:00+00:00", "en-GB")
    assert (front.source, front.slug) == ("https://harbour.example/post-7/", "post-7")
    assert (front.tags, front.series) == (("Trade & tolls", "Straits"), "Sea Lanes")


@pytest.mark.parametrize(
    ("told", "kind", "why"),
    [
        ({"status": "draft"}, PostKind.DRAFT, "a draft, not published"),
        ({"status": "pending"}, PostKind.DRAFT, "waits for review, not published"),
        ({"status": "future"}, PostKind.DRAFT, "scheduled, not published yet"),
        ({"status": "private"}, PostKind.DRAFT, "private, seen only by the people of the site"),
        ({"status": "trash"}, PostKind.DRAFT, "in the bin of the site"),
        ({"status": "in-legal"}, PostKind.DRAFT, "its status is “in-legal”, not published"),
        ({"password": "quay"}, PostKind.PAID, "protected by a password"),
        ({"type": "page"}, PostKind.PAGE, "a page of the site, not an article"),
        ({"type": "report"}, PostKind.OTHER, "of the site's own kind “report”, not a post"),
    ],
)
def test_kinds(tmp_path: Path, told: dict[str, str], kind: PostKind, why: str) -> None:
    post = only(wordpress(tmp_path / "a.xml", wp_item(1, "Tolls rose.", **told)))
    assert (post.kind, post.why) == (kind, why)
    assert post.draft is not None
    assert (post.draft.front.source == "") == ("status" in told), "nobody can read an unpublished post at its address"


def test_parts_of_the_site_are_not_counted(tmp_path: Path) -> None:
    kinds = ("attachment", "nav_menu_item", "revision", "custom_css", "wp_block", "wp_global_styles", "acf-field")
    items = [wp_item(number, "", type=kind) for number, kind in enumerate(kinds)]
    assert only(wordpress(tmp_path / "a.xml", *items, wp_item(90, "Tolls rose."), *items)).title == "Post 90"


def test_dates_of_drafts_are_local_and_keep_the_day_alone(tmp_path: Path) -> None:
    never = "0000-00-00 00:00:00"
    items = (
        wp_item(1, "x", status="draft", date="2026-03-02 23:30:00", date_gmt=never),
        wp_item(2, "x", status="draft", date=never, date_gmt=never),
        wp_item(3, "x", date="2206-13-02 23:30:00", date_gmt="2206-13-02 23:30:00"),
    )
    local, none, absurd = wordpress_posts(wordpress(tmp_path / "a.xml", *items), 0)
    assert (local.date, none.date, none.is_broken) == ("2026-03-02", "", False)
    assert absurd.is_broken
    assert "its wp:post_date is '2206-13-02 23:30:00'" in absurd.why


def test_several_authors_and_names_nobody_knows(tmp_path: Path) -> None:
    both = term("author", "cap-icalder", "icalder") + term("author", "cap-treyl", "Tomas Reyl") * 2
    items = wp_item(1, "x", inside=both), wp_item(2, "x", creator="ICalder"), wp_item(3, "x", creator="admin7")
    posts = wordpress_posts(wordpress(tmp_path / "a.xml", *items), 0)
    authors = [post.draft.front.author for post in posts if post.draft is not None]
    assert authors == ["Ines Calder and Tomas Reyl", "Ines Calder", ""]


def test_the_language_of_a_translated_post(tmp_path: Path) -> None:
    post = only(wordpress(tmp_path / "a.xml", wp_item(1, "Mehr Zoll.", inside=term("language", "de", "Deutsch"))))
    assert post.draft is not None
    assert post.draft.front.language == "de"


def test_text_of_the_older_editor_has_paragraphs(tmp_path: Path) -> None:
    assert (
        markdown(tmp_path, "One.\n\nTwo.\r\n\r\n<h2>Tolls</h2>\nThree [sic].")
        == "One.\n\nTwo.\n\n## Tolls\n\nThree \\[sic\\]."
    )


def test_text_of_the_newer_editor_keeps_its_own(tmp_path: Path) -> None:
    content = (
        "<!-- wp:paragraph -->\n<p>One\nline.</p>\n<!-- /wp:paragraph -->\n\nBare\n\ntext.\n\n"
        '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading">Tolls</h3>\n<!-- /wp:heading -->\n'
        "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n"
        "<!-- wp:quote -->\n<blockquote><!-- wp:paragraph -->\n<p>Said.</p>\n<!-- /wp:paragraph --></blockquote>\n"
        "<!-- /wp:quote -->"
    )
    assert markdown(tmp_path, content) == "One line.\n\nBare\n\ntext.\n\n### Tolls\n\n> Said."


def test_footnotes_of_the_newer_editor_come_from_beside_the_text(tmp_path: Path) -> None:
    kept = json.dumps([{"id": "ab-1", "content": "By a <em>fifth</em>."}])
    content = (
        '<!-- wp:paragraph -->\n<p>Tolls rose.<sup data-fn="ab-1" class="fn"><a href="#ab-1" id="ab-1-link">1</a></sup>'
        "</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:footnotes /-->"
    )
    assert markdown(tmp_path, content, inside=meta("footnotes", kept)) == "Tolls rose.[^1]\n\n[^1]: By a *fifth*."
    damaged = only(wordpress(tmp_path / "b.xml", wp_item(1, content, inside=meta("footnotes", kept[:-2]))))
    assert damaged.is_broken
    assert "its footnotes" in damaged.why


def test_footnotes_of_plugins(tmp_path: Path) -> None:
    assert markdown(tmp_path, "Tolls rose.[ref]By a fifth.[/ref]") == "Tolls rose.[^1]\n\n[^1]: By a fifth."


def test_what_is_taken_out_is_told(tmp_path: Path) -> None:
    content = 'One.\n\n[contact-form-7 id="3"]\n\n<!-- wp:block {"ref":12} /-->'
    post = only(wordpress(tmp_path / "a.xml", wp_item(1, content)))
    assert post.draft is not None
    assert [removal.text for removal in post.draft.removals] == [
        '[contact-form-7 id="3"]',
        '<!-- wp:block {"ref":12} /-->',
    ]


def test_an_episode_is_told_by_its_sound_and_short_notes(tmp_path: Path) -> None:
    sound = meta("enclosure", "https://harbour.example/a.mp3\n1234567\naudio/mpeg\n")
    items = wp_item(1, "Notes.", inside=sound), wp_item(2, "word " * 500, inside=sound)
    notes, article = wordpress_posts(wordpress(tmp_path / "a.xml", *items), 0)
    assert (notes.kind, article.kind) == (PostKind.PODCAST, PostKind.ARTICLE)


def test_broken_posts_do_not_stop_the_others(tmp_path: Path) -> None:
    source = wordpress(tmp_path / "a.xml", *(wp_item(number, f"Text {number}.") for number in (1, 2, 2, 3)))
    data = source.path.read_bytes().replace(b"Text 1.", b"Caf\xe9.").replace(b"Text 3.", b"Te\x0bxt 3.")
    posts = list(wordpress_posts(written(source.path, data), 0))
    assert [post.is_broken for post in posts] == [True, False, True, False]
    assert posts[0].why.startswith("holds bytes that are not UTF-8; ")
    assert "has the id of post 2" in posts[2].why


def test_a_reader_comment_with_broken_bytes_breaks_nothing(tmp_path: Path) -> None:
    comment = "<wp:comment><wp:comment_content><![CDATA[Caf@]]></wp:comment_content></wp:comment>"
    source = wordpress(tmp_path / "a.xml", wp_item(1, "Tolls rose.", inside=comment))
    assert not only(written(source.path, source.path.read_bytes().replace(b"Caf@", b"Caf\xe9"))).is_broken


def test_a_file_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    source = wordpress(tmp_path / "a.xml", *(wp_item(number, f"Text {number}.") for number in (1, 2, 3)))
    data = source.path.read_bytes()
    posts = wordpress_posts(written(source.path, data[: data.index(b"Text 3")]), 0)
    assert [next(posts).title, next(posts).title] == ["Post 1", "Post 2"]
    with pytest.raises(SourceError, match="2 posts came before that"):
        next(posts)


@pytest.mark.parametrize("start", [0, 1, 3, 4])
def test_starts_anywhere(tmp_path: Path, start: int) -> None:
    items = (
        wp_item(1, "One."),
        wp_item(2, "", type="attachment"),
        wp_item(3, "Three."),
        wp_item(3, "Again."),
        wp_item(4, "Four."),
    )
    source = wordpress(tmp_path / "a.xml", *items)
    assert list(wordpress_posts(source, start)) == list(wordpress_posts(source, 0))[start:]


def test_older_versions(tmp_path: Path) -> None:
    source = wordpress(tmp_path / "a.xml", wp_item(5, "Tolls rose.", excerpt="In short"))
    data = source.path.read_bytes().replace(b"wordpress.org/export/1.2/", b"wordpress.org/export/1.0/")
    post = only(written(source.path, data))
    assert post.draft is not None
    assert (post.draft.front.author, post.draft.front.summary) == ("Ines Calder", "In short")


def test_entities_of_its_own_are_refused(tmp_path: Path) -> None:
    source = wordpress(tmp_path / "a.xml", wp_item(1, "x"))
    bomb = b'?>\n<!DOCTYPE rss [<!ENTITY a "boo"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(SourceError, match="declares entities"):
        list(wordpress_posts(written(source.path, source.path.read_bytes().replace(b"?>", bomb, 1)), 0))
