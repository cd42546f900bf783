"""A page, converted in the manner of several tools, reads as the page does, or says what it doubts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor import extract, read
from extractor.filing import Filing
from extractor.layout import Layout
from extractor.readers.source import sniff
from extractor.writers.json import filing_to_dict
from extractor.writers.markdown import to_markdown
from tests.agreement.alike import unequal, without
from tests.conversions import MANNERS, bare_html, linear, markdown
from tests.corpus.place import ROOT, every
from tests.samples.shown import differences, flat

SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/filing.html"))
PLACES = frozenset({"at"})

CONVERTERS: dict[str, Callable[[Layout], bytes]] = {
    **{manner.name: lambda page, manner=manner: markdown(page, manner) for manner in MANNERS},  # type: ignore[misc]
    "bare HTML": bare_html,
    "lines": linear,
}
# Those that keep the lines of a cell: at least this share of the corpus's pages must read exactly, in per cent.
KEEPS_LINES = {"pymupdf4llm": 95, "pandoc": 95, "language model": 95, "bare HTML": 98}


def unlike(page: Filing, other: Filing) -> list[str]:
    """What two filings have otherwise, but for where it stood."""
    return unequal(without(PLACES, filing_to_dict(page)), without(PLACES, filing_to_dict(other)))


def street_line_is_empty(wrong: dict[str, object]) -> bool:
    """Whether all that is wrong is a street filed on the second line: nothing may be left to tell that by."""
    return {path.rpartition(".")[2] for path in wrong} == {"street1", "street2"}


@pytest.mark.parametrize("converter", CONVERTERS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_converted_sample_reads_exactly_or_in_doubt(sample: Path, converter: str) -> None:
    expected = json.loads((sample / "expected.json").read_text(encoding="utf-8"))
    result = extract(CONVERTERS[converter](read(sample / "filing.html")))
    wrong = differences(expected, flat(result.filing))
    assert result.needs_review or not wrong, wrong


@pytest.mark.parametrize("converter", ["pymupdf4llm", "bare HTML"])
@pytest.mark.parametrize("name", ["qualys-2021-sec", "form3-initial", "form5-annual", "joint-many-rows"])
def test_a_conversion_that_keeps_lines_loses_nothing(name: str, converter: str) -> None:
    page = ROOT / "samples" / name / "filing.html"
    expected = json.loads((page.parent / "expected.json").read_text(encoding="utf-8"))
    result = extract(CONVERTERS[converter](read(page)))
    assert differences(expected, flat(result.filing)) == {}
    assert not result.needs_review, result.issues


@pytest.mark.parametrize("converter", CONVERTERS)
def test_a_converted_page_of_the_corpus_reads_exactly_or_in_doubt(converter: str, corpus: Path) -> None:
    pages = sorted(corpus.glob("filings/*/page.html"))[:: every()]
    exact = 0
    silent: dict[str, list[str]] = {}
    for path in pages:
        page = extract(path).filing
        result = extract(CONVERTERS[converter](read(path)))
        wrong = differences(flat(page), flat(result.filing))
        exact += not wrong
        if wrong and not result.needs_review and not street_line_is_empty(dict(wrong)):
            silent[path.parent.name] = list(wrong)
    assert silent == {}
    assert exact * 100 >= KEEPS_LINES.get(converter, 0) * len(pages)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_markdown_of_a_sample_reads_back_to_the_same_filing(sample: Path) -> None:
    result = extract(sample / "filing.html")
    written = to_markdown(result).encode()
    again = extract(written)
    assert sniff(written) == "markdown"
    assert differences(flat(result.filing), flat(again.filing)) == {}
    assert again.needs_review == result.needs_review


def test_markdown_of_a_page_of_the_corpus_reads_back_to_the_same_filing(corpus: Path) -> None:
    unequal_pages: dict[str, list[str]] = {}
    for path in sorted(corpus.glob("filings/*/page.html"))[:: every()]:
        result = extract(path)
        again = extract(to_markdown(result).encode())
        found = unlike(result.filing, again.filing)
        if found or again.needs_review != result.needs_review:
            unequal_pages[path.parent.name] = found
    assert unequal_pages == {}


def test_markdown_of_a_reading_in_doubt_is_in_doubt_again() -> None:
    page = (ROOT / "samples" / "qualys-2021-sec" / "filing.html").read_bytes()
    result = extract(page.replace(b"115.0584", b"115.05.84"))
    again = extract(to_markdown(result).encode())
    assert result.needs_review
    assert {"said-in-doubt", "unreadable-value"} <= {issue.code.value for issue in again.issues}
