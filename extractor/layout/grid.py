"""Grids: cells in slots. Every slot of a grid belongs to exactly one cell; a cell can hold lines and further grids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.layout.text import Join, Line, Run


class Cell(NamedTuple):
    """A cell at slot (`row`, `col`), counted from 0, spanning `row_span` × `col_span` slots."""

    row: int
    col: int
    row_span: int
    col_span: int
    blocks: tuple[Line | Grid, ...]

    @property
    def text(self) -> str:
        """All text of the cell, lines joined by a space."""
        return " ".join(line.text for line in lines_of(self.blocks))


class Grid(NamedTuple):
    """Cells in reading order (by row, then column). `ruled`: drawn with rulings, not only aligned."""

    cells: tuple[Cell, ...]
    ruled: bool = True

    @property
    def n_rows(self) -> int:
        """Rows of slots."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        """Columns of slots."""
        return max((cell.col + cell.col_span for cell in self.cells), default=0)


Block = Line | Grid


def slots(grid: Grid) -> list[list[Cell]]:
    """The cell of every slot, `slots(grid)[row][col]`. Raises ValueError where a slot has none or two."""
    table: list[list[Cell | None]] = [[None] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                if table[row][col] is not None:
                    raise ValueError(f"slot ({row}, {col}) belongs to two cells")
                table[row][col] = cell
    filled = [[cell for cell in row if cell is not None] for row in table]
    if any(len(row) != grid.n_cols for row in filled):
        raise ValueError("a slot belongs to no cell")
    return filled


def lines_of(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """The lines of `blocks`, those of inner grids included, in reading order.

    A row of an inner grid whose cells hold at most one line each is one line, a segment a filled cell: that is what
    stands side by side, however it was marked up.
    """
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from _grid_lines(block)


def _grid_lines(grid: Grid) -> Iterator[Line]:
    by_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in sorted(by_row):
        contents = [list(lines_of(cell.blocks)) for cell in by_row[row]]
        if all(len(lines) <= 1 for lines in contents):
            segments = tuple(segment for lines in contents for line in lines for segment in line.segments)
            if segments:
                yield Line(segments)
        else:
            for lines in contents:
                yield from lines


def texts_of(blocks: tuple[Block, ...]) -> list[str]:
    """The texts of all runs in `blocks`, in reading order; for searching, where lines and segments do not matter."""
    found: list[str] = []
    _add_texts(found, blocks)
    return found


def _add_texts(found: list[str], blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        if isinstance(block, Line):
            for segment in block.segments:
                for part in segment.parts:
                    if isinstance(part, Run):
                        found.append(part.text)
        else:
            for cell in block.cells:
                if cell.blocks:
                    _add_texts(found, cell.blocks)


def runs_of(cell: Cell) -> tuple[Run, ...]:
    """All runs of a cell in reading order; the first run of each further line is joined by `Join.LINE`."""
    if len(cell.blocks) == 1 and isinstance(cell.blocks[0], Line):  # as in most cells
        return cell.blocks[0].runs
    found: list[Run] = []
    for line in lines_of(cell.blocks):
        runs = line.runs
        found += (runs[0]._replace(join=Join.LINE), *runs[1:]) if found and runs else runs
    return tuple(found)
