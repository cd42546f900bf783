"""The facts of a filing, as short to write as the form is to fill in; out goes its ownership XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

XML_DECLARATION = b'<?xml version="1.0"?>\n'
INDENT = "    "


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell reports: a value, the numbers of its footnotes, or both."""

    value: str = ""
    notes: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.value or self.notes)


def cell(value: str = "", *notes: int) -> Cell:
    """`cell("17.25", 1, 2)` is the value 17.25 with the marks (1)(2)."""
    return Cell(value, notes)


NONE = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A reporting owner; officer and other are given by their title and text."""

    name: str
    cik: str = ""
    street1: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    director: bool = False
    officer: str = ""
    ten_percent: bool = False
    other: str = ""
    non_us: bool | None = None
    non_us_state: str = ""
    country: str = ""
    state_description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of Table I: a transaction where it has a date, else a holding."""

    title: Cell
    date: Cell = NONE
    deemed: Cell = NONE
    code: str = ""
    code_notes: tuple[int, ...] = ()
    form_type: str = ""
    swap: bool = False
    shares: Cell = NONE
    price: Cell = NONE
    acquired_disposed: Cell = NONE
    owned: Cell = NONE
    owned_value: Cell = NONE
    direct_indirect: Cell = NONE
    nature: Cell = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivativeRow(Row):
    """A row of Table II."""

    conversion_price: Cell = NONE
    total_value: Cell = NONE
    exercise: Cell = NONE
    expiration: Cell = NONE
    underlying: Cell = NONE
    underlying_shares: Cell = NONE
    underlying_value: Cell = NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A whole filing; `schema` such as X0306 decides the era of its page."""

    schema: str
    document_type: str
    period: str
    issuer: str
    symbol: str
    owners: Sequence[Owner]
    signatures: Sequence[tuple[str, str]]
    issuer_cik: str = ""
    foreign_symbol: str | None = None
    original: str = ""
    not_subject: bool = False
    form3_holdings: bool = False
    form4_transactions: bool = False
    aff10b5_one: bool = False
    table1: Sequence[Row] = ()
    table2: Sequence[DerivativeRow] = ()
    footnotes: Sequence[str] = ()
    remarks: str | None = None

    @property
    def form(self) -> str:
        """`3`, `4` or `5`."""
        return self.document_type[0]


def to_xml(facts: Facts) -> bytes:
    """The filing as EDGAR disseminates it: UTF-8, elements in the schema's order, empty optional ones left out."""
    root = ET.Element("ownershipDocument")
    _header(root, facts)
    for owner in facts.owners:
        _owner(root, owner)
    if facts.form != "3" and facts.schema >= "X04":
        _leaf(root, "aff10b5One", _flag(facts.aff10b5_one))
    _tables(root, facts)
    if facts.footnotes:
        notes = ET.SubElement(root, "footnotes")
        for number, note in enumerate(facts.footnotes, 1):
            ET.SubElement(notes, "footnote", {"id": f"F{number}"}).text = note
    if facts.remarks is not None:
        ET.SubElement(root, "remarks").text = facts.remarks
    for name, day in facts.signatures:
        signature = ET.SubElement(root, "ownerSignature")
        _leaf(signature, "signatureName", name)
        _leaf(signature, "signatureDate", day)
    ET.indent(root, INDENT)
    body: str = ET.tostring(root, encoding="unicode")
    return XML_DECLARATION + body.encode("utf-8") + b"\n"


def _flag(state: bool) -> str:
    return "1" if state else "0"


def _leaf(parent: ET.Element, tag: str, text: str) -> None:
    if text:
        ET.SubElement(parent, tag).text = text


def _header(root: ET.Element, facts: Facts) -> None:
    _leaf(root, "schemaVersion", facts.schema)
    _leaf(root, "documentType", facts.document_type)
    _leaf(root, "periodOfReport", facts.period)
    _leaf(root, "dateOfOriginalSubmission", facts.original)
    if facts.form == "3":
        _leaf(root, "noSecuritiesOwned", _flag(not (facts.table1 or facts.table2)))
    else:
        _leaf(root, "notSubjectToSection16", _flag(facts.not_subject))
    if facts.form == "5":
        _leaf(root, "form3HoldingsReported", _flag(facts.form3_holdings))
        _leaf(root, "form4TransactionsReported", _flag(facts.form4_transactions))
    issuer = ET.SubElement(root, "issuer")
    _leaf(issuer, "issuerCik", facts.issuer_cik)
    _leaf(issuer, "issuerName", facts.issuer)
    _leaf(issuer, "issuerTradingSymbol", facts.symbol)
    if facts.foreign_symbol is not None:
        ET.SubElement(issuer, "issuerForeignTradingSymbol").text = facts.foreign_symbol


