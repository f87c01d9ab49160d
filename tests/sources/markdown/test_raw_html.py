"""Raw HTML in Markdown: its words become Blocks of their own, its tags nothing."""

import pytest

from pipeline.model import BlockKind, FateKind, Link, Span
from tests.sources.markdown.pages import blocks_of, listed, spoken


def test_words_in_a_block_of_html_are_read() -> None:
    text = 'A.\n\n<p>One <b>two</b> &amp; <a href="https://a.example">three</a>.</p>\n<p>Four</p>\n\nB.'
    blocks = blocks_of(text)
    assert [block.text for block in blocks] == ["A.", "One two & three.", "Four", "B."]
    assert blocks[1].links == (Link(text="three", url="https://a.example"),)
    assert {block.span for block in blocks[1:3]} == {Span(4, text.index("\n\nB."))}


def test_html_becomes_what_it_is() -> None:
    figure = '<figure><img src="a.jpg" alt="The quay"><figcaption>By night</figcaption></figure>'
    table = "<table><caption>Tonnage</caption><tr><th>a</th><th>b</th></tr>\n\n<tr><td>1</td><td>2</td></tr></table>"
    quotation = "<blockquote><p>Said.</p></blockquote>"
    blocks = blocks_of(f"{figure}\n\n{table}\n\n{quotation}\n\n<ul><li>One</li></ul>")
    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.FIGURE, "The quay"),
        (BlockKind.TABLE, "a | b\n1 | 2"),
        (BlockKind.QUOTATION, "Said."),
        (BlockKind.LIST_ITEM, "One"),
    ]
    assert [block.caption for block in blocks[:2]] == ["By night", "Tonnage"]


def test_html_inside_a_quotation_or_a_footnote_is_part_of_it() -> None:
    blocks = blocks_of("> <p>Said.</p>\n\nA.[^1]\n\n[^1]:\n    <p>Note.</p>\n")
    assert [(block.kind.value, block.label) for block in blocks if block.text in {"Said.", "Note."}] == [
        ("quotation", ""),
        ("footnote", "1"),
    ]


def test_tags_around_markdown_have_no_words() -> None:
    assert listed('<div class="a">\n\n*One*\n\n</div>') == [
        ("boilerplate", '<div class="a">'),
        ("paragraph", "One"),
        ("boilerplate", "</div>"),
    ]


def test_markdown_inside_a_tag_that_says_so_is_markdown() -> None:
    assert listed('<div class="a" markdown="1">\n**One** [two](https://two.example)\n</div>') == [
        ("paragraph", "One two")
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a <b>b</b> <span title='x'>c</span><br/>d", "a b c d"),
        ("m<sup>2</sup> and a note<sup><a href='#fn1'>1</a></sup>.", "m² and a note."),
        ("10<sup>6</sup>, 10<sup>-3</sup>, the 1<sup>st</sup> and CO<sub>2</sub>", "10⁶, 10⁻³, the 1st and CO2"),
        ("<del>old</del><ins>new</ins>, <s>a *b*</s> c <strike>d</strike>", "new, c"),
        ("a <s>b", "a b"),
        ("a <script>b()</script> <style>c</style> d", "a d"),
        ("a <img src='b.png'> c", "a c"),
        ("a <!-- b --> c", "a c"),
        ("1 < 2 and a <b", "1 < 2 and a <b"),
    ],
)
def test_tags_in_a_paragraph(source: str, text: str) -> None:
    assert spoken(source) == text


def test_links_and_pictures_in_a_paragraph() -> None:
    paragraph, figure = blocks_of(
        'a <a href="https://b.example/?c&amp;d">e</a> <img alt="f &amp; g" title="h" src="i.png">'
    )
    assert paragraph.links == (Link(text="e", url="https://b.example/?c&d"),)
    assert (figure.kind, figure.text, figure.caption) == (BlockKind.FIGURE, "f & g", "h")


@pytest.mark.parametrize(
    ("source", "dropped"),
    [
        ("<!-- a -->", ["a comment in the source, not part of the text"]),
        ("<!-- a --> <!-- b\n\nc -->", ["a comment in the source, not part of the text"]),
        ("<!-- c --> a", ["a comment in the source, not part of the text"]),
        ("<!-- c --> %%hidden%%", ["a comment in the source, not part of the text"] * 2),
        ("<div>a <!-- c --></div>", ["a comment in the source, not part of the text"]),
        ("a <!--more--> b", ["a comment in the source, not part of the text"]),
        ("<script>\na\n\nb\n</script>", ["a script or mark-up of the web page, not part of the text"]),
        ("a <script>b</script> c", ["a script or mark-up of the web page, not part of the text"]),
        ("a<sup><a href='#b'>*</a></sup>", ["the mark of a footnote that is written in HTML"]),
        ("<hr>", ["a dividing line has no words"]),
    ],
)
def test_what_is_dropped_says_so(source: str, dropped: list[str]) -> None:
    blocks = blocks_of(source)
    assert [block.fate.reason for block in blocks if block.fate.kind is FateKind.DROPPED] == dropped


def test_words_beside_a_comment_are_read() -> None:
    assert spoken("<!-- a --> b\n<!-- c -->\nd") == "b\nd"
    assert spoken("<!-- a --> *b* <i>c</i> %%hidden%%") == "b c"
    assert spoken("<!-- a --><p>b</p><!-- c --> d") == "b\nd"


def test_what_looks_like_markdown_in_html_is_not_read_twice() -> None:
    assert spoken("<p>5 * 3 * 2, {{ a }}, [[b]], $c$ and &lt;p&gt;d</p>") == "5 * 3 * 2, {{ a }}, [[b]], $c$ and <p>d"
