"""What a review shows of a filing, part by part, in the form's order and in people's words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Column(NamedTuple):
    """A column of a table: its head, and the fields that can stand in it; where all are empty, the first is meant."""

    head: str
    names: tuple[str, ...]


LABELS: Mapping[str, str] = MappingProxyType(
    {
        "period_of_report": "Period of report",
        "statement_month": "Statement for month",
        "date_of_original_submission": "Date of original",
        "no_securities_owned": "No securities owned",
        "not_subject_to_section16": "No longer subject to Section 16",
        "form3_holdings_reported": "Form 3 holdings reported",
        "form4_transactions_reported": "Form 4 transactions reported",
        "aff10b5_one": "Rule 10b5-1(c) plan",
        "joint": "Joint or group filing",
        "cik": "CIK",
        "irs_number": "IRS number",
        "name": "Name",
        "trading_symbol": "Trading symbol",
        "foreign_trading_symbol": "Foreign trading symbol",
        "non_us": "Non-US address",
        "street1": "Street",
        "street2": "Street, 2nd line",
        "city": "City",
        "state": "State",
        "non_us_state": "Non-US state",
        "country": "Country",
        "zip_code": "Zip code",
        "director": "Director",
        "officer": "Officer",
        "ten_percent_owner": "10% owner",
        "other": "Other",
        "officer_title": "Officer title",
        "other_text": "Other, text",
        "remarks": "Remarks",
        "date": "Date",
        "security_title": "Security",
        "transaction_date": "Transaction date",
        "deemed_execution_date": "Deemed execution date",
        "form_type": "Form of the row",
        "transaction_code": "Transaction code",
        "equity_swap": "Equity swap",
        "shares": "Amount",
        "total_value": "Amount in dollars",
        "price_per_share": "Price",
        "acquired_disposed": "Acquired or disposed",
        "shares_owned_following": "Owned following",
        "value_owned_following": "Owned following, in dollars",
        "direct_or_indirect": "Direct or indirect",
        "nature_of_ownership": "Nature of ownership",
        "conversion_or_exercise_price": "Conversion or exercise price",
        "exercise_date": "Date exercisable",
        "expiration_date": "Expiration date",
        "underlying_title": "Underlying security",
        "underlying_shares": "Underlying amount",
        "underlying_value": "Underlying amount in dollars",
    }
)
"""Every field of a filing in words; a test holds that none is missing."""

ISSUER = ("name", "trading_symbol", "foreign_trading_symbol", "cik")
FILING = (
    "period_of_report",
    "statement_month",
    "date_of_original_submission",
    "joint",
    "aff10b5_one",
    "no_securities_owned",
    "not_subject_to_section16",
    "form3_holdings_reported",
    "form4_transactions_reported",
)
ADDRESS = ("street1", "street2", "city", "state", "non_us_state", "zip_code", "country", "non_us")
RELATIONSHIP = ("director", "ten_percent_owner", "officer", "officer_title", "other", "other_text")

_OWNERSHIP = (Column("D or I", ("direct_or_indirect",)), Column("Nature of ownership", ("nature_of_ownership",)))
_OWNED = Column("Owned following", ("shares_owned_following", "value_owned_following"))
_DATES = (Column("Exercisable", ("exercise_date",)), Column("Expires", ("expiration_date",)))
_UNDERLYING = (
    Column("Underlying security", ("underlying_title",)),
    Column("Underlying amount", ("underlying_shares", "underlying_value")),
)
_CONVERSION = Column("Conversion price", ("conversion_or_exercise_price",))
_TITLE = Column("Security", ("security_title",))
_TRADE = (
    Column("Date", ("transaction_date",)),
    Column("Deemed", ("deemed_execution_date",)),
    Column("Code", ("transaction_code", "form_type", "equity_swap")),
    Column("Amount", ("shares", "total_value")),
    Column("A or D", ("acquired_disposed",)),
)
_PRICE = Column("Price", ("price_per_share",))


def table_1(form: str) -> tuple[Column, ...]:
    """The columns of Table I of a form."""
    owned = Column("Amount owned", _OWNED.names)
    return (_TITLE, owned, *_OWNERSHIP) if form == "3" else (_TITLE, *_TRADE, _PRICE, _OWNED, *_OWNERSHIP)


def table_2(form: str) -> tuple[Column, ...]:
    """The columns of Table II of a form."""
    if form == "3":
        return (_TITLE, *_DATES, *_UNDERLYING, _CONVERSION, *_OWNERSHIP)
    return (_TITLE, _CONVERSION, *_TRADE, *_DATES, *_UNDERLYING, _PRICE, _OWNED, *_OWNERSHIP)


def label_of(path: str) -> str:
    """The path of a field in words: `Table I, row 2: Price`."""
    head, _, name = path.rpartition(".")
    words = LABELS.get(name or path, name or path)
    table, _, index = head.partition("[")
    number = int(index.split("]")[0]) + 1 if index else 0
    where = {
        "non_derivative": f"Table I, row {number}",
        "derivative": f"Table II, row {number}",
        "owners": f"Reporting person {number}",
        "signatures": f"Signature {number}",
        "issuer": "Issuer",
    }.get(table, "")
    return f"{where}: {words}" if where else words
