"""An invented filing of 2026 by an officer of a foreign issuer: country, territory and foreign trading symbol."""

from __future__ import annotations

from tools.make_samples.facts.model import DerivativeRow, Facts, Owner, Row, cell

X06_FOREIGN = Facts(
    schema="X0609",
    document_type="4",
    period="2026-04-20",
    issuer="Fabula Semiconductor Co., Ltd.",
    issuer_cik="0009990030",
    symbol="FABU",
    foreign_symbol="9999.TW",
    owners=(
        Owner(
            name="Exemplar Chih-Wei",
            cik="0009990031",
            non_us=True,
            street1="NO. 0, IMAGINARY ROAD 6",
            street2="FABLE SCIENCE PARK",
            city="HSINCHU",
            non_us_state="TAIWAN",
            country="F5",
            zip_code="300096",
            state_description="TAIWAN",
            officer="Senior Vice President",
        ),
    ),
    table1=(
        Row(
            title=cell("Common Shares"),
            date=cell("2026-04-20"),
            code="P",
            shares=cell("2000"),
            price=cell("31.40", 1),
            acquired_disposed=cell("A"),
            owned=cell("48211.75"),
        ),
        Row(title=cell("Common Shares"), owned=cell("1100"), nature=cell("By Spouse")),
    ),
    table2=(
        DerivativeRow(
            title=cell("Employee Share Purchase Rights"),
            conversion_price=cell("0.00"),
            date=cell("2026-04-21"),
            code="A",
            shares=cell("350"),
            price=cell("0"),
            acquired_disposed=cell("A"),
            exercise=cell("", 2),
            expiration=cell("2031-04-21"),
            underlying=cell("Common Shares"),
            underlying_shares=cell("350"),
            owned=cell("350"),
        ),
    ),
    footnotes=(
        "Bought on the Taiwan Stock Exchange; converted from New Taiwan dollars at the rate of the trade date.",
        "Exercisable in three equal annual installments beginning on the date of grant.",
    ),
    remarks="",
    signatures=(("/s/ Exemplar Chih-Wei", "2026-04-22"),),
)
