"""The author's own notes: whatever Markdown or HTML comes, what is left is small, clean and well nested."""

import re
from xml.etree import ElementTree as ET

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FeedError
from pipeline.sources.clean_notes import TAGS, clean_notes, require_clean
from pipeline.sources.listing import notes_html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("One *word* and\nanother.", "<p>One word and another.</p>"),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One  \ntwo", "<p>One<br>two</p>"),
        ("# A heading\n## Another\nText", "<p>A heading</p><p>Another</p><p>Text</p>"),
        ("> Quoted.", "<p>Quoted.</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("- a\n\n  more\n- b\n  1. c\n", "<ul><li>a<br>more</li><li>b</li><li>c</li></ul>"),
        ("```\nfee = 3\n  tax\n```", "<p>fee = 3<br>tax</p>"),
        ("[it](https://a.example/x?a=1&b=2)", '<p><a href="https://a.example/x?a=1&amp;b=2">it</a></p>'),
        ("<https://a.example/>", '<p><a href="https://a.example/">https://a.example/</a></p>'),
        ("[it](/quay) [mail](mailto:a@b.example)", "<p>it mail</p>"),
        ("<a href='javascript:alert(1)' onclick='x()'>it</a>", "<p>it</p>"),
        (
            '<a href="https://a.example/é&quot;b" target="_blank" rel="x">it</a>',
            '<p><a href="https://a.example/%C3%A9%22b">it</a></p>',
        ),
        ("![the quay](quay.jpg) at night", "<p>the quay at night</p>"),
        ("~~wrong~~ right <del>wrong</del>", "<p>right</p>"),
        ("<script>alert(1)</script>a<style>p{}</style>", "<p>a</p>"),
        ("a <b class='x'>b</b><!-- c -->", "<p>a b</p>"),
        ("<div>a<p>b</div>c", "<p>a</p><p>b</p><p>c</p>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p><p>b</p>"),
        ("AT&T &lt;b&gt; &amp;lt; 1 < 2 &nbsp; \u00a0x", "<p>AT&amp;T &lt;b&gt; &amp;lt; 1 &lt; 2 x</p>"),
        ("<br><br>a<br> <br>b<br>", "<p>a<br>b</p>"),
        ("<li>a</li><ul></ul><p></p>", "<p>a</p>"),
        (
            "<a href='https://a.example/'><p>a</p>b</a>",
            '<p><a href="https://a.example/">a</a></p><p><a href="https://a.example/">b</a></p>',
        ),
        ("a\x00\x08b\ud800", "<p>ab</p>"),
    ],
)
def test_markdown_and_html_become_paragraphs_and_lists(markdown: str, html: str) -> None:
    assert notes_html(markdown) == html
    require_clean(html)


TAGGED = st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<ul>",
            "<ol>",
            "</ul>",
            "<li>",
            "</li>",
            "<br>",
            "<br/>",
            "<a href='https://a.example/?x&y=2'>",
        ),
        *("<a href='javascript:x'>", "</a>", "<b>", "</b>", "<pre>", "</pre>", "<script>", "</script>", "<!--", "-->"),
        *(
            "<svg>",
            "</svg>",
            "<table><tr><td>",
            "</table>",
            "<h2>",
            "</h2>",
            "<![CDATA[",
            "]]>",
            "<title>",
            "&",
            "&amp;",
        ),
        *("&lt;", "&nbsp;", "&#0;", "&#x27;", "'", '"', "<", ">", "\x00", "\ud800", "\u00a0", "\ufeff", "🜁", "\n\n"),
        *(
            "- ",
            "  1. ",
            "# ",
            "> ",
            "```",
            "`",
            "~~",
            "*",
            "[it](",
            "https://ä.example/é b",
            ")",
            "<https://[x>",
            "\\",
        ),
    )
)
ANYTHING = st.lists(TAGGED | st.text(max_size=12), max_size=40).map("".join)


def is_xml(html: str) -> bool:
    """HTML has one void element here, which XML closes."""
    root = ET.fromstring(f"<notes>{html.replace('<br>', '<br/>')}</notes>")
    return {element.tag for element in root.iter()} <= TAGS | {"notes"} and not (root.text or "").strip()


@given(ANYTHING)
def test_whatever_comes_is_clean_and_stays_as_it_is(markup: str) -> None:
    for html in (notes_html(markup), clean_notes(markup)):
        assert is_xml(html)
        assert nh3.clean(html, tags=set(TAGS), attributes={"a": {"href"}}, link_rel=None) == html
        require_clean(html)
        assert clean_notes(html) == html
        assert re.fullmatch(
            r"(?:<p>(?:(?!</?(?:p|ul|ol|li)>).)+</p>|<(ul|ol)>(?:<li>(?:(?!</?(?:p|ul|ol|li)>).)+</li>)+</\1>)*", html
        )


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p><script>x</script>",
        '<p onclick="x">a</p>',
        "<p>a",
        "<p>a</p></ul>",
        '<a href="javascript:alert(1)">a</a>',
        '<a href="/quay">a</a>',
        "<h2>a</h2>",
        '<a href="https://a.example/" rel="x">a</a>',
        "<p>a & b</p>",
        "<!-- a -->",
        '<p title="a">b</p>',
    ],
)
def test_notes_that_no_app_would_take_do_not_pass(html: str) -> None:
    with pytest.raises(FeedError, match="show notes hold HTML"):
        require_clean(html)


def test_an_address_that_nobody_can_follow_stops_no_build() -> None:
    require_clean('<p><a href="https://[x">it</a> <a href="https://a.example/o&#x27;b?a=1&amp;b=2">too</a></p>')
