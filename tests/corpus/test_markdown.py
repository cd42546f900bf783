"""Genuine conversions to Markdown: what they show is read, and what they lost is in doubt."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from extractor import Extraction, extract
from extractor.filing.ownership_xml import from_xml
from extractor.writers.compare import compare


def doubts(result: Extraction) -> set[tuple[str, str]]:
    return {(issue.code.value, issue.path) for issue in result.issues if issue.severity == "doubt"}


def test_a_page_with_pipe_tables_is_exact(corpus: Path) -> None:
    folder = corpus / "genuine" / "markdown"
    result = extract(folder / "qualys-form4-2021.md")
    truth = folder / "qualys-form4-2021.xml"
    assert compare(result.filing, from_xml(truth.read_bytes(), str(truth))) == []
    # the line break between two streets is lost, if there was one
    assert doubts(result) == {("street-unsplit", "owners[0].address.street1")}


def test_a_page_whose_tables_became_lines_gives_what_it_still_shows(corpus: Path) -> None:
    result = extract(corpus / "genuine" / "markdown" / "aapl-form4.docling.md")
    printed = extract(corpus / "genuine" / "pdf" / "aapl-form4-edgrpdf.pdf")
    assert compare(result.filing, printed.filing) == []
    (row,) = result.filing.non_derivative
    assert (row.transaction_code.value, row.shares.value, row.shares_owned_following.value) == (
        "G",
        Decimal(435),
        Decimal(15098),
    )
    assert doubts(result) == {
        ("parts-apart", "owners[0]"),
        ("table-lost", "non_derivative[0]"),
        ("item-missing", "owners"),
        ("text-unplaced", ""),
    }
