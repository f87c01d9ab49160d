"""Tables: which hold data, and the rows of a pipe table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from pipeline.sources.html.tables import Cell, data_tables, pipe_table

GRID = "<tr><td>Port</td><td>Tolls</td></tr><tr><td>Outer</td><td>7</td></tr>"


@pytest.mark.parametrize(
    "table",
    [
        f"<table>{GRID}</table>",
        "<table><tr><th>Port</th><th>Tolls</th></tr></table>",
        f"<table><caption>Tolls</caption>{GRID}</table>",
        "<table><tr><th>Port</th><td><table><tr><td>x</td></tr></table></td></tr></table>",
    ],
)
def test_tables_of_data(table: str) -> None:
    root = fragment_fromstring(f"<div>{table}</div>")
    assert root[0] in data_tables(root)


@pytest.mark.parametrize(
    "table",
    [
        f"<table role='presentation'>{GRID}</table>",
        "<table><tr><td>one column</td></tr><tr><td>of words</td></tr></table>",
        "<table><tr><td>one</td><td>row</td></tr></table>",
        "<table><tr><td><h2>Ports</h2></td><td>Tolls</td></tr><tr><td>a</td><td>b</td></tr></table>",
        f"<table><tr><td>{'prose ' * 100}</td><td>b</td></tr><tr><td>a</td><td>b</td></tr></table>",
        f"<table><tr><td><table>{GRID}</table></td><td>b</td></tr><tr><td>a</td><td>b</td></tr></table>",
        f"<table><tr><th colspan='900'>a</th></tr>{'<tr><td>b</td></tr>' * 50}</table>",
        "<table></table>",
    ],
)
def test_tables_that_lay_out_a_page(table: str) -> None:
    root = fragment_fromstring(f"<div>{table}</div>")
    assert root[0] not in data_tables(root)


def test_cells_over_several_columns_and_rows_keep_the_others_in_their_columns() -> None:
    rows = [
        [Cell(text="a", rows=2), Cell(text="b", columns=2)],
        [Cell(text="c"), Cell(text="d", rows=3)],
        [Cell(text="e"), Cell(text="f")],
    ]
    assert pipe_table(rows) == [
        "| a | b |  |",
        "| --- | --- | --- |",
        "|  | c | d |",
        "| e | f |  |",
    ]


def test_rows_without_words_are_left_out() -> None:
    assert pipe_table([[Cell(text="")], [Cell(text="a")], []]) == ["| a |", "| --- |"]
    assert pipe_table([[Cell(text=""), Cell(text="")]]) == []


CELLS = st.builds(Cell, text=st.sampled_from(["", "a", "b"]), columns=st.integers(1, 5), rows=st.integers(1, 5))


@given(st.lists(st.lists(CELLS, max_size=4), max_size=6))
def test_every_row_has_the_same_columns_and_every_word_is_there_once(rows: list[list[Cell]]) -> None:
    lines = pipe_table(rows)
    assert len({line.count("|") for line in lines}) <= 1
    words = "".join(character for character in "".join(lines) if character in "ab")
    assert words == "".join(cell.text for row in rows for cell in row)


def test_rows_that_reach_down_for_ever_stay_small() -> None:
    rows = [[Cell(text="a", columns=1_000, rows=1_000)] for _ in range(2_000)]
    assert sum(len(line) for line in pipe_table(rows)) < 40_000_000
