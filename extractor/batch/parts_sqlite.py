"""The parts of all shards come in and a SQLite database goes out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from extractor.batch.database import Dialect, columns_of, create_indexes, create_tables, create_views
from extractor.errors import WriteError
from extractor.writers.sec_columns import TABLES, Kind, Table

_DIALECT = Dialect(
    {
        Kind.TEXT: "TEXT",
        Kind.NUMBER: "",  # no affinity, which would turn a long decimal into a float; see `_number`
        Kind.DATE: "TEXT",
        Kind.FLAG: "INTEGER",
        Kind.COUNT: "INTEGER",
        Kind.POINTS: "REAL",
    },
    # `group_concat(… ORDER BY …)` came with SQLite 3.44 (2023); an ordered subquery does the same in all.
    "(SELECT group_concat(TXT, '{between}') FROM ({rows} ORDER BY ROW_SK))",
)
_LARGEST = 2**63 - 1  # SQLite's integers have 64 bits


def fill_sqlite(path: Path, parts: Mapping[str, Sequence[Path]]) -> None:
    """Fills the empty file at `path` from the parts of each table, in their order.

    Dates are ISO texts. SQLite has no decimals: a number is stored as an integer or a float where that says exactly
    the same, else as text. Raises WriteError.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # The file is synced and renamed when it is whole, so nothing needs to be undone.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            for statement in create_tables(_DIALECT):
                connection.execute(statement)
            for name, table in TABLES.items():
                places = ", ".join("?" * len(columns_of(table)))
                # A source read by two runs that share an output gives the same rows twice.
                connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({places})", _rows(table, parts[name]))
            for statement in (*create_indexes(), *create_views(_DIALECT)):
                connection.execute(statement)
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise WriteError(f"the SQLite database cannot be written: {error}", source=str(path.parent)) from error


def _rows(table: Table, parts: Sequence[Path]) -> Iterator[list[object]]:
    numbers = [at for at, column in enumerate(columns_of(table)) if column.kind is Kind.NUMBER]
    for part in parts:
        with part.open(encoding="utf-8") as lines:
            for line in lines:
                row: list[object] = json.loads(line)
                for at in numbers:
                    row[at] = _number(row[at])
                yield row


def _number(text: object) -> int | float | str | None:
    if text is None:
        return None
    exact = Decimal(str(text))
    if exact == exact.to_integral_value() and abs(exact) <= _LARGEST:
        return int(exact)
    near = float(exact)
    return near if Decimal(repr(near)) == exact else str(text)
