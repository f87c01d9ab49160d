"""Text of WordPress's classic editor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.exports.paragraphs import paragraphs_of
from pipeline.sources.exports.record import plain_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The strait is quiet.", "<p>The strait is quiet.</p>"),
        ("One.\n\nTwo.\r\n \r\n\r\nThree.", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>"),
        ("A line\nand its rest", "<p>A line<br>\nand its rest</p>"),
        ("A line<br />\nand its rest", "<p>A line<br />\nand its rest</p>"),
        ("<p>Whole\nalready.</p>\n\nBare.", "<p>Whole<br>\nalready.</p><p>Bare.</p>"),
        ("<h2>Tolls</h2>\nBelow.", "<h2>Tolls</h2><p>Below.</p>"),
        ("<blockquote>One.\n\nTwo.</blockquote>", "<blockquote><p>One.</p>\n<p>Two.</p></blockquote>"),
        ("<ul>\n<li>One\nline</li>\n<li>Two</li>\n</ul>", "<ul>\n<li>One<br>\nline</li>\n<li>Two</li>\n</ul>"),
        ("<pre>a\n\n  b</pre>", "<pre>a\n\n  b</pre>"),
        ("One.<!--more-->\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ('<a\nhref="https://harbour.example">Link</a>', '<p><a\nhref="https://harbour.example">Link</a></p>'),
        ("<hr />\nAfter it.", "<hr /><p>After it.</p>"),
        ("", ""),
    ],
)
def test_paragraphs(text: str, expected: str) -> None:
    assert paragraphs_of(text) == expected


@given(st.lists(st.sampled_from(["quay", "\n", "\n\n", " ", "<p>", "</p>", "<ul><li>", "</li></ul>", "<em>", "<pre>"])))
def test_no_word_is_lost_or_doubled(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert plain_text(paragraphs_of(text)).replace(" ", "") == plain_text(text).replace(" ", "")


HOSTILE = ("<div>" * 50_000 + "</p>" * 50_000, " " * 500_000, "<!-- " * 100_000, "<p" * 100_000)


@pytest.mark.parametrize("text", HOSTILE, ids=["unclosed", "blanks", "comments", "tags"])
def test_nothing_takes_for_ever(text: str) -> None:
    assert len(paragraphs_of(text)) <= len(text) + len("<p></p>")
