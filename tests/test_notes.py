"""Show notes: what apps keep, in order, never too long, and never a word lost that must not be."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import (
    Article,
    Block,
    BlockKind,
    ChapterOrigin,
    Correction,
    EpisodeChapter,
    Fate,
    FateKind,
    Link,
    Listing,
    Span,
)
from pipeline.notes import (
    DISCLOSURE,
    PLAIN_LIMIT_CHARACTERS,
    are_chapters_shown,
    carried_text,
    is_plain_address,
    plain_notes,
    web_address,
    write_notes,
)
from pipeline.sources.clean_notes import require_clean
from pipeline.sources.listing import notes_html


def block(text: str, *, kind=BlockKind.PARAGRAPH, fate=FateKind.SPOKEN, links=()) -> Block:
    return Block(kind=kind, text=text, span=Span(0, 0), fate=Fate(kind=fate, reason="test"), links=links)


ARTICLE = Article(
    slug="pilots",
    title="The pilots of the strait",
    subtitle="A trade that no treaty names",
    author="Ines Calder",
    published=datetime(2026, 3, 2, 6, tzinfo=UTC),
    language="en-GB",
    source_url="https://harbour-review.example/pilots?a=1&b=2",
    summary="Every tanker takes one aboard; nobody asks who pays.",
    tags=(),
    blocks=(
        block("The pilots of the strait", kind=BlockKind.TITLE),
        block("A trade that no treaty names", kind=BlockKind.SUBTITLE, fate=FateKind.NOTES),
        block(
            "A pilot <b>climbs</b> aboard.",
            links=(
                Link(text="the convention", url="https://treaties.example/convention"),
                Link(text="call us", url="tel:+4930"),
                Link(text="again", url="https://treaties.example/convention"),
                Link(text="", url="https://treaties.example/ärmel kanal"),
            ),
        ),
        block("1. Fees are set yearly.\nSee the port's table.", kind=BlockKind.FOOTNOTE, fate=FateKind.NOTES),
        block(
            "Share this post",
            kind=BlockKind.BOILERPLATE,
            fate=FateKind.DROPPED,
            links=(Link(text="share", url="https://share.example/"),),
        ),
        block("Ines Calder teaches maritime law.", kind=BlockKind.CREDIT),
    ),
)
CHAPTERS = tuple(
    EpisodeChapter(start_ms=start_ms, title=title, origin=ChapterOrigin.HEADING)
    for start_ms, title in [(0, "Opening"), (61_999, "Who climbs & who pays"), (600_000, "What is next")]
)
DAY = datetime(2026, 3, 9, 12, tzinfo=UTC)


def notes(article: Article = ARTICLE, chapters=CHAPTERS, *, corrections=()) -> str:
    return write_notes(article, chapters, corrections=corrections, voice="espeak-ng en-gb")


class Outline(HTMLParser):
    """Tags, addresses, and whether every tag that opened was closed again in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str | None] = []
        self.attributes: set[str] = set()
        self.is_balanced = True
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.is_balanced = self.is_balanced and not self._open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses.extend(value for name, value in attrs if name == "href")
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag):
        self.is_balanced = self.is_balanced and bool(self._open) and self._open.pop() == tag


def test_the_whole_notes_in_order() -> None:
    assert notes(corrections=[Correction(at=DAY, reason="the fee is <yearly>")]) == (
        "<p>A trade that no treaty names</p>"
        "<p>Every tanker takes one aboard; nobody asks who pays.</p>"
        "<p>(00:00) Opening</p><p>(01:01) Who climbs &amp; who pays</p><p>(10:00) What is next</p>"
        "<p>Links in this article:</p><ul>"
        '<li><a href="https://treaties.example/convention">the convention</a></li>'
        '<li><a href="https://treaties.example/%C3%A4rmel%20kanal">https://treaties.example/%C3%A4rmel%20kanal</a></li>'
        "</ul>"
        "<p>1. Fees are set yearly.<br>See the port's table.</p>"
        "<p>Ines Calder teaches maritime law.</p>"
        '<p><a href="https://harbour-review.example/pilots?a=1&amp;b=2">Read the article</a></p>'
        "<p>This episode is read by an automated voice: espeak-ng en-gb.</p>"
        "<p>Corrected on 9 March 2026: the fee is &lt;yearly&gt;</p>"
    )


