"""A Filing comes in and the SEC's ownership XML goes out, or the other way round, by one mapping for both.

The mapping lists, in the order the SEC's schema asks for, which element holds which field. Writing leaves out what the
page does not show; reading takes what is there, from the first XML of 2003 to that of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from importlib.resources import files
from typing import NamedTuple

from lxml import etree

from extractor.errors import DamagedSource, NotAnOwnershipForm
from extractor.filing.field import Field, Frozen
from extractor.filing.filing import Filing
from extractor.filing.securities import DerivativeRow, NonDerivativeRow, Row

ROOT = "ownershipDocument"


class Kind(Enum):
    """What an element holds, and how that is written."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"


class Element(NamedTuple):
    """One line of the mapping: the element's path below its parent, and the field's path below its model.

    `wrapped` elements keep their text in a `<value>` child, with the marks after it. `aliases` are names that older
    schemas gave the same thing: read, never written.
    """

    path: str
    field: str
    kind: Kind = Kind.TEXT
    wrapped: bool = False
    aliases: tuple[str, ...] = ()


def _row(path: str, field: str, kind: Kind = Kind.TEXT, *aliases: str) -> Element:
    return Element(path, field, kind, wrapped=True, aliases=aliases)


HEAD = (
    Element("periodOfReport", "period_of_report", Kind.DATE),
    Element("dateOfOriginalSubmission", "date_of_original_submission", Kind.DATE),
    Element("noSecuritiesOwned", "no_securities_owned", Kind.FLAG),
    Element("notSubjectToSection16", "not_subject_to_section16", Kind.FLAG),
    Element("form3HoldingsReported", "form3_holdings_reported", Kind.FLAG),
    Element("form4TransactionsReported", "form4_transactions_reported", Kind.FLAG),
    Element("issuer/issuerCik", "issuer.cik"),
    Element("issuer/issuerName", "issuer.name"),
    Element("issuer/issuerTradingSymbol", "issuer.trading_symbol"),
    Element("issuer/issuerForeignTradingSymbol", "issuer.foreign_trading_symbol"),
)
OWNER = (
    Element("reportingOwnerId/rptOwnerCik", "cik"),
    Element("reportingOwnerId/rptOwnerName", "name"),
    Element("reportingOwnerAddress/rptOwnerNonUSAddressFlag", "address.non_us", Kind.FLAG),
    Element("reportingOwnerAddress/rptOwnerStreet1", "address.street1"),
    Element("reportingOwnerAddress/rptOwnerStreet2", "address.street2"),
    Element("reportingOwnerAddress/rptOwnerCity", "address.city"),
    Element("reportingOwnerAddress/rptOwnerState", "address.state"),
    Element("reportingOwnerAddress/rptOwnerNonUSStateTerritory", "address.non_us_state"),
    Element("reportingOwnerAddress/rptOwnerCountry", "address.country"),
    Element("reportingOwnerAddress/rptOwnerZipCode", "address.zip_code"),
    Element("reportingOwnerRelationship/isDirector", "relationship.director", Kind.FLAG),
    Element("reportingOwnerRelationship/isOfficer", "relationship.officer", Kind.FLAG),
    Element("reportingOwnerRelationship/isTenPercentOwner", "relationship.ten_percent_owner", Kind.FLAG),
    Element("reportingOwnerRelationship/isOther", "relationship.other", Kind.FLAG),
    Element("reportingOwnerRelationship/officerTitle", "relationship.officer_title"),
    Element("reportingOwnerRelationship/otherText", "relationship.other_text"),
)
AFTER_OWNERS = (Element("aff10b5One", "aff10b5_one", Kind.FLAG),)
# Table I asks for fewer of these than Table II, in the same order.
ROW = (
    _row("securityTitle", "security_title"),
    _row("conversionOrExercisePrice", "conversion_or_exercise_price", Kind.NUMBER),
    _row("transactionDate", "transaction_date", Kind.DATE),
    _row("deemedExecutionDate", "deemed_execution_date", Kind.DATE),
    Element("transactionCoding/transactionFormType", "form_type"),
    Element("transactionCoding/transactionCode", "transaction_code"),
    Element("transactionCoding/equitySwapInvolved", "equity_swap", Kind.FLAG),
    _row("transactionAmounts/transactionShares", "shares", Kind.NUMBER),
    _row("transactionAmounts/transactionTotalValue", "total_value", Kind.NUMBER),
    # X0101 (2003) has the price as `transactionValue`.
    _row(
        "transactionAmounts/transactionPricePerShare",
        "price_per_share",
        Kind.NUMBER,
        "transactionAmounts/transactionValue",
    ),
    _row("transactionAmounts/transactionAcquiredDisposedCode", "acquired_disposed"),
    _row("exerciseDate", "exercise_date", Kind.DATE),
    _row("expirationDate", "expiration_date", Kind.DATE),
    _row("underlyingSecurity/underlyingSecurityTitle", "underlying_title"),
    _row("underlyingSecurity/underlyingSecurityShares", "underlying_shares", Kind.NUMBER),
    _row("underlyingSecurity/underlyingSecurityValue", "underlying_value", Kind.NUMBER),
    _row("postTransactionAmounts/sharesOwnedFollowingTransaction", "shares_owned_following", Kind.NUMBER),
    _row("postTransactionAmounts/valueOwnedFollowingTransaction", "value_owned_following", Kind.NUMBER),
    _row("ownershipNature/directOrIndirectOwnership", "direct_or_indirect"),
    _row("ownershipNature/natureOfOwnership", "nature_of_ownership"),
)
AFTER_TABLES = (Element("remarks", "remarks"),)
SIGNATURE = (Element("signatureName", "name"), Element("signatureDate", "date", Kind.DATE))

