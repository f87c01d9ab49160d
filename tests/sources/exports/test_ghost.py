"""Ghost's JSON, and the two formats that its editors keep texts in."""

import json
from pathlib import Path

import pytest
from lxml.html import fragment_fromstring

from pipeline.errors import SourceError
from pipeline.sources.draft import Post, PostKind, Source
from pipeline.sources.exports import ghost_posts
from pipeline.sources.exports.cards import CARDS, SILENT, html_of_card
from pipeline.sources.exports.lexical import html_of_lexical
from pipeline.sources.exports.mobiledoc import html_of_mobiledoc
from pipeline.sources.html.embeds import embed_of
from tests.sources.exports.made import ghost, ghost_post, lexical, node, words, written

TEXT = "<p>Tolls rose by a fifth.</p>"


def only(source: Source) -> Post:
    (post,) = ghost_posts(source, 0)
    return post


def test_a_post_says_all_that_the_export_knows(tmp_path: Path) -> None:
    post = ghost_post(
        1,
        TEXT,
        title="Tolls < quiet & cold",
        custom_excerpt="On tolls",
        slug="quiet-straits",
        canonical_url="https://harbour.example/quiet/",
    )
    source = ghost(
        tmp_path / "a.json",
        post,
        users=[{"id": "u1", "name": "Ines Calder"}, {"id": "u2", "name": "Tomas Reyl"}],
        posts_authors=[
            {"post_id": "6a01", "author_id": "u2", "sort_order": 1},
            {"post_id": "6a01", "author_id": "u1", "sort_order": 0},
        ],
        tags=[
            {"id": "t1", "name": "Trade"},
            {"id": "t2", "name": "#own"},
            {"id": "t3", "name": "x", "visibility": "internal"},
        ],
        posts_tags=[{"post_id": "6a01", "tag_id": tag} for tag in ("t3", "t2", "t1")],
        posts_meta=[{"post_id": "6a01", "meta_description": "What tolls do", "email_subject": "Read this"}],
        settings=[{"key": "locale", "value": "en_GB"}, {"key": "labs", "value": None}],
    )
    found = only(source)
    assert (found.id, found.kind, found.why) == (
        "ghost:00000000-0000-4000-8000-000000000001",
        PostKind.ARTICLE,
        "",
    )
    assert found.draft is not None
    front = found.draft.front
    assert (front.title, front.subtitle, front.summary) == ("Tolls < quiet & cold", "On tolls", "What tolls do")
    assert (front.author, front.tags, front.language) == ("Ines Calder and Tomas Reyl", ("Trade",), "en-GB")
    assert (front.published, front.slug) == ("2026-03-02T06:00:00+00:00", "quiet-straits")
    assert front.source == "https://harbour.example/quiet/"


@pytest.mark.parametrize(
    ("told", "kind", "why"),
    [
        ({"status": "draft"}, PostKind.DRAFT, "a draft, not published"),
        ({"status": "scheduled"}, PostKind.DRAFT, "scheduled, not published yet"),
        ({"status": "sent"}, PostKind.OTHER, "sent as an e-mail only, not on the site"),
        ({"visibility": "members"}, PostKind.PAID, "for members only"),
        ({"visibility": "paid"}, PostKind.PAID, "for paying members only"),
        ({"visibility": "tiers"}, PostKind.PAID, "for members of some tiers only"),
        ({"type": "page"}, PostKind.PAGE, "a page of the site, not an article"),
        ({"page": 1}, PostKind.PAGE, "a page of the site, not an article"),
    ],
)
def test_kinds(tmp_path: Path, told: dict[str, object], kind: PostKind, why: str) -> None:
    post = only(ghost(tmp_path / "a.json", ghost_post(1, TEXT, **told)))
    assert (post.kind, post.why) == (kind, why)
    assert post.draft is not None


@pytest.mark.parametrize("wrapped", ["db", "data", ""])
def test_shapes_of_the_file(tmp_path: Path, wrapped: str) -> None:
    source = ghost(tmp_path / "a.json", ghost_post(1, TEXT), wrapped=wrapped)
    assert only(source).draft is not None
    assert only(written(source.path, b"\xef\xbb\xbf" + source.path.read_bytes())).title == "Post 1"


def test_an_old_export(tmp_path: Path) -> None:
    post = {
        "id": 1,
        "title": "Old",
        "html": TEXT,
        "status": "published",
        "page": 0,
        "published_at": 1_772_431_200_000,
        "author_id": 3,
        "language": "en_US",
    }
    found = only(ghost(tmp_path / "a.json", post, users=[{"id": 3, "name": "Ines Calder"}]))
    assert (found.id, found.date) == ("ghost:1", "2026-03-02T06:00:00+00:00")
    assert found.draft is not None
    assert (found.draft.front.author, found.draft.front.language) == ("Ines Calder", "en-US")


