"""The tables of an archive, column by column: the SEC's eight Insider Transactions tables and three of ours.

Names, order and spellings are those of the SEC's files (14, 13, 28, 14, 42, 26, 3 and 3 columns; EXCERCISE_DATE in one
table and EXERCISE_DATE in the other), not of its documentation, which differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Kind(Enum):
    """What a column holds: `rows_of` gives str, Decimal, date, 0 or 1, int, float, and None in any of them."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    COUNT = "count"
    POINTS = "points"


class Take(Enum):
    """What of the filing a column shows."""

    VALUE = "value"  # the value of the field
    MARKS = "marks"  # the ids of the field's footnotes
    CODING_MARKS = "coding marks"  # those of the whole code column, as the XML keeps them
    KEY = "key"  # the accession number, or what stands for it
    NUMBER = "number"  # the row's number in its table of the form
    DOCUMENT_TYPE = "document type"
    RELATIONSHIP = "relationship"  # the ticked boxes by their names
    PRINTED_NAME = "printed name"  # the text as printed where that is more than the code
    MEMBER = "member"  # a plain member of a footnote
    SOURCE = "source"  # what the header of the submission said that the document came in
    NOTHING = "nothing"  # no page shows it


class Column(NamedTuple):
    """A column: its name, what it holds, and from which field (dotted path below the row's model) it takes what."""

    name: str
    kind: Kind
    field: str = ""
    take: Take = Take.VALUE


class Table(NamedTuple):
    """A table; `row_name` is the column that numbers its rows within a source, empty where it has none."""

    name: str
    columns: tuple[Column, ...]
    row_name: str = ""


# A decimal column holds what EDGAR takes (16 digits, 4 after the point) and far more: filed prices have up to 4
# decimals, misread ones were seen with 8; 38 digits are the most that Parquet and DuckDB take.
DIGITS, DECIMALS = 38, 10


def _text(name: str, field: str = "", take: Take = Take.VALUE) -> Column:
    return Column(name, Kind.TEXT, field, take)


def _flag(name: str, field: str) -> Column:
    return Column(name, Kind.FLAG, field)


def _date(name: str, field: str = "", take: Take = Take.VALUE) -> Column:
    return Column(name, Kind.DATE, field, take)


def _cell(name: str, field: str, kind: Kind = Kind.TEXT) -> tuple[Column, Column]:
    """A cell of the form: its value, and behind it the footnotes that it cites."""
    return Column(name, kind, field), _text(f"{name}_FN", field, Take.MARKS)


def _number(name: str, field: str) -> tuple[Column, Column]:
    return _cell(name, field, Kind.NUMBER)


def _day(name: str, field: str) -> tuple[Column, Column]:
    return _cell(name, field, Kind.DATE)


_KEY = _text("ACCESSION_NUMBER", take=Take.KEY)


def _sk(table: str) -> tuple[Column, Column]:
    return _KEY, Column(f"{table}_SK", Kind.COUNT, take=Take.NUMBER)


_TITLE = _cell("SECURITY_TITLE", "security_title")
_CONVERSION = _number("CONV_EXERCISE_PRICE", "conversion_or_exercise_price")
_CODING = (
    _text("TRANS_FORM_TYPE", "form_type"),
    _text("TRANS_CODE", "transaction_code"),
    _flag("EQUITY_SWAP_INVOLVED", "equity_swap"),
    _text("EQUITY_SWAP_TRANS_CD_FN", "transaction_code", Take.CODING_MARKS),
    _text("TRANS_TIMELINESS", take=Take.NOTHING),
    _text("TRANS_TIMELINESS_FN", take=Take.NOTHING),
)
_WHEN = (
    *_day("TRANS_DATE", "transaction_date"),
    *_day("DEEMED_EXECUTION_DATE", "deemed_execution_date"),
    *_CODING,
)
_FORM_TYPE = (
    _text("TRANS_FORM_TYPE", "form_type"),
    _text("TRANS_FORM_TYPE_FN", "transaction_code", Take.CODING_MARKS),
)
_SHARES = _number("TRANS_SHARES", "shares")
_PRICE = (
    *_number("TRANS_PRICEPERSHARE", "price_per_share"),
    *_cell("TRANS_ACQUIRED_DISP_CD", "acquired_disposed"),
)
_UNDERLYING = (
    *_day("EXPIRATION_DATE", "expiration_date"),
    *_cell("UNDLYNG_SEC_TITLE", "underlying_title"),
    *_number("UNDLYNG_SEC_SHARES", "underlying_shares"),
    *_number("UNDLYNG_SEC_VALUE", "underlying_value"),
)
_OWNED = (
    *_number("SHRS_OWND_FOLWNG_TRANS", "shares_owned_following"),
    *_number("VALU_OWND_FOLWNG_TRANS", "value_owned_following"),
    *_cell("DIRECT_INDIRECT_OWNERSHIP", "direct_or_indirect"),
    *_cell("NATURE_OF_OWNERSHIP", "nature_of_ownership"),
)

