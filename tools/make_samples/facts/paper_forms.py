"""Invented filings that are typed on the SEC's paper form: a Form 3 that goes on on another sheet, a Form 4 of 2026."""

from __future__ import annotations

from tools.make_samples.facts.model import DerivativeRow, Facts, Owner, Row, cell

PAPER_FORM3 = Facts(
    schema="X0206",
    document_type="3",
    period="2019-11-04",
    issuer="Carbon Ribbon Works, Inc.",
    symbol="CRBN",
    owners=(
        Owner(
            name="Platen Ottilie M.",
            street1="C/O CARBON RIBBON WORKS, INC.",
            street2="7 SHIFT KEY LANE",
            city="ILION",
            state="NY",
            zip_code="13357",
            officer="Chief Typing Officer",
            ten_percent=True,
        ),
    ),
    table1=(
        Row(title=cell("Common Stock"), owned=cell("120500")),
        Row(title=cell("Common Stock", 1), owned=cell("3000.25"), nature=cell("By Platen Family Trust", 2)),
        Row(title=cell("Class B Common Stock"), owned=cell("41000"), nature=cell("See footnote (2)")),
        Row(title=cell("Class B Common Stock"), owned=cell("900", 1, 2), nature=cell("By Spouse")),
        Row(title=cell("Series A Preferred Stock"), owned=cell("12")),
    ),
    table2=(
        DerivativeRow(
            title=cell("Stock Option (right to buy)"),
            conversion_price=cell("4.125"),
            exercise=cell("", 3),
            expiration=cell("2028-04-14"),
            underlying=cell("Common Stock"),
            underlying_shares=cell("38500"),
        ),
        DerivativeRow(
            title=cell("8% Convertible Note"),
            conversion_price=cell("", 4),
            exercise=cell("2019-11-04"),
            expiration=cell("2024-11-04"),
            underlying=cell("Common Stock"),
            underlying_value=cell("250000"),
            nature=cell("By Platen Family Trust", 2),
        ),
    ),
    footnotes=(
        "Held in escrow until the anniversary of the merger.",
        "The Reporting Person is a trustee of the Platen Family Trust and disclaims beneficial ownership except to the "
        "extent of her pecuniary interest (if any) therein.",
        "One third vests on each of the first three anniversaries of the date of grant.",
        "Convertible at the lower of $6.50 and the price of the next financing.",
    ),
    remarks="Exhibit 24, Power of Attorney, is attached.",
    signatures=(("/s/ Carl Key-Lever, Attorney-in-Fact", "2019-11-12"),),
)

PAPER_FORM4 = Facts(
    schema="X0609",
    document_type="4/A",
    period="2026-05-04",
    original="2026-05-06",
    issuer="Underwood Fictions AG",
    symbol="UFAG",
    foreign_symbol="UFA.SW",
    owners=(
        Owner(
            name="Beispiel Anna",
            non_us=True,
            street1="SCHREIBGASSE 12",
            city="ZÜRICH",
            non_us_state="ZÜRICH",
            country="V8",
            zip_code="8001",
            director=True,
            officer="Chief Executive Officer",
        ),
    ),
    aff10b5_one=True,
    table1=(
        Row(
            title=cell("Ordinary Shares"),
            date=cell("2026-05-04"),
            code="S",
            code_notes=(1,),
            shares=cell("1500"),
            price=cell("31.4042", 2),
            acquired_disposed=cell("D"),
            owned=cell("48211"),
        ),
        Row(
            title=cell("Ordinary Shares"),
            date=cell("2026-05-04"),
            deemed=cell("2026-05-05"),
            code="J",
            form_type="5",
            shares=cell("12.5"),
            price=cell("", 3),
            acquired_disposed=cell("A"),
            owned=cell("48223.5", 1, 3),
        ),
        Row(title=cell("Ordinary Shares"), owned=cell("1100"), nature=cell("By Spouse")),
    ),
    table2=(
        DerivativeRow(
            title=cell("Share Right"),
            conversion_price=cell("", 4),
            date=cell("2026-05-04"),
            code="A",
            shares=cell("350"),
            price=cell("0"),
            acquired_disposed=cell("A"),
            exercise=cell("", 4),
            expiration=cell("2031-05-04"),
            underlying=cell("Ordinary Shares"),
            underlying_shares=cell("350"),
            owned=cell("700"),
        ),
    ),
    footnotes=(
        "Sold under a plan adopted on December 1, 2025.",
        "A weighted average of prices from $31.20 to $31.60.",
        "Shares of a dividend reinvestment plan.",
        "Each right is one share and vests in full on the second anniversary of the grant.",
    ),
    remarks="This amendment adds the second line of Table I.",
    signatures=(("/s/ Anna Beispiel", "2026-05-11"),),
)