def test_silent_corrections_stay_out() -> None:
    assert "Corrected" not in notes(corrections=[Correction(at=DAY, reason="a breath", is_silent=True)])


def test_an_article_without_an_address_has_no_link_to_itself() -> None:
    homeless = msgspec.structs.replace(ARTICLE, source_url="")
    assert "Read the article" not in notes(homeless)
    assert "audio.harbour-review.example" not in notes(homeless)


def test_a_summary_that_repeats_the_subtitle_stands_once() -> None:
    once = msgspec.structs.replace(ARTICLE, summary=ARTICLE.subtitle)
    assert notes(once).count(ARTICLE.subtitle) == 1


@pytest.mark.parametrize(
    ("starts", "is_shown"),
    [([0, 1000, 2000], True), ([0, 1000], False), ([1, 1000, 2000], False), ([], False)],
)
def test_chapters_are_shown_only_where_apps_would(starts: list[int], is_shown: bool) -> None:
    chapters = [EpisodeChapter(start_ms=of, title="T", origin=ChapterOrigin.AUTO) for of in starts]
    assert are_chapters_shown(chapters) is is_shown
    assert ("(00:00) T" in notes(chapters=chapters)) is is_shown


def test_time_stamps_have_hours_where_one_needs_them() -> None:
    long = (*CHAPTERS, EpisodeChapter(start_ms=3_661_000, title="Late", origin=ChapterOrigin.HEADING))
    assert "<p>(00:00:00) Opening</p>" in notes(chapters=long)
    assert "<p>(01:01:01) Late</p>" in notes(chapters=long)


def test_notes_that_are_too_long_end_at_a_whole_block_and_say_so() -> None:
    footnotes = tuple(
        block(f"{number}. " + "The fee is set by the port. " * 10, kind=BlockKind.FOOTNOTE, fate=FateKind.NOTES)
        for number in range(40)
    )
    html = notes(msgspec.structs.replace(ARTICLE, blocks=footnotes))
    assert len(html.encode()) <= 4000
    assert len(html.encode()) > 4000 - 2400, "it must use the room it has"
    assert '">read the whole article</a>.</p><p>This episode is read' in html
    assert html.count("The fee is set by the port.") % 10 == 0, "no footnote may stand half"
    assert "Read the article" not in html


def test_a_list_of_links_is_cut_between_its_items() -> None:
    links = tuple(Link(text=f"Report {number}", url=f"https://reports.example/{number}") for number in range(200))
    html = notes(msgspec.structs.replace(ARTICLE, blocks=(block("x", links=links),)))
    assert len(html.encode()) <= 4000
    assert "Report 9<" in html
    assert "Report 199<" not in html
    assert "</li></ul><p>These notes are shortened" in html


def test_a_summary_of_a_whole_article_leaves_room_for_the_rest() -> None:
    html = notes(msgspec.structs.replace(ARTICLE, summary="Nobody asks who pays. " * 400))
    assert re.search(r" (Nobody|asks|who|pays\.)…</p>", html), "it must end with a whole word"
    assert "(00:00) Opening" in html
    endless = notes(msgspec.structs.replace(ARTICLE, summary="海" * 4000))
    assert "海…</p>" in endless


def test_the_newest_corrections_stay_when_there_are_too_many() -> None:
    many = [
        Correction(at=DAY + timedelta(days=number), reason=f"number {number}, " + "w " * 300) for number in range(30)
    ]
    html = notes(corrections=many)
    assert len(html.encode()) <= 4000
    assert "number 29," in html
    assert "number 0," not in html
    assert html.index("number 28,") < html.index("number 29,")


