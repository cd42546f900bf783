"""An invented joint filing whose two tables both run over a page: 24 and 14 rows, holdings among the transactions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tools.make_samples.facts.model import NONE, Cell, DerivativeRow, Facts, Owner, Row, cell

_FUND = cell("By Imaginary Ventures IX, L.P.", 1)
_PARALLEL = cell("By Imaginary Ventures IX Parallel Fund, L.P., a fund managed by the same general partner", 2)
_TRUST = cell("By the Placeholder Family Trust u/a/d 01/02/2003", 3)
_TITLE = "Class A Common Stock, par value $0.0001 per share"
_OWNER = Owner(
    name="Imaginary Ventures IX, L.P.",
    cik="0009990011",
    street1="C/O IMAGINARY VENTURES",
    street2="1 NOWHERE PLAZA, SUITE 900",
    city="SAN MATEO",
    state="CA",
    zip_code="94401",
    ten_percent=True,
)


def _sales() -> Iterator[Row]:
    """Sales by three holders on consecutive days, each with its own running total."""
    prices = ("41.0512", "41.5", "40.8875", "42.00", "41.12", "43.3333", "43.005")
    for nature, start, first_note in ((_FUND, 2_480_000, 4), (_PARALLEL, 310_500, 4), (NONE, 95_250, 5)):
        left = Decimal(start)
        for day, price in enumerate(prices, 3):
            sold = Decimal(1_000 * day + 37) + (Decimal("0.5") if nature is NONE and day == 5 else 0)
            left -= sold
            yield Row(
                title=cell(_TITLE),
                date=cell(f"2024-06-{day:02}"),
                # A deemed execution date stands only where broker and book disagree.
                deemed=cell(f"2024-06-{day + 1:02}") if day == 4 else NONE,
                code="S",
                code_notes=(6,) if day == 3 else (),
                shares=cell(str(sold)),
                price=cell(price, first_note) if day % 2 else cell(price),
                acquired_disposed=cell("D"),
                owned=cell(str(left)),
                nature=nature,
            )


_GIFT = Row(
    title=cell(_TITLE),
    date=cell("2024-06-10"),
    code="G",
    form_type="5",
    shares=cell("12000"),
    price=cell("0"),
    acquired_disposed=cell("A"),
    owned=cell("52000"),
    nature=_TRUST,
)


def _table1() -> tuple[Row, ...]:
    sales = list(_sales())
    holding = Row(title=cell("Class B Common Stock"), owned=cell("1750000"), nature=_FUND)
    notes = Row(title=cell("5.00% Notes due 2031"), owned_value=cell("2500000"))
    return (*sales[:14], holding, *sales[14:], _GIFT, notes)


def _options() -> Iterator[DerivativeRow]:
    for number in range(1, 13):
        shares = str(2_500 * number)
        exercised = number % 3 != 0
        yield DerivativeRow(
            title=cell("Stock Option (Right to Buy)"),
            conversion_price=cell(f"{number}.{75 - number}"),
            date=cell(f"2024-06-{2 + number:02}") if exercised else NONE,
            deemed=cell("2024-06-07") if number == 4 else NONE,
            code="M" if exercised else "",
            form_type="5" if number == 7 else "",
            shares=cell(shares) if exercised else NONE,
            price=cell("0.00") if exercised else NONE,
            acquired_disposed=cell("D") if exercised else NONE,
            exercise=cell("", 7) if number % 2 else cell("2021-02-01"),
            expiration=cell(f"20{28 + number}-01-31"),
            underlying=cell("Class A Common Stock"),
            underlying_shares=cell(shares),
            owned=cell("0" if exercised else shares),
            nature=_TRUST if number == 11 else NONE,
        )


def _other(title: str, nature: Cell) -> DerivativeRow:
    """A row without its amounts."""
    return DerivativeRow(
        title=cell(title),
        conversion_price=cell("", 8),
        date=cell("2024-06-12"),
        code="J",
        code_notes=(9,),
        price=cell("", 8),
        acquired_disposed=cell("A"),
        exercise=cell("", 8),
        expiration=cell("", 8),
        underlying=cell("Class A Common Stock"),
        nature=nature,
    )


JOINT_MANY_ROWS = Facts(
    schema="X0508",
    document_type="4",
    period="2024-06-03",
    issuer="Nonesuch Instruments, Inc.",
    issuer_cik="0009990010",
    symbol="NSCH",
    owners=(
        _OWNER,
        replace(_OWNER, name="Imaginary Ventures IX GP, LLC", cik="0009990012"),
        Owner(
            name="Doe-Placeholder Jane Q.",
            cik="0009990013",
            street1="77 EXAMPLE ROAD",
            city="MOUNTAIN VIEW HEIGHTS",
            state="CA",
            zip_code="94040-0077",
            director=True,
            ten_percent=True,
        ),
        Owner(
            name="Placeholder Family Trust",
            cik="0009990014",
            street1="77 EXAMPLE ROAD",
            city="MOUNTAIN VIEW HEIGHTS",
            state="CA",
            zip_code="94040-0077",
            other="See Remarks",
        ),
    ),
    aff10b5_one=True,
    table1=_table1(),
    table2=(
        *_options(),
        replace(
            _other("Cash-Settled Total Return Swap", _FUND),
            total_value=cell("750000.5"),
            underlying_value=cell("750000.5"),
            owned_value=cell("750000.5"),
        ),
        replace(
            _other("Series C Convertible Preferred Stock", _PARALLEL),
            shares=cell("33333.3334"),
            underlying_shares=cell("", 8),
            owned=cell("33333.3334"),
        ),
    ),
    footnotes=(
        "The shares are held of record by Imaginary Ventures IX, L.P. Its general partner may be deemed to share "
        "voting and dispositive power over them, and disclaims beneficial ownership except to the extent of its "
        "pecuniary interest therein.",
        "The shares are held of record by Imaginary Ventures IX Parallel Fund, L.P.",
        "Jane Q. Doe-Placeholder is the trustee of the trust.",
        "The price reported is a weighted average. The shares were sold in several transactions at prices from $40.25 "
        "to $43.95, inclusive.",
        "The price reported is a weighted average. The shares were sold in several transactions at prices from $40.30 "
        "to $43.90, inclusive.",
        "The transaction was made pursuant to a Rule 10b5-1 trading plan adopted on December 11, 2023.",
        "25% of the shares subject to the option vested on the first anniversary of the grant, and 1/48th of them each "
        "month thereafter.",
        "The instrument has no fixed conversion price, is exercisable at any time and has no expiration date.",
        "Entered into with an unaffiliated third party in a privately negotiated transaction.",
    ),
    remarks="The Placeholder Family Trust may be deemed a member of a group with the other Reporting Persons.",
    signatures=(
        (
            "Imaginary Ventures IX, L.P., By: Imaginary Ventures IX GP, LLC, its general partner, /s/ A. Member",
            "2024-06-14",
        ),
        ("Imaginary Ventures IX GP, LLC, By: /s/ A. Member, Managing Member", "2024-06-14"),
        ("/s/ Jane Q. Doe-Placeholder", "2024-06-14"),
        ("Placeholder Family Trust, By: /s/ Jane Q. Doe-Placeholder, Trustee", "2024-06-13"),
    ),
)
