"""Deciding in a review: accepting, editing, saving, and what `extractor apply` makes of the saved file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor import extract
from extractor.review.corrections import apply, read_corrections
from tests.browser.conftest import SAMPLES, Open
from tests.browser.desk import PRICE, boxes, focused
from tests.pages import IN_DOUBT

SAMPLE = "qualys-2021-sec/filing.pdf"


def saved(page: Any, folder: Path) -> Path:
    """The file that saving downloads."""
    with page.expect_download() as waiting:
        page.click("#save")
    assert waiting.value.suggested_filename == "corrections.json"
    path = folder / "corrections.json"
    waiting.value.save_as(path)
    return path


def test_corrections_go_from_the_page_to_the_filing(open_review: Open, tmp_path: Path) -> None:
    page = open_review(IN_DOUBT)
    page.fill("#who", "R. Viewer")
    page.keyboard.press("Tab")
    page.click("#next-doubt")
    assert focused(page) == PRICE[1:]
    page.keyboard.press("e")
    assert page.inner_text("#editor-printed") == "$173.14.7"
    page.fill("#editor-value", "$173.147")
    page.keyboard.press("Enter")
    assert focused(page) == PRICE[1:]
    assert page.inner_text(f"{PRICE} ins") == "173.147 (1)"
    assert "settled" in page.get_attribute("#issue-0", "class")
    page.focus("#at-remarks")
    page.keyboard.press("a")
    assert page.inner_text("#count") == "2"

    reading = extract(IN_DOUBT)
    assert reading.needs_review
    done = apply(read_corrections(saved(page, tmp_path)), reading)
    price = done.filing.non_derivative[0].price_per_share
    assert (price.value, price.printed, price.footnotes) == (Decimal("173.147"), "$173.14.7", ("F1",))
    assert not done.needs_review
    first, second = done.source["corrections"]
    assert (first["path"], first["decision"], first["who"]) == (
        "non_derivative[0].price_per_share",
        "corrected",
        "R. Viewer",
    )
    assert (second["path"], second["decision"]) == ("remarks", "accepted")
    passed = datetime.now(UTC) - datetime.fromisoformat(first["when"])
    assert 0 <= passed.total_seconds() < 600


def test_every_kind_of_value_can_be_edited(open_review: Open, tmp_path: Path) -> None:
    page = open_review(SAMPLE)
    page.fill("#who", "R. Viewer")
    changes = {
        "issuer-trading_symbol": "QQ",
        "period_of_report": "2021-10-13",
        "non_derivative-0-shares": "27,263",
        "footnotes-1": "Another text.",
    }
    for name, text in changes.items():
        page.dblclick(f"#at-{name}")
        page.fill("#editor-value", text)
        page.click("#editor button[value=keep]")
    page.dblclick("#at-owners-0-relationship-director")
    page.select_option("#editor-value", "true")
    page.click("#editor button[value=keep]")
    page.dblclick("#at-non_derivative-1-shares")
    page.fill("#editor-footnotes", "2 1")
    page.click("#editor button[value=keep]")
    page.dblclick("#at-non_derivative-1-security_title")
    page.fill("#editor-value", "")
    page.click("#editor button[value=keep]")

    done = apply(read_corrections(saved(page, tmp_path)), extract(SAMPLES / SAMPLE)).filing
    assert done.issuer.trading_symbol.value == "QQ"
    assert done.period_of_report.value is not None
    assert done.period_of_report.value.isoformat() == "2021-10-13"
    assert done.non_derivative[0].shares.value == Decimal(27263)
    assert done.footnotes[1].text == "Another text."
    assert done.owners[0].relationship.director.value is True
    assert done.non_derivative[1].shares.value == Decimal(17858)
    assert done.non_derivative[1].shares.footnotes == ("F2", "F1")
    assert done.non_derivative[1].security_title.value is None


def test_what_cannot_be_is_not_taken(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.dblclick("#at-non_derivative-0-shares")
    page.fill("#editor-value", "a lot")
    page.keyboard.press("Enter")
    assert page.inner_text("#editor-fault") == "“a lot” is no number."
    page.fill("#editor-value", "5")
    page.fill("#editor-footnotes", "9")
    page.keyboard.press("Enter")
    assert page.inner_text("#editor-fault") == "There is no footnote 9."
    page.keyboard.press("Escape")
    assert page.inner_text("#count") == "0"


def test_accepting_twice_takes_it_back(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.focus(PRICE)
    page.keyboard.press("a")
    assert "accepted" in page.get_attribute(PRICE, "class")
    assert set(boxes(page, "settled")) == {"Table I, row 1: Price"}
    page.keyboard.press("a")
    assert "accepted" not in page.get_attribute(PRICE, "class")
    assert page.inner_text("#count") == "0"


def test_an_edit_that_changes_nothing_is_an_acceptance(open_review: Open, tmp_path: Path) -> None:
    page = open_review(SAMPLE)
    page.fill("#who", "R. Viewer")
    page.dblclick(PRICE)
    page.click("#editor button[value=keep]")
    kept = json.loads(saved(page, tmp_path).read_text("utf-8"))["corrections"]
    assert [(each["path"], each["decision"]) for each in kept] == [("non_derivative[0].price_per_share", "accepted")]


def test_nothing_is_saved_without_a_name(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.focus(PRICE)
    page.keyboard.press("a")
    page.keyboard.press("s")
    assert focused(page) == "who"
    assert "who you are" in page.inner_text("#status")


def test_decisions_survive_closing_the_page(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.focus(PRICE)
    page.keyboard.press("a")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("#count") == "1"
    assert "accepted" in page.get_attribute(PRICE, "class")
