"""Where something stands in its source: a box on a PDF page or an element of an HTML page.

Locations are carried along by every run and field and opened only by writers that show the source.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from extractor.layout.bbox import BBox


class PdfLocation(NamedTuple):
    """A box on a page of a PDF; `page` counts from 1, `bbox` in points from the top left."""

    page: int
    bbox: BBox

    def as_dict(self) -> dict[str, Any]:
        return {"page": self.page, "bbox": [round(value, 2) for value in self.bbox]}


class HtmlLocation(NamedTuple):
    """An element of an HTML page, by its path from the root (`/html[1]/body[1]/table[2]/…`)."""

    path: str

    def as_dict(self) -> dict[str, Any]:
        return {"path": self.path}


Location = PdfLocation | HtmlLocation


def space_between(upper: Location, lower: Location) -> float | None:
    """The blank from the foot of `upper` to the head of `lower`, in heights of `lower`; None where nothing tells."""
    if not isinstance(upper, PdfLocation) or not isinstance(lower, PdfLocation):
        return None
    if upper.page != lower.page or lower.bbox.height <= 0:
        return None
    return (lower.bbox.top - upper.bbox.bottom) / lower.bbox.height


def shift_between(one: Location, other: Location) -> float | None:
    """How far `other` begins right of `one`, in points; None where nothing tells."""
    if not isinstance(one, PdfLocation) or not isinstance(other, PdfLocation) or one.page != other.page:
        return None
    return other.bbox.x0 - one.bbox.x0


def location_from_dict(data: dict[str, Any]) -> Location:
    """The location that `as_dict` wrote; KeyError or TypeError for anything else."""
    if "page" in data:
        return PdfLocation(int(data["page"]), BBox(*(float(value) for value in data["bbox"])))
    return HtmlLocation(str(data["path"]))
