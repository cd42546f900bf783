"""Ownership XML in, a view of it out that asks for the value, the marks and the flags at a path."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

# Before X04 (April 2023) there was no Rule 10b5-1(c) box, before X06 (March 2026) no country line.
GENERATION_10B5_1 = 4
GENERATION_COUNTRY = 6


@dataclass(frozen=True, slots=True)
class Value:
    """An element's text and the numbers of the footnotes that stand with it, as printed in the marks."""

    text: str = ""
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.notes)


@dataclass(frozen=True, slots=True)
class View:
    """An element of the document; a path that leads nowhere gives empty values."""

    element: ET.Element

    def text(self, path: str) -> str:
        """The text of a plain element, stripped."""
        return (self.element.findtext(path) or "").strip()

    def value(self, path: str) -> Value:
        """The `<value>` under `path` and the marks beside it."""
        found = self.element.find(path)
        if found is None:
            return Value()
        notes = tuple(note.get("id", "F?")[1:] for note in found.findall("footnoteId"))
        return Value((found.findtext("value") or "").strip(), notes)

    def flag(self, path: str) -> bool:
        """Whether the element says true; an absent one is false."""
        return self.text(path).lower() in ("1", "true")

    def has(self, path: str) -> bool:
        """Whether there is such an element."""
        return self.element.find(path) is not None

    def each(self, path: str) -> Iterator[View]:
        """Every element at `path`, in document order."""
        return (View(found) for found in self.element.findall(path))


@dataclass(frozen=True, slots=True)
class Document(View):
    """The root, and what decides the look of the page."""

    @property
    def form(self) -> str:
        """`3`, `4` or `5`."""
        return self.text("documentType")[:1]

    @property
    def generation(self) -> int:
        """The style sheet's generation: the first pair of digits of the schema version."""
        digits = self.text("schemaVersion")[1:3]
        return int(digits) if digits.isdigit() else 0

    @property
    def has_10b5_1(self) -> bool:
        """Whether the page has the Rule 10b5-1(c) box."""
        return self.form != "3" and self.generation >= GENERATION_10B5_1

    @property
    def has_country(self) -> bool:
        """Whether the page has a country line and a foreign trading symbol."""
        return self.generation >= GENERATION_COUNTRY

    @property
    def owners(self) -> list[View]:
        """The reporting owners in document order."""
        return list(self.each("reportingOwner"))

    def rows(self, table: str) -> list[View]:
        """The rows of `nonDerivativeTable` or `derivativeTable`, transactions and holdings as they stand."""
        found = self.element.find(table)
        return [] if found is None else [View(row) for row in found]


def parse(xml: bytes) -> Document:
    """Raises `xml.etree.ElementTree.ParseError` for what is no XML."""
    return Document(ET.fromstring(xml))
