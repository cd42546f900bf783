"""Template models: strict about names, immutable, and a template's id."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from extractor.templates import Column, Printing, Table, template

TABLE = Table(titles=("Table I",), columns=(Column(field="amount", captions=("Amount",)),))


def test_a_column_is_found_by_its_field() -> None:
    assert TABLE.column("amount").captions == ("Amount",)


def test_a_field_without_a_column_is_refused() -> None:
    with pytest.raises(KeyError):
        TABLE.column("price_per_share")


def test_a_name_that_is_not_declared_is_refused() -> None:
    with pytest.raises(ValidationError, match="caption"):
        Column.model_validate({"field": "amount", "captions": ["Amount"], "caption": "Amount"})


def test_a_template_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        TABLE.titles = ()  # type: ignore[misc]


@pytest.mark.parametrize(("name", "value"), [("address", "stacked"), ("titles", "above"), ("owners", "list")])
def test_a_printing_knows_only_the_ways_that_the_fitting_knows(name: str, value: str) -> None:
    raw = template("form4-x03", "edgar-online").printing.model_dump()
    with pytest.raises(ValidationError, match=name):
        Printing.model_validate({**raw, name: value})


def test_the_id_of_a_template_names_form_and_printing() -> None:
    assert template("form5-x05", "edgar-online").id == "form5-x05/edgar-online"
