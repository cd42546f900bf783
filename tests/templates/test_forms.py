"""The template files themselves: captions there and told apart, names that the fitting reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from extractor.filing import DerivativeRow, Filing, NonDerivativeRow
from extractor.fitting.people import RELATIONSHIPS
from extractor.fitting.rows import read_row
from extractor.layout import squeeze
from extractor.templates import Form, Printing, Table, forms, printings
from tests.made import runs

every_form = pytest.mark.parametrize("form", forms(), ids=lambda form: form.id)
every_printing = pytest.mark.parametrize("printing", printings(), ids=lambda printing: printing.id)
every_table = pytest.mark.parametrize(
    "table",
    [pytest.param(getattr(form, name), id=f"{form.id}-{name}") for form in forms() for name in ("table_1", "table_2")],
)


def wordings(form: Form) -> Iterator[tuple[str, ...]]:
    """Every list of wordings of a form."""
    yield from (form.headings, form.titles, form.hints, form.furniture)
    for group in (form.items, form.parts, form.labels, form.sections):
        yield from group.values()
    for table in (form.table_1, form.table_2):
        yield table.titles
        yield from (column.captions for column in table.columns)


def test_there_is_a_form_for_every_look() -> None:
    assert [form.id for form in forms()] == [
        "form3-x02",
        "form3-x06",
        "form4-x03",
        "form4-x05",
        "form4-x06",
        "form5-x03",
        "form5-x05",
        "form5-x06",
    ]
    assert {"sec-stylesheet", "edgar-online"} <= {printing.id for printing in printings()}


def test_every_era_of_a_form_has_one_look() -> None:
    eras = Counter((form.form, era) for form in forms() for era in form.eras)
    assert set(eras.values()) == {1}


@every_form
def test_no_wording_is_empty(form: Form) -> None:
    assert all(words for words in wordings(form))
    assert all(squeeze(word) for words in wordings(form) for word in words)


@every_form
def test_the_id_names_the_form(form: Form) -> None:
    assert form.id.startswith(f"form{form.form}-x")
    assert form.headings == (f"FORM {form.form}",)


@every_form
def test_captions_of_items_tell_them_apart(form: Form) -> None:
    seen = Counter(squeeze(word) for words in form.items.values() for word in {squeeze(word) for word in words})
    assert max(seen.values()) == 1


@every_form
def test_items_are_those_that_the_fitting_reads(form: Form) -> None:
    required = {"owner", "issuer", "period_of_report", "date_of_original_submission", "relationship", "joint"}
    assert required <= form.items.keys() <= required | {"foreign_trading_symbol"}


@every_form
def test_parts_are_those_that_the_fitting_reads(form: Form) -> None:
    assert form.parts.keys() == {"last", "first", "middle", "street", "city", "state", "zip_code", "country"}


@every_form
def test_labels_are_relationships_lines_of_item_6_or_fields_of_the_filing(form: Form) -> None:
    known = {*RELATIONSHIPS, "one_person", "more_persons"}
    assert known <= form.labels.keys()
    assert form.labels.keys() - known <= Filing.model_fields.keys()


@every_form
def test_sections_are_those_that_the_fitting_reads(form: Form) -> None:
    assert form.sections.keys() >= {"explanation", "remarks", "signature", "signature_date", "no_securities", "closing"}


@every_form
def test_hints_stand_in_brackets(form: Form) -> None:
    assert all(hint[0] == "(" and hint[-1] == ")" for hint in form.hints)


@pytest.mark.parametrize(
    ("number", "labels"),
    [
        ("3", set()),
        ("4", {"not_subject_to_section16"}),
        ("5", {"not_subject_to_section16", "form3_holdings_reported", "form4_transactions_reported"}),
    ],
)
def test_the_boxes_above_the_items(number: str, labels: set[str]) -> None:
    above = {
        form.id: {name for name in form.labels if name in Filing.model_fields}
        for form in forms()
        if form.form == number
    }
    for form_id, names in above.items():
        since_2023 = number != "3" and not form_id.endswith("x03")
        assert names == labels | ({"aff10b5_one"} if since_2023 else set())


@pytest.mark.parametrize(
    ("form_id", "widths"),
    [("form3-x02", (4, 8)), ("form4-x03", (11, 16)), ("form5-x03", (10, 15)), ("form4-x06", (11, 16))],
)
def test_tables_have_the_columns_of_the_form(form_id: str, widths: tuple[int, int]) -> None:
    form = next(form for form in forms() if form.id == form_id)
    assert (len(form.table_1.columns), len(form.table_2.columns)) == widths


@every_table
def test_no_two_columns_of_a_table_share_a_field_or_a_caption(table: Table) -> None:
    assert max(Counter(column.field for column in table.columns).values()) == 1
    captions = Counter(squeeze(word) for column in table.columns for word in column.captions)
    assert max(captions.values()) == 1


@every_table
def test_no_column_is_called_like_a_group(table: Table) -> None:
    groups = {squeeze(word) for word in table.groups}
    assert not groups & {squeeze(word) for column in table.columns for word in column.captions}


@every_table
def test_every_field_of_a_column_is_one_that_rows_are_read_by(table: Table) -> None:
    known = NonDerivativeRow.model_fields.keys() | DerivativeRow.model_fields.keys()
    for column in table.columns:
        row = read_row({column.field: runs("V")}, "r", "4", [])
        assert row.keys() - {"kind"}, column.field
        assert row.keys() <= known, column.field


@every_form
def test_the_tables_of_a_form_have_titles_of_their_own(form: Form) -> None:
    first, second = ({squeeze(title) for title in table.titles} for table in (form.table_1, form.table_2))
    assert not first & second
    assert all(title.startswith("tablei-") for title in first)
    assert all(title.startswith("tableii-") for title in second)


@every_printing
def test_a_printing_has_evidence_of_its_own(printing: Printing) -> None:
    assert printing.evidence.captions
    for other in printings():
        if other.id != printing.id and other.converted == printing.converted:  # else one extends the other
            assert not set(printing.evidence.captions) & set(other.evidence.captions)
            assert not set(printing.evidence.properties) & set(other.evidence.properties)


@every_printing
def test_only_a_converted_page_asks_what_the_reader_says_of_it(printing: Printing) -> None:
    assert bool(printing.evidence.required) == printing.converted
    assert printing.converted == (printing.marks == "converted")


@every_printing
def test_a_printing_with_an_owners_table_has_its_heads(printing: Printing) -> None:
    heads = {"name", *RELATIONSHIPS} if printing.owners == "table" else set()
    assert printing.owners_table.keys() == heads


@every_printing
def test_no_wording_of_a_printing_is_empty(printing: Printing) -> None:
    words = [each for table in printing.wordings.values() for each in table.values()]
    words += [printing.evidence.captions, *printing.owners_table.values()]
    assert all(squeeze(word) for each in words for word in each)


def test_marks_are_typed_on_the_paper_form_alone() -> None:
    assert [printing.id for printing in printings() if printing.marks == "typed"] == ["sec-paper"]