CODING = "transactionCoding"
CODE = "transaction_code"

# XML 1.0 allows tab, line feed and carriage return of the controls, and no surrogates or non-characters.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A time zone suffix (`2026-07-20-05:00`) occurs in filed XML.
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_FLAGS = {"1": True, "true": True, "0": False, "false": False}


def to_xml(filing: Filing) -> bytes:
    """The filing as ownership XML: UTF-8 with declaration, elements in the SEC's order, two spaces of indent.

    A field without a value and without marks has no element; one with marks alone holds only its `footnoteId`s.
    """
    root = etree.Element(ROOT)
    if filing.schema_version:
        _child(root, "schemaVersion").text = _clean(filing.schema_version)
    _child(root, "documentType").text = filing.form + ("/A" if filing.amendment else "")
    _write(root, HEAD, filing)
    for owner in filing.owners:
        _write(_child(root, "reportingOwner"), OWNER, owner)
    _write(root, AFTER_OWNERS, filing)
    _write_table(root, "nonDerivative", filing.non_derivative)
    _write_table(root, "derivative", filing.derivative)
    if filing.footnotes:
        notes = _child(root, "footnotes")
        for note in filing.footnotes:
            element = _child(notes, "footnote")
            element.set("id", _clean(note.id))
            element.text = _clean(note.text)
    _write(root, AFTER_TABLES, filing)
    for signature in filing.signatures:
        _write(_child(root, "ownerSignature"), SIGNATURE, signature)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def from_xml(data: bytes, source: str = "") -> Filing:
    """The filing that ownership XML of any era holds; `source` names it in errors.

    A text that is no date, number or flag where one is due becomes a field without value that keeps it as `printed`.
    Footnote texts are taken whole, timeliness and state descriptions are not read, `joint` stays unknown.
    Raises DamagedSource (no well-formed XML, or entities in it) and NotAnOwnershipForm (some other XML).
    """
    root = _parse(data, source)
    kind = _text(root.find("documentType")).upper()
    if root.tag != ROOT or kind.removesuffix("/A") not in ("3", "4", "5"):
        raise NotAnOwnershipForm(f"the XML is no Form 3, 4 or 5 ({root.tag} {kind})", source=source)
    values: dict[str, object] = {
        "form": kind[0],
        "amendment": kind.endswith("/A"),
        "schema_version": _text(root.find("schemaVersion")) or None,
        **_read(root, (*HEAD, *AFTER_OWNERS, *AFTER_TABLES)),
        "owners": [_read(owner, OWNER) for owner in root.iterfind("reportingOwner")],
        "non_derivative": [_read_row(row, NonDerivativeRow) for row in _rows(root, "nonDerivative")],
        "derivative": [_read_row(row, DerivativeRow) for row in _rows(root, "derivative")],
        "footnotes": [
            {"id": note.get("id", ""), "text": _whole_text(note)} for note in root.iterfind("footnotes/footnote")
        ],
        "signatures": [_read(signature, SIGNATURE) for signature in root.iterfind("ownerSignature")],
    }
    return Filing.model_validate(values)


def validate(data: bytes) -> list[str]:
    """What the schema finds wrong with this XML, one line each; DamagedSource if it is not well-formed."""
    tree = _parse(data, "")
    schema = etree.XMLSchema(etree.fromstring(files("extractor.filing").joinpath("ownership.xsd").read_bytes()))
    if schema.validate(tree):
        return []
    log: Iterable[etree._LogEntry] = schema.error_log  # type: ignore[assignment]  # the stubs forget __iter__
    return [f"line {error.line}: {error.message}" for error in log]


def coding_marks(row: Row) -> tuple[str, ...]:
    """The marks of code, form type and swap, each once; the XML keeps them together, around the three."""
    fields = (row.transaction_code, row.form_type, row.equity_swap)
    return tuple(dict.fromkeys(mark for field in fields for mark in field.footnotes))


# --- writing


def _child(parent: etree._Element, tag: str) -> etree._Element:
    return etree.SubElement(parent, tag)


