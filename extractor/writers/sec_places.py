"""The places of a filing's cells come in and the rows of PROVENANCE go out, held column by column.

A filing has some 160 of them, ten times as many as of all other tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from extractor.writers.sec_cells import ARRAYS, Cell, Plain, Row, array, fit, is_plain


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
    """The rows of PROVENANCE in the making, column by column."""

    def __init__(self) -> None:
        self._tables: list[str] = []
        self._rows: list[int] = []
        self._columns: list[str] = []
        self._numbers: list[int] = []
        self._places: list[Plain] = []

    def add(self, table: str, row: int, names: Sequence[str], found: Mapping[int, object]) -> None:
        """The places of a row's cells, by the positions of their columns, which have these names."""
        columns, numbers, places = self._columns, self._numbers, self._places
        before = len(places)
        for at in sorted(found):
            there = array(found[at])
            places += there
            if len(there) == 1:  # as nearly all have
                columns.append(names[at])
                numbers.append(1)
            else:
                columns += [names[at]] * len(there)
                numbers += range(1, len(there) + 1)
        count = len(places) - before
        self._tables += [table] * count
        self._rows += [row] * count

    def rows(self, identity: str | None) -> Collection[Row]:
        """All of them, those of the source `identity`."""
        if not self._places:
            return ()
        ids = [identity] * len(self._places)
        return Columned(
            (ids, self._tables, self._rows, self._columns, self._numbers, *_columns_of_places(self._places))
        )


def place_cells(place: Plain) -> Row:
    """Page and box of a place in points, or its path."""
    box = place.get("bbox")
    if isinstance(box, ARRAYS):
        x0, top, x1, bottom = map(float, box)
        return (int(str(place["page"])), x0, top, x1, bottom, None)
    return (None, None, None, None, None, fit(place.get("path") or ""))


def _columns_of_places(places: Sequence[Mapping[str, Any]]) -> Iterable[Sequence[Cell]]:
    """The columns of `place_cells`, of one place at least."""
    paths: list[Any] = [place.get("path") for place in places]
    if all(paths) and is_plain("".join(paths)):  # all of an HTML page, and fit as they are
        blank = [None] * len(places)
        return (blank, blank, blank, blank, blank, paths)
    return zip(*map(place_cells, places), strict=True)
