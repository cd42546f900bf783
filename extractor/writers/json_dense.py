"""A document comes in and its JSON goes out on one line without white space, written at once.

The data are those of `writers.json.document_to_dict`. By way of dicts, of which a filing makes a thousand, it takes
half as long again, and a batch sends every filing this way. All text is ASCII, so that half a surrogate pair, which a
PDF's text may hold, needs no care.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring_ascii
from typing import Any, Final

from extractor.filing import Field
from extractor.filing.field import Frozen
from extractor.layout import HtmlLocation, PdfLocation
from extractor.writers.document import Document

# Points with two decimals, as `PdfLocation.as_dict` rounds them.
_BOX: Final = '{"page":%d,"bbox":[%.2f,%.2f,%.2f,%.2f]}'
_quoted: Final[Callable[[str], str]] = encode_basestring_ascii


def to_dense_json(document: Document, **source: object) -> str:
    """The document, its `source` with what is said of it here."""
    told = {
        "needs_review": document.needs_review,
        "issues": document.issues,
        "source": {**document.source, **source},
        "filing": document.filing,
    }
    return _mapping(told)


def _mapping(value: Mapping[str, object]) -> str:
    return "{" + ",".join([f"{_quoted(str(key))}:{_text(member)}" for key, member in value.items()]) + "}"


def _array(value: tuple[object, ...] | list[object]) -> str:
    return "[" + ",".join([_text(member) for member in value]) + "]"


def _members(model: Frozen) -> str:
    held = model.__dict__
    told: list[str] = []
    for name, label in _labels(type(model)):
        value = held[name]
        told.append(label + (_field(value) if type(value) in _FIELDS else _text(value)))
    return "{" + ",".join(told) + "}"


def _labels(model: type[Frozen]) -> tuple[tuple[str, str], ...]:
    """The members of a model, in its order, and how each begins."""
    labels = _LABELS.get(model)
    if labels is None:
        labels = _LABELS[model] = tuple((name, f"{_quoted(name)}:") for name in model.model_fields)
    return labels


def _field(field: Field[Any]) -> str:
    held = field.__dict__
    value, printed, footnotes, at = held["value"], held["printed"], held["footnotes"], held["at"]
    if value is None and not printed and not footnotes and not at:
        return "null"
    text = _quoted(printed)
    told = text if type(value) is str and value == printed else _text(value)
    marks = _array(footnotes) if footnotes else "[]"
    places = ",".join([_path(place) if type(place) is HtmlLocation else _text(place) for place in at])
    return f'{{"value":{told},"printed":{text},"footnotes":{marks},"at":[{places}]}}'


def _path(place: HtmlLocation) -> str:
    return f'{{"path":{_quoted(place[0])}}}'


def _box(place: PdfLocation) -> str:
    return _BOX % (place[0], *place[1])


def _text(value: object) -> str:
    kind = type(value)
    return _MADE[kind](value) if kind in _MADE else _other(value)


def _other(value: object) -> str:
    """What is met for the first time; models are remembered."""
    match value:
        case Field():
            _FIELDS.add(type(value))
            return _field(value)
        case Frozen():
            _MADE[type(value)] = _members
            return _members(value)
        case bool() | int() | float() | str():  # of a type derived from these
            return json.dumps(value)
        case Mapping():
            return _mapping(value)
        case _ if hasattr(value, "as_dict"):
            return _mapping(value.as_dict())
        case tuple() | list():
            return _array(value)
        case _:
            return _quoted(str(value))


_LABELS: dict[type, tuple[tuple[str, str], ...]] = {}
_FIELDS: set[type] = set()
_MADE: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: repr,
    float: repr,
    str: _quoted,
    tuple: _array,
    list: _array,
    HtmlLocation: _path,
    PdfLocation: _box,
    Decimal: lambda value: f'"{value:f}"',
    date: lambda value: f'"{value.isoformat()}"',
}
