"""Grids: every slot has one cell, and rows of inner grids read as lines."""

from __future__ import annotations

import pytest

from extractor.layout import Cell, Grid, lines_of, runs_of, slots
from tests.made import Wide, cell, grid, line, marked, stack, tick


def texts(*contents: Cell) -> list[str]:
    return [each.text for content in contents for each in lines_of(content.blocks)]


def test_a_grid_is_as_large_as_its_cells_reach() -> None:
    table = grid((Wide("a", cols=2), "b"), ("c", Wide("d", rows=2), "e"), ("f", "g"))
    assert (table.n_rows, table.n_cols) == (3, 3)


def test_a_grid_without_cells_has_no_rows_and_columns() -> None:
    assert (Grid(()).n_rows, Grid(()).n_cols) == (0, 0)


def test_a_spanning_cell_stands_in_each_of_its_slots() -> None:
    table = grid((Wide("a", cols=2), "b"), ("c", Wide("d", rows=2), "e"), ("f", "g"))
    assert [[each.text for each in row] for row in slots(table)] == [["a", "a", "b"], ["c", "d", "e"], ["f", "d", "g"]]


def test_two_cells_in_one_slot_are_refused() -> None:
    with pytest.raises(ValueError, match=r"slot \(0, 1\) belongs to two cells"):
        slots(Grid((cell(0, 0, "a", cols=2), cell(0, 1, "b"))))


def test_a_slot_without_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="a slot belongs to no cell"):
        slots(Grid((cell(0, 0, "a"), cell(1, 1, "b"))))


def test_the_text_of_a_cell_joins_its_lines_by_a_space() -> None:
    assert cell(0, 0, stack("C/O FABLE", "1 ROAD")).text == "C/O FABLE 1 ROAD"
    assert cell(0, 0, "").text == ""


def test_a_row_of_an_inner_grid_with_a_line_a_cell_is_one_line() -> None:
    inner = grid(("CITY", "", "CA", "94000"))
    (only,) = lines_of((inner,))
    assert [each.text for each in only.segments] == ["CITY", "CA", "94000"]


def test_a_row_of_an_inner_grid_with_more_lines_reads_cell_by_cell() -> None:
    inner = grid((stack("By JRM", "Trust"), "D"))
    assert texts(cell(0, 0, inner)) == ["By JRM", "Trust", "D"]


def test_rows_of_an_inner_grid_read_from_top_to_bottom() -> None:
    inner = grid(("a", "b"), ("c", "d"))
    assert texts(cell(0, 0, stack("before", inner, "behind"))) == ["before", "a  b", "c  d", "behind"]


def test_an_empty_row_of_an_inner_grid_is_no_line() -> None:
    assert texts(cell(0, 0, grid(("", ""), ("a", "")))) == ["a"]


def test_the_runs_of_a_cell_come_in_reading_order_without_ticks() -> None:
    content = stack(line(tick(), "Director"), grid((marked("S", "(1)"), "V")))
    assert [each.text for each in runs_of(cell(0, 0, content))] == ["Director", "S", "(1)", "V"]
