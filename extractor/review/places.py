"""A document in; its values in order and the boxes that they were read from out, ready for the page's script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.filing import Field, Footnote, fields_in, type_of
from extractor.filing.notebook import shown
from extractor.issues import Severity
from extractor.layout import HtmlLocation, Location, PdfLocation
from extractor.review.columns import label_of
from extractor.review.corrections import canonical, plain
from extractor.writers import Document

_KINDS = {"str": "text", "Decimal": "number", "date": "date", "bool": "flag"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is shown: its number, path and words, and how grave the issues at it are ("" for none)."""

    number: int
    path: str
    label: str
    kind: str
    member: Field[Any] | Footnote
    trouble: str

    @property
    def text(self) -> str:
        return self.member.text if isinstance(self.member, Footnote) else shown(self.member)

    @property
    def marks(self) -> tuple[str, ...]:
        return () if isinstance(self.member, Footnote) else self.member.footnotes

    def as_dict(self) -> dict[str, object]:
        note = isinstance(self.member, Footnote)
        return {
            "path": self.path,
            "label": self.label,
            "kind": self.kind,
            "value": self.member.text if isinstance(self.member, Footnote) else plain(self.member.value),
            "printed": "" if isinstance(self.member, Footnote) else self.member.printed,
            "footnotes": list(self.marks),
            "note": self.member.id if isinstance(self.member, Footnote) else "",
            "editable_marks": not note,
        }


@dataclass(slots=True)
class Box:
    """A place on the page, and the numbers of the values and issues that stand there."""

    kind: str
    values: list[int] = field(default_factory=list)
    issues: list[int] = field(default_factory=list)


def values_of(document: Document) -> dict[str, Value]:
    """Every field and footnote by its path, in the filing's order."""
    filing = document.filing
    troubles: dict[str, str] = {}
    for issue in document.issues:
        path = canonical(filing, issue.path)
        if troubles.get(path) != Severity.DOUBT:
            troubles[path] = issue.severity.value
    found = {}
    for number, (path, member) in enumerate(fields_in(filing)):
        if isinstance(member, Footnote):
            kind, label = "footnote", f"Footnote {member.id.removeprefix('F')}"
        else:
            kind, label = _KINDS[type_of(type(member)).__name__], label_of(path)
        found[path] = Value(number, path, label, kind, member, troubles.get(path, ""))
    return found


def boxes_of(document: Document, values: Iterable[Value]) -> dict[Location, Box]:
    """Every place that something was read from, or that an issue points at: one box, whatever shares it."""
    boxes: dict[Location, Box] = {}
    for value in values:
        for place in dict.fromkeys(value.member.at):
            box = boxes.setdefault(place, Box(_box_kind(value)))
            box.values.append(value.number)
            if value.trouble and box.kind != Severity.DOUBT:
                box.kind = value.trouble
    for number, issue in enumerate(document.issues):
        for place in dict.fromkeys(issue.at):
            if isinstance(place, PdfLocation | HtmlLocation):
                box = boxes.setdefault(place, Box(issue.severity.value))
                box.issues.append(number)
                if box.kind != Severity.DOUBT:
                    box.kind = issue.severity.value
    return boxes


def _box_kind(value: Value) -> str:
    if value.kind == "flag":
        return "flag"
    if value.kind == "footnote":
        return "footnote"
    return "marked" if value.marks else "value"


def boxes_as_dicts(boxes: dict[Location, Box], names: Mapping[str, str]) -> list[dict[str, object]]:
    """The boxes for the page's script: on a page of a PDF by number and points, in a saved page by `place_names`."""
    return [
        {**_where(place, names), "kind": box.kind, "values": box.values, "issues": box.issues}
        for place, box in boxes.items()
    ]


def _where(place: Location, names: Mapping[str, str]) -> dict[str, object]:
    if isinstance(place, PdfLocation):
        return {"page": place.page, "bbox": [round(edge, 1) for edge in place.bbox]}
    return {"place": names[place.path]}


def place_names(boxes: Iterable[Location]) -> dict[str, str]:
    """A short name for every element that a box is of, by its path."""
    paths = [place.path for place in boxes if isinstance(place, HtmlLocation)]
    return {path: str(number) for number, path in enumerate(paths)}
