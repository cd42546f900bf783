"""JSON: the shape that other tools rely on, exact values, and one line that stays one line."""

from __future__ import annotations

import json

import pytest

from extractor.filing import Field, Filing
from extractor.writers.json import dict_to_filing, filing_to_dict, to_json, to_jsonl
from tests.writers.made import DOCUMENT, FILING, Made


def test_the_top_level_and_its_order() -> None:
    read = json.loads(to_json(DOCUMENT))
    assert list(read) == ["needs_review", "issues", "source", "filing"]
    assert read["needs_review"] is True
    assert read["source"] == {"file": "a.pdf", "pages": 2}
    assert read["issues"] == [
        {
            "code": "unreadable-value",
            "severity": "doubt",
            "path": "non_derivative[0].shares_owned_following",
            "message": "no number: 1O0",
            "at": [{"path": "/html[1]"}],
        }
    ]


def test_fields_keep_value_printed_text_marks_and_places() -> None:
    row = json.loads(to_json(DOCUMENT))["filing"]["non_derivative"][0]
    assert row["price_per_share"] == {"value": "26.6700", "printed": "", "footnotes": ["F2", "F1"], "at": []}
    assert row["transaction_date"]["value"] == "2024-08-26"
    assert row["transaction_date"]["at"] == [{"page": 1, "bbox": [1.0, 2.0, 3.0, 4.5]}]
    assert row["equity_swap"]["value"] is True
    assert row["shares_owned_following"] == {"value": None, "printed": "1O0", "footnotes": [], "at": []}
    assert row["deemed_execution_date"] is None


def test_the_filing_comes_back() -> None:
    assert dict_to_filing(json.loads(to_json(DOCUMENT))["filing"]) == FILING
    assert dict_to_filing(filing_to_dict(FILING)) == FILING


def test_another_shape_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="form"):
        dict_to_filing({"form": "6"})
    with pytest.raises(ValueError, match="tables"):
        dict_to_filing({"form": "4", "tables": []})


def test_one_line_is_one_line_whatever_the_text() -> None:
    text = "a\nb\u2028c\u2029d\u0085e\x1b[2J\u202ef\ud800g é"
    written = to_jsonl(Made(Filing(form="4", remarks=Field(value=text))))
    assert written.splitlines() == [written[:-1]]
    assert written.encode("utf-8").endswith(b"\n")
    assert "é" in written
    assert json.loads(written)["filing"]["remarks"]["value"] == text
    assert not set(written) & set("\x1b\u202e\ud800\u0085")
