"""The rows of Table I and Table II.

A row with a transaction date is a transaction, any other a holding. Marks in the code column stand on
`transaction_code`, as EDGAR keeps them on the coding as a whole.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from extractor.filing.field import Field, Frozen

Text = Field[str]
Flag = Field[bool]
Date = Field[date]
Number = Field[Decimal]


class Row(Frozen):
    """What the rows of both tables have.

    `form_type` is the form that the row belongs on (`4`, `5`; `3` for a late holding), `equity_swap` whether the code
    carries `/K`. Amounts are shares or, told by the printed `$`, dollar values: one of each pair is empty.
    """

    kind: Literal["transaction", "holding"]
    security_title: Text = Text()
    transaction_date: Date = Date()
    deemed_execution_date: Date = Date()
    form_type: Text = Text()
    transaction_code: Text = Text()
    equity_swap: Flag = Flag()
    shares: Number = Number()
    price_per_share: Number = Number()
    acquired_disposed: Text = Text()
    shares_owned_following: Number = Number()
    value_owned_following: Number = Number()
    direct_or_indirect: Text = Text()
    nature_of_ownership: Text = Text()


class NonDerivativeRow(Row):
    """A row of Table I."""


class DerivativeRow(Row):
    """A row of Table II."""

    conversion_or_exercise_price: Number = Number()
    total_value: Number = Number()
    exercise_date: Date = Date()
    expiration_date: Date = Date()
    underlying_title: Text = Text()
    underlying_shares: Number = Number()
    underlying_value: Number = Number()