def test_a_subtitle_that_only_repeats_how_the_text_begins_is_not_said_twice(tmp_path: Path) -> None:
    post = only(ghost(tmp_path / "a.json", ghost_post(1, TEXT, custom_excerpt="Tolls rose by a fifth")))
    assert post.draft is not None
    assert (post.draft.front.subtitle, post.draft.front.summary) == ("", "Tolls rose by a fifth")


def test_the_address_of_the_site_is_known_if_the_file_came_from_it(tmp_path: Path) -> None:
    text = '<p>See <a href="__GHOST_URL__/rates/?a=1&amp;b=2">the rates</a>.</p>'
    source = ghost(tmp_path / "a.json", ghost_post(1, text, canonical_url="__GHOST_URL__/quiet/"))
    fetched = Source(path=source.path, name="x", url="https://harbour.example/ghost/api/admin/db/")
    drafts = [only(one).draft for one in (source, fetched)]
    assert [draft.front.source for draft in drafts if draft] == ["", "https://harbour.example/quiet/"]
    assert [draft.markdown.strip() for draft in drafts if draft] == [
        "See the rates.",
        "See [the rates](https://harbour.example/rates/?a=1&b=2).",
    ]
    assert [[removal.text for removal in draft.removals] for draft in drafts if draft] == [["/rates/?a=1&b=2"], []]


def test_drafts_have_no_html_and_are_read_from_either_format(tmp_path: Path) -> None:
    tree = lexical(node("paragraph", words("Tolls rose.")))
    old = json.dumps({"version": "0.3.1", "sections": [[1, "p", [[0, [], 0, "Tolls rose."]]]]})
    posts = (
        ghost_post(1, None, status="draft", published_at=None, lexical=tree),
        ghost_post(2, "", status="draft", mobiledoc=old),
        ghost_post(3, None, status="draft"),
        ghost_post(4, None),
    )
    one, two, three, four = ghost_posts(ghost(tmp_path / "a.json", *posts), 0)
    assert [post.draft.markdown.strip() for post in (one, two) if post.draft] == ["Tolls rose."] * 2
    assert (one.date, three.draft, three.why) == ("", None, "a draft, not published; it has no text")
    assert (four.kind, four.why) == (PostKind.EMPTY, "has no text")


def test_broken_posts_do_not_stop_the_others(tmp_path: Path) -> None:
    posts = (
        ghost_post(1, TEXT, title=7),
        ghost_post(2, None, lexical='{"root": {'),
        ghost_post(3, None, mobiledoc='{"sections": [[10, 4]]}'),
        ghost_post(4, TEXT, published_at="soon"),
        ghost_post(5, TEXT),
        ghost_post(5, TEXT),
        ghost_post(6, None, lexical="[" * 100_000),
        ghost_post(7, "<p>Caf@</p>"),
    )
    source = ghost(tmp_path / "a.json", *posts)
    data = source.path.read_bytes().replace(b"Caf@", b"Caf\xe9")
    found = list(ghost_posts(written(source.path, data), 0))
    assert [post.is_broken for post in found] == [True, True, True, True, False, True, True, True]
    reasons = (
        "is not as Ghost writes posts",
        "format is damaged",
        "older format is damaged",
        "its published_at is 'soon'",
    )
    assert all(reason in post.why for reason, post in zip(reasons, found, strict=False))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b'{"db": [{"data": {"posts": [{"id": 1}, {"id"', "is no whole Ghost export"),
        (b'{"db": []}', "is no whole Ghost export"),
        (b'{"db": [{"data": {"tags": []}}]}', "has no `posts`"),
        (b"[" * 200_000, "is no whole Ghost export"),
        (b"<html>", "is no whole Ghost export"),
    ],
)
def test_files_that_are_no_export(tmp_path: Path, data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what):
        list(ghost_posts(written(tmp_path / "a.json", data), 0))


@pytest.mark.parametrize("start", [0, 1, 2, 3])
def test_starts_anywhere(tmp_path: Path, start: int) -> None:
    source = ghost(tmp_path / "a.json", ghost_post(1, TEXT), ghost_post(1, TEXT), ghost_post(2, TEXT))
    assert list(ghost_posts(source, start)) == list(ghost_posts(source, 0))[start:]


