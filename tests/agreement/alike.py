"""Two filings come in; what they have otherwise goes out, whatever they were read from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.filing import Filing
from extractor.writers.compare import compare
from extractor.writers.json import dict_to_filing, filing_to_dict

# Where a value stood and how it was drawn; a page and its print need not agree in that.
DRAWN = frozenset({"printed", "at"})
# A CIK stands in link targets, which not every print keeps.
LINKED = frozenset({"cik"})
# A line break after a dash or slash cannot be told from a space there.
AFTER_DASH = re.compile("([-\u2010-\u2015/]) +")


def without(names: frozenset[str], value: object) -> object:
    """A filing as dicts and lists, less the members of these names."""
    if isinstance(value, Mapping):
        return {name: without(names, member) for name, member in value.items() if name not in names}
    return [without(names, member) for member in value] if isinstance(value, list) else value


def bare(filing: Filing) -> Filing:
    """The filing with values and marks alone."""
    members = without(DRAWN, filing_to_dict(filing))
    assert isinstance(members, dict)
    return dict_to_filing(members)


def differences(page: Filing, printed: Filing) -> list[str]:
    """What the two readings have otherwise, one line each."""
    one, other = bare(page), bare(printed)
    found = [f"{each.path}: page {each.truth!r}, print {each.read!r}" for each in compare(other, one)]
    return found or unequal(without(LINKED, filing_to_dict(one)), without(LINKED, filing_to_dict(other)))


def unequal(one: object, other: object, path: str = "") -> list[str]:
    """The paths at which two stripped filings differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [line for name in one for line in unequal(one[name], other.get(name), f"{path}.{name}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [line for index, each in enumerate(one) for line in unequal(each, other[index], f"{path}[{index}]")]
    if isinstance(one, str) and isinstance(other, str):
        one, other = AFTER_DASH.sub(r"\1", one), AFTER_DASH.sub(r"\1", other)
    return [] if one == other else [f"{path}: page {one!r}, print {other!r}"]
