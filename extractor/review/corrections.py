"""What a reviewer decided about single values in, with the reading it is about; the corrected reading out.

Nothing is taken on trust: the document's hash, the value that was read and the type of the new one must fit, or the
whole file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError

from extractor.api import Extraction
from extractor.checks import check
from extractor.errors import CorrectionRefused
from extractor.filing import Field, Filing, Footnote, member_at, type_of
from extractor.issues import Issue
from extractor.readers.source import read_file
from extractor.writers.json import dict_to_filing, filing_to_dict

FORMAT = "extractor-corrections"
_NOTE = re.compile(r"footnotes\[F\d+\]")
_STEP = re.compile(r"([a-z_0-9]+)|\[(\d+)\]")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MARK = re.compile(r"F\d{1,3}")

Value = str | bool | None
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Strict(BaseModel):
    """What the models of this module share."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Correction(Strict):
    """One decision: the value at `path`, as it was read and printed, is right (`accepted`) or should be another.

    Values are as in the JSON output: text, numbers as text, ISO dates, flags as booleans, None for nothing. A decision
    about what is no field (a row, the document, "") can only accept it and has no values.
    """

    path: str
    decision: Literal["accepted", "corrected"]
    printed: str = ""
    old_value: Value = None
    new_value: Value = None
    old_footnotes: tuple[str, ...] = ()
    new_footnotes: tuple[str, ...] = ()
    who: _Name
    when: AwareDatetime


class About(Strict):
    """The document that corrections are about: its name when it was read, and the hash of its bytes."""

    file: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Corrections(Strict):
    """A file of corrections, as the review page saves it."""

    format: Literal["extractor-corrections"] = "extractor-corrections"
    version: Literal[1] = 1
    source: About
    corrections: tuple[Correction, ...]


def read_corrections(path: Path) -> Corrections:
    """The corrections in a JSON file. Raises SourceError where it cannot be read, CorrectionRefused if it has none."""
    try:
        return Corrections.model_validate_json(read_file(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise CorrectionRefused(f"no file of corrections: {where}: {first['msg']}", source=str(path)) from error


def apply(corrections: Corrections, reading: Extraction) -> Extraction:
    """The reading with the decisions carried out; `source["corrections"]` keeps them, with who and when.

    An accepted value settles the issues that stood at its path; a corrected one those that reading left there, and the
    checks look at the new filing afresh. Raises CorrectionRefused where anything does not fit; then nothing is done.
    """
    if corrections.source.sha256 != reading.source.get("sha256"):
        raise CorrectionRefused("the corrections are of another file", source=str(reading.source.get("file") or ""))
    tree: dict[str, Any] = dict(filing_to_dict(reading.filing))
    for correction in corrections.corrections:
        _carry_out(correction, reading.filing, tree)
    try:
        filing = dict_to_filing(tree)
    except ValidationError as error:
        raise CorrectionRefused(f"the corrected filing is none: {error.errors()[0]['msg']}") from error
    kept = [correction.model_dump(mode="json") for correction in corrections.corrections]
    issues = tuple(_open_issues(corrections.corrections, reading, filing))
    return replace(reading, filing=filing, issues=issues, source={**reading.source, "corrections": kept})


def _carry_out(correction: Correction, filing: Filing, tree: dict[str, Any]) -> None:
    """Write a correction into the tree that `filing_to_dict` made; CorrectionRefused where it does not fit."""
    member = member_at(filing, correction.path)
    if not isinstance(member, Field | Footnote):
        if member is None or correction.decision == "corrected":
            raise _refused(correction, "is no field")
        return
    value, marks = _as_read(member)
    if (correction.old_value, correction.old_footnotes) != (value, marks):
        raise _refused(correction, f"was read as {value!r} with marks {list(marks)}, not {correction.old_value!r}")
    if correction.decision == "accepted":
        if (correction.new_value, correction.new_footnotes) != (value, marks):
            raise _refused(correction, "is accepted and yet has a new value")
        return
    _check_type(correction, member)
    parent, key = _spot(tree, canonical(filing, correction.path))
    if isinstance(member, Footnote):
        parent[key]["text"] = correction.new_value
        return
    parent[key] = {
        **(parent[key] or {"printed": "", "at": []}),
        "value": correction.new_value,
        "footnotes": list(correction.new_footnotes),
    }


def _as_read(member: Field[Any] | Footnote) -> tuple[Value, tuple[str, ...]]:
    if isinstance(member, Footnote):
        return member.text, ()
    return plain(member.value), member.footnotes


def plain(value: object) -> Value:
    """A value as the JSON output has it."""
    match value:
        case None | bool() | str():
            return value
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"no value of a filing: {value!r}")


def _check_type(correction: Correction, member: Field[Any] | Footnote) -> None:
    """CorrectionRefused where the new value is not of the field's type; pydantic alone would read "1" as a date."""
    of = str if isinstance(member, Footnote) else type_of(type(member))
    value = correction.new_value
    if isinstance(member, Footnote) and (value is None or correction.new_footnotes):
        raise _refused(correction, "is a footnote: it has a text and no marks")
    if wrong := [mark for mark in correction.new_footnotes if not _MARK.fullmatch(mark)]:
        raise _refused(correction, f"has marks that are none: {wrong}")
    if value is not None and not _is_of(value, of):
        raise _refused(correction, f"{value!r} is no {_TYPE_NAMES[of]}")


_TYPE_NAMES: Mapping[type, str] = {
    str: "text",
    bool: "flag (true or false)",
    date: "date (as 2024-12-31)",
    Decimal: "number (as 1234.5)",
}


def _is_of(value: str | bool, of: type) -> bool:
    if of is bool or isinstance(value, bool):
        return of is bool and isinstance(value, bool)
    try:
        if of is date:
            return bool(_ISO_DATE.fullmatch(value)) and bool(date.fromisoformat(value))
        return of is not Decimal or Decimal(value).is_finite()
    except (ValueError, InvalidOperation):
        return False


def canonical(filing: Filing, path: str) -> str:
    """The path with footnotes by their number from 0: `footnotes[F2]` is the same place as `footnotes[1]`."""
    if not _NOTE.fullmatch(path):
        return path
    ids = [note.id for note in filing.footnotes]
    name = path.removeprefix("footnotes[").removesuffix("]")
    return f"footnotes[{ids.index(name)}]" if name in ids else path


def _spot(tree: dict[str, Any], path: str) -> tuple[Any, Any]:
    """The container in the tree of what stands at `path`, and its key there."""
    steps = [name or int(index) for name, index in _STEP.findall(path)]
    found: Any = tree
    for step in steps[:-1]:
        found = found[step]
    return found, steps[-1]


def _refused(correction: Correction, why: str) -> CorrectionRefused:
    return CorrectionRefused(f"{correction.path or 'the document'}: {why}")


def _open_issues(corrections: Iterable[Correction], reading: Extraction, filing: Filing) -> Iterable[Issue]:
    """The issues that are still open once the corrections are carried out."""
    decided = {canonical(filing, each.path): each.decision for each in corrections}
    seen = {(issue.code, issue.path) for issue in reading.issues}
    checked = set(check(reading.filing))
    for issue in reading.issues:
        if issue not in checked and canonical(filing, issue.path) not in decided:
            yield issue
    for issue in check(filing):
        accepted = decided.get(canonical(filing, issue.path)) == "accepted" and (issue.code, issue.path) in seen
        if not accepted:
            yield issue