def test_lexical() -> None:
    nested = node("listitem", node("list", node("listitem", words("Inner")), tag="ul"))
    tree = lexical(
        node("extended-heading", words("Tolls"), tag="h2"),
        node("paragraph", words("A "), words("bold & italic", 3), {"type": "linebreak"}, words("x", 16), words(" ", 1)),
        node("paragraph", node("link", words("link"), url="https://harbour.example/?a=1&b=2")),
        node("list", node("listitem", words("Outer")), nested, node("listitem", words("Last")), tag="ol", start=3),
        node("extended-quote", words("Said.")),
        {"type": "horizontalrule"},
        {"type": "image", "src": "q.jpg", "alt": 'A "quay"', "caption": "The <em>quay</em>"},
        {"type": "hologram"},
    )
    markup, removals = html_of_lexical(tree)
    assert markup == (
        "<h2>Tolls</h2>"
        "<p>A <em><strong>bold &amp; italic</strong></em><br><code>x</code> </p>"
        '<p><a href="https://harbour.example/?a=1&amp;b=2">link</a></p>'
        '<ol start="3"><li>Outer<ul><li>Inner</li></ul></li><li>Last</li></ol>'
        "<blockquote>Said.</blockquote><hr>"
        '<figure class="kg-card kg-image-card"><img class="kg-image" src="q.jpg" alt="A &quot;quay&quot;">'
        "<figcaption>The <em>quay</em></figcaption></figure>"
    )
    assert [removal.text for removal in removals] == ["hologram"]


def test_mobiledoc() -> None:
    document = {
        "version": "0.3.1",
        "atoms": [["soft-return", "", {}]],
        "cards": [["image", {"src": "q.jpg", "alt": "Quay"}], ["hologram", {}], ["markdown", {"markdown": "A *b*."}]],
        "markups": [["strong"], ["a", ["href", "https://harbour.example/?a=1&b=2"]], ["blink"]],
        "sections": [
            [1, "h2", [[0, [], 0, "Tolls"]]],
            [1, "p", [[0, [], 0, "A < "], [0, [0, 1], 1, "link"], [1, [], 0, 0], [0, [], 1, "bold"], [0, [2], 1, "x"]]],
            [3, "ol", [[[0, [], 0, "One"]], [[0, [], 0, "Two"]]]],
            [1, "aside", [[0, [], 0, "Said."]]],
            [2, "p.jpg"],
            [10, 0],
            [10, 1],
            [10, 2],
        ],
    }
    markup, removals = html_of_mobiledoc(json.dumps(document))
    assert markup == (
        "<h2>Tolls</h2>"
        '<p>A &lt; <strong><a href="https://harbour.example/?a=1&amp;b=2">link</a><br>bold</strong><span>x</span></p>'
        "<ol><li>One</li><li>Two</li></ol><blockquote>Said.</blockquote>"
        '<figure><img src="p.jpg" alt=""></figure>'
        '<figure class="kg-card kg-image-card"><img class="kg-image" src="q.jpg" alt="Quay"></figure>'
        "<p>A <em>b</em>.</p>\n"
    )
    assert [removal.text for removal in removals] == ["hologram"]


CARD = {
    "calloutText": "Mind the <b>gap</b>",
    "heading": "Why",
    "content": "<p>Because.</p>",
    "code": "a < b",
    "url": "https://harbour.example/",
    "metadata": {"title": "Quiet & cold", "description": "On tolls", "publisher": "The Harbour Review"},
    "images": [{"src": "a.jpg", "alt": "One"}, {"src": "b.jpg"}],
    "fileTitle": "The treaty",
    "html": "<p>Raw</p>",
    "markdown": "A[^1]\n\n[^1]: Note.",
    "caption": "Below",
}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("callout", ["kg-callout-card", "Mind the <b>gap</b>"]),
        ("toggle", ["Why</h4>", "<p>Because.</p>"]),
        ("codeblock", ["a &lt; b</code></pre>"]),
        (
            "bookmark",
            ['href="https://harbour.example/"', "Quiet &amp; cold", "On tolls", "The Harbour Review", "Below"],
        ),
        ("embed", ["kg-embed-card", "<p>Raw</p>", "Below"]),
        ("gallery", ['src="a.jpg" alt="One"', 'src="b.jpg" alt=""', "Below"]),
        ("file", ["The treaty"]),
        ("html", ["<p>Raw</p>"]),
        ("markdown", ["Note."]),
        ("paywall", ["<!--members-only-->"]),
    ],
)
def test_cards(name: str, parts: list[str]) -> None:
    markup = html_of_card(name, CARD) or ""
    assert all(part in markup for part in parts), markup


@pytest.mark.parametrize("name", [*CARDS, *SILENT])
def test_a_card_without_its_settings_is_no_error(name: str) -> None:
    assert html_of_card(name, {"images": [None], "metadata": 5}) is not None


@pytest.mark.parametrize("told", [{"author": "Ines Calder", "publisher": "The Quay"}, {"publisher": "The Quay"}])
def test_a_bookmark_names_the_publication_as_its_place(told: dict[str, str]) -> None:
    markup = html_of_card("bookmark", {"url": "https://quay.example/x", "metadata": {"title": "Pilots", **told}})
    embed = embed_of(fragment_fromstring(markup or ""), base="")
    assert embed is not None
    assert embed.attribution == "“Pilots” in The Quay"
