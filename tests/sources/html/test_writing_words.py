"""The words of a tree, whatever stands in them and however they are marked, are the words that are read back."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, builder, fragment_fromstring, tostring

from pipeline.model import Block, BlockKind
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.given import Given
from pipeline.sources.html.writing import markdown_of
from pipeline.sources.html.writing.gaps import is_glued
from pipeline.sources.html.writing.marks import is_anchor_sign
from pipeline.sources.manuscript import Manuscript, clean
from pipeline.sources.markdown import markdown_blocks
from tests.sources.html.shown import words_shown

GIVEN = Given(language="en-GB", publish_time="06:00", show_title="The Harbour Review")

#: All that Markdown and its dialects take for theirs, and enough between it to make it so.
SIGNS = [
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "``",
    "```",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "#",
    "##",
    "+",
    "-",
    "--",
    "---",
    ".",
    "1.",
    "2)",
    "7",
    "|",
    "~",
    "~~",
    "=",
    "==",
    "$",
    "$$",
    "^",
    ":",
    "::",
    ";",
    "%",
    "%%",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{{<",
    ">}}",
    "!",
    "![",
    "[[",
    "]]",
    "[^1]",
    "[^1]:",
    "[x]",
    "[!note]",
    "[!embed]",
    "Table:",
    "&amp;",
    "&",
    "&#",
    "\\",
    "\\\\",
    "/",
    "//",
    "@",
    "'",
    '"',
    "“",
    "”",
    "—",
    "…",
    "http://quay.example/a_b_",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "^name",
    "#tag",
    "{:",
    "{.x}",
    "{#y}",
    ":---",
    "|---",
    "a",
    "B",
    "c",
    "quay",
    "harbour",
    "Straits",
    "é",
    "ß",
    "́",
    "̸",
    "\u200b",
    "\xad",
    "שלום",
    "港",
    "١",
]
SPACES = ["", "", "", " ", " ", "  ", "\n", "\t", "\u00a0", "    ", "\u2009"]

texts = st.lists(st.tuples(st.sampled_from(SIGNS), st.sampled_from(SPACES)), max_size=6).map(
    lambda pairs: "".join(sign + space for sign, space in pairs)
)
plain = st.sampled_from(["quay", "two words", "Ines Calder,", "and", "5", ""])


def element(tag: str, children: Sequence[Any], **attributes: str) -> HtmlElement:
    made = (
        getattr(builder, tag.upper())(**attributes) if hasattr(builder, tag.upper()) else builder.E(tag, **attributes)
    )
    last = None
    for child in children:
        if not isinstance(child, str):
            made.append(child)
            last = child
        elif last is None:
            made.text = (made.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return made


def elements(tags: str, children: st.SearchStrategy[Any], *, most: int = 4) -> st.SearchStrategy[HtmlElement]:
    return st.builds(element, st.sampled_from(tags.split()), st.lists(children, max_size=most))


def links(children: st.SearchStrategy[Any]) -> st.SearchStrategy[HtmlElement]:
    addresses = st.sampled_from(
        [
            "https://quay.example/a_(b)_c",
            "/x y*z[1]?q=1&amp=2&lt;",
            "#here",
            "javascript:x",
            "mailto:a@quay.example",
            "//[",
            "%%",
        ]
    )
    inside = st.lists(children, max_size=3)
    return st.builds(lambda parts, href: element("a", parts, href=href), inside, addresses)


def item(children: list[Any]) -> HtmlElement:
    return element("li", children)


# Words that are struck out are no text: the reader puts them apart, see the last test.
MARKS = "b strong i em code span u mark small abbr q time sub kbd cite ins label"
inline = st.recursive(
    texts, lambda inner: elements(MARKS, st.one_of(texts, inner)) | links(st.one_of(texts, inner)), max_leaves=8
)
breaks = st.builds(lambda: element("br", []))
runs = st.one_of(inline, texts, breaks)
code = elements("pre", st.one_of(texts, breaks, elements("b code span", texts)))
paragraphs = st.one_of(elements("p p p h2 h3 h6 div", runs), elements("p div", runs), code)
images = st.builds(
    lambda alt: element("img", [], src="/quay.jpg", alt=alt), st.sampled_from(["The *old* quay", 'A "fort" [x]'])
)
figures = st.builds(
    lambda image, words: element("figure", [image, element("figcaption", words)]), images, st.lists(inline, max_size=3)
)
items = elements("ul ol", elements("li li li", st.one_of(runs, paragraphs), most=3), most=3)
rows = st.lists(elements("tr", elements("td th", st.one_of(runs, paragraphs), most=3), most=3), min_size=1, max_size=3)
tables = st.builds(
    lambda caption, rows: element("table", [element("caption", caption), *rows]), st.lists(inline, max_size=2), rows
)
rules = st.builds(lambda: element("hr", []))
leaves = st.one_of(paragraphs, items, tables, figures)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        elements("blockquote div section details", st.one_of(inner, runs)),
        elements("ul ol", st.builds(item, st.lists(st.one_of(inner, runs), max_size=4)), most=3),
        elements("b em a span", st.one_of(inner, runs), most=2),
    ),
    max_leaves=10,
)


def blocks_of(markdown: str) -> tuple[Block, ...]:
    front = FrontMatter(end=0)
    return markdown_blocks(Manuscript(path=Path("quay.md"), text=markdown, front=front), GIVEN)


def words_read(markdown: str) -> list[str]:
    """The words of the Blocks; a bar between two cells is none."""
    parts = [part for block in blocks_of(markdown) for part in _parts(block)]
    return " ".join(parts).split()


def _parts(block: Block) -> tuple[str, ...]:
    match block.kind:
        case BlockKind.TABLE:
            return block.caption, block.text.replace(" | ", " ")
        case BlockKind.FIGURE:
            return (block.text, block.caption) if block.text != block.caption else (block.text,)
        case BlockKind.CODE:
            return (block.text,)
    return (block.text,)


def compared(words: list[str]) -> list[str]:
    """The words without what the reader shows of its own: bars between cells, the stars of a dividing line."""
    return [word for word in words if word not in {"|", "*"}]


def set_apart(root: HtmlElement) -> HtmlElement:
    """The tree with a blank wherever the page parts two words by its style alone, and without links to themselves."""
    for link in [link for link in root.iter("a") if link.get("href", "").startswith("#") and is_anchor_sign(link)]:
        link.drop_tree()
    glued = [part for part in root.iter() if is_glued(part)]
    for part in glued:
        before = part.getprevious()
        assert before is not None
        before.tail = " "
    return root


@given(st.lists(st.one_of(trees, runs, rules), max_size=5))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_words_shown_are_the_words_read(children: list[Any]) -> None:
    root = fragment_fromstring(tostring(element("div", children), encoding="unicode"))
    written = markdown_of(root, base="https://quay.example/p/straits")
    assert clean(written.markdown) == written.markdown
    assert compared(words_read(written.markdown)) == compared(words_shown(set_apart(root))), written.markdown


definitions = elements("dl", st.one_of(elements("dt dd dd", st.one_of(trees, runs), most=3), texts), most=5)


def without_colons(words: list[str]) -> list[str]:
    """The words without the colons that the reader puts between a term and what it is."""
    return [word for word in compared([word.replace(":", "") for word in words]) if word]


@given(st.lists(st.one_of(definitions, elements("li blockquote div", definitions), runs), max_size=4))
@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
def test_the_words_of_definitions_too(children: list[Any]) -> None:
    root = fragment_fromstring(tostring(element("div", children), encoding="unicode"))
    written = markdown_of(root, base="")
    assert without_colons(words_read(written.markdown)) == without_colons(words_shown(set_apart(root))), (
        written.markdown
    )


@given(st.lists(elements("p div li", st.one_of(elements("del s", texts), texts)), max_size=3))
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_struck_words_are_put_apart_and_not_lost(children: list[Any]) -> None:
    root = fragment_fromstring(tostring(element("div", children), encoding="unicode"))
    written = markdown_of(root, base="")
    letters = Counter("".join(words_read(written.markdown))), Counter("".join(words_shown(root)))
    assert {sign: count for sign, count in letters[0].items() if sign.isalnum()} == {
        sign: count for sign, count in letters[1].items() if sign.isalnum()
    }
