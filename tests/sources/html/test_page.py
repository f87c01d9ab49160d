"""A web page -> the one Post on it. The golden pages first."""

import threading
import time
import warnings
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.sources.draft import Draft, Post, PostKind, Source
from pipeline.sources.html.page import page_draft, page_posts
from tests.sources.html import golden_pages

PARAGRAPH = "<p>The harbour board met on Monday, and agreed on nothing that anybody in the room could object to.</p>"
STORY = f"<html><body><article><h1>The board</h1>{PARAGRAPH * 4}</article></body></html>"


@pytest.mark.parametrize("golden", golden_pages.pairs(), ids=lambda path: path.stem)
def test_golden_pages(golden: Path) -> None:
    assert golden_pages.listing(golden.with_suffix(".html")) == golden.read_text(encoding="utf-8")


def draft(html: str, *, url: str = "https://harbourreview.example/board", charset: str = "") -> Draft:
    return page_draft(html.encode(), url=url, charset=charset)


def posts(path: Path, html: bytes, start: int = 0) -> list[Post]:
    path.write_bytes(html)
    return list(page_posts(Source(path=path, name="board.html"), start))


def test_no_footnote_digit_is_left_in_the_prose() -> None:
    golden = golden_pages.PAGES / "substack.html"
    markdown = draft(golden.read_text(encoding="utf-8")).markdown
    assert "at anchor.[^1] None" in markdown
    assert "at 04:40.[^2] In" in markdown
    assert "[^2]: The log is [public]" in markdown


def test_one_post_a_page_and_none_after_it(tmp_path: Path) -> None:
    (post,) = posts(tmp_path / "board.html", STORY.encode())
    assert (post.id, post.title, post.kind) == ("page:board.html", "The board", PostKind.ARTICLE)
    assert posts(tmp_path / "board.html", STORY.encode(), start=1) == []


def test_a_page_may_be_read_outside_the_main_thread() -> None:
    found: list[Draft] = []
    thread = threading.Thread(target=lambda: found.append(draft(STORY)))
    thread.start()
    thread.join()
    assert found[0].markdown.count("The harbour board") == 4


def test_reading_says_nothing_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draft(STORY)
        with pytest.raises(SourceError):
            draft("<p>Too little.</p>")
    assert capfd.readouterr() == ("", "")


def test_relative_addresses_go_by_the_base_of_the_page() -> None:
    html = STORY.replace("<body>", '<head><base href="/archive/"></head><body>').replace(
        "board met", "<a href='b'>board</a> met"
    )
    assert "[board](https://harbourreview.example/archive/b)" in draft(html).markdown


def test_the_charset_of_the_server_counts(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(STORY.replace("Monday", "понедельник").encode("cp1251"))
    (post,) = page_posts(Source(path=path, name="x", url="https://x.example/a", charset="windows-1251"), 0)
    assert post.draft is not None
    assert "понедельник" in post.draft.markdown


@pytest.mark.parametrize(
    ("html", "what", "cure"),
    [
        ("", "holds no text", "save it there as a whole page"),
        ("<html><body><div id='root'></div><script src='app.js'></script>", "JavaScript", "open it in a browser"),
        (
            "<html><body><h1>Nothing here</h1><p>Not found.</p></body></html>",
            "no article",
            "the address of one article",
        ),
        ("%PDF-1.7", "is a PDF", "the article's page"),
        (STORY[: STORY.rindex("object to")], "breaks off in the middle", "again"),
        (STORY[: STORY.rindex("<p>") + 2], "breaks off in the middle", "again"),
        ("<i>" * 100_000 + "deep.", "inside each other", "plain text"),
        ("<p>x.</p>" * 40_001, "40,000 is the most", "save the article alone"),
    ],
)
def test_what_is_no_article_is_refused_with_a_cure(html: str, what: str, cure: str, tmp_path: Path) -> None:
    started = time.process_time()
    with pytest.raises(SourceError) as caught:
        posts(tmp_path / "board.html", html.encode())
    assert what in caught.value.what
    assert cure in caught.value.cure
    assert caught.value.path == tmp_path / "board.html"
    assert "\n" not in str(caught.value)
    assert time.process_time() - started < 5


def test_a_list_of_links_is_no_article() -> None:
    item = '<li><a href="/a">The weir that two armies guard, and what the eel fishers were promised of it</a></li>'
    with pytest.raises(SourceError, match=r"no article|a list of links"):
        draft(f"<html><body><h1>Archive</h1><div class='entry-content'><ul>{item * 30}</ul></div></body></html>")


def test_a_file_that_is_not_there_is_a_source_error(tmp_path: Path) -> None:
    source = Source(path=tmp_path / "none.html", name="none.html")
    with pytest.raises(SourceError, match="cannot be opened"):
        list(page_posts(source, 0))


PAID = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"B","isAccessibleForFree":false%s}</script>'
)
FREE = (PAID % "").replace("false", "true")
MEMBERS = PARAGRAPH.replace("The harbour board", "The members of the board")
WALL = '<div class="paywall"><p>Subscribe to keep reading.</p></div>'


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (STORY, PostKind.ARTICLE),
        (STORY.replace("</article>", f"{WALL}</article>"), PostKind.PAID),
        (STORY.replace("<body>", "<body>" + FREE).replace("</article>", f"{WALL}</article>"), PostKind.ARTICLE),
        (STORY.replace("<p>", '<p class="paywall" aria-hidden="true">'), PostKind.ARTICLE),
        (STORY.replace("<article>", '<article class="paywall-content">'), PostKind.ARTICLE),
        (STORY.replace(PARAGRAPH * 4, f'<div class="paywall-content">{MEMBERS * 4}</div>'), PostKind.ARTICLE),
        (STORY.replace("<body>", "<body>" + PAID % ""), PostKind.ARTICLE),
        (STORY.replace("<body>", "<body>" + PAID % ',"wordCount":72'), PostKind.ARTICLE),
        (STORY.replace("<body>", "<body>" + PAID % ',"wordCount":900'), PostKind.PAID),
        (STORY.replace("<body>", "<body>" + PAID % "").replace(".</p></a", " …</p></a"), PostKind.PAID),
    ],
)
def test_what_is_cut_at_a_paywall_is_not_taken_for_the_article(html: str, kind: PostKind, tmp_path: Path) -> None:
    (post,) = posts(tmp_path / "board.html", html.encode())
    assert post.kind is kind
    assert (post.draft is None) is (kind is PostKind.PAID)
    assert ("paywall" in post.why) is (kind is PostKind.PAID)
