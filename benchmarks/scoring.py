"""Two ownership XMLs come in, the filed one and the one read from a page; what differs between them goes out.

The rule of "exact": everything that a rendering shows must be equal. No page shows the schema version, timeliness, the
"/A" of the document type (the date of the original is compared instead) or the relationships of owners after the first,
and CIKs stand in link targets at best; none of these is compared. An unticked flag equals one that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

# What one fact holds: a text, number, day or flag in canonical spelling; a cell adds its marks; a count is a number.
Cell = tuple[str, tuple[str, ...]]
Fact = str | bool | int | Cell | tuple[str, ...]
Facts = Mapping[str, Fact]


class Wrong(NamedTuple):
    """A fact that differs: its path, and what each side has there (None where it has nothing at all)."""

    path: str
    truth: Fact | None
    read: Fact | None


class Score(NamedTuple):
    """How many facts are right of how many that either side holds, and those that are wrong."""

    right: int
    total: int
    wrong: tuple[Wrong, ...]

    @property
    def exact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


class Marks(NamedTuple):
    """Marks counted as pairs of a cell's path and a footnote's number."""

    true: int
    read: int
    shared: int


# A line break after a dash or slash cannot be told from a space there.
_SPACE_AFTER_DASH = re.compile("([-\u2010-\u2015/]) +")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def as_text(raw: str) -> str:
    """White space folded, and dropped after a dash or slash."""
    return _SPACE_AFTER_DASH.sub(r"\1", " ".join(raw.split()))


def as_number(raw: str) -> str:
    """One spelling for equal numbers; what is none stays a text."""
    text = as_text(raw)
    try:
        return str(Decimal(text.replace(",", "")).normalize()) if text else ""
    except InvalidOperation:
        return text


def as_day(raw: str) -> str:
    """The day alone: filed dates may carry a time zone."""
    text = as_text(raw)
    found = _DAY.match(text)
    return found[0] if found else text


def as_flag(raw: str) -> bool:
    """Whether the box is ticked; empty and unknown count as unticked."""
    return raw.strip().lower() in ("1", "true")


_Spelling = Callable[[str], str]

_HEAD_DAYS = ("periodOfReport", "dateOfOriginalSubmission")
_HEAD_FLAGS = (
    "notSubjectToSection16",
    "aff10b5One",
    "noSecuritiesOwned",
    "form3HoldingsReported",
    "form4TransactionsReported",
)
_ADDRESS = ("Street1", "Street2", "City", "State", "ZipCode")
_RELATIONSHIP_FLAGS = ("isDirector", "isOfficer", "isTenPercentOwner", "isOther")
_RELATIONSHIP_TEXTS = ("officerTitle", "otherText")
_TABLES = (("nonDerivativeTable", "nonDerivative"), ("derivativeTable", "derivative"))
_CELLS: Mapping[str, _Spelling] = {
    "securityTitle": as_text,
    "conversionOrExercisePrice": as_number,
    "transactionDate": as_day,
    "deemedExecutionDate": as_day,
    "transactionCoding/transactionCode": as_text,
    "transactionAmounts/transactionShares": as_number,
    "transactionAmounts/transactionTotalValue": as_number,
    "transactionAmounts/transactionPricePerShare": as_number,
    "transactionAmounts/transactionAcquiredDisposedCode": as_text,
    "exerciseDate": as_day,
    "expirationDate": as_day,
    "underlyingSecurity/underlyingSecurityTitle": as_text,
    "underlyingSecurity/underlyingSecurityShares": as_number,
    "underlyingSecurity/underlyingSecurityValue": as_number,
    "postTransactionAmounts/sharesOwnedFollowingTransaction": as_number,
    "postTransactionAmounts/valueOwnedFollowingTransaction": as_number,
    "ownershipNature/directOrIndirectOwnership": as_text,
    "ownershipNature/natureOfOwnership": as_text,
}
_CODING_MARKS = "codingNotes"


def facts(xml: bytes) -> Facts:
    """Everything comparable in ownership XML, by path. ValueError where there is no XML at all."""
    root = parse(xml)
    return dict(_walk(root))


def parse(xml: bytes) -> etree._Element:
    """The root of ownership XML, repaired where it must be. ValueError where nothing can be made of it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root: etree._Element | None = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("no XML") from error
    if root is None:
        raise ValueError("no XML")
    return root


def text_at(element: etree._Element, path: str) -> str:
    """What stands at `path`, itself or in its `<value>`; empty for a container and for what is missing."""
    found = element.find(path)
    if found is None:
        return ""
    value = found.find("value")
    if value is not None:
        return (value.text or "").strip()
    return "" if len(found) else (found.text or "").strip()


