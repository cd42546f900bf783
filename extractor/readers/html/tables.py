"""Takes the rows of one HTML table, with the spans they ask for, and gives a Grid in which every slot has one cell."""

from __future__ import annotations

from typing import NamedTuple

from extractor.errors import SourceTooLarge
from extractor.layout import Block, Cell, Grid

MAX_COL_SPAN = 1000  # HTML's own limit
MAX_ROW_SPAN = 65534  # HTML's own limit
SPAN_DIGITS = 9  # digits read of a span; more can only be above the limits
MAX_SLOTS = 1_000_000  # of one table; the largest seen in a filing has about 2 000
MAX_TABLES_INSIDE = 50  # tables inside one another; forms have 4, site pages around them up to 10

HEAD, BODY, FOOT = 0, 1, 2
SECTIONS = {"thead": HEAD, "tbody": BODY, "tfoot": FOOT}


class RawCell(NamedTuple):
    """A cell as marked up: `row_span` 0 means down to the end of its section."""

    row_span: int
    col_span: int
    blocks: tuple[Block, ...]


class Section(NamedTuple):
    """A thead, tbody or tfoot, or rows that stand in none; a row is a list of cells, and may be empty."""

    kind: int
    rows: list[list[RawCell]]


def span_of(text: str | None, highest: int) -> int:
    """The number that a rowspan or colspan attribute asks for, 1 where it asks for none; never above `highest`."""
    if not text:
        return 1
    text = text.strip()[:SPAN_DIGITS].lstrip("+")
    if text.isascii() and text.isdigit():
        return min(int(text), highest)
    end = 0
    while end < len(text) and text[end] in "0123456789":
        end += 1
    return min(int(text[:end]), highest) if end else 1


def grid_of(sections: list[Section], ruled: bool) -> Grid | None:
    """The grid of a table, None for a table without cells.

    Rows are in printed order: the first thead first, the first tfoot last. Rows without cells are dropped, and so is a
    column in which no cell begins: this clips the title row of Form 5's Table I, which asks for 16 of 10 columns.
    Where two cells claim a slot, the one that comes first keeps it. Slots left over get empty cells.
    Raises SourceTooLarge above a million slots.
    """
    placed: list[Cell] = []
    n_rows = 0
    budget = [MAX_SLOTS]
    for section in _printed_order(sections):
        n_rows = _place(section.rows, n_rows, placed, budget)
    if not placed:
        return None
    return Grid(_filled(_without_void_columns(placed), n_rows), ruled)


def _printed_order(sections: list[Section]) -> list[Section]:
    if len(sections) == 1:
        return sections
    head = next((section for section in sections if section.kind == HEAD), None)
    foot = next((section for section in sections if section.kind == FOOT), None)
    middle = [section for section in sections if section is not head and section is not foot]
    return [*([head] if head else []), *middle, *([foot] if foot else [])]


def _place(rows: list[list[RawCell]], top: int, placed: list[Cell], budget: list[int]) -> int:
    """Put the cells of one section, which starts at row `top`, into `placed`; return the row after its last."""
    ends: list[int] = []  # for each source row, how many rows with cells there are up to and with it
    count = 0
    for cells in rows:
        count += bool(cells)
        ends.append(count)
    free_from: list[int] = []  # for each column, the first row that no cell placed so far reaches
    row = top
    for index, cells in enumerate(rows):
        if not cells:
            continue
        col = 0
        for raw in cells:
            while col < len(free_from) and free_from[col] > row:
                col += 1
            width = 1 if raw.col_span == 1 else _free_width(free_from, row, col, raw.col_span or 1)
            height = 1
            if raw.row_span != 1:
                last = index + raw.row_span if raw.row_span else len(rows)
                height = ends[min(last, len(rows)) - 1] + top - row
            budget[0] -= width
            if budget[0] < 0:
                raise SourceTooLarge(f"a table of more than {MAX_SLOTS} slots")
            if col + width > len(free_from):
                free_from.extend([0] * (col + width - len(free_from)))
            free_from[col : col + width] = [row + height] * width
            placed.append(Cell(row, col, height, width, raw.blocks))
            col += width
        row += 1
    return row


def _free_width(free_from: list[int], row: int, col: int, wanted: int) -> int:
    """How many of `wanted` columns from `col` on are free in `row`; a cell never reaches under one from above."""
    for taken in range(col + 1, min(col + wanted, len(free_from))):
        if free_from[taken] > row:
            return taken - col
    return wanted


def _without_void_columns(cells: list[Cell]) -> list[Cell]:
    """The same cells with only those columns left in which a cell begins."""
    starts = sorted({cell.col for cell in cells})
    last = max(cell.col + cell.col_span for cell in cells)
    if len(starts) == last:
        return cells
    left = dict(zip(starts, range(len(starts)), strict=True))
    before = [0] * (last + 1)  # for each old column, how many are left before it
    for col in range(last):
        before[col + 1] = before[col] + (col in left)
    return [
        Cell(
            cell.row, left[cell.col], cell.row_span, before[cell.col + cell.col_span] - left[cell.col], cell.blocks
        )
        for cell in cells
    ]


def _filled(cells: list[Cell], n_rows: int) -> tuple[Cell, ...]:
    """The cells, and an empty one for every slot that none of them covers, in reading order."""
    n_cols = max(cell.col + cell.col_span for cell in cells)
    if n_rows * n_cols > MAX_SLOTS:
        raise SourceTooLarge(f"a table of more than {MAX_SLOTS} slots")
    if sum(cell.row_span * cell.col_span for cell in cells) == n_rows * n_cols:
        return tuple(cells)
    covered = [bytearray(n_cols) for _ in range(n_rows)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            covered[row][cell.col : cell.col + cell.col_span] = b"\1" * cell.col_span
    empty = [
        Cell(row, col, 1, 1, ()) for row, slots in enumerate(covered) for col, taken in enumerate(slots) if not taken
    ]
    return tuple(sorted(cells + empty, key=_position))


def _position(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.col
