"""Every sample is read exactly, and without a doubt, from every one of its renderings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import extract
from tests.samples.shown import differences, flat

KINDS = {".html", ".pdf", ".md"}
SAMPLE_ROOT = Path(__file__).resolve().parents[2] / "samples"
RENDERINGS = sorted(path for path in SAMPLE_ROOT.glob("*/filing*") if path.suffix in KINDS)


def test_there_are_pages_and_prints() -> None:
    assert {path.suffix for path in RENDERINGS} == KINDS
    assert {path.parent for path in RENDERINGS} == {path for path in SAMPLE_ROOT.iterdir() if path.is_dir()}


@pytest.mark.parametrize("path", RENDERINGS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_rendering_is_read_exactly(path: Path) -> None:
    expected = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
    extraction = extract(path)
    assert differences(expected, flat(extraction.filing)) == {}
    assert not extraction.needs_review, extraction.issues


def test_a_wrong_value_a_lost_mark_and_an_invented_row_are_told() -> None:
    path = SAMPLE_ROOT / "qualys-2021-sec"
    expected = json.loads((path / "expected.json").read_text(encoding="utf-8"))
    wrong = expected | {
        "non_derivative[0].price_per_share": "115.06",
        "non_derivative[1].price_per_share.footnotes": ["F1"],
    }
    missing = {name: value for name, value in expected.items() if name != "signatures[0].date"}
    read = flat(extract(path / "filing.html").filing)
    assert differences(wrong, read) == {
        "non_derivative[0].price_per_share": ("115.06", "115.0584"),
        "non_derivative[1].price_per_share.footnotes": (["F1"], ["F2"]),
    }
    assert differences(missing, read) == {"signatures[0].date": (None, "2021-10-18")}
