"""HTML trees -> Markdown: golden pairs, depth, and what a golden pair shows badly."""

from pathlib import Path

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from pipeline.model import BlockKind
from pipeline.sources.draft import Removal
from pipeline.sources.html.writing import Written, markdown_of
from tests.sources.html import golden_writing
from tests.sources.html.test_writing_words import blocks_of, words_read

PAIRS = golden_writing.pairs()


def written(html: str, *, base: str = "https://quay.example/p/straits") -> Written:
    return markdown_of(fragment_fromstring(html, create_parent="div"), base=base)


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_golden_pairs(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAIRS[path], "read the diff, then `make goldens`"


def test_three_hundred_levels_of_lists_are_ten_and_hold_all_words() -> None:
    path = golden_writing.FRAGMENTS / "deep-lists.golden"
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
    assert [line.lstrip("-+ ") for line in lines] == [f"level {number}" for number in range(1, 301)]
    assert max(len(line) - len(line.lstrip()) for line in lines) == 18
    assert len(blocks_of(path.read_text(encoding="utf-8"))) == 300


@pytest.mark.parametrize(
    "tags",
    [
        ["div"],
        ["blockquote"],
        ["ul", "li"],
        ["ol", "li", "blockquote"],
        ["table", "tr", "td"],
        ["table", "tr", "th", "table", "caption"],
        ["b", "i", "span"],
        ["h2"],
        ["figure", "figcaption"],
        ["dl", "dd"],
        ["form"],
        ["a", "p"],
    ],
    ids=" ".join,
)
def test_thousands_of_elements_inside_each_other_lose_no_word(tags: list[str]) -> None:
    count = 6_000
    root = nested(tags, count)
    result = markdown_of(root, base="")
    words = [*words_read(result.markdown), *(word for removal in result.removals for word in removal.text.split())]
    assert sorted(word for word in words if word.startswith("w")) == sorted(f"w{number}" for number in range(count))


def nested(tags: list[str], count: int) -> HtmlElement:
    root = innermost = fragment_fromstring("<div></div>")
    parts = [root]  # kept, or lxml would climb to the root for each of them
    for number in range(count):
        inside = innermost.makeelement(tags[number % len(tags)])
        inside.text = f"w{number} "
        innermost.append(inside)
        parts.append(inside)
        innermost = inside
    return root


def test_the_kinds_of_blocks_are_read_back() -> None:
    html = (
        "<h2>Tolls</h2><p>Ships</p><blockquote>Said</blockquote><ul><li>One</li></ul><pre>code</pre>"
        "<table><tr><th>A<th>B<tr><td>1<td>2</table><img src=/a.jpg alt='A fort'>"
        "<iframe src='https://player.vimeo.com/video/9' title='Tides'></iframe><dl><dt>Bar<dd>Sand</dl>"
    )
    blocks = blocks_of(written(html).markdown)
    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.HEADING, "Tolls"),
        (BlockKind.PARAGRAPH, "Ships"),
        (BlockKind.QUOTATION, "Said"),
        (BlockKind.LIST_ITEM, "One"),
        (BlockKind.CODE, "code"),
        (BlockKind.TABLE, "A | B\n1 | 2"),
        (BlockKind.FIGURE, "A fort"),
        (BlockKind.EMBED, "Tides on Vimeo"),
        (BlockKind.LIST_ITEM, "Bar: Sand"),
    ]
    assert blocks[7].links[0].url == "https://vimeo.com/9"


def test_a_link_keeps_its_words_and_its_whole_address() -> None:
    (block,) = blocks_of(written('<p><a href="../q_(1)?a=*b*&amp;c=[d]#e">see [1] *there*</a></p>').markdown)
    assert block.text == "see [1] *there*"
    assert [link.url for link in block.links] == ["https://quay.example/q_(1)?a=*b*&c=%5Bd%5D#e"]


