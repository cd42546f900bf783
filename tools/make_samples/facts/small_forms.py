"""Invented small filings: Form 3 with and without securities, Form 5 with late rows, an amended Form 4."""

from __future__ import annotations

from tools.make_samples.facts.model import DerivativeRow, Facts, Owner, Row, cell

_TITLE = "Common Stock"

FORM3_INITIAL = Facts(
    schema="X0206",
    document_type="3",
    period="2020-09-15",
    issuer="Mythical Beverage Co",
    issuer_cik="0009990040",
    symbol="MYTH",
    owners=(
        Owner(
            name="Sample John Jr.",
            cik="0009990041",
            street1="C/O MYTHICAL BEVERAGE CO",
            street2="500 SAMPLE STREET",
            city="BOZEMAN",
            state="MT",
            zip_code="59715",
            director=True,
            officer="Chief Executive Officer",
        ),
    ),
    table1=(
        Row(title=cell(_TITLE), owned=cell("250000")),
        Row(title=cell("Class B Common Stock", 1), owned=cell("1402.5"), nature=cell("By Sample Family LP", 2)),
    ),
    table2=(
        DerivativeRow(
            title=cell("Series A Preferred Stock"),
            conversion_price=cell("", 1),
            exercise=cell("", 1),
            expiration=cell("", 1),
            underlying=cell("Class B Common Stock", 1),
            underlying_shares=cell("134018.0"),
            nature=cell("By Sample Family LP", 2),
        ),
        DerivativeRow(
            title=cell("Stock Option (Right to Buy)"),
            conversion_price=cell("3.740"),
            exercise=cell("", 3),
            expiration=cell("2028-04-14"),
            underlying=cell("Class B Common Stock"),
            underlying_shares=cell("383594"),
        ),
        DerivativeRow(
            title=cell("6% Convertible Note"),
            conversion_price=cell("12"),
            exercise=cell("2020-09-15"),
            expiration=cell("2025-12-31"),
            underlying=cell("Class B Common Stock"),
            underlying_value=cell("1000000"),
        ),
    ),
    footnotes=(
        "Each share converts automatically into one share of Common Stock upon the closing of the Issuer's initial "
        "public offering, and has no expiration date.",
        "The Reporting Person is the general partner of Sample Family LP.",
        "Immediately exercisable; vests in 48 equal monthly installments beginning on April 6, 2018.",
    ),
    remarks="Exhibit 24 - Power of Attorney",
    signatures=(("/s/ Paula Proxy, Attorney-in-Fact", "2020-09-15"),),
)

FORM3_NONE = Facts(
    schema="X0206",
    document_type="3",
    period="2018-08-23",
    issuer="Blank Slate Acquisition Corp",
    issuer_cik="0009990050",
    symbol="BLNKU",
    owners=(
        Owner(
            name="NOBODY NORA",
            cik="0009990051",
            street1="1 EMPTY SQUARE",
            city="DOVER",
            state="DE",
            zip_code="19901",
            director=True,
        ),
    ),
    remarks="The Reporting Person has no voting or dispositive control over any securities of the Issuer.",
    signatures=(("/s/ Nora Nobody", "2018-08-24"),),
)

FORM5_ANNUAL = Facts(
    schema="X0508",
    document_type="5",
    period="2024-12-31",
    issuer="Fabled Freight Lines, Inc.",
    issuer_cik="0009990060",
    symbol="FFLI",
    owners=(
        Owner(
            name="Figment Robert",
            cik="0009990061",
            street1="9 STORYBOOK LANE",
            city="OMAHA",
            state="NE",
            zip_code="68102",
            director=True,
            ten_percent=True,
        ),
    ),
    form3_holdings=True,
    form4_transactions=True,
    table1=(
        Row(
            title=cell(_TITLE),
            date=cell("2024-12-20"),
            code="G",
            code_notes=(1,),
            shares=cell("4000"),
            price=cell("0"),
            acquired_disposed=cell("D"),
            owned=cell("61386"),
        ),
        Row(
            title=cell(_TITLE),
            date=cell("2024-03-11"),
            deemed=cell("2024-03-12"),
            code="P",
            form_type="4",
            shares=cell("150"),
            price=cell("21.105"),
            acquired_disposed=cell("A"),
            owned=cell("65386", 2),
        ),
        Row(title=cell(_TITLE), form_type="3", owned=cell("720.75"), nature=cell("By IRA", 3)),
        Row(title=cell(_TITLE), owned=cell("8100"), nature=cell("By Spouse")),
    ),
    table2=(
        DerivativeRow(
            title=cell("Equity Swap"),
            conversion_price=cell("20.5"),
            date=cell("2024-03-11"),
            code="J",
            form_type="4",
            swap=True,
            code_notes=(4,),
            total_value=cell("125000"),
            price=cell("", 4),
            acquired_disposed=cell("A"),
            exercise=cell("2024-06-30"),
            expiration=cell("2026-06-30"),
            underlying=cell(_TITLE),
            underlying_value=cell("125000"),
            owned_value=cell("125000"),
        ),
        DerivativeRow(
            title=cell("Phantom Stock"),
            conversion_price=cell("", 5),
            date=cell("2024-12-31"),
            code="A",
            shares=cell("212.3456"),
            price=cell("24.10"),
            acquired_disposed=cell("A"),
            exercise=cell("", 5),
            expiration=cell("", 5),
            underlying=cell(_TITLE),
            underlying_shares=cell("212.3456"),
            owned=cell("1899.0012"),
        ),
    ),
    footnotes=(
        "Gift to a charitable organization.",
        "Includes 36.5 shares acquired under a dividend reinvestment plan.",
        "Inadvertently omitted from the Reporting Person's Form 3.",
        "The swap is settled in cash; no premium was paid.",
        "Each share of phantom stock is the economic equivalent of one share of Common Stock and is payable in cash "
        "upon the end of the Reporting Person's service.",
    ),
    remarks="",
    signatures=(("/s/ Robert Figment", "2025-02-10"),),
)

FORM4_AMENDMENT = Facts(
    schema="X0306",
    document_type="4/A",
    period="2014-05-06",
    original="2014-05-08",
    not_subject=True,
    issuer="Unreal Estate Trust",
    issuer_cik="0009990070",
    symbol="UNRL",
    owners=(
        Owner(
            name="van der Nemo Hendrik",
            cik="0009990071",
            street1="C/O UNREAL ESTATE TRUST, 3RD FLOOR",
            street2="40 PHANTOM AVENUE",
            city="TORONTO",
            state="A6",
            zip_code="M5J 2T3",
            state_description="ONTARIO, CANADA",
            officer="EVP, CFO and Treasurer",
            other="Former director",
        ),
    ),
    table1=(
        Row(
            title=cell("Common Shares of Beneficial Interest"),
            date=cell("2014-05-06"),
            code="F",
            shares=cell("1183", 1),
            price=cell("36.000"),
            acquired_disposed=cell("D"),
            owned=cell("20417", 2),
        ),
    ),
    footnotes=(
        "Shares withheld by the Issuer to pay taxes upon the vesting of restricted shares.",
        "This amendment is filed to correct the number of shares owned, which the original report misstated.",
    ),
    signatures=(("/s/ H. van der Nemo", "2014-05-20"),),
)
