"""Genuine ASCII filings, read completely: what is expected was written down from the text by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from tests.samples.shown import Shown, differences, flat

COMMON: dict[str, Shown] = {
    "form": "4",
    "amendment": False,
    "not_subject_to_section16": False,
    "issuer.name": "The Peoples Holding Company",
    "issuer.trading_symbol": "PHC",
    "owners[0].irs_number": "###-##-####",
    "owners[0].address.city": "Tupelo",
    "owners[0].address.state": "MS",
    "owners[0].address.zip_code": "38802",
    "owners[0].relationship.director": True,
    "owners[0].relationship.officer": False,
    "owners[0].relationship.ten_percent_owner": False,
    "owners[0].relationship.other": False,
    "joint": False,
}
EXPECTED: dict[str, dict[str, Shown]] = {
    "rnst-2003-legacy.txt": COMMON
    | {
        "period_of_report": "2002-12-31",
        "owners[0].name": "Beasley, William M.",
        "owners[0].address.street1": "P. O. Box 1220",
        "derivative[0].kind": "transaction",
        "derivative[0].security_title": "Phantom Stock",
        "derivative[0].transaction_date": "2002-12-31",
        "derivative[0].transaction_code": "A",
        "derivative[0].form_type": "5",
        "derivative[0].shares": "12.27",
        "derivative[0].acquired_disposed": "A",
        "derivative[0].exercise_date.footnotes": ["F1"],
        "derivative[0].expiration_date.footnotes": ["F1"],
        "derivative[0].underlying_title": "Common Stock",
        "derivative[0].underlying_shares": "12.27",
        "derivative[0].price_per_share": "40.75",
        "derivative[0].price_per_share.footnotes": ["F2"],
        "derivative[0].shares_owned_following": "175.28",
        "derivative[0].direct_or_indirect": "D",
        "footnotes.F1": "The stock units are to be settled 100% in common stock upon the reporting person's normal "
        "retirement or upon approved request for hardship reasons.",
        "footnotes.F2": "The phantom stock units were accrued under the PHC deferred compensation plan.",
        "signatures[0].name": "/s/ William M. Beasley",
        "signatures[0].date": "2003-01-02",
    },
    "rnst-2003-pipe.txt": COMMON
    | {
        "period_of_report": "2003-01-03",
        "owners[0].name": "Leake, Robert C",
        "owners[0].address.street1": "P. O. Box 619",
        "non_derivative[0].kind": "transaction",
        "non_derivative[0].security_title": "Common Stock",
        "non_derivative[0].transaction_date": "2003-01-03",
        "non_derivative[0].transaction_code": "G",
        "non_derivative[0].form_type": "5",
        "non_derivative[0].shares": "200",
        "non_derivative[0].acquired_disposed": "A",
        "non_derivative[0].shares_owned_following": "17557",
        "non_derivative[0].direct_or_indirect": "D",
        "non_derivative[1].kind": "holding",
        "non_derivative[1].security_title": "Common Stock",
        "non_derivative[1].shares_owned_following": "5772",
        "non_derivative[1].direct_or_indirect": "I",
        "non_derivative[1].nature_of_ownership": "Spouse",
        "signatures[0].name": "/s/ Robert C. Leake",
        "signatures[0].date": "2003-01-06",
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_genuine_text_is_read_completely(name: str, corpus: Path) -> None:
    result = extract(corpus / "genuine" / "text" / name)
    assert differences(EXPECTED[name], flat(result.filing)) == {}
    assert not result.needs_review, result.issues
    assert result.source["template"] == "form4-p02/ascii"


def test_a_ratio_is_kept_as_printed_and_noted(corpus: Path) -> None:
    result = extract(corpus / "genuine" / "text" / "rnst-2003-legacy.txt")
    price = result.filing.derivative[0].conversion_or_exercise_price
    assert (price.value, price.printed) == (None, "1 for 1")
    assert [(issue.code.value, issue.path) for issue in result.issues] == [
        ("ratio-for-price", "derivative[0].conversion_or_exercise_price")
    ]


def test_every_genuine_text_has_an_expectation(corpus: Path) -> None:
    assert {path.name for path in (corpus / "genuine" / "text").iterdir()} == set(EXPECTED)
