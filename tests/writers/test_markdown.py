"""Markdown: the page for reading, with the form's columns, marks raised, and no markup from the filing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractor.filing import DerivativeRow, Field, Filing, NonDerivativeRow, Relationship, ReportingOwner
from extractor.layout import HtmlLocation
from extractor.writers.markdown import escape, to_markdown
from tests.writers.made import DOCUMENT, Made

PAGE = """\
# SEC Form 4/A: A &amp; B &lt;Co&gt; (AB)

STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP

**Needs review: at least one value is in doubt**, see the issues at the end.

Source: a.pdf

- ☐ Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan

| 1. Name and Address of Reporting Person\\* |  |  |
| --- | --- | --- |
| [DOE JANE](https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=0001222287) |  |  |
| (Last) | (First) | (Middle) |
| 1 ROAD |  |  |
| (Street) |  |  |
| X | CA |  |
| (City) | (State) | (Zip) |

- **2. Issuer Name and Ticker or Trading Symbol:** [A &amp; B &lt;Co&gt;](https://www.sec.gov/cgi-bin/browse-edgar?\
action=getcompany&CIK=0001804591) \\[ AB \\]
- **3. Date of Earliest Transaction:** 08/26/2024
- **4. If Amendment, Date of Original Filed:**

**5. Relationship of Reporting Person(s) to Issuer**

- ☒ Director
- ☐ Officer (give title below)
- ? Other (specify below)

**6. Individual or Joint/Group Filing**

- ☐ Form filed by One Reporting Person
- ☐ Form filed by More than One Reporting Person

## Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned

| 1. Title of Security | 2. Transaction Date | 2A. Deemed Execution Date, if any | Code | V | Amount | (A) or (D) | \
Price | 5. Amount of Securities Beneficially Owned Following Reported Transaction(s) | 6. Ownership Form: \
Direct (D) or Indirect (I) | 7. Nature of Indirect Beneficial Ownership |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| Common \\| Stock | 08/26/2024 |  | S/K<sup>(1)</sup> | V | -1,234.50 | D | $26.6700<sup>(2)(1)</sup> | 1O0 (?) | I | \
\\=HYPERLINK(1) |

## Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned

| 1. Title of Derivative Security | 2. Conversion or Exercise Price of Derivative Security | 3. Transaction Date | \
3A. Deemed Execution Date, if any | Code | V | (A) | (D) | Date Exercisable | Expiration Date | Title | Amount or \
Number of Shares | 8. Price of Derivative Security | 9. Number of derivative Securities Beneficially Owned \
Following Reported Transaction(s) | 10. Ownership Form: Direct (D) or Indirect (I) | 11. Nature of Indirect \
Beneficial Ownership |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| Option | $2.64 | 08/26/2024 |  | A |  | $5,000 |  | <sup>(2)</sup> | 08/26/2034 | Common Stock | 70,750.00 |  | \
$0 |  |  |

| 1. Name and Address of Reporting Person\\* |  |  |
| --- | --- | --- |
| [DOE JANE](https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=0001222287) |  |  |
| (Last) | (First) | (Middle) |
| 1 ROAD |  |  |
| (Street) |  |  |
| X | CA |  |
| (City) | (State) | (Zip) |

| 1. Name and Address of Reporting Person\\* |  |  |
| --- | --- | --- |
| DOE JOHN |  |  |
| (Last) | (First) | (Middle) |
|  |  |  |
| (Street) |  |  |
|  |  |  |
| (City) | (State) | (Zip) |

## Explanation of Responses:

1. one \\*two\\*
2. three

## Remarks:

\\# none

## Signatures

| \\*\\* Signature of Reporting Person | Date |
| --- | --- |
| /s/ Jane | 08/28/2024 |

## Issues of this reading

