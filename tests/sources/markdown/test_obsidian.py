"""Links, embeds, comments, marks and callouts of Obsidian and GitHub."""

import pytest

from pipeline.model import BlockKind, FateKind, Link
from pipeline.sources.fates import BY_POLICY
from tests.sources.markdown.pages import blocks_of, listed, spoken


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("[[The quay]]", "The quay"),
        ("[[The quay|it]]", "it"),
        ("[[essays/The quay.md]]", "The quay"),
        ("[[The quay#Prices]]", "The quay, Prices"),
        ("[[The quay#^a1b2]]", "The quay"),
        ("[[#Prices]]", "Prices"),
        ("| [[a\\|b]] |\n|--|\n| c |", None),
        ("[[1]](https://a.example) and [[sic]]", "[1] and sic"),
        ("a ==b c== ==*d*==, e == f, x==y", "a b c d, e == f, x==y"),
        (r"\==a\== and \[[b]] and \%%c\%%", "==a== and [[b]] and %%c%%"),
        ("A paragraph. ^a1-b2", "A paragraph."),
        ("Ten to the power ^2", "Ten to the power ^2"),
        ("In code `x ^ab`", "In code x ^ab"),
        ("a %%b%% c", "a c"),
        ("a %%b\nc%% d", "a d"),
        ("%%a%% b", "b"),
        ("%%\na\n\nb\n%% c\nd", "c d"),
    ],
)
def test_what_a_reader_sees(source: str, text: str | None) -> None:
    assert (spoken(source) if text else blocks_of(source)[0].text) == (text or "b\nc")


def test_comments_are_dropped_with_a_reason() -> None:
    blocks = blocks_of("a %%b%% c\n\n%% d\n\ne %%")
    assert [(block.text, block.is_spoken) for block in blocks] == [("a c", True), ("%%b%%", False), ("d\n\ne", False)]
    assert {block.fate.reason for block in blocks[1:]} == {"a comment in the source, not part of the text"}


def test_embedded_notes_and_files() -> None:
    assert listed("![[The quay#Prices]] and ![[talk.mp4]]") == [
        ("paragraph", "and"),
        ("embed", "The quay, Prices"),
        ("embed", "talk.mp4"),
    ]


def test_a_callout_is_the_authors_own_words() -> None:
    text = "> [!note]- *Who* pays\n> The barges\n> do.\n>\n> - Twice\n>\n> ## Why\n>\n> > He said."
    assert listed(text) == [
        ("paragraph", "Who pays"),
        ("paragraph", "The barges do."),
        ("list item", "Twice"),
        ("heading", "Why"),
        ("quotation", "He said."),
    ]
    assert [block.span for block in blocks_of(text)[:1]] == [type(blocks_of(text)[0].span)(0, 21)]


@pytest.mark.parametrize("sign", ["[!NOTE]", "[!warning]+", "[!info|right]"])
def test_a_callout_without_a_title_has_no_title_block(sign: str) -> None:
    assert [entry for entry in listed(f"> {sign}\n> Words.") if entry[0] != "boilerplate"] == [("paragraph", "Words.")]


def test_a_callout_that_quotes_is_a_quotation() -> None:
    assert listed("> [!quote] Tomas Reyl\n> Water.") == [("quotation", "Tomas Reyl"), ("quotation", "Water.")]


def test_what_only_looks_like_a_callout() -> None:
    assert listed("> [!] a\n\n> [!note]a\n\n> [note] a") == [
        ("quotation", "[!] a"),
        ("quotation", "[!note]a"),
        ("quotation", "[note] a"),
    ]


def test_an_embed_is_one_block() -> None:
    text = (
        "> [!embed] Ines *Calder* on X (https://x.example/a_b_c/(1))\n> One [two](https://two.example).\n>\n"
        "> - Three[^1]\n>\n> ![A gate](g.png)\n\n[^1]: Four."
    )
    embed, figure, note = blocks_of(text)
    assert (embed.kind, embed.fate) == (BlockKind.EMBED, BY_POLICY)
    assert (embed.text, embed.caption, embed.marks) == ("One two. Three", "Ines Calder on X", ("1",))
    assert embed.links == (
        Link(text="Ines Calder on X", url="https://x.example/a_b_c/(1)"),
        Link(text="two", url="https://two.example"),
    )
    assert (figure.kind, figure.text, note.kind) == (BlockKind.FIGURE, "A gate", BlockKind.FOOTNOTE)
    assert text[embed.span.start : embed.span.end].count("\n") == 5


@pytest.mark.parametrize(
    ("source", "caption"),
    [("> [!embed] A film (https://a.example)", "A film"), ("> [!embed] (https://a.example/b)", "a.example")],
)
def test_an_embed_without_words_shows_where_it_is_from(source: str, caption: str) -> None:
    (block,) = blocks_of(source)
    assert (block.text, block.caption, len(block.links)) == (caption, caption, 1)


def test_names_of_lists_are_no_words() -> None:
    assert [block.fate.kind for block in blocks_of("- a\n\n^list-1")] == [FateKind.SPOKEN, FateKind.DROPPED]
