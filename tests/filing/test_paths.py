from __future__ import annotations

import pytest

from extractor.filing import Address, Field, Filing, Footnote, Issuer, NonDerivativeRow, ReportingOwner, places_of
from extractor.layout import BBox, HtmlLocation, PdfLocation

HERE, THERE = HtmlLocation("/html[1]/p[1]"), HtmlLocation("/html[1]/p[2]")
PRINTED = PdfLocation(2, BBox(1.0, 2.0, 3.0, 4.0))

FILING = Filing(
    form="4",
    aff10b5_one=Field(value=True, at=(THERE,)),
    issuer=Issuer(name=Field(value="Fable Inc.", at=(HERE,))),
    owners=(
        ReportingOwner(name=Field(value="Doe Jane", at=(HERE,))),
        ReportingOwner(
            name=Field(value="Roe John", at=(THERE,)), address=Address(street1=Field(value="1 ROAD", at=(PRINTED,)))
        ),
    ),
    non_derivative=(
        NonDerivativeRow(kind="holding"),
        NonDerivativeRow(kind="transaction", price_per_share=Field(value=None, printed="$5,O", at=(HERE, THERE))),
    ),
    footnotes=(Footnote(id="F1", text="one", at=(HERE,)), Footnote(id="F12", text="twelve", at=(THERE, PRINTED))),
)


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("issuer.name", (HERE,)),
        ("aff10b5_one", (THERE,)),
        ("owners[0].name", (HERE,)),
        ("owners[1].name", (THERE,)),
        ("owners[1].address.street1", (PRINTED,)),
        ("non_derivative[1].price_per_share", (HERE, THERE)),
        ("footnotes[0]", (HERE,)),
        ("footnotes[F1]", (HERE,)),
        ("footnotes[F12]", (THERE, PRINTED)),
    ],
)
def test_a_path_leads_to_its_fields_places(path: str, places: tuple[object, ...]) -> None:
    assert places_of(FILING, path) == places


@pytest.mark.parametrize(
    "path",
    [
        "",
        "form",
        "issuer",
        "owners",
        "owners[0]",
        "owners[2].name",
        "non_derivative[0].price_per_share",
        "derivative[0].shares",
        "footnotes[F2]",
        "footnotes[F]",
        "issuer.nickname",
        "issuer.name.value.upper",
        "form[0]",
        "form[F1]",
    ],
)
def test_a_path_that_leads_to_no_field_has_no_places(path: str) -> None:
    assert places_of(FILING, path) == ()
