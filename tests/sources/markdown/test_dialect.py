"""Footnotes, tables, figures, code, task lists, definition lists and math."""

import pytest

from pipeline.model import Block, BlockKind, FateKind, Span
from pipeline.sources.fates import BY_POLICY
from tests.sources.markdown.pages import blocks_of, listed, spoken


def test_footnotes_have_labels_and_their_marks_are_kept() -> None:
    text = "A[^b] c[^1], d^[e *f*[^1]] g[^b].\n\n## H[^1]\n\n[^1]: One.\n\n    Two.\n[^b]: Three[^1].\n"
    blocks = blocks_of(text)
    assert [(block.kind.value, block.text, block.label, block.marks) for block in blocks] == [
        ("paragraph", "A c, d g.", "", ("b", "1", "note 3", "b")),
        ("footnote", "e f", "note 3", ("1",)),
        ("heading", "H", "", ("1",)),
        ("footnote", "One.", "1", ()),
        ("footnote", "Two.", "1", ()),
        ("footnote", "Three.", "b", ("1",)),
    ]
    assert all(block.fate == BY_POLICY for block in blocks if block.kind is BlockKind.FOOTNOTE)


def test_a_footnote_inside_a_footnote_is_there_too() -> None:
    notes = [block for block in blocks_of("A^[b^[c]].") if block.kind is BlockKind.FOOTNOTE]
    assert [(note.text, note.label, note.marks) for note in notes] == [
        ("b", "note 1", ("note 2",)),
        ("c", "note 2", ()),
    ]


def table_of(text: str) -> Block:
    (table,) = (block for block in blocks_of(text) if block.kind is BlockKind.TABLE)
    return table


GRID = "| a | b |\n|---|---|\n| 1 | 2 |"


@pytest.mark.parametrize(
    ("source", "caption"),
    [
        (GRID, ""),
        (f"Table: Tonnage *by* year\n\n{GRID}", "Tonnage by year"),
        (f"{GRID}\n\nTable: Tonnage", "Tonnage"),
        (f"{GRID}\nTable: Tonnage", "Tonnage"),
        (f"{GRID}\n\n: Tonnage", "Tonnage"),
        (f"Table 2. Tonnage\n\n{GRID}", "Table 2. Tonnage"),
        (f"table: Tonnage\n{GRID}", "Tonnage"),
    ],
)
def test_the_caption_of_a_table_is_part_of_it(source: str, caption: str) -> None:
    (block,) = blocks_of(source)
    assert (block.caption, block.rows, block.columns, block.text) == (caption, 2, 2, "a | b\n1 | 2")
    assert block.span == Span(0, len(source))
    assert block.fate == BY_POLICY


def test_each_table_has_its_own_caption() -> None:
    above = f"Table: One\n\n{GRID}\n\nTable: Two\n\n{GRID}"
    below = f"{GRID}\n\nTable: One\n\n{GRID}\n\nTable: Two"
    assert [block.caption for block in blocks_of(above)] == ["One", "Two"]
    assert [block.caption for block in blocks_of(below)] == ["One", "Two"]


@pytest.mark.parametrize("prose", ["Table manners: a guide", "Tables: a guide", "# Table: a guide", "- Table: a guide"])
def test_other_paragraphs_are_no_captions(prose: str) -> None:
    assert len(blocks_of(f"{prose}\n\n{GRID}")) == 2


@pytest.mark.parametrize("opening", ["", "- ", "12. ", "> ", "> - "])
def test_a_table_is_the_same_wherever_it_opens(opening: str) -> None:
    rest = "".join("> " if mark == ">" else " " * len(mark + " ") for mark in opening.split())
    table = table_of(f"{opening}| Day | Ships |\n{rest}| --- | --- |\n{rest}| One | 7 | late |\n")
    assert table.text == "Day | Ships\nOne | 7 | late"


def test_no_cell_of_an_uneven_table_is_lost() -> None:
    table = table_of(
        "> | a | b |\n> |---|---|\n> | 1 |\n> | 1 | 2 | [3](https://c.example)[^1] | |\n> 4 | 5 | 6\n\n[^1]: N."
    )
    assert table.text == "a | b\n1 | \n1 | 2 | 3\n4 | 5 | 6"
    assert (table.rows, table.columns, table.marks, len(table.links)) == (4, 3, ("1",), 1)


@pytest.mark.parametrize(
    ("source", "text", "caption"),
    [
        ('![The quay](a.jpg "By night")', "The quay", "By night"),
        ('![](a.jpg "By *night*")', "By *night*", "By *night*"),
        ('![IMG_2034.jpg](a.jpg "By night")', "By night", "By night"),
        ('![Screenshot 2026-03-01 at 10.22.png](a.jpg "By night")', "By night", "By night"),
        ('![image](the quay.jpg "By night")', "By night", "By night"),
        ("![A *fort* & more](a.jpg)", "A fort & more", ""),
        ("![Figures of the year](a.jpg)", "Figures of the year", ""),
        ("![Image of a quay](a.jpg)", "Image of a quay", ""),
        ('[![The quay](a.jpg "By night")](https://a.example)', "The quay", "By night"),
    ],
)
def test_figures(source: str, text: str, caption: str) -> None:
    (block,) = blocks_of(source)
    assert (block.kind, block.text, block.caption, block.fate) == (BlockKind.FIGURE, text, caption, BY_POLICY)


