"""A document made by hand, with something in every corner that the writers treat apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from extractor.filing import (
    Address,
    DerivativeRow,
    Field,
    Filing,
    Footnote,
    Issuer,
    NonDerivativeRow,
    Relationship,
    ReportingOwner,
    Signature,
)
from extractor.issues import Code, Issue
from extractor.layout.bbox import BBox
from extractor.layout.location import HtmlLocation, PdfLocation


@dataclass(frozen=True)
class Made:
    """What a writer asks for."""

    filing: Filing
    issues: tuple[Issue, ...] = ()
    needs_review: bool = False
    source: Mapping[str, object] = field(default_factory=dict)


SALE = NonDerivativeRow(
    kind="transaction",
    security_title=Field(value="Common | Stock"),
    transaction_date=Field(value=date(2024, 8, 26), at=(PdfLocation(1, BBox(1.0, 2.0, 3.0, 4.5)),)),
    form_type=Field(value="5"),
    transaction_code=Field(value="S", footnotes=("F1",)),
    equity_swap=Field(value=True),
    shares=Field(value=Decimal("-1234.50")),
    price_per_share=Field(value=Decimal("26.6700"), footnotes=("F2", "F1")),
    acquired_disposed=Field(value="D"),
    shares_owned_following=Field(printed="1O0"),
    direct_or_indirect=Field(value="I"),
    nature_of_ownership=Field(value="=HYPERLINK(1)"),
)
GRANT = DerivativeRow(
    kind="transaction",
    security_title=Field(value="Option"),
    conversion_or_exercise_price=Field(value=Decimal("2.64")),
    transaction_date=Field(value=date(2024, 8, 26)),
    transaction_code=Field(value="A"),
    total_value=Field(value=Decimal("5000")),
    acquired_disposed=Field(value="A"),
    exercise_date=Field(footnotes=("F2",)),
    expiration_date=Field(value=date(2034, 8, 26)),
    underlying_title=Field(value="Common Stock"),
    underlying_shares=Field(value=Decimal("70750.00")),
    value_owned_following=Field(value=Decimal("0")),
)
FILING = Filing(
    form="4",
    amendment=True,
    period_of_report=Field(value=date(2024, 8, 26)),
    issuer=Issuer(cik=Field(value="0001804591"), name=Field(value="A & B <Co>"), trading_symbol=Field(value="AB")),
    owners=(
        ReportingOwner(
            cik=Field(value="0001222287"),
            name=Field(value="DOE JANE"),
            address=Address(street1=Field(value="1 ROAD"), city=Field(value="X"), state=Field(value="CA")),
            relationship=Relationship(
                director=Field(value=True), officer=Field(value=False), other=Field(printed="blot")
            ),
        ),
        ReportingOwner(name=Field(value="DOE JOHN")),
    ),
    aff10b5_one=Field(value=False),
    non_derivative=(SALE,),
    derivative=(GRANT,),
    footnotes=(Footnote(id="F1", text="one *two*"), Footnote(id="F2", text="three")),
    remarks=Field(value="# none"),
    signatures=(Signature(name=Field(value="/s/ Jane"), date=Field(value=date(2024, 8, 28))),),
)
DOCUMENT = Made(
    filing=FILING,
    issues=(
        Issue(
            Code.UNREADABLE_VALUE,
            "non_derivative[0].shares_owned_following",
            "no number: 1O0",
            (HtmlLocation("/html[1]"),),
        ),
    ),
    needs_review=True,
    source={"file": "a.pdf", "pages": 2},
)
