"""The places of a filing's cells come in and the rows of PROVENANCE go out, held column by column.

A filing has some 160 of them, ten times as many as of all other tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from extractor.layout import HtmlLocation, PdfLocation
from extractor.writers.sec_cells import Cell, Row, fit, is_plain

# Columns of a place: page, left, top, right, bottom, path.
WIDTH = 6


class Columned(Collection[Row]):
    """Rows that are held column by column."""

    def __init__(self, columns: Sequence[Sequence[Cell]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Row]:
        return zip(*self.columns, strict=True)

    def __contains__(self, row: object) -> bool:
        return row in tuple(self)


def columns_of(rows: Collection[Row]) -> Iterable[Sequence[Cell]]:
    """The columns of rows, of which there is at least one."""
    return rows.columns if isinstance(rows, Columned) else zip(*rows, strict=True)


class Places:
    """The rows of PROVENANCE in the making, row after row and cell after cell of the other tables."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, int, int]] = []  # table, number, how many places come before
        self._names: list[str] = []
        self._numbers: list[int] = []
        self._places: list[Any] = []

    def begin(self, table: str, row: int) -> None:
        """What is added from here on stands in this row of the table."""
        self._rows.append((table, row, len(self._places)))

    def add(self, name: str, places: Sequence[object]) -> None:
        """The places of the row's cell in the column of this name."""
        count = len(places)
        if count == 1:  # as nearly all have
            self._names.append(name)
            self._numbers.append(1)
            self._places.append(places[0])
        elif count:
            self._names += [name] * count
            self._numbers += range(1, count + 1)
            self._places += places

    def told(self) -> list[Any]:
        """All of them in JSON's types: [table, row, count], …; names and numbers; the columns of their places, None
        for a blank one.
        """
        ends = [*(before for _, _, before in self._rows[1:]), len(self._places)]
        runs = [[table, row, end - before] for (table, row, before), end in zip(self._rows, ends, strict=False)]
        return [runs, self._names, self._numbers, *_columns(self._places)]


def provenance(told: Sequence[Any], identity: str | None) -> Collection[Row]:
    """The rows that `Places.told` told, those of the source `identity`."""
    runs, names, numbers, *columns = told
    count = len(names)
    if not count:
        return ()
    tables: list[Cell] = []
    rows: list[Cell] = []
    for table, row, length in runs:
        tables += [table] * length
        rows += [row] * length
    blank = [None] * count
    return Columned(([identity] * count, tables, rows, names, numbers, *(column or blank for column in columns)))


def place_cells(place: object) -> Row:
    """Page and box of a place in points, or its path."""
    if isinstance(place, PdfLocation):
        x0, top, x1, bottom = place.bbox
        return (place.page, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2), None)
    return (None, None, None, None, None, fit(place.path) if isinstance(place, HtmlLocation) else None)


def _columns(places: Sequence[Any]) -> list[list[Cell] | None]:
    """The columns of `place_cells`."""
    if all(type(place) is HtmlLocation for place in places):
        paths: list[Any] = [place[0] for place in places]
        if not is_plain("".join(paths)):
            paths = [fit(path) for path in paths]
        return [None, None, None, None, None, paths]
    columns = map(list, zip(*map(place_cells, places), strict=True))
    return [None if column.count(None) == len(column) else column for column in columns]