@pytest.mark.parametrize(
    "nothing",
    ["", "IMG_2034.jpg", "image", "Image 3", "photo", "DSC0042", "figure 1", "a b.webp", "0f9e8d7c-6b5a4f3e2d1c"],
)
def test_a_picture_without_a_description_is_dropped(nothing: str) -> None:
    (block,) = blocks_of(f"![{nothing}](a.jpg)")
    assert (block.kind, block.text, block.fate.kind) == (BlockKind.FIGURE, "", FateKind.DROPPED)
    assert "without a description" in block.fate.reason


@pytest.mark.parametrize(
    ("info", "language"),
    [("python", "python"), ("", ""), ("js {1,3}", "js"), ("{.r}", "r"), (" {r, echo=FALSE}", "r"), ("c++", "c++")],
)
def test_the_language_of_code(info: str, language: str) -> None:
    (block,) = blocks_of(f"```{info}\na\n```")
    assert (block.kind, block.text, block.caption, block.fate) == (BlockKind.CODE, "a", language, BY_POLICY)


def test_boxes_of_tasks_are_taken_off() -> None:
    assert spoken("- [ ] a\n- [x] b\n  - [X] *c*\n- [y] d\n- [x](https://e.example) f\n\n[ ] g") == (
        "a\nb\nc\n[y] d\nx f\n[ ] g"
    )


def test_a_definition_is_one_thing_to_say() -> None:
    text = "Demurrage\n: The *price* of waiting.[^1]\n: Or of hurry.\n\nLaytime?\n\n:   Days.\n\n    Two.\n\n[^1]: N."
    blocks = blocks_of(text)
    assert [(block.kind.value, block.text) for block in blocks[:-1]] == [
        ("list item", "Demurrage: The price of waiting."),
        ("list item", "Or of hurry."),
        ("list item", "Laytime? Days."),
        ("list item", "Two."),
    ]
    assert blocks[0].marks == ("1",)
    assert text[blocks[0].span.start : blocks[0].span.end] == "Demurrage\n: The *price* of waiting.[^1]"


def test_a_definition_that_opens_with_a_list_keeps_its_term() -> None:
    assert listed("Term\n:   - a\n    - b") == [("list item", "Term"), ("list item", "a"), ("list item", "b")]


@pytest.mark.parametrize(
    "prose",
    [
        "It cost $5 and $6.",
        "From $5-$6 to $7/$8m, then $9.",
        "US$5bn (in C$) or A$6bn",
        "A price of $5 a barrel (or C$7).",
        "$AAPL, up 5$ a share",
        "$20 here, 30$ there and 40$",
        "Ke$ha and A$AP",
        "$5 (in $)",
        "$$$ is money",
        "A $ alone, and $ 5 $",
    ],
)
def test_prices_are_never_math(prose: str) -> None:
    assert listed(prose) == [("paragraph", prose)]


@pytest.mark.parametrize(
    ("source", "text", "formulas"),
    [
        ("The rate $r$ is 5", "The rate r is 5", []),
        ("$E = mc^2$ holds", "E = mc² holds", []),
        ("$10^{-3}$ or $2^10$", "10⁻³ or 2¹⁰", []),
        (r"$\alpha$ and $x^{n+1}$", "alpha and (formula)", ["x^{n+1}"]),
        ("$x^n$ or $x_{i}$", "(formula) or (formula)", ["x^n", "x_{i}"]),
        ("$2x + 3$, $x_1*y$", "2x + 3, x_1*y", []),
        (r"A $\alpha \le 5\%$ b", "A alpha ≤ 5% b", []),
        (r"A $\frac{a}{b}$, b", "A (formula), b", [r"\frac{a}{b}"]),
        (r"It costs \$5 and $\sqrt{2}$.", "It costs $5 and (formula).", [r"\sqrt{2}"]),
        ("A $$x^2$$ b", "A (formula) b", ["x^2"]),
    ],
)
def test_math_in_a_paragraph(source: str, text: str, formulas: list[str]) -> None:
    assert listed(source) == [("paragraph", text), *(("formula", formula) for formula in formulas)]


@pytest.mark.parametrize("source", ["$$\na + b\n$$", "$$ a + b $$", "$$a + b$$ (sum)", "> $$\n> a + b\n> $$"])
def test_math_on_its_own_is_a_formula(source: str) -> None:
    (block,) = blocks_of(source)
    assert (block.kind, block.text, block.fate) == (BlockKind.FORMULA, "a + b", BY_POLICY)
