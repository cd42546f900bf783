"""Takes the rows of one HTML table, with the spans they ask for, and gives a Grid in which every slot has one cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from extractor.errors import SourceTooLarge
from extractor.layout import Block, Cell, Grid
from extractor.readers.html.flow import Flow
from extractor.readers.html.values import ALL_SIDES, LEVEL, UPRIGHT, Borders

MAX_COL_SPAN = 1000  # HTML's own limit
MAX_ROW_SPAN = 65534  # HTML's own limit
SPAN_DIGITS = 9  # digits read of a span; more can only be above the limits
MAX_SLOTS = 1_000_000  # of one table; the largest seen in a filing has about 2 000

FORM_COLS, FORM_ROWS = 3, 2
"""From this size on a ruled table inside another is one of the form's: its items have 3 columns, its tables at least 4
and two head rows; the OMB box in the form's head has up to 2 columns."""

HEAD, BODY, FOOT = 0, 1, 2
SECTIONS = {"thead": HEAD, "tbody": BODY, "tfoot": FOOT}


_new = tuple.__new__  # a third of the time that the call of a named tuple takes; 350 cells stand on a page
RawCell = tuple[int, int, tuple[Block, ...]]
"""A cell as marked up: its row span (0: down to the end of its section), its column span and what it holds."""


class Section(NamedTuple):
    """A thead, tbody or tfoot, or rows that stand in none; a row is a list of cells, and may be empty."""

    kind: int
    rows: list[list[RawCell]]


def unwrapped(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a page, with tables that only lay the page out replaced by what stands in their cells.

    A site that shows filings puts the form between its own columns; the form's tables must still be the outermost.
    """
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and _wraps(block):
            for cell in block.cells:
                found += unwrapped(cell.blocks)
        else:
            found.append(block)
    return tuple(found)


def _wraps(grid: Grid) -> bool:
    """Whether a grid lays out the page: it is unruled or a single box, and a table of the form's own stands in it."""
    if grid.ruled and len(grid.cells) > 1:
        return False
    return any(_holds_form(cell.blocks) for cell in grid.cells)


def _holds_form(blocks: Sequence[Block]) -> bool:
    for block in blocks:
        if isinstance(block, Grid):
            if block.ruled and block.n_cols >= FORM_COLS and block.n_rows >= FORM_ROWS:
                return True
            if any(_holds_form(cell.blocks) for cell in block.cells):
                return True
    return False


class Table:
    """A table whose end tag has not come yet: its rows so far, and the flow that it stands in."""

    __slots__ = (
        *("outer", "flow", "in_cell", "_own", "_border", "_sections", "_open", "_row", "_spans"),
        *("_cells", "_boxed", "_bare"),
    )

    def __init__(self, outer: Table | None, flow: Flow, attributes: Mapping[str, str], own: Borders | None) -> None:
        self.outer = outer
        self.flow = flow
        self.in_cell = False
        self._own = own
        border = attributes.get("border")  # without a number it is 1
        self._border = (border is not None and span_of(border, MAX_COL_SPAN) > 0) or attributes.get("rules") == "all"
        self._sections: list[Section] = []
        self._open = False  # rows go into the last section
        self._row: list[RawCell] | None = None
        self._spans = (1, 1)
        self._cells = self._boxed = self._bare = 0

    def start_section(self, tag: str) -> None:
        self._sections.append(Section(SECTIONS[tag], []))
        self._open = True
        self._row = None

    def end_section(self) -> None:
        self._row = None
        self._open = False

    def start_row(self) -> None:
        if not self._open:
            self.start_section("tbody")
        self._row = []
        self._sections[-1].rows.append(self._row)

    def end_row(self) -> None:
        self._row = None

    def start_cell(self, attributes: Mapping[str, str], borders: Borders | None) -> None:
        if self._row is None:
            self.start_row()
        self.in_cell = True
        self._spans = (1, 1)
        if "rowspan" in attributes or "colspan" in attributes:
            self._spans = (
                span_of(attributes.get("rowspan"), MAX_ROW_SPAN),
                span_of(attributes.get("colspan"), MAX_COL_SPAN),
            )
        self._cells += 1
        if borders is not None:
            drawn = borders.drawn
            self._boxed += bool(drawn & UPRIGHT and drawn & LEVEL)
            self._bare += not drawn

    def end_cell(self, blocks: list[Block]) -> None:
        self.in_cell = False
        if self._row is not None:
            self._row.append((*self._spans, tuple(blocks)))

    def grid(self) -> Grid | None:
        """The finished table, None for one without cells; SourceTooLarge above a million slots."""
        return grid_of(self._sections, self._ruled)

    @property
    def _ruled(self) -> bool:
        """Whether the cells are drawn with rulings: by the table's border, or by the style of most cells.

        A line under some cells (a signature) makes no rulings, nor does a box around many.
        """
        if self._cells == 1 and self._own is not None and self._own.drawn == ALL_SIDES:
            return True
        if self._border:
            return self._bare < self._cells
        return self._boxed * 2 > self._cells


def span_of(text: str | None, highest: int) -> int:
    """The number that an attribute asks for, 1 where it says none; never above `highest`."""
    if not text:
        return 1
    text = text.strip()[:SPAN_DIGITS].removeprefix("+")
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
    # For each source row, how many rows with cells there are up to it.
    ends = list(accumulate([1 if cells else 0 for cells in rows]))
    free_from: list[int] = []  # for each column, the first row that no cell placed so far reaches
    row = top
    for index, cells in enumerate(rows):
        col = 0
        for row_span, col_span, blocks in cells:
            while col < len(free_from) and free_from[col] > row:
                col += 1
            height, width = 1, 1
            if row_span != 1:
                last = index + row_span if row_span else len(rows)
                height = ends[min(last, len(rows)) - 1] + top - row
            if col_span > 1:
                width = _free_width(free_from, row, col, col_span)
            budget[0] -= width
            if col + width > len(free_from):
                if budget[0] < 0:
                    raise SourceTooLarge(f"a table of more than {MAX_SLOTS} slots")
                free_from.extend([0] * (col + width - len(free_from)))
            if width == 1:
                free_from[col] = row + height
            else:
                free_from[col : col + width] = [row + height] * width
            placed.append(_new(Cell, (row, col, height, width, blocks)))
            col += width
        row += bool(cells)
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
        Cell(cell.row, left[cell.col], cell.row_span, before[cell.col + cell.col_span] - left[cell.col], cell.blocks)
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
    empty = [Cell(row, col, 1, 1, ()) for row, slots in enumerate(covered) for col in range(n_cols) if not slots[col]]
    return tuple(sorted(cells + empty, key=_position))


def _position(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.col
