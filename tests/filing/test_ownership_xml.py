"""Ownership XML, written and read: order, marks, what is left out, old eras, damaged and foreign input."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from extractor.errors import DamagedSource, NotAnOwnershipForm
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
    Signature,
)
from extractor.filing.ownership_xml import coding_marks, from_xml, to_xml, validate

SHARED = Path(__file__).resolve().parents[3] / "shared"
FILED = sorted((SHARED / "corpus" / "filings").glob("*/ownership.xml"))

needs_corpus = pytest.mark.skipif(not FILED, reason="the corpus is not beside the repository")


def lines(filing: Filing) -> list[str]:
    """The XML, one stripped line each, without declaration and root."""
    return [line.strip() for line in to_xml(filing).decode().splitlines()][2:-1]


def a_filing() -> Filing:
    sale = NonDerivativeRow(
        kind="transaction",
        security_title=Field(value="Common Stock", footnotes=("F1",)),
        transaction_date=Field(value=date(2024, 8, 26)),
        form_type=Field(value="4"),
        transaction_code=Field(value="S", footnotes=("F2", "F1")),
        equity_swap=Field(value=False),
        shares=Field(value=Decimal("1000")),
        price_per_share=Field(footnotes=("F3",)),
        acquired_disposed=Field(value="D"),
        shares_owned_following=Field(value=Decimal("5.00")),
        direct_or_indirect=Field(value="D"),
    )
    option = DerivativeRow(
        kind="holding",
        security_title=Field(value="Option"),
        conversion_or_exercise_price=Field(value=Decimal("437.200")),
        exercise_date=Field(footnotes=("F3",)),
        underlying_title=Field(value="Common Stock"),
        underlying_value=Field(value=Decimal("7")),
        value_owned_following=Field(value=Decimal("8")),
    )
    return Filing(
        form="4",
        amendment=True,
        period_of_report=Field(value=date(2024, 8, 26)),
        date_of_original_submission=Field(value=date(2024, 8, 28)),
        issuer=Issuer(name=Field(value="A & B"), trading_symbol=Field(value="AB")),
        owners=(
            ReportingOwner(
                name=Field(value="Doe Jane"),
                address=Address(
                    non_us=Field(value=True),
                    street1=Field(value="1 ROAD"),
                    non_us_state=Field(value="TAIWAN"),
                    country=Field(value="F5"),
                    zip_code=Field(value="300"),
                ),
                relationship=Relationship(director=Field(value=True), officer=Field(value=False)),
            ),
            ReportingOwner(name=Field(value="Doe John")),
        ),
        aff10b5_one=Field(value=False),
        non_derivative=(sale,),
        derivative=(option,),
        footnotes=(Footnote(id="F1", text="one"), Footnote(id="F2", text="two"), Footnote(id="F3", text="three")),
        remarks=Field(value="none"),
        signatures=(Signature(name=Field(value="/s/ Jane"), date=Field(value=date(2024, 8, 29))),),
    )


def test_elements_stand_in_the_schema_s_order() -> None:
    assert lines(a_filing()) == [
        "<documentType>4/A</documentType>",
        "<periodOfReport>2024-08-26</periodOfReport>",
        "<dateOfOriginalSubmission>2024-08-28</dateOfOriginalSubmission>",
        "<issuer>",
        "<issuerName>A &amp; B</issuerName>",
        "<issuerTradingSymbol>AB</issuerTradingSymbol>",
        "</issuer>",
        "<reportingOwner>",
        "<reportingOwnerId>",
        "<rptOwnerName>Doe Jane</rptOwnerName>",
        "</reportingOwnerId>",
        "<reportingOwnerAddress>",
        "<rptOwnerNonUSAddressFlag>1</rptOwnerNonUSAddressFlag>",
        "<rptOwnerStreet1>1 ROAD</rptOwnerStreet1>",
        "<rptOwnerNonUSStateTerritory>TAIWAN</rptOwnerNonUSStateTerritory>",
        "<rptOwnerCountry>F5</rptOwnerCountry>",
        "<rptOwnerZipCode>300</rptOwnerZipCode>",
        "</reportingOwnerAddress>",
        "<reportingOwnerRelationship>",
        "<isDirector>1</isDirector>",
        "<isOfficer>0</isOfficer>",
        "</reportingOwnerRelationship>",
        "</reportingOwner>",
        "<reportingOwner>",
        "<reportingOwnerId>",
        "<rptOwnerName>Doe John</rptOwnerName>",
        "</reportingOwnerId>",
        "</reportingOwner>",
        "<aff10b5One>0</aff10b5One>",
        "<nonDerivativeTable>",
        "<nonDerivativeTransaction>",
        "<securityTitle>",
        "<value>Common Stock</value>",
        '<footnoteId id="F1"/>',
        "</securityTitle>",
        "<transactionDate>",
        "<value>2024-08-26</value>",
        "</transactionDate>",
        "<transactionCoding>",
        "<transactionFormType>4</transactionFormType>",
        "<transactionCode>S</transactionCode>",
        "<equitySwapInvolved>0</equitySwapInvolved>",
        '<footnoteId id="F2"/>',
        '<footnoteId id="F1"/>',
        "</transactionCoding>",
        "<transactionAmounts>",
        "<transactionShares>",
        "<value>1000</value>",
        "</transactionShares>",
        "<transactionPricePerShare>",
        '<footnoteId id="F3"/>',
        "</transactionPricePerShare>",
        "<transactionAcquiredDisposedCode>",
        "<value>D</value>",
        "</transactionAcquiredDisposedCode>",
        "</transactionAmounts>",
        "<postTransactionAmounts>",
        "<sharesOwnedFollowingTransaction>",
        "<value>5.00</value>",
        "</sharesOwnedFollowingTransaction>",
        "</postTransactionAmounts>",
        "<ownershipNature>",
        "<directOrIndirectOwnership>",
        "<value>D</value>",
        "</directOrIndirectOwnership>",
        "</ownershipNature>",
        "</nonDerivativeTransaction>",
        "</nonDerivativeTable>",
        "<derivativeTable>",
        "<derivativeHolding>",
        "<securityTitle>",
        "<value>Option</value>",
        "</securityTitle>",
        "<conversionOrExercisePrice>",
        "<value>437.200</value>",
        "</conversionOrExercisePrice>",
        "<exerciseDate>",
        '<footnoteId id="F3"/>',
        "</exerciseDate>",
        "<underlyingSecurity>",
        "<underlyingSecurityTitle>",
        "<value>Common Stock</value>",
        "</underlyingSecurityTitle>",
        "<underlyingSecurityValue>",
        "<value>7</value>",
        "</underlyingSecurityValue>",
        "</underlyingSecurity>",
        "<postTransactionAmounts>",
        "<valueOwnedFollowingTransaction>",
        "<value>8</value>",
        "</valueOwnedFollowingTransaction>",
        "</postTransactionAmounts>",
        "</derivativeHolding>",
        "</derivativeTable>",
        "<footnotes>",
        '<footnote id="F1">one</footnote>',
        '<footnote id="F2">two</footnote>',
        '<footnote id="F3">three</footnote>',
        "</footnotes>",
        "<remarks>none</remarks>",
        "<ownerSignature>",
        "<signatureName>/s/ Jane</signatureName>",
        "<signatureDate>2024-08-29</signatureDate>",
        "</ownerSignature>",
    ]
    assert validate(to_xml(a_filing())) == []


def test_what_the_page_does_not_show_is_left_out() -> None:
    assert lines(Filing(form="3")) == ["<documentType>3</documentType>"]


def test_an_unreadable_value_is_left_out() -> None:
    row = NonDerivativeRow(kind="holding", shares_owned_following=Field(printed="1O0"))
    filing = Filing(form="3", period_of_report=Field(printed="soon"), non_derivative=(row,))
    assert lines(filing) == [
        "<documentType>3</documentType>",
        "<nonDerivativeTable>",
        "<nonDerivativeHolding/>",
        "</nonDerivativeTable>",
    ]


def holding(**fields: Field[object]) -> list[str]:
    row = NonDerivativeRow(kind="holding", **fields)
    return lines(Filing(form="5", non_derivative=(row,)))[2:-1]


def test_a_holding_has_a_coding_only_if_its_code_column_holds_something() -> None:
    assert holding(equity_swap=Field(value=False)) == ["<nonDerivativeHolding/>"]
    assert holding(form_type=Field(value="3")) == [
        "<nonDerivativeHolding>",
        "<transactionCoding>",
        "<transactionFormType>3</transactionFormType>",
        "</transactionCoding>",
        "</nonDerivativeHolding>",
    ]
    assert holding(transaction_code=Field(footnotes=("F1",))) == [
        "<nonDerivativeHolding>",
        "<transactionCoding>",
        '<footnoteId id="F1"/>',
        "</transactionCoding>",
        "</nonDerivativeHolding>",
    ]


def test_marks_of_the_code_column_come_once_and_the_code_s_own_first() -> None:
    row = NonDerivativeRow(
        kind="transaction",
        transaction_code=Field(value="S", footnotes=("F2",)),
        form_type=Field(value="5", footnotes=("F1", "F2")),
    )
    assert coding_marks(row) == ("F2", "F1")


def test_numbers_are_plain_and_text_is_clean() -> None:
    row = NonDerivativeRow(
        kind="holding",
        security_title=Field(value="a\x00b\x1b<c>\ud800"),
        shares_owned_following=Field(value=Decimal("1E+3")),
        value_owned_following=Field(value=Decimal("0E-4")),
    )
    xml = to_xml(Filing(form="3", non_derivative=(row,)))
    assert b"<value>ab&lt;c&gt;</value>" in xml
    assert b"<value>1000</value>" in xml
    assert b"<value>0.0000</value>" in xml


def wrap(body: str, kind: str = "4") -> bytes:
    return f"<ownershipDocument><documentType>{kind}</documentType>{body}</ownershipDocument>".encode()


def test_the_four_spellings_of_a_flag() -> None:
    body = "<isDirector>1</isDirector><isOfficer>0</isOfficer>"
    body += "<isTenPercentOwner>true</isTenPercentOwner><isOther>False</isOther>"
    filing = from_xml(
        wrap(f"<reportingOwner><reportingOwnerRelationship>{body}</reportingOwnerRelationship></reportingOwner>")
    )
    role = filing.owners[0].relationship
    assert (role.director.value, role.officer.value, role.ten_percent_owner.value, role.other.value) == (
        True,
        False,
        True,
        False,
    )


def test_a_missing_flag_stays_unknown() -> None:
    filing = from_xml(wrap(""))
    assert filing.aff10b5_one == Field()
    assert filing.joint == Field()


def test_empty_containers_hold_nothing() -> None:
    filing = from_xml(
        wrap(
            "<nonDerivativeTable><nonDerivativeTransaction><deemedExecutionDate/><transactionShares/>"
            "<transactionAmounts><transactionPricePerShare><value/></transactionPricePerShare></transactionAmounts>"
            "</nonDerivativeTransaction></nonDerivativeTable><derivativeTable/><footnotes/><remarks/>"
        )
    )
    assert filing.non_derivative == (NonDerivativeRow(kind="transaction"),)
    assert (filing.derivative, filing.footnotes, filing.remarks) == ((), (), Field())


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2026-07-20-05:00", date(2026, 7, 20)),
        ("2026-07-20Z", date(2026, 7, 20)),
        (" 2026-07-20 ", date(2026, 7, 20)),
        ("2026-02-30", None),
        ("07/20/2026", None),
    ],
)
def test_dates(printed: str, value: date | None) -> None:
    period = from_xml(wrap(f"<periodOfReport>{printed}</periodOfReport>")).period_of_report
    assert (period.value, period.printed) == (value, printed.strip())


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("369.010", "369.010"),
        ("1,000.5", "1000.5"),
        (".5", "0.5"),
        ("-3", "-3"),
        ("1e5", None),
        ("NaN", None),
        ("1 for 1", None),
    ],
)
def test_numbers(printed: str, value: str | None) -> None:
    price = f"<conversionOrExercisePrice><value>{printed}</value></conversionOrExercisePrice>"
    filing = from_xml(wrap(f"<derivativeTable><derivativeHolding>{price}</derivativeHolding></derivativeTable>"))
    field = filing.derivative[0].conversion_or_exercise_price
    assert (None if field.value is None else str(field.value), field.printed) == (value, printed)


def test_rows_of_the_first_schema_stand_at_the_root() -> None:
    filing = from_xml(
        wrap(
            "<nonDerivativeSecurity><transactionDate><value>2003-06-09</value></transactionDate>"
            "<transactionAmounts><transactionValue><value>3.8</value></transactionValue></transactionAmounts>"
            "</nonDerivativeSecurity>"
            "<nonDerivativeSecurity><securityTitle><value>Stock</value></securityTitle></nonDerivativeSecurity>"
            "<derivativeSecurity><securityTitle><value>Option</value></securityTitle></derivativeSecurity>"
        )
    )
    first, second = filing.non_derivative
    assert (first.kind, first.price_per_share.value) == ("transaction", Decimal("3.8"))
    assert (second.kind, second.security_title.value) == ("holding", "Stock")
    assert (filing.derivative[0].kind, filing.derivative[0].security_title.value) == ("holding", "Option")


def test_kinds_may_alternate_and_keep_their_order() -> None:
    table = "<nonDerivativeHolding/><nonDerivativeTransaction/><nonDerivativeHolding/>"
    filing = from_xml(wrap(f"<nonDerivativeTable>{table}</nonDerivativeTable>"))
    assert [row.kind for row in filing.non_derivative] == ["holding", "transaction", "holding"]


def test_a_footnote_is_taken_whole() -> None:
    filing = from_xml(wrap('<footnotes><footnote id="F1">a <b>b</b><!-- no --> c</footnote></footnotes>'))
    assert filing.footnotes == (Footnote(id="F1", text="a b c"),)


@pytest.mark.parametrize("data", [b"", b"no XML", b"<ownershipDocument>", b"\xff\xfe\x00", b"%PDF-1.7"])
def test_damaged(data: bytes) -> None:
    with pytest.raises(DamagedSource, match="not well-formed"):
        from_xml(data)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY e "&l;&l;&l;">]>',
        '<!DOCTYPE a SYSTEM "http://localhost/never.dtd">',
    ],
)
def test_entities_are_refused(declaration: str) -> None:
    with pytest.raises(DamagedSource, match="entities"):
        from_xml(
            f"{declaration}<ownershipDocument><documentType>4</documentType><remarks>&e;</remarks></ownershipDocument>".encode()
        )


@pytest.mark.parametrize("data", [b"<html/>", b"<ownershipDocument/>", wrap("", kind="8-K"), wrap("", kind="45")])
def test_another_kind_of_xml(data: bytes) -> None:
    with pytest.raises(NotAnOwnershipForm) as caught:
        from_xml(data, "a.xml")
    assert caught.value.source == "a.xml"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda xml: xml.replace(b"<value>S</value>", b"").replace(b">S<", b">Q<"), "transactionCode"),
        (lambda xml: xml.replace(b"437.200", b"437.20001"), "fraction"),
        (lambda xml: xml.replace(b'"F1"', b'"F01"'), "F01"),
        (
            lambda xml: xml.replace(b"<remarks>none</remarks>", b"").replace(b"<issuer>", b"<remarks/><issuer>"),
            "issuer",
        ),
        (lambda xml: xml.replace(b"Option", b"O" * 61), "61"),
    ],
)
def test_the_schema_complains(change: Callable[[bytes], bytes], complaint: str) -> None:
    found = validate(change(to_xml(a_filing())))
    assert found
    assert complaint in " ".join(found)


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    if spec is None or spec.loader is None or not (SHARED / "score.py").exists():
        pytest.skip("score.py is not beside the repository")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_corpus
@pytest.mark.parametrize("path", FILED, ids=lambda path: path.parent.name)
def test_a_filed_xml_comes_out_as_it_went_in(path: Path, score: ModuleType) -> None:
    filed = path.read_bytes()
    written = to_xml(from_xml(filed, path.name))
    right, total, wrong = score.score(filed, written, ciks=True)
    assert wrong == []
    assert right == total > 0
    assert validate(written) == []
    assert validate(filed) == []
