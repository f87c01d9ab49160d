"""What a page says of its article; nothing is guessed."""

import json

import pytest

from pipeline.sources.html.linked_data import linked_article
from pipeline.sources.html.parsing import tree_of
from pipeline.sources.html.stated import Stated, stated_on

URL = "https://harbourreview.example/world/river-compact?from=letter"


def stated(head: str = "", body: str = "", lang: str = "") -> Stated:
    root = tree_of(f'<html lang="{lang}"><head>{head}</head><body>{body}<p>Words.</p></body></html>')
    assert root is not None
    return stated_on(root, url=URL)


def linked(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def test_a_page_that_says_nothing_says_nothing() -> None:
    said = stated()
    assert (said.front.title, said.front.author, said.front.published, said.front.language) == ("", "", "", "")
    assert said.front.source == URL
    assert not said.is_paid


def test_json_ld_says_it_all() -> None:
    front = stated(
        linked(
            headline="Ministers share the river",
            alternativeHeadline="On paper",
            author=[{"@type": "Person", "name": "Ines Calder"}, {"name": "Tomas Reyl"}],
            datePublished="2026-02-28T18:20:00+01:00",
            description="A compact on the Tarn.",
            inLanguage="en_gb",
            keywords="Rivers, Treaties",
        )
    ).front
    assert front.title == "Ministers share the river"
    assert front.subtitle == "On paper"
    assert front.author == "Ines Calder and Tomas Reyl"
    assert front.published == "2026-02-28T18:20:00+01:00"
    assert (front.summary, front.language, front.tags) == ("A compact on the Tarn.", "en-GB", ("Rivers", "Treaties"))


def test_authors_in_a_graph_are_found_by_their_id() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "The weir", "author": {"@id": "#ines"}, "isPartOf": {"@id": "#site"}},
            {"@type": "Person", "@id": "#ines", "name": "Ines Calder"},
            {"@type": "WebSite", "@id": "#site", "name": "The Harbour Review"},
        ]
    }
    said = stated(f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert (said.front.author, said.site) == ("Ines Calder", "The Harbour Review")


def test_of_several_articles_only_the_one_of_the_page_counts() -> None:
    ours = linked(headline="Ours", url="http://www.harbourreview.example/world/river-compact/")
    assert stated(linked(headline="Another", url="https://x.example/y") + ours).front.title == "Ours"
    assert stated(linked(headline="One") + linked(headline="Two")).front.title == ""


@pytest.mark.parametrize(
    "script",
    [
        "{not json",
        "[" * 100_000,
        '{"@type": "NewsArticle", "headline": ["x", {"a": 1}], "author": 7, "datePublished": {}, "keywords": [[1]]}',
        '{"@type": 3, "headline": null}',
        "null",
        '"text"',
    ],
)
def test_broken_json_ld_says_nothing_and_breaks_nothing(script: str) -> None:
    front = stated(f'<script type="application/ld+json">{script}</script>{meta("author", "Ines Calder")}').front
    assert (front.author, front.published) == ("Ines Calder", "")


def test_json_ld_in_a_comment_or_cdata_is_read() -> None:
    for before, after in (("<!--", "-->"), ("//<![CDATA[\n", "\n//]]>"), ("/* <![CDATA[ */", "/* ]]> */")):
        script = f'<script type="application/ld+json">{before}{{"@type":"Article","headline":"Weir"}}{after}</script>'
        root = tree_of(script)
        assert root is not None
        assert linked_article(root, addresses=()).headline == "Weir"


@pytest.mark.parametrize(
    "tab",
    [
        "Who closes the gates? | The Harbour Review",
        "Who closes the gates? – The Harbour Review",
        "The Harbour Review: Who closes the gates?",
        "The Harbour Review » Who closes the gates?",
        "Who closes the gates?",
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(tab: str) -> None:
    head = f'<title>{tab}</title><meta property="og:site_name" content="The Harbour Review">'
    assert stated(head).front.title == "Who closes the gates?"


@pytest.mark.parametrize(
    ("tab", "body", "title"),
    [
        ("Who closes the gates? | The Harbour Review", "<h2>Who closes the gates?</h2>", "Who closes the gates?"),
        (
            "Who closes the gates? | The Harbour Review",
            "<h1>The Harbour Review</h1><h2>Who closes the gates?</h2>",
            "Who closes the gates?",
        ),
        ("The weir - a history", "<h1>The weir - a history</h1><h2>The weir</h2>", "The weir - a history"),
        ("The weir: a history", "<h2>The weir</h2>", "The weir: a history"),
        ("The weir - notes", "<h2>Notes</h2>", "The weir - notes"),
    ],
)
def test_a_lower_heading_says_where_the_title_ends(tab: str, body: str, title: str) -> None:
    assert stated(f"<title>{tab}</title>", body).front.title == title


def test_the_author_is_no_part_of_the_title() -> None:
    tab = "<title>Who closes the gates? | Ines Calder</title>"
    assert stated(tab + meta("author", "Ines Calder")).front.title == "Who closes the gates?"
    assert stated(tab).front.title == "Who closes the gates? | Ines Calder"


def test_a_dash_in_a_title_stays() -> None:
    head = (
        '<title>Korr - a bridge - and two opinions</title><meta property="og:site_name" content="The Harbour Review">'
    )
    assert stated(head).front.title == "Korr - a bridge - and two opinions"


def test_the_heading_that_is_shown_is_the_title_not_the_one_for_machines() -> None:
    head = '<meta property="og:title" content="Ministers agree to share the river, on">'
    body = "<h1><a>The Harbour Review</a></h1><h1>Ministers agree to share the river, on paper</h1>"
    assert stated(head, body).front.title == "Ministers agree to share the river, on paper"


def test_the_only_heading_is_the_title_where_nothing_else_says_one() -> None:
    assert stated(body="<h1>The weir</h1>").front.title == "The weir"


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        (meta("author", "By Ines Calder"), "", "Ines Calder"),
        (
            meta("citation_author", "Ines Calder") + meta("citation_author", "Tomas Reyl"),
            "",
            "Ines Calder and Tomas Reyl",
        ),
        ("", '<a rel="author" href="/ines">Ines Calder</a>', "Ines Calder"),
        ("", '<p itemprop="author"><span itemprop="name">Ines Calder</span>, Oldharbour</p>', "Ines Calder"),
        ('<meta property="article:author" content="https://social.example/ines">', "", ""),
        (meta("author", "admin"), "", ""),
        (meta("author", "harbourreview.example"), "", ""),
        (meta("author", "The Harbour Review") + '<meta property="og:site_name" content="The Harbour Review">', "", ""),
        ("", "<p>By Ines Calder</p>", ""),
        ("", '<p class="story-byline">By Ines Calder and Tomas Reyl</p>', "Ines Calder and Tomas Reyl"),
        ("", '<p class="byline">By the harbour at night.</p>', ""),
        ("", '<span class="author vcard"><a class="url fn n">Ines Calder</a></span>', "Ines Calder"),
        ("", '<div class="comment-author vcard"><b class="fn">A Reader</b></div>', ""),
        ("", '<aside><p class="byline">By Tomas Reyl</p></aside>', ""),
        ("", '<div class="wp-block-post-author-name"><a>Ines Calder</a></div>', "Ines Calder"),
        (meta("author", "Ines Calder, Senior Fellow"), "", "Ines Calder"),
        (meta("author", "Ines Calder, Tomas Reyl"), "", "Ines Calder, Tomas Reyl"),
        (meta("author", "Ines Calder, editor, and Tomas Reyl"), "", "Ines Calder, editor, and Tomas Reyl"),
    ],
)
def test_the_byline_is_what_the_page_calls_so(head: str, body: str, author: str) -> None:
    assert stated(head, body).front.author == author


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ('<meta property="article:published_time" content="2026-03-04T05:45:00Z">', "", "2026-03-04T05:45:00+00:00"),
        (meta("citation_publication_date", "2026/3/4"), "", "2026-03-04"),
        (meta("date", "2026-03-04"), "", "2026-03-04"),
        ("", '<time datetime="2026-03-04">4 March</time>', "2026-03-04"),
        ("", '<span class="post-date">March 4, 2026</span>', "2026-03-04"),
        ("", '<div class="published-date">Published on 4 March 2026</div>', "2026-03-04"),
        ("", '<p class="date">04.03.2026</p>', "2026-03-04"),
        ("", '<p class="date">04.13.2026</p>', ""),
        ("", '<span class="entry-date">4 March 2026</span>', "2026-03-04"),
        ("", '<time datetime="2026-03-04">x</time><time datetime="2026-03-05">y</time>', ""),
        ("", "<p>It was signed on 4 March 2026.</p>", ""),
        (meta("date", "0001-01-01"), "", ""),
        (meta("date", "soon"), "", ""),
    ],
)
def test_a_date_is_one_that_the_page_calls_its_own(head: str, body: str, date: str) -> None:
    assert stated(head, body).front.published == date


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ('<link rel="canonical" href="/world/compact">', "https://harbourreview.example/world/compact"),
        ('<link rel="canonical" href="https://harbourreview.example/">', URL),
        ('<meta property="og:url" content="https://causewayletter.example/p/x">', "https://causewayletter.example/p/x"),
        ('<link rel="canonical" href="http://[half">', URL),
        ('<link rel="canonical" href="javascript:alert(1)">', URL),
    ],
)
def test_the_address_is_the_canonical_one_unless_that_is_a_slip(head: str, source: str) -> None:
    assert stated(head).front.source == source


