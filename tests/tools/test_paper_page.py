"""Pages in the layout of the SEC's paper form: what is typed where, the rows left empty, and the form's own words."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pdfplumber
import pytest

from extractor.layout import squeeze
from tests.corpus.place import corpus_or_skip
from tools.make_samples import expected, paper_page
from tools.make_samples.document import parse
from tools.make_samples.facts.model import Facts, to_xml
from tools.make_samples.facts.paper_forms import PAPER_FORM3, PAPER_FORM4
from tools.make_samples.facts.small_forms import FORM5_ANNUAL

BLANKS = {"3": "form3-blank-2024.pdf", "4": "form4-blank-2026.pdf"}


def cells(facts: Facts) -> list[str]:
    """The texts of the page's cells, captions and typed ones."""
    page = paper_page.render(to_xml(facts))
    return [words(cell) for cell in re.findall(r"(?s)<td[^>]*>(.*?)</td>", page)]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows_with(facts: Facts, count: int) -> Facts:
    return replace(facts, table1=(facts.table1[0],) * count)


@pytest.mark.parametrize(("rows", "empty"), [(0, 13), (1, 12), (2, 11), (3, 10), (13, 0), (14, 0)])
def test_rows_of_form_3_that_are_left_empty(rows: int, empty: int) -> None:
    page = paper_page.render(to_xml(replace(rows_with(PAPER_FORM3, rows), table2=())))
    shown = page.count("FORM 3 (continued)")
    # Without a second sheet of Table I its eleven rows are not there; Table II has six.
    left = empty if rows > 2 else empty - 11
    assert shown == (2 if rows > 2 else 1)
    assert page.count('<td colspan="2"></td><td colspan="2"></td><td></td><td colspan="2"></td>') == max(2 - rows, 0)
    assert len(re.findall(r"<tr>(?:<td></td>){4}</tr>", page)) == left - max(2 - rows, 0)
    assert len(re.findall(r"<tr>(?:<td></td>){8}</tr>", page)) == 6


def test_marks_are_typed_in_the_size_of_their_values() -> None:
    page = paper_page.render(to_xml(PAPER_FORM4))
    assert "<sup" not in page
    assert '<span class="typed">$31.4042(2)</span>' in page
    assert '<span class="typed">(3)</span>' in page
    assert '<span class="typed">48,223.5(1)(3)</span>' in page


def test_check_lines_are_drawn_on_form_3_and_letters_on_form_4() -> None:
    assert '<span class="line"><span class="typed">X</span></span> Officer' in paper_page.render(to_xml(PAPER_FORM3))
    page = paper_page.render(to_xml(PAPER_FORM4))
    assert '__<span class="typed">X</span>__ Officer' in page
    assert "_____ 10% Owner" in page


@pytest.mark.parametrize("facts", [PAPER_FORM3, PAPER_FORM4, FORM5_ANNUAL], ids=["3", "4", "5"])
def test_country_and_item_2a_only_since_2026(facts: Facts) -> None:
    latest = facts.schema >= "X06"
    found = cells(facts)
    assert ("(Country)" in found) is latest
    assert any(text.startswith("2a. Foreign Trading Symbol") for text in found) is latest


def test_boxes_in_the_head_are_ticked_or_not() -> None:
    page = words(paper_page.render(to_xml(PAPER_FORM4)))
    assert "☐ Check this box if no longer" in page
    assert "☒ Check this box to indicate" in page


def test_what_the_paper_shows() -> None:
    shown = expected.derive(to_xml(PAPER_FORM4), expected.PAPER)
    assert shown["owners[0].address.country"] == "V8"
    assert shown["issuer.foreign_trading_symbol"] == "UFA.SW"
    with_cik = replace(PAPER_FORM4, issuer_cik="0009990001")
    assert "issuer.cik" in expected.derive(to_xml(with_cik), expected.SEC)
    assert expected.derive(to_xml(with_cik), expected.PAPER) == shown


@pytest.mark.parametrize("facts", [PAPER_FORM3, PAPER_FORM4], ids=["3", "4"])
def test_captions_are_those_of_the_blank(facts: Facts) -> None:
    form = parse(to_xml(facts)).form
    with pdfplumber.open(blank(BLANKS[form])) as pdf:
        # Captions that stand side by side are told apart in their cells.
        ink = {
            squeeze(cell or "")
            for page in pdf.pages[:4]
            for table in page.extract_tables()
            for row in table
            for cell in row
        }
    page = re.sub(r'<span class="typed">.*?</span>', "", paper_page.render(to_xml(facts)))
    heads = {
        squeeze(words(cell))
        for table in re.findall(r'(?s)continued\).*?<table class="ruled">(.*?)</table>', page)
        for cell in re.findall(r"(?s)<td[^>]*>(.*?)</td>", table)
    } - {""}
    assert len(heads) > 10
    assert {head for head in heads if head not in ink} == set()


def blank(name: str) -> Path:
    path = corpus_or_skip() / "genuine" / "blank" / name
    if not path.is_file():
        pytest.skip(f"no blank form {path.name}")
    return path
