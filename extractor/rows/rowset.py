"""Rows of named and typed columns in; dicts, data frames, an Arrow table or an HTML table out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from extractor.markup import Element, element, html

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

MOST_ROWS = 20  # that a notebook shows of a row set


class Kind(StrEnum):
    """What a column holds; None stands in any of them for what the page does not show."""

    TEXT = "text"  # str
    NUMBER = "number"  # Decimal
    DATE = "date"  # date
    FLAG = "flag"  # bool
    COUNT = "count"  # int
    LIST = "list"  # tuple of str, never None


KINDS: Mapping[type, Kind] = MappingProxyType(
    {str: Kind.TEXT, Decimal: Kind.NUMBER, date: Kind.DATE, bool: Kind.FLAG, int: Kind.COUNT}
)
"""The kind of a column by the type of a field's value."""


class Column(NamedTuple):
    """A column's name and what it holds."""

    name: str
    kind: Kind


Row = Mapping[str, object]


class RowSet(Sequence[Row]):
    """Rows that all have the same columns, in printed order; every row is a read-only mapping by column name.

    The columns and their types are the same for every filing, so row sets of many filings can be put together.
    """

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self.columns = tuple(columns)
        self._rows = tuple(MappingProxyType(dict(row)) for row in rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return self._rows[index]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} rows of {len(self.columns)} columns>"

    def to_dicts(self) -> list[dict[str, object]]:
        """A dict a row; numbers are Decimal, dates date, marks lists."""
        lists = [column.name for column in self.columns if column.kind is Kind.LIST]
        return [{**row, **{name: list(_texts(row[name])) for name in lists}} for row in self._rows]

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame: numbers stay Decimal (no digit is lost), dates are datetime64. Raises MissingExtra."""
        from extractor.rows.frames import to_pandas

        return to_pandas(self)

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame: numbers are Decimal(38, 10), dates Date, marks lists. Raises MissingExtra."""
        from extractor.rows.frames import to_polars

        return to_polars(self)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table: numbers are decimal128(38, 10), dates date32, marks lists. Raises MissingExtra."""
        from extractor.rows.frames import to_arrow

        return to_arrow(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: the columns that have anything, of at most `MOST_ROWS` rows."""
        shown = [column for column in self.columns if any(row[column.name] not in (None, ()) for row in self._rows)]
        head = element("tr", *(element("th", column.name, scope="col") for column in shown))
        body = [
            element("tr", *(element("td", as_text(row[column.name])) for column in shown))
            for row in self._rows[:MOST_ROWS]
        ]
        count = f"{len(self)} rows" + (f", {MOST_ROWS} shown" if len(self) > MOST_ROWS else "")
        table: list[Element] = [element("table", element("thead", head), element("tbody", *body))] if shown else []
        return html(element("div", *table, element("p", count)))


def as_text(value: object) -> str:
    """A cell as people read it; nothing for None."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:,f}"
        case tuple() | list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(value)