ANYTHING = st.text(max_size=80) | st.sampled_from(["]]>", "<script>x</script>", "&", "\ud800", "\x00", "🜁" * 2000])
ADDRESSES = ANYTHING.map("https://reports.example/".__add__) | st.sampled_from(
    ["javascript:alert(1)", "/relative", "data:text/html,x", 'https://a"onclick="b', "https://" + "&" * 1900, ""]
)
BLOCKS = st.builds(
    block,
    ANYTHING,
    kind=st.sampled_from(BlockKind),
    fate=st.sampled_from(FateKind),
    links=st.lists(st.builds(Link, text=ANYTHING, url=ADDRESSES), max_size=3).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(
    blocks=st.lists(BLOCKS, max_size=12).map(tuple),
    summary=ANYTHING,
    source_url=ADDRESSES,
    reasons=st.lists(ANYTHING, max_size=8),
)
def test_whatever_comes_the_notes_are_small_and_harmless(blocks, summary, source_url, reasons) -> None:
    article = msgspec.structs.replace(ARTICLE, blocks=blocks, summary=summary, source_url=source_url)
    html = notes(article, corrections=[Correction(at=DAY, reason=reason) for reason in reasons])
    outline = Outline(html)
    assert len(html.encode()) <= 4000
    assert outline.tags <= {"p", "br", "a", "ul", "ol", "li"}
    assert outline.attributes <= {"href"}
    assert outline.is_balanced
    assert all(re.fullmatch(r"https?://[!-~]+", address or "") for address in outline.addresses)
    assert DISCLOSURE in html
    assert carried_text(html) == html
    require_clean(html)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/b?c=d&e=f#g", "https://a.example/b?c=d&e=f#g"),
        (" HTTP://a.example/%20x ", "http://a.example/%20x"),
        ("https://a.example/ä b", "https://a.example/%C3%A4%20b"),
        ("https://a.example/\x00\ud800", "https://a.example/"),
        ('https://a.example/"><', "https://a.example/%22%3E%3C"),
        ("ftp://a.example/", ""),
        ("javascript:alert(1)", ""),
        ("javascript://a.example/%0Aalert(1)", ""),
        ("//a.example/", ""),
        ("https:///path", ""),
        ("", ""),
        ("https://a.example/" + "x" * 3000, ""),
    ],
)
def test_web_address(url: str, address: str) -> None:
    assert web_address(url) == address


@pytest.mark.parametrize(
    ("url", "is_plain"),
    [
        ("https://a.example", True),
        ("http://127.0.0.1:8000/a-b/c_d.mp3", True),
        ("https://a.example/é.mp3", False),
        ("https://a.example/a b.mp3", False),
        ("https://a.example/a?b", False),
        ("a.example/b", False),
        ("", False),
    ],
)
def test_is_plain_address(url: str, is_plain: bool) -> None:
    assert is_plain_address(url) is is_plain


def test_links_of_chapters_stand_in_the_list_of_links_and_never_in_a_time_stamp() -> None:
    linked = (
        msgspec.structs.replace(CHAPTERS[0], link="https://treaties.example/convention"),
        msgspec.structs.replace(CHAPTERS[1], link="https://ports.example/fees?a=1&b=2", image="episodes/x/y.png"),
        CHAPTERS[2],
    )
    html = notes(chapters=linked)
    assert "<p>(00:00) Opening</p><p>(01:01) Who climbs &amp; who pays</p><p>(10:00) What is next</p>" in html
    # The article's own words for an address go before the title of a chapter.
    assert html.count("https://treaties.example/convention") == 1
    assert ">the convention</a>" in html
    assert (
        '%20kanal</a></li><li><a href="https://ports.example/fees?a=1&amp;b=2">Who climbs &amp; who pays</a></li></ul>'
        in html
    )
    assert "y.png" not in html


def with_own(markdown: str) -> Article:
    """The article, with these notes of its author."""
    return msgspec.structs.replace(ARTICLE, listing=Listing(notes_html=notes_html(markdown)))


def test_the_authors_own_notes_stand_first() -> None:
    own = "With thanks to the [port](https://port.example/).\n\n- One\n- Two"
    assert notes(with_own(own)) == (
        '<p>With thanks to the <a href="https://port.example/">port</a>.</p><ul><li>One</li><li>Two</li></ul>' + notes()
    )


def test_own_notes_are_cut_between_their_blocks_and_say_so() -> None:
    html = notes(with_own("\n\n".join(f"Paragraph {number} " + "of thanks " * 40 for number in range(20))))
    assert len(html.encode()) <= 4000
    kept = re.findall(r"<p>Paragraph (\d+) (?:of thanks ?)+</p>", html)
    assert kept == [str(number) for number in range(len(kept))]
    assert len(kept) in range(5, 10)
    assert "These notes are shortened" in html


