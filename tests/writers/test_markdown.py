"""Markdown: the page for reading, with the form's columns, marks raised, and no markup from the filing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractor.filing import DerivativeRow, Field, Filing, NonDerivativeRow
from extractor.writers.markdown import escape, to_markdown
from tests.writers.made import DOCUMENT, Made

PAGE = """\
# Form 4/A: A &amp; B &lt;Co&gt; (AB)

**Needs review:** at least one value is in doubt, see the issues at the end.

- **Source:** a.pdf
- **Period of report:** 2024-08-26
- **Issuer CIK:** 0001804591
- **Rule 10b5-1(c) plan:** no

## DOE JANE

- **CIK:** 0001222287
- **Address:** 1 ROAD, X, CA
- **Relationship:** ☒ Director ☐ Officer ? Other

## DOE JOHN

## Table I: non-derivative securities

| Security | Date | Deemed execution | Code | V | Amount | (A)/(D) | Price | Owned following | D/I | \
Nature of ownership |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| Common \\| Stock | 2024-08-26 |  | S/K<sup>(1)</sup> | V | -1,234.50 | D | $26.6700<sup>(2)(1)</sup> | 1O0 (?) | I | \
\\=HYPERLINK(1) |

## Table II: derivative securities

| Derivative security | Conversion or exercise price | Date | Deemed execution | Code | V | (A) | (D) | Exercisable | \
Expires | Underlying security | Underlying amount | Price | Owned following | D/I | Nature of ownership |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| Option | $2.64 | 2024-08-26 |  | A |  | $5,000 |  | <sup>(2)</sup> | 2034-08-26 | Common Stock | 70,750.00 |  | \
$0 |  |  |

## Footnotes

- (1) one \\*two\\*
- (2) three

## Remarks

\\# none

## Signatures

- /s/ Jane, 2024-08-28

## Issues

| Severity | Code | Field | Message |
| --- | --- | --- | --- |
| doubt | unreadable-value | non\\_derivative\\[0\\].shares\\_owned\\_following | no number: 1O0 |
"""


def test_the_page() -> None:
    assert to_markdown(DOCUMENT) == PAGE


def table(filing: Filing) -> list[list[str]]:
    """Cells of the page's table, without the line under the heads."""
    lines = [line for line in to_markdown(Made(filing)).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [cells[0], *cells[2:]]


def test_form_3_has_its_own_order_in_table_two() -> None:
    row = DerivativeRow(
        kind="holding",
        security_title=Field(value="Option"),
        conversion_or_exercise_price=Field(value=Decimal("1")),
        expiration_date=Field(value=date(2030, 1, 2)),
        direct_or_indirect=Field(value="D"),
    )
    heads, cells = table(Filing(form="3", derivative=(row,)))
    assert heads == [
        "Derivative security",
        "Exercisable",
        "Expires",
        "Underlying security",
        "Underlying amount",
        "Conversion or exercise price",
        "D/I",
        "Nature of ownership",
    ]
    assert cells == ["Option", "", "2030-01-02", "", "", "$1", "D", ""]


def test_form_5_has_no_v_and_a_digit_before_the_code_of_another_form() -> None:
    late = NonDerivativeRow(kind="transaction", form_type=Field(value="4"), transaction_code=Field(value="A"))
    on_time = NonDerivativeRow(kind="transaction", form_type=Field(value="5"), transaction_code=Field(value="G"))
    heads, first, second = table(Filing(form="5", non_derivative=(late, on_time)))
    assert "V" not in heads
    code = heads.index("Code")
    assert (first[code], second[code]) == ("4A", "G")


def test_an_amount_of_unknown_side_stands_under_both() -> None:
    row = DerivativeRow(kind="transaction", shares=Field(value=Decimal("7")))
    heads, cells = table(Filing(form="4", derivative=(row,)))
    assert [cells[heads.index(head)] for head in ("(A)", "(D)")] == ["7 ?", "7 ?"]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", "a\\|b"),
        ("<script>&", "&lt;script&gt;&amp;"),
        ("[x](y) `z` *b* _i_ ~s~ $m$", "\\[x\\](y) \\`z\\` \\*b\\* \\_i\\_ \\~s\\~ \\$m\\$"),
        ("1. one", "1\\. one"),
        ("12) one", "12\\) one"),
        ("# one", "\\# one"),
        ("- one", "\\- one"),
        ("a\nb\u2028c  d", "a b c d"),
        ("a\x1b[31m\u202eb", "a\\[31mb"),
        ("10b5-1", "10b5-1"),
        ("", ""),
    ],
)
def test_escape(text: str, escaped: str) -> None:
    assert escape(text) == escaped
