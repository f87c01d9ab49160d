"""Feeds, by both roads."""

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import Post, PostKind, Source
from pipeline.sources.exports import feed_posts
from pipeline.sources.exports.feedlenient import items_of_anything
from pipeline.sources.exports.record import posts_of
from tests.sources.exports.made import atom, rss, rss_item, source, written

WHOLE = "<p>Tolls rose by a fifth.</p>"
LONG = "word " * 250


def only(source: Source) -> Post:
    (post,) = feed_posts(source, 0)
    return post


def described(tmp_path: Path, **told: str) -> Post:
    return only(written(tmp_path / "feed.xml", rss("", rss_item(1, **told))))


RSS = rss(
    "<title>The Harbour Review</title><language>en-gb</language>",
    rss_item(
        1,
        content='<p>Tolls &amp; <a href="/rates">rates</a>.</p>',
        description="On tolls",
        inside=(
            "<dc:creator>Ines Calder</dc:creator><dc:creator>Tomas Reyl</dc:creator>"
            "<category>Trade &amp; tolls</category><category domain='x'>Straits</category>"
            "<itunes:season>2</itunes:season><itunes:episode>14</itunes:episode>"
        ),
    ),
    rss_item(
        2,
        content=WHOLE,
        date="Mon, 02 Mar 2026 06:00:00 CET",
        inside="<author>ines@harbour.example (Ines Calder)</author>",
    ),
    rss_item(3, description="Only so much …"),
    rss_item(4, description=LONG),
    rss_item(
        5, description="Notes", inside='<enclosure url="https://harbour.example/a.mp3" type="audio/mpeg" length="9"/>'
    ),
    "<item><title>Bare &lt;i&gt;one&lt;/i&gt;</title><link>https://harbour.example/p/bare</link>"
    f"<dc:date>2026-03-03T07:00:00+01:00</dc:date><description>{LONG}</description></item>",
    "<item><itunes:title>Named elsewhere</itunes:title><guid>https://harbour.example/p/here</guid>"
    f"<dc:language>de</dc:language><description>{LONG}</description></item>",
)
ATOM = atom(
    "<title>The Harbour Review</title><author><name>Ines Calder</name></author>",
    '<entry xml:lang="fr"><title type="html">Tolls &amp;amp; &lt;em&gt;rates&lt;/em&gt;</title><id>urn:uuid:1</id>'
    '<link href="https://harbour.example/p/one"/><link rel="enclosure" type="image/png" href="x.png"/>'
    "<updated>2026-03-05T06:00:00Z</updated><published>2026-03-02T06:00:00+02:00</published>"
    '<content type="html">&lt;p&gt;Tolls rose.&lt;/p&gt;</content><summary>On tolls</summary>'
    '<category term="trade" label="Trade"/><category term="straits"/></entry>',
    "<entry><title>Rates &lt; tolls</title><id>urn:uuid:2</id><updated>2026-03-02T06:00:00Z</updated>"
    "<author><name>Tomas Reyl</name></author>"
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Tolls <b>rose</b> &amp; fell.</p>'
    "<br/><p>x</p></div></content>"
    "</entry>",
    "<entry><title>Plain</title><id>urn:uuid:3</id><updated>2026-03-02T06:00:00Z</updated>"
    "<content>One &lt; two.\n\nThree.</content></entry>",
    "<entry><title>Short</title><id>urn:uuid:4</id><updated>2026-03-02T06:00:00Z</updated>"
    '<link rel="alternate" href="https://harbour.example/p/four"/><summary>Only so much</summary></entry>',
)
RDF = (
    '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    '<channel rdf:about="https://harbour.example/"><title>The Harbour Review</title>'
    "<dc:language>en</dc:language></channel>"
    '<item rdf:about="https://harbour.example/p/one"><title>One</title><link>https://harbour.example/p/one</link>'
    "<dc:creator>Ines Calder</dc:creator><dc:date>2026-03-02T06:00:00Z</dc:date><dc:subject>Trade</dc:subject>"
    f"<content:encoded><![CDATA[{WHOLE}]]></content:encoded></item></rdf:RDF>"
)


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF], ids=["rss", "atom", "rdf"])
def test_both_roads_agree(tmp_path: Path, feed: str) -> None:
    strict = list(feed_posts(written(tmp_path / "feed.xml", feed), 0))
    lenient = list(posts_of(items_of_anything(feed.encode()), start=0))
    assert strict == lenient
    assert len(strict) == feed.count("</item>") + feed.count("</entry>")


