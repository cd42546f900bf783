"""From a grid to the rows of Table I or II: heads found by their captions, cells read under the head they stand below.

Nothing is assumed of the grid but its slots: a printing may draw one grid a table or one for the whole form, and a
table may have columns that a form of another era lacks.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from extractor.fitting.captions import Captions, Squeezed, TableCaptions
from extractor.fitting.index import IndexedGrid
from extractor.fitting.linear import read_linear
from extractor.fitting.marks import (
    may_be_mark,
    raise_converted,
    raise_typed,
    shows_marks,
    shows_small_marks,
    stands_level,
)
from extractor.fitting.rows import RowCells, is_nothing, read_row
from extractor.fitting.stream import Stream
from extractor.fitting.values import Reading, quoted
from extractor.issues import Code, Issue
from extractor.layout import Cell, Location, Run, joined, runs_of

Row = dict[str, Reading | str]
Texts = tuple[tuple[Cell, str], ...]


class Head(NamedTuple):
    """A leaf column's head: the slots [col, end) that its cells stand in."""

    field: str
    col: int
    end: int


class FoundTable(NamedTuple):
    """A table on the page: its heads left to right, and the rows [first, end) of the grid below them."""

    indexed: IndexedGrid
    heads: tuple[Head, ...]
    first: int
    end: int


# Share of a table's captions that must stand in one grid before it is taken for the table; the other table of the
# same form shares at most 5 of 11 (Code, V, and three that only a hint tells apart).
LEAST_HEADS = 0.6


def read_tables(
    grids: tuple[IndexedGrid, ...], stream: Stream, captions: Captions, form: str, issues: list[Issue]
) -> tuple[dict[str, list[Row]], dict[str, list[FoundTable]]]:
    """The rows of both tables, by table, and where they were found: a form may go on with a table on another page.

    `stream` is the page as a whole, in which a converter may have left a table without its grid.
    """
    rows: dict[str, list[Row]] = {}
    every = {name: find_table(grids, captions.tables[name], _stops(captions, name)) for name in TABLES}
    places = {TABLES[name]: found for name, found in every.items() if found}
    drawn = captions.marks
    if drawn != "typed":
        captions = captions._replace(marks=_marks_of(places, stream, captions))
    for name, path in TABLES.items():
        found = every[name]
        rows[path] = []
        if not found:
            linear = read_linear(stream, captions, name, path, form, issues) if captions.converted else None
            if linear is None:
                issues.append(Issue(Code.TABLE_MISSING, path, f"no heads of {name.replace('_', ' ')} on the page"))
            else:
                rows[path] = linear
                places[path] = []
            continue
        for part in found:
            before = len(rows[path])
            _read_rows(part, captions, name, rows[path], path, form, issues, unlike=captions.marks != drawn)
            if len(rows[path]) > before:  # a head that an empty table lacks puts no value in doubt
                _note_missing(part, captions.tables[name], path, issues)
    return rows, places


TABLES = {"table_1": "non_derivative", "table_2": "derivative"}


def _marks_of(places: dict[str, list[FoundTable]], stream: Stream, captions: Captions) -> str:
    """How the page shows marks: as its printing does, or typed on the line, where it has footnotes and no such marks.

    A converter may have kept no mark as one, and a style sheet may have set them as large as their text, where only
    those beside a text can be seen to be raised. A filing whose footnote no mark cites is refused (E2), so that a page
    with footnotes has marks.
    """
    cells = (
        cell for found in places.values() for part in found for cell, _ in part.indexed.cells if part.first <= cell.row
    )
    kept, usual = (shows_marks, "converted") if captions.converted else (shows_small_marks, "raised")
    if any(kept(runs_of(cell)) for cell in cells):
        return usual
    hit = stream.find(captions.sections["explanation"])
    follows = tuple(word for name in _BEHIND_NOTES for word in captions.sections[name])
    return "typed" if hit and not stream.text[hit[1] :].startswith((*follows, "/s/")) else "raised"


