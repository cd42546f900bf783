"""Filings made by hand that break no rule, and rows to change one thing in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from extractor.checks import check
from extractor.filing import (
    Address,
    DerivativeRow,
    Filing,
    Footnote,
    Issuer,
    NonDerivativeRow,
    Relationship,
    ReportingOwner,
    Row,
    Signature,
)
from tests.made import field

MONDAY, TUESDAY, WEDNESDAY = date(2024, 8, 26), date(2024, 8, 27), date(2024, 8, 28)
ADDRESS = Address(street1=field("1 MAIN ST"), city=field("AUSTIN"), state=field("TX"), zip_code=field("78701"))
OWNER = ReportingOwner(name=field("Doe Jane"), address=ADDRESS, relationship=Relationship(director=field(True)))
SIGNED = Signature(name=field("/s/ Jane Doe"), date=field(WEDNESDAY))
NONE = field(None)
ROW, OPTION = "non_derivative[0]", "derivative[0]"


def sale(**changes: Any) -> NonDerivativeRow:
    """A sale of 100 shares at $5, after which 900 are left."""
    plain = {
        "kind": "transaction",
        "security_title": field("Common Stock"),
        "transaction_date": field(MONDAY),
        "transaction_code": field("S"),
        "shares": field(Decimal(100)),
        "price_per_share": field(Decimal("5.25")),
        "acquired_disposed": field("D"),
        "shares_owned_following": field(Decimal(900)),
        "direct_or_indirect": field("D"),
    }
    return NonDerivativeRow.model_validate(plain | changes)


def after(amount: int, **changes: Any) -> NonDerivativeRow:
    return sale(shares_owned_following=field(Decimal(amount)), **changes)


def holding(**changes: Any) -> NonDerivativeRow:
    plain = {
        "kind": "holding",
        "security_title": field("Preferred Stock"),
        "shares_owned_following": field(Decimal(10)),
        "direct_or_indirect": field("I"),
        "nature_of_ownership": field("By Trust"),
    }
    return NonDerivativeRow.model_validate(plain | changes)


def grant(**changes: Any) -> DerivativeRow:
    plain = {
        "kind": "transaction",
        "security_title": field("Option"),
        "conversion_or_exercise_price": field(Decimal("2.64")),
        "transaction_date": field(MONDAY),
        "transaction_code": field("A"),
        "shares": field(Decimal(70)),
        "acquired_disposed": field("A"),
        "exercise_date": field(TUESDAY),
        "expiration_date": field(WEDNESDAY),
        "underlying_title": field("Common Stock"),
        "underlying_shares": field(Decimal(70)),
        "price_per_share": field(Decimal(0)),
        "shares_owned_following": field(Decimal(70)),
        "direct_or_indirect": field("D"),
    }
    return DerivativeRow.model_validate(plain | changes)


def filing(*rows: Row, **changes: Any) -> Filing:
    """A Form 4 that breaks nothing, with these rows; without any, a sale."""
    given = rows or (sale(),)
    plain = {
        "form": "4",
        "period_of_report": field(MONDAY),
        "issuer": Issuer(name=field("Fable Inc."), trading_symbol=field("FBL")),
        "owners": (OWNER,),
        "joint": field(False),
        "non_derivative": tuple(row for row in given if isinstance(row, NonDerivativeRow)),
        "derivative": tuple(row for row in given if isinstance(row, DerivativeRow)),
        "signatures": (SIGNED,),
    }
    return Filing.model_validate(plain | changes)


def form_3(*rows: Row, **changes: Any) -> Filing:
    """A Form 3 with these rows, or none."""
    plain = {"form": "3", "non_derivative": (), **changes}
    return filing(*rows, **plain) if not rows else filing(*rows, form="3", **changes)


def notes(count: int) -> tuple[Footnote, ...]:
    return tuple(Footnote(id=f"F{number}", text="note") for number in range(1, count + 1))


def found(given: Filing) -> list[tuple[str, str]]:
    return [(issue.code.value, issue.path) for issue in check(given)]


def owner(**ties: Any) -> ReportingOwner:
    return ReportingOwner(name=field("Roe John"), address=ADDRESS, relationship=Relationship.model_validate(ties))
