"""From the lines of a text to its tables: where they stand, what heads them, their rows; as grids of a layout.

A table is told by its pipes, by its `<S>` and `<C>` tags or by a line of dashes over its rows, and always by its heads:
they are among the captions that the reader is handed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from extractor.issues import Code, Issue
from extractor.layout import Cell, Grid, Line
from extractor.readers.text.body import RowParts, rows_below
from extractor.readers.text.heads import (
    LEAST_DASHES,
    LEAST_KNOWN,
    MOST_COLUMNS,
    HeadCell,
    Known,
    cells_of,
    columns_of,
    gutters,
    is_row,
    numbers_of,
    under_columns,
)
from extractor.readers.text.lattice import edges_of, is_closed, is_piped, traced
from extractor.readers.text.pieces import is_ruling, line_of, undrawn, wrapped
from extractor.readers.text.sheets import TextLine

# Lines that heads take at most: the longest, "Number of Derivative Securities Beneficially Owned Following Reported
# Transaction(s)" in a column of eight characters, takes 13.
MOST_HEAD_LINES = 30
LEAST_PIPED = 2  # lines with pipes that make a lattice
# Heads that must be known where blanks alone part columns, and lines of rows that are looked at for these blanks.
LEAST_BY_GUTTERS = 5
MOST_LOOKED_AT = 40


@dataclass(slots=True)
class FoundTable:
    """A table at the lines [start, end): its heads over `columns` columns, and its rows.

    `gaps` are lines between its blocks that are not the table's.
    """

    start: int
    end: int
    columns: int
    heads: list[HeadCell]
    rows: list[RowParts]
    gaps: tuple[range, ...] = ()


class FoundGrid(NamedTuple):
    """A grid in place of the lines [start, end) but those in `gaps`, with the doubts about it."""

    start: int
    end: int
    grid: Grid
    issues: tuple[Issue, ...]
    gaps: tuple[range, ...] = ()


def grids_in(lines: Sequence[TextLine], known: Known) -> list[FoundGrid]:
    """The tables and lattices of a text in order, none overlapping."""
    found: list[FoundTable | FoundGrid] = []
    place = 0
    while place < len(lines):
        each = _at(lines, place, known)
        if isinstance(each, int):
            place = each
        else:
            found.append(each)
            place = max(each.end, place + 1)
    return [each if isinstance(each, FoundGrid) else _as_grid(each, issues) for each, issues in _stacked(found)]


def _at(lines: Sequence[TextLine], place: int, known: Known) -> FoundTable | FoundGrid | int:
    """The table or lattice that begins at a line, or the line to go on with."""
    line = lines[place]
    if is_piped(line):
        return _lattice(lines, place, known)
    if known.is_title(line) or line.has("<CAPTION>"):
        return _unpiped(lines, place, known) or place + 1
    return place + 1


# --- with pipes


def _lattice(lines: Sequence[TextLine], place: int, known: Known) -> FoundTable | FoundGrid | int:
    end = place
    while end < len(lines) and (is_piped(lines[end]) or is_ruling(lines[end].text)):
        end += 1
    head = list(lines[place:end])
    edges = edges_of([line for line in head if is_piped(line)])
    if sum(map(is_piped, head)) < LEAST_PIPED or not 1 < len(edges) <= MOST_COLUMNS:
        return end
    foot = _foot(head, edges, known)
    if foot is None:
        return FoundGrid(place, end, _plain(head, edges), ())
    cells = cells_of(traced(head[:foot], edges))
    rows, behind, _ = rows_below(lines, place + foot, edges, known)
    return FoundTable(place, behind, len(edges) - 1, cells, rows)


def _foot(lines: Sequence[TextLine], edges: Sequence[int], known: Known) -> int | None:
    """The line behind a lattice's heads: behind the last line drawn through that has heads above it; None for none."""
    feet = [at for at, line in enumerate(lines) if at and is_closed(line, edges)] or [len(lines) - 1]
    feet = feet if feet[-1] == len(lines) - 1 else [*feet, len(lines) - 1]
    before, best = 0, None
    for foot in feet:
        if known.count(cells_of(traced(lines[before : foot + 1], edges))) >= LEAST_KNOWN:
            best = foot + 1
            break
        before = foot
    return best


def _plain(lines: Sequence[TextLine], edges: Sequence[int]) -> Grid:
    """A lattice that is no table: each cell with its lines as they stand."""
    cells = traced(lines, edges)
    tops = sorted({cell.top for cell in cells})
    found = []
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.first)):
        blocks = tuple(
            line_of(pieces) for piece in cell.pieces if (pieces := undrawn(piece.line, piece.start, piece.end))
        )
        rows = sum(cell.top <= top <= cell.foot for top in tops)
        found.append(Cell(tops.index(cell.top), cell.first, rows, cell.end - cell.first, blocks))
    return Grid(tuple(found))


# --- without pipes


