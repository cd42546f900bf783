"""The index: every grid with its filled cells and their squeezed texts."""

from __future__ import annotations

from extractor.fitting.index import index_grids
from tests.made import grid, layout, stack


def test_grids_come_outer_before_inner_in_reading_order() -> None:
    inner = grid(("c",))
    outer = grid(("a", stack("b", inner)))
    last = grid(("d",))
    assert [each.grid for each in index_grids(layout(outer, "x", last))] == [outer, inner, last]


def test_filled_cells_come_with_their_squeezed_text() -> None:
    (only,) = index_grids(layout(grid(("1. Title of Security", ""), ("", stack("(Instr.", "3)*")))))
    assert [(cell.row, cell.col, text) for cell, text in only.cells] == [
        (0, 0, "1.titleofsecurity"),
        (1, 1, "(instr.3)"),
    ]


def test_the_text_of_a_cell_includes_that_of_its_grids() -> None:
    outer, inner = index_grids(layout(grid((stack("Owner", grid(("X", "Director"))),))))
    assert [text for _, text in outer.cells] == ["ownerxdirector"]
    assert [text for _, text in inner.cells] == ["x", "director"]


def test_a_page_without_grids_has_an_empty_index() -> None:
    assert index_grids(layout("Dear shareholder")) == ()
