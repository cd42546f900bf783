from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SourceTooLarge
from extractor.layout import Block, Cell, Grid, HtmlLocation, slots
from extractor.layout.text import line_of
from extractor.readers.html.tables import BODY, FOOT, HEAD, RawCell, Section, grid_of, span_of, unwrapped

HERE = HtmlLocation("")


def holding(text: str) -> tuple[Block, ...]:
    return (line_of(text, HERE),) if text else ()


def raw(text: str, row_span: int = 1, col_span: int = 1) -> RawCell:
    return row_span, col_span, holding(text)


def shape(*sections: Section) -> list[list[str]]:
    """The text in every slot of the grid that the sections make."""
    grid = grid_of(list(sections), ruled=True)
    assert grid is not None
    return [[cell.text for cell in row] for row in slots(grid)]


def body(*rows: list[RawCell]) -> Section:
    return Section(BODY, list(rows))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        *((None, 1), ("", 1), ("2", 2), (" 3 ", 3), ("+2", 2), ("4px", 4), ("2.9", 2), ("0", 0), ("-1", 1), ("x", 1)),
        *(("1000000000", 1000), ("9" * 5000, 1000), ("²", 1), ("٣", 1)),
    ],
)
def test_span_of(text: str | None, span: int) -> None:
    assert span_of(text, 1000) == span


def test_plain_rows() -> None:
    assert shape(body([raw("a"), raw("b")], [raw("c"), raw("d")])) == [["a", "b"], ["c", "d"]]


def test_spans() -> None:
    rows = body([raw("a", row_span=2), raw("b", col_span=2), raw("c", row_span=2)], [raw("d"), raw("e")])
    assert shape(rows) == [["a", "b", "b", "c"], ["a", "d", "e", "c"]]


def test_a_title_wider_than_the_table_is_clipped() -> None:
    rows = body([raw("title", col_span=16)], [raw("a"), raw("b")])
    assert shape(rows) == [["title", "title"], ["a", "b"]]


def test_columns_in_which_no_cell_begins_are_none() -> None:
    rows = body([raw("a", col_span=3), raw("b")], [raw("c", col_span=4)])
    assert shape(rows) == [["a", "b"], ["c", "c"]]


def test_missing_cells_are_filled() -> None:
    grid = grid_of([body([raw("a"), raw("b"), raw("c")], [raw("d")])], ruled=False)
    assert grid == Grid(
        (
            Cell(0, 0, 1, 1, holding("a")),
            Cell(0, 1, 1, 1, holding("b")),
            Cell(0, 2, 1, 1, holding("c")),
            Cell(1, 0, 1, 1, holding("d")),
            Cell(1, 1, 1, 1, ()),
            Cell(1, 2, 1, 1, ()),
        ),
        ruled=False,
    )


def test_row_span_zero_goes_to_the_end_of_its_section() -> None:
    rows = body([raw("a", row_span=0), raw("b")], [raw("c")], [raw("d")])
    assert shape(rows, body([raw("e"), raw("f")])) == [["a", "b"], ["a", "c"], ["a", "d"], ["e", "f"]]


def test_row_spans_end_with_their_section() -> None:
    assert shape(body([raw("a", row_span=9), raw("b")]), body([raw("c"), raw("d")])) == [["a", "b"], ["c", "d"]]


def test_rows_without_cells_are_dropped_and_spans_shrink() -> None:
    rows = body([], [raw("a", row_span=3), raw("b")], [], [raw("c")], [raw("d"), raw("e")], [])
    assert shape(rows) == [["a", "b"], ["a", "c"], ["d", "e"]]


def test_where_two_cells_claim_a_slot_the_first_keeps_it() -> None:
    rows = body([raw("a"), raw("b", row_span=2)], [raw("c", col_span=3)])
    assert shape(rows) == [["a", "b"], ["c", "b"]]


def test_head_first_and_foot_last() -> None:
    foot, rows, head = Section(FOOT, [[raw("f")]]), body([raw("b")]), Section(HEAD, [[raw("h")]])
    assert shape(foot, rows, head, Section(HEAD, [[raw("i")]])) == [["h"], ["b"], ["i"], ["f"]]


def test_a_table_without_cells_is_no_grid() -> None:
    assert grid_of([], ruled=True) is None
    assert grid_of([body([], [])], ruled=True) is None


def test_limits() -> None:
    with pytest.raises(SourceTooLarge):
        grid_of([body([raw("", col_span=1000)] * 1001)], ruled=True)
    with pytest.raises(SourceTooLarge):
        grid_of([body([raw("")] * 2000, *([raw("")] for _ in range(2000)))], ruled=True)


SPANS = st.integers(0, 4)
ROWS = st.lists(st.lists(st.tuples(SPANS, SPANS, st.just(())), max_size=4), max_size=5)


@given(st.lists(st.tuples(st.sampled_from([HEAD, BODY, FOOT]), ROWS), max_size=3))
def test_every_slot_has_exactly_one_cell(sections: list[tuple[int, list[list[RawCell]]]]) -> None:
    grid = grid_of([Section(kind, rows) for kind, rows in sections], ruled=True)
    cells = sum(len(row) for _, rows in sections for row in rows)
    if grid is None:
        assert cells == 0
    else:
        assert len(slots(grid)) == sum(bool(row) for _, rows in sections for row in rows)
        assert len(grid.cells) >= cells
        assert list(grid.cells) == sorted(grid.cells, key=lambda cell: (cell.row, cell.col))


def table(n_rows: int, n_cols: int, *, ruled: bool = True, inside: tuple[Block, ...] = ()) -> Grid:
    """A grid of single slots, `inside` in its first."""
    cells = [Cell(row, col, 1, 1, ()) for row in range(n_rows) for col in range(n_cols)]
    return Grid((cells[0]._replace(blocks=inside), *cells[1:]), ruled)


LINE = line_of("text", HERE)
ITEMS = table(3, 3)


def test_tables_that_lay_out_a_site_are_unwrapped() -> None:
    site = table(1, 2, ruled=False, inside=(LINE, table(1, 1, inside=(ITEMS, LINE))))
    assert unwrapped([LINE, site]) == (LINE, LINE, ITEMS, LINE)


def test_the_forms_own_tables_are_not_unwrapped() -> None:
    head = table(2, 3, ruled=False, inside=(LINE, table(2, 1), table(4, 2)))
    boxed = table(2, 2, ruled=True, inside=(ITEMS,))
    assert unwrapped([head, ITEMS, boxed]) == (head, ITEMS, boxed)
