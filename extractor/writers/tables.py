"""Documents come in and flat rows go out, one for every row of Table I and Table II, as dicts or as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from extractor.filing import DerivativeRow, Field, NonDerivativeRow, Row
from extractor.filing.ownership_xml import coding_marks
from extractor.writers.document import Document, source_name

# What a document has once, repeated on each of its rows.
FILING_COLUMNS = (
    "source",
    "form",
    "amendment",
    "period_of_report",
    "issuer_cik",
    "issuer_name",
    "issuer_symbol",
    "owner_names",
    "owner_ciks",
)
ROW_COLUMNS = ("table", "row", "kind")
# The row's fields, in the order of the form's columns.
FIELDS = (
    "security_title",
    "conversion_or_exercise_price",
    "transaction_date",
    "deemed_execution_date",
    "form_type",
    "transaction_code",
    "equity_swap",
    "shares",
    "total_value",
    "price_per_share",
    "acquired_disposed",
    "exercise_date",
    "expiration_date",
    "underlying_title",
    "underlying_shares",
    "underlying_value",
    "shares_owned_following",
    "value_owned_following",
    "direct_or_indirect",
    "nature_of_ownership",
)
# The marks of the whole code column stand with the code.
UNMARKED = ("form_type", "equity_swap")
COLUMNS = (
    *FILING_COLUMNS,
    *ROW_COLUMNS,
    *(name for field in FIELDS for name in ((field,) if field in UNMARKED else (field, f"{field}_footnotes"))),
    "needs_review",
)

# A spreadsheet takes a cell for a formula if it begins so, behind white space or not; the full-width forms too.
# Some split a cell at its line breaks, so each line is guarded.
_FORMULA = re.compile(r"(?:^|(?<=[\r\n]))(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
_NAMES = "; "


def rows(document: Document) -> list[dict[str, object]]:
    """One dict for every row of both tables, with the keys of `COLUMNS` in that order.

    `table` is 1 or 2, `row` counts from 1 in its table. Values are str, bool, date, Decimal or int; None is what the
    page does not show, what cannot be read, and what the row's table does not ask. Footnote columns hold ids (`F1, F2`)
    or None. A filing without rows gives an empty list.
    """
    filing = document.filing
    head: dict[str, object] = {
        "source": source_name(document),
        "form": filing.form,
        "amendment": filing.amendment,
        "period_of_report": filing.period_of_report.value,
        "issuer_cik": filing.issuer.cik.value,
        "issuer_name": filing.issuer.name.value,
        "issuer_symbol": filing.issuer.trading_symbol.value,
        "owner_names": _NAMES.join(owner.name.value or "" for owner in filing.owners),
        "owner_ciks": _NAMES.join(owner.cik.value or "" for owner in filing.owners),
    }
    tables: tuple[tuple[NonDerivativeRow | DerivativeRow, ...], ...] = (filing.non_derivative, filing.derivative)
    return [
        {**head, "table": table, "row": number, **_cells(row), "needs_review": document.needs_review}
        for table, members in enumerate(tables, start=1)
        for number, row in enumerate(members, start=1)
    ]


def to_csv(documents: Iterable[Document]) -> str:
    """CSV with a header line: UTF-8 text, line feeds, empty for None, 1 and 0 for flags, ISO dates, plain numbers.

    Text that a spreadsheet would run as a formula gets a quote (') in front; numbers and dates stay as they are.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for document in documents:
        for row in rows(document):
            writer.writerow([_cell(row[column]) for column in COLUMNS])
    return buffer.getvalue()


def _cells(row: Row) -> dict[str, object]:
    cells: dict[str, object] = {"kind": row.kind}
    for name in FIELDS:
        field = getattr(row, name, None)
        found = field if isinstance(field, Field) else Field[object]()
        cells[name] = found.value
        if name not in UNMARKED:
            marks = coding_marks(row) if name == "transaction_code" else found.footnotes
            cells[f"{name}_footnotes"] = ", ".join(marks) or None
    return cells


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case _:
            return safe_text(str(value))


def safe_text(text: str) -> str:
    """The text with a quote before each line that a spreadsheet would take for a formula."""
    return _FORMULA.sub("'", text)
