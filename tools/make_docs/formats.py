"""The JSON Schema and the columns of the tables in, a table for each out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.writers.schema import json_schema
from extractor.writers.sec_columns import OUR_TABLES, SEC_TABLES, Column, Table, Take
from extractor.writers.tables import COLUMNS
from tools.make_docs.markdown import code, escaped, first_paragraph, table

_REF = "#/$defs/"
# What a column takes, in words; the value of a field needs none.
_TAKEN = {
    Take.VALUE: "",
    Take.MARKS: "ids of its footnotes",
    Take.CODING_MARKS: "ids of the footnotes of the code column",
    Take.KEY: "accession number; the sha256 of the content where none is known",
    Take.NUMBER: "number of the row in its table",
    Take.DOCUMENT_TYPE: "form, with /A for an amendment",
    Take.RELATIONSHIP: "names of the ticked boxes",
    Take.PRINTED_NAME: "as printed, where that is more than the code",
    Take.MEMBER: "",
    Take.SOURCE: "as the header of the submission says, where the document came in one",
    Take.NOTHING: "always empty: no page shows it",
}


def json_members() -> Iterator[str]:
    """A table for each kind of object in the JSON."""
    schema = json_schema()
    yield from _object("The document", schema)
    for name, each in sorted(schema["$defs"].items()):
        if "properties" in each and not name.startswith("Field_"):
            yield from _object(name, each)
    field = next(each for name, each in schema["$defs"].items() if name.startswith("Field_"))
    yield from _object("Field", field)


def _object(title: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"### {title}", "")
    if "description" in schema:
        yield from (escaped(first_paragraph(schema["description"])), "")
    rows = []
    for name, member in schema["properties"].items():
        rows.append((code(name), _kind(member) if title != "Field" or name != "value" else "as the field's kind"))
    yield from table(("member", "what"), rows)


def _kind(member: Mapping[str, Any]) -> str:
    """What a member holds, in words."""
    if "$ref" in member:
        name = member["$ref"].removeprefix(_REF)
        if name.startswith("Field_"):
            return f"[Field](#field) of {name.removeprefix('Field_').strip('_').lower()}"
        return f"[{name}](#{name.lower()})" if name != "Place" else "place"
    if "anyOf" in member:
        return " or ".join(_kind(each) for each in member["anyOf"])
    if member.get("type") == "array":
        return f"list of {_kind(member['items'])}"
    if "enum" in member:
        few = len(member["enum"]) < 6
        return "one of " + ", ".join(map(code, member["enum"])) if few else "a code of the catalogue"
    if "const" in member:
        return code(str(member["const"]))
    return str(member.get("format") or member.get("type") or "anything")


def tables() -> Iterator[str]:
    """A table for each table of a batch's output."""
    for each in (*SEC_TABLES, *OUR_TABLES):
        yield from _table(each)


def _table(of: Table) -> Iterator[str]:
    yield from ("", f"### {of.name}", "")
    yield from table(
        ("column", "kind", "holds"), ((code(each.name), each.kind.value, _holds(each)) for each in of.columns)
    )


def _holds(column: Column) -> str:
    field, said = code(column.field), _TAKEN[column.take]
    return f"{field}: {said}" if field and said else field or said


def csv_columns() -> Iterator[str]:
    """The columns of the CSV."""
    yield ", ".join(code(name) for name in COLUMNS)
