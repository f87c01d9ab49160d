"""A file -> Article: the whole stage on real articles first, then on the project's own, then what is refused."""

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from pipeline.errors import ConfigError, ScriptError, SourceError
from pipeline.model import Article, BlockKind, FateKind, Lexicon, ReadingSettings
from pipeline.scripting import write_script
from pipeline.sources import Given, Source
from pipeline.sources.fates import CALL_SAID
from pipeline.sources.manuscript import read_text
from pipeline.sources.metadata import folded
from pipeline.sources.reading import read_article as read_source
from tests.samples import SHOW
from tests.sources.golden import DATA, GIVEN

NOTHING_GIVEN = Given(language="en-GB", publish_time="06:00", show_title="The Harbour Review")


def read_article(path: Path, given: Given) -> Article:
    return read_source(Source(path=path, name=str(path)), given)


def kinds(article: Article) -> list[BlockKind]:
    return [block.kind for block in article.blocks]


def heard(article: Article) -> list[str]:
    return [block.text for block in article.blocks if block.is_spoken]


def write(folder: Path, text: str, *, name: str = "quiet-straits.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("show_title", ["Navigating the Vortex", "Navigating the Vortex Podcast", "Another show", ""])
def test_the_real_scrape_whole(vortex: Path, show_title: str) -> None:
    article = read_article(vortex, msgspec.structs.replace(GIVEN, show_title=show_title))

    lines = [line for line in vortex.read_text(encoding="utf-8").split("\n") if line.strip()]
    assert [block.text for block in article.blocks] == lines
    assert (article.title, article.subtitle) == (lines[2], lines[6])
    assert article.subtitle == article.summary
    assert (len(article.body), article.body_words) == (22, 1038)
    assert kinds(article) == [
        *[BlockKind.BOILERPLATE] * 2,
        BlockKind.TITLE,
        *[BlockKind.BOILERPLATE] * 3,
        BlockKind.SUBTITLE,
        *[BlockKind.PARAGRAPH] * 22,
        BlockKind.CREDIT,
        BlockKind.CALL,
        *[BlockKind.BOILERPLATE] * 4,
    ]
    # A call to readers becomes one sentence for listeners; no list of directories is ever spoken.
    assert [block.fate.said for block in article.blocks if block.fate.said] == [CALL_SAID]
    # The last sentence of the body nearly repeats the subtitle; both are the author's words.
    assert article.body[-1].text.endswith(article.subtitle[-28:])
    assert not any(re.search(r"\d:\d\d|Spotify|Apple|Discussion|share Navigating", text) for text in heard(article))
    # "published by ... on May 20, 2025" in the credit note is not the date of the article.
    assert article.published == datetime(2026, 3, 2, 6, tzinfo=UTC)


def test_the_real_archive_whole(shared: Path) -> None:
    paths = sorted((shared / "archive").glob("*.md"))
    articles = [read_article(path, NOTHING_GIVEN) for path in paths]
    assert len(articles) == 205
    for path, article in zip(paths, articles, strict=True):
        for text in heard(article):
            assert not re.search(r"\]\(|\*|\[\^|<", text), (path.name, text)
        assert article.slug == folded(path.stem)
        assert article.source_url.startswith("https://")
        assert uncovered(path, article) == "", path.name


def uncovered(path: Path, article: Article) -> str:
    """What of the body of a Markdown file is in no Block."""
    text, _ = read_text(path)
    left = list(text)
    for block in article.blocks:
        left[block.span.start : block.span.end] = " " * (block.span.end - block.span.start)
    return "".join(left[text.index("\n---\n") + 5 :]).strip()


def test_a_scrape_with_the_usual_debris() -> None:
    article = read_article(DATA / "straits.txt", GIVEN)
    assert heard(article) == [
        "Why the straits are quiet this winter",
        "Insurers, not navies, kept the lane open.",
        *[block.text for block in article.body],
        "This analysis was first published by The Quay on January 12, 2026.",
    ]
    assert [text.split()[0] for text in (block.text for block in article.body)] == [
        *("When", "The", "Listeners", "By", "What", "Insurers,"),
    ]
    dropped = [block for block in article.blocks if not block.is_spoken]
    assert {block.kind for block in dropped} == {BlockKind.BOILERPLATE, BlockKind.CALL}
    assert {block.fate.kind for block in dropped} == {FateKind.DROPPED}
    reasons = {block.text: block.fate.reason for block in dropped}
    assert "player" in reasons["-4:12"]
    assert "title again" in reasons["Why the straits are quiet this winter"]
    assert "byline" in reasons["Ines Calder"]
    assert "date" in reasons["Jan 14, 2026"]
    assert "counter" in reasons["12 Likes ∙ 3 Restacks"]
    assert "directory" in reasons["Amazon Music / Audible"]
    assert (
        "a call to those who read"
        in reasons[
            "We hope you'll share The Harbour Review with a friend. You can also listen to our "
            "audio editions on these platforms:"
        ]
    )
    assert "comments" in reasons["Tomas Reyl"]


def test_front_matter_above_a_scrape_gives_date_and_byline(tmp_path: Path) -> None:
    matter = "---\ndate: 2026-01-14T09:30:00+02:00\nauthor: [Ines Calder, Tomas Reyl]\n---\n"
    scrape = (DATA / "straits.txt").read_text(encoding="utf-8")
    article = read_article(write(tmp_path, matter + scrape), NOTHING_GIVEN)
    assert article.author == "Ines Calder and Tomas Reyl"
    assert article.published == datetime(2026, 1, 14, 7, 30, tzinfo=UTC)
    assert article.title == "Why the straits are quiet this winter"
    bare = read_article(DATA / "straits.txt", GIVEN)
    assert [block.text for block in article.body] == [block.text for block in bare.body]
    assert article.blocks[0].span.start == len(matter)


def test_spans_count_characters_of_the_clean_file(tmp_path: Path) -> None:
    path = tmp_path / "quay.txt"
    path.write_bytes("\ufeffA cafe\u0301 by the quay\r\n\r\nThe first para\u00adgraph.\r\n".encode())
    article = read_article(path, GIVEN)
    clean = "A café by the quay\n\nThe first paragraph.\n"
    assert [clean[block.span.start : block.span.end] for block in article.blocks] == [
        "A café by the quay",
        "The first paragraph.",
        "",
    ]
    # What was taken out of the text covers nothing of it, and is told.
    assert article.blocks[-1].text == "1 x soft hyphen (U+00AD)"
    assert article.blocks[-1].fate.kind is FateKind.DROPPED


def test_a_page_pasted_into_a_markdown_file_is_read_as_a_page(tmp_path: Path) -> None:
    scrape = (DATA / "straits.txt").read_text(encoding="utf-8")
    article = read_article(write(tmp_path, scrape, name="straits.md"), GIVEN)
    assert heard(article) == heard(read_article(DATA / "straits.txt", GIVEN))


def test_markdown_in_a_text_file_is_read_as_markdown(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "# The quay\n\nIt is [long](https://quay.example).\n"), GIVEN)
    assert (article.title, article.body[0].text) == ("The quay", "It is long.")


