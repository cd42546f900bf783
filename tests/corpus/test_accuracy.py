"""The readings of the corpus meet their bars, and say so where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.measure import Outcome, measure_all
from benchmarks.renderings import renderings, select
from benchmarks.report import by_printing, details, missed
from tests.corpus.place import every

# Least share of exact renderings, in per cent, in the sample as in the whole.
BARS = {
    "page.html": 98,
    "site.html": 95,
    "chromium.pdf": 90,
    "chromium_a4_small.pdf": 66,
    "chromium_headers.pdf": 66,
    "chromium_landscape.pdf": 66,
    "chromium_restyled.pdf": 66,
    "wkhtmltopdf.pdf": 66,
    "weasyprint.pdf": 66,
    "libreoffice.pdf": 66,
    "site.pdf": 90,
    "genuine/html": 100,
    "genuine/pdf": 100,
}

# Exact readings that are put in doubt all the same, in per cent of the exact ones.
FALSE_ALARMS = 5


@pytest.fixture(scope="session")
def outcomes(corpus: Path) -> list[Outcome]:
    chosen = select(renderings(corpus), every=every())
    return list(measure_all(chosen))


@pytest.mark.parametrize("printing", BARS)
def test_printing_reads_exactly_as_filed(printing: str, outcomes: list[Outcome]) -> None:
    read = [outcome for outcome in outcomes if outcome.printing == printing]
    assert missed(by_printing(read), {printing: BARS[printing]}) == [], details(read)


def test_every_printing_of_the_corpus_has_a_bar(corpus: Path) -> None:
    assert {rendering.printing for rendering in renderings(corpus)} == set(BARS)


def test_wrong_value_never_comes_without_a_doubt(outcomes: list[Outcome]) -> None:
    silent = [outcome for outcome in outcomes if outcome.silent and not first_street_line_is_empty(outcome)]
    assert details(silent) == ""


def first_street_line_is_empty(outcome: Outcome) -> bool:
    """Whether all that is wrong is a street that was filed on the second line, below an empty first one.

    Printings that put both lines into one leave nothing to tell that by.
    """
    lines = {wrong.path: wrong for wrong in outcome.wrong}
    owners = {path.removesuffix("Street1") for path in lines if path.endswith("Street1")}
    return lines.keys() == {f"{owner}{line}" for owner in owners for line in ("Street1", "Street2")} and all(
        not lines[f"{owner}Street1"].truth and lines[f"{owner}Street1"].read == lines[f"{owner}Street2"].truth
        for owner in owners
    )


def test_exact_readings_are_rarely_put_in_doubt(outcomes: list[Outcome]) -> None:
    alarms = [outcome for outcome in outcomes if outcome.false_alarm]
    exact = sum(outcome.exact for outcome in outcomes)
    assert len(alarms) * 100 <= FALSE_ALARMS * exact, details(alarms)


def test_only_errors_of_ours_end_a_reading(outcomes: list[Outcome]) -> None:
    assert [(outcome.file, outcome.error) for outcome in outcomes if outcome.error.startswith("!")] == []
