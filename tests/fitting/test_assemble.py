"""The whole fitting: a page drawn by hand goes in, the filing with its doubts comes out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractor.fitting import Fit, fit
from extractor.fitting.captions import captions_of
from extractor.issues import Code, Issue
from extractor.layout import Grid, Layout, Line
from extractor.templates import Template, template
from tests.fitting.made import (
    FORM3,
    FORM5,
    GRANT,
    ONLINE,
    SALE,
    SEC,
    SEC_2026,
    Row,
    doubts,
    items_grid,
    owner_item,
    table_1,
    table_2,
)
from tests.made import Content, Wide, grid, layout, line, marked, placed, run, segment, stack, tick

SEC_2023 = template("form4-x05", "sec-stylesheet")
SECTION_16 = "Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may continue."
RULE_10B5 = "Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan"
HEADER = stack("SEC Form 4", grid(("", SECTION_16)))
TAIL = stack("Explanation of Responses:", "Remarks:", line("/s/ Jane Doe", "07/01/2021"))
MARKED_SALE: Row = [*SALE[:3], marked("S", "(1)"), *SALE[4:]]
NOTE = "1. Sold under a plan."
NOTED = stack("Explanation of Responses:", NOTE, "Remarks:", "None.", line("/s/ Jane Doe", "07/01/2021"))


def read(
    of: Template = SEC,
    header: Content = HEADER,
    items: Content | None = None,
    tables: Content | None = None,
    blocks: Content = (),
    tail: Content = TAIL,
) -> Fit:
    """What is read of a Form 4 with these parts."""
    between = stack(table_1(SALE), table_2(GRANT)) if tables is None else tables
    return fit(placed(layout(header, items_grid() if items is None else items, between, blocks, tail)), of)


def codes(fitted: Fit) -> list[tuple[str, str]]:
    return doubts(list(fitted.issues))


def test_a_plain_form_4_is_read_without_a_doubt() -> None:
    fitted = read(tables=stack(table_1(MARKED_SALE), table_2(GRANT)), tail=NOTED)
    filing = fitted.filing
    assert codes(fitted) == []
    assert (filing.form, filing.amendment, filing.schema_version) == ("4", False, None)
    assert filing.period_of_report.value == date(2021, 6, 29)
    assert (filing.issuer.name.value, filing.issuer.trading_symbol.value) == ("Fable Inc.", "FBL")
    assert [owner.name.value for owner in filing.owners] == ["Doe Jane"]
    assert filing.owners[0].cik.value == "0001234567"
    assert filing.owners[0].relationship.director.value is True
    assert (filing.joint.value, filing.not_subject_to_section16.value) == (False, False)
    assert [row.price_per_share.value for row in filing.non_derivative] == [Decimal("173.147")]
    assert [row.shares.value for row in filing.derivative] == [Decimal(70750)]
    assert [(note.id, note.text) for note in filing.footnotes] == [("F1", "Sold under a plan.")]
    assert filing.remarks.value == "None."
    assert [signature.date.value for signature in filing.signatures] == [date(2021, 7, 1)]


def test_what_the_page_of_its_era_does_not_show_is_none() -> None:
    filing = read().filing
    assert filing.aff10b5_one.value is None
    assert filing.form3_holdings_reported.value is None
    assert filing.no_securities_owned.value is None
    assert filing.issuer.foreign_trading_symbol.value is None
    assert filing.owners[0].address.non_us.value is None


def test_the_doubts_of_the_reader_come_first() -> None:
    issue = Issue(Code.TEXT_LOST, "", "the page was cut")
    page = placed(layout(HEADER, items_grid(), table_1(SALE), table_2(GRANT), TAIL))
    fitted = fit(Layout(page.sheets, page.properties, (issue,)), SEC)
    assert fitted.issues == (issue,)


def test_values_know_their_places() -> None:
    row = read().filing.non_derivative[0]
    assert row.shares.at != row.price_per_share.at
    assert len(row.shares.at) == 1


def test_a_second_form_in_the_document_is_in_doubt() -> None:
    page = placed(
        layout(HEADER, items_grid(), table_1(SALE), table_2(), TAIL, HEADER, items_grid(), table_1(SALE), TAIL)
    )
    assert ("second-form", "") in codes(fit(page, SEC))


# Header


def test_a_letter_in_the_cell_left_of_a_header_label_ticks_it() -> None:
    fitted = read(header=stack("SEC Form 4", grid(("X", SECTION_16))))
    assert fitted.filing.not_subject_to_section16.value is True
    assert codes(fitted) == []


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        (line(f"[X] {SECTION_16}"), True),
        (line("[X]", SECTION_16), True),
        (line(f"[ ] {SECTION_16}"), False),
        (line(segment(tick(), SECTION_16)), True),
        (line(segment(tick("empty"), SECTION_16)), False),
        (line(tick(), SECTION_16), True),
    ],
)
def test_a_tick_in_the_line_of_a_header_label(label: Line, answer: bool) -> None:
    fitted = read(header=stack("FORM 4", label))
    assert fitted.filing.not_subject_to_section16.value is answer
    assert codes(fitted) == []


def test_two_header_labels_have_their_own_ticks() -> None:
    header = grid(("", SECTION_16), ("X", RULE_10B5))
    filing = read(SEC_2023, header).filing
    assert (filing.not_subject_to_section16.value, filing.aff10b5_one.value) == (False, True)


def test_two_header_labels_with_ticks_in_one_cell() -> None:
    header = stack(line(segment(tick("empty"), SECTION_16)), line(segment(tick(), RULE_10B5)))
    filing = read(SEC_2023, header).filing
    assert (filing.not_subject_to_section16.value, filing.aff10b5_one.value) == (False, True)


def test_a_header_label_may_stand_among_the_items() -> None:
    """EDGAR Online set the Rule 10b5-1 box among the items at first."""
    issuer = stack("Fable Inc. [ FBL ]", "Rule 10b5-1(c) Transaction Indication", line(tick(), RULE_10B5))
    fitted = read(SEC_2023, items=items_grid(issuer=issuer))
    assert fitted.filing.aff10b5_one.value is True
    assert fitted.filing.issuer.trading_symbol.value == "FBL"
    assert codes(fitted) == []


def test_a_missing_header_label_is_in_doubt() -> None:
    fitted = read(SEC_2023)
    assert fitted.filing.aff10b5_one.value is None
    assert codes(fitted) == [("item-missing", "aff10b5_one")]


# Items


def test_the_date_of_the_original_makes_an_amendment() -> None:
    filing = read(items=items_grid(original="06/30/2021")).filing
    assert filing.amendment is True
    assert filing.date_of_original_submission.value == date(2021, 6, 30)


def test_an_unreadable_date_of_the_original_still_makes_an_amendment() -> None:
    fitted = read(items=items_grid(original="06/31/2021"))
    assert fitted.filing.amendment is True
    assert codes(fitted) == [("unreadable-value", "date_of_original_submission")]


@pytest.mark.parametrize(
    ("ticks", "joint"), [(("X", ""), False), (("", "X"), True), (("", ""), None), (("X", "X"), None)]
)
def test_one_of_two_lines_tells_a_joint_filing(ticks: tuple[str, str], joint: bool | None) -> None:
    assert read(items=items_grid(joint=ticks)).filing.joint.value is joint


def test_a_missing_item_is_in_doubt() -> None:
    fitted = read(SEC_2026, header=grid(("", SECTION_16), ("", RULE_10B5)))
    assert codes(fitted) == [("item-missing", "foreign_trading_symbol")]
    assert fitted.filing.issuer.foreign_trading_symbol.value is None


def test_a_foreign_symbol_belongs_to_the_issuer() -> None:
    issuer = stack("Fable Inc. [ FBL ]", "2a. Foreign Trading Symbol", "2330.TW")
    fitted = read(SEC_2026, header=grid(("", SECTION_16), ("", RULE_10B5)), items=items_grid(issuer=issuer))
    assert fitted.filing.issuer.trading_symbol.value == "FBL"
    assert fitted.filing.issuer.foreign_trading_symbol.value == "2330.TW"
    assert codes(fitted) == []


def test_every_missing_item_is_in_doubt() -> None:
    fitted = fit(placed(layout(HEADER, table_1(SALE), table_2(GRANT), TAIL)), SEC)
    assert fitted.filing.owners == ()
    assert codes(fitted) == [("item-missing", name) for name in captions_of(SEC).items]


def test_missing_tables_are_in_doubt() -> None:
    fitted = read(tables=())
    assert (fitted.filing.non_derivative, fitted.filing.derivative) == ((), ())
    assert codes(fitted) == [("table-missing", "non_derivative"), ("table-missing", "derivative")]


BLANK = items_grid(
    owner=stack(
        "1. Name and Address of Reporting Person*", "(Last)", "(First)", "(Middle)", "(Street)", "(City) (State) (Zip)"
    ),
    relationship=grid(
        ("", "Director", "", "10% Owner"), ("", "Officer (give title below)", "", "Other (specify below)")
    ),
    issuer=(),
    period=(),
    joint=("", ""),
)


def test_a_blank_form_says_only_that_it_is_blank() -> None:
    page = placed(layout(HEADER, BLANK, table_1(), table_2(), "Explanation of Responses:", "Instructions follow."))
    fitted = fit(page, SEC)
    assert fitted.filing == type(fitted.filing)(form="4")
    assert codes(fitted) == [("form-empty", "")]


def test_a_form_with_nothing_but_a_row_is_not_blank() -> None:
    page = placed(layout(HEADER, BLANK, table_1(SALE), table_2(), TAIL))
    fitted = fit(page, SEC)
    assert len(fitted.filing.non_derivative) == 1
    assert ("form-empty", "") not in codes(fitted)


# Owners


JOHN = owner_item(name=line(run("Roe John")))


def test_blocks_between_tables_and_explanation_are_owners() -> None:
    fitted = read(items=items_grid(joint=("", "X")), blocks=stack(grid((owner_item(),)), grid((JOHN,))))
    assert [owner.name.value for owner in fitted.filing.owners] == ["Doe Jane", "Roe John"]
    assert fitted.filing.owners[1].relationship.director.value is None
    assert fitted.filing.owners[0].relationship.director.value is True
    assert codes(fitted) == []


def owners_table(*rows: Row) -> Grid:
    heads: Row = (Wide("Reporting Owner Name / Address", rows=2), Wide("Relationships", cols=4))
    return grid(heads, ("Director", "10% Owner", "Officer", "Other"), *rows)


def test_the_owners_table_of_edgar_online() -> None:
    jane = stack("Doe Jane", "C/O FABLE INC.", "1 FABLE ROAD", "MYTHVILLE, CA 94000")
    john = stack("Roe John", "9 MYTH LANE", "MYTHVILLE, CA 94000")
    owner = stack(
        "1. Name and Address of Reporting Person *",
        "Doe Jane",
        "(Last) (First) (Middle)",
        "C/O FABLE INC., 1 FABLE ROAD",
        "(Street)",
        "MYTHVILLE, CA 94000",
        "(City) (State) (Zip)",
    )
    tail = stack(
        "Reporting Owners",
        owners_table((jane, "X", "", "", ""), (john, "", "", "CFO", "")),
        "Signatures",
        line("/s/ Jane Doe", "7/1/2021"),
        line("** Signature of Reporting Person", "Date"),
        line("/s/ John Roe", "7/1/2021"),
    )
    fitted = read(ONLINE, items=items_grid(owner=owner, joint=("", "X")), tail=tail)
    first, second = fitted.filing.owners
    assert (first.address.street1.value, first.address.street2.value) == ("C/O FABLE INC.", "1 FABLE ROAD")
    assert (second.name.value, second.relationship.officer_title.value) == ("Roe John", "CFO")
    assert [signature.name.value for signature in fitted.filing.signatures] == ["/s/ Jane Doe", "/s/ John Roe"]
    assert codes(fitted) == []


# The tail


def test_signatures_end_the_explanation_where_there_are_no_remarks() -> None:
    fitted = read(tail=stack("Explanation of Responses:", line("/s/ Jane Doe", "07/01/2021")))
    assert fitted.filing.remarks.value is None
    assert [each.name.value for each in fitted.filing.signatures] == ["/s/ Jane Doe"]
    assert codes(fitted) == []


def test_remarks_end_where_the_signatures_begin() -> None:
    fitted = read(tail=stack("Remarks:", "Member of a group.", line("/s/ Jane Doe", "07/01/2021")))
    assert fitted.filing.remarks.value == "Member of a group."
    assert [each.name.value for each in fitted.filing.signatures] == ["/s/ Jane Doe"]


def test_a_signature_that_is_none_is_in_doubt() -> None:
    fitted = read(tail=stack("Remarks:", "Signatures", "/s/ Jane Doe"))
    assert fitted.filing.signatures == ()
    assert ("text-unplaced", "") in codes(fitted)


def test_text_that_belongs_to_nothing_is_in_doubt() -> None:
    fitted = read(tables=stack(table_1(SALE), "A stray sentence between the tables.", table_2(GRANT)))
    assert codes(fitted) == [("text-unplaced", "")]


def test_text_above_the_items_and_behind_the_closing_is_the_page_s() -> None:
    closing = stack("Reminder: Report on a separate line for each class of securities", "Back to filings")
    fitted = read(header=stack("Investor relations", HEADER), tail=stack(TAIL, closing))
    assert codes(fitted) == []


# Form 3 and Form 5


def form_3(*rows: Row, said: Content = (), second: bool = True) -> Fit:
    items = grid(
        (
            Wide(owner_item(), rows=2),
            stack("2. Date of Event Requiring Statement (Month/Day/Year)", "06/29/2021"),
            Wide(stack("3. Issuer Name and Ticker or Trading Symbol", "Fable Inc. [ FBL ]"), cols=2),
        ),
        (
            stack(
                "4. Relationship of Reporting Person(s) to Issuer",
                grid(("X", "Director", "", "10% Owner")),
                grid(("", "Officer (give title below)", "", "Other (specify below)")),
            ),
            stack("5. If Amendment, Date of Original Filed (Month/Day/Year)", ""),
            stack(
                "6. Individual or Joint/Group Filing",
                "X Form filed by One Reporting Person",
                "Form filed by More than One Reporting Person",
            ),
        ),
    )
    first = grid(
        (Wide("Table I - Non-Derivative Securities Beneficially Owned", cols=4),),
        (
            "1. Title of Security (Instr. 4)",
            "2. Amount of Securities Beneficially Owned (Instr. 4)",
            "3. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)",
            "4. Nature of Indirect Beneficial Ownership (Instr. 5)",
        ),
        *rows,
    )
    options = grid(
        (Wide("Table II - Derivative Securities Beneficially Owned (e.g., puts)", cols=8),),
        (
            Wide("1. Title of Derivative Security (Instr. 4)", rows=2),
            Wide("2. Date Exercisable and Expiration Date (Month/Day/Year)", cols=2),
            Wide("3. Title and Amount of Securities Underlying Derivative Security (Instr. 4)", cols=2),
            Wide("4. Conversion or Exercise Price of Derivative Security", rows=2),
            Wide("5. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)", rows=2),
            Wide("6. Nature of Indirect Beneficial Ownership (Instr. 5)", rows=2),
        ),
        ("Date Exercisable", "Expiration Date", "Title", "Amount or Number of Shares"),
    )
    tail = stack("Explanation of Responses:", said, "Remarks:", line("/s/ Jane Doe", "07/01/2021"))
    return fit(placed(layout("SEC Form 3", items, first, options if second else (), tail)), FORM3)


def test_a_form_3_with_holdings() -> None:
    fitted = form_3(("Common Stock", "5,000", "D", ""))
    assert fitted.filing.form == "3"
    assert [row.kind for row in fitted.filing.non_derivative] == ["holding"]
    assert fitted.filing.no_securities_owned.value is None
    assert codes(fitted) == []


def test_the_sentence_of_a_form_3_says_that_nothing_is_owned() -> None:
    fitted = form_3(said="No securities are beneficially owned.")
    assert fitted.filing.no_securities_owned.value is True
    assert fitted.filing.no_securities_owned.printed == "No securities are beneficially owned."
    assert fitted.filing.footnotes == ()
    assert codes(fitted) == []


def test_two_empty_tables_of_a_form_3_say_it_too() -> None:
    fitted = form_3()
    assert fitted.filing.no_securities_owned.value is True
    assert fitted.filing.no_securities_owned.printed == ""


def test_a_missing_table_of_a_form_3_says_nothing() -> None:
    assert form_3(second=False).filing.no_securities_owned.value is None


def test_empty_tables_of_a_form_4_say_nothing() -> None:
    assert read(tables=stack(table_1(), table_2())).filing.no_securities_owned.value is None


def test_the_header_of_a_form_5() -> None:
    header = grid(("", SECTION_16), ("X", "Form 3 Holdings Reported."), ("", "Form 4 Transactions Reported."))
    filing = read(FORM5, header).filing
    assert (filing.form3_holdings_reported.value, filing.form4_transactions_reported.value) == (True, False)


def test_the_tree_is_checked_by_the_filing_s_models() -> None:
    fitted: Any = read()
    assert type(fitted.filing).model_validate(fitted.filing.model_dump()) == fitted.filing
