"""A reading and a page's number in; a picture of the page out, with the fields, marks and issues drawn in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from extractor.filing import Field, Footnote, fields_in
from extractor.layout import Layout, PdfLocation
from extractor.layout.canvas import SCALE, Ink, Mark, drawn_on
from extractor.layout.picture import ISSUE, MARK, TICK, cells_of, paged, rulings_of
from extractor.writers import Document

if TYPE_CHECKING:
    from PIL.Image import Image

FIELD = Ink("fields", (31, 119, 180), fill=50, width=1)
MARKED = Ink("fields with marks", MARK.colour, fill=60, width=2)
NOTE = Ink("footnotes", (148, 52, 190), fill=30, width=1)


def fields_of(document: Document, layout: Layout, page: int) -> Image:
    """What was read on a page: fields, ticks, fields with their marks, footnotes, issues.

    Raises UnsupportedFormat where the document is no PDF and IndexError for the number of no page.
    """
    marks = [*_fields(document, page), *_issues(document, page)]
    return drawn_on(paged(layout).picture(page, SCALE), SCALE, marks)


def _fields(document: Document, page: int) -> Iterator[Mark]:
    taken: set[PdfLocation] = set()  # a transaction's code, form and swap are read from one cell: one box is enough
    for _, field in fields_in(document.filing):
        label = field.id if isinstance(field, Footnote) else " ".join(field.footnotes)
        for place in _on(field.at, page):
            if place not in taken:
                yield Mark(place.bbox, _ink_of(field), label)
                label = ""
            taken.add(place)


def _on(places: Iterable[object], page: int) -> Iterator[PdfLocation]:
    return (place for place in places if isinstance(place, PdfLocation) and place.page == page)


def _ink_of(field: Field[object] | Footnote) -> Ink:
    if isinstance(field, Footnote):
        return NOTE
    if isinstance(field.value, bool):
        return TICK
    return MARKED if field.footnotes else FIELD


def _issues(document: Document, page: int) -> Iterator[Mark]:
    for issue in document.issues:
        label = issue.code.value
        for place in _on(issue.at, page):
            yield Mark(place.bbox, ISSUE, label)
            label = ""


STAGES: Mapping[str, Callable[[Document, Layout, int], Image]] = MappingProxyType(
    {
        "rulings": lambda _, layout, page: rulings_of(layout, page),
        "cells": lambda _, layout, page: cells_of(layout, page),
        "fields": fields_of,
    }
)
"""What can be drawn, by name: the rulings, the cells with the texts in them, the fields read from them."""
