"""Forms that filers typed themselves: names, symbols, months, ticks, dates and retyped heads, as they wrote them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractor import Extraction, extract
from extractor.fitting.captions import retyped_as
from extractor.fitting.values import (
    begins_with_date,
    parse_free_date,
    parse_free_number,
    parse_month,
    says_nothing,
)
from extractor.layout import squeeze

OWNER = "Doe, Jane\n1 Fable Road\nMythville, CA 94000"
ISSUER = "Example Corp. (EXMP)"
TICKS = "(X) Director   ( ) 10% Owner\n( ) Officer (give title below)   ( ) Other (specify below)"
SIGNED = "/s/ Jane Doe                    02/03/2003"
ROW = "Common Stock    02/01/2003                P            100      A     $5.00     1,000        D"
NOTES = ""


def text(
    owner: str = OWNER,
    issuer: str = ISSUER,
    period: str = "02/01/2003",
    original: str = "",
    ticks: str = TICKS,
    row: str = ROW,
    notes: str = NOTES,
    signed: str = SIGNED,
    statement: str = "Month/Day/Year",
) -> str:
    return f"""\
FORM 4
STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP
[ ] Check this box if no longer subject to Section 16.
1. Name and Address of Reporting Person*
{owner}
2. Issuer Name and Ticker or Trading Symbol
{issuer}
3. IRS Identification Number of Reporting Person, if an entity (Voluntary)
4. Statement for {statement}
{period}
5. If Amendment, Date of Original (Month/Day/Year)
{original}
6. Relationship of Reporting Person(s) to Issuer (Check all applicable)
{ticks}
7. Individual or Joint/Group Filing (Check Applicable Line)
(X) Form filed by One Reporting Person
( ) Form filed by More than One Reporting Person

Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned
<TABLE>
<CAPTION>
                              2A. Deemed  3.           4. Securities Acquired                         7. Nature
1. Title of     2. Transac-   Execution   Transaction  (A) or Disposed of (D)  5. Amount    6. Owner-   of Indirect
Security        tion Date     Date, if    Code                (A)              of Securi-   ship        Beneficial
                              any         Code   V     Amount or    Price      ties         Form:       Ownership
                                                              (D)              Benefic-     Direct (D)
                                                                               ially Owned  or
                                                                               Following    Indirect
                                                                               Reported     (I)
                                                                               Transac-
                                                                               tion(s)
<S>             <C>           <C>         <C>    <C>   <C>    <C>   <C>        <C>          <C>         <C>
{row}
</TABLE>
Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned
Explanation of Responses:
{notes}