def test_what_is_given_counts_more_than_the_file(tmp_path: Path) -> None:
    matter = "---\ntitle: The quay\nauthor: Tomas Reyl\ndate: 2026-01-14\nlang: en-US\nsummary: In short.\n---\n"
    path = write(tmp_path, matter + "The ships came in.\n")
    found = read_article(path, msgspec.structs.replace(NOTHING_GIVEN, default_author="The Editors"))
    assert (found.author, found.language, found.summary) == ("Tomas Reyl", "en-US", "In short.")
    assert found.published == datetime(2026, 1, 14, 6, tzinfo=UTC)
    with pytest.raises(SourceError, match="--author says Ines Calder"):
        read_article(path, msgspec.structs.replace(NOTHING_GIVEN, author="Ines Calder"))
    with pytest.raises(SourceError, match="--published says 2026-01-15"):
        read_article(path, msgspec.structs.replace(NOTHING_GIVEN, published="2026-01-15"))


def test_a_byline_on_the_page_is_neither_guessed_from_nor_overruled(tmp_path: Path) -> None:
    page = "The quay\n0:00\n\nBy Tomas Reyl\n\nThe ships came in. They stayed for a week.\n"
    path = write(tmp_path, page)
    with pytest.raises(SourceError, match='--author "Tomas Reyl"'):
        read_article(path, msgspec.structs.replace(GIVEN, default_author="The Editors"))
    told = msgspec.structs.replace(GIVEN, default_author="The Editors", author="Ines Calder")
    assert read_article(path, told).author == "Ines Calder"
    same = msgspec.structs.replace(GIVEN, default_author="Tomas Reyl")
    assert read_article(path, same).author == "Tomas Reyl"


