"""Row sets: what a filing reports as tables, ready for pandas, polars and Arrow."""

from extractor.rows.rowset import Column, Kind, RowSet
from extractor.rows.securities import SecurityRows, holdings_of, transactions_of
from extractor.rows.sides import footnotes_of, owners_of

__all__ = [
    "Column",
    "Kind",
    "RowSet",
    "SecurityRows",
    "footnotes_of",
    "holdings_of",
    "owners_of",
    "transactions_of",
]