@pytest.mark.parametrize(
    "href", ["#top", "javascript:alert(1)", "", "https://quay.example/p/straits#top", "data:x", "//["]
)
def test_a_link_that_leads_nowhere_is_its_words(href: str) -> None:
    assert written(f'<p>see <a href="{href}">there</a></p>').markdown == "see there"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<b>a</b><b>b</b>", "**ab**"),
        ("a<b> b </b>c", "a **b** c"),
        ("<b></b>a<i> </i>b", "a b"),
        ("<b>a<div>b</div></b>", "**a**\n\n**b**"),
        ("a<b>.</b>b", "a.b"),
        ("<b><strong>a</strong></b>", "**a**"),
        ("<i>a</i><b>b</b>", "*a*b"),
        ('<b style="font-weight:normal">a</b>', "a"),
        ("<code>a</code><code>b</code>", "`ab`"),
        ("<code> a <b>b</b></code>c", "`a b`c"),
    ],
)
def test_marks_are_only_where_markdown_sees_them(html: str, markdown: str) -> None:
    assert written(html).markdown == markdown


@pytest.mark.parametrize(
    ("srcset", "best"),
    [
        ("/a.jpg 1x, /b.jpg 2x", "/b.jpg"),
        ("/w_1,c_2/a.jpg 300w,/w_9,c_2/b.jpg 1200w", "/w_9,c_2/b.jpg"),
        ("/only.jpg", "/only.jpg"),
        ("/a.jpg, /b.jpg 2x", "/b.jpg"),
        ("data:image/gif;base64,R0 1w, /b.jpg 2w", "/b.jpg"),
    ],
)
def test_the_largest_image_of_a_set_is_taken(srcset: str, best: str) -> None:
    assert written(f'<img srcset="{srcset}" alt="A">').markdown == f"![A](https://quay.example{best})"


def test_what_is_taken_out_is_said_once_with_its_reason() -> None:
    result = written("<p>Ships<button>Share</button></p><button>Share</button><script>x()</script>")
    assert result.markdown == "Ships"
    reason = "a button or field of the web page, not part of the text"
    assert result.removals == (Removal(text="Share", reason=reason),)


def test_a_form_around_the_whole_page_is_no_form() -> None:
    result = written(f"<form><p>{'ships and tugs ' * 30}</p></form>")
    assert result.markdown.count("tugs") == 30


def test_pull_quotes_that_stand_nowhere_else_stay() -> None:
    result = written(
        "<p>Ships wait.</p><aside class='pullquote'>Tugs wait</aside><div class='pullquote'>SHIPS wait</div>"
    )
    assert result.markdown == "Ships wait.\n\n> Tugs wait"
    assert [removal.text for removal in result.removals] == ["SHIPS wait"]


PULL_QUOTES = {
    "a name of the site": '<div class="article__pull-quote"><p>The toll was never a tax</p></div>',
    "spacefinder": '<figure data-spacefinder-type="site.blocks.PullquoteBlockElement"><aside><blockquote>'
    "The toll was never a tax</blockquote><footer>Tomas Reyl</footer></aside></figure>",
    "no name": "<figure><aside><blockquote>The toll was never a tax</blockquote></aside></figure>",
    "an aside": "<aside><blockquote><p>“The toll was never a tax”</p></blockquote></aside>",
}


@pytest.mark.parametrize("html", PULL_QUOTES.values(), ids=PULL_QUOTES)
def test_a_quotation_set_apart_that_repeats_the_article_goes(html: str) -> None:
    result = written(f"<p>The toll was never a tax, he said.</p>{html}<p>Ships wait.</p>")
    assert result.markdown == "The toll was never a tax, he said.\n\nShips wait."
    assert [removal.reason for removal in result.removals] == ["a pull quote: its words stand in the article itself"]