def test_rss(tmp_path: Path) -> None:
    posts = list(feed_posts(written(tmp_path / "feed.xml", RSS), 0))
    first = posts[0]
    assert (first.id, first.kind, first.why) == ("feed:harbour-1", PostKind.ARTICLE, "")
    assert first.draft is not None
    front = first.draft.front
    assert (front.title, front.author, front.summary) == ("Post 1", "Ines Calder and Tomas Reyl", "On tolls")
    assert (front.published, front.language, front.slug) == ("2026-03-02T06:00:00+00:00", "en-GB", "post-1")
    assert (front.tags, front.season, front.number) == (("Trade & tolls", "Straits"), 2, 14)
    assert front.source == "https://harbour.example/p/post-1"
    fronts = [post.draft.front if post.draft else None for post in posts]
    assert fronts[1] is not None
    assert (fronts[1].author, fronts[1].published) == ("Ines Calder", "2026-03-02T06:00:00+01:00")
    assert [post.kind.value for post in posts] == [
        "article",
        "article",
        "other",
        "article",
        "podcast",
        "article",
        "article",
    ]
    assert [post.id for post in posts[5:]] == [
        "feed:https://harbour.example/p/bare",
        "feed:https://harbour.example/p/here",
    ]
    assert [post.title for post in posts[5:]] == ["Bare one", "Named elsewhere"]
    assert fronts[6] is not None
    assert (fronts[6].language, fronts[6].source) == ("de", "https://harbour.example/p/here")


def test_atom(tmp_path: Path) -> None:
    posts = list(feed_posts(written(tmp_path / "feed.xml", ATOM), 0))
    fronts = [post.draft.front for post in posts if post.draft]
    assert [front.title for front in fronts] == ["Tolls & rates", "Rates < tolls", "Plain"]
    assert [front.author for front in fronts] == ["Ines Calder", "Tomas Reyl", "Ines Calder"]
    assert (fronts[0].published, fronts[0].language) == ("2026-03-02T06:00:00+02:00", "fr")
    assert (fronts[0].tags, fronts[0].summary) == (("Trade", "straits"), "On tolls")
    texts = [post.draft.markdown for post in posts if post.draft]
    assert "rose" in texts[1]
    assert "One" in texts[2]
    assert "two." in texts[2]
    assert posts[3].why.endswith("import the page itself: audio-edition import https://harbour.example/p/four")


@pytest.mark.parametrize(
    "told",
    [
        {"description": "Tolls rose by a fifth."},
        {"description": f"{LONG} [&#8230;]"},
        {"description": f"{LONG}..."},
        {"content": f"<p>{LONG}</p><p><a href='https://harbour.example/p/post-1'>Read more</a></p>"},
        {"content": "<p>It began. <a href='x'>Continue reading <span>Quiet straits</span> &rarr;</a></p>"},
    ],
)
def test_a_part_of_a_text_is_not_taken_for_it(tmp_path: Path, told: dict[str, str]) -> None:
    post = described(tmp_path, **told)
    assert (post.kind, post.draft, post.is_broken) == (PostKind.OTHER, None, False)
    assert post.why.startswith("the feed has only the beginning or a summary of it; ")


@pytest.mark.parametrize(
    "told",
    [{"description": LONG}, {"content": "<p>And so we wait…</p>"}, {"content": "<p>Please read more carefully.</p>"}],
)
def test_a_whole_text_is_taken_for_one(tmp_path: Path, told: dict[str, str]) -> None:
    assert described(tmp_path, **told).kind is PostKind.ARTICLE


def test_what_wordpress_puts_below_every_post_is_taken_out(tmp_path: Path) -> None:
    footer = '<p>The post <a href="x">Quiet</a> appeared first on <a href="y">The Harbour Review</a>.</p>'
    post = described(tmp_path, content=WHOLE + footer)
    assert post.draft is not None
    assert "appeared" not in post.draft.markdown
    assert [removal.text for removal in post.draft.removals] == ["The post Quiet appeared first on The Harbour Review."]