_BEHIND_NOTES = ("remarks", "owners", "signatures", "no_securities", "closing")  # what follows where no note stands


def _stops(captions: Captions, name: str) -> Squeezed:
    """What begins behind a table in the same grid: the other table, a joint owner's block, the explanations."""
    other = captions.tables["table_2" if name == "table_1" else "table_1"]
    longest = max((words for _, words in other.columns), key=lambda words: len(words[0]))
    return (*other.titles, *longest, *captions.items["owner"], *captions.sections["explanation"])


def find_table(grids: tuple[IndexedGrid, ...], table: TableCaptions, stops: Squeezed) -> list[FoundTable]:
    """The grids in whose cells most of the table's captions stand, in reading order; none where too few of them do."""
    best: list[FoundTable] = []
    for each in grids:
        if len(each.cells) < len(table.columns) * LEAST_HEADS:
            continue
        found = _heads_in(each, table, stops)
        if found is None or len(found.heads) < LEAST_HEADS * len(table.columns):
            continue
        if not best or len(found.heads) > len(best[0].heads):
            best = [found]
        elif len(found.heads) == len(best[0].heads):
            best.append(found)
    return best


def _heads_in(indexed: IndexedGrid, table: TableCaptions, stops: Squeezed) -> FoundTable | None:
    texts = indexed.cells
    start, stop = _zone(texts, indexed.grid.n_rows, table, stops)
    heads: dict[str, Cell] = {}
    for cell, text in texts:
        if not start <= cell.row < stop:
            continue
        fields = table.fields_of(text)
        # below the first row of heads, a row that holds anything but heads is a row of values ("V", "Common Stock")
        if heads and cell.row >= _bottom(heads) and not _is_head_row(texts, cell.row, table):
            break
        for field in fields:
            # a printing may call a group what another form calls a column: the head furthest down is the column's
            if field not in heads or cell.row > heads[field].row:
                heads[field] = cell
                break
    if not heads:
        return None
    ordered = sorted(
        (Head(field, cell.col, cell.col + cell.col_span) for field, cell in heads.items()), key=lambda head: head.col
    )
    if table.retyped:
        ordered += _by_order(ordered, texts, start, _bottom(heads), table)
        ordered.sort(key=lambda head: head.col)
    return FoundTable(indexed, tuple(ordered), _bottom(heads), stop)


def _by_order(heads: list[Head], texts: Texts, start: int, bottom: int, table: TableCaptions) -> list[Head]:
    """Heads worded as no caption is, by their place between two that are known: as many as the form has there."""
    order = [field for field, _ in table.columns]
    known = [order.index(head.field) for head in heads]
    if known != sorted(known):
        return []
    leaves = {cell.col for cell, _ in texts if start <= cell.row < bottom and cell.col_span == 1}
    found: list[Head] = []
    for (left, before), (right, after) in pairwise(zip(heads, known, strict=True)):
        between = [col for col in range(left.end, right.col) if col in leaves]
        if between and len(between) == right.col - left.end == after - before - 1:
            found += [Head(order[before + 1 + at], col, col + 1) for at, col in enumerate(between)]
    return found


def _bottom(heads: dict[str, Cell]) -> int:
    return max(cell.row + cell.row_span for cell in heads.values())


def _is_head_row(texts: Texts, row: int, table: TableCaptions) -> bool:
    """Whether most filled cells that start in a row are heads of columns or of groups.

    Not all need be: a print that clips or breaks a table leaves pieces of heads behind. In a row of values at most the
    `V` of its own column looks like a head.
    """
    heads = [table.is_head(text) for cell, text in texts if cell.row == row]
    return 2 * sum(heads) > len(heads)


