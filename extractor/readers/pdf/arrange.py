"""Paragraphs and finished blocks of one region in; blocks in reading order out.

A recursive XY-cut: bands from top to bottom, columns from left to right inside a band. What stands side by side becomes
a line of several segments; rows that stand in columns, or columns that are fuller than one line, an unruled grid.
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
DEEPEST: Final = 20  # columns inside columns; 4 seen (items inside a print without rulings)
BULLET: Final = 5  # characters that the number of an entry has at most: "(12)", "Note:"
NARROWEST: Final = 1.5  # points: a gutter between columns of text; 2.5 seen (WeasyPrint, items 1 and 2)
FAR: Final = 4.5  # gap ÷ size between two rows over which they belong to different tables: 3.6 seen under signatures


def blocks_of(items: Sequence[Item], depth: int = 0) -> tuple[Block, ...]:
    """The blocks of a region, arranged; `depth` counts the columns it stands in."""
    if len(items) == 1:
        return (_block(items[0]),)
    if depth > DEEPEST:
        return tuple(_block(item) for item in items)
    bands = [_columns(band) for band in _bands(items)]
    blocks: list[Block] = []
    start = 0
    while start < len(bands):
        end = _entries_end(bands, start)
        if end > start:
            blocks.append(_entries_grid(bands[start:end], depth))
            start = end
            continue
        end, gutters = _side_by_side(bands, start)
        if gutters and len(columns := _parted(bands[start:end], gutters)) > 1:
            blocks.append(_columns_grid(columns, depth))
        elif (end := _table_end(bands, start)) > start + 1:
            blocks.append(_grid(bands[start:end]))
        else:
            blocks.extend(_row(bands[start], depth))
        start = end
    return tuple(blocks)


def _row(band: list[Column], depth: int) -> list[Block]:
    """A band by itself: one line of its segments, or the blocks of its only column."""
    if len(band) == 1:
        return [_block(item) for item in band[0]]
    if all(isinstance(column[0], Paragraph) for column in band):
        return [Line(tuple(segment_of(item) for column in band for item in column if isinstance(item, Paragraph)))]
    return [_columns_grid(band, depth)]


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
# entries: numbers or stars with the texts beside them


def _entries_end(bands: list[list[Column]], start: int) -> int:
    """Where a list of entries ends that begins in band `start` and has one of several lines; `start` if none does."""
    end = start
    while end < len(bands) and len(bands[end]) == 2 and _is_bullet(bands[end][0]):
        end += 1
    return end if any(len(band[1]) > 1 for band in bands[start:end]) else start


def _is_bullet(column: Column) -> bool:
    item = column[0]
    if len(column) > 1 or not isinstance(item, Paragraph) or len(item.strips) > 1 or len(item.strips[0].words) > 1:
        return False
    return len(item.strips[0].words[0].text) <= BULLET


def _entries_grid(bands: list[list[Column]], depth: int) -> Grid:
    """One row for an entry, the blocks of its text in the second column."""
    cells = [
        Cell(row, col, 1, 1, blocks_of(column, depth + 1))
        for row, band in enumerate(bands)
        for col, column in enumerate(band)
    ]
    return Grid(tuple(cells), ruled=False)


# ---------------------------------------------------------------------------------------------------------------------
# columns of text side by side

Span = tuple[float, float]


def _side_by_side(bands: list[list[Column]], start: int) -> tuple[int, list[Span]]:
    """Where columns of text end that begin in band `start`, and the gutters between them; no gutters if none begin.

    They are columns, not rows, if some band holds more than a line in one of them; what stands alone beneath belongs to
    its column as long as a gutter is left open.
    """
    end, gutters = start + 1, _gutters(bands[start])
    if not gutters:
        return end, []
    best_end, best = (end, gutters) if not _is_row(bands[start]) else (start, [])
    while end < len(bands):
        if _far(bands[end - 1], bands[end]):
            break
        left = _left_open(gutters, bands[end])
        if not left:
            break
        gutters = left
        end += 1
        if best or not _is_row(bands[end - 1]):
            best_end, best = end, gutters
    return (best_end, best) if best else (start + 1, [])


def _gutters(band: list[Column]) -> list[Span]:
    """The free strips between the columns of a band."""
    ends = [max(item.x1 for item in column) for column in band]
    starts = [min(item.x0 for item in column) for column in band]
    return list(zip(ends[:-1], starts[1:], strict=True))


def _left_open(gutters: Sequence[Span], band: list[Column]) -> list[Span]:
    """What a band's items leave free of the gutters."""
    open_gutters = list(gutters)
    for item in (item for column in band for item in column):
        parts: list[Span] = []
        for x0, x1 in open_gutters:
            if item.x1 <= x0 or item.x0 >= x1:
                parts.append((x0, x1))
            else:  # what stands inside a gutter is a column of its own
                parts.extend([(x0, item.x0), (item.x1, x1)])
        open_gutters = [(x0, x1) for x0, x1 in parts if x1 - x0 >= NARROWEST]
    return open_gutters


def _parted(bands: list[list[Column]], gutters: Sequence[Span]) -> list[Column]:
    """The items of all bands by the columns that gutters leave between them; columns without any are left out."""
    columns: list[Column] = [[] for _ in range(len(gutters) + 1)]
    for item in (item for band in bands for column in band for item in column):
        columns[sum(item.x0 >= x1 - OVERLAP for _, x1 in gutters)].append(item)
    return [column for column in columns if column]


def _columns_grid(columns: list[Column], depth: int) -> Grid:
    """Columns of text as a grid of one row."""
    cells = (Cell(0, col, 1, 1, blocks_of(column, depth + 1)) for col, column in enumerate(columns))
    return Grid(tuple(cells), ruled=False)


# ---------------------------------------------------------------------------------------------------------------------
# rows in columns


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
    gap = min(item.top for column in below for item in column) - max(item.bottom for column in above for item in column)
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
    rows = [_row_cells(row, band, spans) for row, band in enumerate(bands)]
    width = max(cells[-1].col + cells[-1].col_span for cells in rows)
    for row, cells in enumerate(rows):
        cells.extend(Cell(row, col, 1, 1, ()) for col in range(cells[-1].col + cells[-1].col_span, width))
    return Grid(tuple(cell for cells in rows for cell in cells), ruled=False)


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
