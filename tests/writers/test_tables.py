"""Flat rows and CSV: one for every row of the tables, fixed columns, no formulas."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from extractor.filing import Filing
from extractor.filing.securities import DerivativeRow
from extractor.writers.tables import COLUMNS, FIELDS, rows, safe_text, to_csv
from tests.writers.made import DOCUMENT, FILING, Made


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_field_of_a_row_has_its_column() -> None:
    assert set(FIELDS) == set(DerivativeRow.model_fields) - {"kind"}


def test_rows_have_values_as_they_are() -> None:
    sale, grant = rows(DOCUMENT)
    assert list(sale) == list(COLUMNS) == list(grant)
    assert (sale["source"], sale["form"], sale["amendment"]) == ("a.pdf", "4", True)
    assert sale["owner_names"] == "DOE JANE; DOE JOHN"
    assert sale["owner_ciks"] == "0001222287; "
    assert (sale["table"], sale["row"], sale["kind"]) == (1, 1, "transaction")
    assert (grant["table"], grant["row"]) == (2, 1)
    assert sale["transaction_date"] == date(2024, 8, 26)
    assert sale["price_per_share"] == Decimal("26.6700")
    assert sale["price_per_share_footnotes"] == "F2, F1"
    assert sale["transaction_code_footnotes"] == "F1"
    assert sale["expiration_date"] is None
    assert sale["shares_owned_following"] is None
    assert sale["needs_review"] is True


def test_csv() -> None:
    text = to_csv([DOCUMENT, Made(FILING)])
    assert text.splitlines()[0] == ",".join(COLUMNS)
    sale, grant, *again = read(text)
    assert sale["shares"] == "-1234.50"
    assert sale["price_per_share"] == "26.6700"
    assert sale["transaction_date"] == "2024-08-26"
    assert (sale["equity_swap"], sale["needs_review"], sale["amendment"]) == ("1", "1", "1")
    assert sale["nature_of_ownership"] == "'=HYPERLINK(1)"
    assert sale["total_value"] == ""
    assert grant["total_value"] == "5000"
    assert [row["needs_review"] for row in again] == ["0", "0"]
    assert [row["source"] for row in again] == ["", ""]


def test_a_filing_without_rows_has_only_the_heads() -> None:
    assert rows(Made(Filing(form="3"))) == []
    assert to_csv([Made(Filing(form="3"))]) == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Common Stock", "Common Stock"),
        ("a=b", "a=b"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\t1", "'\t1"),
        ("\r1", "'\r1"),
        ("one\n=two", "one\n'=two"),
        ("", ""),
    ],
)
def test_text_is_no_formula(text: str, safe: str) -> None:
    assert safe_text(text) == safe
