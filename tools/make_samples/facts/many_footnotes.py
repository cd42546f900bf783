"""An invented filing with 34 footnotes: cells of marks alone, ten marks in a cell, text like a mark."""

from __future__ import annotations

from collections.abc import Iterator

from tools.make_samples.facts.model import NONE, Cell, DerivativeRow, Facts, Owner, Row, cell

_TEN = tuple(range(3, 13))
_OTHER = "By Société Générique Chimérique S.à r.l."


def _row(title: Cell, day: str, code: str, shares: Cell, price: Cell, side: str, owned: Cell, nature: Cell) -> Row:
    return Row(
        title=title,
        date=cell(day),
        code=code,
        shares=shares,
        price=price,
        acquired_disposed=cell(side),
        owned=owned,
        nature=nature,
    )


_TABLE1 = (
    _row(cell("Common Stock"), "2019-11-04", "M", cell("10500", 1), cell("", 2), "A", cell("310500"), NONE),
    _row(
        cell("Common Stock (1) of Fictive Holdings", 2),
        "2019-11-04",
        "S",
        cell("10500"),
        cell("0.0375", *_TEN),
        "D",
        cell("300000", 13),
        NONE,
    ),
    _row(
        cell("American Depositary Shares “ADSs” – each = 1/10 share"),
        "2019-11-05",
        "J",
        cell("1234567.8901", 14),
        cell("12345.6789", 15),
        "A",
        cell("1234567.8901", 14, 16),
        cell(f"{_OTHER} (see note (1))", 17, 18, 19),
    ),
    Row(title=cell("Common Stock"), owned=cell("1250.25", 20), nature=cell("See footnotes", 21, 22, 20)),
)


def _derivatives() -> Iterator[DerivativeRow]:
    yield DerivativeRow(
        title=cell("Restricted Stock Units", 23),
        conversion_price=cell("", 24),
        date=cell("2019-11-04"),
        code="M",
        code_notes=(25, 1),
        shares=cell("10500"),
        price=cell("", 24),
        acquired_disposed=cell("D"),
        exercise=cell("", 26),
        expiration=cell("", 26, 27),
        underlying=cell("Common Stock", 28),
        underlying_shares=cell("10500"),
        owned=cell("31500", 29),
    )
    yield DerivativeRow(
        title=cell("Options d’achat d’actions (“Stock Options”)"),
        conversion_price=cell("17.5", 30),
        date=cell("2019-11-06"),
        code="A",
        shares=cell("5000"),
        price=cell("0"),
        acquired_disposed=cell("A"),
        exercise=cell("2020-11-06", 31),
        expiration=cell("2029-11-05"),
        underlying=cell("Common Stock"),
        underlying_shares=cell("5000"),
        owned=cell("5000"),
        direct_indirect=cell("I", 32),
        nature=cell(f"{_OTHER} and Þórður & Çelik Trustees “Ltd.”", 33, 34),
    )


_LONG = (
    "Includes the following, each as of the date of the transaction: • 1,000 shares acquired under the Issuer’s "
    "Employee Stock Purchase Plan; • 250.25 shares credited as dividend equivalents; and • shares described in clause "
    "(1) of the prior report (as amended). The numbers in parentheses in this note, (1), (2) and (3), are clauses and "
    "not references to other notes."
)
_SPECIAL = {
    1: "Each unit vests as follows: (1) one third on the first anniversary; (2) the rest in 24 monthly installments.",
    2: "The title’s “(1)” is part of the name of the security; see § 3.1 of the Issuer’s charter.",
    13: _LONG,
    14: "The number has four decimals & is < 1,250,000.",
    17: "M. Étienne Müller-Łukasiewicz is the gérant of Société Générique Chimérique S.à r.l.",
    20: "Rounded to the nearest 1/100th of a share.",
    23: "“RSU” means a right to receive one share - or its cash value - upon vesting.",
    26: "Vests 25% on each of 1/1/2020, 4/1/2020, 7/1/2020 and 10/1/2020.",
    34: "Þórður & Çelik Trustees “Ltd.” disclaims beneficial ownership, save for its pecuniary interest.",
}


def _footnotes() -> Iterator[str]:
    for number in range(1, 35):
        plain = f"Sold in {number} lots at prices from $0.03 to $0.04; the figure reported is a weighted average."
        yield _SPECIAL.get(number, plain if number in _TEN else f"Text of the note with the number {number}.")


MANY_FOOTNOTES = Facts(
    schema="X0306",
    document_type="4",
    period="2019-11-04",
    issuer="FICTIVE HOLDINGS CORP /NV/",
    issuer_cik="0009990020",
    symbol="FIC, FIC.A",
    owners=(
        Owner(
            name="MÜLLER-ŁUKASIEWICZ ÉTIENNE",
            cik="0009990021",
            street1="C/O FICTIVE HOLDINGS CORP",
            street2="12 RUE DE L'EXEMPLE, BÂTIMENT B",
            city="SAINT-ÉTIENNE-DU-ROUVRAY",
            state="I0",
            zip_code="76800",
            state_description="FRANCE",
            director=True,
            officer="Président, Chief “Fun” Officer",
            other="Member of 13(d) group (1)",
        ),
    ),
    table1=_TABLE1,
    table2=tuple(_derivatives()),
    footnotes=tuple(_footnotes()),
    remarks="Exhibit List: Exhibit 24 – Power of Attorney. The Reporting Person’s title is shortened in item 5.",
    signatures=(("/s/ Zoë Ångström, Attorney-in-Fact for Étienne Müller-Łukasiewicz", "2019-11-06"),),
)
