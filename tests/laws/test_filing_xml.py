"""What holds for every filing: it comes back out of its XML and its JSON as it went in."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.filing import Field, Filing, Footnote, NonDerivativeRow
from extractor.filing.field import Frozen
from extractor.filing.ownership_xml import from_xml, to_xml
from extractor.writers.compare import compare
from extractor.writers.json import dict_to_filing, filing_to_dict
from tests.laws.strategies import dates, filings, numbers, texts


def stripped(value: object) -> object:
    """The filing as plain data without what its XML does not hold: printed texts, places, `joint`."""
    match value:
        case Field():
            return (value.value, value.footnotes)
        case Footnote():
            return (value.id, value.text)
        case Frozen():
            return {name: stripped(getattr(value, name)) for name in type(value).model_fields if name != "joint"}
        case tuple():
            return [stripped(member) for member in value]
        case _:
            return value


def one_row(**fields: Field[object]) -> Filing:
    return Filing(form="4", non_derivative=(NonDerivativeRow(kind="transaction", **fields),))


@given(filings())
@settings(max_examples=60)
def test_a_filing_survives_xml(filing: Filing) -> None:
    again = from_xml(to_xml(filing))
    assert stripped(again) == stripped(filing)
    assert to_xml(again) == to_xml(filing)


@given(filings())
@settings(max_examples=60)
def test_a_filing_survives_json(filing: Filing) -> None:
    assert dict_to_filing(json.loads(json.dumps(filing_to_dict(filing)))) == filing


@given(filings())
@settings(max_examples=40)
def test_a_filing_read_back_from_its_xml_has_no_difference(filing: Filing) -> None:
    assert compare(filing, from_xml(to_xml(filing))) == []


@given(numbers())
def test_a_number_survives_xml_with_its_zeros(number: Decimal) -> None:
    row = from_xml(to_xml(one_row(price_per_share=Field(value=number)))).non_derivative[0]
    assert str(row.price_per_share.value) == format(number, "f")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_a_number_is_written_without_an_exponent(number: Decimal) -> None:
    row = from_xml(to_xml(one_row(shares=Field(value=number)))).non_derivative[0]
    assert row.shares.value == number
    assert "E" not in row.shares.printed


@given(dates())
def test_a_date_survives_xml(day: date) -> None:
    row = from_xml(to_xml(one_row(transaction_date=Field(value=day)))).non_derivative[0]
    assert row.transaction_date.value == day


@given(texts(60))
def test_a_text_survives_xml(text: str) -> None:
    row = from_xml(to_xml(one_row(security_title=Field(value=text)))).non_derivative[0]
    assert row.security_title.value == text


@given(st.text(max_size=40))
def test_any_text_makes_readable_xml(text: str) -> None:
    filing = one_row(security_title=Field(value=text))
    assert from_xml(to_xml(filing)).form == "4"
