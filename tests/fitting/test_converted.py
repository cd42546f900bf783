"""Converted pages: what a converter sets apart, together, out of order or without numbers is told apart again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor import Extraction, extract
from tests.conversion_of import HEADS_1, ISSUER, OWNER, PERIOD, SALE, TABLE_1_TITLE, form_4


def codes(result: Extraction) -> set[str]:
    return {issue.code.value for issue in result.issues if issue.severity == "doubt"}


def read(**parts: str) -> Extraction:
    return extract(form_4(**parts))


def test_the_page_is_read_without_a_doubt() -> None:
    result = read()
    filing = result.filing
    assert codes(result) == set()
    assert result.source["template"] == "form4-x03/converted"
    assert filing.issuer.name.value == "Fable Inc."
    address = filing.owners[0].address
    assert (address.street1.value, address.city.value, address.state.value) == ("1 FABLE ROAD", "MYTHVILLE", "CA")
    (row,) = filing.non_derivative
    assert (row.price_per_share.value, row.price_per_share.footnotes) == (Decimal("173.147"), ("F1",))
    assert [note.text for note in filing.footnotes] == ["Sold under a plan."]
    assert [each.name.value for each in filing.signatures] == ["/s/ Jane Doe"]


# Items


def test_an_item_in_one_line_is_read_and_its_street_is_in_doubt() -> None:
    owner = (
        "|  |  |  |\n|---|---|---|\n| 1. Name and Address of Reporting Person* <u>Doe Jane</u> (Last) (First) (Middle) "
        "C/O FABLE INC. 1 FABLE ROAD (Street) MYTHVILLE CA 94000 (City) (State) (Zip) |  |  |\n"
    )
    result = read(owner=owner)
    address = result.filing.owners[0].address
    assert (address.street1.value, address.zip_code.value) == ("C/O FABLE INC. 1 FABLE ROAD", "94000")
    assert codes(result) == {"street-unsplit"}


def test_captions_and_values_in_one_paragraph() -> None:
    result = read(issuer=ISSUER.replace("\n", " ") + PERIOD.replace("\n", " ") + "\n", period="")
    assert result.filing.issuer.trading_symbol.value == "FBL"
    assert str(result.filing.period_of_report.value) == "2021-06-29"
    assert codes(result) == set()


def test_a_colon_behind_a_caption_is_no_value() -> None:
    result = read(issuer="- **2. Issuer Name and Ticker or Trading Symbol:** Fable Inc. [ FBL ]\n")
    assert result.filing.issuer.name.value == "Fable Inc."
    assert codes(result) == set()


def test_parts_of_item_1_that_stand_apart_are_joined_and_in_doubt() -> None:
    before, street, behind = OWNER.partition("(Street)")
    result = read(owner=before, period=PERIOD + "\n" + street + behind)
    address = result.filing.owners[0].address
    assert (address.street1.value, address.city.value) == ("1 FABLE ROAD", "MYTHVILLE")
    assert str(result.filing.period_of_report.value) == "2021-06-29"
    assert codes(result) == {"parts-apart"}


def test_a_street_and_the_one_in_whose_care_it_is_in_one_line_are_in_doubt() -> None:
    result = read(owner=OWNER.replace("1 FABLE ROAD", "C/O FABLE INC. 1 FABLE ROAD"))
    assert codes(result) == {"street-unsplit"}


def test_a_comma_behind_the_city_is_in_doubt() -> None:
    result = read(owner=OWNER.replace("MYTHVILLE CA", "MYTHVILLE, CA"))
    assert result.filing.owners[0].address.city.value == "MYTHVILLE"
    assert codes(result) == {"uncertain-join"}


def test_a_lost_item_is_in_doubt() -> None:
    assert "item-missing" in codes(read(joint=""))


# Ticks


@pytest.mark.parametrize(
    "tick", ["X", "☒", "[x]", "\\_\\_X\\_\\_", "\\_ X \\_", '<input type="checkbox" checked>', "**X**", "✓"]
)
def test_a_tick_stands_left_of_its_label(tick: str) -> None:
    ties = f"5. Relationship of Reporting Person(s) to Issuer\n\nDirector {tick} 10% Owner Officer (give title below) "
    result = read(ties=ties + "Other (specify below)\n")
    role = result.filing.owners[0].relationship
    assert (role.director.value, role.ten_percent_owner.value, role.officer.value) == (False, True, False)
    assert codes(result) == set()


def test_labels_in_a_list_have_their_texts_behind_them() -> None:
    ties = """5. Relationship of Reporting Person(s) to Issuer

