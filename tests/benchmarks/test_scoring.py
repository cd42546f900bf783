"""Tests of the rule of "exact"."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from benchmarks.scoring import Marks, compare_marks, facts, score

FILED = b"""<ownershipDocument>
  <schemaVersion>X0306</schemaVersion>
  <documentType>4</documentType>
  <periodOfReport>2021-12-01-05:00</periodOfReport>
  <issuer><issuerCik>0001107843</issuerCik><issuerName>ROOT  INC</issuerName></issuer>
  <reportingOwner>
    <reportingOwnerId><rptOwnerName>Doe Jane</rptOwnerName></reportingOwnerId>
    <reportingOwnerAddress><rptOwnerStreet1>1 NORTH- SOUTH ST</rptOwnerStreet1></reportingOwnerAddress>
    <reportingOwnerRelationship><isDirector>true</isDirector><isOfficer>0</isOfficer></reportingOwnerRelationship>
  </reportingOwner>
  <nonDerivativeTable>
    <nonDerivativeTransaction>
      <securityTitle><value>Common Stock</value></securityTitle>
      <transactionCoding>
        <transactionFormType>4</transactionFormType><transactionCode>S</transactionCode><footnoteId id="F1"/>
      </transactionCoding>
      <transactionAmounts>
        <transactionShares><value>1000</value></transactionShares>
        <transactionPricePerShare>
          <value>12.50</value><footnoteId id="F2"/><footnoteId id="F3"/>
        </transactionPricePerShare>
      </transactionAmounts>
    </nonDerivativeTransaction>
  </nonDerivativeTable>
  <footnotes><footnote id="F1">A note.</footnote></footnotes>
  <ownerSignature><signatureName>/s/ Doe</signatureName><signatureDate>2021-12-03</signatureDate></ownerSignature>