| Severity | Code | Field | Message |
| --- | --- | --- | --- |
| doubt | unreadable-value | non\\_derivative\\[0\\].shares\\_owned\\_following | no number: 1O0 |
"""


def test_the_page() -> None:
    assert to_markdown(DOCUMENT) == PAGE


def table(filing: Filing, title: str) -> list[list[str]]:
    """Cells of the table below a title, without the line under the heads."""
    below = to_markdown(Made(filing)).partition(f"## {title} ")[2].partition("\n\n")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in below.splitlines()]
    return [cells[0], *cells[2:]]


def test_form_3_has_its_own_order_in_table_two() -> None:
    row = DerivativeRow(
        kind="holding",
        security_title=Field(value="Option"),
        conversion_or_exercise_price=Field(value=Decimal("1")),
        expiration_date=Field(value=date(2030, 1, 2)),
        direct_or_indirect=Field(value="D"),
    )
    heads, cells = table(Filing(form="3", derivative=(row,)), "Table II")
    assert heads == [
        "1. Title of Derivative Security",
        "Date Exercisable",
        "Expiration Date",
        "Title",
        "Amount or Number of Shares",
        "4. Conversion or Exercise Price of Derivative Security",
        "5. Ownership Form: Direct (D) or Indirect (I)",
        "6. Nature of Indirect Beneficial Ownership",
    ]
    assert cells == ["Option", "", "01/02/2030", "", "", "$1", "D", ""]


def test_form_5_has_no_v_and_a_digit_before_the_code_of_another_form() -> None:
    late = NonDerivativeRow(kind="transaction", form_type=Field(value="4"), transaction_code=Field(value="A"))
    on_time = NonDerivativeRow(kind="transaction", form_type=Field(value="5"), transaction_code=Field(value="G"))
    held = NonDerivativeRow(kind="holding", form_type=Field(value="3"), transaction_code=Field(printed="3"))
    heads, first, second, third = table(Filing(form="5", non_derivative=(late, on_time, held)), "Table I")
    assert "V" not in heads
    code = next(index for index, head in enumerate(heads) if head.startswith("3. Transaction Code"))
    assert (first[code], second[code], third[code]) == ("4A", "G", "3")


def test_an_amount_of_unknown_side_stands_under_both() -> None:
    row = DerivativeRow(kind="transaction", shares=Field(value=Decimal("7")))
    heads, cells = table(Filing(form="4", derivative=(row,)), "Table II")
    assert [cells[heads.index(head)] for head in ("(A)", "(D)")] == ["7 ?", "7 ?"]


def test_values_of_a_page_stand_as_it_prints_them() -> None:
    here = (HtmlLocation("/html[1]"),)
    row = NonDerivativeRow(
        kind="transaction",
        transaction_date=Field(value=date(2025, 8, 5), printed="8/5/2025", at=here),
        shares=Field(value=Decimal("1500"), printed="1500", at=here),
        shares_owned_following=Field(value=Decimal("1500"), printed="1500"),  # of ownership XML, which is no page
    )
    _, cells = table(Filing(form="4", non_derivative=(row,)), "Table I")
    assert [cell for cell in cells if cell] == ["8/5/2025", "1500", "1,500"]


def test_ticks_stand_as_the_page_prints_them() -> None:
    role = Relationship(
        director=Field(value=True, printed="X"),
        officer=Field(value=False, printed="_____"),
        ten_percent_owner=Field(value=True, printed="true"),
        other=Field(value=False),
    )
    page = to_markdown(Made(Filing(form="4", owners=(ReportingOwner(relationship=role),))))
    assert "- X Director\n- ☒ 10% Owner\n- \\_\\_\\_\\_\\_ Officer (give title below)\n- ☐ Other" in page


def test_what_no_page_shows_is_left_out() -> None:
    page = to_markdown(Made(Filing(form="4")))
    for absent in (
        "Relationship",
        "Check this box",
        "Foreign",
        "(Country)",
        "Remarks",
        "Signatures",
        "Issues",
        "Source",
    ):
        assert absent not in page


def test_none_owned_is_said() -> None:
    page = to_markdown(Made(Filing(form="3", no_securities_owned=Field(value=True))))
    assert "No securities are beneficially owned." in page


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
