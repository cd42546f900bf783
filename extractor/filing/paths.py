"""From a field's path (`non_derivative[3].price_per_share`, `footnotes[F2]`) to where the field stands on the page."""

from __future__ import annotations

import re

from extractor.filing.filing import Filing
from extractor.layout.location import Location

_STEP = re.compile(r"([a-z_0-9]+)|\[(\d+)\]|\[(F\d+)\]")


def places_of(filing: Filing, path: str) -> tuple[Location, ...]:
    """The places of the field at `path`; none where the path leads to no field."""
    found: object = filing
    for name, index, note in _STEP.findall(path):
        if name:
            found = getattr(found, name, None)
        elif index and isinstance(found, tuple) and int(index) < len(found):
            found = found[int(index)]
        elif note and isinstance(found, tuple):
            found = next((each for each in found if getattr(each, "id", None) == note), None)
        else:
            return ()
    return tuple(getattr(found, "at", ()))
