"""The JSON Schema: what is written fits it, and what is not does not."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from extractor import extract
from extractor.filing import Filing
from extractor.writers.json import to_json
from extractor.writers.schema import json_schema
from tests.pages import IN_DOUBT

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*/filing*.[pht]*"))
VALIDATOR = Draft202012Validator(json_schema())


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())
    json.dumps(json_schema(), allow_nan=False)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_written_fits(sample: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(to_json(extract(sample))))] == []


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(to_json(extract(IN_DOUBT)))
    assert VALIDATOR.is_valid(data)
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("needs_review",), "yes"),
        (("issues", 0, "code"), "no-such-code"),
        (("issues", 0, "at", 0), {"page": 1}),
        (("filing", "form"), "6"),
        (("filing", "issuer"), None),
        (("filing", "issuer", "name", "value"), 5),
        (("filing", "non_derivative", 0, "shares", "value"), 1057),
        (("filing", "non_derivative", 0, "shares", "value"), "1,057"),
        (("filing", "non_derivative", 0, "transaction_date", "value"), 20210629),
        (("filing", "non_derivative", 0, "shares", "footnotes"), "F1"),
        (("filing", "surprise"), 1),
    ],
)
def test_what_is_never_written_does_not_fit(written: dict[str, Any], path: tuple[Any, ...], value: object) -> None:
    data: Any = deepcopy(written)
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize("key", ["needs_review", "issues", "source", "filing"])
def test_every_part_is_required(written: dict[str, Any], key: str) -> None:
    assert not VALIDATOR.is_valid({name: part for name, part in written.items() if name != key})


def test_every_member_of_a_filing_is_described() -> None:
    described = json_schema()["$defs"]["Filing"]
    assert list(described["properties"]) == described["required"] == list(Filing.model_fields)
