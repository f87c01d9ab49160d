"""The golden pairs of exports: an export of each kind, made of invented posts, and beside it the Posts it becomes."""

import json
import tempfile
from pathlib import Path

from pipeline.sources.draft import Post, Reader, Source
from pipeline.sources.exports import feed_posts, ghost_posts, substack_posts, wordpress_posts
from tests.sources.exports.made import (
    atom,
    ghost,
    ghost_post,
    lexical,
    meta,
    node,
    row,
    rss,
    rss_item,
    substack,
    term,
    wordpress,
    words,
    wp_item,
    written,
)

DATA = Path(__file__).parent.parent.parent / "data" / "sources" / "exports"

#: A page of Substack, and what the two editors of WordPress keep.
PILOTS, FERRY, LIGHTS = (
    (DATA / name).read_text(encoding="utf-8").strip() for name in ("pilots.html", "ferry.txt", "lights.html")
)

MOBILEDOC = json.dumps(
    {
        "version": "0.3.1",
        "markups": [["em"], ["a", ["href", "__GHOST_URL__/rates/"]]],
        "cards": [["markdown", {"markdown": "## Rates\n\nSee *below*."}]],
        "sections": [
            [
                1,
                "p",
                [[0, [], 0, "The toll is "], [0, [0], 1, "not"], [0, [], 0, " a tariff; see "], [0, [1], 1, "rates"]],
            ],
            [10, 0],
            [3, "ul", [[[0, [], 0, "In"]], [[0, [], 0, "Out"]]]],
        ],
    }
)
LEXICAL = lexical(
    node("extended-heading", words("A corridor on paper"), tag="h2"),
    node("paragraph", words("The line was drawn "), words("twice", 2), words(".")),
    {"type": "callout", "calloutEmoji": "💡", "calloutText": "The map is of <b>1911</b>."},
    {
        "type": "bookmark",
        "url": "https://harbour.example/map",
        "metadata": {"title": "The map", "author": "Tomas Reyl", "publisher": "The Harbour Review"},
    },
    {"type": "paywall"},
    node("extended-quote", words("No train has run on it.")),
    {"type": "codeblock", "code": "km = 214", "language": "python"},
)


def pairs() -> dict[Path, str]:
    """Golden file -> what it should hold now."""
    with tempfile.TemporaryDirectory() as folder:
        return {
            DATA / f"{name}.golden": listing(reader, source) for name, (reader, source) in exports(Path(folder)).items()
        }


def write() -> None:
    """Write the golden files again; the diff is for reading before it is committed."""
    for path, text in pairs().items():
        path.write_text(text, encoding="utf-8")


def exports(folder: Path) -> dict[str, tuple[Reader, Source]]:
    """Name -> an export in ``folder``, and what reads it."""
    return {
        "substack": (substack_posts, _substack(folder)),
        "wordpress": (wordpress_posts, _wordpress(folder)),
        "ghost": (ghost_posts, _ghost(folder)),
        "rss": (feed_posts, _rss(folder)),
        "atom": (feed_posts, _atom(folder)),
    }


def listing(reader: Reader, source: Source) -> str:
    """The Posts as text: what is said of each, what was taken out, and its Markdown indented."""
    return "\n\n".join("\n".join(_lines(post)) for post in reader(source, 0)) + "\n"


def _lines(post: Post) -> list[str]:
    state = "broken" if post.is_broken else post.kind.value
    lines = [f"{post.id}: {state}", *([f"why: {post.why}"] if post.why else [])]
    if post.draft is None:
        return [*lines, f"title: {post.title}"]
    told = {name: getattr(post.draft.front, name) for name in post.draft.front.__struct_fields__}
    lines += [f"{name}: {value}" for name, value in told.items() if value and name != "published_key"]
    lines += [f"removed: {removal.text!r}, {removal.reason}" for removal in post.draft.removals]
    return [*lines, *(f"    {line}".rstrip() for line in post.draft.markdown.strip("\n").split("\n"))]


