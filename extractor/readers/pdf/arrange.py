"""Paragraphs and finished blocks of one region in; blocks in reading order out.

A recursive XY-cut: bands from top to bottom, columns from left to right inside a band. What stands side by side becomes a
line of several segments; rows that stand in columns, or columns that are fuller than one line, become an unruled grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from extractor.layout import Block, Cell, Grid, Line
from extractor.readers.pdf.compose import segment_of
from extractor.readers.pdf.wraps import Paragraph


class Placed(NamedTuple):
    """A finished block and the box it stands in."""

    x0: float
    top: float
    x1: float
    bottom: float
    block: Block


Item = Paragraph | Placed
Column = list[Item]

OVERLAP: Final = 0.6  # points that boxes may overlap and still count as apart
ALIGNED: Final = 2.5  # points within which a lone line's left edge is that of a column
FAR: Final = 4.5  # gap ÷ size between two rows over which they belong to different tables: 3.6 seen under signatures


def blocks_of(items: Sequence[Item]) -> tuple[Block, ...]:
    """The blocks of a region, arranged."""
    if len(items) == 1:
        return (_block(items[0]),)
    bands = [_columns(band) for band in _bands(items)]
    blocks: list[Block] = []
    start = 0
    while start < len(bands):
        end = _table_end(bands, start)
        if end > start + 1:
            blocks.append(_grid(bands[start:end]))
            start = end
            continue
        band = bands[start]
        start += 1
        if len(band) == 1:
            blocks.extend(_block(item) for item in band[0])
        elif all(len(column) == 1 and isinstance(column[0], Paragraph) for column in band):
            blocks.append(
                Line(tuple(segment_of(item) for column in band for item in column if isinstance(item, Paragraph)))
            )
        else:
            cells = tuple(Cell(0, index, 1, 1, blocks_of(column)) for index, column in enumerate(band))
            blocks.append(Grid(cells, ruled=False))
    return tuple(blocks)


def _block(item: Item) -> Block:
    return item.block if isinstance(item, Placed) else Line((segment_of(item),))


def _bands(items: Sequence[Item]) -> list[list[Item]]:
    """Items that overlap from top to bottom, directly or through others, together."""
    bands: list[list[Item]] = []
    reached = 0.0
    for item in sorted(items, key=lambda item: (item.top, item.x0)):
        if bands and item.top < reached - OVERLAP:
            bands[-1].append(item)
            reached = max(reached, item.bottom)
        else:
            bands.append([item])
            reached = item.bottom
    return bands


def _columns(band: list[Item]) -> list[Column]:
    """The band's items by column, each from top to bottom."""
    if len(band) == 1:
        return [band]
    columns: list[Column] = []
    reached = 0.0
    for item in sorted(band, key=lambda item: item.x0):
        if columns and item.x0 < reached - OVERLAP:
            columns[-1].append(item)
            reached = max(reached, item.x1)
        else:
            columns.append([item])
            reached = item.x1
    for column in columns:
        column.sort(key=lambda item: (item.top, item.x0))
    return columns


# ---------------------------------------------------------------------------------------------------------------------
# rows in columns

Span = tuple[float, float]


def _is_row(band: list[Column]) -> bool:
    return all(len(column) == 1 for column in band)


def _table_end(bands: list[list[Column]], start: int) -> int:
    """Where the rows end that stand in common columns from band `start` on; `start` + 1 if it begins no such table."""
    first = start
    while first < len(bands) and len(bands[first]) == 1 and _is_row(bands[first]) and first - start < 2:
        first += 1
    if first >= len(bands) or len(bands[first]) < 2 or not _is_row(bands[first]):
        return start + 1
    spans = _spans(bands[first])
    for band in bands[start:first]:
        if not _stands_right(band, spans):
            return start + 1
    end = first + 1
    while end < len(bands) and _is_row(bands[end]) and not _far(bands[end - 1], bands[end]):
        if len(bands[end]) == 1:
            if not _stands_right(bands[end], spans):
                break
        else:
            wider = _merged(spans, _spans(bands[end]))
            if wider is None:
                break
            spans = wider
        end += 1
    return end


def _spans(band: list[Column]) -> list[Span]:
    return [(column[0].x0, column[0].x1) for column in band]


def _merged(spans: list[Span], others: list[Span]) -> list[Span] | None:
    """The columns of two rows together; None if two columns of one row would fall into one."""
    out: list[list[float]] = []
    members: list[list[int]] = []
    both = [(*span, 0) for span in spans] + [(*span, 1) for span in others]
    for x0, x1, row in sorted(both):
        if out and x0 < out[-1][1] - OVERLAP:
            out[-1][1] = max(out[-1][1], x1)
            members[-1].append(row)
        else:
            out.append([x0, x1])
            members.append([row])
    if any(rows.count(0) > 1 or rows.count(1) > 1 for rows in members):
        return None
    if not any(len(set(rows)) == 2 for rows in members):
        return None
    return [(x0, x1) for x0, x1 in out]


def _stands_right(band: list[Column], spans: list[Span]) -> bool:
    """Whether a lone line begins at or behind the left edge of the second column."""
    return band[0][0].x0 >= spans[1][0] - ALIGNED


def _far(above: list[Column], below: list[Column]) -> bool:
    gap = min(column[0].top for column in below) - max(column[0].bottom for column in above)
    size = (
        max(item.size for column in above for item in column if isinstance(item, Paragraph)) if _has_text(above) else 10
    )
    return gap > FAR * size


def _has_text(band: list[Column]) -> bool:
    return any(isinstance(item, Paragraph) for column in band for item in column)


def _grid(bands: list[list[Column]]) -> Grid:
    """Rows in columns as an unruled grid; free slots become empty cells."""
    spans: list[Span] = []
    for band in bands:
        if len(band) > 1:
            spans = (_merged(spans, _spans(band)) or spans) if spans else _spans(band)
    cells: list[Cell] = []
    for row, band in enumerate(bands):
        cells.extend(_row_cells(row, band, spans))
    return Grid(tuple(cells), ruled=False)


def _row_cells(row: int, band: list[Column], spans: list[Span]) -> list[Cell]:
    cells: list[Cell] = []
    free = 0
    for column in band:
        item = column[0]
        col = max(free, _column_at(item, spans))
        end = col + 1
        while len(band) == 1 and end < len(spans) and spans[end][0] < item.x1 - OVERLAP:
            end += 1
        cells.extend(Cell(row, empty, 1, 1, ()) for empty in range(free, col))
        cells.append(Cell(row, col, 1, end - col, (_block(item),)))
        free = end
    cells.extend(Cell(row, empty, 1, 1, ()) for empty in range(free, len(spans)))
    return cells


def _column_at(item: Item, spans: list[Span]) -> int:
    """The column an item overlaps first, or the last one that begins left of it."""
    for index, (x0, x1) in enumerate(spans):
        if item.x0 < x1 - OVERLAP and x0 < item.x1 - OVERLAP:
            return index
    return max((index for index, (x0, _) in enumerate(spans) if x0 <= item.x0 + ALIGNED), default=0)
