"""Checks: every rule puts a value in doubt where a filing breaks it, and none where it is kept."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.checks import check, fields_of, rows_of
from extractor.filing import (
    Address,
    DerivativeRow,
    Field,
    Filing,
    Footnote,
    ReportingOwner,
    Signature,
)
from extractor.issues import Issue, Severity
from extractor.layout import HtmlLocation
from tests.filings import (
    ADDRESS,
    NONE,
    OPTION,
    OWNER,
    ROW,
    SIGNED,
    TUESDAY,
    WEDNESDAY,
    after,
    filing,
    form_3,
    found,
    grant,
    holding,
    notes,
    owner,
    sale,
)
from tests.made import field


def living_at(**changes: Field[object]) -> ReportingOwner:
    """An owner whose address differs in some of its parts."""
    return OWNER.model_copy(update={"address": Address.model_validate({**dict(ADDRESS), **changes})})


SOUND = {
    "form-4": filing(sale(), holding(), grant()),
    "form-4-joint": filing(owners=(OWNER, ReportingOwner(name=field("Roe John"), address=ADDRESS)), joint=field(True)),
    "form-3": form_3(
        holding(),
        grant(
            **{"kind": "holding"}
            | dict.fromkeys(
                (
                    "transaction_date",
                    "transaction_code",
                    "shares",
                    "acquired_disposed",
                    "price_per_share",
                    "shares_owned_following",
                ),
                NONE,
            )
        ),
    ),
    "form-3-none": form_3(no_securities_owned=field(True)),
    "form-5": filing(form="5"),
}


@pytest.mark.parametrize("given", SOUND.values(), ids=SOUND)
def test_a_sound_filing_breaks_nothing(given: Filing) -> None:
    assert found(given) == []


RULES: dict[str, tuple[Filing, list[tuple[str, str]]]] = {
    # E1
    "mark-without-note": (
        filing(sale(price_per_share=field(Decimal(5), "F1", "F2")), footnotes=notes(1)),
        [("mark-unresolved", f"{ROW}.price_per_share")],
    ),
    "note-without-mark": (
        filing(sale(shares=field(Decimal(100), "F1")), footnotes=notes(2)),
        [("footnote-uncited", "footnotes[1]")],
    ),
    # E2
    "mark-twice": (
        filing(sale(shares=field(Decimal(100), "F1", "F1")), footnotes=notes(1)),
        [("mark-repeated", f"{ROW}.shares")],
    ),
    # E3
    "direct-with-nature": (
        filing(sale(nature_of_ownership=field("By Trust"))),
        [("nature-mismatch", f"{ROW}.nature_of_ownership")],
    ),
    "direct-with-marked-nature": (
        filing(sale(nature_of_ownership=field(None, "F1")), footnotes=notes(1)),
        [("nature-mismatch", f"{ROW}.nature_of_ownership")],
    ),
    "indirect-without-nature": (
        filing(sale(direct_or_indirect=field("I"))),
        [("nature-mismatch", f"{ROW}.nature_of_ownership")],
    ),
    "indirect-with-a-mark-alone": (
        filing(sale(direct_or_indirect=field("I"), nature_of_ownership=field(None, "F1")), footnotes=notes(1)),
        [("nature-mismatch", f"{ROW}.nature_of_ownership")],
    ),
    # E4
    "no-relationship": (
        filing(owners=(owner(director=field(False), officer=field(False)),)),
        [("tick-missing", "owners[0].relationship")],
    ),
    "no-label-at-all": (filing(owners=(owner(),)), [("tick-missing", "owners[0].relationship")]),
    "further-owner-without-tick": (
        filing(owners=(OWNER, owner(director=field(False))), joint=field(True)),
        [("tick-missing", "owners[1].relationship")],
    ),
    "officer-without-title": (
        filing(owners=(owner(officer=field(True)),)),
        [("title-missing", "owners[0].relationship.officer_title")],
    ),
    "title-without-officer": (
        filing(owners=(owner(director=field(True), officer=field(False), officer_title=field("CFO")),)),
        [("title-missing", "owners[0].relationship.officer_title")],
    ),
    "other-without-text": (
        filing(owners=(owner(other=field(True)),)),
        [("title-missing", "owners[0].relationship.other_text")],
    ),
    # an address
    **{
        f"no-{name}": (filing(owners=(living_at(**{name: NONE}),)), [("address-incomplete", "owners[0].address")])
        for name in ("street1", "city", "state", "zip_code")
    },
    "no-address": (
        filing(owners=(OWNER.model_copy(update={"address": Address()}),)),
        [("address-incomplete", "owners[0].address")],
    ),
    # E5
    "no-owner": (filing(owners=()), [("owner-missing", "owners")]),
    "eleven-owners": (filing(owners=(OWNER,) * 11, joint=field(True)), [("owner-missing", "owners")]),
    "owner-without-name": (
        filing(owners=(ReportingOwner(address=ADDRESS, relationship=OWNER.relationship),)),
        [("owner-missing", "owners[0].name")],
    ),
    "no-signature": (filing(signatures=()), [("signature-missing", "signatures")]),
    "eleven-signatures": (filing(signatures=(SIGNED,) * 11), [("signature-missing", "signatures")]),
    "signature-without-date": (
        filing(signatures=(SIGNED, Signature(name=field("/s/ John")))),
        [("signature-missing", "signatures[1]")],
    ),
    "signature-without-name": (
        filing(signatures=(Signature(date=field(WEDNESDAY)),)),
        [("signature-missing", "signatures[0]")],
    ),
    # E6
    "31-rows": (filing(sale(), *[holding()] * 30), [("over-limit", "non_derivative")]),
    "31-derivatives": (filing(sale(), *[grant()] * 31), [("over-limit", "derivative")]),
    "100-notes": (
        filing(
            sale(
                shares=field(Decimal(100), *(f"F{number}" for number in range(1, 51))),
                price_per_share=field(Decimal(5), *(f"F{number}" for number in range(51, 101))),
            ),
            footnotes=notes(100),
        ),
        [("over-limit", "footnotes")],
    ),
    # E7
    "form-4-without-transaction": (filing(holding()), [("transaction-missing", "non_derivative")]),
    "form-5-without-transaction": (filing(holding(), form="5"), [("transaction-missing", "non_derivative")]),
    # E9
    "no-price": (filing(sale(price_per_share=NONE)), [("blank-unexplained", f"{ROW}.price_per_share")]),
    "no-conversion-price": (
        filing(grant(conversion_or_exercise_price=NONE)),
        [("blank-unexplained", f"{OPTION}.conversion_or_exercise_price")],
    ),
    "no-exercise-date": (filing(grant(exercise_date=NONE)), [("blank-unexplained", f"{OPTION}.exercise_date")]),
    "no-expiration-date": (filing(grant(expiration_date=NONE)), [("blank-unexplained", f"{OPTION}.expiration_date")]),
    "no-underlying-amount": (
        filing(grant(underlying_shares=NONE)),
        [("blank-unexplained", f"{OPTION}.underlying_shares")],
    ),
    # E10
    "letter-that-is-no-code": (
        filing(sale(transaction_code=field("B"))),
        [("code-unknown", f"{ROW}.transaction_code")],
    ),
    "code-of-no-xml": (filing(sale(transaction_code=field("V"))), [("code-unknown", f"{ROW}.transaction_code")]),
    # E11
    "no-title": (filing(sale(security_title=NONE)), [("row-incomplete", f"{ROW}.security_title")]),
    "no-letter": (filing(sale(acquired_disposed=NONE)), [("row-incomplete", f"{ROW}.acquired_disposed")]),
    "no-date": (filing(sale(transaction_date=NONE)), [("row-incomplete", f"{ROW}.transaction_date")]),
    "no-code": (filing(sale(transaction_code=NONE)), [("row-incomplete", f"{ROW}.transaction_code")]),
    "no-amount": (filing(sale(shares=NONE)), [("row-incomplete", f"{ROW}.shares")]),
    "nothing-after": (
        filing(sale(shares_owned_following=NONE)),
        [("row-incomplete", f"{ROW}.shares_owned_following")],
    ),
    "neither-direct-nor-indirect": (
        filing(sale(direct_or_indirect=NONE)),
        [("row-incomplete", f"{ROW}.direct_or_indirect")],
    ),
    "holding-without-amount": (
        filing(sale(), holding(shares_owned_following=NONE)),
        [("row-incomplete", "non_derivative[1].shares_owned_following")],
    ),
    "derivative-without-amount-after": (
        filing(sale(), grant(kind="holding", price_per_share=NONE, shares_owned_following=NONE)),
        [("row-incomplete", f"{OPTION}.shares_owned_following")],
    ),
    "no-underlying-title": (filing(grant(underlying_title=NONE)), [("row-incomplete", f"{OPTION}.underlying_title")]),
    # E12
    "form-3-with-transaction": (form_3(sale()), [("none-owned-mismatch", "non_derivative")]),
    "none-owned-with-rows": (
        form_3(holding(), no_securities_owned=field(True)),
        [("none-owned-mismatch", "no_securities_owned")],
    ),
    # E15
    "title-of-61": (filing(sale(security_title=field("x" * 61))), [("over-length", f"{ROW}.security_title")]),
    "underlying-of-61": (
        filing(grant(underlying_title=field("x" * 61))),
        [("over-length", f"{OPTION}.underlying_title")],
    ),
    "nature-of-101": (
        filing(sale(), holding(nature_of_ownership=field("x" * 101))),
        [("over-length", "non_derivative[1].nature_of_ownership")],
    ),
    "five-decimals": (
        filing(sale(price_per_share=field(Decimal("5.00001")))),
        [("over-length", f"{ROW}.price_per_share")],
    ),
    "officer-title-of-31": (
        filing(owners=(owner(officer=field(True), officer_title=field("x" * 31)),)),
        [("over-length", "owners[0].relationship.officer_title")],
    ),
    "other-text-of-31": (
        filing(owners=(owner(other=field(True), other_text=field("x" * 31)),)),
        [("over-length", "owners[0].relationship.other_text")],
    ),
    **{
        f"{name}-of-{length}": (
            filing(owners=(living_at(**{name: field("x" * length)}),)),
            [("over-length", f"owners[0].address.{name}")],
        )
        for name, length in (("street1", 41), ("street2", 41), ("city", 31), ("zip_code", 11))
    },
    "note-of-1001": (
        filing(sale(shares=field(Decimal(100), "F1")), footnotes=(Footnote(id="F1", text="x" * 1001),)),
        [("over-length", "footnotes[0]")],
    ),
    "remarks-of-2001": (filing(remarks=field("x" * 2001)), [("over-length", "remarks")]),
}


@pytest.mark.parametrize(("given", "expected"), RULES.values(), ids=RULES)
def test_a_broken_rule_puts_its_value_in_doubt(given: Filing, expected: list[tuple[str, str]]) -> None:
    assert found(given) == expected
    assert {issue.severity for issue in check(given)} == {Severity.DOUBT}


def test_a_holding_with_a_price_is_in_doubt() -> None:
    given = filing(sale(), holding(price_per_share=field(Decimal(5))))
    assert found(given) == [("row-incomplete", "non_derivative[1].price_per_share")]


def test_a_form_3_without_rows_that_does_not_say_so_is_in_doubt() -> None:
    assert found(form_3()) == [("none-owned-mismatch", "no_securities_owned")]


KEPT: dict[str, Filing] = {
    "E1-mark-with-note": filing(sale(price_per_share=field(Decimal(5), "F1")), footnotes=notes(1)),
    "E2-mark-in-two-cells": filing(
        sale(shares=field(Decimal(100), "F1"), price_per_share=field(Decimal(5), "F1")), footnotes=notes(1)
    ),
    "E3-indirect-with-nature": filing(sale(), holding(nature_of_ownership=field("See footnote"))),
    "E4-officer-with-title": filing(owners=(owner(officer=field(True), officer_title=field("CFO")),)),
    "E4-further-owner-without-labels": filing(owners=(OWNER, owner()), joint=field(True)),
    "E5-ten": filing(owners=(OWNER,) * 10, signatures=(SIGNED,) * 10, joint=field(True)),
    "E6-30-rows": filing(sale(), *[holding()] * 29, *[grant()] * 30),
    "E6-99-notes": filing(
        sale(
            shares=field(Decimal(100), *(f"F{number}" for number in range(1, 51))),
            price_per_share=field(Decimal(5), *(f"F{number}" for number in range(51, 100))),
        ),
        footnotes=notes(99),
    ),
    "E7-no-longer-subject": filing(holding(), not_subject_to_section16=field(True)),
    "E7-derivative-transaction": filing(holding(), grant()),
    "E8-value-instead-of-shares": filing(
        sale(shares_owned_following=NONE, value_owned_following=field(Decimal(5))),
        grant(shares=NONE, total_value=field(Decimal(5)), underlying_shares=NONE, underlying_value=field(Decimal(5))),
    ),
    "E9-blank-with-mark": filing(
        sale(price_per_share=field(None, "F1")), grant(exercise_date=field(None, "F1")), footnotes=notes(1)
    ),
    "E9-holding-without-price": filing(sale(), holding(price_per_share=NONE)),
    "E10-every-code": filing(*[sale(transaction_code=field(letter)) for letter in "ACDEFGHIJLMOPSUWXZ"]),
    "E12-form-3-with-holdings": form_3(holding()),
    "address-abroad-without-postal-code": filing(owners=(living_at(state=field("K3"), zip_code=NONE),)),
    "address-on-the-second-street": filing(owners=(living_at(street1=NONE, street2=field("PO BOX 1")),)),
    "E15-address-at-the-limits": filing(
        owners=(living_at(street1=field("x" * 40), city=field("x" * 30), zip_code=field("x" * 10)),)
    ),
    "E15-at-the-limits": filing(
        sale(security_title=field("x" * 60), price_per_share=field(Decimal("5.1234"), "F1")),
        holding(nature_of_ownership=field("x" * 100)),
        footnotes=(Footnote(id="F1", text="x" * 1000),),
        remarks=field("x" * 2000),
    ),
}


@pytest.mark.parametrize("given", KEPT.values(), ids=KEPT)
def test_a_kept_rule_raises_no_doubt(given: Filing) -> None:
    assert [issue.code for issue in check(given) if issue.severity is Severity.DOUBT] == []


def test_a_swap_of_columns_in_a_row_breaks_several_rules() -> None:
    shifted = sale(direct_or_indirect=NONE, nature_of_ownership=field("D"), price_per_share=NONE)
    assert found(filing(shifted)) == [
        ("row-incomplete", f"{ROW}.direct_or_indirect"),
        ("blank-unexplained", f"{ROW}.price_per_share"),
    ]


def test_rules_come_before_conventions() -> None:
    given = filing(sale(transaction_date=field(TUESDAY), price_per_share=NONE))
    assert [issue.severity for issue in check(given)] == [Severity.DOUBT, Severity.NOTE]


def test_an_issue_stands_at_the_places_of_its_field() -> None:
    place = HtmlLocation("/td[1]")
    code: Field[str] = Field(value="B", printed="B", at=(place,))
    (issue,) = check(filing(sale(transaction_code=code)))
    assert issue.at == (place,)
    assert issue.message == "'B' is no code"


def test_the_message_says_what_is_wrong() -> None:
    def message(given: Filing) -> str:
        (issue,) = check(given)
        assert isinstance(issue, Issue)
        return issue.message

    assert message(filing(after(900), after(750))) == "750, by the row before 800"
    assert message(filing(owners=())) == "0 reporting persons"
    assert message(filing(sale(security_title=field("x" * 61)))) == "61 of 60 characters"


def test_rows_of_both_tables_come_with_their_paths() -> None:
    given = filing(sale(), holding(), grant())
    assert [path for path, _ in rows_of(given)] == ["non_derivative[0]", "non_derivative[1]", "derivative[0]"]


def test_fields_of_a_row_are_all_but_its_kind() -> None:
    names = [name for name, _ in fields_of(grant())]
    assert "kind" not in names
    assert set(names) == DerivativeRow.model_fields.keys() - {"kind"}