def test_a_first_paragraph_that_is_the_byline_is_not_said_twice(tmp_path: Path) -> None:
    matter = "---\ntitle: The quay\nauthor: Tomas Reyl\ndate: 2026-01-14\n---\n"
    path = write(tmp_path, matter + "*By Tomas Reyl*\n\nThe ships came in.\n", name="quay.md")
    assert [block.text for block in read_article(path, NOTHING_GIVEN).body] == ["The ships came in."]


@pytest.mark.parametrize(
    "line",
    [
        "Listen to post · 6:41",
        "Listen now ∙ 12:05",
        "ADVERTISEMENT",
        "Story continues below this advertisement",
        "Skip past newsletter promotion",
        "Getting your Trinity Audio player ready...",
        "Estimated reading time: 6 minutes",
        "Press enter or click to view image in full size",
        "∙ Paid",
        "Subscribe to The Harbour Review",
        "Subscribed",
        "Thanks for reading The Harbour Review! This post is public so feel free to share it.",
    ],
)
def test_what_pages_put_around_the_text_is_not_spoken(tmp_path: Path, line: str) -> None:
    page = f"The quay\n\n{line}\n\nThe ships came in. They stayed.\n\n{line}\n\nNobody saw them leave again.\n"
    article = read_article(write(tmp_path, page), GIVEN)
    assert (article.title, article.subtitle) == ("The quay", "")
    assert article.body[0].text == "The ships came in. They stayed."
    assert not {line} & {block.text for block in article.blocks if block.is_spoken} or line == "∙ Paid"


def test_no_summary_is_made_of_the_first_sentence(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, "The quay\n\nThe ships came in. They stayed.\n"), GIVEN)
    assert (article.subtitle, article.summary) == ("", "")


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "The ships came in. Nobody had seen them leave.\n")
    with pytest.raises(SourceError) as error:
        read_article(path, NOTHING_GIVEN)
    message = str(error.value)
    assert "no title and no date and no byline" in message
    for cure in ("`title: ...`", "--published YYYY-MM-DD", "`date: ", "--author", "`author: ", "`default_author`"):
        assert cure in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("missing", "cure"),
    [("date", "--published YYYY-MM-DD"), ("byline", "--author"), ("title", "`title: ...`")],
)
def test_nothing_is_guessed(tmp_path: Path, missing: str, cure: str) -> None:
    title = "" if missing == "title" else "The quay\n\n"
    path = write(tmp_path, f"{title}The ships came in. An earlier version was out on May 20, 2025, by Ines Calder.\n")
    given = msgspec.structs.replace(
        NOTHING_GIVEN,
        published="" if missing == "date" else "2026-03-02",
        author="" if missing == "byline" else "Tomas Reyl",
    )
    with pytest.raises(SourceError, match=f"has no {missing}; ") as error:
        read_article(path, given)
    assert cure in error.value.cure
    assert error.value.path == path


def test_an_article_needs_more_than_front_matter(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nothing below its front matter"):
        read_article(write(tmp_path, "---\ntitle: The quay\n---\n\n"), GIVEN)


def test_a_wrong_date_on_the_command_line_is_not_the_fault_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "The quay\n\nThe ships came in. They stayed.\n")
    with pytest.raises(ConfigError, match=r"--published is 'May 20, 2025'.*YYYY-MM-DD"):
        read_article(path, msgspec.structs.replace(GIVEN, published="May 20, 2025"))