def test_the_standfirst_stands_below_the_title_and_is_no_box_further_down() -> None:
    box = "<h1>The weir</h1>" + "<p>Prose.</p>" * 20 + '<p class="subtitle">Let your friends know of it.</p>'
    assert stated(body=box).front.subtitle == ""
    body = '<h1>The weir</h1><p class="article-standfirst">Two armies guard one gate.</p>'
    assert stated(body=body).front.subtitle == "Two armies guard one gate."


@pytest.mark.parametrize("mark", ['class="pw-subtitle-paragraph x"', 'data-gu-name="standfirst"'])
def test_what_large_sites_call_the_standfirst(mark: str) -> None:
    assert stated(body=f"<h1>The weir</h1><div {mark}>Two armies guard one gate.</div>").front.subtitle


@pytest.mark.parametrize(("lang", "tag"), [("en", "en"), ("en_gb", "en-GB"), ("pt-BR", "pt-BR"), ("the King's", "")])
def test_the_language_is_written_as_a_tag(lang: str, tag: str) -> None:
    assert stated(lang=lang).front.language == tag


def test_tags_are_those_that_the_page_shows_before_those_for_machines() -> None:
    head = meta("keywords", "a, b") + '<meta property="article:tag" content="Rivers">'
    assert stated(head, '<a rel="tag">Weirs</a>').front.tags == ("Rivers",)
    assert stated(meta("keywords", "a, b"), '<a rel="tag">Weirs</a>').front.tags == ("Weirs",)
    assert stated(meta("keywords", "rivers, treaties")).front.tags == ("rivers", "treaties")


@pytest.mark.parametrize(("said", "is_paid"), [(False, True), ("False", True), (True, False), (None, False)])
def test_what_not_everybody_may_read_is_said_so(said: object, *, is_paid: bool) -> None:
    assert stated(linked(headline="Weir", isAccessibleForFree=said)).is_paid is is_paid
