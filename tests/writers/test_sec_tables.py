"""The SEC's tables, column for column, and ours: what of a filing stands in which row and column."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractor.filing import (
    Address,
    DerivativeRow,
    Field,
    Filing,
    Footnote,
    NonDerivativeRow,
    Relationship,
    ReportingOwner,
    Signature,
    type_of,
)
from extractor.layout.bbox import BBox
from extractor.layout.location import HtmlLocation, PdfLocation
from extractor.writers.sec_cells import holds
from extractor.writers.sec_columns import OUR_TABLES, SEC_TABLES, TABLES, Kind, Table, Take
from extractor.writers.sec_places import Columned, Places, columns_of, provenance
from extractor.writers.sec_tables import Cell, Rows, Unkeyed, accession_of, keyed, numbered, rows_of, unkeyed
from tests.writers.made import DOCUMENT, FILING

SHA = "ab" * 32
NUMBER = "0001225208-21-012345"
SOURCE: dict[str, object] = {
    "sha256": SHA,
    "uri": "box.zip",
    "member": f"a/{NUMBER}.pdf",
    "size": 1234,
    "status": "in_doubt",
    "error": "",
    "template": "form4-x03/sec-stylesheet",
    "format": "pdf",
    "version": "0.1.0",
    "needs_review": True,
}


MODELS = {
    "SUBMISSION": Filing,
    "REPORTINGOWNER": ReportingOwner,
    "NONDERIV_TRANS": NonDerivativeRow,
    "NONDERIV_HOLDING": NonDerivativeRow,
    "DERIV_TRANS": DerivativeRow,
    "DERIV_HOLDING": DerivativeRow,
    "FOOTNOTES": Footnote,
    "OWNER_SIGNATURE": Signature,
}


def named(rows: Rows, table: str) -> list[dict[str, Cell]]:
    names = [column.name for column in TABLES[table].columns]
    return [dict(zip(names, row, strict=True)) for row in rows[table]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return rows_of(FILING, SOURCE, DOCUMENT.issues)


def test_tables_have_as_many_columns_as_the_files_of_the_sec() -> None:
    assert {table.name: len(table.columns) for table in SEC_TABLES} == {
        "SUBMISSION": 14,
        "REPORTINGOWNER": 13,
        "NONDERIV_TRANS": 28,
        "NONDERIV_HOLDING": 14,
        "DERIV_TRANS": 42,
        "DERIV_HOLDING": 26,
        "FOOTNOTES": 3,
        "OWNER_SIGNATURE": 3,
    }


def test_columns_are_spelt_and_ordered_as_in_the_files_of_the_sec() -> None:
    names = {table.name: [column.name for column in table.columns] for table in SEC_TABLES}
    assert names["NONDERIV_TRANS"][6:16] == [
        "DEEMED_EXECUTION_DATE",
        "DEEMED_EXECUTION_DATE_FN",
        "TRANS_FORM_TYPE",
        "TRANS_CODE",
        "EQUITY_SWAP_INVOLVED",
        "EQUITY_SWAP_TRANS_CD_FN",
        "TRANS_TIMELINESS",
        "TRANS_TIMELINESS_FN",
        "TRANS_SHARES",
        "TRANS_SHARES_FN",
    ]
    assert names["DERIV_TRANS"][18:26] == [
        "TRANS_TOTAL_VALUE",
        "TRANS_TOTAL_VALUE_FN",
        "TRANS_PRICEPERSHARE",
        "TRANS_PRICEPERSHARE_FN",
        "TRANS_ACQUIRED_DISP_CD",
        "TRANS_ACQUIRED_DISP_CD_FN",
        "EXCERCISE_DATE",
        "EXCERCISE_DATE_FN",
    ]
    assert names["DERIV_HOLDING"][4:10] == [
        "CONV_EXERCISE_PRICE",
        "CONV_EXERCISE_PRICE_FN",
        "TRANS_FORM_TYPE",
        "TRANS_FORM_TYPE_FN",
        "EXERCISE_DATE",
        "EXERCISE_DATE_FN",
    ]
    assert names["SUBMISSION"][-1] == "AFF10B5ONE"
    assert names["REPORTINGOWNER"][-2:] == ["RPTOWNER_STATE_DESC", "FILE_NUMBER"]


@pytest.mark.parametrize("table", [*SEC_TABLES, *OUR_TABLES], ids=lambda table: table.name)
def test_no_name_stands_twice_in_a_table(table: object) -> None:
    names = [column.name for column in table.columns]  # type: ignore[attr-defined]
    assert len(set(names)) == len(names)


def test_submission(rows: Rows) -> None:
    assert named(rows, "SUBMISSION") == [
        {
            "ACCESSION_NUMBER": NUMBER,
            "FILING_DATE": None,
            "PERIOD_OF_REPORT": date(2024, 8, 26),
            "DATE_OF_ORIG_SUB": None,
            "NO_SECURITIES_OWNED": None,
            "NOT_SUBJECT_SEC16": None,
            "FORM3_HOLDINGS_REPORTED": None,
            "FORM4_TRANS_REPORTED": None,
            "DOCUMENT_TYPE": "4/A",
            "ISSUERCIK": "0001804591",
            "ISSUERNAME": "A & B <Co>",
            "ISSUERTRADINGSYMBOL": "AB",
            "REMARKS": "# none",
            "AFF10B5ONE": 0,
        }
    ]


def test_a_transaction_keeps_every_decimal_and_its_marks_in_printed_order(rows: Rows) -> None:
    (sale,) = named(rows, "NONDERIV_TRANS")
    assert sale["NONDERIV_TRANS_SK"] == 1
    assert str(sale["TRANS_PRICEPERSHARE"]) == "26.6700"
    assert sale["TRANS_PRICEPERSHARE_FN"] == "F2, F1"
    assert sale["EQUITY_SWAP_TRANS_CD_FN"] == "F1"
    assert sale["EQUITY_SWAP_INVOLVED"] == 1
    assert (sale["TRANS_FORM_TYPE"], sale["TRANS_CODE"]) == ("5", "S")
    assert sale["SHRS_OWND_FOLWNG_TRANS"] is None
    assert sale["TRANS_SHARES_FN"] is None
    (grant,) = named(rows, "DERIV_TRANS")
    assert (grant["EXCERCISE_DATE"], grant["EXCERCISE_DATE_FN"]) == (None, "F2")
    assert grant["TRANS_TOTAL_VALUE"] == Decimal(5000)
    assert rows["NONDERIV_HOLDING"] == rows["DERIV_HOLDING"] == []


def test_the_relationship_is_a_list_of_what_is_ticked() -> None:
    ticks = Relationship(
        director=Field(value=True),
        officer=Field(value=True),
        ten_percent_owner=Field(value=True),
        other=Field(value=True),
        officer_title=Field(value="CEO"),
        other_text=Field(value="Trustee"),
    )
    none = Relationship(director=Field(value=False))
    filing = Filing(form="4", owners=tuple(ReportingOwner(relationship=each) for each in (ticks, none, Relationship())))
    found = [
        (owner["RPTOWNER_RELATIONSHIP"], owner["RPTOWNER_TITLE"], owner["RPTOWNER_TXT"])
        for owner in named(rows_of(filing, {}), "REPORTINGOWNER")
    ]
    assert found == [
        ("Director, Officer, TenPercentOwner, Other", "CEO", "Trustee"),
        (None, None, None),
        (None, None, None),
    ]


def test_a_state_that_the_page_names_has_its_name() -> None:
    owners = tuple(
        ReportingOwner(address=Address(state=Field(value="CA", printed=printed))) for printed in ("CALIFORNIA", "CA")
    )
    found = named(rows_of(Filing(form="4", owners=owners), {}), "REPORTINGOWNER")
    assert [(owner["RPTOWNER_STATE"], owner["RPTOWNER_STATE_DESC"]) for owner in found] == [
        ("CA", "CALIFORNIA"),
        ("CA", None),
    ]


def test_rows_are_numbered_in_their_table_of_the_form() -> None:
    kinds = ("transaction", "holding", "transaction")
    filing = Filing(
        form="4",
        non_derivative=tuple(NonDerivativeRow(kind=kind) for kind in kinds),  # type: ignore[arg-type]
        derivative=(DerivativeRow(kind="holding"),),
    )
    rows = rows_of(filing, {})
    assert [row[1] for row in rows["NONDERIV_TRANS"]] == [1, 3]
    assert [row[1] for row in rows["NONDERIV_HOLDING"]] == [2]
    assert [row[1] for row in rows["DERIV_HOLDING"]] == [1]
    assert [number for number, _ in numbered(TABLES["NONDERIV_TRANS"], rows["NONDERIV_TRANS"])] == [1, 3]
    assert [number for number, _ in numbered(TABLES["SUBMISSION"], rows["SUBMISSION"])] == [1]


def test_marks_in_the_code_column_of_a_holding() -> None:
    holding = NonDerivativeRow(
        kind="holding", form_type=Field(value="3"), transaction_code=Field(footnotes=("F3", "F1"))
    )
    (row,) = named(rows_of(Filing(form="5", non_derivative=(holding,)), {}), "NONDERIV_HOLDING")
    assert (row["TRANS_FORM_TYPE"], row["TRANS_FORM_TYPE_FN"]) == ("3", "F3, F1")


def test_footnotes_and_signatures(rows: Rows) -> None:
    assert rows["FOOTNOTES"] == [(NUMBER, "F1", "one *two*"), (NUMBER, "F2", "three")]
    assert rows["OWNER_SIGNATURE"] == [(NUMBER, "/s/ Jane", date(2024, 8, 28))]


def test_source_and_issues(rows: Rows) -> None:
    assert named(rows, "SOURCE") == [
        {
            "SOURCE_ID": SHA,
            "URI": "box.zip",
            "MEMBER": f"a/{NUMBER}.pdf",
            "SIZE": 1234,
            "STATUS": "in_doubt",
            "ERROR": None,
            "TEMPLATE": "form4-x03/sec-stylesheet",
            "FORMAT": "pdf",
            "VERSION": "0.1.0",
            "NEEDS_REVIEW": 1,
            "ACCESSION_NUMBER": NUMBER,
        }
    ]
    (issue,) = named(rows, "ISSUES")
    assert (issue["SOURCE_ID"], issue["ISSUE_SK"], issue["CODE"], issue["SEVERITY"]) == (
        SHA,
        1,
        "unreadable-value",
        "doubt",
    )
    assert (issue["PATH"], issue["MESSAGE"]) == ("non_derivative[0].shares_owned_following", "no number: 1O0")
    assert (issue["PAGE"], issue["HTML_PATH"]) == (None, "/html[1]")


def test_provenance_of_a_value_leads_to_its_boxes() -> None:
    boxes = (PdfLocation(2, BBox(1.0, 2.0, 3.0, 4.5)), PdfLocation(3, BBox(5.0, 6.0, 7.0, 8.25)))
    row = NonDerivativeRow(
        kind="transaction",
        transaction_date=Field(value=date(2024, 8, 26), footnotes=("F1",), at=boxes),
        shares=Field(printed="1O0", at=boxes[:1]),
        direct_or_indirect=Field(value="D", at=(HtmlLocation("/html[1]/td[2]"),)),
    )
    found = rows_of(Filing(form="4", non_derivative=(row,)), SOURCE)["PROVENANCE"]
    assert found == [
        (SHA, "NONDERIV_TRANS", 1, "TRANS_DATE", 1, 2, 1.0, 2.0, 3.0, 4.5, None),
        (SHA, "NONDERIV_TRANS", 1, "TRANS_DATE", 2, 3, 5.0, 6.0, 7.0, 8.25, None),
        (SHA, "NONDERIV_TRANS", 1, "TRANS_DATE_FN", 1, 2, 1.0, 2.0, 3.0, 4.5, None),
        (SHA, "NONDERIV_TRANS", 1, "TRANS_DATE_FN", 2, 3, 5.0, 6.0, 7.0, 8.25, None),
        (SHA, "NONDERIV_TRANS", 1, "TRANS_SHARES", 1, 2, 1.0, 2.0, 3.0, 4.5, None),
        (SHA, "NONDERIV_TRANS", 1, "DIRECT_INDIRECT_OWNERSHIP", 1, None, None, None, None, None, "/html[1]/td[2]"),
    ]


def test_provenance_of_a_relationship_is_that_of_the_ticks() -> None:
    spots = [PdfLocation(1, BBox(float(x), 1.0, x + 1.0, 2.0)) for x in range(3)]
    relationship = Relationship(
        director=Field(value=True, at=(spots[0],)),
        officer=Field(value=False, at=(spots[1],)),
        other=Field(value=True, at=(spots[2],)),
    )
    filing = Filing(form="4", owners=(ReportingOwner(relationship=relationship),))
    found = rows_of(filing, SOURCE)["PROVENANCE"]
    assert [(row[3], row[4], row[6]) for row in found] == [
        ("RPTOWNER_RELATIONSHIP", 1, 0.0),
        ("RPTOWNER_RELATIONSHIP", 2, 2.0),
    ]


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ({"accession_number": NUMBER, "title": "0000000000-00-000000"}, NUMBER),
        ({"title": f" {NUMBER}"}, NUMBER),
        ({"title": f"Form 4, {NUMBER}", "uri": "a.pdf"}, None),
        ({"uri": f"/in/RKLB_form4_{NUMBER}_edgrpdf.pdf"}, NUMBER),
        ({"uri": "0000000000-00-000000.zip", "member": "a.pdf"}, None),
        ({"uri": "box.zip", "member": f"{NUMBER}/page.html"}, NUMBER),
        ({"uri": f"9{NUMBER}.pdf"}, None),
        ({"uri": "https://sec.gov/Archives/edgar/data/1107843/000122520821012345/doc4.html"}, NUMBER),
        ({"uri": "in/000122520821012345.html"}, None),
        ({"file": f"{NUMBER}.html"}, NUMBER),
        ({}, None),
    ],
)
def test_accession_number(source: Mapping[str, object], number: str | None) -> None:
    assert accession_of(source) == number


def test_without_an_accession_number_the_hash_is_the_key() -> None:
    rows = rows_of(FILING, {"sha256": SHA, "uri": "a.pdf"})
    assert rows["SUBMISSION"][0][0] == rows["FOOTNOTES"][1][0] == rows["SOURCE"][0][-1] == SHA


def test_what_was_not_read_has_a_source_alone() -> None:
    rows = keyed(None, {"sha256": SHA, "uri": "a.pdf", "size": 3, "status": "failed", "error": "NoTextLayer"})
    assert {name for name, members in rows.items() if members} == {"SOURCE"}
    (source,) = named({"SOURCE": list(rows["SOURCE"])}, "SOURCE")
    assert (source["STATUS"], source["ERROR"], source["NEEDS_REVIEW"]) == ("failed", "NoTextLayer", None)


def test_a_number_that_no_column_holds_is_null_and_in_doubt() -> None:
    row = NonDerivativeRow(
        kind="transaction",
        shares=Field(value=Decimal("1" + "0" * 28)),
        price_per_share=Field(value=Decimal("0.12345678901")),
        shares_owned_following=Field(value=Decimal("9" * 28 + "." + "9" * 10)),
    )
    rows = rows_of(Filing(form="4", non_derivative=(row,)), {**SOURCE, "needs_review": False})
    (found,) = named(rows, "NONDERIV_TRANS")
    assert (found["TRANS_SHARES"], found["TRANS_PRICEPERSHARE"]) == (None, None)
    assert found["SHRS_OWND_FOLWNG_TRANS"] == Decimal("9" * 28 + "." + "9" * 10)
    assert [(issue["PATH"], issue["CODE"]) for issue in named(rows, "ISSUES")] == [
        ("NONDERIV_TRANS[1].TRANS_SHARES", "over-length"),
        ("NONDERIV_TRANS[1].TRANS_PRICEPERSHARE", "over-length"),
    ]
    assert named(rows, "SOURCE")[0]["NEEDS_REVIEW"] == 1


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("0", True),
        ("-1234.50", True),
        ("1E-10", True),
        ("1E-11", False),
        ("1E+27", True),
        ("1E+28", False),
        ("0.12345678", True),
        ("0.1234567891", True),
        ("0.12345678912", False),
        ("NaN", False),
        ("Infinity", False),
    ],
)
def test_what_a_decimal_column_holds(number: str, fits: bool) -> None:
    assert holds(f"{Decimal(number):f}") is fits


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\x00b", "a\ufffdb"),
        ("\ud800", "\ufffd"),
        ("", None),
        ("é\t\u2028", "é\t\u2028"),
    ],
)
def test_text_that_no_file_holds(text: str, cell: str | None) -> None:
    rows = rows_of(Filing(form="4", remarks=Field(value=text)), {})
    assert named(rows, "SUBMISSION")[0]["REMARKS"] == cell


def test_what_a_submission_says_stands_in_its_columns() -> None:
    said = SOURCE | {
        "accession_number": "0000999999-03-000042",
        "filing_date": "2003-02-18",
        "file_number": "001-99999",
    }
    rows = rows_of(FILING, said)
    assert named(rows, "SUBMISSION")[0]["FILING_DATE"] == date(2003, 2, 18)
    assert {row["FILE_NUMBER"] for row in named(rows, "REPORTINGOWNER")} == {"001-99999"}
    assert {row["ACCESSION_NUMBER"] for row in named(rows, "REPORTINGOWNER")} == {"0000999999-03-000042"}


@pytest.mark.parametrize("told", [{}, {"filing_date": "2003-02-30"}, {"filing_date": None}])
def test_a_filing_date_that_is_none_is_left_blank(told: dict[str, object]) -> None:
    assert named(rows_of(FILING, SOURCE | told), "SUBMISSION")[0]["FILING_DATE"] is None


def test_a_field_has_one_column_for_its_value_and_its_marks_stand_behind_that() -> None:
    for table in SEC_TABLES:
        values = [(at, column.field) for at, column in enumerate(table.columns) if column.take is Take.VALUE]
        assert len({field for _, field in values}) == len(values)
        marks = [(at - 1, column.field) for at, column in enumerate(table.columns) if column.take is Take.MARKS]
        assert set(marks) <= set(values)


def test_places_stand_in_the_order_of_the_columns() -> None:
    """Whatever the order of a row's fields; the places of its marks stand behind those of its value."""
    row = {"shares": Field(value=Decimal(5), **noted(3)), "security_title": Field(value="Stock", **noted(1))}
    rows = [NonDerivativeRow(kind="transaction", **dict(members)) for members in (row.items(), reversed(row.items()))]
    places = [cells[2:5] for cells in rows_of(Filing(form="4", non_derivative=tuple(rows)), SOURCE)["PROVENANCE"]]
    names = ("SECURITY_TITLE", "SECURITY_TITLE_FN", "TRANS_SHARES", "TRANS_SHARES_FN")
    assert places == [(number, name, 1) for number in (1, 2) for name in names]


