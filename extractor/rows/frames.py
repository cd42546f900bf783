"""A row set in; a data frame or an Arrow table of it out, by libraries that are loaded only when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from extractor.errors import MissingExtra, WriteError
from extractor.rows.rowset import Kind, RowSet
from extractor.writers.sec_columns import DECIMALS, DIGITS

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

EXTRA = "frames"


def to_arrow(rows: RowSet) -> pyarrow.Table:
    """See `RowSet.to_arrow`."""
    with _needed("Arrow tables"):
        import pyarrow as pa
    types: dict[Kind, Any] = {
        Kind.TEXT: pa.string(),
        Kind.NUMBER: pa.decimal128(DIGITS, DECIMALS),
        Kind.DATE: pa.date32(),
        Kind.FLAG: pa.bool_(),
        Kind.COUNT: pa.int64(),
        Kind.LIST: pa.list_(pa.string()),
    }
    schema = pa.schema([(column.name, types[column.kind]) for column in rows.columns])
    return pa.Table.from_pylist(_fitting(rows), schema=schema)


def to_polars(rows: RowSet) -> polars.DataFrame:
    """See `RowSet.to_polars`."""
    with _needed("polars data frames"):
        import polars as pl
    types: dict[Kind, Any] = {
        Kind.TEXT: pl.String(),
        Kind.NUMBER: pl.Decimal(DIGITS, DECIMALS),
        Kind.DATE: pl.Date(),
        Kind.FLAG: pl.Boolean(),
        Kind.COUNT: pl.Int64(),
        Kind.LIST: pl.List(pl.String()),
    }
    return pl.DataFrame(_fitting(rows), schema={column.name: types[column.kind] for column in rows.columns})


def to_pandas(rows: RowSet) -> pandas.DataFrame:
    """See `RowSet.to_pandas`."""
    with _needed("pandas data frames"):
        import pandas as pd
    frame = pd.DataFrame(rows.to_dicts(), columns=[column.name for column in rows.columns])
    types: dict[Kind, Any] = {Kind.TEXT: "string", Kind.FLAG: "boolean", Kind.COUNT: "Int64"}
    for name, kind in rows.columns:
        if kind is Kind.DATE:
            # by the second, for dates that do not fit into nanoseconds (misread years) would be lost
            frame[name] = frame[name].astype("datetime64[s]")
        elif kind in types:
            frame[name] = frame[name].astype(types[kind])
        else:
            frame[name] = frame[name].astype(object)
    return frame


@contextmanager
def _needed(what: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise MissingExtra(EXTRA, what) from error


def _rounded(value: Decimal) -> Decimal:
    """`value` to the decimals of a column; the usual context has too few digits for that."""
    with localcontext() as context:
        context.prec = DIGITS
        return round(value, DECIMALS)


def _fitting(rows: RowSet) -> list[dict[str, object]]:
    """The rows, if every number fits a decimal column; WriteError where one does not, rather than a rounded number."""
    most = Decimal(10) ** (DIGITS - DECIMALS)
    dicts = rows.to_dicts()
    for row in dicts:
        for name, value in row.items():
            if isinstance(value, Decimal) and (abs(value) >= most or _rounded(value) != value):
                raise WriteError(
                    f"{name}: {value} does not fit a decimal of {DIGITS} digits, {DECIMALS} of them behind the point"
                )
    return dicts