- [ ] Director
- [ ] 10% Owner
- [x] Officer (give title below): Chief of Tales
- [x] Other (specify below) Former director
"""
    result = read(ties=ties)
    role = result.filing.owners[0].relationship
    assert (role.officer_title.value, role.other_text.value) == ("Chief of Tales", "Former director")
    assert (role.director.value, role.officer.value, role.other.value) == (False, True, True)
    assert codes(result) == set()


# Tables


def test_heads_over_two_rows_in_one() -> None:
    first, rule, second, *_ = HEADS_1.splitlines()
    upper, lower = ([cell.strip() for cell in row.strip("|").split("|")] for row in (first, second))
    group = ""
    heads = []
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        heads.append(f"{group}.{below}" if below else group)
    table = f"| {' | '.join(heads)} |\n{rule}\n{SALE}"
    result = read(table_1=table)
    assert result.filing == read().filing.model_copy() or codes(result) == set()
    assert result.filing.non_derivative[0].acquired_disposed.value == "D"


def test_spans_that_are_filled_with_their_text() -> None:
    first, rule, second, *_ = HEADS_1.splitlines()
    upper, lower = ([cell.strip() for cell in row.strip("|").split("|")] for row in (first, second))
    for place, text in enumerate(upper):
        upper[place] = text or upper[place - 1]
        lower[place] = lower[place] or upper[place]
    table = "\n".join((f"| {' | '.join(upper)} |", rule, f"| {' | '.join(lower)} |", SALE))
    result = read(table_1=table)
    assert codes(result) == set()
    assert result.filing.non_derivative[0].shares.value == 1057


@pytest.mark.parametrize("mark", ["⁽¹⁾", "<sup>1</sup>", "<sup>(1)</sup>", "(1)", "[^1]", "[(1)]", "^(1)^", "$^{(1)}$"])
def test_marks_as_converters_write_them(mark: str) -> None:
    result = read(table_1=HEADS_1 + SALE.replace("⁽¹⁾", mark))
    price = result.filing.non_derivative[0].price_per_share
    assert (price.value, price.footnotes) == (Decimal("173.147"), ("F1",))
    assert codes(result) == set()


def test_a_number_in_brackets_is_text_where_marks_are_kept() -> None:
    result = read(table_1=HEADS_1 + SALE.replace("Common Stock", "Series A (2)"))
    assert result.filing.non_derivative[0].security_title.value == "Series A (2)"
    assert codes(result) == set()


def test_a_number_in_brackets_is_text_where_there_are_no_footnotes() -> None:
    sale = SALE.replace("Common Stock", "Series A (2)").replace(" ⁽¹⁾", "")
    result = read(table_1=HEADS_1 + sale, notes="Explanation of Responses:\n")
    assert result.filing.non_derivative[0].security_title.value == "Series A (2)"
    assert codes(result) == set()


def test_a_typed_mark_behind_a_reference_is_in_doubt() -> None:
    sale = SALE.replace("⁽¹⁾", "(1)").replace("| D |  |", "| I | See note (1) |")
    result = read(table_1=HEADS_1 + sale)
    assert result.filing.non_derivative[0].nature_of_ownership.value == "See note (1)"
    assert codes(result) == {"mark-uncertain"}


def test_a_mark_that_lost_its_shape_is_in_doubt() -> None:
    result = read(table_1=HEADS_1 + SALE.replace(" ⁽¹⁾", "1"))
    assert "footnote-uncited" in codes(result)


# Footnotes


@pytest.mark.parametrize(
    "notes",
    [
        "1. one\n\n2. two",
        "(1) one\n(2) two",
        "- (1) one\n- (2) two",
        "[^1]: one\n[^2]: two",
        "[1] one\n\n[2] two",
        "<sup>1</sup> one\n\n<sup>2</sup> two",
        "¹ one\n\n² two",
        "⁽¹⁾ one\n\n⁽²⁾ two",
        "^1^ one\n\n^2^ two",
        "- one\n- two",
        "- one\n\n- two",
        "one\n\ntwo",
        "1) one\n2) two",
    ],
)
def test_footnotes_by_number_or_in_order(notes: str) -> None:
    sale = SALE.replace("1,057", "1,057 ⁽²⁾")
    result = read(table_1=HEADS_1 + sale, notes=f"Explanation of Responses:\n\n{notes}\n")
    assert [note.text for note in result.filing.footnotes] == ["one", "two"]
    assert codes(result) == set()


def test_a_line_break_in_a_footnote_without_a_number_begins_none() -> None:
    result = read(notes="Explanation of Responses:\n\n- one goes\non here\n")
    assert [note.text for note in result.filing.footnotes] == ["one goes on here"]


def test_a_footnote_too_many_is_in_doubt() -> None:
    assert "footnote-uncited" in codes(read(notes="Explanation of Responses:\n\n- one\n- two\n"))


def test_a_footnote_that_begins_with_a_year_is_one() -> None:
    result = read(notes="Explanation of Responses:\n\n- 2021 plan, sold\n")
    assert [note.text for note in result.filing.footnotes] == ["2021 plan, sold"]


# Signatures


@pytest.mark.parametrize(
    "signed",
    [
        "/s/ Jane Doe 07/01/2021\n\n\\*\\* Signature of Reporting Person Date\n",
        "/s/ Jane Doe\n\n07/01/2021\n\n** Signature of Reporting Person\n\nDate\n",
        "/s/ Jane Doe 07/01/2021 ** Signature of Reporting Person Date\n",
        "<u>/s/ Jane Doe</u> <u>07/01/2021</u>\n\n** Signature of Reporting Person Date\n",
        "| /s/ Jane Doe | 07/01/2021 |\n|---|---|\n| ** Signature of Reporting Person | Date |\n",
        "| ** Signature of Reporting Person | Date |\n|---|---|\n| /s/ Jane Doe | 07/01/2021 |\n",
    ],
)
def test_a_signature_and_its_date(signed: str) -> None:
    result = read(signed=signed, remarks="Remarks:\n\nNone.\n")
    (signature,) = result.filing.signatures
    assert (signature.name.value, str(signature.date.value)) == ("/s/ Jane Doe", "2021-07-01")
    assert result.filing.remarks.value == "None."
    assert codes(result) == set()


def test_several_signatures_over_one_caption() -> None:
    signed = (
        "Fable LP By: /s/ Jane Doe 07/01/2021\n\n/s/ Jane Doe 07/02/2021\n\n** Signature of Reporting Person Date\n"
    )
    result = read(signed=signed)
    assert [each.name.value for each in result.filing.signatures] == ["Fable LP By: /s/ Jane Doe", "/s/ Jane Doe"]
    assert [note.text for note in result.filing.footnotes] == ["Sold under a plan."]


def test_a_lost_signature_is_in_doubt() -> None:
    assert "signature-missing" in codes(read(signed="** Signature of Reporting Person Date\n"))


# Tables without columns


HEAD_LINES = "\n\n".join(
    cell.strip()
    for row in (HEADS_1.splitlines()[0], HEADS_1.splitlines()[2])
    for cell in row.strip("|").split("|")
    if cell.strip()
)


def lines_of(*rows: str) -> str:
    return HEAD_LINES + "\n\n" + "\n\n".join(rows) + "\n"


def test_a_table_of_lines_is_read_by_kind_and_order_and_in_doubt() -> None:
    row = ("Common Stock", "06/29/2021", "S", "1,057", "D", "$173.147 (1)", "5,000", "D")
    result = read(table_1=lines_of(*row, "Class B", "06/30/2021", "G", "V", "7", "D", "$0", "9", "I", "By Trust"))
    first, second = result.filing.non_derivative
    assert (first.shares.value, first.price_per_share.footnotes, first.shares_owned_following.value) == (
        1057,
        ("F1",),
        5000,
    )
    assert (second.security_title.value, second.form_type.value) == ("Class B", "5")
    assert (second.direct_or_indirect.value, second.nature_of_ownership.value) == ("I", "By Trust")
    assert codes(result) == {"table-lost"}


def test_a_value_that_may_stand_in_two_columns_is_left_out() -> None:
    row = ("Common Stock", "06/29/2021", "S", "1,057", "D", "5,000", "D")  # a price, or what is owned
    result = read(table_1=lines_of(*row))
    (sale,) = result.filing.non_derivative
    assert (sale.shares.value, sale.price_per_share.value, sale.shares_owned_following.value) == (1057, None, None)
    assert "table-lost" in codes(result)
    assert any("'5,000'" in issue.message for issue in result.issues)


def test_lines_that_are_no_row_are_in_doubt() -> None:
    result = read(table_1=lines_of("Common Stock", "maybe"))
    assert result.filing.non_derivative == ()
    assert "table-lost" in codes(result)


def test_an_empty_table_of_lines_is_no_doubt() -> None:
    result = read(table_1=lines_of(), notes="Explanation of Responses:\n")
    assert result.filing.non_derivative == ()
    assert not codes(result) & {"table-lost", "table-missing"}


def test_a_table_that_is_not_there_is_missing() -> None:
    assert "table-missing" in codes(read(table_1=SALE, table_1_title=TABLE_1_TITLE))


def test_an_empty_head_above_item_1_is_no_empty_street() -> None:
    item = "<br>".join(line for line in OWNER.splitlines() if line)
    result = read(owner=f"|  |  |\n|---|---|\n| {item} |  |\n")
    address = result.filing.owners[0].address
    assert (address.street1.value, address.street2.value) == ("1 FABLE ROAD", None)
    assert codes(result) == set()
