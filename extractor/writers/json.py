"""A document comes in and JSON goes out: `{"needs_review", "issues", "source", "filing"}`, keys always in this order.

A field is `{"value", "printed", "footnotes", "at"}`, or null where the page shows nothing. Numbers are strings, because
a JSON number becomes a float in most readers and a float holds neither every price nor its printed zeros; dates are
ISO strings, flags are JSON booleans. `dict_to_filing` makes the very same filing of it again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from extractor.filing import Field, Filing
from extractor.filing.field import Frozen
from extractor.writers.document import Document

# JSON may hold these as they are, but terminals, line splitters and UTF-8 encoders stumble over them: DEL and the C1
# controls, the line and paragraph separators, the controls of writing direction, lone surrogates.
_AWKWARD = re.compile(r"[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def to_json(document: Document) -> str:
    """The document as an indented JSON object and a line feed."""
    return _dump(document_to_dict(document), indent=2)


def to_jsonl(document: Document) -> str:
    """The document as a JSON object on one line, with its line feed."""
    return dict_to_jsonl(document_to_dict(document))


def dict_to_jsonl(data: Mapping[str, object]) -> str:
    """What `to_jsonl` writes of a document, from the dict that `document_to_dict` made of it."""
    return _dump(data, indent=None)


def document_to_dict(document: Document) -> dict[str, object]:
    """What `to_json` writes, as dicts, lists, strings and booleans."""
    return {
        "needs_review": document.needs_review,
        "issues": [issue.as_dict() for issue in document.issues],
        "source": _plain(document.source),
        "filing": filing_to_dict(document.filing),
    }


def filing_to_dict(filing: Filing) -> dict[str, object]:
    """The filing as dicts, lists, strings and booleans; keys in the models' order."""
    return _members(filing)


def dict_to_filing(data: Mapping[str, object]) -> Filing:
    """The filing that `filing_to_dict` made `data` of; ValueError for anything else."""
    return Filing.model_validate(_without_nulls(data))


def _dump(data: Mapping[str, object], indent: int | None) -> str:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
    return _AWKWARD.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _names(model: type[Frozen]) -> tuple[str, ...]:
    """The members of a model, in its order; pydantic's own way to them takes longer than all the rest."""
    names = _NAMES.get(model)
    if names is None:
        names = _NAMES[model] = tuple(model.model_fields)
    return names


# A filing has some 300 fields, half of them blank, and a batch writes every filing this way: told by their exact types,
# with subclasses left to `_other`, they take 0.1 ms a filing; asked one by one what they are an instance of, ten times
# as long. So a member is looked at where it is met, and only what has members of its own is a call.
def _members(model: Frozen) -> dict[str, object]:
    held, found = model.__dict__, {}
    for name in _names(type(model)):
        value = held[name]
        kind = type(value)
        if kind not in _AS_IT_IS:
            value = _MADE[kind](value) if kind in _MADE else _other(value)
        found[name] = value
    return found


def _plain(value: object) -> object:
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    return _MADE[kind](value) if kind in _MADE else _other(value)


def _field(field: Field[object]) -> dict[str, object] | None:
    held = field.__dict__
    value, printed, footnotes, at = held["value"], held["printed"], held["footnotes"], held["at"]
    if value is None and not printed and not footnotes and not at:
        return None
    return {
        "value": value if type(value) in _AS_IT_IS else _plain(value),
        "printed": printed,
        "footnotes": [*footnotes],
        "at": [place.as_dict() for place in at],
    }


def _other(value: object) -> object:
    """What is met for the first time; models are remembered."""
    match value:
        case Field():
            _MADE[type(value)] = _field
        case Frozen():
            _MADE[type(value)] = _members
        case bool() | int() | float() | str():
            return value
        case Mapping():
            return {str(key): _plain(member) for key, member in value.items()}
        case _ if hasattr(value, "as_dict"):
            return value.as_dict()
        case tuple() | list():
            return [_plain(member) for member in value]
        case _:
            return str(value)
    return _MADE[type(value)](value)


_NAMES: dict[type, tuple[str, ...]] = {}
_AS_IT_IS = frozenset({type(None), bool, int, float, str})
_MADE: dict[type, Callable[[Any], object]] = {
    Decimal: lambda value: format(value, "f"),
    date: date.isoformat,
    tuple: lambda value: [_plain(member) for member in value],
    list: lambda value: [_plain(member) for member in value],
}


def _without_nulls(value: object) -> object:
    """The same without null members: a model's own default stands for each."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(member) for key, member in value.items() if member is not None}
    if isinstance(value, list | tuple):
        return [_without_nulls(member) for member in value]
    return value
