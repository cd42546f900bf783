"""Rows: amounts by column and by `$`, code, form type and swap, and what makes a row a transaction."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractor.fitting.rows import read_row
from extractor.issues import Code, Issue
from tests.fitting.made import doubts
from tests.made import Content, marked, runs


def read(form: str = "4", issues: list[Issue] | None = None, **cells: Content) -> dict[str, Any]:
    """The row that cells by field make."""
    found = {field: runs(content) for field, content in cells.items()}
    return dict(read_row(found, "r", form, [] if issues is None else issues))


def values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: each["value"] for name, each in row.items() if name != "kind"}


def test_every_field_of_a_sale() -> None:
    issues: list[Issue] = []
    row = read(
        issues=issues,
        security_title="Common Stock",
        transaction_date="06/29/2021",
        deemed_execution_date="06/30/2021",
        transaction_code=marked("S", "(1)"),
        amount="1,057",
        acquired_disposed="D",
        price_per_share=marked("$173.147", "(4)"),
        owned_following="5,000",
        direct_or_indirect="I",
        nature_of_ownership=marked("By Trust", "(2)", "(3)"),
    )
    assert values(row) == {
        "security_title": "Common Stock",
        "transaction_date": date(2021, 6, 29),
        "deemed_execution_date": date(2021, 6, 30),
        "transaction_code": "S",
        "form_type": "4",
        "equity_swap": False,
        "shares": Decimal("1057"),
        "acquired_disposed": "D",
        "price_per_share": Decimal("173.147"),
        "shares_owned_following": Decimal("5000"),
        "direct_or_indirect": "I",
        "nature_of_ownership": "By Trust",
    }
    assert row["kind"] == "transaction"
    assert row["nature_of_ownership"]["footnotes"] == ("F2", "F3")
    assert issues == []


def test_every_field_of_a_derivative_s_own() -> None:
    row = read(
        conversion_or_exercise_price="$2.64",
        exercise_date=marked("", "(1)"),
        expiration_date="06/28/2031",
        underlying_title="Common Stock",
        underlying_amount="70,750",
    )
    assert values(row) == {
        "conversion_or_exercise_price": Decimal("2.64"),
        "exercise_date": None,
        "expiration_date": date(2031, 6, 28),
        "underlying_title": "Common Stock",
        "underlying_shares": Decimal("70750"),
    }
    assert row["exercise_date"]["footnotes"] == ("F1",)


def test_a_cell_that_is_not_there_makes_no_field() -> None:
    assert read(security_title="Common Stock") == {
        "security_title": read(security_title="Common Stock")["security_title"]
    } | {"kind": "holding"}


# Amounts


@pytest.mark.parametrize(("cell", "letter"), [("acquired", "A"), ("disposed", "D")])
def test_in_table_2_the_column_is_the_letter(cell: str, letter: str) -> None:
    row = read(**{cell: marked("70,750", "(1)")})
    assert row["acquired_disposed"]["value"] == letter
    assert (row["shares"]["value"], row["shares"]["footnotes"]) == (Decimal(70750), ("F1",))
    assert row["acquired_disposed"]["footnotes"] == ()


def test_amounts_in_both_columns_are_in_doubt() -> None:
    issues: list[Issue] = []
    row = read(issues=issues, acquired="5", disposed="6")
    assert (row["shares"]["value"], row["acquired_disposed"]["value"]) == (Decimal(5), "A")
    assert doubts(issues) == [("row-incomplete", "r.shares")]


@pytest.mark.parametrize(
    ("cell", "shares", "value"),
    [
        ("acquired", "shares", "total_value"),
        ("underlying_amount", "underlying_shares", "underlying_value"),
        ("owned_following", "shares_owned_following", "value_owned_following"),
    ],
)
def test_the_dollar_tells_a_value_from_a_number_of_shares(cell: str, shares: str, value: str) -> None:
    assert values(read(**{cell: "5,000"}))[shares] == Decimal(5000)
    assert value not in read(**{cell: "5,000"})
    assert values(read(**{cell: "$5,000"}))[value] == Decimal(5000)
    assert shares not in read(**{cell: "$5,000"})


def test_marks_alone_stand_on_the_number_of_shares() -> None:
    row = read(underlying_amount=marked("", "(2)"))
    assert (row["underlying_shares"]["value"], row["underlying_shares"]["footnotes"]) == (None, ("F2",))


# The coding


@pytest.mark.parametrize(
    ("form", "code", "v", "expected"),
    [
        ("4", "S", "", ("S", "4", False)),
        ("5", "S", "", ("S", "5", False)),
        ("4", "S", "V", ("S", "5", False)),
        ("5", "4P", "", ("P", "4", False)),
        ("5", "4J/K", "", ("J", "4", True)),
        ("4", "J/K", "", ("J", "4", True)),
    ],
)
def test_code_form_type_and_swap(form: str, code: str, v: str, expected: tuple[str, str, bool]) -> None:
    found = values(read(form, transaction_code=code, voluntary=v))
    assert (found["transaction_code"], found["form_type"], found["equity_swap"]) == expected


def test_the_form_type_that_is_not_printed_has_no_text() -> None:
    assert read(transaction_code="S")["form_type"]["printed"] == ""
    assert read(transaction_code="S", voluntary="V")["form_type"]["printed"] == "V"
    assert read("5", transaction_code="4P")["form_type"]["printed"] == "4"


def test_marks_of_code_and_v_stand_on_the_code_in_printed_order() -> None:
    row = read(transaction_code=marked("S", "(1)"), voluntary=marked("V", "(2)"))
    assert row["transaction_code"]["footnotes"] == ("F1", "F2")
    assert row["form_type"]["footnotes"] == ()


def test_without_a_code_there_is_no_form_type_and_no_swap() -> None:
    row = read(transaction_code=marked("", "(1)"))
    assert row["transaction_code"]["footnotes"] == ("F1",)
    assert not row.keys() & {"form_type", "equity_swap"}


def test_another_letter_under_v_is_in_doubt() -> None:
    issues: list[Issue] = []
    assert values(read(issues=issues, transaction_code="S", voluntary="W"))["form_type"] == "4"
    assert doubts(issues) == [("unreadable-value", "r.form_type")]


# Transaction or holding


@pytest.mark.parametrize(
    "cells",
    [
        {"transaction_date": "06/29/2021"},
        {"transaction_date": "2/30/2021"},
        {"transaction_code": "S"},
        {"transaction_code": "??"},
        {"amount": "1,057"},
        {"acquired": "$5,000"},
        {"acquired_disposed": "D"},
    ],
    ids=["date", "unreadable-date", "code", "unreadable-code", "amount", "value", "letter"],
)
def test_a_transaction_is_told_by_its_date_code_or_amount(cells: dict[str, str]) -> None:
    assert read(security_title="Common Stock", **cells)["kind"] == "transaction"


def test_a_row_without_any_of_these_is_a_holding() -> None:
    row = read(security_title="Common", owned_following="5", direct_or_indirect="I", nature_of_ownership="By Trust")
    assert row["kind"] == "holding"


def test_marks_alone_make_no_transaction() -> None:
    assert read(transaction_code=marked("", "(1)"))["kind"] == "holding"


def test_a_late_holding_on_a_form_5_has_a_3_and_no_code() -> None:
    row = read("5", security_title="Common Stock", transaction_code="3", owned_following="5")
    assert (row["kind"], row["form_type"]["value"], row["transaction_code"]["value"]) == ("holding", "3", None)


# Doubts


def test_a_doubt_names_row_and_field() -> None:
    issues: list[Issue] = []
    read(
        issues=issues,
        transaction_date="soon",
        price_per_share="free",
        direct_or_indirect="X",
        amount="1,05",
        owned_following="all",
        transaction_code="??",
    )
    assert {path for _, path in doubts(issues)} == {
        "r.transaction_date",
        "r.price_per_share",
        "r.direct_or_indirect",
        "r.shares",
        "r.shares_owned_following",
        "r.transaction_code",
    }
    assert {code for code, _ in doubts(issues)} == {"unreadable-value"}


@pytest.mark.parametrize(
    ("code", "side", "doubted"), [("M", "acquired", True), ("M", "disposed", False), ("J", "acquired", False)]
)
def test_an_unusual_side_is_in_doubt_where_blanks_alone_tell_it(code: str, side: str, doubted: bool) -> None:
    cells = {"transaction_code": runs(code), side: runs("100")}
    for free in (True, False):
        issues: list[Issue] = []
        read_row(cells, "derivative[0]", "4", issues, free=free)
        assert (Code.ROW_INCOMPLETE in {issue.code for issue in issues}) == (doubted and free)