SUBMISSION = Table(
    "SUBMISSION",
    (
        _KEY,
        _date("FILING_DATE", "filing_date", Take.SOURCE),
        _date("PERIOD_OF_REPORT", "period_of_report"),
        _date("DATE_OF_ORIG_SUB", "date_of_original_submission"),
        _flag("NO_SECURITIES_OWNED", "no_securities_owned"),
        _flag("NOT_SUBJECT_SEC16", "not_subject_to_section16"),
        _flag("FORM3_HOLDINGS_REPORTED", "form3_holdings_reported"),
        _flag("FORM4_TRANS_REPORTED", "form4_transactions_reported"),
        _text("DOCUMENT_TYPE", take=Take.DOCUMENT_TYPE),
        _text("ISSUERCIK", "issuer.cik"),
        _text("ISSUERNAME", "issuer.name"),
        _text("ISSUERTRADINGSYMBOL", "issuer.trading_symbol"),
        _text("REMARKS", "remarks"),
        _flag("AFF10B5ONE", "aff10b5_one"),
    ),
)
REPORTINGOWNER = Table(
    "REPORTINGOWNER",
    (
        _KEY,
        _text("RPTOWNERCIK", "cik"),
        _text("RPTOWNERNAME", "name"),
        _text("RPTOWNER_RELATIONSHIP", "relationship", Take.RELATIONSHIP),
        _text("RPTOWNER_TITLE", "relationship.officer_title"),
        _text("RPTOWNER_TXT", "relationship.other_text"),
        _text("RPTOWNER_STREET1", "address.street1"),
        _text("RPTOWNER_STREET2", "address.street2"),
        _text("RPTOWNER_CITY", "address.city"),
        _text("RPTOWNER_STATE", "address.state"),
        _text("RPTOWNER_ZIPCODE", "address.zip_code"),
        _text("RPTOWNER_STATE_DESC", "address.state", Take.PRINTED_NAME),
        _text("FILE_NUMBER", "file_number", Take.SOURCE),
    ),
)
NONDERIV_TRANS = Table(
    "NONDERIV_TRANS",
    (*_sk("NONDERIV_TRANS"), *_TITLE, *_WHEN, *_SHARES, *_PRICE, *_OWNED),
    "NONDERIV_TRANS_SK",
)
NONDERIV_HOLDING = Table(
    "NONDERIV_HOLDING",
    (*_sk("NONDERIV_HOLDING"), *_TITLE, *_FORM_TYPE, *_OWNED),
    "NONDERIV_HOLDING_SK",
)
DERIV_TRANS = Table(
    "DERIV_TRANS",
    (
        *_sk("DERIV_TRANS"),
        *_TITLE,
        *_CONVERSION,
        *_WHEN,
        *_SHARES,
        *_number("TRANS_TOTAL_VALUE", "total_value"),
        *_PRICE,
        *_day("EXCERCISE_DATE", "exercise_date"),
        *_UNDERLYING,
        *_OWNED,
    ),
    "DERIV_TRANS_SK",
)
DERIV_HOLDING = Table(
    "DERIV_HOLDING",
    (
        *_sk("DERIV_HOLDING"),
        *_TITLE,
        *_CONVERSION,
        *_FORM_TYPE,
        *_day("EXERCISE_DATE", "exercise_date"),
        *_UNDERLYING,
        *_OWNED,
    ),
    "DERIV_HOLDING_SK",
)
FOOTNOTES = Table(
    "FOOTNOTES",
    (_KEY, _text("FOOTNOTE_ID", "id", Take.MEMBER), _text("FOOTNOTE_TXT", "text", Take.MEMBER)),
)
OWNER_SIGNATURE = Table(
    "OWNER_SIGNATURE",
    (_KEY, _text("OWNERSIGNATURENAME", "name"), _date("OWNERSIGNATUREDATE", "date")),
)
SEC_TABLES = (
    SUBMISSION,
    REPORTINGOWNER,
    NONDERIV_TRANS,
    NONDERIV_HOLDING,
    DERIV_TRANS,
    DERIV_HOLDING,
    FOOTNOTES,
    OWNER_SIGNATURE,
)

# --- ours: keyed by the sha256 of the content, since an accession number may be unknown or repeated

_SOURCE_ID = _text("SOURCE_ID")
# Points from the page's top left corner for a PDF, a path from the root for an HTML page.
_PLACE = (
    Column("PAGE", Kind.COUNT),
    *(Column(name, Kind.POINTS) for name in ("X0", "TOP", "X1", "BOTTOM")),
    _text("HTML_PATH"),
)
ISSUES = Table(
    "ISSUES",
    (
        _SOURCE_ID,
        Column("ISSUE_SK", Kind.COUNT),
        *(_text(name) for name in ("PATH", "CODE", "SEVERITY", "MESSAGE")),
        *_PLACE,
    ),
    "ISSUE_SK",
)
# ROW_SK is the row's *_SK; in tables without one the row's number among those of its source, in document order.
PROVENANCE = Table(
    "PROVENANCE",
    (
        _SOURCE_ID,
        _text("TABLE_NAME"),
        Column("ROW_SK", Kind.COUNT),
        _text("COLUMN_NAME"),
        Column("PLACE_SK", Kind.COUNT),
        *_PLACE,
    ),
)
SOURCE = Table(
    "SOURCE",
    (
        _SOURCE_ID,
        _text("URI"),
        _text("MEMBER"),
        Column("SIZE", Kind.COUNT),
        *(_text(name) for name in ("STATUS", "ERROR", "TEMPLATE", "FORMAT", "VERSION")),
        Column("NEEDS_REVIEW", Kind.FLAG),
        _text("ACCESSION_NUMBER"),
    ),
)
OUR_TABLES = (ISSUES, PROVENANCE, SOURCE)


def _by_name(tables: Iterable[Table]) -> Mapping[str, Table]:
    return MappingProxyType({table.name: table for table in tables})


TABLES: Mapping[str, Table] = _by_name((*SEC_TABLES, *OUR_TABLES))