def _unpiped(lines: Sequence[TextLine], place: int, known: Known) -> FoundTable | None:
    """The table whose title, or caption's tag, stands at a line: heads, a line that sets the columns, rows."""
    until = min(len(lines), place + MOST_HEAD_LINES)
    for at in range(place + 1, until):
        line = lines[at]
        if is_piped(line) or line.has("</TABLE>", "<CAPTION>", "<PAGE>") or known.is_title(line):
            until = at
            break
        starts = columns_of(line)
        if not starts:
            continue
        edges = [min(starts[0], 0), *starts[1:], max(_width(lines[place:at]), starts[-1] + 1)]
        cells = under_columns(lines[place + known.is_title(lines[place]) : at], edges, known)
        if known.count(cells) < LEAST_KNOWN:
            continue
        behind = at + 1
        while behind < until and columns_of(lines[behind]) and is_ruling(lines[behind].text or "---"):
            behind += 1  # dashes and tags both
        rows, end, _ = rows_below(lines, behind, edges, known)
        return FoundTable(place + 1, end, len(edges) - 1, cells, rows)
    return _by_gutters(lines, place, until, known)


def _by_gutters(lines: Sequence[TextLine], place: int, until: int, known: Known) -> FoundTable | None:
    """The same where nothing sets the columns: heads, a drawn line or none, rows, all parted by blanks alone."""
    for at in range(place + 2, until):
        if not is_ruling(lines[at].text) and not is_row(lines[at]):
            continue
        head = [line for line in lines[place + 1 : at] if line.text and not is_ruling(line.text)]
        body = list(takewhile(lambda line: not line.tags and not known.is_title(line), lines[at : at + MOST_LOOKED_AT]))
        starts = gutters(head, body)
        if not LEAST_DASHES <= len(starts) <= MOST_COLUMNS:
            continue
        edges = [0, *starts[1:], max(_width(lines[place : at + len(body)]), starts[-1] + 1)]
        cells = under_columns(head, edges, known)
        if known.count(cells) >= LEAST_BY_GUTTERS:
            rows, end, edges = rows_below(lines, at, edges, known)
            return FoundTable(place + 1, end, len(edges) - 1, cells, rows)
        if is_row(lines[at]):
            break
    return None


def _width(lines: Sequence[TextLine]) -> int:
    return max((len(line.text) for line in lines), default=0)


# --- grids


def _stacked(found: Sequence[FoundTable | FoundGrid]) -> Iterator[tuple[FoundTable | FoundGrid, tuple[Issue, ...]]]:
    """Tables of which a block below goes on with the items' numbers, as one: the block's columns stand beside it."""
    waiting: FoundTable | None = None
    issues: tuple[Issue, ...] = ()
    for each in found:
        if waiting is not None and isinstance(each, FoundTable) and _follows(each, waiting):
            if len(each.rows) == len(waiting.rows):
                waiting = _beside(waiting, each)
                continue
            message = f"of a table in two blocks the upper has {len(waiting.rows)} rows, the lower {len(each.rows)}"
            issues = (Issue(Code.GRID_BROKEN, "", message),)
        if waiting is not None:
            yield waiting, issues
            issues = ()
        if isinstance(each, FoundTable):
            waiting = each
        else:
            waiting = None
            yield each, ()
    if waiting is not None:
        yield waiting, issues


def _follows(lower: FoundTable, upper: FoundTable) -> bool:
    above, below = numbers_of(upper.heads), numbers_of(lower.heads)
    return bool(above) and bool(below) and min(below) == max(above) + 1


def _beside(upper: FoundTable, lower: FoundTable) -> FoundTable:
    width = upper.columns
    heads = [cell._replace(first=cell.first + width, end=cell.end + width) for cell in lower.heads]
    rows = [
        RowParts(
            [*one.parts, *(part._replace(first=part.first + width, end=part.end + width) for part in other.parts)],
            one.unsure or other.unsure,
        )
        for one, other in zip(upper.rows, lower.rows, strict=True)
    ]
    gaps = (*upper.gaps, range(upper.end, lower.start))
    return FoundTable(upper.start, lower.end, width + lower.columns, [*upper.heads, *heads], rows, gaps)


def _as_grid(found: FoundTable | FoundGrid, issues: tuple[Issue, ...]) -> FoundGrid:
    if isinstance(found, FoundGrid):
        return found
    depth = max((cell.row + cell.rows for cell in found.heads), default=0)
    cells = [Cell(cell.row, cell.first, cell.rows, cell.end - cell.first, (cell.line,)) for cell in found.heads]
    doubts: list[Issue] = list(issues)
    for number, row in enumerate(found.rows, depth):
        made = _row(row, number)
        cells += made
        if row.unsure:
            places = tuple(
                run.at for cell in made for line in cell.blocks if isinstance(line, Line) for run in line.runs
            )
            message = "lines between two rows were taken for the upper one's"
            doubts.append(Issue(Code.UNCERTAIN_JOIN, "", message, places))
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return FoundGrid(found.start, found.end, Grid(tuple(cells)), tuple(doubts), found.gaps)


def _row(row: RowParts, number: int) -> list[Cell]:
    spans = sorted({(part.first, part.end) for part in row.parts})
    return [
        Cell(number, first, 1, end - first, (wrapped([part.piece for part in row.parts if part[:2] == (first, end)]),))
        for first, end in spans
    ]
