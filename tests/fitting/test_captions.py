"""Captions: squeezed once, the longest wording first, with bracketed hints behind them and clipped ends."""

from __future__ import annotations

import pytest

from extractor.fitting.captions import CLIPPED_LEAST, captions_of, is_caption, skip_hints
from extractor.templates import template

HINTS = ("(instr.3)", "(month/day/year)")
OWNED = "5.amountofsecuritiesbeneficiallyownedfollowingreportedtransaction(s)"


def test_captions_are_squeezed() -> None:
    captions = captions_of(template("form4-x03", "sec-stylesheet"))
    assert captions.labels["officer"] == ("officer(givetitlebelow)",)
    assert captions.parts["last"] == ("(last)",)
    assert "(month/day/year)" in captions.hints


def test_the_longest_wording_comes_first() -> None:
    items = captions_of(template("form4-x03", "sec-stylesheet")).items
    assert items["period_of_report"] == (
        "3.dateofearliesttransactionrequiredtobereported",
        "3.dateofearliesttransaction",
    )


def test_wordings_that_squeeze_to_the_same_are_one() -> None:
    assert captions_of(template("form4-x03", "sec-stylesheet")).items["owner"] == ("1.nameandaddressofreportingperson",)


def test_columns_keep_the_order_of_the_form() -> None:
    table = captions_of(template("form3-x02", "sec-stylesheet")).tables["table_1"]
    assert [name for name, _ in table.columns] == [
        "security_title",
        "owned_following",
        "direct_or_indirect",
        "nature_of_ownership",
    ]


def test_the_wordings_of_the_printing_are_among_a_column_s() -> None:
    sec = captions_of(template("form4-x03", "sec-stylesheet")).tables["table_1"]
    online = captions_of(template("form4-x03", "edgar-online")).tables["table_1"]
    assert dict(sec.columns)["transaction_date"] == ("2.transactiondate",)
    assert dict(online.columns)["transaction_date"] == ("2.transactiondate", "2.trans.date")
    assert "3.trans.code" in online.groups


def test_only_a_printing_with_an_owners_table_has_its_heads() -> None:
    assert captions_of(template("form4-x03", "sec-stylesheet")).owners_table == {}
    assert captions_of(template("form4-x03", "edgar-online")).owners_table["name"] == ("reportingownername/address",)


def test_a_template_is_compiled_once() -> None:
    sec = template("form5-x03", "sec-stylesheet")
    assert captions_of(sec) is captions_of(sec)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2.transactiondate", True),
        ("2.transactiondate(month/day/year)", True),
        ("2.transactiondate(month/day/year)(instr.3)", True),
        ("2.transactiondate06/29/2021", False),
        ("2.transactiondate(month/day/year)x", False),
        ("transactiondate", False),
        ("12.transactiondate", False),
        ("", False),
    ],
)
def test_a_caption_stands_alone_or_with_hints_behind_it(text: str, answer: bool) -> None:
    assert is_caption(text, ("2.transactiondate",), HINTS) is answer


def test_a_clipped_head_counts_while_two_thirds_of_it_show() -> None:
    shown = -(-len(OWNED) * 2 // 3)
    assert is_caption(OWNED[:shown], (OWNED,), HINTS)
    assert not is_caption(OWNED[: shown - 1], (OWNED,), HINTS)


def test_a_short_text_is_no_clipped_head() -> None:
    assert not is_caption("1.titleofsecurity", ("1.titleofsecurityheld",), HINTS)
    assert len("1.titleofsecurity") < CLIPPED_LEAST


def test_hints_behind_a_caption_are_skipped() -> None:
    text = "2.date(month/day/year)(instr.3)06/29/2021"
    assert text[skip_hints(text, len("2.date"), HINTS) :] == "06/29/2021"


def test_without_hints_nothing_is_skipped() -> None:
    assert skip_hints("2.date06/29/2021", len("2.date"), HINTS) == len("2.date")