def _owner(root: ET.Element, owner: Owner) -> None:
    box = ET.SubElement(root, "reportingOwner")
    ident = ET.SubElement(box, "reportingOwnerId")
    _leaf(ident, "rptOwnerCik", owner.cik)
    _leaf(ident, "rptOwnerName", owner.name)
    address = ET.SubElement(box, "reportingOwnerAddress")
    if owner.non_us is not None:
        _leaf(address, "rptOwnerNonUSAddressFlag", "true" if owner.non_us else "false")
    for tag, text in (
        ("rptOwnerStreet1", owner.street1),
        ("rptOwnerStreet2", owner.street2),
        ("rptOwnerCity", owner.city),
        ("rptOwnerState", owner.state),
        ("rptOwnerNonUSStateTerritory", owner.non_us_state),
        ("rptOwnerCountry", owner.country),
        ("rptOwnerZipCode", owner.zip_code),
        ("rptOwnerStateDescription", owner.state_description),
    ):
        _leaf(address, tag, text)
    relationship = ET.SubElement(box, "reportingOwnerRelationship")
    _leaf(relationship, "isDirector", _flag(owner.director))
    _leaf(relationship, "isOfficer", _flag(bool(owner.officer)))
    _leaf(relationship, "isTenPercentOwner", _flag(owner.ten_percent))
    _leaf(relationship, "isOther", _flag(bool(owner.other)))
    _leaf(relationship, "officerTitle", owner.officer)
    _leaf(relationship, "otherText", owner.other)


def _tables(root: ET.Element, facts: Facts) -> None:
    if facts.table1:
        table = ET.SubElement(root, "nonDerivativeTable")
        for row in facts.table1:
            _row(table, "nonDerivative", row, facts.form)
    if facts.table2:
        table = ET.SubElement(root, "derivativeTable")
        for derivative in facts.table2:
            _row(table, "derivative", derivative, facts.form)


def _valued(parent: ET.Element, tag: str, content: Cell) -> None:
    if not content:
        return
    element = ET.SubElement(parent, tag)
    if content.value:
        ET.SubElement(element, "value").text = content.value
    _marks(element, content.notes)


def _marks(parent: ET.Element, notes: Iterable[int]) -> None:
    for note in notes:
        ET.SubElement(parent, "footnoteId", {"id": f"F{note}"})


def _row(table: ET.Element, prefix: str, row: Row, form: str) -> None:
    derivative = row if isinstance(row, DerivativeRow) else None
    element = ET.SubElement(table, prefix + ("Transaction" if row.date else "Holding"))
    _valued(element, "securityTitle", row.title)
    if derivative:
        _valued(element, "conversionOrExercisePrice", derivative.conversion_price)
    _valued(element, "transactionDate", row.date)
    _valued(element, "deemedExecutionDate", row.deemed)
    _coding(element, row, form)
    if row.date:
        amounts = ET.SubElement(element, "transactionAmounts")
        _valued(amounts, "transactionShares", row.shares)
        if derivative:
            _valued(amounts, "transactionTotalValue", derivative.total_value)
        _valued(amounts, "transactionPricePerShare", row.price)
        _valued(amounts, "transactionAcquiredDisposedCode", row.acquired_disposed)
    if derivative:
        _valued(element, "exerciseDate", derivative.exercise)
        _valued(element, "expirationDate", derivative.expiration)
        underlying = ET.SubElement(element, "underlyingSecurity")
        _valued(underlying, "underlyingSecurityTitle", derivative.underlying)
        _valued(underlying, "underlyingSecurityShares", derivative.underlying_shares)
        _valued(underlying, "underlyingSecurityValue", derivative.underlying_value)
    if row.owned or row.owned_value:
        post = ET.SubElement(element, "postTransactionAmounts")
        _valued(post, "sharesOwnedFollowingTransaction", row.owned)
        _valued(post, "valueOwnedFollowingTransaction", row.owned_value)
    nature = ET.SubElement(element, "ownershipNature")
    _valued(nature, "directOrIndirectOwnership", row.direct_indirect or Cell("I" if row.nature else "D"))
    _valued(nature, "natureOfOwnership", row.nature)


def _coding(element: ET.Element, row: Row, form: str) -> None:
    if row.date:
        coding = ET.SubElement(element, "transactionCoding")
        _leaf(coding, "transactionFormType", row.form_type or form)
        _leaf(coding, "transactionCode", row.code)
        _leaf(coding, "equitySwapInvolved", _flag(row.swap))
        _marks(coding, row.code_notes)
    elif row.form_type:
        coding = ET.SubElement(element, "transactionCoding")
        _leaf(coding, "transactionFormType", row.form_type)
        _marks(coding, row.code_notes)
