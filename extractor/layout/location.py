"""Where something stands in its source: a box on a PDF page or an element of an HTML page.

Locations are carried along by every run and field and opened only by writers that show the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from extractor.layout.bbox import BBox


class PdfLocation(NamedTuple):
    """A box on a page of a PDF, or on a sheet of text set in fixed type; `page` counts from 1, `bbox` in points."""

    page: int
    bbox: BBox

    def as_dict(self) -> dict[str, Any]:
        """The place as JSON has it."""
        return {"page": self.page, "bbox": [round(value, 2) for value in self.bbox]}


class HtmlLocation(NamedTuple):
    """An element of an HTML page, by its path from the root (`/html[1]/body[1]/table[2]/…`)."""

    path: str

    def as_dict(self) -> dict[str, Any]:
        """The place as JSON has it."""
        return {"path": self.path}


Location = PdfLocation | HtmlLocation


def space_between(upper: Location, lower: Location) -> float | None:
    """The blank from the foot of `upper` to the head of `lower`, in heights of `lower`; None where nothing tells."""
    if not isinstance(upper, PdfLocation) or not isinstance(lower, PdfLocation):
        return None
    if upper.page != lower.page or lower.bbox.height <= 0:
        return None
    return (lower.bbox.top - upper.bbox.bottom) / lower.bbox.height


def indent(place: Location, margin: Location) -> float | None:
    """How far right of where `margin` begins `place` does, in its own heights, on whatever pages; None if unknown."""
    if not isinstance(place, PdfLocation) or not isinstance(margin, PdfLocation) or place.bbox.height <= 0:
        return None
    return (place.bbox.x0 - margin.bbox.x0) / place.bbox.height


def stands_before(tick: Location, label: Sequence[Location]) -> float | None:
    """How far below the head of `label` the middle of `tick` lies that stands left of it, in heights of a line.

    `label` are the places of its lines; the tick stands left of its first one, or of the one at its own height, where
    lines end at one right edge. None where the tick stands elsewhere: not left, too far left, higher, or where places
    are no boxes of one page.
    """
    lines = [place.bbox for place in label if isinstance(place, PdfLocation)]
    if not isinstance(tick, PdfLocation) or not lines or lines[0].height <= 0 or tick.page != _page(label[0]):
        return None
    height, middle = lines[0].height, (tick.bbox.top + tick.bbox.bottom) / 2
    beside = min(lines, key=lambda line: abs(line.top + line.bottom - 2 * middle))
    if not any(-height / 2 <= line.x0 - tick.bbox.x1 <= FAR * height for line in (lines[0], beside)):
        return None
    below = (middle - lines[0].top) / height
    return below if below >= -HIGHER else None


def _page(place: Location) -> int:
    return place.page if isinstance(place, PdfLocation) else 0


FAR = 4.0  # heights of a line between a check box and its label: 0.3 to 1.6 seen
HIGHER = 0.5  # heights of a line by which the middle of a check box may lie above its label's head: 0 seen


def location_from_dict(data: dict[str, Any]) -> Location:
    """The location that `as_dict` wrote; KeyError or TypeError for anything else."""
    if "page" in data:
        return PdfLocation(int(data["page"]), BBox(*(float(value) for value in data["bbox"])))
    return HtmlLocation(str(data["path"]))