def _substack(folder: Path) -> Source:
    rows = [
        row("201.the-pilots-ledger", title="The pilots&#8217; ledger", subtitle="What half a harbour sounds like"),
        row("202.paid", title="For those who pay", audience="only_paid"),
        row("203.unfinished", title="Unfinished", is_published="false", post_date=""),
        row("204.talk", title="A talk with Tomas Reyl", type="podcast", podcast_url="https://causeway.example/t.mp3"),
        row("205.mixed", title="Mixed encodings"),
        row("206.slip", title="A slip of the pen", post_date="2026-02-30"),
        row("207.bare", title="Bare"),
    ]
    pages: dict[str, str | bytes] = {
        "201.the-pilots-ledger": PILOTS,
        "202.paid": "<p>The whole of it.</p>",
        "204.talk": "<p>Notes to the talk.</p>",
        "205.mixed": "<p>Caf\u00e9, </p>".encode() + b"<p>caf\xe9</p>",
        "206.slip": "<p>Text.</p>",
        "207.bare": "<p></p>",
    }
    return substack(folder / "substack.zip", rows, pages, folder="The Causeway Letter/")


def _wordpress(folder: Path) -> Source:
    terms = term("category", "ferries", "Ferries") + term("post_tag", "islands", "Islands")
    notes = meta("footnotes", json.dumps([{"id": "7a-1", "content": "Two of them <em>dark</em>."}]))
    items = [
        wp_item(11, FERRY, title="Twice a day", name="twice-a-day", excerpt="On a ferry", inside=terms),
        wp_item(12, LIGHTS, title="Three lights", name="three-lights", inside=notes),
        wp_item(13, "", title="ferry", type="attachment", status="inherit"),
        wp_item(14, "Not yet.", title="Not yet", status="draft", date_gmt="0000-00-00 00:00:00"),
        wp_item(15, "Who we are.", title="About", type="page"),
        wp_item(16, "", title="Nothing"),
    ]
    return wordpress(folder / "wordpress.xml", *items)


def _ghost(folder: Path) -> Source:
    posts = [
        ghost_post(
            21, None, title="A corridor on paper", slug="corridor", lexical=LEXICAL, custom_excerpt="Drawn twice"
        ),
        ghost_post(22, None, title="Tolls and tariffs", slug="tolls", mobiledoc=MOBILEDOC, visibility="members"),
        ghost_post(23, "<p>About us.</p>", title="About", type="page"),
        ghost_post(24, None, title="Damaged", lexical='{"root": []}'),
    ]
    users = [{"id": "u1", "name": "Ines Calder"}]
    authors = [{"post_id": "6a021", "author_id": "u1", "sort_order": 0}]
    return ghost(folder / "ghost.json", *posts, users=users, posts_authors=authors)


def _rss(folder: Path) -> Source:
    items = [
        rss_item(31, content=PILOTS, description="On the pilots", inside="<dc:creator>Ines Calder</dc:creator>"),
        rss_item(32, description="Pilots have taken half of what they took […]"),
        rss_item(
            33,
            content="<p>Notes.</p>",
            inside='<enclosure url="https://e.example/a.mp3" type="audio/mpeg" length="1"/>',
        ),
    ]
    return written(folder / "rss.xml", rss("<title>The Causeway Letter & more</title><language>en</language>", *items))


def _atom(folder: Path) -> Source:
    entry = (
        '<entry><title>Three lights</title><id>tag:harbour.example,2026:1</id><link href="three-lights"/>'
        "<updated>2026-03-02T06:00:00+01:00</updated>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The treaty names <a href="lights">three '
        "lighthouses</a>.</p><ul><li>North</li><li>South</li></ul></div></content></entry>"
    )
    head = "<title>The Harbour Review</title><author><name>Tomas Reyl</name></author>"
    feed = atom(head, entry).replace("<feed ", '<feed xml:base="https://harbour.example/" xml:lang="en-GB" ')
    return written(folder / "atom.xml", feed)
