"""Ownership XML in, out what its page shows as a flat `{path: value}`; an independent reading by the standard library.

Paths are the names of the package's filing models. The rules:

- numbers are strings without trailing zeros (`"115.0584"`, `"0"`), dates ISO strings, ticks true or false, texts with
  white space folded; marks are a list of ids under `<path>.footnotes`, in printed order; note texts under
  `footnotes.F<n>`;
- an empty value is left out. A tick is there whenever the page has its label, an unticked one as false; what no page
  labels (equity swap, no securities owned) is there only when true;
- relationships of owners after the first are only in the EDGAR Online printing, CIKs only in the links of the SEC's;
- `amendment` is told by the date of the original filing, `joint` by the number of owners;
- `form_type` of a transaction is the form itself, or `5` and `4` where the page prints V or a digit; a holding has one
  only where the page prints a digit. Schema version, timeliness and state descriptions are on no page;
- `address.non_us`, `non_us_state` and `country` exist from X06 on, `non_us` and `country` only in the SEC's printing
  and on its paper form; an address in the United States has no `country`.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

Shown = str | bool | list[str]
SEC, ONLINE, PAPER = "sec", "online", "paper"

COMMON = {
    "security_title": ("text", "securityTitle"),
    "transaction_date": ("day", "transactionDate"),
    "deemed_execution_date": ("day", "deemedExecutionDate"),
    "shares": ("number", "transactionAmounts/transactionShares"),
    "price_per_share": ("number", "transactionAmounts/transactionPricePerShare"),
    "acquired_disposed": ("text", "transactionAmounts/transactionAcquiredDisposedCode"),
    "shares_owned_following": ("number", "postTransactionAmounts/sharesOwnedFollowingTransaction"),
    "value_owned_following": ("number", "postTransactionAmounts/valueOwnedFollowingTransaction"),
    "direct_or_indirect": ("text", "ownershipNature/directOrIndirectOwnership"),
    "nature_of_ownership": ("text", "ownershipNature/natureOfOwnership"),
}
DERIVATIVE = COMMON | {
    "conversion_or_exercise_price": ("number", "conversionOrExercisePrice"),
    "total_value": ("number", "transactionAmounts/transactionTotalValue"),
    "exercise_date": ("day", "exerciseDate"),
    "expiration_date": ("day", "expirationDate"),
    "underlying_title": ("text", "underlyingSecurity/underlyingSecurityTitle"),
    "underlying_shares": ("number", "underlyingSecurity/underlyingSecurityShares"),
    "underlying_value": ("number", "underlyingSecurity/underlyingSecurityValue"),
}
ADDRESS = {
    "street1": "rptOwnerStreet1",
    "street2": "rptOwnerStreet2",
    "city": "rptOwnerCity",
    "state": "rptOwnerState",
    "non_us_state": "rptOwnerNonUSStateTerritory",
    "country": "rptOwnerCountry",
    "zip_code": "rptOwnerZipCode",
}
RELATIONSHIP = {
    "director": "isDirector",
    "officer": "isOfficer",
    "ten_percent_owner": "isTenPercentOwner",
    "other": "isOther",
}


def derive(xml: bytes, printing: str) -> dict[str, Shown]:
    """What the page of this filing shows in the `sec`, the `online` or the `paper` printing."""
    root = ET.fromstring(xml)
    pairs = [
        *_header(root, printing),
        *_owners(root, printing),
        *_rows(root, "non_derivative", "nonDerivativeTable", COMMON),
        *_rows(root, "derivative", "derivativeTable", DERIVATIVE),
        *((f"footnotes.{note.get('id')}", _fold("".join(note.itertext()))) for note in root.iter("footnote")),
        ("remarks", _text(root, "remarks")),
        *_signatures(root),
    ]
    return {path: value for path, value in pairs if value not in ("", [])}


def to_json(shown: dict[str, Shown]) -> str:
    """One path a line, in reading order."""
    return json.dumps(shown, indent=1, ensure_ascii=False) + "\n"


def _fold(text: str) -> str:
    return " ".join(text.split())


def _text(element: ET.Element, path: str) -> str:
    return _fold(element.findtext(path) or "")


def _tick(element: ET.Element, path: str) -> bool:
    return _text(element, path) in ("1", "true")


def _number(text: str) -> str:
    if not text:
        return ""
    plain = format(Decimal(text), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _day(text: str) -> str:
    return date.fromisoformat(text[:10]).isoformat() if text else ""


def _header(root: ET.Element, printing: str) -> Iterator[tuple[str, Shown]]:
    form = _text(root, "documentType")[0]
    era = int(_text(root, "schemaVersion")[1:3])
    original = _day(_text(root, "dateOfOriginalSubmission"))
    yield "form", form
    yield "amendment", bool(original)
    yield "period_of_report", _day(_text(root, "periodOfReport"))
    yield "date_of_original_submission", original
    if form == "3" and _tick(root, "noSecuritiesOwned"):
        yield "no_securities_owned", True
    if form != "3":
        yield "not_subject_to_section16", _tick(root, "notSubjectToSection16")
    if form == "5":
        yield "form3_holdings_reported", _tick(root, "form3HoldingsReported")
        yield "form4_transactions_reported", _tick(root, "form4TransactionsReported")
    if form != "3" and era >= 4:
        yield "aff10b5_one", _tick(root, "aff10b5One")
    yield "joint", len(root.findall("reportingOwner")) > 1
    if printing == SEC:
        yield "issuer.cik", _text(root, "issuer/issuerCik")
    yield "issuer.name", _text(root, "issuer/issuerName")
    yield "issuer.trading_symbol", _text(root, "issuer/issuerTradingSymbol")
    if printing != ONLINE and era >= 6:
        yield "issuer.foreign_trading_symbol", _text(root, "issuer/issuerForeignTradingSymbol")


def _owners(root: ET.Element, printing: str) -> Iterator[tuple[str, Shown]]:
    has_country = printing != ONLINE and int(_text(root, "schemaVersion")[1:3]) >= 6
    for number, owner in enumerate(root.findall("reportingOwner")):
        path = f"owners[{number}]."
        if printing == SEC:
            yield path + "cik", _text(owner, "reportingOwnerId/rptOwnerCik")
        yield path + "name", _text(owner, "reportingOwnerId/rptOwnerName")
        for name, tag in ADDRESS.items():
            if name == "country" and not has_country:
                continue
            yield f"{path}address.{name}", _text(owner, "reportingOwnerAddress/" + tag)
        if has_country:
            yield path + "address.non_us", _tick(owner, "reportingOwnerAddress/rptOwnerNonUSAddressFlag")
        if number and printing != ONLINE:
            continue
        base = "reportingOwnerRelationship/"
        for name, tag in RELATIONSHIP.items():
            yield f"{path}relationship.{name}", _tick(owner, base + tag)
        yield path + "relationship.officer_title", _text(owner, base + "officerTitle")
        yield path + "relationship.other_text", _text(owner, base + "otherText")


def _rows(root: ET.Element, name: str, table: str, cells: dict[str, tuple[str, str]]) -> Iterator[tuple[str, Shown]]:
    rows = root.find(table)
    for number, row in enumerate(() if rows is None else rows):
        path = f"{name}[{number}]."
        yield path + "kind", "transaction" if row.tag.endswith("Transaction") else "holding"
        yield from _coding(row, path)
        for cell, (kind, tag) in cells.items():
            text = _text(row, tag + "/value")
            yield path + cell, _number(text) if kind == "number" else _day(text) if kind == "day" else text
            yield f"{path}{cell}.footnotes", [note.get("id", "") for note in row.findall(tag + "/footnoteId")]


def _coding(row: ET.Element, path: str) -> Iterator[tuple[str, Shown]]:
    coding = "transactionCoding/"
    yield path + "form_type", _text(row, coding + "transactionFormType")
    yield path + "transaction_code", _text(row, coding + "transactionCode")
    yield path + "transaction_code.footnotes", [note.get("id", "") for note in row.findall(coding + "footnoteId")]
    if _tick(row, coding + "equitySwapInvolved"):
        yield path + "equity_swap", True


def _signatures(root: ET.Element) -> Iterator[tuple[str, Shown]]:
    for number, signature in enumerate(root.findall("ownerSignature")):
        yield f"signatures[{number}].name", _text(signature, "signatureName")
        yield f"signatures[{number}].date", _day(_text(signature, "signatureDate"))