{signed}
**Signature of Reporting Person       Date
"""


def read(**parts: str) -> Extraction:
    return extract(text(**parts).encode())


def doubts(result: Extraction) -> list[tuple[str, str]]:
    return [
        (issue.code.value, issue.path)
        for issue in result.issues
        if issue.severity == "doubt" and issue.code != "table-missing"  # Table II has no head here
    ]


def test_the_form_is_read() -> None:
    result = read()
    assert doubts(result) == []
    (row,) = result.filing.non_derivative
    assert (row.shares.value, row.price_per_share.value) == (Decimal(100), Decimal("5.00"))
    assert result.filing.period_of_report.value == date(2003, 2, 1)


# Issuers


@pytest.mark.parametrize(
    ("typed", "name", "symbol"),
    [
        ("Example Corp. (EXMP)", "Example Corp.", "EXMP"),
        ("Example Corp. [EXMP]", "Example Corp.", "EXMP"),
        ("Example Corp. - EXMP", "Example Corp.", "EXMP"),
        ("Example Corp. / EXMP", "Example Corp.", "EXMP"),
        ("Example Corp.      EXMP", "Example Corp.", "EXMP"),
        ("Example Corp.\nEXMP", "Example Corp.", "EXMP"),
        ("Example Corp. (NASDAQ: EXMP)", "Example Corp.", "NASDAQ: EXMP"),
        ("Example Corp. (symbol: EXMP)", "Example Corp.", "EXMP"),
        ("Example (Holdings) Corp. (EX.A)", "Example (Holdings) Corp.", "EX.A"),
    ],
)
def test_name_and_symbol_are_told_apart(typed: str, name: str, symbol: str) -> None:
    issuer = read(issuer=typed).filing.issuer
    assert (issuer.name.value, issuer.trading_symbol.value) == (name, symbol)


@pytest.mark.parametrize("typed", ["Example Corp.", "Example (Delaware) Corp.", "Example Holdings (Bermuda)"])
def test_an_issuer_without_a_symbol_is_in_doubt(typed: str) -> None:
    result = read(issuer=typed)
    assert (result.filing.issuer.name.value, result.filing.issuer.trading_symbol.value) == (typed, None)
    assert ("unreadable-value", "issuer.trading_symbol") in doubts(result)


# Owners


def test_an_address_without_captions_is_read_by_its_lines() -> None:
    address = read(owner="Doe, Jane\nc/o Example Corp.\n1 Fable Road\nTupelo, Ms. 38801").filing.owners[0].address
    assert (address.street1.value, address.street2.value) == ("c/o Example Corp.", "1 Fable Road")
    assert (address.city.value, address.state.value, address.zip_code.value) == ("Tupelo", "MS", "38801")


@pytest.mark.parametrize(
    "owner", ["Doe, Jane", "Doe, Jane\nMythville, CA 94000", "Doe\na\nb\nc\nd\nMythville, CA 94000"]
)
def test_lines_that_do_not_make_an_address_are_in_doubt(owner: str) -> None:
    result = read(owner=owner)
    assert result.filing.owners[0].name.value == owner.split("\n")[0]
    assert doubts(result)


def test_a_postal_code_with_something_behind_it_is_in_doubt() -> None:
    result = read(owner="Doe, Jane\n1 Fable Road\nMythville, CA 94000 -")
    assert ("unreadable-value", "owners[0].address.zip_code") in doubts(result)


def test_small_captions_are_read_where_they_stand() -> None:
    name, street = "Doe   Jane   Q.\n(Last)  (First)  (Middle)", "1 Fable Road\n(Street)"
    owner = f"{name}\n{street}\nMythville   CA   94000\n(City)  (State)  (Zip)"
    first = read(owner=owner).filing.owners[0]
    assert (first.name.value, first.address.street1.value) == ("Doe Jane Q.", "1 Fable Road")
    assert (first.address.city.value, first.address.state.value) == ("Mythville", "CA")


# Periods


@pytest.mark.parametrize("typed", ["February 1, 2003", "2/1/03", "02/01/2003", "Feb. 1, 2003", "2-1-2003"])
def test_a_day_is_the_period(typed: str) -> None:
    filing = read(period=typed).filing
    assert (filing.period_of_report.value, filing.statement_month.value) == (date(2003, 2, 1), None)


@pytest.mark.parametrize("typed", ["February 2001", "2/01", "02/2001", "Feb. 2001"])
def test_a_month_is_no_day(typed: str) -> None:
    result = read(period=typed, statement="Month/Year")
    assert doubts(result) in ([], [("column-missing", "non_derivative")])
    assert (result.filing.period_of_report.value, result.filing.statement_month.value) == (None, "2001-02")
    assert result.filing.statement_month.printed == typed


def test_a_period_that_is_neither_is_in_doubt() -> None:
    assert ("unreadable-value", "period_of_report") in doubts(read(period="sometime"))


def test_a_word_for_nothing_is_no_amendment() -> None:
    assert [read(original=each).filing.amendment for each in ("N/A", "Not applicable", "01/31/2003")] == [
        False,
        False,
        True,
    ]


# Ticks


@pytest.mark.parametrize(
    "ticks",
    [
        "[ ] Director  [X] 10% Owner  [ ] Officer  [X] Other\n(give title below)  (specify below)\nAdviser",
        "___ Director  _X_ 10% Owner\n___ Officer (give   _X_ Other (specify\n    title below)       below)\nAdviser",
        "/ / Director  /X/ 10% Owner\n/ / Officer (give title below)  /X/ Other (specify below)\n  Adviser",
        "|_| Director  |X| 10% Owner\n|_| Officer (give title below)  |X| Other (specify below)\n  Adviser",
        "    Director   X  10% Owner\n    Officer (give title below)   X  Other (specify below)\n_____Adviser_____",
    ],
)
def test_ticks_are_read_however_they_are_typed(ticks: str) -> None:
    result = read(ticks=ticks)
    ties = result.filing.owners[0].relationship
    assert doubts(result) == []
    assert (ties.director.value, ties.ten_percent_owner.value, ties.officer.value, ties.other.value) == (
        *(False, True),
        *(False, True),
    )
    assert ties.other_text.value == "Adviser"


# Rows


def test_words_for_nothing_are_no_row() -> None:
    for word in ("None", "N/A", "NONE."):
        assert read(row=word).filing.non_derivative == ()


def test_words_for_nothing_are_no_value() -> None:
    row = "Common Stock    02/01/2003    N/A         P            100      A     $5.00     1,000        D           N/A"
    result = read(row=row)
    (read_row,) = result.filing.non_derivative
    assert doubts(result) == []
    assert (read_row.deemed_execution_date.value, read_row.deemed_execution_date.printed) == (None, "N/A")
    assert (read_row.nature_of_ownership.value, read_row.nature_of_ownership.printed) == (None, "N/A")


def test_a_gift_needs_no_price() -> None:
    result = read(row="Common Stock    02/01/2003                G            100      D               1,000        D")
    assert doubts(result) == []
    assert result.filing.non_derivative[0].price_per_share.value is None


def test_a_date_where_a_title_is_due_is_in_doubt() -> None:
    assert ("row-incomplete", "non_derivative[0].security_title") in doubts(read(row=ROW[16:]))


# Notes and signatures


@pytest.mark.parametrize("typed", ["February 3, 2003", "2/3/03", "02/03/2003"])
def test_signatures_are_dated_as_filers_do(typed: str) -> None:
    assert [each.date.value for each in read(signed=f"/s/ Jane Doe      {typed}").filing.signatures] == [
        date(2003, 2, 3)
    ]


def test_who_is_signed_for_stands_above() -> None:
    row = ROW.replace("$5.00", "(1)  ")
    result = read(row=row, notes="(1) A note that\nruns on.", signed=f"DOE PARTNERS, L.P.\n\nBy: {SIGNED}")
    assert [note.text for note in result.filing.footnotes] == ["A note that runs on."]
    assert result.filing.signatures[0].name.value == "DOE PARTNERS, L.P. By: /s/ Jane Doe"
    assert doubts(result) == []


def test_the_end_of_a_note_is_not_signed() -> None:
    row = ROW.replace("$5.00", "(1)  ")
    result = read(row=row, notes="(1) A note that begins\n\nbefore February 15, 1999.")
    assert result.filing.footnotes[0].text == "A note that begins before February 15, 1999."
    assert result.filing.signatures[0].name.value == "/s/ Jane Doe"


# Values


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1/2/03", date(2003, 1, 2)),
        ("12/31/99", date(1999, 12, 31)),
        ("1-2-03", date(2003, 1, 2)),
        ("01/02/2003", date(2003, 1, 2)),
        ("January 2, 2003", date(2003, 1, 2)),
        ("Sept. 2, 2003", date(2003, 9, 2)),
        ("13/1/03", None),
        ("2/30/03", None),
        ("Ju 2, 2003", None),
        ("1/2", None),
        ("1/2/003", None),
    ],
)
def test_dates_as_typed(typed: str, day: date | None) -> None:
    assert parse_free_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("December 2002", "2002-12"),
        ("Dec., 2002", "2002-12"),
        ("12/02", "2002-12"),
        ("12 / 1999", "1999-12"),
        ("6/98", "1998-06"),
        ("13/02", None),
        ("0/02", None),
        ("12/31/02", None),
        ("Ma 2002", None),
        ("2002", None),
    ],
)
def test_months_as_typed(typed: str, month: str | None) -> None:
    assert parse_month(typed) == month


def test_numbers_as_typed() -> None:
    assert [parse_free_number(each) for each in ("-0-", "$ 5.00", "1,000", "1000 shares", "-5")] == [
        *(Decimal(0), Decimal("5.00"), Decimal(1000)),
        *(None, None),
    ]


def test_words_for_nothing() -> None:
    assert all(map(says_nothing, ("N/A", "n/a", "None.", "--", "NOT APPLICABLE")))
    assert not any(map(says_nothing, ("", "0", "Nonesuch", "D", "-0-")))


def test_what_begins_with_a_date() -> None:
    assert begins_with_date("2/14/13 Common Stock")
    assert not any(map(begins_with_date, ("Common Stock 2/14/13", "5% Notes", "1/2 share")))


@pytest.mark.parametrize("ratio", ["1 for 1", "1-for-1", "1:1", "1 to 1"])
def test_a_ratio_is_noted_and_kept(ratio: str) -> None:
    result = read(row=ROW.replace("$5.00".ljust(9), ratio.ljust(9)))
    assert doubts(result) == []
    price = result.filing.non_derivative[0].price_per_share
    assert (price.value, price.printed) == (None, ratio)
    assert [issue.code.value for issue in result.issues if issue.path.endswith("price_per_share")] == [
        "ratio-for-price"
    ]


# Heads

COLUMNS = (
    ("amount", ("5.amountofsecuritiesbeneficiallyowned",)),
    ("form", ("6.ownershipform:direct(d)orindirect(i)",)),
    ("nature", ("7.natureofindirectbeneficialownership",)),
    ("code", ("code",)),
)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("5. Amount of Securities Beneficially Owned (Instr. 3 & 4)", "amount"),
        ("5 Amount of Securites Benefically Owned", "amount"),
        ("6. Owner-ship Form Direct (D) or Indirect (I)", "form"),
        ("Code", "code"),
    ],
)
def test_slips_of_typing_change_no_head(typed: str, field: str) -> None:
    assert retyped_as(squeeze(typed), COLUMNS) == (field,)


@pytest.mark.parametrize(
    "typed", ["6. Amount of Securities Beneficially Owned", "5. Amount", "Cod", "Common Stock", "7."]
)
def test_another_number_or_too_little_is_another_head(typed: str) -> None:
    assert retyped_as(squeeze(typed), COLUMNS) == ()