def score(truth: bytes, read: bytes) -> Score:
    """Compares the XML that was read (any bytes; unreadable ones are wrong everywhere) with the filed one.

    ValueError where the filed one is no XML.
    """
    expected = facts(truth)
    try:
        found = facts(read)
    except ValueError:
        found = {}
    return compare_facts(expected, found)


def compare_facts(expected: Facts, found: Facts) -> Score:
    """The score of facts already taken from their XMLs; what is blank on both sides does not count."""
    counted = [path for path in {**expected, **found} if not (_blank(expected.get(path)) and _blank(found.get(path)))]
    wrong = tuple(
        Wrong(path, expected.get(path), found.get(path)) for path in counted if expected.get(path) != found.get(path)
    )
    return Score(len(counted) - len(wrong), len(counted), wrong)


def compare_marks(expected: Facts, found: Facts) -> Marks:
    """How many marks each side has, and how many stand in the same cell on both."""
    true, read = set(_marks(expected)), set(_marks(found))
    return Marks(len(true), len(read), len(true & read))


def _marks(given: Facts) -> Iterator[tuple[str, str]]:
    for path, fact in given.items():
        if not isinstance(fact, tuple):
            continue
        marks: Iterable[object] = fact if path.endswith(_CODING_MARKS) else fact[1]
        for mark in marks:
            yield path, str(mark)


def _blank(fact: Fact | None) -> bool:
    return not fact or fact == ("", ())


def _walk(root: etree._Element) -> Iterator[tuple[str, Fact]]:
    form = text_at(root, "documentType")[:1]
    yield "form", form
    for name in _HEAD_DAYS:
        yield name, as_day(text_at(root, name))
    for name in _HEAD_FLAGS:
        yield name, as_flag(text_at(root, name))
    for name in ("issuerName", "issuerTradingSymbol"):
        yield name, as_text(text_at(root, f"issuer/{name}"))
    yield from _owners(root)
    for table, prefix in _TABLES:
        yield from _table(root.find(table), prefix, form)
    notes = root.findall("footnotes/footnote")
    yield "footnotes", len(notes)
    for note in notes:
        yield f"footnote.{note.get('id')}", as_text("".join(str(piece) for piece in note.itertext()))
    yield "remarks", as_text(text_at(root, "remarks"))
    signatures = root.findall("ownerSignature")
    yield "signatures", len(signatures)
    for index, signature in enumerate(signatures):
        yield f"signature{index}.name", as_text(text_at(signature, "signatureName"))
        yield f"signature{index}.date", as_day(text_at(signature, "signatureDate"))


def _owners(root: etree._Element) -> Iterator[tuple[str, Fact]]:
    owners = root.findall("reportingOwner")
    yield "owners", len(owners)
    for index, owner in enumerate(owners):
        yield f"owner{index}.name", as_text(text_at(owner, "reportingOwnerId/rptOwnerName"))
        for name in _ADDRESS:
            yield f"owner{index}.{name}", as_text(text_at(owner, f"reportingOwnerAddress/rptOwner{name}"))
        if index == 0:
            yield from _relationship(owner)


def _relationship(owner: etree._Element) -> Iterator[tuple[str, Fact]]:
    for name in _RELATIONSHIP_FLAGS:
        yield f"owner0.{name}", as_flag(text_at(owner, f"reportingOwnerRelationship/{name}"))
    for name in _RELATIONSHIP_TEXTS:
        yield f"owner0.{name}", as_text(text_at(owner, f"reportingOwnerRelationship/{name}"))


def _table(table: etree._Element | None, prefix: str, form: str) -> Iterator[tuple[str, Fact]]:
    children = () if table is None else tuple(table)
    rows = [row for row in children if isinstance(row.tag, str) and row.tag.startswith(prefix)]
    yield f"{prefix}.rows", len(rows)
    for index, row in enumerate(rows):
        at = f"{prefix}[{index}]"
        yield f"{at}.kind", "transaction" if str(row.tag).endswith("Transaction") else "holding"
        for path, spelling in _CELLS.items():
            yield f"{at}.{path}", (spelling(text_at(row, path)), _marks_at(row, path))
        other_form = text_at(row, "transactionCoding/transactionFormType")
        # Every transaction's XML names its form; the page says so only where it is another one.
        yield f"{at}.offForm", "" if other_form == form else other_form
        yield f"{at}.equitySwap", as_flag(text_at(row, "transactionCoding/equitySwapInvolved"))
        yield f"{at}.{_CODING_MARKS}", _marks_at(row, "transactionCoding")


def _marks_at(row: etree._Element, path: str) -> tuple[str, ...]:
    found = row.find(path)
    return () if found is None else tuple(mark.get("id", "")[1:] for mark in found.findall("footnoteId"))
