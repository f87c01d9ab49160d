"""Bytes and text of HTML -> a tree, whatever is wrong with them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.html.parsing import tree_of


def text_of_tree(html: str) -> str:
    root = tree_of(html)
    assert root is not None
    return root.text_content()


@pytest.mark.parametrize("html", ["", " \n ", "<!-- nothing but a comment -->"])
def test_nothing_has_no_tree(html: str) -> None:
    root = tree_of(html)
    assert root is None or not root.text_content().strip()


def test_a_fragment_is_a_tree_from_the_root_on() -> None:
    root = tree_of("<p>One.</p><p>Two.</p>")
    assert root is not None
    assert root.tag == "html"
    assert [p.text for p in root.iter("p")] == ["One.", "Two."]


def test_what_the_document_says_of_its_encoding_is_not_believed() -> None:
    html = '<?xml version="1.0" encoding="latin-1"?><meta charset="ascii"><p>Żarów – café</p>'
    assert "Żarów – café" in text_of_tree(html)


def test_characters_that_no_tree_can_hold_are_blanks() -> None:
    assert text_of_tree("<p>one\x00two\ud800three\x0bfour</p>") == "one two three four"


def test_comments_are_no_part_of_the_tree() -> None:
    assert text_of_tree("<p>The gates<!-- not the weir --> are open.</p>") == "The gates are open."


@pytest.mark.parametrize("name", ["source", "track", "wbr", "embed"])
def test_empty_elements_of_html_5_swallow_nothing(name: str) -> None:
    root = tree_of(f"<p>gate<{name}>house <b>and</b> weir</p><p>river</p>")
    assert root is not None
    element = next(root.iter(name))
    assert (len(element), element.text, element.tail) == (0, None, "house ")
    assert root.text_content() == "gatehouse and weirriver"


def test_two_thousand_levels_are_read_to_the_last_word() -> None:
    html = "<div>" * 1900 + "<p>the bottom</p>" + "</div>" * 1900 + "<p>after it</p>"
    assert text_of_tree(html) == "the bottomafter it"


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "span"])
def test_a_hundred_thousand_levels_are_refused_at_once(tag: str) -> None:
    started = time.process_time()
    with pytest.raises(SourceError, match=r"2,000 HTML elements inside each other"):
        tree_of(f"<{tag}>" * 100_000 + "deep")
    assert time.process_time() - started < 2


def test_more_than_ten_million_characters_are_refused() -> None:
    with pytest.raises(SourceError, match="10 million is the most"):
        tree_of("a" * 10_000_001)


@given(st.text(alphabet=st.sampled_from("ab<>/=\"'& \npéדdiv"), max_size=60))
def test_no_text_breaks_it(html: str) -> None:
    root = tree_of(html)
    assert root is None or root.tag == "html"


@given(st.lists(st.sampled_from(["<wbr>", "<source>", "<b>", "</b>", "<p>", "x ", "y "]), max_size=20))
def test_lifting_out_loses_no_word(parts: list[str]) -> None:
    words = [part.strip() for part in parts if part in {"x ", "y "}]
    root = tree_of("".join(parts))
    assert (root.text_content().split() if root is not None else []) == words
