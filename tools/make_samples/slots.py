"""A row of the XML in, out the cells it fills in the order of the form's columns, before any printing dresses them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tools.make_samples.document import Value, View

TABLE1 = "nonDerivativeTable"
TABLE2 = "derivativeTable"
NOTHING = Value()


class Kind(Enum):
    """How a printing formats a cell's value."""

    TITLE = "title"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    MONEY = "money"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell. `prefix` is the digit of a row that belongs on another form, `side` the A or D that may colour it."""

    kind: Kind
    value: Value = NOTHING
    prefix: str = ""
    side: str = ""


Cells = Callable[[View, str], list[Slot]]


def _code(row: View, form: str) -> list[Slot]:
    """The code column, and on a Form 4 the V column beside it."""
    coding = row.value("transactionCoding")
    code = row.text("transactionCoding/transactionCode")
    form_type = row.text("transactionCoding/transactionFormType")
    if row.flag("transactionCoding/equitySwapInvolved"):
        code += "/K"
    if form == "4":
        voluntary = "V" if form_type == "5" else ""
        return [Slot(Kind.CODE, Value(code, coding.notes)), Slot(Kind.CODE, Value(voluntary))]
    prefix = form_type if form_type != form else ""
    return [Slot(Kind.CODE, Value(code, coding.notes), prefix)]


def _either(row: View, shares: str, dollars: str, side: str = "") -> Slot:
    """The amount in shares, or the dollar value that stands in the same column."""
    value = row.value(dollars)
    return Slot(Kind.MONEY, value, side=side) if value else Slot(Kind.NUMBER, row.value(shares), side=side)


def _owned(row: View) -> Slot:
    post = "postTransactionAmounts/"
    return _either(row, post + "sharesOwnedFollowingTransaction", post + "valueOwnedFollowingTransaction")


def _nature(row: View) -> list[Slot]:
    return [
        Slot(Kind.TEXT, row.value("ownershipNature/directOrIndirectOwnership")),
        Slot(Kind.TITLE, row.value("ownershipNature/natureOfOwnership")),
    ]


def _side(row: View) -> Value:
    return row.value("transactionAmounts/transactionAcquiredDisposedCode")


def _days(row: View) -> list[Slot]:
    return [Slot(Kind.DAY, row.value("transactionDate")), Slot(Kind.DAY, row.value("deemedExecutionDate"))]


def _underlying(row: View) -> list[Slot]:
    base = "underlyingSecurity/underlyingSecurity"
    return [
        Slot(Kind.DAY, row.value("exerciseDate")),
        Slot(Kind.DAY, row.value("expirationDate")),
        Slot(Kind.TEXT, row.value(base + "Title")),
        _either(row, base + "Shares", base + "Value"),
    ]


def _table1(row: View, form: str) -> list[Slot]:
    title = Slot(Kind.TITLE, row.value("securityTitle"))
    if form == "3":
        return [title, _owned(row), *_nature(row)]
    side = _side(row)
    return [
        title,
        *_days(row),
        *_code(row, form),
        Slot(Kind.NUMBER, row.value("transactionAmounts/transactionShares"), side=side.text),
        Slot(Kind.TEXT, side, side=side.text),
        Slot(Kind.MONEY, row.value("transactionAmounts/transactionPricePerShare")),
        _owned(row),
        *_nature(row),
    ]


def _table2(row: View, form: str) -> list[Slot]:
    title = Slot(Kind.TITLE, row.value("securityTitle"))
    price = Slot(Kind.MONEY, row.value("conversionOrExercisePrice"))
    if form == "3":
        return [title, *_underlying(row), price, *_nature(row)]
    side = _side(row).text
    base = "transactionAmounts/transaction"
    amount = _either(row, base + "Shares", base + "TotalValue", side)
    empty = Slot(Kind.NUMBER)
    return [
        title,
        price,
        *_days(row),
        *_code(row, form),
        *((empty, amount) if side == "D" else (amount, empty)),
        *_underlying(row),
        Slot(Kind.MONEY, row.value("transactionAmounts/transactionPricePerShare")),
        _owned(row),
        *_nature(row),
    ]


CELLS: dict[str, Cells] = {TABLE1: _table1, TABLE2: _table2}