def _zone(texts: Texts, n_rows: int, table: TableCaptions, stops: Squeezed) -> tuple[int, int]:
    """The rows of the grid that can belong to the table: from its title (or the top) to what begins behind it."""
    own = next((cell.row for cell, text in texts if text.startswith(table.titles)), 0)
    ends = [cell.row for cell, text in texts if cell.row > own and text.startswith(stops)]
    return own, min(ends, default=n_rows)


def _note_missing(found: FoundTable, table: TableCaptions, path: str, issues: list[Issue]) -> None:
    there = {head.field for head in found.heads}
    for field, _ in table.columns:
        if field not in there:
            issues.append(Issue(Code.COLUMN_MISSING, path, f"no head for {field}"))


def _read_rows(
    found: FoundTable,
    captions: Captions,
    name: str,
    rows: list[Row],
    path: str,
    form: str,
    issues: list[Issue],
    *,
    unlike: bool,
) -> None:
    """Adds the rows of one grid; `unlike` where marks are drawn otherwise than the printing draws them."""
    table = captions.tables[name]
    by_row: dict[int, list[tuple[Cell, str]]] = {}
    for cell, text in found.indexed.cells:
        if found.first <= cell.row < found.end:
            by_row.setdefault(cell.row, []).append((cell, text))
    fields_over: FieldsOver = {}
    for row in sorted(by_row):
        texts = tuple(by_row[row])
        if _repeats_heads(texts, table):
            continue
        place = f"{path}[{len(rows)}]"
        cells = _under_heads([cell for cell, _ in texts], found.heads, fields_over, place, issues)
        if captions.marks != "raised":
            raised = raise_typed if captions.marks == "typed" else raise_converted
            cells = {field: raised(runs) for field, runs in cells.items()}
        doubtful = may_be_mark if unlike and captions.marks == "typed" else stands_level
        issues += [
            Issue(Code.MARK_UNCERTAIN, f"{place}.{field}", f"{quoted(joined(runs))} may end in a mark", _at(runs))
            for field, runs in cells.items()
            if runs and doubtful(runs)
        ]
        if cells and not (captions.free and is_nothing(cells)):
            rows.append(read_row(cells, place, form, issues, free=captions.free))


def _at(runs: tuple[Run, ...]) -> tuple[Location, ...]:
    return tuple(run.at for run in runs)


def _repeats_heads(texts: Texts, table: TableCaptions) -> bool:
    """Whether a row is the table's title or its heads again, as at the top of a further page."""
    return texts[0][1].startswith(table.titles) or _is_head_row(texts, texts[0][0].row, table)


FieldsOver = dict[tuple[int, int], tuple[str, ...]]


def _fields_over(cell: Cell, heads: tuple[Head, ...]) -> tuple[str, ...]:
    """The fields of the heads over a cell; the one that shares most slots with it last."""
    col, end = cell.col, cell.col + cell.col_span
    shared = [(min(last, end) - max(first, col), field) for field, first, last in heads if first < end and col < last]
    return tuple([field for _, field in sorted(shared)])


def _under_heads(
    cells: list[Cell], heads: tuple[Head, ...], fields_over: FieldsOver, path: str, issues: list[Issue]
) -> RowCells:
    """The runs of a row by field: each cell belongs to the head that it shares most slots with.

    `fields_over` keeps the fields over each (column, span) that was met before.
    """
    found: RowCells = {}
    for cell in cells:
        runs = runs_of(cell)
        place = (cell.col, cell.col_span)
        over = fields_over.get(place)
        if over is None:
            over = fields_over[place] = _fields_over(cell, heads)
        if runs and len(over) != 1:
            code = Code.GRID_BROKEN if over else Code.TEXT_UNPLACED
            where = f"several heads: {', '.join(over)}" if over else "no head"
            issues.append(Issue(code, path, f"{quoted(cell.text)} stands under {where}", _at(runs)))
        if runs and over:
            found[over[-1]] = (*found.get(over[-1], ()), *runs)
    return found
