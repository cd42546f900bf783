"""A document comes in and the rows of Tables I and II go out as row sets, each row once or once for every owner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from extractor.filing import DerivativeRow, Field, Filing, Row, type_of
from extractor.filing.ownership_xml import coding_marks
from extractor.rows.rowset import KINDS, Column, Kind, RowSet
from extractor.rows.sides import OWNER_COLUMNS, notes_text, owner_rows
from extractor.writers import Document
from extractor.writers.document import source_name
from extractor.writers.tables import FIELDS, UNMARKED

_HEAD = (
    Column("source", Kind.TEXT),
    Column("form", Kind.TEXT),
    Column("amendment", Kind.FLAG),
    Column("period_of_report", Kind.DATE),
    Column("issuer_cik", Kind.TEXT),
    Column("issuer_name", Kind.TEXT),
    Column("issuer_symbol", Kind.TEXT),
    Column("owner_names", Kind.LIST),
    Column("table", Kind.COUNT),
    Column("row", Kind.COUNT),
)


def _kind(name: str) -> Kind:
    field: Any = DerivativeRow.model_fields[name].annotation
    return KINDS[type_of(field)]


def _columns() -> Iterator[Column]:
    yield from _HEAD
    for name in FIELDS:
        yield Column(name, _kind(name))
        if name not in UNMARKED:
            yield Column(f"{name}_footnotes", Kind.LIST)
            yield Column(f"{name}_notes", Kind.TEXT)
    yield Column("needs_review", Kind.FLAG)


COLUMNS = tuple(_columns())
"""For every field its value, its marks as a list (`…_footnotes`), and the texts that these point at (`…_notes`)."""


class SecurityRows(RowSet):
    """Rows of Tables I and II, one a printed row: owners of a joint filing do not multiply them."""

    def __init__(self, rows: Sequence[Mapping[str, object]], filing: Filing) -> None:
        super().__init__(COLUMNS, rows)
        self._filing = filing

    def per_owner(self) -> RowSet:
        """Every row once for every reporting owner, whose columns (`owner_…`) stand behind the row's own."""
        columns = [Column(f"owner_{name}", kind) for name, kind in OWNER_COLUMNS]
        owners = [{f"owner_{name}": value for name, value in owner.items()} for owner in owner_rows(self._filing)]
        return RowSet((*COLUMNS, *columns), [{**row, **owner} for row in self for owner in owners])


def transactions_of(document: Document) -> SecurityRows:
    """The rows that report a transaction."""
    return _rows(document, lambda row: row.kind == "transaction")


def holdings_of(document: Document) -> SecurityRows:
    """The rows that report a holding without a transaction."""
    return _rows(document, lambda row: row.kind == "holding")


def _rows(document: Document, keep: Callable[[Row], bool]) -> SecurityRows:
    filing = document.filing
    head: dict[str, object] = {
        "source": source_name(document),
        "form": filing.form,
        "amendment": filing.amendment,
        "period_of_report": filing.period_of_report.value,
        "issuer_cik": filing.issuer.cik.value,
        "issuer_name": filing.issuer.name.value,
        "issuer_symbol": filing.issuer.trading_symbol.value,
        "owner_names": tuple(owner.name.value or "" for owner in filing.owners),
    }
    tables: tuple[Sequence[Row], ...] = (filing.non_derivative, filing.derivative)
    rows = [
        {**head, "table": table, "row": number, **_cells(row, filing), "needs_review": document.needs_review}
        for table, members in enumerate(tables, 1)
        for number, row in enumerate(members, 1)
        if keep(row)
    ]
    return SecurityRows(rows, filing)


def _cells(row: Row, filing: Filing) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name in FIELDS:
        field = getattr(row, name, None)
        found = field if isinstance(field, Field) else Field[object]()
        cells[name] = found.value
        if name not in UNMARKED:
            marks = coding_marks(row) if name == "transaction_code" else found.footnotes
            cells[f"{name}_footnotes"] = marks
            cells[f"{name}_notes"] = notes_text(filing, marks)
    return cells
