"""A public filing of October 2021: two sales by a trust. Its CIKs are not on the page that it was taken from."""

from __future__ import annotations

from tools.make_samples.facts.model import Facts, Owner, Row, cell

_PRICE_NOTE = (
    "The sale price represents the weighted average price of the shares sold ranging from $115.00 to ${highest} per "
    "share. Upon request by the Commission staff, the Issuer or a security holder of the Issuer, the Reporting Person "
    "will provide full information regarding the number of shares sold at each separate price within the range set "
    "forth in this Form 4."
)


def _sale(day: str, shares: str, price: str, note: int, owned: str) -> Row:
    return Row(
        title=cell("Common Stock"),
        date=cell(day),
        code="S",
        shares=cell(shares),
        price=cell(price, note),
        acquired_disposed=cell("D"),
        owned=cell(owned),
    )


QUALYS = Facts(
    schema="X0306",
    document_type="4",
    period="2021-10-14",
    issuer="QUALYS, INC.",
    symbol="QLYS",
    owners=(
        Owner(
            name="Philippe Courtot Family Trust",
            street1="C/O QUALYS, INC. 919 E. HILLSDALE BLVD.",
            city="FOSTER CITY",
            state="CA",
            zip_code="94404",
            ten_percent=True,
        ),
    ),
    table1=(
        _sale("2021-10-14", "27262", "115.0584", 1, "4613298"),
        _sale("2021-10-15", "17858", "115.2383", 2, "4595440"),
    ),
    footnotes=(_PRICE_NOTE.format(highest="115.25"), _PRICE_NOTE.format(highest="115.75")),
    remarks="",
    signatures=(("/s/ Nicolas Courtot, Trustee", "2021-10-18"),),
)
