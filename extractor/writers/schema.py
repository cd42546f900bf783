"""Nothing comes in; the JSON Schema (2020-12) of what `to_json` writes goes out.

It is pydantic's schema of the models, with what `writers.json` does otherwise: fields of which the page shows nothing
are null, numbers are strings of digits, places are objects of their own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from extractor.filing import Field, Filing
from extractor.issues import Code, Severity
from extractor.readers.source import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}

_PLACE: dict[str, Any] = {
    "title": "Place",
    "oneOf": [
        {
            "description": "A box on a page: left, top, right, bottom in points from its top left corner.",
            "type": "object",
            "properties": {
                "page": {"type": "integer", "minimum": 1},
                "bbox": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
            },
            "required": ["page", "bbox"],
            "additionalProperties": False,
        },
        {
            "description": "An element of an HTML page, by its path from the root.",
            "type": "object",
            "properties": {"path": {"type": "string"}},
            "required": ["path"],
            "additionalProperties": False,
        },
    ],
}
_REF = "#/$defs/"


def json_schema() -> dict[str, Any]:
    """The schema of one document, as a dict ready to be written as JSON."""
    schema = Filing.model_json_schema(mode="serialization", ref_template=_REF + "{model}")
    definitions: dict[str, Any] = schema.pop("$defs")
    definitions["Filing"] = schema
    fields = {name for name in definitions if name.startswith("Field_")}
    definitions = {name: _adapted(each, fields) for name, each in definitions.items()}
    # what pydantic says of a Decimal changed from version to version
    numbers = next(each for each in definitions.values() if each.get("title") == Field[Decimal].__name__)
    numbers["properties"]["value"] = {"anyOf": [NUMBER, {"type": "null"}]}
    definitions["Place"] = _PLACE
    definitions["Issue"] = _issue()
    return {
        "$schema": DIALECT,
        "title": "An ownership filing as it was read",
        "type": "object",
        "properties": {
            "needs_review": {"type": "boolean", "description": "Whether any issue puts a value in doubt."},
            "issues": {"type": "array", "items": {"$ref": f"{_REF}Issue"}},
            "source": _source(),
            "filing": {"$ref": f"{_REF}Filing"},
        },
        "required": ["needs_review", "issues", "source", "filing"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _issue() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "code": {"enum": [code.value for code in Code]},
            "severity": {"enum": [severity.value for severity in Severity]},
            "path": {"type": "string", "description": "The field, such as non_derivative[3].price_per_share."},
            "message": {"type": "string"},
            "at": {"type": "array", "items": {"$ref": f"{_REF}Place"}},
        },
        "required": ["code", "severity", "path", "message", "at"],
        "additionalProperties": False,
    }


def _source() -> dict[str, Any]:
    texts = ["file", "sha256", "template", "version", "title", "producer"]
    # Of a document out of a submission, what the header says.
    texts += [
        "accession_number",
        "form_type",
        "filing_date",
        "period_of_report",
        "file_number",
        "issuer_cik",
        "document",
    ]
    return {
        "type": "object",
        "description": "What was read, and how.",
        "properties": {
            **{name: {"type": "string"} for name in texts},
            "format": {"enum": [kind for kind in KINDS if kind != "submission"]},
            **{name: {"type": "array", "items": {"type": "string"}} for name in ("owner_ciks", "filer_ciks")},
            "evidence": {"type": "array", "items": {"type": "string"}},
            "corrections": {"type": "array", "items": {"type": "object"}},
        },
    }


def _adapted(node: Any, fields: set[str]) -> Any:
    """A part of pydantic's schema as the JSON writer has it."""
    if isinstance(node, list):
        return [_adapted(each, fields) for each in node]
    if not isinstance(node, dict):
        return node
    target = str(node.get("$ref", "")).removeprefix(_REF)
    if target in fields:
        return {"anyOf": [{"$ref": _REF + target}, {"type": "null"}]}
    adapted = {key: _adapted(each, fields) for key, each in node.items() if key != "default"}
    properties = adapted.get("properties")
    if isinstance(properties, dict):
        if "at" in properties:
            properties["at"] = {"type": "array", "items": {"$ref": f"{_REF}Place"}}
        adapted["required"] = list(properties)
    return adapted