def test_own_lists_are_cut_between_their_items() -> None:
    html = notes(with_own("\n".join(f"1. Thanks to person {number}, {'much ' * 20}" for number in range(80))))
    assert len(html.encode()) <= 4000
    assert html.startswith("<ol><li>Thanks to person 0,")
    assert "</li></ol><p>" in html
    assert "These notes are shortened" in html


def test_own_notes_without_room_leave_it_to_the_rest() -> None:
    html = notes(with_own("thanks " * 700))
    assert "thanks" not in html
    assert "(00:00) Opening" in html
    assert "These notes are shortened" in html


OWN = st.lists(
    st.sampled_from(
        ["- ", "1. ", "\n\n", "\n", "<br>", "[it](https://a.example/?a=1&b=2)", "&", "&amp;", "<", "é🜁" * 300]
    )
    | st.text(max_size=300),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(markdown=OWN, summary=ANYTHING)
def test_whatever_the_author_writes_the_cut_breaks_nothing(markdown: str, summary: str) -> None:
    article = msgspec.structs.replace(with_own(markdown), summary=summary)
    html = notes(article)
    assert len(html.encode()) <= 4000
    assert Outline(html).is_balanced
    require_clean(html)
    assert html.startswith(article.listing.notes_html) or "These notes are shortened" in html


class TestPlainNotes:
    """The twin in plain text."""

    def test_the_whole_notes(self) -> None:
        assert plain_notes(notes(with_own("1. One\n2. Two\n\nThanks  \nto all."))) == (
            "1. One\n2. Two\n\n"
            "Thanks\nto all.\n\n"
            "A trade that no treaty names\n\n"
            "Every tanker takes one aboard; nobody asks who pays.\n\n"
            "(00:00) Opening\n\n(01:01) Who climbs & who pays\n\n(10:00) What is next\n\n"
            "Links in this article:\n\n"
            "- the convention (https://treaties.example/convention)\n"
            "- https://treaties.example/%C3%A4rmel%20kanal\n\n"
            "1. Fees are set yearly.\nSee the port's table.\n\n"
            "Ines Calder teaches maritime law.\n\n"
            "Read the article (https://harbour-review.example/pilots?a=1&b=2)\n\n"
            "This episode is read by an automated voice: espeak-ng en-gb.\n"
        )

    def test_angle_brackets_are_refused_by_directories(self) -> None:
        assert plain_notes("<p>1 &lt; 2 &gt; 0 &amp;lt;</p>") == "1 ‹ 2 › 0 &lt;\n"

    def test_nothing_of_nothing(self) -> None:
        assert plain_notes("") == ""

    def test_blanks_stay_between_words(self) -> None:
        html = '<p>See <a href="https://a.example/">the table</a> and <a href="https://b.example/">this</a>.</p>'
        assert plain_notes(html) == "See the table (https://a.example/) and this (https://b.example/).\n"

    @pytest.mark.parametrize(
        "html", ["<p>word</p>" * 2000, f"<p>{'x' * 6000}</p>", "<ul>" + "<li>word</li>" * 2000 + "</ul>"]
    )
    def test_what_is_too_long_ends_with_a_whole_line(self, html: str) -> None:
        text = plain_notes(html)
        assert PLAIN_LIMIT_CHARACTERS - 10 <= len(text) <= PLAIN_LIMIT_CHARACTERS
        assert text.endswith("…\n")
        assert {line for line in text.split("\n")[:-2] if line} <= {"word", "- word"}

    @settings(max_examples=100, deadline=None)
    @given(markdown=OWN)
    def test_whatever_the_notes_say_it_is_short_and_without_tags(self, markdown: str) -> None:
        text = plain_notes(notes_html(markdown))
        assert len(text) <= PLAIN_LIMIT_CHARACTERS
        assert not set(text) & set("<>")
        assert "\n\n\n" not in text
        assert text == text.strip() + "\n" * bool(text)
        assert len(plain_notes(notes(with_own(markdown)))) <= PLAIN_LIMIT_CHARACTERS
