"""The review as a file: what stands in it, how large it is, how long it takes, and that nothing can get out or in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from extractor.filing import DerivativeRow, Field, Filing, fields_in
from extractor.review.columns import LABELS, label_of
from extractor.review.page import review_page
from tests.pages import IN_DOUBT, form_4

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
THREE_PAGES = SAMPLES / "many-footnotes" / "filing-weasyprint.pdf"
LARGEST = 2 * 2**20  # bytes of a review of three pages
LONGEST = 0.5  # seconds that making it may take beyond the extraction
EVERY = sorted(SAMPLES.glob("*/filing*.[ph]*"))


def data_of(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_three_pages_are_small_and_soon_made() -> None:
    reading = extract(THREE_PAGES)
    review_page(reading)  # loads what is loaded once
    begun = time.process_time()
    page = review_page(reading)
    assert time.process_time() - begun <= LONGEST
    assert len(page.encode()) <= LARGEST
    assert page.count("data:image/png;base64,") == 3


@pytest.mark.parametrize("sample", EVERY, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_everything_read_is_in_it_once(sample: Path) -> None:
    reading = extract(sample)
    page = review_page(reading)
    data = data_of(page)
    assert [value["path"] for value in data["values"]] == [path for path, _ in fields_in(reading.filing)]
    ids = re.findall(r'\bid="([^"]*)"', page.partition('id="data"')[0])
    assert len(ids) == len(set(ids))
    shown = set(re.findall(r'data-value="(\d+)"', page))
    hidden = [value["path"] for number, value in enumerate(data["values"]) if str(number) not in shown]
    assert [path for path in hidden if _tells(reading.filing, path)] == []
    targets = re.findall(r'href="#([^"]*)"', page)
    assert set(targets) <= set(ids)


def _tells(filing: Filing, path: str) -> bool:
    """Whether a field says something that is not said by the row it stands in."""
    name = path.rpartition(".")[2]
    field = dict(fields_in(filing))[path]
    if name in ("form_type", "equity_swap"):
        return isinstance(field, Field) and field.value not in (None, False, filing.form)
    return bool(field)


@pytest.mark.parametrize("name", ["filing.pdf", "filing.html"])
def test_every_place_has_its_box(name: str) -> None:
    reading = extract(SAMPLES / "qualys-2021-sec" / name)
    page = review_page(reading)
    data = data_of(page)
    places = {place for _, field in fields_in(reading.filing) for place in field.at}
    assert len(data["boxes"]) == len(places)
    boxed = {number for box in data["boxes"] for number in box["values"]}
    assert boxed == {number for number, (_, field) in enumerate(fields_in(reading.filing)) if field.at}
    if name == "filing.html":
        saved = unescape(page)
        assert all(f'data-place="{box["place"]}"' in saved for box in data["boxes"])


def test_the_policy_allows_this_script_and_nothing_else() -> None:
    page = review_page(extract(IN_DOUBT))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert rules["img-src"] == "data:"
    assert "connect-src" not in rules
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_a_saved_page_stands_in_a_frame_without_scripts() -> None:
    page = review_page(extract(IN_DOUBT))
    frame = re.search(r"<iframe[^>]*>", page)
    assert frame
    assert 'sandbox="allow-same-origin"' in frame[0]
    assert "default-src 'none'" in unescape(frame[0])


@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)//", "<!--<script>", "]]>", "\u2028\u2029", "$data ${script}"]
)
def test_no_text_ends_the_script_or_becomes_markup(hostile: str) -> None:
    given = hostile.replace("<", "&lt;")
    reading = extract(form_4(security=given).replace(b"Sold under a plan.", given.encode()))
    page = review_page(reading)
    data = data_of(page)
    assert page.count("<script") == 2
    row = next(value for value in data["values"] if value["path"] == "non_derivative[0].security_title")
    assert row["value"] == reading.filing.non_derivative[0].security_title.value


def test_issues_stand_on_top_with_what_they_mean() -> None:
    page = review_page(extract(IN_DOUBT))
    issues = page.partition('id="issues"')[2].partition("<main>")[0]
    assert "unreadable-value" in issues
    assert 'href="#at-non_derivative-0-price_per_share"' in issues
    assert "Read it yourself." in issues


def test_every_field_has_words() -> None:
    filing = Filing(form="4", derivative=(DerivativeRow(kind="holding"),))
    names = {path.rpartition(".")[2] for path, _ in fields_in(filing)}
    names |= {"name", "cik", "date", "director", "street1"}
    assert names <= set(LABELS)
    assert label_of("derivative[2].shares") == "Table II, row 3: Amount"
