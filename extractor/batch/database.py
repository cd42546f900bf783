"""The SQL of the databases, as both engines take it: tables with keys on the source id, indexes and views.

transactions     one row for every transaction of both tables, with its issuer, its owners and its footnotes' texts
cell_footnotes   one row for every footnote that a cell cites: SOURCE_ID, TABLE_NAME, ROW_SK, COLUMN_NAME, text
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extractor.writers.sec_columns import (
    DERIV_HOLDING,
    DERIV_TRANS,
    NONDERIV_HOLDING,
    NONDERIV_TRANS,
    TABLES,
    Kind,
    Table,
    Take,
)
from extractor.writers.sec_columns import Column as TableColumn

# Before the SEC's own columns: which source a row is from, and its number there, as PROVENANCE calls it.
_OURS = (TableColumn("SOURCE_ID", Kind.TEXT), TableColumn("ROW_SK", Kind.COUNT))
_KEYS: Mapping[str, tuple[str, ...]] = {
    "ISSUES": ("SOURCE_ID", "ISSUE_SK"),
    # As long as the source itself has rows; a duplicate's row has the SOURCE_ID of the first.
    "SOURCE": (),
    "PROVENANCE": ("SOURCE_ID", "TABLE_NAME", "ROW_SK", "COLUMN_NAME", "PLACE_SK"),
}
_INDEXES = (
    ("SOURCE", "SOURCE_ID"),
    ("SUBMISSION", "ACCESSION_NUMBER"),
    ("SUBMISSION", "ISSUERCIK"),
    ("REPORTINGOWNER", "RPTOWNERCIK"),
    ("NONDERIV_TRANS", "TRANS_DATE"),
    ("DERIV_TRANS", "TRANS_DATE"),
    ("ISSUES", "CODE"),
)
_ROW_TABLES = (NONDERIV_TRANS, NONDERIV_HOLDING, DERIV_TRANS, DERIV_HOLDING)


class Dialect(NamedTuple):
    """What the engines spell differently: types by kind, and the texts of a subquery `(TXT, ROW_SK)` as one."""

    types: Mapping[Kind, str]
    joined: str


def columns_of(table: Table) -> tuple[TableColumn, ...]:
    """The columns of the table in a database."""
    return table.columns if table.columns[0].name == "SOURCE_ID" else (*_OURS, *table.columns)


def create_tables(dialect: Dialect) -> Iterator[str]:
    """A statement for each table."""
    for table in TABLES.values():
        key = _KEYS.get(table.name, ("SOURCE_ID", "ROW_SK"))
        lines = [f"{column.name} {dialect.types[column.kind]}".rstrip() for column in columns_of(table)]
        if key:
            lines.append(f"PRIMARY KEY ({', '.join(key)})")
        yield f"CREATE TABLE {table.name} ({', '.join(lines)})"


def create_indexes() -> Iterator[str]:
    """A statement for each index."""
    for table, column in _INDEXES:
        yield f"CREATE INDEX {table}_{column} ON {table} ({column})"
    yield "CREATE INDEX FOOTNOTES_ID ON FOOTNOTES (SOURCE_ID, FOOTNOTE_ID)"


def create_views(dialect: Dialect) -> Iterator[str]:
    """A statement for each view."""
    parts = (
        f"SELECT T.SOURCE_ID, T.ACCESSION_NUMBER, '{table.name}' AS TABLE_NAME, T.ROW_SK,"
        f" '{column.name}' AS COLUMN_NAME, N.FOOTNOTE_ID, N.FOOTNOTE_TXT FROM {table.name} T JOIN FOOTNOTES N"
        f" ON N.SOURCE_ID = T.SOURCE_ID AND {_cites(f'T.{column.name}')}"
        for table in _ROW_TABLES
        for column in _note_columns(table)
    )
    yield f"CREATE VIEW cell_footnotes AS {' UNION ALL '.join(parts)}"
    halves = (_transactions(table, dialect) for table in (NONDERIV_TRANS, DERIV_TRANS))
    yield f"CREATE VIEW transactions AS {' UNION ALL '.join(halves)}"


def _note_columns(table: Table) -> list[TableColumn]:
    return [column for column in table.columns if column.take in (Take.MARKS, Take.CODING_MARKS)]


def _cites(cell: str) -> str:
    """Whether the ids in a cell (`F2, F3`) have that of the note `N`."""
    return f"', ' || {cell} || ',' LIKE '%, ' || N.FOOTNOTE_ID || ',%'"


def _transactions(table: Table, dialect: Dialect) -> str:
    names = {column.name for column in table.columns}
    cells = [
        f"T.{column.name}" if column.name in names else f"{_null(column, dialect)} AS {column.name}"
        for column in DERIV_TRANS.columns
        if column.take is not Take.KEY and column.take is not Take.NUMBER
    ]
    owners = "SELECT RPTOWNERNAME AS TXT, ROW_SK FROM REPORTINGOWNER O WHERE O.SOURCE_ID = T.SOURCE_ID"
    cited = "', ' || " + " || ', ' || ".join(f"coalesce(T.{column.name}, '')" for column in _note_columns(table))
    notes = (
        "SELECT N.FOOTNOTE_ID || ': ' || N.FOOTNOTE_TXT AS TXT, ROW_SK FROM FOOTNOTES N"
        f" WHERE N.SOURCE_ID = T.SOURCE_ID AND {_cites(f'({cited})')}"
    )
    review = (
        "(SELECT max(I.NEEDS_REVIEW) FROM SOURCE I"
        " WHERE I.SOURCE_ID = T.SOURCE_ID AND I.NEEDS_REVIEW IS NOT NULL) AS NEEDS_REVIEW"
    )
    head = (
        "T.SOURCE_ID, T.ACCESSION_NUMBER",
        f"'{table.name}' AS TABLE_NAME, T.ROW_SK",
        "S.DOCUMENT_TYPE, S.PERIOD_OF_REPORT, S.ISSUERCIK, S.ISSUERNAME, S.ISSUERTRADINGSYMBOL",
        f"{dialect.joined.format(rows=owners, between='; ')} AS OWNERS",
    )
    tail = (f"{dialect.joined.format(rows=notes, between=' ')} AS FOOTNOTES", review)
    return (
        f"SELECT {', '.join((*head, *cells, *tail))} FROM {table.name} T JOIN SUBMISSION S ON S.SOURCE_ID = T.SOURCE_ID"
    )


def _null(column: TableColumn, dialect: Dialect) -> str:
    kind = dialect.types[column.kind]
    return f"CAST(NULL AS {kind})" if kind else "NULL"
