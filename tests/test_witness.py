"""What a table witness gainsays: rows of the filing against cell texts as camelot's lattice gives them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractor.filing import Field, Filing, Row
from extractor.issues import Code
from extractor.layout import HtmlLocation
from extractor.witness import disagreements
from tests.filings import after, filing, grant, holding, sale
from tests.made import field

# The rows of tests.filings as the witness has them: transaction date, deemed date, code, V, amount, A/D, price, …
SALE = ["Common Stock", "08/26/2024", "", "S", "", "100", "D", "$5.25", "900", "D", ""]
HOLDING = ["Preferred Stock", "", "", "", "", "", "", "", "10", "I", "By Trust"]
GRANT = ["Option", "$2.64", "08/26/2024", "", "A", "", "70", "", "08/27/2024", "08/28/2024", "Common\nStock", "70"]
GRANT += ["$0", "70", "D", ""]
HEAD = ["1. Title of\nSecurity\n(Instr. 3)", "2. Transaction\nDate", "", "Code", "V", "Amount", "(A) or\n(D)", "Price"]


def printed_grant(**changes: object) -> Row:
    """A grant whose letter is the column that its amount stands in, and not on the page."""
    return grant(acquired_disposed=Field(value="A"), **changes)


def said(given: Filing, *tables: list[list[str]]) -> list[tuple[str, str]]:
    found = disagreements(given, tables)
    assert {issue.code for issue in found} <= {Code.WITNESS_DISAGREES}
    return [(issue.path, issue.message.removeprefix("the table witness ")) for issue in found]


def changed(row: list[str], **texts: str) -> list[str]:
    """The row with other texts in the cells that held `was`: `changed(SALE, was="100", now="101")`."""
    return [texts["now"] if text == texts["was"] else text for text in row]


# agreement


def test_a_witness_that_sees_the_same_says_nothing() -> None:
    tables = [HEAD, SALE, HOLDING], [GRANT]
    assert said(filing(sale(), holding(), printed_grant()), *tables) == []


def test_without_tables_nothing_is_said() -> None:
    assert said(filing(sale())) == []
    assert said(filing(sale()), [], [[]], [[""]]) == []


def test_without_rows_nothing_is_said() -> None:
    assert said(filing(non_derivative=()), [HEAD, SALE]) == []


def test_cells_may_be_fused() -> None:
    fused = ["Common Stock\n08/26/2024", "S", "100\nD", "$5.25\n900", "D"]
    assert said(filing(sale()), [fused]) == []


def test_a_text_may_have_a_fused_neighbour_between_its_lines() -> None:
    fused = ["By\n10\nTrust\nI", "Preferred", "Stock"]
    assert said(filing(holding()), [fused]) == []


def test_fused_rows_are_each_found() -> None:
    fused = [f"{first}\n{second}" for first, second in zip(SALE, HOLDING, strict=True)]
    assert said(filing(sale(), holding()), [fused]) == []


def test_marks_do_not_count() -> None:
    marked = ["Common Stock(1)", "08/26/2024", "S(2)(3)", "100(4)", "D", "$5.25(\n5)", "900 (6)", "D", "(7)"]
    assert said(filing(sale()), [marked]) == []


@pytest.mark.parametrize("date_and_price", [("08/26/2\n024", "$5\n.25"), ("08/2\n6/2\n024", "$\n5.2\n5")])
def test_numbers_and_dates_may_be_wrapped(date_and_price: tuple[str, str]) -> None:
    when, price = date_and_price
    assert said(filing(sale()), [changed(changed(SALE, was="08/26/2024", now=when), was="$5.25", now=price)]) == []


def test_texts_may_be_wrapped_at_a_hyphen_and_inside_a_word() -> None:
    row = holding(security_title=field("Non-Qualified Option"), nature_of_ownership=field("By Irrevocable Trust"))
    seen = ["Non-\nQualified\nOption", "10", "I", "By Irrevoc\nable Trust"]
    assert said(filing(row), [seen]) == []


def test_numbers_are_compared_as_numbers() -> None:
    row = sale(shares=field(Decimal("1000.50")), price_per_share=field(Decimal("0")))
    seen = changed(changed(SALE, was="100", now="1,000.5"), was="$5.25", now="$0.00")
    assert said(filing(row), [seen]) == []


@pytest.mark.parametrize("code", ["S", "4S", "S/K", "5S/K"])
def test_a_code_may_carry_a_forms_digit_and_a_swap(code: str) -> None:
    assert said(filing(sale()), [changed(SALE, was="S", now=code)]) == []


def test_what_is_not_on_the_page_is_not_asked_for() -> None:
    row = sale(form_type=Field(value="4"), acquired_disposed=Field(value="A"))
    assert said(filing(row), [["Common Stock", "08/26/2024", "S", "100", "$5.25", "900", "D"]]) == []


def test_what_could_not_be_read_is_not_asked_for_and_explains_its_words() -> None:
    row = sale(price_per_share=Field(value=None, printed="see note"))
    assert said(filing(row), [changed(SALE, was="$5.25", now="see note")]) == []
    assert said(filing(row), [changed(SALE, was="$5.25", now="")]) == []


# disagreement


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shares": field(Decimal(101))}, "has no 101"),
        ({"price_per_share": field(Decimal("52.5"))}, "has no 52.5"),
        ({"transaction_date": field(date(2024, 8, 25))}, "has no 2024-08-25"),
        ({"transaction_code": field("P")}, "has no P"),
        ({"acquired_disposed": field("A")}, "has no A"),
        ({"security_title": field("Common Stocks")}, "has no 'Common Stocks'"),
        ({"nature_of_ownership": field("By Trust")}, "has no 'By Trust'"),
    ],
)
def test_a_value_that_the_witness_has_not_is_named(change: dict[str, object], message: str) -> None:
    assert said(filing(sale(**change)), [SALE]) == [(f"non_derivative[0].{next(iter(change))}", message)]


def test_the_issue_has_the_places_of_its_field() -> None:
    here = HtmlLocation("/html[1]")
    row = sale(shares=Field(value=Decimal(101), printed="101", at=(here,)))
    assert [issue.at for issue in disagreements(filing(row), [[SALE]])] == [(here,)]


def test_a_number_inside_a_longer_one_is_another_number() -> None:
    assert said(filing(sale()), [changed(SALE, was="100", now="1,100")]) == [("non_derivative[0].shares", "has no 100")]


def test_values_that_are_alike_are_counted() -> None:
    row = sale(shares=field(Decimal(900)))
    assert said(filing(row), [SALE]) == [("non_derivative[0]", "has 900 1 of 2 times")]


def test_a_letter_in_a_title_is_no_value() -> None:
    seen = changed(SALE, was="Common Stock", now="Class A Common Stock")
    row = sale(security_title=field("Class A Common Stock"), acquired_disposed=field("A"))
    assert said(filing(row), [seen]) == [("non_derivative[0].acquired_disposed", "has no A")]


def test_words_that_only_the_witness_has_are_named_with_the_row() -> None:
    row = holding(nature_of_ownership=field("By"))
    assert said(filing(row), [HOLDING]) == [("non_derivative[0]", "has 'Trust' besides")]
    lost = sale(price_per_share=Field())
    assert said(filing(lost), [SALE]) == [("non_derivative[0]", "has '$5.25' besides")]


def test_each_row_is_weighed_against_its_own_line() -> None:
    rows = [after(amount) for amount in (900, 800, 700, 600, 500)]
    lines = [changed(SALE, was="900", now=str(amount)) for amount in (900, 800, 700, 600, 500)]
    assert said(filing(*rows), lines) == []
    rows[2] = after(800)
    assert said(filing(*rows), lines) == [("non_derivative[2].shares_owned_following", "has no 800")]


def test_both_tables_are_weighed() -> None:
    given = filing(sale(), printed_grant(expiration_date=field(date(2025, 8, 28))))
    assert said(given, [SALE], [GRANT]) == [("derivative[0].expiration_date", "has no 2025-08-28")]


# what the witness did not plainly see


def test_nothing_is_said_of_a_row_that_the_witness_did_not_see() -> None:
    assert said(filing(holding()), [HEAD]) == []
    assert said(filing(holding()), [["Preferred Stock", "11", "D", ""]]) == []


def test_a_row_that_the_witness_lacks_is_not_weighed_against_one_like_it() -> None:
    assert said(filing(sale(), after(800), holding()), [SALE, HOLDING]) == []


def test_where_many_rows_differ_one_issue_says_so() -> None:
    rows = [after(amount) for amount in (900, 800, 700)]
    lines = [changed(SALE, was="900", now=str(amount)) for amount in (901, 801, 701)]
    assert said(filing(*rows), lines) == [("", "has 3 of 3 rows otherwise; it fuses rows on some prints")]
    assert [path for path, _ in said(filing(*rows[:2]), lines[:2])] == [
        "non_derivative[0].shares_owned_following",
        "non_derivative[1].shares_owned_following",
    ]


# page breaks


def test_a_row_may_go_on_behind_the_heads_of_the_next_page() -> None:
    row = holding(nature_of_ownership=field("By Venture Partners Fund"))
    first, second = ["Preferred", "10", "I", "By Venture"], ["Stock", "Partners Fund"]
    assert said(filing(sale(), row), [SALE, first], [HEAD, second]) == []
    assert said(filing(sale(), row), [SALE, first], [second]) == []


def test_a_row_of_which_more_stands_on_the_next_page_may_have_begun_on_the_last() -> None:
    row = sale(nature_of_ownership=field("By Venture Partners Fund"), direct_or_indirect=field("I"))
    first = ["Common", "", "", "", "", "", "", "", "", "", "By Venture"]
    second = ["Stock", *SALE[1:9], "I", "Partners Fund"]
    assert said(filing(holding(), row), [HOLDING, first], [HEAD, second]) == []


def test_a_number_may_be_parted_by_a_page_break() -> None:
    first, second = changed(SALE, was="08/26/2024", now="08/26/2"), ["024"]
    assert said(filing(sale()), [first], [HEAD, second]) == []


def test_the_rest_of_a_row_alone_on_a_page_is_no_table_to_the_witness() -> None:
    row = holding(nature_of_ownership=field("By Venture Partners Fund"))
    seen = ["Preferred Stock", "10", "I", "By Venture"]
    assert said(filing(row), [seen]) == []
    assert said(filing(row), [seen, ["Remarks"]]) == [
        ("non_derivative[0].nature_of_ownership", "has no 'By Venture Partners Fund'")
    ]


def test_a_line_of_another_row_is_no_rest() -> None:
    rows = holding(nature_of_ownership=field("By Trust Common Stock")), sale()
    assert said(filing(*rows), [["Preferred Stock", "10", "I", "Trust"]], [SALE]) == [
        ("non_derivative[0].nature_of_ownership", "has no 'By Trust Common Stock'")
    ]