@pytest.mark.parametrize(
    "html",
    [
        "<aside><blockquote>Ships wait</blockquote></aside>",
        "<aside><blockquote>Ships wait at the outer bar</blockquote></aside>",
        "<blockquote>The toll was never a tax</blockquote>",
    ],
)
def test_a_quotation_that_may_be_meant_stays(html: str) -> None:
    result = written(f"<p>The toll was never a tax. Ships wait.</p>{html}")
    assert result.removals == ()


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<figcaption><span>At dawn.</span><span>L. Marsh/Agency</span></figcaption>", "At dawn. L. Marsh/Agency"),
        ("<h2><span>1.</span><span>The sale</span></h2>", r"## 1\. The sale"),
        ("<div><strong>Varnia</strong><span>41 ships</span></div>", "**Varnia** 41 ships"),
        ('<div><span class="num">41</span><span class="label">ships</span></div>', "41 ships"),
        ("<ul><li><span>The quay</span><a>Tolls</a></li></ul>", "- The quay Tolls"),
        ('<h2><span class="dropcap">W</span><span>hen</span></h2>', "## When"),
        ("<div><b>N</b>ato</div>", "**N**ato"),
        ("<div><span>1</span><span>st</span> and <span>1.</span><span>5</span></div>", "1st and 1.5"),
        ("<div><span>H</span><span>2</span><span>O</span> <b>Mc</b><b>Donald</b></div>", "H2O **McDonald**"),
        ("<div><span>ines@quay.</span><span>Example</span> <b>U.</b><b>S.</b></div>", "ines@quay.Example **U.S.**"),
        ("<p><span>The quay</span><span>Tolls</span></p>", "The quayTolls"),
    ],
)  # fmt: skip
def test_words_parted_by_style_alone_are_parted_and_no_word_is(html: str, markdown: str) -> None:
    assert written(html).markdown == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("again,<sup>13,14</sup> they", "again,¹³,¹⁴ they"),
        ("again.<sup>5-7</sup>", "again.⁵–⁷"),
        ("again.<sup>[5; 7]</sup>", "again.⁵,⁷"),
        ('again<sup><a href="javascript:void(0)">13</a></sup>', "again¹³"),
        ('again<sup><a href="https://quay.example/a">13</a></sup>', "again[¹³](https://quay.example/a)"),
        ("10<sup>6</sup>, x<sup>2</sup>, km<sup>2</sup>, 10<sup>-3</sup>", "10⁶, x², km², 10⁻³"),
        ("the 1<sup>st</sup>", "the 1st"),
    ],
)
def test_raised_figures_are_no_figures_of_the_prose(html: str, markdown: str) -> None:
    assert written(f"<p>{html}</p>").markdown == markdown


def test_a_bubble_goes_and_is_named() -> None:
    result = written('<p>The toll<span role="tooltip">A fee for passage</span> rises.</p>')
    assert result.markdown == "The toll rises."
    assert [removal.text for removal in result.removals] == ["A fee for passage"]


def test_paragraphs_that_a_paywall_hides_from_screen_readers_are_text() -> None:
    result = written('<p class="paywall" aria-hidden="true">Ships wait.</p><span aria-hidden="true">~</span>')
    assert result.markdown == "Ships wait."
    assert [removal.text for removal in result.removals] == ["~"]


def test_a_numbered_heading_in_an_item_says_its_number_once() -> None:
    html = "<ol><li><h3>1. The sale</h3><p>Ships wait.</p></li><li><h3>The toll</h3></li></ol>"
    assert written(html).markdown == "### 1\\. The sale\n\nShips wait.\n\n2. ### The toll"


def test_people_and_shares_that_substack_keeps_beside_the_text() -> None:
    html = (
        """<p>Ask <span class="mention-wrap" data-attrs='{"name":"Ines Calder"}'></span>, """
        """<span class="mention-wrap" data-attrs='{"name":"X"}'>Tomas Reyl</span> or """
        """<span class="cashtag-wrap" data-attrs='{"symbol":"QUAY"}'></span>.</p>"""
    )
    assert written(html).markdown == "Ask Ines Calder, Tomas Reyl or QUAY."


def test_a_gallery_of_substack_is_its_pictures_and_their_caption() -> None:
    told = (
        '{"gallery":{"images":[{"type":"image/jpeg","src":"https://quay.example/a.jpg"},{"src":"/b.jpg"},3],'
        '"caption":"The quays at dawn","alt":"Two quays"}}'
    )
    html = f"<div class='image-gallery-embed' data-attrs='{told}'></div>"
    assert written(html).markdown == (
        '![Two quays](https://quay.example/a.jpg)\n\n![](https://quay.example/b.jpg "The quays at dawn")'
    )
    shown = html.replace("></div>", "><p>Other words</p></div>")
    assert written(shown).markdown == "Other words"
