"""Random filings for the laws: everything a Filing can hold, and everything that its XML can."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from extractor.filing import (
    Address,
    DerivativeRow,
    Field,
    Filing,
    Footnote,
    Issuer,
    NonDerivativeRow,
    Relationship,
    ReportingOwner,
    Row,
    Signature,
)
from extractor.filing.field import Frozen
from extractor.layout.bbox import BBox
from extractor.layout.location import HtmlLocation, Location, PdfLocation

FOOTNOTE_IDS = tuple(f"F{number}" for number in range(1, 100))

# XML 1.0 holds no other controls, no surrogates and no non-characters.
_XML_CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\t\n\r"
)


def texts(max_size: int = 20) -> st.SearchStrategy[str]:
    """Text that XML can hold and that neither begins nor ends with white space; never empty."""
    return st.text(_XML_CHARACTERS, min_size=1, max_size=max_size).map(str.strip).filter(bool)


def numbers() -> st.SearchStrategy[Decimal]:
    """Numbers that the SEC's schema allows: not negative, at most 12 digits before the point and 4 after it."""
    return st.builds(
        lambda digits, scale: Decimal(digits).scaleb(-scale), st.integers(0, 10**12 - 1), st.integers(0, 4)
    )


def dates() -> st.SearchStrategy[date]:
    return st.dates()


@st.composite
def locations(draw: st.DrawFn) -> Location:
    """Places, with boxes to a hundredth of a point: that is what JSON keeps of them."""
    if draw(st.booleans()):
        return HtmlLocation(draw(st.sampled_from(("/html[1]/body[1]/table[2]", "/html[1]"))))
    sides = sorted(draw(st.lists(st.integers(0, 79_200), min_size=4, max_size=4)))
    x0, x1, top, bottom = (side / 100 for side in sides)
    return PdfLocation(draw(st.integers(1, 9)), BBox(x0, top, x1, bottom))


@st.composite
def fields(
    draw: st.DrawFn, model: type[Frozen], name: str, values: st.SearchStrategy[object], *, marked: bool
) -> Field[object]:
    """The field `name` of `model`, with or without a value, marks, printed text and places."""
    kind = model.model_fields[name].annotation
    assert isinstance(kind, type)
    marks = draw(st.lists(st.sampled_from(FOOTNOTE_IDS), max_size=3, unique=True)) if marked else []
    made = kind(
        value=draw(st.none() | values),
        printed=draw(st.just("") | texts()),
        footnotes=tuple(marks),
        at=tuple(draw(st.lists(locations(), max_size=2))),
    )
    assert isinstance(made, Field)
    return made


_VALUES: dict[object, st.SearchStrategy[object]] = {
    Field[str]: texts(),
    Field[bool]: st.booleans(),
    Field[date]: dates(),
    Field[Decimal]: numbers(),
}


@st.composite
def _models(draw: st.DrawFn, model: type[Frozen], *, marked: bool = False) -> dict[str, Field[object]]:
    """Some of the model's fields, drawn; the others stay empty."""
    names = [name for name, info in model.model_fields.items() if info.annotation in _VALUES]
    chosen = draw(st.sets(st.sampled_from(names)))
    return {
        name: draw(fields(model, name, _VALUES[model.model_fields[name].annotation], marked=marked))
        for name in names
        if name in chosen
    }


@st.composite
def rows(draw: st.DrawFn, model: type[Row]) -> Row:
    """Rows as the form can show them: a holding has no swap, the marks of the code column stand on the code."""
    kind = draw(st.sampled_from(("transaction", "holding")))
    members = draw(_models(model, marked=True))
    for name in ("form_type", "equity_swap"):
        if name in members:
            members[name] = members[name].model_copy(update={"footnotes": ()})
    if kind == "holding":
        members.pop("equity_swap", None)
    return model(kind=kind, **members)


@st.composite
def owners(draw: st.DrawFn) -> ReportingOwner:
    return ReportingOwner(
        **draw(_models(ReportingOwner)),
        address=Address(**draw(_models(Address))),
        relationship=Relationship(**draw(_models(Relationship))),
    )


@st.composite
def filings(draw: st.DrawFn) -> Filing:
    """Filings with a few of everything; small, so that many can be tried."""
    ids = draw(st.lists(st.sampled_from(FOOTNOTE_IDS), max_size=3, unique=True))
    return Filing(
        form=draw(st.sampled_from(("3", "4", "5"))),
        amendment=draw(st.booleans()),
        schema_version=draw(st.none() | st.sampled_from(("X0101", "X0306", "X0609"))),
        **draw(_models(Filing)),
        issuer=Issuer(**draw(_models(Issuer))),
        owners=tuple(draw(st.lists(owners(), max_size=2))),
        non_derivative=tuple(draw(st.lists(rows(NonDerivativeRow), max_size=3))),
        derivative=tuple(draw(st.lists(rows(DerivativeRow), max_size=2))),
        footnotes=tuple(
            Footnote(id=each, text=draw(texts()), at=tuple(draw(st.lists(locations(), max_size=1)))) for each in ids
        ),
        signatures=tuple(Signature(**draw(_models(Signature))) for _ in range(draw(st.integers(0, 2)))),
    )
