"""Dense JSON: the very data of `document_to_dict`, for whatever a document holds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract
from extractor.filing import Field
from extractor.issues import Code, Issue
from extractor.layout import HtmlLocation, Location, PdfLocation
from extractor.layout.bbox import BBox
from extractor.writers.document import Document
from extractor.writers.json import document_to_dict
from extractor.writers.json_dense import to_dense_json
from tests.writers.made import DOCUMENT, Made

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TEXTS = ["\ud800", "a\0b", "\ufffe\uffff", "Zo\u00eb \U0001f600", '"\\\n']
points = st.floats(-1e4, 1e5)


def same(document: Document) -> bool:
    """Whether both ways tell the same, in the same order and of the same types."""
    data = document_to_dict(document)
    return json.dumps(json.loads(to_dense_json(document))) == json.dumps(data)


def remarked(text: str, *at: Location) -> Made:
    return replace(DOCUMENT, filing=DOCUMENT.filing.model_copy(update={"remarks": Field(value=text, at=at)}))


def test_a_document_made_by_hand() -> None:
    assert same(DOCUMENT)
    assert to_dense_json(DOCUMENT).isascii()


@pytest.mark.parametrize(
    "sample",
    sorted(path for kind in ("html", "pdf") for path in SAMPLES.glob(f"*/*.{kind}")),
    ids=lambda path: "-".join(path.parts[-2:]),
)
def test_samples(sample: Path) -> None:
    assert same(extract(sample))


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_passes(text: str) -> None:
    assert same(remarked(text, HtmlLocation(text)))
    assert same(replace(DOCUMENT, issues=(Issue(Code.TEXT_LOST, text, text, (HtmlLocation(text),)),)))


@given(points, points, points, points)
def test_points_are_rounded_alike(x0: float, top: float, x1: float, bottom: float) -> None:
    assert same(remarked("a", PdfLocation(2, BBox(x0, top, x1, bottom)), HtmlLocation("/html[1]")))


def test_halves_of_hundredths_are_rounded_alike() -> None:
    assert same(remarked("a", PdfLocation(1, BBox(0.125, -0.001, 72.375, 7e-5))))


def test_what_is_said_of_the_source_stands_over_what_it_says() -> None:
    source = {
        "file": "a",
        "pages": 2,
        "share": 0.5,
        "sure": True,
        "none": None,
        "on": date(2024, 8, 26),
        "of": [1, "b"],
        "derived": [HTTPStatus.OK, Code.TEXT_LOST],
    }
    document = replace(DOCUMENT, source={**source, "price": Decimal("1.50"), "deep": {"a": {"b": ()}}})
    assert same(document)
    assert json.loads(to_dense_json(document, file="c", more="d"))["source"] == {
        **json.loads(to_dense_json(document))["source"],
        "file": "c",
        "more": "d",
    }