def test_a_description_that_only_begins_the_text_is_no_summary(tmp_path: Path) -> None:
    post = described(tmp_path, content=WHOLE, description="Tolls rose by")
    assert post.draft is not None
    assert post.draft.front.summary == ""


@pytest.mark.parametrize(
    "damage",
    [
        ("<title>The Harbour Review</title>", "<title>Harbour & Review</title>"),
        ("<title>Post 4</title>", "<title>Post 4&nbsp;</title>"),
        ("<?xml", "\n\n<?xml"),
        ("<title>Post 3</title>", "<title>Post 3<b></title>"),
    ],
)
def test_what_is_not_well_formed_is_read_all_the_same(tmp_path: Path, damage: tuple[str, str]) -> None:
    posts = list(feed_posts(written(tmp_path / "feed.xml", RSS.replace(*damage)), 0))
    sound = list(feed_posts(written(tmp_path / "feed.xml", RSS), 0))
    assert [post.id for post in posts] == [post.id for post in sound]
    assert [post.draft for post in posts] == [post.draft for post in sound]


def test_a_feed_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    posts = feed_posts(written(tmp_path / "feed.xml", RSS[: RSS.index("Post 3")]), 0)
    assert [next(posts).title, next(posts).title] == ["Post 1", "Post 2"]
    with pytest.raises(SourceError, match="breaks off in the middle; 2 posts came before that"):
        next(posts)


def test_broken_posts_do_not_stop_the_others(tmp_path: Path) -> None:
    items = (
        rss_item(1, content="<p>Caf@</p>"),
        rss_item(2, content=WHOLE, date="someday"),
        rss_item(3, content=WHOLE),
        rss_item(3, content=WHOLE),
    )
    data = rss("", *items).encode().replace(b"Caf@", b"Caf\xe9")
    posts = list(feed_posts(written(tmp_path / "feed.xml", data), 0))
    assert [post.is_broken for post in posts] == [True, False, False, True]
    assert "bytes that are not UTF-8" in posts[0].why


def test_a_text_whose_date_is_none_is_read_without_one(tmp_path: Path) -> None:
    post = described(tmp_path, content=WHOLE, date="someday")
    assert (post.kind, post.date, post.is_broken) == (PostKind.ARTICLE, "", False)
    assert post.draft is not None
    assert (post.draft.front.published, post.draft.markdown.strip()) == ("", "Tolls rose by a fifth.")
    (removal,) = post.draft.removals
    assert removal.text == "someday"
    assert "no date from 1970 to 2099" in removal.reason


@pytest.mark.parametrize("start", [0, 1, 4, 7, 8])
@pytest.mark.parametrize("damage", ["", " & "])
def test_starts_anywhere(tmp_path: Path, start: int, damage: str) -> None:
    feed = written(tmp_path / "feed.xml", RSS.replace("Post 4", f"Post{damage}4"))
    assert list(feed_posts(feed, start)) == list(feed_posts(feed, 0))[start:]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    feed = rss("", rss_item(1, content="<p>Café</p>")).replace("UTF-8", encoding)
    post = only(written(tmp_path / "feed.xml", feed.encode(encoding)))
    assert post.draft is not None
    assert post.draft.markdown.strip() == "Café"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body><p>No feed</p></body></html>",
        b'<rss version="2.0"><channel><title>Empty</title></channel></rss>',
        b"<html><p>No & feed</html>",
    ],
)
def test_what_is_no_feed(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError):
        list(feed_posts(written(tmp_path / "feed.xml", data), 0))


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE rss [<!ENTITY a "boo"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd"> & ]>',
    ],
)
def test_entities_of_its_own_are_refused_on_both_roads(tmp_path: Path, bomb: str) -> None:
    feed = RSS.replace("?>", f"?>{bomb}", 1)
    with pytest.raises(SourceError):
        list(feed_posts(written(tmp_path / "feed.xml", feed), 0))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        list(feed_posts(source(tmp_path / "none.xml"), 0))
