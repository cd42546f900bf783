"""An invented joint filing for the EDGAR Online printing: three owners and relationships, commas in streets."""

from __future__ import annotations

from tools.make_samples.facts.model import DerivativeRow, Facts, Owner, Row, cell

_FUND = cell("By Chimera Capital Fund, LP", 2)

JOINT_ONLINE = Facts(
    schema="X0508",
    document_type="4",
    period="2024-02-28",
    issuer="Basilisk Biologics, Inc.",
    issuer_cik="0009990080",
    symbol="BSLK",
    owners=(
        Owner(
            name="Chimera Capital Fund, LP",
            cik="0009990081",
            street1="C/O CHIMERA CAPITAL, LLC, ATTN: LEGAL",
            street2="1200 LEGEND AVENUE, 5TH FLOOR, SUITE B",
            city="ST. LOUIS",
            state="MO",
            zip_code="63101",
            ten_percent=True,
        ),
        Owner(
            name="Griffin-Example Alexandra",
            cik="0009990082",
            street1="C/O CHIMERA CAPITAL, LLC",
            street2="1200 LEGEND AVENUE, 5TH FLOOR",
            city="ST. LOUIS",
            state="MO",
            zip_code="63101",
            director=True,
            officer="Executive Chair, President",
        ),
        Owner(
            name="Hydra Holdings S.A.",
            cik="0009990083",
            street1="9, RUE DES FABLES",
            city="LUXEMBOURG",
            state="N4",
            zip_code="L-1234",
            state_description="LUXEMBOURG",
            other="Member of a group",
        ),
    ),
    aff10b5_one=True,
    table1=(
        Row(
            title=cell("Common Stock, $0.01 par value"),
            date=cell("2024-02-28"),
            code="S",
            code_notes=(1,),
            shares=cell("125000"),
            price=cell("8.4177", 3, 4),
            acquired_disposed=cell("D"),
            owned=cell("1375000"),
            nature=_FUND,
        ),
        Row(
            title=cell("Common Stock, $0.01 par value"),
            date=cell("2024-03-01"),
            code="M",
            shares=cell("20000"),
            price=cell("1.1"),
            acquired_disposed=cell("A"),
            owned=cell("64000"),
        ),
        Row(title=cell("Common Stock, $0.01 par value"), owned=cell("990"), nature=cell("By Spouse")),
    ),
    table2=(
        DerivativeRow(
            title=cell("Stock Option (right to buy)"),
            conversion_price=cell("1.1"),
            date=cell("2024-03-01"),
            code="M",
            shares=cell("20000"),
            price=cell("0"),
            acquired_disposed=cell("D"),
            exercise=cell("", 5),
            expiration=cell("2027-08-09"),
            underlying=cell("Common Stock"),
            underlying_shares=cell("20000"),
            owned=cell("10000"),
        ),
    ),
    footnotes=(
        "Effected under a Rule 10b5-1 trading plan adopted on September 14, 2023.",
        "Ms. Griffin-Example is the managing member of the fund's general partner.",
        "Weighted average; the shares were sold at prices from $8.30 to $8.55.",
        "The Reporting Persons will provide the number of shares sold at each price upon request.",
        "Fully vested.",
    ),
    remarks="Hydra Holdings S.A. joins in this report solely as a member of the group.",
    signatures=(
        ("Chimera Capital Fund, LP, By: /s/ Alexandra Griffin-Example, Manager", "2024-03-01"),
        ("/s/ Alexandra Griffin-Example", "2024-03-01"),
        ("Hydra Holdings S.A., By: /s/ P. Persona, Administrateur", "2024-03-01"),
    ),
)