PAGE = """\
<!doctype html><html lang="en-GB"><head><title>The ferry | The Harbour Review</title>
<meta name="author" content="Ines Calder"><meta property="article:published_time" content="2026-03-01T06:00:00Z">
<link rel="canonical" href="https://harbour-review.example/letters/the-ferry-that-waited"></head>
<body><nav>Home</nav><article><h1>The ferry</h1>
<p>The ferry waited in Salka for three days, and nobody on the quay could say for whom it waited.<sup><a
href="#n1" id="r1">1</a></sup></p><table><caption>Ships by day</caption><tr><th>Day</th><th>Ships</th></tr>
<tr><td>One</td><td>7</td></tr></table>
<p>He kept a book of every ship that came and of every ship that did not, and the second was the longer one.</p>
<div class="subscribe-widget"><p>Subscribe to The Harbour Review</p><button>Subscribe</button></div>
<ol class="footnotes"><li id="n1">Nor did anybody ask. <a href="#r1">↩</a></li></ol></article></body></html>
"""


def test_a_web_page_is_read_like_markdown_with_what_was_taken_out_at_its_end(tmp_path: Path) -> None:
    article = read_article(write(tmp_path, PAGE, name="saved.html"), NOTHING_GIVEN)
    assert (article.title, article.author, article.language) == ("The ferry", "Ines Calder", "en-GB")
    assert article.published == datetime(2026, 3, 1, 6, tzinfo=UTC)
    assert article.source_url == "https://harbour-review.example/letters/the-ferry-that-waited"
    assert kinds(article)[:4] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH, BlockKind.FOOTNOTE]
    first, table, _, note = article.blocks[:4]
    assert first.text.endswith("for whom it waited.")
    assert (first.marks, note.label, note.text) == (("1",), "1", "Nor did anybody ask.")
    assert table.fate.said == "A table is in the show notes: Ships by day. It has 2 columns and 1 row."
    assert {block.fate.kind for block in article.blocks[4:]} == {FateKind.DROPPED}
    assert any("Subscribe" in block.text for block in article.blocks[4:])


def test_the_house_policy_reaches_every_format(tmp_path: Path) -> None:
    reading = ReadingSettings(footnotes="in place", tables="notes")
    given = msgspec.structs.replace(NOTHING_GIVEN, reading=reading)
    article = read_article(write(tmp_path, PAGE, name="saved.html"), given)
    fates = {block.kind: block.fate for block in article.blocks}
    assert fates[BlockKind.FOOTNOTE].kind is FateKind.SPOKEN
    assert (fates[BlockKind.TABLE].kind, fates[BlockKind.TABLE].said) == (FateKind.NOTES, "")


def test_several_articles_in_one_file_are_for_import(tmp_path: Path) -> None:
    feed = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <title>The Harbour Review</title>{}</channel></rss>"""
    item = """<item><title>Letter {0}</title><guid>harbour-{0}</guid><pubDate>Mon, 02 Mar 2026 06:00:00 GMT</pubDate>
    <content:encoded>&lt;p&gt;The ferry waited in Salka for days.&lt;/p&gt;</content:encoded></item>"""
    two = write(tmp_path, feed.format(item.format(1) + item.format(2)), name="feed.xml")
    with pytest.raises(SourceError, match=r"more than one article; .*audio-edition import .*feed\.xml"):
        read_article(two, GIVEN)
    one = write(tmp_path, feed.format(item.format(1)), name="one.xml")
    assert read_article(one, msgspec.structs.replace(GIVEN, published="")).title == "Letter 1"


def test_the_real_archive_can_be_said(shared: Path) -> None:
    unsaid = []
    for path in sorted((shared / "archive").glob("*.md")):
        article = read_article(path, NOTHING_GIVEN)
        try:
            write_script(article, SHOW, Lexicon())
        except ScriptError as error:
            unsaid.append((path.name, str(error)))
    # One of them is a picture and nothing else.
    assert [name for name, _ in unsaid] == ["1993-2000-foreword.md"]
    assert "has no body to say" in unsaid[0][1]