def noted(at: int) -> dict[str, Any]:
    return {"footnotes": ("F1",), "at": (HtmlLocation(f"/html[1]/p[{at}]"),)}


@pytest.mark.parametrize("place", [HtmlLocation("/html[1]/p[1]"), PdfLocation(2, BBox(1.0, 2.5, 3.004, 4.0))])
@pytest.mark.parametrize("awkward", [True, False])
def test_what_is_held_by_columns_are_the_same_rows(place: HtmlLocation | PdfLocation, awkward: bool) -> None:
    places = (place, place, HtmlLocation("a\0b")) if awkward else (place, place)
    filing = Filing(form="4", remarks=Field(value="x", at=places))
    rows = keyed(unkeyed(filing, SOURCE), SOURCE)["PROVENANCE"]
    assert isinstance(rows, Columned)
    assert list(rows) == list(zip(*columns_of(rows), strict=True)) == rows_of(filing, SOURCE)["PROVENANCE"]
    first = (2, 1.0, 2.5, 3.0, 4.0, None) if isinstance(place, PdfLocation) else (None,) * 5 + ("/html[1]/p[1]",)
    expected = [(SHA, "SUBMISSION", 1, "REMARKS", number, *first) for number in (1, 2)]
    if awkward:
        expected.append((SHA, "SUBMISSION", 1, "REMARKS", 3, None, None, None, None, None, "a\ufffdb"))
    assert list(rows) == expected
    assert len(rows) == len(expected)
    assert list(rows)[1] in rows


