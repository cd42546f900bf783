"""Conventions: each is noted where a filing breaks it, none puts a value in doubt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractor.checks import check
from extractor.filing import Filing, Issuer, ReportingOwner, Signature
from extractor.issues import Severity
from tests.filings import (
    MONDAY,
    NONE,
    OPTION,
    OWNER,
    TUESDAY,
    WEDNESDAY,
    after,
    filing,
    found,
    grant,
    holding,
    notes,
    sale,
)
from tests.made import field

BOUGHT = {"transaction_code": field("P"), "acquired_disposed": field("A")}
INDIRECT = {"direct_or_indirect": field("I"), "nature_of_ownership": field("By Trust")}

CONVENTIONS: dict[str, tuple[Filing, list[tuple[str, str]]]] = {
    "C1-period-not-earliest": (
        filing(sale(transaction_date=field(TUESDAY))),
        [("period-not-earliest", "period_of_report")],
    ),
    "C2-running-total": (
        filing(after(900), after(750)),
        [("running-total", "non_derivative[1].shares_owned_following")],
    ),
    "C2-running-total-of-purchases": (
        filing(after(900), after(800, **BOUGHT)),
        [("running-total", "non_derivative[1].shares_owned_following")],
    ),
    "C5-amounts-differ": (
        filing(grant(underlying_shares=field(Decimal(140)))),
        [("amounts-differ", f"{OPTION}.underlying_shares")],
    ),
    "C6-expired-before-traded": (
        filing(grant(exercise_date=field(None, "F1"), expiration_date=field(date(2024, 8, 25))), footnotes=notes(1)),
        [("dates-out-of-order", f"{OPTION}.expiration_date")],
    ),
    "C6-expired-before-exercisable": (
        filing(grant(exercise_date=field(WEDNESDAY), expiration_date=field(TUESDAY))),
        [("dates-out-of-order", f"{OPTION}.expiration_date")],
    ),
    "C8-marks-out-of-order": (
        filing(
            sale(shares=field(Decimal(100), "F2")),
            sale(security_title=field("Other", "F1")),
            footnotes=notes(2),
        ),
        [("marks-out-of-order", "footnotes")],
    ),
    "C9-signed-before-event": (
        filing(signatures=(Signature(name=field("/s/ Jane"), date=field(date(2024, 8, 25))),)),
        [("signed-before-event", "signatures[0].date")],
    ),
    "C10-joint-with-one": (filing(joint=field(True)), [("joint-mismatch", "joint")]),
    "C10-single-with-two": (
        filing(owners=(OWNER, ReportingOwner(name=field("Roe John"), address=OWNER.address))),
        [("joint-mismatch", "joint")],
    ),
    **{
        f"C11-symbol-{symbol}": (
            filing(issuer=Issuer(name=field("Fable"), trading_symbol=field(symbol))),
            [("symbol-unusual", "issuer.trading_symbol")],
        )
        for symbol in ("NONE", "N/A", "none", "HEI, HEI.A", "NYSE:NYCB")
    },
}


@pytest.mark.parametrize(("given", "expected"), CONVENTIONS.values(), ids=CONVENTIONS)
def test_a_broken_convention_is_noted(given: Filing, expected: list[tuple[str, str]]) -> None:
    assert found(given) == expected
    assert {issue.severity for issue in check(given)} == {Severity.NOTE}


CONVENTIONAL: dict[str, Filing] = {
    "C1-only-on-form-4": filing(sale(transaction_date=field(TUESDAY)), form="5"),
    "C1-earliest-of-both-tables": filing(sale(transaction_date=field(TUESDAY)), grant()),
    "C2-total-of-sales": filing(after(900), after(800), after(700)),
    "C2-total-of-purchases": filing(after(900), after(1000, **BOUGHT)),
    "C2-by-title": filing(after(900), after(5, security_title=field("Class B"))),
    "C2-by-ownership": filing(after(900), after(5, **INDIRECT)),
    "C2-by-nature": filing(after(9, **INDIRECT), after(5, **{**INDIRECT, "nature_of_ownership": field("By Fund")})),
    "C2-by-marks-of-nature": filing(
        after(9, **{**INDIRECT, "nature_of_ownership": field("See note", "F1")}),
        after(5, **{**INDIRECT, "nature_of_ownership": field("See note", "F2")}),
        footnotes=notes(2),
    ),
    "C2-holdings-are-no-trades": filing(after(900), holding(**{"security_title": field("Common Stock")})),
    "C5-unknown": filing(grant(underlying_shares=field(None, "F1")), footnotes=notes(1)),
    "C8-in-order-by-row": filing(
        sale(price_per_share=field(Decimal(5), "F2", "F1")),
        after(800, shares=field(Decimal(100), "F3", "F1")),
        footnotes=notes(3),
    ),
    "C9-signed-on-the-day": filing(signatures=(Signature(name=field("/s/ Jane"), date=field(MONDAY)),)),
    "C10-no-line-ticked": filing(joint=NONE),
    "C11-class": filing(issuer=Issuer(name=field("Fable"), trading_symbol=field("BRK.B"))),
    "C11-none-printed": filing(issuer=Issuer(name=field("Fable"))),
}


@pytest.mark.parametrize("given", CONVENTIONAL.values(), ids=CONVENTIONAL)
def test_a_kept_convention_is_not_noted(given: Filing) -> None:
    assert found(given) == []
