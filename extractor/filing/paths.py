"""A field's path (`non_derivative[3].price_per_share`, `footnotes[F2]`) in; the field, or where it stands, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.filing.field import Field, Frozen
from extractor.filing.filing import Filing
from extractor.filing.footnotes import Footnote
from extractor.layout.location import Location

_STEP = re.compile(r"([a-z_0-9]+)|\[(\d+)\]|\[(F\d+)\]")


def member_at(filing: Filing, path: str) -> object:
    """What stands at `path`: a field, a footnote, a row, a table; the filing itself at "", None where nothing does."""
    found: object = filing
    for name, index, note in _STEP.findall(path):
        if name:
            found = getattr(found, name, None)
        elif index and isinstance(found, tuple) and int(index) < len(found):
            found = found[int(index)]
        elif note and isinstance(found, tuple):
            found = next((each for each in found if getattr(each, "id", None) == note), None)
        else:
            return None
    return found


def places_of(filing: Filing, path: str) -> tuple[Location, ...]:
    """The places of the field at `path`; none where the path leads to no field."""
    return tuple(getattr(member_at(filing, path), "at", ()))


def fields_in(model: Frozen, prefix: str = "") -> Iterator[tuple[str, Field[Any] | Footnote]]:
    """Every field and every footnote below `model` with its path behind `prefix`, in the models' order."""
    for name in type(model).model_fields:
        member = getattr(model, name)
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(member, Field):
            yield path, member
        elif isinstance(member, Frozen):
            yield from fields_in(member, path)
        elif isinstance(member, tuple):
            for index, each in enumerate(member):
                place = f"{path}[{index}]"
                if isinstance(each, Footnote):
                    yield place, each
                elif isinstance(each, Frozen):
                    yield from fields_in(each, place)