def test_a_box_at_the_edge_of_its_page_keeps_its_zeros() -> None:
    filing = Filing(form="4", remarks=Field(value="x", at=(PdfLocation(1, BBox(0.0, 0.0, 3.0, 4.0)),)))
    assert rows_of(filing, SOURCE)["PROVENANCE"] == [(SHA, "SUBMISSION", 1, "REMARKS", 1, 1, 0.0, 0.0, 3.0, 4.0, None)]


def test_places_are_told_the_same_again() -> None:
    places = Places()
    for row in (1, 2):
        places.begin("SUBMISSION", row)
        places.add("REMARKS", [HtmlLocation(f"/html[{at}]") for at in range(row)])
    assert places.told() == places.told()
    assert [row[2:5] for row in provenance(places.told(), SHA)] == [
        (1, "REMARKS", 1),
        (2, "REMARKS", 1),
        (2, "REMARKS", 2),
    ]


def test_a_filing_without_places_has_no_rows_of_them() -> None:
    assert len(keyed(unkeyed(Filing(form="4"), SOURCE), SOURCE)["PROVENANCE"]) == 0


def test_rows_are_the_same_by_way_of_json() -> None:
    """As a batch takes them: made in one process, keyed in another that alone knows what the input was."""
    said = {"template": "form4-x03/sec-stylesheet", "format": "pdf", "version": "0.1.0", "needs_review": True}
    archive = {name: SOURCE[name] for name in ("uri", "member", "sha256", "size", "status", "error")}
    told = json.loads(json.dumps(unkeyed(FILING, said, DOCUMENT.issues)))
    rows = keyed(Unkeyed(*told), archive)
    assert {name: list(members) for name, members in rows.items()} == rows_of(FILING, SOURCE, DOCUMENT.issues)


def test_what_was_read_says_nothing_of_the_input() -> None:
    told = unkeyed(FILING, SOURCE)._replace(known={"sha256": "cd" * 32, "uri": "elsewhere", "template": "t"})
    (source,) = keyed(told, {"sha256": SHA, "uri": "here"})["SOURCE"]
    assert (source[0], source[1], source[6]) == (SHA, "here", "t")


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a row of FOOTNOTES has 2 cells"):
        keyed(Unkeyed({}, {"FOOTNOTES": [[None, "F1"]]}, [[], [], []]), SOURCE)


@pytest.mark.parametrize("table", SEC_TABLES, ids=lambda table: table.name)
def test_columns_hold_what_their_fields_hold(table: Table) -> None:
    kinds = {Kind.TEXT: str, Kind.NUMBER: Decimal, Kind.DATE: date, Kind.FLAG: bool}
    for column in table.columns:
        if column.take is Take.VALUE:
            model: Any = MODELS[table.name]
            for name in column.field.split("."):
                model = model.model_fields[name].annotation
            assert type_of(model) is kinds[column.kind], column.name
