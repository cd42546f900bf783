"""Every sample is read exactly, and without a doubt, from every one of its renderings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractor import extract
from extractor.filing import Field, Filing, Footnote
from extractor.filing.field import Frozen

SAMPLE_ROOT = Path(__file__).resolve().parents[2] / "samples"
KINDS = (".html", ".pdf", ".txt")
RENDERINGS = sorted(path for path in SAMPLE_ROOT.glob("*/filing*") if path.suffix in KINDS)
# No page has a label for these, so that an absent one says nothing.
UNLABELLED = ("equity_swap", "no_securities_owned")

Shown = str | bool | list[str]


def plain(value: object, name: str) -> Shown:
    """A value as `expected.json` has it; the empty string for what is left out there."""
    match value:
        case None:
            return ""
        case bool():
            return "" if not value and name in UNLABELLED else value
        case Decimal():
            digits = format(value, "f")
            return digits.rstrip("0").rstrip(".") if "." in digits else digits
        case date():
            return value.isoformat()
        case _:
            return str(value)


def members(value: object, path: str, name: str = "") -> Iterator[tuple[str, Shown]]:
    """The paths and values of a part of a filing, empty ones included."""
    match value:
        case Field():
            yield path, plain(value.value, name)
            yield f"{path}.footnotes", list(value.footnotes)
        case Footnote():
            yield f"footnotes.{value.id}", value.text
        case Frozen():
            for inner in type(value).model_fields:
                yield from members(getattr(value, inner), f"{path}.{inner}" if path else inner, inner)
        case tuple():
            for index, each in enumerate(value):
                yield from members(each, f"{path}[{index}]")
        case _:
            yield path, plain(value, name)


def flat(filing: Filing) -> dict[str, Shown]:
    """The filing path by path, by the rules that `tools/make_samples/expected.py` states."""
    return {path: value for path, value in members(filing, "") if value not in ("", [])}


def differences(expected: dict[str, Shown], read: dict[str, Shown]) -> dict[str, tuple[Shown | None, Shown | None]]:
    """By path what is expected and what was read, where the two are not the same."""
    return {
        path: (expected.get(path), read.get(path))
        for path in [*expected, *(path for path in read if path not in expected)]
        if expected.get(path) != read.get(path)
    }


def test_there_are_pages_and_prints() -> None:
    assert {path.suffix for path in RENDERINGS} == set(KINDS)
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
