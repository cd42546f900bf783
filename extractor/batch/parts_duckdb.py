"""The parts of all shards come in and a DuckDB database goes out: the one module that imports duckdb."""

from __future__ import annotations

import glob
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from extractor.batch.database import Dialect, columns_of, create_indexes, create_tables, create_views
from extractor.errors import WriteError
from extractor.writers.sec_columns import DECIMALS, DIGITS, TABLES, Kind

_DIALECT = Dialect(
    {
        Kind.TEXT: "VARCHAR",
        Kind.NUMBER: f"DECIMAL({DIGITS}, {DECIMALS})",
        Kind.DATE: "DATE",
        Kind.FLAG: "TINYINT",
        Kind.COUNT: "BIGINT",
        Kind.POINTS: "DOUBLE",
    },
    "(SELECT string_agg(TXT, '{between}' ORDER BY ROW_SK) FROM ({rows}))",
)
# The longest line, in bytes: a worker's whole answer is at most 16 MiB, and escapes make a letter six bytes at worst.
_LONGEST_LINE = 6 * 16 * 2**20


def fill_duckdb(path: Path, parts: Mapping[str, Sequence[Path]]) -> None:
    """Fills the file at `path` from the parts of each table, in their order. Raises WriteError."""
    path.unlink()  # DuckDB makes its own file and takes an empty one for a damaged one
    # Several threads would insert in any order.
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        with duckdb.connect(str(path), config=config) as connection:
            connection.execute("BEGIN")
            for statement in create_tables(_DIALECT):
                connection.execute(statement)
            for name, table in TABLES.items():
                cells = ", ".join(f"line[{at}]" for at in range(1, len(columns_of(table)) + 1))
                for part in parts[name]:
                    # A source read by two runs that share an output gives the same rows twice.
                    ignore = "" if name == "SOURCE" else "OR IGNORE "
                    connection.execute(
                        f"INSERT {ignore}INTO {name} SELECT {cells} FROM read_json(?, format = 'newline_delimited',"
                        " records = false, auto_detect = false, columns = {'line': 'VARCHAR[]'},"
                        f" maximum_object_size = {_LONGEST_LINE}) AS lines(line)",
                        [glob.escape(str(part))],
                    )
            for statement in (*create_indexes(), *create_views(_DIALECT)):
                connection.execute(statement)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")  # closing would do it too, but fail in silence and leave a log
    except duckdb.Error as error:
        raise WriteError(f"the DuckDB database cannot be written: {error}", source=str(path.parent)) from error