def _place(parent: etree._Element, path: str) -> etree._Element:
    """A new element at `path`, its containers made where the last one is of another name."""
    *containers, tag = path.split("/")
    for name in containers:
        last = parent[-1] if len(parent) else None
        parent = last if last is not None and last.tag == name else _child(parent, name)
    return _child(parent, tag)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _printable(value: object) -> str:
    """A field's value in the lexical form of the SEC's schema; empty where there is none."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case _:
            return _clean(str(value))


def _field(model: Frozen, path: str) -> Field[object]:
    """The field at a dotted path; an empty one where the model has no such field."""
    found: object = model
    for name in path.split("."):
        found = getattr(found, name, None)
    return found if isinstance(found, Field) else Field[object]()


def _write(parent: etree._Element, mapping: Iterable[Element], model: Frozen) -> None:
    for line in mapping:
        field = _field(model, line.field)
        text = _printable(field.value)
        marks = field.footnotes if line.wrapped else ()
        if not text and not marks:
            continue
        element = _place(parent, line.path)
        if text:
            (_child(element, "value") if line.wrapped else element).text = text
        _write_marks(element, marks)


def _write_marks(element: etree._Element, marks: Iterable[str]) -> None:
    for mark in marks:
        _child(element, "footnoteId").set("id", _clean(mark))


def _write_table(root: etree._Element, prefix: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    table = _child(root, f"{prefix}Table")
    for row in rows:
        element = _child(table, prefix + row.kind.capitalize())
        before, coding, after = _parts(row)
        _write(element, before, row)
        _write(element, coding, row)
        if marks := coding_marks(row):
            container = element.find(CODING)
            _write_marks(container if container is not None else _child(element, CODING), marks)
        _write(element, after, row)


def _parts(row: Row) -> tuple[list[Element], list[Element], list[Element]]:
    """The mapping's lines before the coding, of the coding and after it.

    A holding has a coding only where something stands in its code column: an unticked swap alone makes none.
    """
    at = [line.path.startswith(CODING) for line in ROW]
    first, end = at.index(True), len(at) - at[::-1].index(True)
    bare = row.kind == "holding" and not (row.form_type or row.transaction_code or row.equity_swap.value)
    return list(ROW[:first]), [] if bare else list(ROW[first:end]), list(ROW[end:])


# --- reading


def _parse(data: bytes, source: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedSource("the XML is not well-formed", source=source) from error
    # An entity is never expanded, so it would leave a hole in the text; no filed XML has any.
    if next(root.iter(etree.Entity), None) is not None:
        raise DamagedSource("the XML uses entities, which no filed XML does", source=source)
    return root


def _whole_text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext()).strip()


def _text(element: etree._Element | None) -> str:
    """What stands in the element or in its `<value>`; a container has no text of its own."""
    if element is None:
        return ""
    value = element.find("value")
    if value is not None:
        return _whole_text(value)
    return "" if len(element) else (element.text or "").strip()


def _marks(element: etree._Element | None) -> list[str]:
    if element is None:
        return []
    ids = (note.get("id", "").strip() for note in element.iterfind("footnoteId"))
    return [mark for mark in ids if mark]


def _value(kind: Kind, text: str) -> object:
    """The value of a non-empty text, None where it is not of its kind."""
    match kind:
        case Kind.FLAG:
            return _FLAGS.get(text.lower())
        case Kind.NUMBER:
            plain = text.replace(",", "")
            return Decimal(plain) if _NUMBER.fullmatch(plain) else None
        case Kind.DATE:
            return _day(text)
        case Kind.TEXT:
            return text


def _day(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:  # 2021-02-30
        return None


def _first(parent: etree._Element, line: Element) -> etree._Element | None:
    for path in (line.path, *line.aliases):
        element = parent.find(path)
        if element is not None:
            return element
    return None


def _read(parent: etree._Element, mapping: Iterable[Element]) -> dict[str, object]:
    """Field contents by name, nested as the models are; elements that are missing or empty are left out."""
    read: dict[str, object] = {}
    for line in mapping:
        element = _first(parent, line)
        text, marks = _text(element), _marks(element) if line.wrapped else []
        if text or marks:
            value = _value(line.kind, text) if text else None
            _nest(read, line.field.split("."), {"value": value, "printed": text, "footnotes": marks})
    return read


def _nest(into: dict[str, object], path: Sequence[str], content: Mapping[str, object]) -> None:
    *outer, name = path
    for step in outer:
        deeper = into.setdefault(step, {})
        assert isinstance(deeper, dict)
        into = deeper
    into[name] = content


def _rows(root: etree._Element, prefix: str) -> Iterator[etree._Element]:
    """The rows of a table in document order; X0101 has them at the root as `…Security`."""
    names = (f"{prefix}Transaction", f"{prefix}Holding", f"{prefix}Security")
    for parent in (root, *root.iterfind(f"{prefix}Table")):
        yield from (child for child in parent if child.tag in names)


def _read_row(row: etree._Element, model: type[Row]) -> dict[str, object]:
    known = [line for line in ROW if line.field in model.model_fields]
    read = _read(row, known)
    if str(row.tag).endswith("Security"):
        read["kind"] = "transaction" if "transaction_date" in read else "holding"
    else:
        read["kind"] = "holding" if str(row.tag).endswith("Holding") else "transaction"
    marks = _marks(row.find(CODING))
    if marks:
        code = read.setdefault(CODE, {})
        assert isinstance(code, dict)
        code["footnotes"] = marks
    return read
