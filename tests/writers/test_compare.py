"""Comparison: what is a difference and what is none, and that it agrees with the rule that readings are scored by."""

from __future__ import annotations

import importlib.util
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

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
from extractor.filing.ownership_xml import from_xml, to_xml
from extractor.writers.compare import Difference, compare
from tests.writers.made import FILING

SHARED = Path(__file__).resolve().parents[3] / "shared"
FILED = sorted((SHARED / "corpus" / "filings").glob("*/ownership.xml"))


def row(**fields: Field[object]) -> Filing:
    return Filing(form="4", non_derivative=(NonDerivativeRow(kind="transaction", **fields),))


def owned(*owners: ReportingOwner) -> Filing:
    return Filing(form="4", owners=owners)


def test_a_filing_equals_what_its_xml_says() -> None:
    assert compare(FILING, from_xml(to_xml(FILING))) == []


SAME = [
    (row(security_title=Field(value="Class  A\nStock")), row(security_title=Field(value="Class A Stock"))),
    (row(security_title=Field(value="non- voting and/ or")), row(security_title=Field(value="non-voting and/or"))),
    (row(shares=Field(value=Decimal("1000"))), row(shares=Field(value=Decimal("1000.00")))),
    (row(equity_swap=Field(value=False)), row()),
    (row(form_type=Field(value="4")), row()),
    (row(shares=Field(value=Decimal(1), printed="1")), row(shares=Field(value=Decimal(1), printed="1.0"))),
    (
        row(form_type=Field(footnotes=("F1",)), transaction_code=Field(value="S")),
        row(transaction_code=Field(value="S", footnotes=("F1",))),
    ),
    (Filing(form="4", joint=Field(value=True)), Filing(form="4", joint=Field(value=False))),
    (Filing(form="4", amendment=True), Filing(form="4", schema_version="X0609")),
    (Filing(form="4"), Filing(form="4", aff10b5_one=Field(value=False))),
    (
        Filing(form="4", issuer=Issuer(cik=Field(value="320193"))),
        Filing(form="4", issuer=Issuer(cik=Field(value="0000320193"))),
    ),
    (Filing(form="4"), Filing(form="4", issuer=Issuer(cik=Field(value="0000320193")))),
    (owned(ReportingOwner(cik=Field(value="1"))), owned(ReportingOwner())),
    (
        owned(ReportingOwner()),
        owned(ReportingOwner(address=Address(non_us=Field(value=True), country=Field(value="F5")))),
    ),
    (
        owned(ReportingOwner(), ReportingOwner()),
        owned(ReportingOwner(), ReportingOwner(relationship=Relationship(director=Field(value=True)))),
    ),
]


@pytest.mark.parametrize(("read", "truth"), SAME, ids=range(len(SAME)))
def test_no_difference(read: Filing, truth: Filing) -> None:
    assert compare(read, truth) == []


DIFFERENT = [
    (Filing(form="4"), Filing(form="5"), Difference("form", "5", "4")),
    (
        Filing(form="4"),
        Filing(form="4", period_of_report=Field(value=date(2024, 1, 2))),
        Difference("period_of_report", "2024-01-02", ""),
    ),
    (
        Filing(form="4", aff10b5_one=Field(value=True)),
        Filing(form="4", aff10b5_one=Field(value=False)),
        Difference("aff10b5_one", "", "yes"),
    ),
    (
        row(security_title=Field(value="Stock a")),
        row(security_title=Field(value="Stock A")),
        Difference("non_derivative[0].security_title", "Stock A", "Stock a"),
    ),
    (
        row(shares=Field(value=Decimal(0))),
        row(),
        Difference("non_derivative[0].shares", "", "0"),
    ),
    (
        row(shares=Field(value=Decimal(5), footnotes=("F1", "F2"))),
        row(shares=Field(value=Decimal(5), footnotes=("F2", "F1"))),
        Difference("non_derivative[0].shares", "5 (F2)(F1)", "5 (F1)(F2)"),
    ),
    (
        row(form_type=Field(value="4")),
        row(form_type=Field(value="5")),
        Difference("non_derivative[0].form_type", "5", ""),
    ),
    (
        row(shares=Field(printed="abc")),
        row(shares=Field(printed="abc")),
        Difference("non_derivative[0].shares", "abc", ""),
    ),
    (
        Filing(form="4", non_derivative=(NonDerivativeRow(kind="holding"),)),
        row(),
        Difference("non_derivative[0].kind", "transaction", "holding"),
    ),
    (
        Filing(form="4"),
        Filing(form="4", derivative=(DerivativeRow(kind="holding"),)),
        Difference("derivative", "1", "0"),
    ),
    (
        Filing(form="4", issuer=Issuer(cik=Field(value="12"))),
        Filing(form="4", issuer=Issuer(cik=Field(value="13"))),
        Difference("issuer.cik", "13", "12"),
    ),
    (
        owned(ReportingOwner()),
        owned(ReportingOwner(relationship=Relationship(director=Field(value=True)))),
        Difference("owners[0].relationship.director", "yes", ""),
    ),
    (
        owned(ReportingOwner(), ReportingOwner(relationship=Relationship(director=Field(value=False)))),
        owned(ReportingOwner(), ReportingOwner(relationship=Relationship(director=Field(value=True)))),
        Difference("owners[1].relationship.director", "yes", ""),
    ),
    (
        Filing(form="4", footnotes=(Footnote(id="F1", text="a"),)),
        Filing(form="4", footnotes=(Footnote(id="F1", text="b"),)),
        Difference("footnotes[F1]", "b", "a"),
    ),
    (
        Filing(form="4", signatures=(Signature(name=Field(value="/s/ A")),)),
        Filing(form="4", signatures=(Signature(name=Field(value="/s/ B")),)),
        Difference("signatures[0].name", "/s/ B", "/s/ A"),
    ),
]


@pytest.mark.parametrize(("read", "truth", "difference"), DIFFERENT, ids=[each[2].path for each in DIFFERENT])
def test_a_difference(read: Filing, truth: Filing, difference: Difference) -> None:
    assert compare(read, truth) == [difference]


def spoilt(truth: Filing) -> list[Filing]:
    """The filing with one field at a time emptied, in the first row of each table, the first owner and the head."""
    made = [
        truth.model_copy(update={name: type(truth).model_fields[name].default})
        for name in type(truth).model_fields
        if name not in ("form", "amendment", "schema_version", "joint")
    ]
    for table in ("non_derivative", "derivative"):
        rows: tuple[Row, ...] = getattr(truth, table)
        for first in rows[:1]:
            for name in set(type(first).model_fields) - {"kind"}:
                less = first.model_copy(update={name: type(first).model_fields[name].default})
                made.append(truth.model_copy(update={table: (less, *rows[1:])}))
    for name in ReportingOwner.model_fields:
        less_owner = truth.owners[0].model_copy(update={name: ReportingOwner.model_fields[name].default})
        made.append(truth.model_copy(update={"owners": (less_owner, *truth.owners[1:])}))
    return made


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    if spec is None or spec.loader is None or not (SHARED / "score.py").exists():
        pytest.skip("score.py is not beside the repository")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not FILED, reason="the corpus is not beside the repository")
@pytest.mark.parametrize("path", FILED[::7], ids=lambda path: path.parent.name)
def test_it_finds_a_difference_where_the_measure_does(path: Path, score: ModuleType) -> None:
    filed = path.read_bytes()
    truth = from_xml(filed)
    assert compare(truth, truth) == []
    for read in spoilt(truth):
        wrong = score.score(filed, to_xml(read))[2]
        assert bool(compare(read, truth)) == bool(wrong)