</ownershipDocument>"""


def wrong(read: bytes) -> list[str]:
    return [each.path for each in score(FILED, read).wrong]


def test_filing_equals_itself() -> None:
    result = score(FILED, FILED)
    assert result.exact
    assert result.right == result.total > 0


@pytest.mark.parametrize(
    ("filed", "same"),
    [
        (b"<schemaVersion>X0306</schemaVersion>", b""),
        (b"<documentType>4</documentType>", b"<documentType>4/A</documentType>"),
        (b"2021-12-01-05:00", b"2021-12-01"),
        (b"<issuerCik>0001107843</issuerCik>", b""),
        (b"ROOT  INC", b"ROOT\nINC"),
        (b"1 NORTH- SOUTH ST", b"1 NORTH-SOUTH ST"),
        (b"<isDirector>true<", b"<isDirector>1<"),
        (b"<isOfficer>0</isOfficer>", b""),
        (b"<value>1000<", b"<value>1,000.00<"),
        (b"<value>12.50<", b"<value>12.5<"),
        (b"<transactionFormType>4</transactionFormType>", b""),
    ],
)
def test_difference_that_no_page_shows_is_none(filed: bytes, same: bytes) -> None:
    assert filed in FILED
    assert wrong(FILED.replace(filed, same)) == []


@pytest.mark.parametrize(
    ("filed", "other", "paths"),
    [
        (b"<documentType>4<", b"<documentType>5<", ["form", "nonDerivative[0].offForm"]),
        (b"2021-12-01-05:00", b"2021-12-02", ["periodOfReport"]),
        (b"ROOT  INC", b"ROOTINC", ["issuerName"]),
        (b"Doe Jane", b"Doe  Jan", ["owner0.name"]),
        (b"1 NORTH- SOUTH ST", b"1 NORTH -SOUTH ST", ["owner0.Street1"]),
        (b"<isOfficer>0<", b"<isOfficer>1<", ["owner0.isOfficer"]),
        (b"<value>1000<", b"<value>100<", ["nonDerivative[0].transactionAmounts/transactionShares"]),
        (
            b'<footnoteId id="F2"/><footnoteId id="F3"/>',
            b'<footnoteId id="F3"/><footnoteId id="F2"/>',
            ["nonDerivative[0].transactionAmounts/transactionPricePerShare"],
        ),
        (b'<footnoteId id="F1"/>', b"", ["nonDerivative[0].codingNotes"]),
        (b"<transactionFormType>4<", b"<transactionFormType>5<", ["nonDerivative[0].offForm"]),
        (b"A note.", b"A  not", ["footnote.F1"]),
        (b"2021-12-03", b"2021-12-13", ["signature0.date"]),
    ],
)
def test_difference_that_a_page_shows_is_found(filed: bytes, other: bytes, paths: list[str]) -> None:
    assert filed in FILED
    assert wrong(FILED.replace(filed, other)) == paths


def test_missing_row_is_wrong_in_its_count_and_in_each_of_its_cells() -> None:
    start, end = FILED.index(b"    <nonDerivativeTransaction>"), FILED.index(b"  </nonDerivativeTable>")
    paths = wrong(FILED[:start] + FILED[end:])
    assert paths[:2] == ["nonDerivative.rows", "nonDerivative[0].kind"]
    assert len(paths) == 7


@pytest.mark.parametrize("read", [b"", b"no XML", b"\xff\x00"])
def test_unreadable_xml_is_wrong_everywhere(read: bytes) -> None:
    result = score(FILED, read)
    assert result.right == 0
    assert result.total == score(FILED, FILED).total


def test_marks_count_by_cell_and_number() -> None:
    moved = FILED.replace(b'<footnoteId id="F3"/>', b"").replace(
        b"<value>1000</value>", b'<value>1000</value><footnoteId id="F3"/><footnoteId id="F4"/>'
    )
    assert compare_marks(facts(FILED), facts(moved)) == Marks(true=3, read=4, shared=2)


# --- agreement with the scorer that lies beside the corpus


def truths(corpus: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(corpus.glob("**/*.xml"))]


@pytest.fixture(scope="session")
def theirs(corpus: Path) -> Callable[[bytes, bytes], Any]:
    file = corpus.parent / "score.py"
    if not file.is_file():
        pytest.skip(f"no {file}")
    spec = importlib.util.spec_from_file_location("scorer_beside_the_corpus", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    scorer: Callable[[bytes, bytes], Any] = module.score
    return scorer


def agree(theirs: Callable[[bytes, bytes], Any], truth: bytes, read: bytes) -> None:
    right, total, differing = theirs(truth, read)
    ours = score(truth, read)
    assert (ours.right, ours.total) == (right, total)
    assert [tuple(each) for each in ours.wrong] == [tuple(each) for each in differing]


def test_agrees_with_the_scorer_beside_the_corpus_on_filed_xml(
    corpus: Path, theirs: Callable[[bytes, bytes], Any]
) -> None:
    filed = truths(corpus)
    for truth, other in zip(filed, [*filed[1:], filed[0]], strict=True):
        agree(theirs, truth, truth)
        agree(theirs, truth, other)


def test_agrees_with_the_scorer_beside_the_corpus_on_perturbed_xml(
    corpus: Path, theirs: Callable[[bytes, bytes], Any]
) -> None:
    for seed, truth in enumerate(truths(corpus)):
        for read in perturbed(truth, random.Random(seed)):
            agree(theirs, truth, read)


def perturbed(xml: bytes, chance: random.Random) -> Iterator[bytes]:
    """The XML with one thing otherwise: every way of going wrong once, at places that chance chooses."""
    for change in (lose, double, retype, respace, swap):
        root = etree.fromstring(xml)
        change(root, chance)
        yield etree.tostring(root)
    yield xml[: chance.randrange(len(xml))]


def anywhere(root: etree._Element, chance: random.Random) -> etree._Element:
    return chance.choice([element for element in root.iter(etree.Element) if element is not root])


def lose(root: etree._Element, chance: random.Random) -> None:
    element = anywhere(root, chance)
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def double(root: etree._Element, chance: random.Random) -> None:
    element = anywhere(root, chance)
    element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))


def retype(root: etree._Element, chance: random.Random) -> None:
    anywhere(root, chance).text = chance.choice(
        ["0", "-0.0", "1,0", "NaN", "1E3", "2020-02-30", "true", "\u00a0x\u2013 y"]
    )


def respace(root: etree._Element, chance: random.Random) -> None:
    element = anywhere(root, chance)
    element.text = "  " + (element.text or "").replace(" ", " \n ").replace("-", "- ") + "\t"


def swap(root: etree._Element, chance: random.Random) -> None:
    element = anywhere(root, chance)
    following = element.getnext()
    if following is not None:
        following.addnext(element)
